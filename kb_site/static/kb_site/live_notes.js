// Notes that cannot be lost: each is kept on the device, then sent, and forgotten once the server has it. What one
// person wrote shows to nobody else on a shared device. Without this file the form is sent as any form.
// A note stands under the subject that was talked of when it was begun, even if it leaves the device later.
import { csrfToken, randomKey, shelf } from "./site.js";

const place = document.querySelector("[data-live]");
const form = document.querySelector("form[data-capture]");
if (form) {
  const say = document.querySelector("template[data-words]").dataset;
  const state = form.querySelector("[data-kept-state]");
  const list = form.querySelector("[data-kept]");
  const field = (name) => form.elements.namedItem(name);
  const text = field("text"), subject = field("item"), about = form.querySelector("[data-about]");
  const store = `live:${place.dataset.session}:${place.dataset.owner}`;
  const fallback = {};
  const read = (name, otherwise) => {
    try { return JSON.parse(shelf.getItem(`${store}:${name}`)) ?? otherwise; } catch { return fallback[name] ?? otherwise; }
  };
  const write = (name, value) => {
    fallback[name] = value;
    try {
      if (value === null || value.length === 0) shelf.removeItem(`${store}:${name}`);
      else shelf.setItem(`${store}:${name}`, JSON.stringify(value));
    } catch { /* kept in memory */ }
  };
  const kept = () => read("notes", []);
  let signedOut = false, saved = false;

  function show() {
    const notes = kept();
    list.replaceChildren(...notes.map((note) => {
      const item = document.createElement("li");
      item.textContent = note.refused ? `${say.refused} ${note.refused} « ${note.text} » ` : note.text;
      if (note.refused) {
        const forget = document.createElement("button");
        forget.type = "button";
        forget.className = "button button--quiet";
        forget.textContent = say.forget;
        forget.addEventListener("click", () => { drop(note.key); show(); text.focus(); });
        item.append(forget);
      }
      return item;
    }));
    list.hidden = !notes.length;
    const waiting = notes.filter((note) => !note.refused).length;
    if (signedOut) {
      const link = document.createElement("a");
      link.href = `/compte/connexion/?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = say.signIn;
      state.replaceChildren(`${say.signedOut} `, link);
    } else if (waiting) state.textContent = waiting > 1 ? say.keptMany.replace("%", waiting) : say.keptOne;
    else state.textContent = saved ? say.sent : "";
  }
  const drop = (key) => write("notes", kept().filter((note) => note.key !== key));
  const mark = (key, refused) => write("notes", kept().map((note) => (note.key === key ? { ...note, refused } : note)));

  let sending = false, pause = 4, again;
  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(again);
    let sent = 0, stuck = false;
    try {
      for (const note of kept().filter((one) => !one.refused)) {
        const { refused, ...fields } = note;
        const body = new URLSearchParams({ ...fields, do: "noter" });
        body.set("csrfmiddlewaretoken", csrfToken(form));
        const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Live": "1" }, redirect: "manual" });
        if (answer.status === 201) { drop(note.key); sent += 1; saved = true; signedOut = false; }
        else if (answer.status === 401) { signedOut = true; stuck = true; break; }
        else if (answer.status === 409 || answer.status === 422) mark(note.key, await answer.text());
        else if (answer.status === 404) { mark(note.key, say.gone); }
        else { stuck = true; break; }
      }
    } catch { stuck = true; } finally { sending = false; }
    show();
    if (sent) { pause = 4; document.dispatchEvent(new Event("live:sent")); }
    if (stuck && !signedOut) { again = setTimeout(send, pause * 1000); pause = Math.min(pause * 2, 60); }
    else if (!stuck && kept().some((note) => !note.refused)) send();
  }

  form.addEventListener("submit", (event) => {
    if (!text.value.trim()) return; // the server says what is missing
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "do"].includes(name)));
    write("notes", [...kept(), { ...fields, at: Math.floor((Date.now() + Number(place.dataset.now) - loadedAt) / 1000) }]);
    saved = false;
    text.value = "";
    ["who", "due_on"].forEach((name) => { if (field(name)) field(name).value = ""; });
    field("key").value = randomKey();
    write("draft", null);
    follow();
    show();
    send();
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const loadedAt = Date.now();

  const stand = (item, title) => { subject.value = item || ""; about.textContent = title || say.general; };
  const follow = () => {
    const { item, title } = place.querySelector('[data-region="pulse"]').dataset;
    if (!text.value.trim()) stand(item, title);
  };
  document.addEventListener("live:changed", follow);

  // What is being typed survives a closed tab.
  form.addEventListener("input", () => {
    write("draft", text.value.trim() ? { text: text.value, item: subject.value, title: about.textContent } : null);
    follow();
  });
  const draft = read("draft", null);
  if (!text.value && draft?.text) {
    text.value = draft.text;
    stand(draft.item, draft.title);
  }
  follow();
  document.addEventListener("live:signed-out", () => { signedOut = true; show(); });
  addEventListener("online", () => { pause = 4; send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && kept().length) send(); });

  write("notes", kept().map(({ refused, ...note }) => note)); // refused before: the reason may be gone
  show();
  send();
}
