// Asks the browser to be told on this device, and hands its address to the site; without it the page offers mails only.
import { csrfToken } from "./site.js";

const place = document.querySelector("[data-push]");
const form = place?.querySelector("form");
if (form && navigator.serviceWorker && typeof PushManager !== "undefined" && !document.body.hasAttribute("data-shared")) {
  const state = place.querySelector("[data-state]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { pushManager } = await navigator.serviceWorker.ready;
      const asked = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.push });
      const { endpoint, keys } = asked.toJSON();
      const body = new URLSearchParams({ endpoint, ...keys, csrfmiddlewaretoken: csrfToken(form) });
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
      if (answer.ok) location.reload();
      else state.textContent = await answer.text();
    } catch {
      state.textContent = Notification.permission === "denied"
        ? "Votre navigateur refuse les notifications de ce site : rouvrez-les dans ses réglages."
        : "Ce navigateur n’a pas pu s’abonner. Réessayez avec du réseau.";
    }
  });
  place.hidden = false;
  document.querySelector("[data-no-push]").hidden = true;
}
