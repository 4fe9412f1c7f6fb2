// Enhances only: every page works without this file.
// What is kept on the device belongs to one account: it goes when another one opens, or at sign-out.
try {
  const forget = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => localStorage.removeItem(key));
  const account = document.querySelector("[data-account]")?.dataset.account, last = localStorage.getItem("account");
  if (account && last && last !== account) forget();
  if (account) localStorage.setItem("account", account);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", forget);
  if (location.hash === "#recu") { // the server has the form that was just sent
    localStorage.removeItem(sessionStorage.getItem("sent"));
    history.replaceState(null, "", location.pathname + location.search);
  }
} catch { /* storage refused */ }
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
