// Loaded when a field that says data-script is first entered (site.js): what is proposed under it while one types (WAI-ARIA:
// list of suggestions, chosen by hand). Without this file the forms do everything. Not when data is saved.
// What each kind of field asks for now (undefined: nothing), what a choice means, and what is said of the list.
const wordsOf = (field) => {
  const words = field.value.trim();
  return words.length > 1 ? words : undefined;
};
const SEARCH = { id: "suggestions", expands: true, asked: wordsOf, choose: (field, { url }) => { location = url; } };
// « @ » and the first letters of a name, up to the caret: maybe an initial. What is chosen is written out in full: the
// server reads whom the words call. A name typed by hand calls just as well.
const CALL = /(?:^|[\s(])@([\p{L}'’-]*(?: \p{L}?)?)$/u;
const lettersIn = (box) => CALL.exec(box.value.slice(0, box.selectionEnd))?.[1];
const PEOPLE = {
  id: "people",
  asked: lettersIn,
  choose: (box, { name }) => {
    const end = box.selectionEnd, start = end - (lettersIn(box)?.length ?? 0);
    box.setRangeText(`${name} `, start, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true })); // kept on the device like what is typed
  },
  told: (count) => `${count} ${count > 1 ? "personnes" : "personne"} : flèche du bas pour choisir.`,
};

const propose = (field, { id, asked, choose, told, expands }) => {
  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };
  const set = (name, value) => field.setAttribute(name, value);
  const list = make("ul", { id, role: "listbox", class: "suggestions", "aria-label": field.dataset.suggestionsLabel, hidden: "" });
  const status = make("p", { class: "sr", role: "status" });
  field.after(list, status);
  if (expands) { set("role", "combobox"); set("autocomplete", "off"); } else field.parentElement.classList.add("calls");
  set("aria-autocomplete", "list");
  set("aria-controls", id);
  const known = new Map();
  let timer, active = -1;
  const activate = (index) => {
    list.children[active]?.setAttribute("aria-selected", false);
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
    if (option) set("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const show = (on) => {
    list.hidden = !on;
    if (expands) set("aria-expanded", on);
    if (told) status.textContent = on ? told(list.children.length) : "";
    activate(-1);
  };
  const ask = async () => {
    const words = asked(field);
    if (words !== undefined && !known.has(words)) {
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(words)}`).catch(() => null);
      if (answer?.status === 200) known.set(words, await answer.text()); // a failure is not an answer: asked again next time
    }
    if (words !== asked(field) || document.activeElement !== field) return;
    list.innerHTML = known.get(words) ?? "";
    show(list.children.length > 0);
  };
  const take = (option) => { show(false); choose(field, option.dataset); };
  show(false);
  ask(); // what was typed before this file came
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const { key } = event, count = list.children.length;
    if (list.hidden) {
      if (!expands || key !== "ArrowDown" || !count) return; // in a text of several lines, the arrow moves the caret
      show(true);
      activate(0);
    } else if (key === "ArrowDown") activate(active + 1 < count ? active + 1 : -1);
    else if (key === "ArrowUp") activate(active < 0 ? count - 1 : active - 1);
    else if (key === "Escape") show(false);
    else if (key === "Enter" && active >= 0) take(list.children[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
};

if (!navigator.connection?.saveData)
  document.querySelectorAll("[data-suggestions]").forEach((field) => propose(field, field.matches("textarea") ? PEOPLE : SEARCH));
