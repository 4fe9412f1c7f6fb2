// Loaded when a search field is first entered (data-script, site.js): without this file the form does everything.
// Suggestions under the field, as a combobox (WAI-ARIA: list of suggestions, chosen by hand). Not when data is saved.
const field = document.querySelector("[data-suggestions]");
if (field && !navigator.connection?.saveData) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", role: "listbox", className: "suggestions", hidden: true });
  list.setAttribute("aria-label", field.dataset.suggestionsLabel);
  field.form.append(list);
  const set = (name, value) => field.setAttribute(name, value);
  set("role", "combobox");
  set("autocomplete", "off");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  const known = new Map();
  let timer, asked = "", active = -1;
  const show = (on) => { list.hidden = !on; set("aria-expanded", on); activate(-1); };
  const activate = (index) => {
    list.children[active]?.setAttribute("aria-selected", false);
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
    set("aria-activedescendant", option ? option.id : "");
  };
  const ask = async () => {
    const words = asked = field.value.trim();
    if (words.length > 1 && !known.has(words)) {
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(words)}`).catch(() => null);
      if (answer?.ok) known.set(words, await answer.text()); // a failure is not an answer: asked again next time
    }
    if (words !== asked || document.activeElement !== field) return;
    list.innerHTML = known.get(words) || "";
    show(list.children.length > 0);
  };
  show(false);
  ask(); // what was typed before this file came
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const { key } = event, count = list.children.length;
    if (list.hidden) {
      if (key === "ArrowDown" && count) { show(true); activate(0); event.preventDefault(); }
      return;
    }
    if (key === "ArrowDown") activate(active + 1 < count ? active + 1 : -1);
    else if (key === "ArrowUp") activate(active < 0 ? count - 1 : active - 1);
    else if (key === "Escape") show(false);
    else if (key === "Enter" && active >= 0) location = list.children[active].dataset.url;
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location = option.dataset.url;
  });
}
