// Coding an ad by hand: its lines get zones, its duties areas. All offsets count code points, as in the gold file.
"use strict";

const desk = document.getElementById("desk");
const { key, version, language, text, lines, masks, choices, words, coding: given, sent, saved, problems } = JSON.parse(
  desk.dataset.sheet,
);
const chars = Array.from(text);
const quote = (start, end) => chars.slice(start, end).join("");
const aboutArea = new Map(choices.areas.map((area) => [area.code, area]));
const duplicate = (value) => JSON.parse(JSON.stringify(value));

/* The coding, and the draft of it that outlives this page as long as the window stays open. */

const store = `jobclass:${key}`;
forget(saved);
const kept = readDraft();
const isDraft = !sent && kept !== null;
const coding = stands(duplicate(isDraft ? kept.coding : given));
const base = sent ? "" : JSON.stringify(stands(duplicate(given)));
const basedOn = isDraft ? kept.version : version;
let shown = Boolean((isDraft || sent) && kept?.shown);
let isKept = true;
let isLeaving = false;

/**
 * A coding whose duties all stand in the ad; those that do not cannot be shown, and are told at the top.
 * A platform beside no area of a community cannot be shown either.
 */
function stands({ zones, duties, role, roles_involved, title_roles, level, remark }) {
  const isThere = (duty) =>
    Number.isInteger(duty.start) && Number.isInteger(duty.end) && quote(duty.start, duty.end) === duty.text;
  const shownDuties = duties.filter(isThere).map((duty) => (needsPlatform(duty) ? duty : { ...duty, platform: "" }));
  return { zones, duties: shownDuties, role, roles_involved, title_roles, level, remark };
}

/** The draft of this ad, unless it says the same as the gold file; what was sent and refused says it all. */
function readDraft() {
  try {
    const found = JSON.parse(sessionStorage.getItem(store));
    const isOfThese = found?.coding.zones.length === lines.length;
    const isNew = sent || JSON.stringify(found?.coding) !== JSON.stringify(stands(given));
    return isOfThese && isNew ? found : null;
  } catch {
    return null;
  }
}

/** Drops the draft of an ad that was saved just now, unless it was changed again. */
function forget(other) {
  try {
    const name = `jobclass:${other}`;
    if (JSON.parse(sessionStorage.getItem(name))?.sent) sessionStorage.removeItem(name);
  } catch {
    // There are no drafts.
  }
}

function isChanged() {
  return JSON.stringify(coding) !== base;
}

function keep(isSent = false) {
  const draft = { version: basedOn, coding, shown, current, sent: isSent };
  try {
    if (isChanged()) sessionStorage.setItem(store, JSON.stringify(draft));
    else sessionStorage.removeItem(store);
    isKept = true;
  } catch {
    isKept = false; // a window without a store, or with a full one: before it is left it asks
  }
}

/* Making elements. */

function made(tag, attributes = {}, ...inner) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...inner.filter((part) => part !== null));
  return element;
}

const said = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, found) => values[found]);

/* Where the coder is: the line, the place of the cut in it, and the duty that is open. */

const list = document.getElementById("lines");
let current = 0;
let cut = null;
let open = null;
let filter = "";
let chosen = -1;

