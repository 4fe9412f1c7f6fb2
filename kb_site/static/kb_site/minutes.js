// Saves what is being written while one writes; the form's own button does the same without this script.
import { takenByServer } from "./drafts.js";

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const state = form.querySelector("[data-autosave-state]");
  let timer, sending, again, leaving;
  const save = async () => {
    if (sending) { again = true; return; }
    sending = true;
    const sent = new FormData(form);
    [...sent.keys()].filter((name) => name.startsWith("nouvelle")).forEach((name) => sent.delete(name));
    sent.append("autosave", "1");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: sent });
      // Only the form's own answer says that it took the words: not a page to sign in, nor that of a network.
      const own = answer.headers.get("Content-Type")?.includes("json");
      const { versions = {} } = own ? await answer.json() : {};
      Object.entries(versions).forEach(([name, version]) => {
        const field = form.elements.namedItem(name);
        if (field) field.value = version;
      });
      const taken = own && answer.ok;
      if (taken) takenByServer(form, sent);
      state.textContent = taken ? "Enregistré." : answer.status === 409
        ? "Quelqu’un a modifié ce texte en même temps : enregistrez pour voir les deux." : "Pas encore enregistré : le bouton dit pourquoi.";
    } catch { state.textContent = "Hors connexion : votre texte est gardé sur cet appareil."; }
    sending = false;
    if (again && !leaving) { again = false; save(); }
  };
  form.addEventListener("input", (event) => {
    state.textContent = "";
    if (event.target.name.startsWith("nouvelle")) return; // a new line is added by its button
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  // What was typed before this file came is kept too.
  const isTyped = (field) => field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
  if ([...form.elements].some((field) => isTyped(field) && !field.name.startsWith("nouvelle"))) timer = setTimeout(save, 1500);
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
});
