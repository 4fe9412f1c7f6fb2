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
// The same text, one tap: what this device shares with, and its clipboard.
document.querySelectorAll("details.share").forEach((box) => {
  const [share, copy] = box.querySelectorAll("button"), text = box.querySelector("textarea").value;
  const { share: url, title } = share.dataset;
  share.hidden = !navigator.share;
  copy.hidden = !navigator.clipboard;
  share.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = copy.dataset.copied;
  });
});
// A script that serves one field alone comes when the field is entered, not with the page.
const called = (field) => { if (field?.dataset.script && !navigator.connection?.saveData) import(field.dataset.script); };
document.addEventListener("focusin", (event) => called(event.target));
called(document.activeElement);
// Filters of a list: a sheet over the results on a phone, closed by Escape, by leaving it and by coming back; beside them
// on a wide screen, old browsers included.
const filters = document.querySelector("details.filters");
if (filters) {
  const wide = matchMedia("(min-width: 52rem)"), fold = () => { filters.open = wide.matches; };
  if (wide.matches) fold();
  wide.addEventListener("change", fold);
  filters.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches) return;
    fold();
    filters.querySelector("summary").focus();
  });
  filters.addEventListener("focusout", (event) => { if (event.relatedTarget && !filters.contains(event.relatedTarget)) fold(); });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    filters.querySelector("form").reset();
    fold();
  });
}
// How the search ended, told once when the page is left: the token of these words, the rank of the result opened
// (0: none) and its path. No cookie, nothing about the reader. Leaving by a filter or another page of results tells nothing.
const results = document.querySelector("[data-search]");
if (results && !navigator.connection?.saveData) {
  let rank = 0, page = "", goesOn = false;
  const follow = (event) => {
    const link = event.target.closest("main a, main button");
    const hit = link?.closest(".hit");
    if (hit) [rank, page] = [1 + [...document.querySelectorAll(".hit")].indexOf(hit), link.pathname];
    else if (link) goesOn = true;
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
  addEventListener("pagehide", () => {
    if (rank || !goesOn)
      navigator.sendBeacon(results.dataset.outcome, new URLSearchParams({ recherche: results.dataset.search, rang: rank, page }));
  }, { once: true });
}