/** The line that a place stands in. */
function lineOf({ start }) {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (lines[middle].start <= start) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** For each line the duties that stand in it, be it with some of their words. */
function dutiesByLine() {
  const result = lines.map(() => []);
  for (const duty of coding.duties) {
    const first = lineOf(duty);
    for (let number = first; number === first || lines[number]?.from < duty.end; number += 1) result[number].push(duty);
  }
  return result;
}

function zones() {
  let above = "";
  return coding.zones.map((zone) => (above = zone || above));
}

/** The duty that keys speak of: the open one, that around the cut, else the first of the line. */
function dutyHere() {
  const here = dutiesByLine()[current];
  return here.find((duty) => duty === open) ?? here.find(isAroundCut)
    ?? here.find((duty) => lineOf(duty) === current) ?? here[0] ?? null;
}

const isAroundCut = (duty) => cut !== null && cut > duty.start && cut < duty.end;

/* Steps, and back. The remark is a text field, and has steps of its own. */

const state = () => JSON.stringify({ ...coding, remark: "" });
const past = [];
let present = state();

function changed() {
  coding.duties.sort((one, other) => one.start - other.start);
  const before = present;
  present = state();
  if (present !== before) past.push(before);
  keep();
  draw();
}

/** Takes the last step back. */
function undo() {
  if (!past.length) return;
  present = past.pop();
  Object.assign(coding, JSON.parse(present), { remark: coding.remark });
  looks.length = 0; // what is drawn speaks of duties that are gone
  keep();
  goTo(current);
}

/* Drawing. */

const looks = [];

/** Draws the ad; of its lines only those anew that look otherwise than before. */
function draw() {
  const effective = zones();
  const duties = dutiesByLine();
  const numbers = new Map(coding.duties.map((duty, place) => [duty, place + 1]));
  lines.forEach((line, number) => {
    const isOpen = duties[number].includes(open) && lineOf(open) === number;
    const look = JSON.stringify([coding.zones[number], effective[number], number ? effective[number - 1] : "", shown,
      number === current ? cut : null, duties[number], duties[number].map((duty) => numbers.get(duty))]);
    if (look === looks[number] && !isOpen) return;
    looks[number] = isOpen ? "" : look;
    const element = lineElement(line, number, effective, duties[number], numbers);
    if (list.children[number]) list.children[number].replaceWith(element);
    else list.append(element);
  });
  pointAt(current);
  drawWhole();
  if (!open) return;
  drawOptions(open);
  if (!whole.contains(document.activeElement)) list.querySelector(".editor input").focus({ preventScroll: true });
}

/** Tells which line is the current one; it alone is reached by Tab. */
function pointAt(number) {
  for (const part of list.querySelectorAll("[aria-current]")) part.removeAttribute("aria-current");
  for (const part of list.querySelectorAll("[tabindex='0']")) part.tabIndex = -1;
  const element = list.children[number];
  if (!element) return;
  element.setAttribute("aria-current", "true");
  for (const part of [element, ...element.querySelectorAll("select, .mark")]) part.tabIndex = 0;
}

function lineElement(line, number, effective, duties, numbers) {
  const own = duties.filter((duty) => lineOf(duty) === number);
  const zone = effective[number];
  const begins = zone && (number === 0 || zone !== effective[number - 1]);
  const classes = ["line", line.kind, zone ? `zone-${zone}` : "unzoned"];
  if (begins) classes.push("begins");
  const isWrong = number === unzoned.number && !zone;
  return made(
    "li",
    { class: classes.join(" "), "data-line": number, tabindex: -1 },
    zoneElement(number, effective),
    made("div", { class: "body" }, wordsElement(line, number, duties),
      ...own.map((duty) => dutyElement(duty, line, numbers.get(duty))),
      isWrong ? wrongElement(unzoned.message) : null),
    duties.length ? null : markElement(number),
  );
}

function zoneElement(number, effective) {
  const inherited = choices.zones.find((zone) => zone.code === (number ? effective[number - 1] : ""));
  const none = inherited ? `· ${inherited.name}` : "–";
  const select = made(
    "select",
    { class: coding.zones[number] ? "own" : "inherited", tabindex: -1,
      "aria-label": `${words.zone}, ${words.line} ${number + 1}`,
      onchange: (event) => giveZone(number, event.target.value) },
    made("option", { value: "", title: words.as_above }, none),
    ...choices.zones.map((zone, place) =>
      made("option", { value: zone.code, title: zone.about }, `${place + 1} ${zone.name}`),
    ),
  );
  select.value = coding.zones[number];
  return select;
}

/** The words of a line, with duties underlined and the cut where it stands. */
function wordsElement(line, number, duties) {
  const here = number === current ? cut : null;
  const look = (start, end) => {
    const duty = duties.find((found) => found.start <= start && end <= found.end);
    return duty ? `duty ${aboutArea.get(duty.areas[0])?.family ?? "open"}` : "";
  };
  const borders = duties.flatMap((duty) => [duty.start, duty.end]);
  const spans = spansOf(line.from, line.to, here === null ? borders : [...borders, here], look);
  const element = made("p", { class: "words", lang: "de" }, ...spans);
  if (here !== null) spans.find((span) => span.dataset.start >= here)?.before(made("span", { class: "cut" }));
  return element;
}

/** A stretch of the ad, parted at the borders; where it names the title it is masked. */
function spansOf(first, last, borders = [], look = () => "") {
  const hidden = shown ? [] : masks.filter(([start, end]) => start < last && end > first);
  const inner = [...borders, ...hidden.flat()].filter((place) => place > first && place < last);
  const places = [...new Set([first, last, ...inner])].sort((one, other) => one - other);
  return places.slice(0, -1).flatMap((start, place) => {
    const mask = hidden.find((found) => found[0] <= start && start < found[1]);
    if (mask && start !== Math.max(mask[0], first)) return [];
    const end = mask ? Math.min(mask[1], last) : places[place + 1];
    const classes = [look(start, places[place + 1]), mask ? "masked" : ""].join(" ").trim();
    return made("span", { class: classes || null, "data-start": start, "data-end": end },
      mask ? words.masked : quote(start, end));
  });
}

function markElement(number) {
  return made("button", { type: "button", class: "quiet mark", tabindex: -1,
    onpointerdown: (event) => event.preventDefault(), // or the selection would be gone
    onclick: () => { goTo(number); mark(); } }, words.mark);
}

function dutyElement(duty, line, number) {
  const isPart = duty.start !== line.from || duty.end !== line.to;
  const tags = duty.areas.map((code) => made("span", { class: `tag-of ${aboutArea.get(code)?.family ?? ""}` },
    made("a", { class: "tag", href: `/explain/${encodeURIComponent(code)}?lang=${language}`, target: "_blank",
      rel: "noopener", tabindex: -1, title: aboutArea.get(code)?.about ?? null }, code)));
  if (!tags.length) tags.push(made("span", { class: "todo" }, words.no_area));
  const isUnplaced = needsPlatform(duty) && !duty.platform;
  const marks = [duty.grade, duty.platform].filter(Boolean).join(" · ");
  const part = isPart ? made("q", { lang: "de" }, ...spansOf(duty.start, duty.end)) : null;
  const inner = duty === open ? [part, editorElement(duty)] : [made("div", { class: "summary" }, part, ...tags,
    made("span", { class: "marks" }, marks), isUnplaced ? made("span", { class: "todo" }, words.no_platform) : null,
    made("button", { type: "button", class: "quiet", tabindex: -1, onclick: () => edit(duty) }, words.edit),
    made("button", { type: "button", class: "quiet", tabindex: -1, "aria-label": words.remove, title: words.remove,
      onclick: () => remove(duty) }, "×"))];
  return made("div", { class: "coded-duty", "data-duty": number }, ...inner,
    ...wrongOf(duty).map(wrongElement));
}

/* The editor of a duty: areas by a search, grade and platform by buttons or by their names. */

function needsPlatform(duty) {
  return duty.areas.some((code) => aboutArea.get(code)?.family === "CM");
}

/** What fits the letters in the search, the best first: a grade or platform by its name, then areas. */
function found(duty) {
  const typed = filter.trim().toLowerCase();
  if (!typed) return choices.areas.map((area) => ({ kind: "areas", ...area }));
  const grades = choices.grades.filter((grade) => grade.code.toLowerCase() === typed);
  const platforms = needsPlatform(duty)
    ? choices.platforms.filter((platform) => typed.length > 2 && platform.code.startsWith(typed)) : [];
  const rank = (area) => {
    const code = area.code.toLowerCase();
    if (code === typed) return 0;
    if (code.split(".")[1].startsWith(typed)) return 1;
    if (code.startsWith(typed)) return 2;
    if (code.includes(typed)) return 3;
    if (area.name.toLowerCase().split(/\W+/).some((word) => word.startsWith(typed))) return 4;
    return area.name.toLowerCase().includes(typed) ? 5 : 9;
  };
  const areas = choices.areas.map((area, place) => ({ area, place, rank: rank(area) })).filter((hit) => hit.rank < 9);
  areas.sort((one, other) => one.rank - other.rank || one.place - other.place);
  return [
    ...grades.map((grade) => ({ kind: "grade", ...grade })),
    ...platforms.map((platform) => ({ kind: "platform", ...platform })),
    ...areas.map((hit) => ({ kind: "areas", ...hit.area })),
  ];
}

function editorElement(duty) {
  const input = made("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "options",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: words.find_code,
    "aria-label": words.find_code, oninput: (event) => { filter = event.target.value; drawOptions(duty); },
    onkeydown: (event) => inEditor(event, duty) });
  input.value = filter;
  const editor = made("div", { class: "editor" },
    made("div", { class: "chosen-areas" }, ...duty.areas.map((code, place) => chosenElement(duty, code, place))),
    input, made("div", { id: "options", role: "listbox", "aria-label": words.find_code }), made("p", { class: "about" }),
    made("div", { class: "attributes" },
      switches(words.grade, choices.grades, duty.grade, (code) => set(duty, "grade", code)),
      needsPlatform(duty)
        ? switches(words.platform, choices.platforms, duty.platform, (code) => set(duty, "platform", code)) : null,
      made("button", { type: "button", class: "quiet", onclick: () => close() }, words.done)));
  return editor;
}

