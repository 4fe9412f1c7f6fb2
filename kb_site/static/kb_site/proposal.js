// Enhances only: the form is sent, kept as a draft and checked without this file.
const form = document.querySelector("form[data-draft]");
if (form) {
  const state = document.querySelector("[data-draft-state]");
  const KEY = "proposal-draft";
  const kept = () => [...form.elements].filter((field) => field.name && !["file", "hidden", "submit"].includes(field.type));
  const remember = (action) => { try { return action(localStorage); } catch { return null; /* storage refused */ } };

  // What was typed on this device and never reached the server comes back.
  const local = remember((storage) => JSON.parse(storage.getItem(KEY) || "null"));
  if (local && local.at / 1000 > Number(form.dataset.savedAt) + 2) {
    kept().forEach((field) => {
      const values = local.fields[field.name];
      if (!values) return;
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (!field.value) field.value = values[0] || "";
    });
  }

  const keepHere = () => {
    const fields = {};
    kept().forEach((field) => {
      fields[field.name] ||= [];
      if (field.type !== "checkbox" || field.checked) fields[field.name].push(field.value);
    });
    remember((storage) => storage.setItem(KEY, JSON.stringify({ at: Date.now(), fields })));
  };
  const save = async () => {
    keepHere();
    const data = new FormData(form);
    data.delete("photo");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      remember((storage) => storage.removeItem(KEY));
      const hour = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
      state.textContent = `Brouillon enregistré à ${hour}.`;
    } catch {
      state.textContent = "Pas de connexion : votre texte est gardé sur cet appareil.";
    }
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, 1500); });
  form.addEventListener("submit", () => { clearTimeout(waiting); keepHere(); });

  // Cards that look like the one being written, while there is time to read them first.
  const similar = document.querySelector("[data-similar-cards]");
  const title = form.elements.title;
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
