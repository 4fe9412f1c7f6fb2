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
// A choice of facet applies at once on a wide screen; the button stays for everyone else.
document.querySelectorAll("form.facets").forEach((form) => {
  form.addEventListener("change", () => { if (matchMedia("(min-width: 52rem)").matches) form.requestSubmit(); });
});
// A text to share is copied whole.
document.querySelectorAll("textarea[data-copy]").forEach((area) => {
  area.addEventListener("focus", () => area.select());
});