function chosenElement(duty, code, place) {
  return made("span", { class: `tag-of ${aboutArea.get(code)?.family ?? ""}` },
    made("span", { class: "tag" }, code),
    place ? made("button", { type: "button", class: "small", title: words.governs,
      "aria-label": `${code} ${words.governs}`,
      onclick: () => setAreas(duty, [code, ...duty.areas.filter((other) => other !== code)]) }, "↑") : null,
    made("button", { type: "button", class: "small", title: words.remove, "aria-label": `${words.remove} ${code}`,
      onclick: () => setAreas(duty, duty.areas.filter((other) => other !== code)) }, "×"));
}

function switches(label, all, value, act) {
  return made("div", { role: "group", "aria-label": label, class: "switches" }, made("span", {}, label),
    ...all.map((one) => made("button", { type: "button", class: "small", title: one.about,
      "aria-pressed": String(one.code === value), onclick: () => act(one.code) }, one.name)));
}

function drawOptions(duty) {
  const box = document.getElementById("options");
  if (!box) return;
  const hits = found(duty);
  const isSearch = Boolean(filter.trim());
  chosen = Math.min(isSearch ? Math.max(chosen, 0) : chosen, hits.length - 1);
  box.classList.toggle("all", !isSearch);
  const options = hits.map((hit, place) => optionElement(duty, hit, place));
  box.replaceChildren(...(isSearch ? options : choices.families.map((family) => familyElement(family, hits, options))));
  const input = box.parentElement.querySelector("input");
  if (hits[chosen]) input.setAttribute("aria-activedescendant", `option-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
  if (isSearch) box.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  tellAbout(hits[chosen]);
}

function familyElement({ code, name }, hits, options) {
  return made("div", { role: "group", class: "group", "aria-label": name, title: name },
    made("span", { "aria-hidden": "true" }, code),
    made("div", {}, ...options.filter((_, place) => hits[place].family === code)));
}

/** A choice: by its name in a search, by the end of its code among all. */
function optionElement(duty, hit, place) {
  const isSearch = Boolean(filter.trim());
  const name = isSearch ? [made("b", {}, hit.code), ` ${hit.kind === "areas" ? hit.name : hit.about}`]
    : [made("b", {}, hit.code.split(".")[1])];
  return made("div", { role: "option", id: `option-${place}`, class: hit.family ?? "", title: hit.name,
    "aria-label": hit.code, "aria-selected": String(place === chosen),
    onpointerdown: (event) => event.preventDefault(), onpointerenter: () => tellAbout(hit),
    onclick: () => take(duty, hit) }, ...name);
}

function tellAbout(hit) {
  const about = list.querySelector(".about");
  about.textContent = filter.trim() ? words.no_code : words.areas_left;
  if (!hit) return;
  about.replaceChildren(made("b", {}, hit.kind === "areas" ? `${hit.code} ${hit.name}: ` : ""), `${hit.about} `);
  if (hit.kind !== "areas") return;
  about.append(made("a", { href: `/explain/${encodeURIComponent(hit.code)}?lang=${language}`, target: "_blank",
    rel: "noopener" }, words.explain));
}

function inEditor(event, duty) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = Math.max(filter.trim() ? 0 : -1, chosen + step);
    drawOptions(duty);
  } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    const hit = found(duty)[chosen];
    if (hit) take(duty, hit);
    else if (!filter.trim()) close(true);
  } else if (event.key === "Backspace" && !filter && !event.repeat && duty.areas.length) {
    setAreas(duty, duty.areas.slice(0, -1));
  } else if (event.key === "Escape") {
    if (duty.areas.length) close();
    else remove(duty);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function take(duty, hit) {
  filter = "";
  chosen = -1;
  if (hit.kind !== "areas") set(duty, hit.kind, hit.code);
  else if (duty.areas.includes(hit.code) || duty.areas.length >= choices.most) draw();
  else setAreas(duty, [...duty.areas, hit.code]);
}

function set(duty, name, code) {
  duty[name] = duty[name] === code && name === "platform" ? "" : code;
  changed();
}

function setAreas(duty, areas) {
  duty.areas = areas;
  if (!needsPlatform(duty)) duty.platform = "";
  changed();
}

function edit(duty) {
  open = duty;
  filter = "";
  chosen = -1;
  current = lineOf(duty);
  draw();
  list.children[current].scrollIntoView({ block: "nearest" });
}

/** Closes the editor; goes on to the next duty of the line that has no area, else to the next line, if asked to. */
function close(goesOn = false) {
  const next = goesOn ? dutiesByLine()[current].find((duty) => duty !== open && !duty.areas.length) : null;
  if (next) {
    edit(next);
    return;
  }
  goTo(goesOn ? current + 1 : current);
}

/* Duties. */

/** The offsets of the words that are selected in the text of the ad; null if none are. */
function selection() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !list.contains(range.commonAncestorContainer)) return null;
  let [first, last] = [Infinity, -1];
  for (const part of list.querySelectorAll(".words span[data-start]")) {
    const node = part.firstChild;
    if (!node || !range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (from >= to) continue;
    const at = Number(part.dataset.start);
    const isMask = part.classList.contains("masked");
    first = Math.min(first, isMask ? at : at + Array.from(node.data.slice(0, from)).length);
    last = Math.max(last, isMask ? Number(part.dataset.end) : at + Array.from(node.data.slice(0, to)).length);
  }
  const isWithin = (place) => isLetter(place - 1) && isLetter(place);
  while (isWithin(first)) first -= 1;
  while (isWithin(last)) last += 1;
  return trimmed(first, last);
}

const isLetter = (place) => /[\p{L}\p{M}\p{N}]/u.test(chars[place] ?? "");

/** A stretch without blanks, commas and marks at its edges; null if there are no words in it. */
function trimmed(start, end) {
  const isEdge = (place) => /[\s,;•·–\-*_]/u.test(chars[place]);
  while (start < end && isEdge(start)) start += 1;
  while (end > start && isEdge(end - 1)) end -= 1;
  return start < end && /[\p{L}\p{N}]/u.test(quote(start, end)) ? { start, end } : null;
}

function newDuty({ start, end }) {
  const duty = { start, end, text: quote(start, end), areas: [], grade: choices.grades[1].code, platform: "" };
  coding.duties.push(duty);
  return duty;
}

function reach(duty, place) {
  Object.assign(duty, place, { text: quote(place.start, place.end) });
}

/** Makes a duty of what is selected in the line, else of the line; one that stands there is opened. */
function mark() {
  const place = selection();
  const duty = place && lineOf(place) === current ? dutyOf(place) : dutyHere() ?? newDuty(bordersOf(lines[current]));
  getSelection().removeAllRanges();
  changed();
  edit(duty);
}

const bordersOf = ({ from, to }) => ({ start: from, end: to });

/** The duty of a stretch: one that lies within it grows and keeps its areas; others keep what is not in it. */
function dutyOf(place) {
  let grown = null;
  for (const duty of coding.duties.filter((one) => one.start < place.end && one.end > place.start)) {
    const rest = trimmed(duty.start, place.start) ?? trimmed(place.end, duty.end);
    if (rest) reach(duty, rest);
    else if (grown) coding.duties.splice(coding.duties.indexOf(duty), 1);
    else grown = duty;
  }
  if (!grown) return newDuty(place);
  reach(grown, place);
  return grown;
}

/** Splits the duty at the cut, or the line into two duties if it is none. */
function split() {
  if (cut === null) return;
  const duties = dutiesByLine()[current];
  const around = duties.find(isAroundCut);
  if (!around && duties.length) return;
  const { start, end } = around ?? bordersOf(lines[current]);
  const [left, right] = [trimmed(start, cut), trimmed(cut, end)];
  if (!left || !right) return;
  if (around) reach(around, left);
  else newDuty(left);
  newDuty(right);
  changed();
  goTo(current);
}

/** Moves the cut to the next word, or far: to where the next clause begins. */
function moveCut(step, isFar) {
  const places = wordsIn(lines[current]).filter((place) => !isFar || /[.!?;:,]/.test(chars[place - 2]));
  const next = step > 0 ? places.find((place) => cut === null || place > cut)
    : places.findLast((place) => cut === null || place < cut);
  if (next !== undefined) goTo(current, next);
}

/** Where the words of a line begin, but for the first one. */
function wordsIn({ from, to }) {
  const places = [];
  for (let place = from + 1; place < to; place += 1) {
    if (/\s/u.test(chars[place - 1]) && !/\s/u.test(chars[place])) places.push(place);
  }
  return places;
}

function remove(duty) {
  if (!duty) return;
  coding.duties.splice(coding.duties.indexOf(duty), 1);
  open = null;
  changed();
  goTo(current);
}

/* Lines and their zones. */

/** Goes to a line, or to a cut in it; whatever was open is closed. */
function goTo(number, place = null) {
  [current, cut, open] = [Math.min(Math.max(number, 0), lines.length - 1), place, null];
  draw();
  const element = list.children[current];
  if (!element) return;
  element.focus({ preventScroll: true });
  (element.querySelector(".cut") ?? element).scrollIntoView({ block: "nearest" });
}

function giveZone(number, zone) {
  coding.zones[number] = zone;
  changed();
  goTo(number);
}

/* The whole ad: role, title, remark. */

const whole = document.querySelector(".whole");
const inputs = (name) => [...whole.querySelectorAll(`input[name=${name}]`)];
const level = whole.querySelector("select[name=level]");
const remark = document.getElementById("remark");
const single = choices.single.map((one) => one.code);

/** Whether there is a role, and one that goes with the number of duties. */
function isSettled() {
  return Boolean(coding.role) && (coding.role === "notcodable") === coding.duties.length < choices.fewest;
}

function drawWhole() {
  document.getElementById("count").textContent = said("duties_count", { count: coding.duties.length });
  document.getElementById("undo").disabled = !past.length;
  for (const input of inputs("role")) input.checked = input.value === coding.role;
  for (const input of inputs("roles_involved")) input.checked = coding.roles_involved.includes(input.value);
  const named = coding.title_roles;
  for (const input of inputs("title_roles")) {
    input.checked = named !== null && (input.value ? named.includes(input.value) : !named.length);
  }
  level.value = coding.level ?? "";
  remark.value = coding.remark;
  const isContrary = coding.role && !isSettled();
  document.getElementById("few").hidden = !isContrary || coding.role === "notcodable";
  document.getElementById("enough").hidden = !isContrary || coding.role !== "notcodable";
  document.getElementById("role").disabled = shown && isSettled();
  document.getElementById("roles_involved").hidden = coding.role !== "mixed";
  document.getElementById("roles_involved").disabled = shown && coding.roles_involved.length > 1;
  document.getElementById("fixed").hidden = !shown || !isSettled();
  document.getElementById("hidden-title").hidden = shown;
  document.getElementById("shown-title").hidden = !shown;
  document.getElementById("show-title").disabled = !isSettled();
  document.getElementById("first-role").hidden = Boolean(coding.role);
  document.getElementById("untitled").hidden = !coding.role || coding.title_roles !== null;
  for (const { field, message } of problems) {
    const place = whole.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (place) place.textContent = isMended(field) ? "" : message;
  }
}

for (const input of inputs("role")) {
  input.addEventListener("change", () => {
    coding.role = input.value;
    coding.roles_involved = single.includes(input.value) ? [input.value] : [];
    changed();
  });
}
for (const input of inputs("roles_involved")) {
  input.addEventListener("change", () => {
    coding.roles_involved = inputs("roles_involved").filter((one) => one.checked).map((one) => one.value);
    changed();
  });
}
for (const input of inputs("title_roles")) {
  input.addEventListener("change", () => {
    const named = inputs("title_roles").filter((one) => one.value && one.checked).map((one) => one.value);
    const isNone = !input.value && input.checked;
    giveTitle(isNone ? [] : input.value && named.length ? named : null);
  });
}
level.addEventListener("change", () => giveTitle(coding.title_roles));

/** A title whose roles are coded has a level, too, be it none; a level can stand alone. */
function giveTitle(roles) {
  coding.title_roles = roles;
  coding.level = roles === null && !level.value ? null : level.value;
  changed();
}

remark.addEventListener("input", () => {
  coding.remark = remark.value;
  keep();
});
document.getElementById("undo").addEventListener("click", undo);

function showTitle() {
  if (!isSettled()) return;
  shown = true;
  past.length = 0; // the role is fixed by now
  keep();
  draw();
  inputs("title_roles")[0].focus();
}
document.getElementById("show-title").addEventListener("click", showTitle);

/* What was wrong with what was sent, as long as it is not mended. */

const unzoned = { number: -1, message: "" };
const wrongDuties = [];
for (const { field, message } of problems) {
  const [, part, number, name] = /^(lines|duties)\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (name === "text") tellOnce(message);
  // The lines below inherit: the first one says it for all.
  else if (part === "lines" && unzoned.number < 0) Object.assign(unzoned, { number: number - 1, message });
  else if (part === "duties") wrongDuties.push({ start: coding.duties[number - 1]?.start, name, message });
}

function tellOnce(message) {
  const box = document.getElementById("unplaced");
  if (![...box.children].some((row) => row.textContent === message)) box.append(made("li", {}, message));
}

function wrongElement(message) {
  return made("p", { class: "wrong", role: "alert" }, message);
}

function wrongOf(duty) {
  const mended = {
    areas: duty.areas.length > 0 && duty.areas.length <= choices.most
      && duty.areas.every((code) => aboutArea.has(code)),
    grade: choices.grades.some((grade) => grade.code === duty.grade),
    platform: !needsPlatform(duty) || choices.platforms.some((platform) => platform.code === duty.platform),
  };
  return wrongDuties.filter(({ start, name }) => start === duty.start && !mended[name]).map(({ message }) => message);
}

function isMended(field) {
  if (field === "role") return isSettled();
  return field === "roles_involved" ? coding.role !== "mixed" || coding.roles_involved.length > 1 : false;
}

/* Keys. */

const KEYS = {
  ArrowDown: () => goTo(current + 1),
  ArrowUp: () => goTo(current - 1),
  ArrowRight: (event) => moveCut(1, event.shiftKey),
  ArrowLeft: (event) => moveCut(-1, event.shiftKey),
  Enter: () => mark(),
  " ": () => mark(),
  s: split,
  x: () => remove(dutyHere()),
  Delete: () => remove(dutyHere()),
  z: undo,
  p: nextPlatform,
  r: () => (inputs("role").find((input) => input.checked) ?? inputs("role")[0]).focus(),
  t: showTitle,
  b: () => document.getElementById("previous")?.click(),
  n: () => document.getElementById("next")?.click(),
  f: () => document.getElementById("first")?.click(),
  "?": () => document.getElementById("keys").toggleAttribute("open"),
  0: () => giveZone(current, ""),
};
choices.zones.forEach((zone, place) => {
  KEYS[place + 1] = () => giveZone(current, zone.code);
});
for (const grade of choices.grades) {
  KEYS[grade.code.toLowerCase()] = () => {
    const duty = dutyHere();
    if (!duty) return;
    set(duty, "grade", grade.code);
    goTo(current);
  };
}

/** Keys in a group of checkboxes, which browsers give to groups of other buttons only. */
const BOX_KEYS = {
  ArrowDown: ({ target }) => (nextBox(target, 1) ?? level).focus(),
  ArrowUp: ({ target }) => nextBox(target, -1)?.focus(),
};
const nextBox = (box, step) => inputs(box.name)[inputs(box.name).indexOf(box) + step];

function nextPlatform() {
  const duty = dutyHere();
  if (!duty || !needsPlatform(duty)) return;
  const codes = ["", ...choices.platforms.map((platform) => platform.code)];
  duty.platform = codes[(codes.indexOf(duty.platform) + 1) % codes.length];
  changed();
  goTo(current);
}

/** Whether an element has keys of its own, which ours must not take. */
function hasOwnKeys(element, name) {
  if (element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return true;
  if (element.matches("[type=radio]")) return name === " " || name.startsWith("Arrow");
  if (element.matches("input")) return name === " ";
  return element.matches("a, button, summary") && (name === "Enter" || name === " ");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || hasOwnKeys(event.target, event.key)) {
    if (event.key === "Escape") goTo(current);
    return;
  }
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ofBox = event.target.matches("[type=checkbox]") ? BOX_KEYS[name] : null;
  const act = name === "Escape" ? () => goTo(current) : ofBox ?? KEYS[name];
  if (!act) return;
  event.preventDefault();
  act(event);
});

list.addEventListener("click", (event) => {
  const element = event.target.closest(".line");
  if (!element || event.target.closest("button, a, select, input, .editor") || selection()) return;
  goTo(Number(element.dataset.line));
});

/* What is selected can be made a duty by a button, which comes when the mouse rests: it would be in its way. */

let isSelecting = false;

function offerSelection() {
  document.getElementById("mark-selection")?.remove();
  const place = isSelecting ? null : selection();
  if (!place) return;
  current = lineOf(place);
  const button = made("button", { type: "button", class: "main", id: "mark-selection",
    onpointerdown: (event) => event.preventDefault(), onclick: mark }, words.mark_selection);
  list.children[lineOf({ start: place.end - 1 })].querySelector(".body").append(button);
}

function select(isPressed) {
  isSelecting = isPressed;
  offerSelection();
}

list.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.target.id !== "mark-selection") select(true);
});
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => isSelecting && select(false));
document.addEventListener("selectionchange", offerSelection);

/* Saving and leaving. */

const form = document.getElementById("save");
let sentAt = -Infinity;
form.addEventListener("submit", (event) => {
  if (event.timeStamp - sentAt < 2000) { // a double click: the second would meet what the first has saved
    event.preventDefault();
    return;
  }
  sentAt = event.timeStamp;
  coding.remark = remark.value;
  keep(true);
  isLeaving = true;
  form.elements.coding.value = JSON.stringify({ ...coding, key, version: basedOn });
});
for (const link of document.querySelectorAll("[data-own]")) {
  link.addEventListener("click", (event) => {
    const staysHere = event.ctrlKey || event.metaKey || event.shiftKey;
    keep();
    isLeaving = isKept && !staysHere;
    if ("discard" in link.dataset && !staysHere) discard();
  });
}

/** Drops the draft; what is shown is left unasked. */
function discard() {
  isLeaving = true;
  try {
    sessionStorage.removeItem(store);
  } catch {
    // There is none.
  }
}

addEventListener("beforeunload", (event) => {
  if (isChanged() && !isLeaving) event.preventDefault();
});
addEventListener("pageshow", (event) => { // whoever comes back goes on, with what has been saved or drafted since
  isLeaving = event.persisted && isKept;
  if (isLeaving) location.reload();
});

if (isDraft) {
  const note = document.getElementById("draft");
  note.append(`${words.draft} `, made("button", { type: "button", class: "quiet", onclick: () => {
    discard();
    location.reload();
  } }, words.discard));
  note.hidden = false;
}
if (sent) { // whoever reads the page anew goes on with the draft, in place of sending the same again
  keep();
  history.replaceState(null, "");
}
desk.hidden = false;
draw();
const wrong = document.querySelector(".wrong:not(:empty)");
goTo(Number(wrong?.closest(".line")?.dataset.line ?? (isDraft || sent ? kept?.current : 0) ?? 0));
if (wrong) wrong.scrollIntoView({ block: "center" });
