// Loaded on a page that says data-ticks (site.js): what is done is ticked, step by step, on this device alone. The card and
// « pas à pas » share their ticks. They belong to one account (or to none) and go as drafts do; without this file, a list.
import { account, shelf } from "./site.js";

const list = document.querySelector("[data-ticks]"), key = `ticks:${list.dataset.ticks}`;
const steps = [...list.querySelectorAll("[data-tick]")], start = list.querySelector("[data-start]");
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const read = () => {
  try {
    const kept = JSON.parse(shelf.getItem(key));
    return kept && kept.by === (account ?? "") ? kept.done : [];
  } catch { return []; } // storage refused
};
const keep = (done) => {
  try {
    if (done.length) shelf.setItem(key, JSON.stringify({ by: account ?? "", at: Date.now(), done }));
    else shelf.removeItem(key);
  } catch { /* storage refused: they last as long as the page */ }
  show(done);
};
const state = make("p", { className: "facts ticks" }), told = make("span", {}), boxes = new Map();
const none = make("button", { type: "button", className: "button--quiet", textContent: "Tout décocher" });
told.setAttribute("role", "status");
state.append(told, none);
none.addEventListener("click", () => { keep([]); boxes.values().next().value.focus(); });
for (const step of steps) {
  const title = step.querySelector("h2, h3"), box = make("input", { type: "checkbox" }), label = make("label", { className: "tick" });
  label.append(box, "Fait", make("span", { className: "sr", textContent: ` : ${title.textContent}` }));
  const actions = step.querySelector(":scope > .actions");
  if (actions) actions.before(label); else step.append(label);
  box.addEventListener("change", () => keep(steps.map((one) => one.dataset.tick).filter((one) => boxes.get(one).checked)));
  boxes.set(step.dataset.tick, box);
}
const place = start?.closest("p") ?? list;
place.before(state);

function show(done) {
  boxes.forEach((box, step) => { box.checked = done.includes(step); });
  const count = [...boxes.values()].filter((box) => box.checked).length;
  told.textContent = count ? `${count} ${count > 1 ? "étapes faites" : "étape faite"} sur ${steps.length}. ` : "";
  state.hidden = !count;
  const next = steps.findIndex((step) => !boxes.get(step.dataset.tick).checked);
  if (start && count && next > 0) {
    start.setAttribute("href", `#${steps[next].id}`);
    start.firstChild.textContent = `Reprendre à l’étape ${next + 1} `;
  }
}
show(read());
addEventListener("storage", (event) => { if (event.key === key) show(read()); }); // another tab
addEventListener("pageshow", (event) => { if (event.persisted) show(read()); });
