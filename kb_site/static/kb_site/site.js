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
// A script that serves one field alone comes when the field is entered, not with the page.
const called = (field) => { if (field?.dataset.script && !navigator.connection?.saveData) import(field.dataset.script); };
document.addEventListener("focusin", (event) => called(event.target));
called(document.activeElement);
// The menu and the filters of a list: over the page on a phone, closed by Escape, by leaving them and by coming back; always
// open on a wide screen, old browsers included.
const wide = matchMedia("(min-width: 52rem)");
document.querySelectorAll("details:is(.menu, .filters)").forEach((sheet) => {
  const fold = () => { sheet.open = wide.matches; };
  if (wide.matches) fold();
  wide.addEventListener("change", fold);
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches) return;
    fold();
    sheet.querySelector("summary").focus();
  });
  sheet.addEventListener("focusout", (event) => { if (event.relatedTarget && !sheet.contains(event.relatedTarget)) fold(); });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sheet.querySelector("form")?.reset();
    fold();
  });
});
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
// A card at hand: its contents close once a part is chosen; what is to print, to copy or to hear asks for it.
document.querySelector(".contents nav")?.addEventListener("click", (event) => {
  if (matchMedia("(max-width: 51.99rem)").matches) event.currentTarget.parentElement.open = false;
});
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
document.querySelectorAll("[data-copy-said]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("figure").querySelector("blockquote").textContent);
    button.textContent = button.dataset.copySaid;
  });
});
const listen = document.querySelector("[data-listen]");
if (listen && typeof speechSynthesis !== "undefined") {
  const words = listen.querySelector("span"), say = [words.textContent, listen.dataset.listen];
  const speak = () => {
    const speech = new SpeechSynthesisUtterance(document.querySelector("[data-listened]").innerText);
    speech.lang = "fr-FR";
    speech.rate = 0.9;
    speech.addEventListener("end", () => { words.textContent = say[0]; });
    speechSynthesis.speak(speech);
  };
  listen.hidden = false;
  listen.addEventListener("click", () => {
    const starts = !speechSynthesis.speaking;
    if (starts) speak(); else speechSynthesis.cancel();
    words.textContent = say[Number(starts)];
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
