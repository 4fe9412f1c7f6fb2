// What was sent without network waits on the device (service_worker.js) and leaves here, once, when the network is back;
// the server knows the mark of what it has already taken. A text that changed meanwhile is not replaced: both are shown
// in its form (drafts.js). What is refused goes back to its form too. site.js loads this file when something waits.
import { csrfToken, shelf } from "./site.js";
import { given, trimmed } from "./drafts.js";

const account = document.querySelector("[data-account]")?.dataset.account || localStorage.getItem("account");
const box = await caches.open("outbox");
const make = (tag, textContent, more = {}) => Object.assign(document.createElement(tag), { textContent, ...more });
const all = async () => {
  const kept = await Promise.all((await box.keys()).map(async (key) => (await box.match(key)).json()));
  return kept.filter((one) => one.account === account).sort((one, other) => one.at - other.at);
};
// After thirty days the words are forgotten, as in drafts.js; the server remembers marks for longer than that.
const oldest = Date.now() - 30 * 24 * 3600 * 1000;
await Promise.all((await box.keys()).map(async (key) => { if ((await (await box.match(key)).json()).at < oldest) await box.delete(key); }));
const store = (entry) => box.put(`/envoi/${entry.mark}`, new Response(JSON.stringify(entry)));
const STATES = {
  refused: "Pas accepté tel quel : reprenez-le dans son formulaire, vos mots y sont.",
  changed: "Ce texte a changé depuis : rien n’est remplacé. Dans le formulaire, vous verrez les deux.",
  signedOut: "Connectez-vous pour que l’envoi parte.",
};

const notice = make("div", "", { className: "notice" });
notice.setAttribute("data-waiting", "");
const title = make("p", ""), list = make("ul", "");
title.setAttribute("role", "status");
notice.append(title, list);
let sent = 0;
async function show() {
  const entries = await all();
  const one = entries.length > 1 ? `${entries.length} envois attendent sur cet appareil.` : "1 envoi attend sur cet appareil.";
  const done = sent > 1 ? `${sent} envois qui attendaient sont partis.` : "L’envoi qui attendait est parti.";
  title.textContent = [sent ? done : "", entries.length ? one : ""].filter(Boolean).join(" ");
  list.replaceChildren(...entries.map((entry) => {
    const line = make("li", ""), cancel = make("button", "Ne pas l’envoyer", { type: "button", className: "button button--quiet" });
    cancel.addEventListener("click", async () => { await box.delete(`/envoi/${entry.mark}`); await show(); });
    line.append(make("span", `${entry.words} ${STATES[entry.state] ?? ""} `));
    if (entry.from) line.append(make("a", "Voir le formulaire", { href: entry.from }), " ");
    line.append(cancel);
    return line;
  }));
  if (!entries.length) await caches.delete("outbox");
  if (title.textContent) document.querySelector("main").prepend(notice);
  else notice.remove();
}

// The words that the form kept of this sending, with what the server had when they were begun.
function draftOf(entry) {
  for (const key of Object.keys(shelf).filter((one) => one.startsWith(`draft:${account}:`))) {
    const draft = JSON.parse(shelf.getItem(key));
    if (draft.sent === entry.mark) return { key, draft };
  }
  return null;
}
async function hasChanged(entry) {
  const found = draftOf(entry);
  if (!found || !entry.from) return false;
  const answer = await fetch(entry.from, { headers: { "X-Copy": "1" } });
  if (!answer.ok) return false; // sending says what is wrong
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector(`form[data-keep="${CSS.escape(found.key.split("#")[1])}"]`);
  return Boolean(form) && Object.entries(found.draft.fields).some(([name, { base, value }]) => {
    const now = trimmed([...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].flatMap(given));
    return now.join("") && ![base, trimmed(value)].some((one) => JSON.stringify(one) === JSON.stringify(now));
  });
}
async function send(entry) {
  if (await hasChanged(entry)) return "changed";
  const body = new FormData();
  entry.fields.forEach(([name, value]) => body.append(name, value));
  if (body.has("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", csrfToken(null, body.get("csrfmiddlewaretoken")));
  const answer = await fetch(entry.address, { method: "POST", body, headers: { "X-Outbox": "1" }, redirect: "manual" });
  if (answer.status === 204) return "taken";
  if (answer.status === 401) return "signedOut";
  return answer.status === 429 || answer.status >= 500 ? "later" : "refused";
}
async function sendAll() {
  let here = false; // this page shows what was before, and its form the words that have just left
  for (const entry of await all()) {
    if (entry.state === "refused" || entry.state === "changed") continue;
    const state = await send(entry);
    if (state === "later") break;
    if (state === "taken") {
      sent += 1;
      const found = draftOf(entry);
      if (found) shelf.removeItem(found.key);
      await box.delete(`/envoi/${entry.mark}`);
      here ||= [entry.from, entry.address].includes(location.pathname + location.search);
    } else await store({ ...entry, state });
  }
  if (here && !(await all()).length) await caches.delete("outbox");
  if (here) location.reload();
}
// One page at a time, however many are open.
const leave = () => navigator.locks.request("outbox", { ifAvailable: true }, async (lock) => {
  if (lock && document.querySelector("[data-account]")) await sendAll().catch(() => null); // the network is away again
  await show();
});
addEventListener("online", leave);
await leave();
