// Enhances only: the form is sent, kept as a draft and checked without this file.
import { takenByServer } from "./drafts.js";

const form = document.querySelector("form[data-draft]");
if (form) {
  const state = document.querySelector("[data-draft-state]");
  const save = async () => {
    const data = new FormData(form);
    data.delete("photo");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      takenByServer(form, data);
      const hour = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
      state.textContent = `Brouillon enregistré à ${hour}.`;
    } catch {
      state.textContent = "Pas de connexion : votre texte est gardé sur cet appareil.";
    }
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, 1500); });
  form.addEventListener("submit", () => clearTimeout(waiting));

  // Cards that look like the one being written, while there is time to read them first.
  const similar = document.querySelector("[data-similar-cards]");
  const title = form.elements.namedItem("title");
  let asked = "";
  const look = async () => {
    const words = title.value.trim();
    if (words === asked || words.length < 4) return;
    asked = words;
    try {
      const answer = await fetch(`${form.dataset.similar}?q=${encodeURIComponent(words)}`);
      if (answer.ok) similar.innerHTML = await answer.text();
    } catch { /* without a connection, nothing is shown */ }
  };
  title.addEventListener("change", look);
  let typing;
  title.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(look, 800); });
  if (title.value) look();
}
const pointed = document.querySelector("#reconnaissable");
if (pointed) pointed.parentElement.focus();
