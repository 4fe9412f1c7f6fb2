// Lines of the minutes are dragged between points, or carried by keys: Enter takes a line, arrows move it, Enter puts it down,
// Escape gives up. The page is sent where the line is, and shown as it is by then: another hand may have written meanwhile.
// Without this script, each point has its own buttons.
const form = document.querySelector("[data-place]");
const told = Object.assign(document.createElement("p"), { className: "sr" });
told.setAttribute("role", "status");
form.after(told);
let carried, from;

const lines = (section) => [...section.querySelectorAll("[data-line]")];
const listOf = (section) => {
  let list = section.querySelector(".lines");
  if (!list) {
    list = Object.assign(document.createElement("ul"), { className: "lines" });
    section.append(list);
  }
  return list;
};
const place = () => ({ list: carried.parentNode, next: carried.nextElementSibling });

function take(line) {
  carried = line;
  from = place();
  line.classList.add("carried");
}
function back() {
  if (!carried) return;
  from.list.insertBefore(carried, from.next);
  carried.classList.remove("carried");
  carried = null;
}
function put() {
  const line = carried, now = place();
  carried = null;
  line.classList.remove("carried");
  if (now.list === from.list && now.next === from.next) return;
  form.elements.namedItem("point").value = line.closest("[data-point]").dataset.point;
  form.elements.namedItem("avant").value = now.next?.dataset.line || "";
  form.setAttribute("action", form.dataset.place.replace("/0/", `/${line.dataset.line}/`));
  form.requestSubmit();
}
// One place up or down; past the end of a point, into the next one.
function step(down) {
  const sections = [...document.querySelectorAll("[data-point]")];
  const section = carried.closest("[data-point]"), own = lines(section), at = own.indexOf(carried);
  const beyond = sections[sections.indexOf(section) + (down ? 1 : -1)];
  const handle = document.activeElement;
  if (down && at + 1 < own.length) own[at + 1].after(carried);
  else if (!down && at > 0) own[at - 1].before(carried);
  else if (beyond && down) listOf(beyond).prepend(carried);
  else if (beyond) listOf(beyond).append(carried);
  handle.focus();
  told.textContent = carried.closest("section").querySelector("h2").firstChild.textContent.trim();
}

document.querySelectorAll("[data-line]").forEach((line) => {
  const handle = Object.assign(document.createElement("button"), { type: "button", className: "handle screen", textContent: "⠿" });
  handle.setAttribute("aria-label", `${form.dataset.told} : ${line.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`);
  handle.title = form.dataset.moved;
  line.prepend(handle);
  handle.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (carried === line) put();
      else { back(); take(line); told.textContent = form.dataset.moved; }
    } else if (carried === line && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown");
    } else if (event.key === "Escape") { back(); handle.focus(); }
  });
  handle.addEventListener("pointerdown", () => { line.draggable = true; });
  line.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", line.dataset.line);
    take(line);
  });
  line.addEventListener("dragend", () => { line.draggable = false; back(); });
});
document.querySelectorAll("[data-point]").forEach((section) => {
  section.addEventListener("dragover", (event) => {
    if (!carried) return;
    event.preventDefault();
    const over = event.target.closest?.("[data-line]");
    if (over === carried) return;
    if (!over) listOf(section).append(carried);
    else {
      const { top, height } = over.getBoundingClientRect();
      over[event.clientY > top + height / 2 ? "after" : "before"](carried);
    }
  });
  section.addEventListener("drop", (event) => { event.preventDefault(); if (carried) put(); });
});
// Back from a move: the keys go on where they were, once the browser has gone to the line, which takes the focus away.
const resume = () => setTimeout(() => document.getElementById(location.hash.slice(1))?.querySelector(".handle")?.focus());
if (document.readyState === "complete") resume();
else addEventListener("load", resume);
document.documentElement.dataset.keys = "";
