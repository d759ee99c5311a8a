// The what-if panel: reads what a reader assumes, and draws the figure and the table again by the rules of the report.
(() => {
  "use strict";

  const holder = document.getElementById("what-if-seed");
  if (!holder || !globalThis.dalilRules) return;
  const seed = JSON.parse(holder.textContent);
  const { words, signs, limits } = seed;
  const rules = globalThis.dalilRules(seed);
  const { whole, mul, cmp, fraction, float, fill, amount, span, digits, keptEstimate } = rules;
  const at = (name) => document.getElementById(`what-if-${name}`);

  // Make an element, of HTML or of SVG, with attributes and children.
  function made(make, name, attributes, children) {
    const element = make(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const html = (name, attributes = {}, ...children) =>
    made((tag) => document.createElement(tag), name, attributes, children);
  const svg = (name, attributes = {}, ...children) =>
    made((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag), name, attributes, children);

  // ---- What the reader assumes

  const own = at("growth-own");
  const inputs = { rate: at("rate"), base: at("base"), rounding: at("rounding") };
  seed.targets.forEach(({ shown }, number) => { if (shown) inputs[`due-${number}`] = at(`due-${number}`); });
  const DUE = seed.targets.map((_, number) => `due-${number}`);

  // Write a fraction that is a decimal number as one.
  function decimal(value) {
    const places = 15, number = rules.nearest(mul(value, whole(10n ** BigInt(places))));
    const text = String(number < 0n ? -number : number).padStart(places + 1, "0");
    const after = text.slice(-places).replace(/0+$/, "");
    return (number < 0n ? "-" : "") + text.slice(0, -places) + (after && `.${after}`);
  }

  // The texts that the fields start from: those of the run.
  const START = (() => {
    const { base_growth: growth, base_year: since, rounding } = seed.run;
    const hundredfold = (rate) => decimal(mul(fraction(rate), whole(100)));
    const percent = growth === "stated" ? seed.growth ?? hundredfold(seed.rates[0]) : hundredfold(growth);
    const years = Object.fromEntries(seed.targets.map(({ year }, number) => [DUE[number], String(year)]));
    const base = since === "stated" ? String(seed.base ?? "") : since;
    return { rate: percent.replace(".", signs.decimal), base, rounding, ...years };
  })();

  // Put the fields back to the run's.
  function reset() {
    for (const [name, input] of Object.entries(inputs)) input.value = START[name];
    own.checked = seed.run.base_growth !== "stated";
    at("growth-stated").checked = !own.checked;
  }

  // Read a percentage as an exact ratio; null where it is none that a run takes.
  function readRate(text) {
    const plain = text.replace(/[\s%+]/g, "").replace("\u2212", "-").replace(signs.decimal, ".");
    if (!new RegExp(`^-?\\d{1,9}(\\.\\d{1,${limits.decimals}})?$`).test(plain)) return null;
    const rate = mul(fraction(plain), { n: 1n, d: 100n });
    return cmp(rate, fraction(limits.rate[0])) > 0 && cmp(rate, fraction(limits.rate[1])) <= 0 ? rate : null;
  }

  // Read a year; null where it is none that a run takes.
  function readYear(text) {
    const year = /^\d{4}$/.test(text) ? Number(text) : 0;
    return year >= limits.years[0] && year <= limits.years[1] ? year : null;
  }

  // Read the form: what is assumed, the settings of a run that assumes the same, and what is wrong, field by field.
  function read() {
    const text = (name) => (inputs[name]?.value ?? START[name]).trim();
    const same = (name) => text(name) === START[name];
    const wrong = new Map(), settings = { ...seed.run, rounding: text("rounding"), base_growth: "stated" };
    const assumed = { rounding: text("rounding"), base_growth: null, base_year: null, target_years: null };
    if (own.checked) {
      const kept = seed.run.base_growth !== "stated" && same("rate");
      assumed.base_growth = kept ? fraction(seed.run.base_growth) : readRate(text("rate"));
      if (assumed.base_growth) settings.base_growth = decimal(assumed.base_growth);
      else wrong.set("rate", words.wrong_rate);
    }
    if (!same("base")) settings.base_year = ["", String(seed.base)].includes(text("base")) ? "stated" : text("base");
    if (settings.base_year !== "stated") {
      assumed.base_year = readYear(settings.base_year);
      if (!assumed.base_year) wrong.set("base", words.wrong_year);
    }
    const years = DUE.map((name) => readYear(text(name)));
    DUE.forEach((name, number) => { if (!years[number]) wrong.set(name, words.wrong_year); });
    if (!DUE.every(same)) {
      const stated = seed.targets.every((target, number) => target.stated === years[number]);
      settings.target_years = stated ? "stated" : `[${years.join(",")}]`;
    }
    if (settings.target_years !== "stated") assumed.target_years = years;
    const areYears = years.every(Boolean) && !wrong.has("base");
    for (const { number, key, year } of areYears ? rules.countedTargets(assumed).problems : []) {
      // The field that was changed is the one to be mended.
      const isBase = key === "later" && !same("base") && (same(DUE[number]) || !inputs[DUE[number]]);
      const moved = DUE.filter((name, n) => !same(name) && (key === "later" || years[n] === year));
      const [changed] = [...(same(DUE[number]) ? moved : []), DUE[number], "base"].filter((name) => inputs[name]);
      const [name, said] = isBase
        ? ["base", fill(words.earlier, { year: years[number] })]
        : [changed, fill(words[key], { year })];
      if (!wrong.has(name)) wrong.set(name, said);
    }
    return { assumed, settings, wrong };
  }

  // The command that makes the whole report: what differs from a run without settings, or from this one.
  function command(settings) {
    const changed = Object.entries(settings).filter(
      ([name, value]) => value !== seed.defaults[name] || value !== seed.run[name],
    );
    const all = [...seed.command.settings, ...changed.map(([name, value]) => `${name}=${value}`)];
    return `${seed.command.start}${all.length ? ` SET="${all.join(" ")}"` : ""} RUN=${seed.command.run}`;
  }

  // ---- The table

  // The digits before the decimal mark of a number that opens a cell: they get the room that the widest needs.
  const OPENING = /^[+\u2212]?\d+(?:[,\u00a0\u202f]\d{3})*(?=[.,]\d)|^[+\u2212]?\d+(?:[,\u00a0\u202f]\d{3})*/;
  const ALIGNED = [true, true, true, false];

  // The cells of an outlook: for each its number, the interval and what else stands below, and what to sort it by.
  function cells({ target, growth, projected, gap, relative, arrival }) {
    const cell = (estimate, unit, beside, ...below) => {
      const kept = keptEstimate(estimate), number = amount(kept, unit, beside), interval = span(kept, unit, beside);
      const value = kept[0] === null ? "" : decimal(kept[0]);
      return { number, interval: interval === number ? "" : interval, below, value };
    };
    return [
      cell(growth, "ratio"),
      cell(projected, target.unit, fraction(target.value)),
      cell(gap, target.apart, fraction(target.value), amount(keptEstimate(relative), "ratio")),
      cell(arrival, "calendar_year"),
    ];
  }

  // Set the table.
  function setTable(rows) {
    const listed = rows.map(cells);
    const widths = ALIGNED.map((aligned, column) =>
      Math.max(0, ...(aligned ? listed.map((row) => (OPENING.exec(row[column].number) ?? [""])[0].length) : [])));
    const lines = rows.map(({ target, year }, number) => {
      const [before, after] = fill(words.by, { year }).split("{target}");
      const link = html("a", { class: "claim", href: `#claim-${target.id}` }, target.text);
      const tds = listed[number].map(({ number: text, interval, below, value }, column) => {
        const opening = widths[column] ? (OPENING.exec(text) ?? [""])[0] : "";
        const shown = html("span", { class: "digits" }, opening);
        shown.style.minWidth = `${widths[column]}ch`;
        const parts = [[...(opening ? [shown] : []), text.slice(opening.length)]];
        if (interval) parts.push([html("small", {}, interval)]);
        parts.push(...below.map((line) => [line]));
        const broken = parts.flatMap((part, place) => (place ? [html("br"), ...part] : part));
        return html("td", { "data-label": words.columns[column], "data-value": value }, ...broken);
      });
      return html("tr", {}, html("th", { scope: "row" }, before, link, after), ...tds);
    });
    at("table").tBodies[0].replaceChildren(...lines);
  }

  // Say what the base growth brings, in a line for each target.
  function say(rows) {
    const base = rows.filter(({ isBase }) => isBase);
    if (!base.length) return [rows.length ? words.no_growth : words.nothing];
    return base.map((row) => {
      const [, projected, gap, arrival] = cells(row);
      const said = { projected: projected.number, gap: gap.number, relative: gap.below[0], arrival: arrival.number };
      const line = fill(words.said, { measure: row.target.measure, target: row.target.text, year: row.year, ...said });
      return line[0].toUpperCase() + line.slice(1);
    });
  }

  // ---- The figure

  const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
  const MOST_DRAWN = 1e300;
  const LINE = 15;

  // Write a number along an axis, with as many decimals as it needs.
  function short(value) {
    if (value >= 1e9) {
      const [first, power] = value.toExponential(0).split("e+");
      return `${first}\u00b710${[...power].map((digit) => SUPERSCRIPTS[digit]).join("")}`;
    }
    const places = (String(Number(value.toFixed(3))).split(".")[1] ?? "").length;
    return digits(BigInt(Math.round(value * 10 ** places)), places);
  }

  // A step for an axis that is easy to count in, so that no more than some steps are needed.
  function stepOf(length, most) {
    const power = 10 ** Math.floor(Math.log10(length / most));
    return [1, 2, 5, 10].map((n) => n * power).find((step) => length / step <= most);
  }

  // Draw the figure: one panel for each level that growth starts from.
  function setFigure(rows) {
    const series = new Map();
    for (const row of rows) series.set(row.base, [...(series.get(row.base) ?? []), row]);
    at("drawing").replaceChildren();
    for (const part of series.values()) drawPanel(part, part.filter(({ year }) => year === part[part.length - 1].year));
  }

  // What the picture shows, in words.
  function described(rows, axis) {
    const [{ target, base, level, from }] = rows, range = (estimate) => span(keptEstimate(estimate), target.unit);
    const start = { unit: axis, year: from, level: seed.claims[base].text, range: range(level) };
    const basic = rows.filter(({ isBase }) => isBase), shown = basic.length ? basic : rows;
    const goals = new Map(shown.map((row) => [row.target.id, fill(row.isBase ? words.projected : words.target, {
      year: row.year, target: row.target.text, growth: amount(keptEstimate(row.growth), "ratio"),
      projected: amount(keptEstimate(row.projected), row.target.unit), range: range(row.projected),
    })]));
    return [fill(target.alt, start), ...goals.values()].join(" ");
  }

  // Draw what grows from one level: `last` are the outlooks of the last target, whose paths are the longest.
  function drawPanel(rows, last) {
    const [{ target, level, from, year: until }] = last;
    const goals = [...new Map(rows.map((row) => [row.target.id, row])).values()];
    const { factor, axis } = rules.scaleOf(target.unit, ...goals.map((goal) => fraction(goal.target.value)));
    const drawn = (value) => Math.min(float(rules.div(value, fraction(factor))), MOST_DRAWN);
    const years = Array.from({ length: until - from + 1 }, (_, n) => n);
    const path = (start, growth) => years.map((n) => Math.min(drawn(start) * (1 + float(growth)) ** n, MOST_DRAWN));
    const paths = last.map(({ growth, isBase }) => {
      const values = path(level.value, growth.value);
      const ends = ["low", "high"].map((end) => (level[end] && growth[end] ? path(level[end], growth[end]) : values));
      const written = amount(keptEstimate(growth), "ratio");
      return { values, ends, isBase, growth: written, label: fill(words.rate, { growth: written }) };
    });
    const stated = ["low", "value", "high"].map((end) => drawn(level[end] ?? level.value));
    const top = Math.max(
      stated[2], ...goals.map((goal) => drawn(fraction(goal.target.value))),
      ...paths.flatMap(({ values, ends, isBase }) => (isBase ? ends[1] : values)),
    ) * 1.06;

    const width = at("drawing").clientWidth, height = width < 500 ? 280 : 360;
    const picture = svg("svg", { role: "img", width, height, viewBox: `0 0 ${width} ${height}` });
    picture.setAttribute("aria-label", described(rows, axis));
    const write = (x, y, said, attributes = {}) => {
      const text = svg("text", { x, y, ...attributes }, said);
      picture.append(text);
      return text;
    };
    const title = html("p", { class: "what-if-axis" }, fill(target.axis, { unit: axis }));
    at("drawing").append(legend(paths), title, picture);

    // Room for the labels on both sides.
    const widest = (texts) => Math.max(0, ...texts.map((said) => {
      const text = write(0, 0, said, { class: "what-if-strong" }), length = text.getComputedTextLength();
      text.remove();
      return length;
    }));
    const step = stepOf(top, 6), levels = Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step);
    const left = widest(levels.map(short)) + 10, right = width - widest(paths.map(({ label }) => label)) - 16;
    const [above, below] = [10, height - 44];
    const x = (year) => left + 14 + ((year - from) / (until - from)) * (right - left - 26);
    const y = (value) => below - (value / top) * (below - above);
    const listed = (points) => points.map((point) => point.join()).join(" ");
    const line = (points, name) => picture.append(svg("polyline", { class: name, points: listed(points) }));
    const along = (values) => values.map((value, n) => [x(from + n).toFixed(1), y(value).toFixed(1)]);

    for (const value of levels) {
      line([[left, y(value)], [right, y(value)]], value ? "what-if-grid" : "what-if-zero");
      write(left - 6, y(value) + 4, short(value), { "text-anchor": "end" });
    }
    const apart = Math.max(1, stepOf(until - from, Math.max(1, Math.floor((right - left) / 48))));
    for (let year = from; year <= until; year += Math.ceil(apart)) {
      write(x(year), below + 18, String(year), { "text-anchor": "middle" });
    }
    write((left + right) / 2, height - 6, words.x, { "text-anchor": "middle", class: "what-if-soft" });
    for (const { values, ends, isBase } of paths) {
      if (isBase) {
        const band = [...along(ends[0]), ...along(ends[1]).reverse()];
        picture.append(svg("polygon", { class: "what-if-band", points: listed(band) }));
      }
      line(along(values), isBase ? "what-if-base" : "what-if-scenario");
    }
    const [low, middle, high] = stated.map(y), start = x(from);
    line([[start, low], [start, high]], "what-if-whisker");
    for (const end of [low, high]) line([[start - 4, end], [start + 4, end]], "what-if-whisker");
    picture.append(svg("circle", { class: "what-if-stated", cx: start, cy: middle, r: 5 }));

    // The name of each path beside its end, none on another.
    const ends = paths.map((one) => ({ ...one, y: y(one.values[one.values.length - 1]) })).sort((a, b) => a.y - b.y);
    ends.forEach((end, n) => { end.at = Math.max(end.y, n ? ends[n - 1].at + LINE : above + 4); });
    for (let n = ends.length - 1, most = below - 2; n >= 0; n -= 1, most = ends[n + 1].at - LINE) {
      ends[n].at = Math.min(ends[n].at, most);
    }
    for (const end of ends) {
      if (Math.abs(end.at - end.y) > 3) line([[x(until) + 3, end.y], [right + 6, end.at]], "what-if-lead");
      write(right + 8, end.at + 4, end.label, { class: end.isBase ? "what-if-strong" : "what-if-soft" });
    }
    const taken = [];
    for (const goal of goals) {
      const [gx, gy] = [x(goal.year), y(drawn(fraction(goal.target.value)))];
      picture.append(svg("path", { class: "what-if-target", d: `M${gx} ${gy - 7}l7 7l-7 7l-7-7z` }));
      taken.push([gx - 8, gy - 8, gx + 8, gy + 8]);
    }
    for (const goal of goals) {
      const value = drawn(fraction(goal.target.value)), said = short(value), size = widest([said]);
      const [gx, gy] = [x(goal.year), y(value)];
      // Above the mark, or where something stands there, left of it or below.
      const places = [[gx - size / 2, gy - 12], [gx - size - 12, gy + 4], [gx - size / 2, gy + 22]];
      const box = ([bx, by]) => [bx - 2, by - 12, bx + size + 2, by + 3];
      const apart = ([l, t, r, b]) => ([ol, ot, or, ob]) => r < ol || l > or || b < ot || t > ob;
      const free = (one) => one[1] > 0 && one[2] < right + 4 && taken.every(apart(one));
      const place = places.find((one) => free(box(one))) ?? places[0];
      taken.push(box(place));
      write(...place, said, { class: "what-if-goal" });
    }
  }

  // Say what the lines and marks are.
  function legend(paths) {
    const sign = (...parts) => svg("svg", { width: 30, height: 14, "aria-hidden": "true" }, ...parts);
    const across = (name) => svg("polyline", { class: name, points: "1,7 29,7" });
    const entries = [[sign(svg("circle", { class: "what-if-stated", cx: 15, cy: 7, r: 5 })), words.stated_level]];
    const base = paths.find(({ isBase }) => isBase);
    if (base) {
      entries.push([sign(across("what-if-base")), fill(words.base, { growth: base.growth })]);
      const [low, high] = base.ends.map((values) => values[values.length - 1]);
      if (low < high) entries.push([sign(svg("rect", { class: "what-if-band", width: 30, height: 14 })), words.band]);
    }
    entries.push([sign(across("what-if-scenario")), words.rates]);
    entries.push([sign(svg("path", { class: "what-if-target", d: "M15 0l7 7l-7 7l-7-7z" })), words.goal]);
    return html("ul", { class: "what-if-legend" }, ...entries.map((entry) => html("li", {}, ...entry)));
  }

  // ---- All together

  let shown = { rows: [], width: 0 };

  // Mark what is wrong beside its field, or take the mark away.
  function mark(name, message) {
    const error = at(`${name}-error`);
    if (error.textContent !== message) error.textContent = message;
    if (message) inputs[name].setAttribute("aria-invalid", "true");
    else inputs[name].removeAttribute("aria-invalid");
  }

  // Draw again what the form says; while it is `typed` nothing new is marked as wrong.
  function update(typed) {
    const { assumed, settings, wrong } = read();
    let rows = [];
    if (!wrong.size) {
      try {
        rows = rules.outlooks(assumed);
      } catch (error) {
        if (!(error instanceof rules.NoMeaning)) throw error;
        wrong.set("rounding", words.nothing_left);
      }
    }
    for (const name of Object.keys(inputs)) {
      if (!typed || inputs[name].hasAttribute("aria-invalid")) mark(name, wrong.get(name) ?? "");
    }
    if (wrong.size) {
      if (!typed) at("said").replaceChildren(words.refused);
      return;
    }
    at("said").replaceChildren(...say(rows).map((line) => html("span", {}, line)));
    at("command").textContent = command(settings);
    at("copied").textContent = "";
    setTable(rows);
    shown = { rows, width: at("drawing").clientWidth };
    setFigure(rows);
  }

  // Copy the command; where the browser does not let a page do so, mark it for the reader to copy.
  async function copy() {
    try {
      await navigator.clipboard.writeText(at("command").textContent);
      at("copied").textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(at("command"));
      at("copied").textContent = words.marked;
    }
  }

  at("panel").hidden = false;
  reset();
  update(false);
  at("form").addEventListener("input", (event) => {
    if (event.target === inputs.rate) own.checked = true;
    update(true);
  });
  at("form").addEventListener("change", () => update(false));
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    update(false);
  });
  at("reset").addEventListener("click", () => {
    reset();
    update(false);
  });
  at("copy").addEventListener("click", copy);
  new ResizeObserver(() => {
    if (at("drawing").clientWidth === shown.width) return;
    shown.width = at("drawing").clientWidth;
    setFigure(shown.rows);
  }).observe(at("figure"));
})();
