// Reading without network. Rules, all of them (docs/decisions/0028-offline.md):
// - two caches: the shell (the page /hors-connexion/ and its files) and the pocket (what the person put aside, as the
//   server lists it at /ma-poche/contenu.json, with the files of those pages). Nothing else is ever kept.
// - pages come from the network first. Their copy answers when the network fails, or is silent for WAIT, and says so.
// - files named after what they hold come from a cache when one has them.
// - the pocket follows the server's list, within the weight that the person chose, the latest put aside first.
// - it goes at sign-out, when another account opens, on a shared device, and when the session has ended.
// - a form that an account sends while the network is away waits in the outbox, and leaves from a page (outbox.js). Files do
//   not wait, nor what is done at once or not at all (ONLINE_ONLY: kb_site/pocket/online_only.py).
// VERSION, MARK and ONLINE_ONLY come before this file: kb_site/pocket/views.py.
const SHELL = `shell-${VERSION}`, POCKET = "pocket";
const OFFLINE = "/hors-connexion/", CONTENTS = "/ma-poche/contenu.json", NOTES = "/ma-poche/notes-de-l-appareil";
const WAIT = 4000, PAUSE = 30 * 60 * 1000, DEFAULT_BUDGET = 5, MOST_PAGES = 30;
const GO_WITH = /^(?:pas-a-pas|conditions|pour-la-personne)\//; // the pages of a card that go with it
const NAMED_AFTER_CONTENT = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && request.mode === "navigate") event.respondWith(read(event, url));
  else if (request.method === "GET" && /^\/(?:static|media)\//.test(url.pathname)) event.respondWith(file(request, url));
  else if (request.method === "POST" && request.mode === "navigate" && url.pathname === "/compte/deconnexion/")
    event.respondWith(forget().then(() => fetch(request)).catch(() => offlinePage()));
  else if (request.method === "POST" && request.mode === "navigate") event.respondWith(post(request, url));
});
self.addEventListener("message", (event) => event.waitUntil(obey(event)));

async function obey({ data, ports }) {
  if (data.do === "sync") await inTurn(() => sync(data));
  else if (data.do === "forget") await forget();
  else if (data.do === "budget") await inTurn(async () => { await note({ budget: data.budget }); await sync({ now: true }); });
  ports[0]?.postMessage(await notes());
}
let last = Promise.resolve(); // one change of the pocket at a time
const inTurn = (act) => (last = last.then(act, act).catch(() => null));

