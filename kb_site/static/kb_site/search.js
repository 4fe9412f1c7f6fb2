// Enhances search only: without this file the form, the filters and the links do everything.
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
      known.set(words, answer?.ok ? await answer.text() : "");
    }
    if (words !== asked || document.activeElement !== field) return;
    list.innerHTML = known.get(words) || "";
    show(list.children.length > 0);
  };
  show(false);
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
// Filters are folded on a phone; a wide screen shows them, old browsers included.
const filters = document.querySelector("details.filters");
if (filters && matchMedia("(min-width: 52rem)").matches) filters.open = true;
// How the search ended, told once when the page is left: the token of these words , the rank of the result opened
// (0: none) and its path. No cookie, nothing about the reader. Leaving by a filter or another page of results tells nothing.
const results = document.querySelector("[data-search]");
if (results && !navigator.connection?.saveData) {
  let rank = 0, page = "", goesOn = false;
  const follow = (event) => {
    const link = event.target.closest("main a, main button");
    const hit = link?.closest(".hit");
    if (hit) [rank, page] = [1 + [...document.querySelectorAll(".hit")].indexOf(hit), link.pathname];
    else if (link) goesOn = true;
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
  addEventListener("pagehide", () => {
    if (rank || !goesOn)
      navigator.sendBeacon(results.dataset.outcome, new URLSearchParams({ recherche: results.dataset.search, rang: rank, page }));
  }, { once: true });
}
