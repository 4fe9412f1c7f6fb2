// Enhances the form of a topic: keeps the draft on the server, shows what was already written. Works without.
import { takenByServer } from "./drafts.js";

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const title = form.elements.namedItem("title"), state = form.querySelector("[data-draft-state]");
  const box = form.querySelector(".similar");
  const later = (wait, act) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; };
  const save = later(2000, async () => {
    try {
      const sent = draft();
      const answer = await fetch(form.dataset.draft, { method: "POST", body: sent, redirect: "error" });
      if (answer.status === 409) { state.textContent = await answer.text(); return; }
      if (!answer.ok) throw new Error(answer.status);
      form.elements.namedItem("draft_seen").value = answer.headers.get("Draft-Saved-At") ?? "";
      takenByServer(form, sent);
      state.textContent = "Brouillon enregistré.";
    } catch { state.textContent = "Pas de connexion : votre texte est gardé sur cet appareil."; }
  });
  const draft = () => {
    const kept = new FormData();
    ["csrfmiddlewaretoken", "type", "title", "body", "draft_seen"].forEach((name) => kept.append(name, form.elements.namedItem(name).value));
    return kept;
  };
  const similar = later(800, async () => {
    const words = title.value.trim();
    if (words.length < 8) { box.hidden = true; return; }
    try {
      const answer = await fetch(`${form.dataset.similar}&q=${encodeURIComponent(words)}`);
      if (answer.ok) box.innerHTML = await answer.text();
      box.hidden = !box.querySelector("a");
    } catch { box.hidden = true; }
  });
  form.addEventListener("input", save);
  title.addEventListener("input", similar);
});
