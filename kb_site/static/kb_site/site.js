// Enhances only: every page works without this file.
// A text being written is kept on the device until it is sent.
document.querySelectorAll("textarea[data-keep]").forEach((area) => {
  const key = `draft:${area.dataset.keep}`;
  try {
    if (!area.value) area.value = localStorage.getItem(key) || "";
    area.addEventListener("input", () => localStorage.setItem(key, area.value));
    area.form.addEventListener("submit", () => localStorage.removeItem(key));
  } catch { /* storage refused: the page works without it */ }
});
// A text to share is copied whole.
document.querySelectorAll("textarea[data-copy]").forEach((area) => {
  area.addEventListener("focus", () => area.select());
});
