// Loaded when a reply is first written (data-script, site.js): « @ » and the first letters of a name propose the people of
// the group, under the box. What is chosen is written out in full: the server reads whom the words call. Nothing is asked
// when data is saved. A name typed by hand calls just as well.
const box = document.querySelector("[data-mentions]");
const CALL = /(?:^|[\s(])@([\p{L}'’-]*(?: \p{L}?)?)$/u; // up to the caret: a first name, maybe an initial
if (box && !navigator.connection?.saveData) {
  const make = (tag, more) => Object.assign(document.createElement(tag), more);
  const list = make("ul", { id: "people", className: "suggestions", hidden: true });
  const told = make("p", { className: "sr" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.mentionsLabel);
  told.setAttribute("role", "status");
  box.parentElement.classList.add("calls");
  box.after(list, told);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  const known = new Map();
  let timer, active = -1;
  const written = () => CALL.exec(box.value.slice(0, box.selectionEnd))?.[1];
  const activate = (index) => {
    list.children[active]?.setAttribute("aria-selected", false);
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };
  const show = (html) => {
    list.innerHTML = html;
    const count = list.children.length;
    list.hidden = !count;
    told.textContent = count ? `${count} ${count > 1 ? "personnes" : "personne"} : flèche du bas pour choisir.` : "";
    activate(-1);
  };
  const ask = async () => {
    const letters = written();
    if (letters === undefined) { show(""); return; }
    if (!known.has(letters)) {
      const answer = await fetch(`${box.dataset.mentions}?q=${encodeURIComponent(letters)}`).catch(() => null);
      if (answer?.status === 200) known.set(letters, await answer.text()); // a failure is not an answer
    }
    if (letters === written() && document.activeElement === box) show(known.get(letters) ?? "");
  };
  const choose = (option) => {
    const end = box.selectionEnd, start = end - written().length, name = `${option.dataset.name} `;
    box.setRangeText(name, start, end, "end");
    show("");
    box.dispatchEvent(new Event("input", { bubbles: true })); // kept on the device like what is typed
  };
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
  box.addEventListener("blur", () => show(""));
  box.addEventListener("keydown", (event) => {
    const { key } = event, count = list.children.length;
    if (list.hidden) return;
    if (key === "ArrowDown") activate(active + 1 < count ? active + 1 : -1);
    else if (key === "ArrowUp") activate(active < 0 ? count - 1 : active - 1);
    else if (key === "Escape") show("");
    else if (key === "Enter" && active >= 0) choose(list.children[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-name]");
    if (option) choose(option);
  });
}
