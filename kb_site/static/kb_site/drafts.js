// What is typed in a form that says data-keep stays on the device until the server has taken it, for its account alone:
// a cut network, a closed tab, an expired sign-in lose no word. site.js forgets it: taken, signed out, another account.
// Passwords, codes, files and what a person confirms each time are never kept.
import { randomKey, shelf } from "./site.js";

const NEVER = ["password", "file", "hidden", "submit", "button", "reset", "image"];
const storage = (act) => { try { return act(shelf); } catch { return null; /* storage refused */ } };
const takers = new WeakMap();
// What the server has just taken by itself (a draft, minutes) is from now on what it had.
export const takenByServer = (form, data) => takers.get(form)(data);
const account = document.querySelector("[data-account]")?.dataset.account || "";
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
export const trimmed = (values) => values.map((value) => value.replace(/\r\n/g, "\n").trim());
const isTicked = ({ type }) => type === "checkbox" || type === "radio";
export const given = (field) => { // what the server wrote in the page
  if (isTicked(field)) return field.defaultChecked ? [field.value] : [];
  if (field.options) return [...field.options].filter((one) => one.defaultSelected).map((one) => one.value);
  return [field.defaultValue];
};
const put = (field, values) => {
  if (isTicked(field)) field.checked = values.includes(field.value);
  else if (field.options) [...field.options].forEach((one) => { one.selected = values.includes(one.value); });
  else field.value = values[0] ?? "";
};

const keepOnDevice = (form) => {
  const page = new URL(form.getAttribute("action") || "", location.href).pathname;
  const key = `draft:${account}:${page}#${form.dataset.keep}`;
  // What other tabs keep apart: shown beside, to be copied.
  const elsewhere = () => storage((all) => Object.keys(all).filter((one) => one.startsWith(`${key}+`)).flatMap((one) =>
    Object.values(JSON.parse(all.getItem(one)).fields).map(({ value }) => value.join(" ")))) ?? [];
  const named = new Map();
  [...form.elements].forEach((field) => {
    if (!field.name || NEVER.includes(field.type) || field.autocomplete === "one-time-code") return;
    if (field.name === "personal_data_checked" || field.name === "reread") return;
    named.set(field.name, [...(named.get(field.name) || []), field]);
  });
  const of = (name) => trimmed(named.get(name).flatMap(given));
  const typed = (data, name) => data.getAll(name).filter((value) => typeof value === "string");
  const kept = storage((all) => {
    // What a tab kept apart, now closed, takes the place that is free.
    const left = Object.keys(all).find((one) => one.startsWith(`${key}+`));
    if (left && !all.getItem(key)) { all.setItem(key, all.getItem(left)); all.removeItem(left); }
    return JSON.parse(all.getItem(key) || "null");
  });
  const base = {}; // what the server had when the typing began
  named.forEach((_fields, name) => { base[name] = kept?.fields[name]?.base ?? of(name); });
  let sent = kept?.sent;

  // Another tab writes in the same form: each keeps its own words.
  const opened = Date.now(), tab = randomKey();
  let own = key;
  const apart = () => storage((all) => {
    const other = own === key && JSON.parse(all.getItem(key) || "null");
    if (other && other.tab !== tab && other.at > opened) own = `${key}+${tab}`;
  });
  const forget = () => { sent = undefined; storage((all) => all.removeItem(own)); };
  const keep = () => {
    const data = new FormData(form), fields = {};
    named.forEach((_fields, name) => {
      const value = typed(data, name);
      if (!same(trimmed(value), base[name])) fields[name] = { value, base: base[name] };
    });
    apart();
    if (Object.keys(fields).length) storage((all) => all.setItem(own, JSON.stringify({ fields, sent, tab, at: Date.now() })));
    else forget();
  };
  takers.set(form, (data) => {
    named.forEach((_fields, name) => { if (data.has(name)) base[name] = trimmed(typed(data, name)); });
    keep();
  });

  if (kept) {
    const aside = [];
    let back = false;
    Object.entries(kept.fields).filter(([name]) => named.has(name)).forEach(([name, { value, base: before }]) => {
      const now = of(name), fields = named.get(name);
      if (same(now, trimmed(value))) return; // the server shows the same words: a mistake to mend
      if (same(now, before) || !now.join("")) {
        fields.forEach((field) => put(field, value));
        fields[0].closest("details")?.setAttribute("open", "");
        back = true;
      } else if (fields[0].matches("textarea, [type=text]")) aside.push(value.join(" "));
    });
    aside.push(...elsewhere());
    if (back || aside.length) tell(form, { sent, back, aside, forget, fields: [...named.values()].flat() });
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("reset", forget);
  form.addEventListener("submit", (event) => {
    form.querySelector("input[data-kept]")?.remove();
    if (event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
    sent = randomKey();
    keep();
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: sent });
    mark.dataset.kept = "";
    form.append(mark); // the server answers with it once it has taken the form: cookie « received » (site.js)
  });
};

const tell = (form, { sent, back, aside, forget, fields }) => {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const say = (tag, text) => { const one = document.createElement(tag); one.textContent = text; notice.append(one); };
  const state = sent ? "l’envoi n’a pas été confirmé." : "ce n’est pas encore envoyé.";
  if (back) say("p", `Ce que vous aviez écrit est repris de cet appareil : ${state}`);
  if (aside.length) say("p", "Vous aviez aussi écrit :");
  aside.forEach((text) => say("blockquote", text));
  const clear = Object.assign(document.createElement("button"), {
    type: "button", className: "button button--quiet", textContent: "Effacer de cet appareil",
  });
  clear.addEventListener("click", () => {
    if (back) fields.forEach((field) => put(field, given(field)));
    forget();
    notice.remove();
    fields[0].focus();
  });
  notice.append(clear);
  form.prepend(notice);
};

document.querySelectorAll("form[data-keep]").forEach(keepOnDevice);
