// The rules of the what-if panel: targets, and numbers in words, by exact fractions; as dalil.analysis and Wording do.
globalThis.dalilRules = (seed) => {
  "use strict";

  const { words, signs } = seed;

  // ---- Fractions: {n, d} of BigInt, d above zero, not reduced.

  const whole = (n) => ({ n: BigInt(n), d: 1n });
  const [ZERO, ONE, HALF] = [whole(0), whole(1), { n: 1n, d: 2n }];
  const add = (a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
  const minus = (a) => ({ n: -a.n, d: a.d });
  const sub = (a, b) => add(a, minus(b));
  const mul = (a, b) => ({ n: a.n * b.n, d: a.d * b.d });
  const div = (a, b) => (b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n });
  const pow = (a, k) => ({ n: a.n ** BigInt(k), d: a.d ** BigInt(k) });
  const cmp = (a, b) => Number(a.n * b.d > b.n * a.d) - Number(a.n * b.d < b.n * a.d);
  const abs = (a) => ({ n: a.n < 0n ? -a.n : a.n, d: a.d });
  const floor = (a) => (a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d));
  const ceil = (a) => -floor(minus(a));
  const isWhole = (a) => a.n % a.d === 0n;

  // Round to the nearest whole number: halves to the even one as Python does, or away from zero as readers expect.
  const even = (a) => {
    const below = floor(a), side = cmp(sub(a, whole(below)), HALF);
    return below + BigInt(side > 0 || (side === 0 && below % 2n !== 0n));
  };
  const nearest = (a) => floor(add(abs(a), HALF)) * (a.n < 0n ? -1n : 1n);

  // Read "39/125" or "-0.25" exactly.
  function fraction(text) {
    const [n, d = "1"] = text.split("/");
    const [before, after = ""] = n.split(".");
    return { n: BigInt(before + after), d: BigInt(d) * 10n ** BigInt(after.length) };
  }

  // A fraction as a floating-point number: for drawing, and to know where to look for a year.
  function float(a) {
    const near = Number(a.n) / Number(a.d);
    return Number.isNaN(near) ? Number((a.n * 10n ** 20n) / a.d) / 1e20 : near;
  }

  // The power of ten of a number's first digit.
  function magnitude(a) {
    const size = abs(a), power = String(size.n).length - String(size.d).length;
    const ten = power < 0 ? { n: 1n, d: 10n ** BigInt(-power) } : whole(10n ** BigInt(power));
    return cmp(size, ten) < 0 ? power - 1 : power;
  }

  // ---- Estimates: {value, low, high, lowOpen}; null is "never" as a value and "no bound" as an end.

  // What has no meaning for the numbers given, as Python's DomainError.
  class NoMeaning extends Error {}
  const above = (limit, a) => {
    const side = cmp(a, limit);
    if (side <= 0) throw Object.assign(new NoMeaning(), { atLimit: side === 0 });
  };
  const exactly = (value) => ({ value, low: value, high: value, lowOpen: false });

  // ---- Formulas: the trees of the notebooks, with parameters, numbers and operations; null is "never".

  const OPERATIONS = {
    "+": add,
    "-": sub,
    "×": mul,
    "/": (a, b) => { above(ZERO, b); return div(a, b); },
    "^": (a, b) => { above(ZERO, a); return pow(a, b.n / b.d); },
    ceiling: (a) => whole(ceil(a)),
    periods,
  };
  // The places of an operation in which it falls; it rises in the others, as what is multiplied or divided is positive.
  const FALLS = { "-": [1], "/": [1], periods: [0, 2] };

  // Compare base ** periods with a ratio: by bounds on the power, and exactly where those do not settle it.
  function compared(base, periods, ratio) {
    const bits = 256n, one = 1n << bits;
    let [low, high] = [one, one];
    let [lowSquare, highSquare] = [floor(mul(base, whole(one))), ceil(mul(base, whole(one)))];
    for (let left = periods; left > 0; left = Math.floor(left / 2)) {
      if (left % 2) [low, high] = [(low * lowSquare) >> bits, ((high * highSquare) >> bits) + 1n];
      [lowSquare, highSquare] = [(lowSquare * lowSquare) >> bits, ((highSquare * highSquare) >> bits) + 1n];
    }
    const goal = mul(ratio, whole(one));
    if (low > ceil(goal)) return 1;
    if (high < floor(goal)) return -1;
    return cmp(pow(base, periods), ratio);
  }

  // Periods until a level reaches a goal, as far as their ceiling needs: half a period short where none hits it exactly.
  function periods(level, goal, growth) {
    above(minus(ONE), growth);
    for (const size of [level, goal]) above(ZERO, size);
    if (cmp(level, goal) >= 0) return ZERO;
    if (growth.n <= 0n) return null;
    const [ratio, base] = [div(goal, level), add(ONE, growth)];
    let count = Math.max(1, Math.floor(Math.log(float(ratio)) / Math.log1p(float(growth))));
    while (count > 1 && compared(base, count - 1, ratio) >= 0) count -= 1;
    while (compared(base, count, ratio) < 0) count += 1;
    return compared(base, count, ratio) === 0 ? whole(count) : sub(whole(count), HALF);
  }

  // What an end that is missing at the top stands for.
  const ENDLESS = {};

  // Work a tree out for one value of each of its parameters.
  function workOut(tree, values) {
    if (tree.number) return fraction(tree.number);
    if (tree.parameter) return values[tree.parameter];
    const parts = tree.args.map((part) => workOut(part, values));
    // From a level, or at a growth, without end a goal is there at once.
    if (parts.includes(ENDLESS)) return tree.op === "periods" ? ZERO : null;
    return parts.includes(null) ? null : OPERATIONS[tree.op](...parts);
  }

  // Whether a tree rises in each of its parameters.
  function directions(tree, rises = true) {
    if (tree.parameter) return [[tree.parameter, rises]];
    return (tree.args ?? []).flatMap((part, place) => directions(part, FALLS[tree.op]?.includes(place) ? !rises : rises));
  }

  // Work a tree out on estimates: the ends are its values at the corners where all of it falls or rises.
  function estimated(tree, given) {
    const rising = directions(tree);
    const at = (endOf) => {
      const ends = rising.map(([name, rises]) => [name, endOf(rises)]);
      const values = ends.map(([name, end]) => [name, given[name][end] ?? (end === "high" ? ENDLESS : null)]);
      try {
        return workOut(tree, Object.fromEntries(values));
      } catch (error) {
        // An end that is not reached bounds nothing.
        if (error.atLimit && ends.some(([name, end]) => end === "low" && given[name].lowOpen)) return null;
        throw error;
      }
    };
    const [value, low, high] = [() => "value", (up) => (up ? "low" : "high"), (up) => (up ? "high" : "low")].map(at);
    return { value, low, high };
  }

  // ---- Targets

  // A claim's number under a way of rounding.
  function reading(claim, rounding) {
    const { value, low, high, lowOpen } = seed.claims[claim].ways[rounding];
    return { value: fraction(value), low: low && fraction(low), high: high && fraction(high), lowOpen };
  }

  // List the targets by year with the level each is counted from; and what is wrong with the years, target by target.
  function countedTargets({ base_year: since, target_years: years }) {
    const counted = [], problems = [];
    seed.targets.forEach((target, number) => {
      const year = years ? years[number] : target.stated;
      const [next] = target.steps.filter(({ from }) => from > year);
      const step = target.steps.filter(({ from }) => from <= year).pop();
      const base = since === null ? step.base : target.latest;
      if (since === null && years && step.late) problems.push({ number, key: "later", year: next.from - 1 });
      if (!base) return;
      const from = since ?? seed.claims[base].year;
      if (year <= from) problems.push({ number, key: "later", year: from });
      if (counted.some((other) => other.year === year && other.target.of === target.of)) {
        problems.push({ number, key: "twice", year });
      }
      counted.push({ target, year, base, from, number });
    });
    return { counted: counted.sort((one, other) => one.year - other.year), problems };
  }

  // What every growth rate brings for every target.
  function outlooks(assumed) {
    const { rounding, base_growth: own } = assumed;
    return countedTargets(assumed).counted.flatMap((entry) => {
      const { target, year, base, from } = entry;
      const [level, goal] = [reading(base, rounding), exactly(fraction(target.value))];
      const first = own ? exactly(own) : target.growth && reading(target.growth, rounding);
      const growths = [...(first ? [first] : []), ...seed.rates.map((rate) => exactly(fraction(rate)))];
      return growths.map((growth, place) => {
        const given = { level, goal, growth, base_year: exactly(whole(from)), periods: exactly(whole(year - from)) };
        const results = Object.entries(seed.trees).map(([name, tree]) => [name, estimated(tree, given)]);
        return { ...entry, growth, level, isBase: Boolean(first) && place === 0, ...Object.fromEntries(results) };
      });
    });
  }

  // ---- Words

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);

  // A number as the tables keep it: to fifteen digits, and to twenty-eight where it is longer.
  function kept(a, towards) {
    if (a === null || a.n === 0n) return a;
    const size = abs(a).n >= a.d ? String(abs(a).n / a.d).length : 0;
    const scale = 10n ** BigInt(Math.max(15 - size, 0));
    const number = towards(mul(a, whole(scale))), long = String(number).replace("-", "").length - 28;
    if (long <= 0) return { n: number, d: scale };
    const cut = 10n ** BigInt(long);
    return { n: even({ n: number, d: cut }) * cut, d: scale };
  }
  const keptEstimate = ({ value, low, high }) => [kept(value, even), kept(low, floor), kept(high, ceil)];

  // The scale that suits the largest of some values.
  function scaleOf(unit, ...values) {
    const sizes = values.filter((value) => value !== null).map(abs);
    const reaches = ({ factor }) => factor === "1" || sizes.some((size) => cmp(size, fraction(factor)) >= 0);
    return seed.units[unit].scales.find(reaches);
  }

  // Decimals to show: three digits that count, and none of a percentage that is not exact or as printed.
  function places(value, width, { hundred, whole: inWholes }) {
    const [shown, spread] = [mul(value, whole(hundred)), width && mul(width, whole(hundred))];
    if (isWhole(shown) && (inWholes || shown.n === 0n || spread?.n === 0n)) return 0;
    if (hundred === 1) return Math.min(Math.max(0, 2 - magnitude(shown)), 6);
    const own = [0, 1, 2].find((n) => isWhole(mul(shown, whole(10 ** n))));
    if (own !== undefined && spread && (spread.n === 0n || cmp(spread, { n: 1n, d: 10n ** BigInt(own) }) === 0)) return own;
    return nearest(shown) === 0n ? Math.min(-magnitude(shown), 6) : 0;
  }

  // Round the ends of an interval outwards, to as many digits as keep it from getting twice as wide.
  function outwards(low, high, unit) {
    const largest = low && high ? (cmp(abs(low), abs(high)) < 0 ? high : low) : low ?? high;
    const ends = [[low, floor], [high, ceil]].filter(([end]) => end);
    let decimals = unit.hundred === 100 ? 0 : places(largest, null, unit);
    const rounded = () => ends.map(([end, way]) => inUnit(end, way, decimals, unit));
    const width = low && high && mul(sub(high, low), whole(2 * unit.hundred));
    const isWide = ([below, above]) => cmp({ n: above - below, d: 10n ** BigInt(decimals) }, width) >= 0;
    while (width && decimals < 6 && isWide(rounded())) decimals += 1;
    return [rounded(), decimals];
  }

  // Write a whole number of the last decimal place, with the language's signs.
  function digits(number, decimals, grouped = true) {
    const text = String(number < 0n ? -number : number).padStart(decimals + 1, "0");
    const before = text.slice(0, text.length - decimals), after = text.slice(text.length - decimals);
    const marked = grouped ? before.replace(/\B(?=(\d{3})+$)/g, signs.group) : before;
    return (number < 0n ? "\u2212" : "") + marked + (decimals ? signs.decimal + after : "");
  }

  // The plural form of a written number; the name of a currency that CLDR has goes by its value alone.
  function form(number, decimals, isNamed) {
    const one = 10n ** BigInt(decimals), size = number < 0n ? -number : number;
    if (size % one !== 0n) return "other";
    const count = Number(size / one < 200n ? size / one : 100n + ((size / one) % 100n));
    const forms = signs.plural[decimals && !isNamed ? "decimals" : "whole"];
    return Object.keys(forms).find((name) => forms[name].includes(count)) ?? "other";
  }

  // Put numbers into their unit's pattern: a unit that is a word once, in the forms of the genitive where it is a range
  // or, in a language that has a form for many, a bound; and a sign at each number.
  function applied({ forms }, numbers, decimals, { grouped, named }, isBound = false) {
    const name = form(numbers[numbers.length - 1], decimals, named);
    const isInflected = numbers.length > 1 || (isBound && forms.many);
    const pattern = forms[isInflected && !named ? ({ one: "other", few: "many" })[name] ?? name : name] ?? forms.other;
    const written = numbers.map((number) => digits(number, decimals, grouped));
    const signed = (n) => (n.startsWith("\u2212") && pattern[0] !== "{" ? "\u2212" + fill(pattern, { n: n.slice(1) }) : fill(pattern, { n }));
    const units = written.map(signed);
    if (numbers.length === 1) return units[0];
    const between = numbers.some((number) => number < 0n) ? words.between_signed : words.between;
    return fill(between, { low: /^\{n\}\s/.test(pattern) ? written[0] : units[0], high: units[1] });
  }

  const inUnit = (a, towards, decimals, unit) => towards(mul(a, whole(BigInt(unit.hundred) * 10n ** BigInt(decimals))));

  // Write a number with its unit, to the digits that count; in the scale of another one beside it.
  function amount([value, low, high], name, beside = null) {
    if (value === null) return words.never;
    const unit = seed.units[name], scale = scaleOf(name, value, low, high, beside);
    const scaled = div(value, fraction(scale.factor));
    const decimals = places(scaled, low && high && div(sub(high, low), fraction(scale.factor)), unit);
    return applied(scale, [inUnit(scaled, nearest, decimals, unit)], decimals, unit);
  }

  // Write an interval; its ends are rounded outwards.
  function span([value, low, high], name, beside = null) {
    if (!low && !high) return value === null ? words.never : words.unbounded;
    if (low && high && cmp(low, high) === 0) return words.exact;
    const middle = value ?? low ?? high, unit = seed.units[name], scale = scaleOf(name, middle, low, high, beside);
    const [numbers, decimals] = outwards(...[low, high].map((end) => end && div(end, fraction(scale.factor))), unit);
    const text = applied(scale, numbers, decimals, unit, !low || !high);
    return low && high ? text : fill(low ? words.from : words.up_to, { n: text });
  }

  return {
    whole, mul, div, cmp, nearest, fraction, float, fill, digits, amount, span, scaleOf, keptEstimate, countedTargets,
    outlooks, NoMeaning,
  };
};
