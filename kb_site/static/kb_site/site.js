// Enhances only: every page works without this file. What other scripts share stands here: it is on the page already.
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
// The cookie is newer than the page where somebody signed in again meanwhile. None where the form asks for none.
export const csrfToken = (form) => {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  return field && (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? field.value);
};

// What forms keep on the device (drafts.js) belongs to one account: it goes once the server has taken the form, when
// another account opens, at sign-out, and after thirty days.
try {
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  const forget = (keys) => keys.forEach((key) => localStorage.removeItem(key));
  const account = document.querySelector("[data-account]")?.dataset.account, last = localStorage.getItem("account");
  if (account && last && last !== account) forget(drafts());
  if (account) localStorage.setItem("account", account);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => forget(drafts()));
  const taken = document.cookie.match(/(?:^|; )received=(\w+)/)?.[1], oldest = Date.now() - 30 * 24 * 3600 * 1000;
  forget(drafts().filter((key) => {
    const { sent, at } = JSON.parse(localStorage.getItem(key));
    return (taken && sent === taken) || at < oldest;
  }));
  if (taken) document.cookie = "received=; path=/; max-age=0";
} catch { /* storage refused */ }
// A text to share is copied whole.
document.querySelectorAll("textarea[data-copy]").forEach((area) => {
  area.addEventListener("focus", () => area.select());
});