async function install() {
  const shell = await caches.open(SHELL), answer = await fetch(OFFLINE, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error("the page without network is missing");
  const html = await answer.text();
  await Promise.all(filesOf(html).map((address) => shell.add(address)));
  await shell.put(OFFLINE, page(html, answer));
  await self.skipWaiting();
}
async function activate() {
  const former = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  await Promise.all(former.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Being told (kb_site/notifications/push.py): a number of things to read, and no more. One tap opens them, one stops it.
self.addEventListener("push", (event) => {
  const { title, body, tag, url, stop } = event.data.json();
  const shown = { body, tag, data: { url, stop }, lang: "fr", actions: [{ action: "stop", title: "Ne plus me prévenir" }] };
  event.waitUntil(self.registration.showNotification(title, shown));
});
self.addEventListener("notificationclick", (event) => {
  const { url, stop } = event.notification.data;
  event.notification.close();
  event.waitUntil(event.action === "stop" ? fetch(stop, { method: "POST" }).then(silence) : self.clients.openWindow(url));
});
async function silence() {
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
}

// Reading.
async function read(event, url) {
  const copy = await copyOf(url);
  if (!copy) return fetch(event.request).catch(() => offlinePage());
  const network = fetch(event.request);
  event.waitUntil(network.then((answer) => inTurn(() => opened(url, answer)), () => null));
  const slow = new Promise((resolve) => { setTimeout(resolve, WAIT, null); });
  try {
    return (await Promise.race([network, slow])) || (await asCopy(url, copy, "Réseau lent"));
  } catch {
    return asCopy(url, copy, "Lu hors connexion");
  }
}
// Asking a cache does not make it: who has no pocket keeps none.
const copyOf = (url) => caches.match(url.pathname + url.search, { cacheName: POCKET });
async function asCopy(url, copy, why) {
  const html = await copy.text(), at = new Date(Number(copy.headers.get("x-kept-at")));
  const day = at.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
  const hour = at.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", " h ");
  const updated = await markRead(url);
  const words = `${why}, copie du ${day} à ${hour}.${updated ? " Cette page a été mise à jour depuis votre dernière lecture." : ""}`;
  return page(html.replace(/<main[^>]*>/, (main) => `${main}<p class="notice" role="status" data-read-offline>${words}</p>`), copy);
}
async function offlinePage(words = "") {
  const kept = await caches.match(OFFLINE);
  if (!kept || !words) return kept || Response.error();
  const html = await kept.text();
  return page(html.replace(/<p class="lead"[^>]*>[^<]*/, `<p class="lead" role="status">${words}`), kept);
}
async function post(request, url) {
  const spare = request.clone();
  try { return await fetch(request); } catch { /* the network is away */ }
  const fields = [...(await spare.formData())], mark = fields.find(([name]) => name === "kept")?.[1];
  const by = fields.find(([name]) => name === "kept_by")?.[1];
  if (fields.some(([, value]) => value instanceof File && value.size))
    return offlinePage("Un fichier ne peut pas attendre sur cet appareil. Votre texte y reste : rouvrez le formulaire au retour du réseau et joignez de nouveau le fichier.");
  if (!mark || !by || ONLINE_ONLY.some((address) => new RegExp(address).test(url.pathname)))
    return offlinePage("Rien n’est parti : ceci se fait avec du réseau. Recommencez quand il sera revenu.");
  const sentence = fields.map(([, value]) => String(value)).find((value) => /\S\s+\S/.test(value)) ?? "un choix";
  const from = request.referrer.startsWith(location.origin) ? request.referrer.slice(location.origin.length) : "";
  const entry = {
    mark, account: by, from, at: Date.now(), address: url.pathname + url.search,
    words: `« ${sentence.slice(0, 80)}${sentence.length > 80 ? "…" : ""} »`,
    fields: fields.filter(([name, value]) => name !== "kept_by" && typeof value === "string"),
  };
  const outbox = await caches.open("outbox");
  for (const key of await outbox.keys()) { // pressed again from the same page: the latest words
    const other = await (await outbox.match(key)).json();
    if (other.address === entry.address && other.from === entry.from && keyOf(other) && keyOf(other) === keyOf(entry)) await outbox.delete(key);
  }
  await outbox.put(`/envoi/${mark}`, new Response(JSON.stringify(entry)));
  return offlinePage("C’est gardé sur cet appareil. L’envoi partira quand le réseau reviendra et que vous ouvrirez le site.");
}
const keyOf = ({ fields }) => fields.find(([name]) => name === "submission_key")?.[1];
async function file(request, { pathname }) {
  const copy = await caches.match(request.url);
  if (copy && NAMED_AFTER_CONTENT.test(pathname)) return copy;
  return fetch(request).catch(() => copy || Response.error());
}
// What the network says of a page that is kept: read now, or gone for this person.
async function opened(url, answer) {
  if (answer.ok) { await markRead(url); return; }
  const pocket = await caches.open(POCKET);
  if (answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status)) await pocket.delete(url.pathname + url.search);
}
async function markRead(url) {
  const now = await notes(), item = now.items.find((one) => one.url === url.pathname);
  if (!item?.updated) return false;
  item.updated = false;
  await note({ items: now.items });
  return true;
}

// The pocket.
async function notes() {
  const kept = await caches.match(NOTES, { cacheName: POCKET });
  return { account: "", at: 0, budget: DEFAULT_BUDGET, used: 0, items: [], ...(kept ? await kept.json() : {}) };
}
async function note(more) {
  const all = { ...(await notes()), ...more };
  await (await caches.open(POCKET)).put(NOTES, new Response(JSON.stringify(all)));
}
async function forget() {
  await caches.delete(POCKET);
  await silence().catch(() => null); // another account, or nobody: this device is told no more
}
// `here`, `kept`: the page that is read, and whether it is put aside. What has just changed does not wait.
async function sync({ account = "", now = false, here = "", kept = false }) {
  let before = await notes();
  if (account && before.account && before.account !== account) {
    await forget();
    before = { ...(await notes()), budget: before.budget };
  }
  const changed = here && kept !== before.items.some((one) => one.url === here);
  if (!now && !changed && Date.now() - before.at < PAUSE) return;
  const answer = await fetch(CONTENTS, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) { await forget(); return; } // the session has ended
  if (!answer.ok) return;
  const wanted = await answer.json();
  const pocket = await caches.open(POCKET), most = before.budget * 1e6, items = [], held = new Set([NOTES]);
  let used = 0;
  for (const thing of wanted.items) {
    const former = before.items.find((one) => one.url === thing.url);
    const found = await gather(pocket, thing.url);
    if (!found) continue; // it may not be read any more: its copy goes
    const weight = [...found].filter(([address]) => !held.has(address)).reduce((sum, [, one]) => sum + one.bytes, 0);
    const fits = used + weight <= most;
    let differs = false;
    if (fits) {
      used += weight;
      for (const [address, one] of found) {
        if (one.fresh) {
          const copy = one.html && (await pocket.match(address));
          differs ||= Boolean(copy) && said(await copy.text()) !== said(one.html);
          await pocket.put(address, one.html ? page(one.html, one.answer) : one.answer);
        }
        held.add(address);
      }
    }
    items.push({ ...thing, weight, full: !fits, at: Date.now(), updated: fits && (differs || Boolean(former?.updated)) });
  }
  for (const { url } of await pocket.keys()) {
    const { pathname, search } = new URL(url);
    if (!held.has(pathname + search)) await pocket.delete(url);
  }
  await note({ account: wanted.account, at: Date.now(), budget: before.budget, used, items });
}
// A page, those below it that go with it, and their files: address → { bytes, html or answer, fresh }.
async function gather(pocket, address) {
  const found = new Map(), waiting = [address];
  while (waiting.length && found.size < MOST_PAGES) {
    const next = waiting.shift();
    if (found.has(next)) continue;
    const answer = await fetch(next, { headers: { [MARK]: "1" }, cache: "no-store", redirect: "manual" });
    if (answer.status >= 500) throw new Error("the site is not well"); // what is kept stays
    if (!answer.ok) { if (next === address) return null; continue; }
    const html = await answer.text();
    found.set(next, { html, answer, bytes: new Blob([html]).size, fresh: true });
    for (const [, link] of html.matchAll(/href="([^"#]*)/g)) {
      const { origin, pathname, search } = new URL(link.replaceAll("&amp;", "&"), location.origin + next);
      const below = origin === location.origin && pathname.startsWith(address) && pathname.slice(address.length);
      if (below && GO_WITH.test(below)) waiting.push(pathname + search);
    }
  }
  const pages = [...found.values()];
  for (const { html } of pages) {
    for (const one of filesOf(html)) {
      if (found.has(one)) continue;
      const copy = await caches.match(one), answer = copy || (await fetch(one));
      if (answer.ok) found.set(one, { answer, bytes: (await answer.clone().blob()).size, fresh: !copy || !(await pocket.match(one)) });
    }
  }
  return found;
}
function filesOf(html) {
  const found = [...html.matchAll(/(?:src|href|data-script)="(\/(?:static|media)\/[^"#]+)"/g)].map(([, address]) => address);
  return [...new Set(found)].filter((address) => !/\.(?:pdf|docx|xlsx|mp3|mp4)$/.test(address));
}
// What a page says, without the keys of its forms, which change each time.
const said = (html) => html.split("<main")[1]?.replace(/ value="[^"]*"/g, "") ?? html;
// A page to keep or to show, under the policy with which the server sent it.
function page(html, { headers }) {
  return new Response(html, { headers: {
    "content-type": "text/html; charset=utf-8", "x-kept-at": String(Date.now()),
    "content-security-policy": headers.get("content-security-policy") ?? "default-src 'self'",
  } });
}
