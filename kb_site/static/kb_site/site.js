// Enhances only: every page works without this file. What other scripts share stands here: it is on the page already.
export const account = document.querySelector("[data-account]")?.dataset.account;
const shared = document.body.hasAttribute("data-shared");
// What stays on the device; on one that others use, it goes when the window is closed. None where storage is refused.
export const shelf = (() => { try { return shared ? sessionStorage : localStorage; } catch { return null; } })();
const copies = typeof caches === "undefined" ? null : caches; // none where the connection is not secure
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
// The cookie is newer than the page where somebody signed in again meanwhile. None where the form asks for none.
export const csrfToken = (form, token = form.elements.namedItem("csrfmiddlewaretoken")?.value) =>
  token && (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? token);

// What forms keep on the device (drafts.js) belongs to one account: it goes once the server has taken the form, when
// another account opens, at sign-out, and after thirty days. So do the ticks of a card (ticks.js), but with no form.
try {
  const drafts = () => Object.keys(shelf).filter((key) => /^(?:draft|ticks):/.test(key));
  const forget = (keys) => keys.forEach((key) => shelf.removeItem(key));
  const last = localStorage.getItem("account");
  if (account && last && last !== account) { forget(drafts()); copies?.delete("outbox"); }
  if (account) localStorage.setItem("account", account);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => { forget(drafts()); copies?.delete("outbox"); });
  const taken = document.cookie.match(/(?:^|; )received=(\w+)/)?.[1], oldest = Date.now() - 30 * 24 * 3600 * 1000;
  forget(drafts().filter((key) => {
    const { sent, at } = JSON.parse(shelf.getItem(key));
    return (taken && sent === taken) || at < oldest;
  }));
  if (taken) document.cookie = "received=; path=/; max-age=0";
} catch { /* storage refused */ }
// Copies of pages (service_worker.js) are for the account that is open: they follow it and go with it. Without an account,
// and on a device that others use, there are none. A copy, or the page without network, tells nothing about accounts.
const follows = navigator.serviceWorker && !document.querySelector("[data-offline], [data-read-offline]");
export const syncPocket = () => {
  if (!follows || !account || shared) return;
  const aside = document.querySelector("[data-put-aside]")?.dataset.putAside;
  const about = aside && { here: location.pathname, kept: aside === "yes" };
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ do: "sync", account, ...about }));
};
if (follows && (!account || shared)) copies?.delete("pocket");
else if (follows) {
  navigator.serviceWorker.register("/sw.js").catch(() => null); // private windows may refuse
  syncPocket();
}
// A form that is sent bears a mark, by which the server takes it once even if the device sends it again (outbox.js).
const mark = (target) => {
  target.querySelectorAll("[data-mark]").forEach((one) => one.remove()); // of a sending before: each has its own
  const add = (name, value) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    field.dataset.mark = "";
    target.append(field);
  };
  if (!target.querySelector("[name=kept]")) add("kept", randomKey());
  add("kept_by", account);
};
// One that says data-in-place leaves the page where it is (in_place.js); whatever fails, it is sent as it would have been.
const sendInPlace = (target, submitter) => {
  const data = new FormData(target);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  if (!data.has("kept")) data.set("kept", randomKey());
  const plain = () => {
    delete target.dataset.inPlace;
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: data.get("kept") });
    target.querySelectorAll("[name=kept]").forEach((one) => one.remove());
    target.append(kept);
    target.requestSubmit(submitter);
    kept.remove();
  };
  import(target.dataset.script).then(({ send }) => send(target, submitter, data)).catch(plain);
};
document.addEventListener("submit", (event) => {
  const { target, submitter, defaultPrevented } = event;
  if (defaultPrevented || target.getAttribute("method")?.toLowerCase() !== "post") return;
  if (account && !shared) mark(target);
  if (!("inPlace" in target.dataset)) return;
  event.preventDefault();
  sendInPlace(target, submitter);
});
const outbox = document.querySelector("[data-outbox]");
if (outbox && !shared) copies?.has("outbox").then((waits) => waits && import(outbox.dataset.script));
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
const ticks = document.querySelector("[data-ticks]");
if (ticks) import(ticks.dataset.script);
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
