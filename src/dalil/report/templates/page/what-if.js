// The what-if panel: reads what a reader assumes, works the trees of the notebooks' formulas out, answers in sentences.
(() => {
  "use strict";

  const holder = document.getElementById("what-if-seed");
  if (!holder) return;
  const { targets, sets, trees, limits, units, signs, words } = JSON.parse(holder.textContent);
  const at = (name) => document.getElementById(`what-if-${name}`);
  const [VALUE, LOW, HIGH] = [0, 1, 2];

  // ---- Formulas

  // What an end that is missing at the top stands for; `never` is what has no value.
  const never = null;

  const OPERATIONS = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "×": (a, b) => a * b,
    "/": (a, b) => a / b,
    "^": (a, b) => a ** b,
    // An exact hit counts, whatever the last binary digit says.
    ceiling: (a) => Math.ceil(a - 1e-9),
    periods: (level, goal, growth) => {
      if (level >= goal) return 0;
      return growth > 0 ? Math.log(goal / level) / Math.log1p(growth) : never;
    },
  };
  // The places of an operation in which it falls; it rises in the others, as what is multiplied or divided is positive.
  const FALLS = { "-": [1], "/": [1], periods: [0, 2] };

  // Work a tree out; each of its parameters has its value at an end, or at the other one where the tree falls in it.
  function workOut(tree, given, end, rises = true) {
    if (tree.number) return tree.number.split("/").map(Number).reduce((n, d) => n / d);
    if (tree.parameter) return given[tree.parameter][end === VALUE || rises ? end : LOW + HIGH - end] ?? Infinity;
    const parts = tree.args.map((part, n) => workOut(part, given, end, FALLS[tree.op]?.includes(n) ? !rises : rises));
    return parts.includes(never) ? never : OPERATIONS[tree.op](...parts);
  }

  // ---- Words

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);

  // Write a number with its unit: percentages in whole ones, others to three digits, as the report does.
  function write(value, unit, beside = value) {
    const [factor, pattern] = units[unit].find(([scale]) => Math.abs(beside) >= scale) ?? units[unit].at(-1);
    const shown = Math.abs(value / factor);
    const digits = unit === "ratio" ? (shown >= 0.5 ? 0 : 1) : Math.max(0, 2 - Math.floor(Math.log10(shown || 1)));
    const [before, after] = String(Number(shown.toFixed(digits))).split(".");
    const number = before.replace(/\B(?=(\d{3})+$)/g, signs.group) + (after ? signs.decimal + after : "");
    return (value < 0 ? "\u2212" : "") + pattern.replace("{n}", number);
  }

  // ---- What the reader assumes

  const FIELDS = [...at("form").querySelectorAll("input, select")];
  const START = new Map(FIELDS.map((field) => [field, field.value]));
  const chosen = (name, usual) => at(name)?.value ?? usual;

  // Read a percentage, written with a comma or a point; an error says what is wrong with it.
  function readGrowth() {
    const text = at("growth").value.trim();
    const plain = text.replace(/[\s%+]/g, "").replace("\u2212", "-").replace(",", ".");
    const rate = /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) / 100 : NaN;
    const [low, high] = limits.rate;
    if (rate > low && rate <= high) return { rate };
    return { wrong: fill(words.wrong_growth, { text, low: write(low, "ratio"), high: write(high, "ratio") }) };
  }

  function readYear(name, first, last) {
    const text = at(name).value.trim();
    const year = /^\d{4}$/.test(text) ? Number(text) : NaN;
    return year >= first && year <= last ? { year } : { wrong: fill(words.wrong_year, { text, first, last }) };
  }

  // ---- Answers

  // Say where growth leads to a target, when it is reached, and what came.
  function onTarget(target, year, growth, percent) {
    const rounding = chosen("rounding"), start = chosen("start", "article");
    const level = (target.starts[start] ?? target.starts.article)[rounding];
    const { unit, base_year, text, value } = target;
    const given = { level, growth, goal: [value, value, value], base_year: Array(3).fill(base_year), periods: Array(3).fill(year - base_year) };
    const [projected, relative, arrival] = ["projected", "relative", "arrival"].map((name) => workOut(trees[name], given, VALUE));
    const [low, high] = [LOW, HIGH].map((end) => workOut(trees.projected, given, end));
    const side = write(relative, "ratio") === write(0, "ratio") ? "exactly" : relative < 0 ? "short" : "above";
    const parts = {
      level: write(level[VALUE], unit, value), base_year, growth: units.ratio[0][1].replace("{n}", percent), year, target: text,
      projected: write(projected, unit, value), size: write(Math.abs(relative), "ratio"), measure: target.measure,
    };
    const said = [fill(words[`leads_${side}`], parts)];
    if (low < high && high < Infinity) {
      said.push(fill(words.rounding, { low: write(low, unit, value), high: write(high, unit, value) }));
    }
    said.push(fill(words[arrival === never ? "never" : "arrives"], { target: text, year: arrival }));
    return [...said, ...came(target, year)].join(" ");
  }

  // Say what each record shows of a year.
  function came({ came: records, unit, value, base_year }, year) {
    const prices = chosen("prices", "current");
    return records.filter(({ levels }) => year in levels[prices]).map(({ country, levels }) => {
      const level = levels[prices][year], relative = level / value - 1;
      return fill(words[`came_${prices}_${relative < 0 ? "short" : "above"}`], {
        year, country, base_year, level: write(level, unit, value), size: write(Math.abs(relative), "ratio"),
      });
    });
  }

  // Say what countries come to with or without the one that decides.
  function onSet({ sums, value, unit, text, measure, country }, year) {
    const counted = chosen("counted"), sum = sums[counted][year];
    if (sum === undefined) return fill(words.no_sum, { measure, year });
    const side = sum < value ? "fewer" : "more";
    const parts = { measure, year, country, claim: text, number: write(sum, unit, value), size: write(Math.abs(sum - value), unit) };
    return fill(words[`${counted}_${side}`], parts);
  }

  function mark(name, wrong = "") {
    at(`${name}-error`).textContent = wrong;
    if (wrong) at(name).setAttribute("aria-invalid", "true");
    else at(name).removeAttribute("aria-invalid");
    return wrong;
  }

  // Answer what the form asks; what cannot be read is marked and left out.
  function update() {
    const { rate, wrong } = readGrowth(), said = [];
    mark("growth", wrong);
    targets.forEach((target, number) => {
      const due = readYear(`due-${number}`, target.base_year + 1, limits.years[1]);
      if (mark(`due-${number}`, due.wrong) || wrong) return;
      const own = at("growth").value !== START.get(at("growth"));
      const { ways, percent } = own
        ? { ways: {}, percent: at("growth").value.replace(/[\s%+]/g, "").replace(/[.,]/, signs.decimal) }
        : target.growth;
      said.push(onTarget(target, due.year, ways[chosen("rounding")] ?? [rate, rate, rate], percent));
    });
    if (sets.length) {
      const years = sets.flatMap(({ sums }) => Object.keys(sums.without)).map(Number);
      const counted = readYear("year", Math.min(...years), Math.max(...years));
      if (!mark("year", counted.wrong)) said.push(...sets.map((one) => onSet(one, counted.year)));
    }
    at("said").replaceChildren(...said.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line[0].toUpperCase() + line.slice(1);
      return paragraph;
    }));
  }

  at("panel").hidden = false;
  at("form").addEventListener("input", update);
  at("form").addEventListener("submit", (event) => event.preventDefault());
  at("reset").addEventListener("click", () => {
    for (const [field, value] of START) field.value = value;
    update();
  });
  update();
})();
