// What the device keeps of the pocket, as the service worker tells: the weight of each thing, whether it changed since it
// was read, what did not fit; and the weight that the person allows. Without it, the pocket is a list of links.
const place = document.querySelector("[data-pocket]");
const worker = navigator.serviceWorker;
const words = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} Ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} Mo`);
const ask = async (message) => {
  const { active } = await worker.ready, channel = new MessageChannel();
  return new Promise((resolve) => {
    channel.port1.addEventListener("message", ({ data }) => resolve(data), { once: true });
    channel.port1.start();
    active.postMessage(message, [channel.port2]);
  });
};
const make = (tag, textContent, more = {}) => Object.assign(document.createElement(tag), { textContent, ...more });

function sayOf(item) {
  if (item.full) return "pas de copie : votre poche est pleine";
  return `${item.updated ? "mis à jour, " : ""}copie sur cet appareil, ${words(item.weight)}`;
}
function show(notes) {
  document.querySelectorAll("[data-copy-of]").forEach((line) => {
    const item = notes.items.find((one) => one.url === line.dataset.copyOf);
    line.querySelector("[data-copy-state]").textContent = item ? sayOf(item) : "pas encore copié sur cet appareil";
  });
  place.querySelector("[data-used]").textContent = `${words(notes.used)} sur ${notes.budget} Mo.`;
  const list = place.querySelector("[data-copies]");
  list?.replaceChildren(...notes.items.filter((item) => !item.full).map((item) => {
    const line = make("li", "", { className: "hit" });
    line.append(make("a", item.title, { href: item.url }), make("p", `${item.label} · ${sayOf(item)}`, { className: "facts" }));
    return line;
  }));
  const none = place.querySelector("[data-none]");
  if (none) none.hidden = notes.items.some((item) => !item.full);
  place.hidden = false;
  // The pocket itself is here, whole: only other pages are missing.
  const missing = document.querySelector("[data-elsewhere-than]");
  if (missing) missing.hidden = missing.dataset.elsewhereThan === location.pathname;
}
if (place && worker && !document.querySelector("[data-shared]")) {
  const choice = place.querySelector("select");
  choice?.addEventListener("change", async () => show(await ask({ do: "budget", budget: Number(choice.value) })));
  const account = document.querySelector("[data-account]")?.dataset.account;
  const notes = await ask(account ? { do: "sync", account, now: true } : { do: "tell" });
  if (choice) choice.value = notes.budget;
  show(notes);
}
