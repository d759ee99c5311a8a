// Cards on numbers, ways back, sorting, downloads. Without this script the page is whole; each part works by itself.
(() => {
  "use strict";

  const language = document.documentElement.lang || "en";
  const words = JSON.parse(document.getElementById("page-words")?.textContent || "{}");
  const say = (key) => words[key] ?? key;
  const CARDED = "a.fact, a.claim, a.source, a.reason";

  // The link whose card stays closed though it has the focus: the reader dismissed it, or has only come back to it.
  let quiet = null;

  // Make an element with attributes and children.
  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // Make a button with its text and what it does.
  function button(text, act, attributes = {}) {
    const made = make("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  }

  // Find the element that a fragment ("#fact-x") names.
  function named(fragment) {
    try {
      return document.getElementById(decodeURIComponent(fragment.slice(1)));
    } catch {
      return null;
    }
  }

  // Find the row of a table that holds the element of a name.
  const rowOf = (name) => document.getElementById(name)?.closest("tbody tr") ?? null;

  // Copy what an element holds, without names, and without what this script put there.
  function copy(element) {
    const copied = element.cloneNode(true);
    for (const own of copied.querySelectorAll(".card, .back")) own.remove();
    for (const part of copied.querySelectorAll("*")) {
      for (const name of ["id", "title", "aria-expanded", "aria-controls", "tabindex"]) part.removeAttribute(name);
    }
    return [...copied.childNodes];
  }

  // ---- Cards

  // Say which row a link is about: its kind, its name and the row; nothing for a link to anything else.
  function subject(link) {
    const [, where, name] = /^#(fact|claim|feeds|source|reason)-(.+)$/.exec(link.getAttribute("href")) ?? [];
    if (!where) return null;
    const kind = where === "feeds" ? "claim" : where;
    const row = rowOf(`${kind}-${name}`) ?? rowOf(`${where}-${name}`);
    return row && { kind, name, row };
  }

  // Lead from a source straight to where it is on the web.
  function linked(parts) {
    for (const link of parts.flatMap((part) => [...(part.querySelectorAll?.("a.source") ?? []), part])) {
      const address = link.matches?.("a.source") && rowOf(link.hash.slice(1))?.querySelector("a.address");
      if (address) link.setAttribute("href", address.href);
    }
    return parts;
  }

  // Lay out what a card shows: the cells of a row under their heads, in words, and links that go on.
  function contents({ kind, name, row }) {
    const [head, ...cells] = row.cells;
    const told = cells.filter((cell) => kind !== "reason" && textOf(cell) !== "–");
    const fields = told.map((cell) => [cell.dataset.label ?? "", linked(copy(cell))]);
    const list = fields.map(([term, parts]) => make("div", {}, make("dt", {}, term), make("dd", {}, ...parts)));
    const ways = make("p", { class: "card-ways" }, make("a", { href: `#${kind}-${name}` }, say("card_row")));
    const place = kind === "claim" ? head.querySelector('a[href^="#sentence-"]') : null;
    if (place) ways.append(" ", make("a", { href: place.getAttribute("href") }, say("card_place")));
    const body = list.length ? [make("dl", {}, ...list)] : [];
    return [make("p", { class: "card-title", id: "card-title" }, ...copy(head)), ...body, ways];
  }

  // Show a card at links to facts, claims, sources and reasons when they are hovered, focused or tapped.
  function cards() {
    const card = make("div", { id: "card", class: "card", role: "group", "aria-labelledby": "card-title" });
    card.lang = language;
    if ("popover" in card) card.popover = "manual"; // above all else, whatever scrolls or clips around the link
    let open = null; // the link whose card is shown
    let tapped = null; // the link that a finger went down on while its card was closed
    let aim = null; // what the pointer is on: a link with a card, the card, or neither
    let timer = 0;

    const holdsFocus = () => card.contains(document.activeElement);
    const linkAt = (node) => {
      const link = node instanceof Element && !card.contains(node) ? node.closest(CARDED) : null;
      return link instanceof HTMLAnchorElement && subject(link) ? link : null;
    };

    // Put the card beside the text where there is room, else along the edge of the window that is further from its link.
    function place() {
      const boxes = [...open.getClientRects()];
      if (!boxes.length) return hide();
      const [first, last] = [boxes[0], boxes.at(-1)];
      const away = last.bottom < 0 || first.top > innerHeight;
      if (away && !holdsFocus() && document.activeElement !== open) return hide();
      const text = (open.closest("main") ?? document.body).getBoundingClientRect();
      const room = document.documentElement.clientWidth - text.right - 20;
      const beside = room >= 220 && !open.closest(".side"); // which it would cover
      const [above, below] = [first.top - 16, innerHeight - last.bottom - 16];
      const scrolled = card.scrollTop;
      card.style.width = beside ? `${Math.min(room, 430)}px` : "";
      card.style.maxHeight = `${Math.max(80, beside ? innerHeight - 16 : Math.max(above, below))}px`;
      const left = beside ? text.right + 12 : text.left + (text.width - card.offsetWidth) / 2;
      const lowest = innerHeight - card.offsetHeight - 8;
      card.style.left = `${Math.max(8, left)}px`;
      card.style.top = `${Math.max(8, beside ? Math.min(first.top, lowest) : below >= above ? lowest : 8)}px`;
      card.scrollTop = scrolled;
    }

    function show(link) {
      if (link === open) return;
      hide();
      open = link;
      card.replaceChildren(...contents(subject(link)));
      card.lastChild.append(" ", button(say("card_close"), dismiss));
      link.after(card); // next in the order of the keyboard
      link.setAttribute("aria-expanded", "true");
      link.setAttribute("aria-controls", "card");
      card.showPopover?.();
      card.scrollTop = 0;
      place();
      // In a table, where link stands by link, the Tab key goes on to the next one: what a card leads to, its row does.
      if (!link.closest("table")) return card.removeAttribute("tabindex");
      for (const stop of card.querySelectorAll("a, button")) stop.tabIndex = -1;
      card.tabIndex = card.scrollHeight > card.clientHeight ? 0 : -1; // to be scrolled
    }

    function hide() {
      clearTimeout(timer);
      if (!open) return;
      open.removeAttribute("aria-expanded");
      open.removeAttribute("aria-controls");
      open = null;
      card.remove();
    }

    // Close the card at the reader's wish, and give back the focus if the card had it.
    function dismiss() {
      quiet = open;
      if (holdsFocus()) open.focus({ preventScroll: true });
      hide();
    }

    // Once nothing is hovered any more: show the card of what has the focus, or none.
    function settle() {
      const focused = linkAt(document.activeElement);
      if (holdsFocus()) return;
      if (focused && focused !== quiet) show(focused);
      else hide();
    }

    function later(act, delay) {
      clearTimeout(timer);
      timer = setTimeout(act, delay);
    }

    document.addEventListener("pointerover", (event) => {
      const now = card.contains(event.target) ? card : linkAt(event.target);
      if (event.pointerType === "touch" || now === aim) return;
      aim = now;
      if (!aim && quiet !== document.activeElement) quiet = null;
      if (holdsFocus() || (aim && aim === quiet)) return;
      if (!aim) later(settle, 300); // time to move from the link into its card
      else if (aim === card || aim === open) clearTimeout(timer);
      else later(() => show(now), 120);
    });
    document.documentElement.addEventListener("pointerleave", (event) => {
      aim = null;
      if (event.pointerType !== "touch") later(settle, 300);
    });

    document.addEventListener("focusin", (event) => {
      if (card.contains(event.target)) return clearTimeout(timer);
      const link = linkAt(event.target);
      if (quiet !== link) quiet = null;
      if (link && link !== quiet) show(link);
      else if (!link) hide();
    });

    document.addEventListener("pointerdown", (event) => {
      const link = linkAt(event.target);
      tapped = event.pointerType === "touch" && link !== open ? link : null;
      if (!link && !card.contains(event.target)) hide();
    });

    // The first tap shows the card; the second one, like a click or the Enter key, follows the link.
    document.addEventListener("click", (event) => {
      const link = linkAt(event.target);
      if (link && link === tapped) {
        event.preventDefault();
        show(link);
      } else if (event.target instanceof Element && event.target.closest('a[href^="#"]')) setTimeout(hide);
      tapped = null;
    });

    document.addEventListener("keydown", (event) => {
      tapped = null;
      if (event.key === "Escape" && open) dismiss();
    });

    const follow = () => open && requestAnimationFrame(() => open && place());
    addEventListener("scroll", (event) => card.contains(event.target) || follow(), { capture: true, passive: true });
    addEventListener("resize", follow, { passive: true });
    document.addEventListener("sorted", hide);
    // The card says it all: no second hint beside it.
    for (const link of document.querySelectorAll(CARDED)) if (linkAt(link)) link.removeAttribute("title");
  }

  // ---- Ways back

  // Move the focus along with a jump inside the page, and offer a way back to the link it came from.
  function jumps() {
    const trail = []; // the links followed, each with where the page was at before
    const back = button(say("back"), () => history.back(), { class: "back" });

    // Open what a place is folded into.
    function unfold(target) {
      for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }

    // Go on reading at a place: it gets the focus, which is what a screen reader follows.
    function arrive(target) {
      if (!target.matches("a[href], button, input, select, summary, [tabindex]")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      const end = target.closest("td, th, .line");
      if (!trail.length || !target.closest("main") || target.matches("main, h2")) back.remove();
      else if (end) end.append(back);
      else target.after(back);
    }

    document.addEventListener("click", (event) => {
      if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      const target = link && named(link.hash);
      if (!target) return;
      unfold(target);
      // A link in a card goes with the card; the way back leads to the link that the card was of.
      const from = link.closest(".card")?.previousElementSibling ?? link;
      if (link.hash !== location.hash) trail.push({ from, hash: location.hash });
      else if (trail.length) trail.at(-1).from = from;
      setTimeout(() => arrive(target));
    });

    addEventListener("popstate", () => {
      const { from, hash } = trail.at(-1) ?? {};
      if (!from || location.hash !== hash) return;
      trail.pop();
      quiet = from;
      back.remove();
      from.focus({ preventScroll: true });
      requestAnimationFrame(() => {
        const { top, bottom } = from.getBoundingClientRect();
        if (top < 0 || bottom > innerHeight) from.scrollIntoView({ block: "center" });
      });
    });

    const first = location.hash && named(location.hash);
    if (!first) return;
    unfold(first);
    first.scrollIntoView();
    arrive(first);
  }

  // ---- Tables

  // Read a cell as it is shown: line by line, without notes for print and without buttons.
  function textOf(cell) {
    const copied = cell.cloneNode(true);
    for (const aside of copied.querySelectorAll(".note, .back, .card")) aside.remove();
    for (const end of copied.querySelectorAll("br")) end.replaceWith("\v");
    for (const block of copied.querySelectorAll("p, li, div")) block.append("\v");
    const lines = copied.textContent.replace(/[ \t\n]+/g, " ").split("\v");
    return lines.map((line) => line.trim()).filter(Boolean).join("\n");
  }

  // Hand a file to the reader.
  function save(name, parts, type) {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  // Write a table as RFC 4180 has it, its rows in their present order, with the mark by which spreadsheets tell UTF-8.
  // An apostrophe says that what follows is text, so that a spreadsheet runs none of it.
  function csvOf(table) {
    const formula = (text) => /^'*[=+\-@\t\r\n＝＋－＠]./s.test(text) && !/^[+-][\d\s.,%]*$/.test(text);
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const cell = (text) => quoted(formula(text) ? `'${text}` : text);
    return `\ufeff${[...table.rows].map((row) => `${[...row.cells].map(textOf).map(cell).join(",")}\r\n`).join("")}`;
  }

  // Let the columns of a table be sorted by their heads, and on a phone, where those are not shown, from a list.
  function sortable(table) {
    const body = table.tBodies[0];
    const asSet = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const titles = heads.map(textOf);
    const collator = new Intl.Collator([language, "en"], { numeric: true });
    const list = make("select", {}, make("option", { value: "" }, say("sort_as_set")));

    // Compare by the numbers behind a column where most of its cells have one, those without last; else by their text.
    function comparison(column, sign) {
      const values = new Map(asSet.map((row) => [row, parseFloat(row.cells[column].dataset.value)]));
      const known = [...values.values()].filter((value) => !Number.isNaN(value)).length;
      if (known * 2 > asSet.length) {
        return (a, b) => {
          const [x, y] = [values.get(a), values.get(b)];
          return Number.isNaN(x) - Number.isNaN(y) || sign * (x - y) || 0;
        };
      }
      const texts = new Map(asSet.map((row) => [row, textOf(row.cells[column])]));
      return (a, b) => sign * collator.compare(texts.get(a), texts.get(b));
    }

    function sort(column, way) {
      const sign = way === "descending" ? -1 : 1;
      body.append(...(way ? [...asSet].sort(comparison(column, sign)) : asSet));
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (way) heads[column].setAttribute("aria-sort", way);
      list.value = way ? `${column} ${way}` : "";
      document.dispatchEvent(new Event("sorted"));
    }

    heads.forEach((head, column) => {
      const next = { ascending: "descending", descending: "" };
      const press = () => sort(column, next[head.getAttribute("aria-sort")] ?? "ascending");
      const sorter = button("", press, { class: "sort" });
      sorter.append(...head.childNodes);
      head.append(sorter);
      for (const way of ["ascending", "descending"]) {
        list.append(make("option", { value: `${column} ${way}` }, `${titles[column]}: ${say(`sort_${way}`)}`));
      }
    });
    list.addEventListener("change", () => {
      const [column, way] = list.value.split(" ");
      sort(Number(column), way ?? "");
    });
    return make("p", { class: "sort-list" }, make("label", {}, `${say("sort_by")} `, list));
  }

  // Rows that a reader takes in at a glance: a table with no more is neither sorted nor downloaded.
  const FEW = 9;

  // Give each table of some length its ways to be sorted and downloaded.
  function tables() {
    for (const table of document.querySelectorAll("main table[id]")) {
      const body = table.tBodies[0];
      if (!table.tHead || !body || body.rows.length < FEW || table.closest(".what-if")) continue;
      if (table.querySelector("[colspan], [rowspan]")) continue;
      const name = `report-${table.id.replace(/^table-/, "")}.csv`;
      const frame = table.closest(".wide") ?? table;
      frame.before(sortable(table));
      const label = `${say("table_csv")}: ${table.caption?.textContent.trim() ?? ""}`;
      const download = () => save(name, [csvOf(table)], "text/csv;charset=utf-8");
      frame.after(make("p", { class: "tools" }, button(say("table_csv"), download, { "aria-label": label })));
    }
  }

  // ---- Figures

  // Write a figure's picture as a file that needs nothing else: in its light colours, with the fonts it is set in.
  function drawing(picture) {
    const svg = picture.cloneNode(true);
    const { width, height } = picture.viewBox.baseVal ?? picture.getBoundingClientRect();
    const family = getComputedStyle(picture.querySelector("text") ?? picture).fontFamily;
    const used = (rule) => family.includes(rule.style.getPropertyValue("font-family").replace(/["']/g, ""));
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule && used(rule)).map((rule) => rule.cssText);
    const style = document.createElementNS(svg.namespaceURI, "style");
    style.textContent = `svg { background: #fff; font-family: ${family}; }\n${faces.join("\n")}`;
    svg.prepend(style);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    const text = new XMLSerializer().serializeToString(svg);
    return { text: text.replace(/var\(--[\w-]+,\s*([^()]+?)\s*\)/g, "$1"), width, height };
  }

  // Draw a figure's picture in pixels, three to a unit, and hand it to the reader.
  async function savePixels(name, picture) {
    const { text, width, height } = drawing(picture);
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = make("canvas", { width: Math.round(width * 3), height: Math.round(height * 3) });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => save(`${name}.png`, [blob], "image/png"), "image/png");
  }

  // Offer each figure as a drawing, as pixels, and the data it shows.
  function figures() {
    for (const figure of document.querySelectorAll('main figure[id^="figure-"]')) {
      const picture = figure.querySelector("svg");
      if (!picture || figure.closest(".what-if")) continue;
      const name = figure.id.replace(/^figure-/, "");
      const data = `script[data-figure="${CSS.escape(name)}"]`;
      const tools = make("p", { class: "tools", role: "group", "aria-label": `${say("download")}: ${name}` });
      tools.append(make("span", { "aria-hidden": "true" }, `${say("download")}: `));
      const saveDrawing = () => save(`${name}.svg`, [drawing(picture).text], "image/svg+xml");
      tools.append(button("SVG", saveDrawing), button("PNG", () => savePixels(name, picture)));
      for (const source of document.querySelectorAll(data)) {
        const file = source.dataset.file ?? `${name}.csv`;
        const give = () => save(file, [JSON.parse(source.textContent)], "text/csv;charset=utf-8");
        tools.append(button(`${say("figure_data")}: ${file}`, give));
      }
      figure.after(tools);
    }
  }

  // Where the contents stand above the text and not beside it, fold them: the text comes first.
  function foldContents() {
    const beside = matchMedia("(min-width: 64rem)");
    const fold = () => document.querySelector("nav details")?.toggleAttribute("open", beside.matches);
    beside.addEventListener("change", fold);
    fold();
  }

  // Mark the heading that is being read among the contents, with the section that it is in.
  function markContents() {
    const links = [...document.querySelectorAll('nav a[href^="#"]')];
    const headings = links.map((link) => named(link.hash));
    function mark() {
      const above = headings.map((heading) => heading.offsetParent && heading.getBoundingClientRect().top < innerHeight / 3);
      const last = links[above.lastIndexOf(true)] ?? links[0];
      const section = last?.closest("ol ol")?.closest("li").firstElementChild;
      for (const link of links) {
        if (link === last || link === section) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  }

  for (const part of [foldContents, markContents, cards, jumps, tables, figures]) {
    try {
      part();
    } catch (error) {
      console.error(error); // the other parts go on
    }
  }
})();
