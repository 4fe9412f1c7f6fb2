// Enhances only: every page works without this file.
// What is kept on the device belongs to one account: it goes when another one opens, or at sign-out.
try {
  const forget = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => localStorage.removeItem(key));
  const account = document.querySelector("[data-account]")?.dataset.account, last = localStorage.getItem("account");
  if (account && last && last !== account) forget();
  if (account) localStorage.setItem("account", account);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", forget);
  // The server has the form that was just sent: it answers « #recu », or leads to the comment it made of it.
  const received = location.hash === "#recu", posted = /^#c\d+$/.test(location.hash);
  if (received || (posted && Date.now() - sessionStorage.getItem("sent-at") < 60000)) {
    localStorage.removeItem(sessionStorage.getItem("sent"));
    sessionStorage.removeItem("sent-at");
  }
  if (received) history.replaceState(null, "", location.pathname + location.search);
} catch { /* storage refused */ }
// A text being written is kept on the device until the server has it.
document.querySelectorAll("textarea[data-keep]").forEach((area) => {
  const key = `draft:${area.dataset.keep}`;
  try {
    if (!area.value) area.value = localStorage.getItem(key) || "";
    area.addEventListener("input", () => localStorage.setItem(key, area.value));
    area.form.addEventListener("submit", () => {
      sessionStorage.setItem("sent", key);
      sessionStorage.setItem("sent-at", Date.now());
    });
  } catch { /* storage refused: the page works without it */ }
});
// A text to share is copied whole.
document.querySelectorAll("textarea[data-copy]").forEach((area) => {
  area.addEventListener("focus", () => area.select());
});
