// A form that says data-in-place is sent without leaving the page; site.js loads this file at the first one that is sent.
// The piece of the page around its button (the nearest element with an id) is then taken anew from the page itself, and what
// the page says of it is told aloud. A failure before the server took it is thrown: site.js then sends the plain form, under
// the same mark, so that nothing is taken twice (kb_site/middleware/form_received.py).
import { csrfToken, syncPocket } from "./site.js";

const told = Object.assign(document.createElement("p"), { className: "sr" });
told.setAttribute("role", "status");
document.body.append(told);
const under = new WeakSet(); // buttons whose answer has not come

export async function send(form, button, data) {
  if (under.has(button)) return;
  under.add(button);
  try {
    if (data.has("csrfmiddlewaretoken")) data.set("csrfmiddlewaretoken", csrfToken(form));
    const address = new URL(form.getAttribute("action") || "", location.href);
    const answer = await fetch(address, { method: "POST", body: data, headers: { "X-Outbox": "1" }, redirect: "manual" });
    if (answer.status === 409) location.reload(); // refused: the page says why
    else if (answer.status === 204) await renew(button);
    else throw new Error(answer.status);
  } finally { under.delete(button); }
}
async function renew(button) {
  const place = button.closest("[id]"), rank = [...place.querySelectorAll("button")].indexOf(button);
  const focused = place.contains(document.activeElement);
  const answer = await fetch(location.href).catch(() => null); // taken already: not to be sent again, whatever comes
  const page = new DOMParser().parseFromString(answer?.ok ? await answer.text().catch(() => "") : "", "text/html");
  const renewed = page.getElementById(place.id);
  if (!renewed) { location.reload(); return; }
  place.replaceWith(renewed);
  const now = renewed.querySelectorAll("button")[rank];
  if (focused) now?.focus();
  const said = [...page.querySelectorAll("main > .notice[role=status]")].map((one) => one.textContent.trim()).join(" ");
  told.textContent = said || (now?.getAttribute("aria-pressed") === "false" ? "C’est retiré." : "C’est noté.");
  syncPocket();
}
