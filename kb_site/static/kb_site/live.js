// A held session: the countdown, regions that follow what changes, buttons that act in place. Works without.
import { csrfToken } from "./site.js";

const root = document.querySelector("[data-live]");
const words = document.querySelector("template[data-words]").dataset;
const doForm = document.getElementById("do");
const refusal = root.querySelector("[data-refusal]");
const announce = root.querySelector("[data-announce]");
const skew = Number(root.dataset.now) - Date.now();
const [shortest, longest, share, nearEnd, beforeEnd, afterEnd] = root.dataset.pace.split(" ").map(Number);
const now = () => Date.now() + skew;
const region = (name) => root.querySelector(`[data-region="${name}"]`);
const refuse = (text) => { refusal.textContent = text; refusal.hidden = !text; };

// Countdown, from the server's time; said aloud at five minutes, at one, at the end.
const clocks = () => [...root.querySelectorAll("[data-ends]")];
const secondsLeft = (clock) => Math.round((Number(clock.dataset.ends) - now()) / 1000);
const said = new Set();
let changedAt = Date.now();
function tick() {
  clocks().forEach((clock) => {
    const left = secondsLeft(clock), gone = Math.abs(left);
    const time = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
    clock.textContent = left < 0 ? `${words.over} ${time}` : time;
    clock.classList.toggle("live-clock--over", left < 0);
    clock.classList.toggle("live-clock--near", left >= 0 && left <= 60);
  });
  const main = clocks().pop();
  if (!main) return;
  const left = secondsLeft(main);
  [[300, words.leftMany.replace("%", 5)], [60, words.leftOne], [0, words.leftNone]].forEach(([at, text]) => {
    const key = `${main.dataset.ends}:${at}`;
    if (left <= at && left > at - 3 && !said.has(key)) { said.add(key); announce.textContent = text; }
  });
}

// Regions: only those whose words changed are replaced; the focus stays where it was.
const shown = new Map([...root.querySelectorAll("[data-region]")].map((one) => [one.dataset.region, one.outerHTML]));
const same = (html) => html.replace(/data-pulse="[^"]*"/, "");
function swap(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const given = [...page.querySelectorAll("[data-region]")];
  const pulse = given.find((one) => one.dataset.region === "pulse");
  if (pulse.dataset.state !== region("pulse").dataset.state) { location.reload(); return; } // starts, ends: another page
  let moved = false;
  given.forEach((newer) => {
    const name = newer.dataset.region, old = region(name), text = newer.outerHTML;
    if (!old) return;
    if (same(shown.get(name) || "") !== same(text) || name === "pulse") {
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      old.replaceWith(newer);
      if (focused) {
        const twin = focused.dataset.key && newer.querySelector(`[data-key="${focused.dataset.key}"]`);
        (twin || newer.querySelector("h2[tabindex], button") || document.getElementById("contenu")).focus();
      }
      if (["step", "item", "now", "thumbs"].includes(name)) moved = true;
    }
    shown.set(name, text);
  });
  if (moved) {
    changedAt = Date.now(); // notes and votes of others do not quicken the pace
    const title = root.querySelector('[data-region="item"]:not([hidden]) h2, [data-region="step"] h2, [data-region="now"] h2');
    if (title) announce.textContent = title.textContent;
  }
  document.dispatchEvent(new CustomEvent("live:changed", { detail: region("pulse").dataset }));
  tick();
}

const signIn = () => {
  document.dispatchEvent(new CustomEvent("live:signed-out"));
  if (!root.querySelector("[data-capture]")) refuse(words.signedOut);
};

async function fresh() {
  const answer = await fetch(root.dataset.stateAddress, { headers: { "X-Live": version() }, redirect: "manual" });
  if (answer.status === 401) { signIn(); return false; }
  if (answer.status === 404 || answer.status === 403) { refuse(words.gone); return false; }
  if (answer.ok) swap(await answer.text());
  return answer.ok;
}

// Has something changed? One number, without cookies, asked ever less often while nothing moves.
let timer, askedAt = 0, asking = false, stopped = false;
const version = () => region("pulse").dataset.version;
const over = () => !["open", "running"].includes(region("pulse").dataset.state);
function wait() {
  let seconds = Math.min(Math.max(((Date.now() - changedAt) / 1000) * share, shortest), longest);
  const ends = clocks().map(secondsLeft);
  ends.forEach((left) => {
    if (left >= -afterEnd && left <= beforeEnd) seconds = Math.min(seconds, nearEnd);
    else if (left > 0) seconds = Math.min(seconds, Math.max(left - beforeEnd, shortest));
  });
  return seconds * (0.9 + Math.random() * 0.2) * 1000;
}
function later() {
  clearTimeout(timer);
  if (!document.hidden && !stopped && !over()) timer = setTimeout(ask, wait());
}
async function ask() {
  if (asking) return;
  asking = true;
  askedAt = Date.now();
  try {
    const answer = await fetch(region("pulse").dataset.pulse, {
      credentials: "omit", referrerPolicy: "no-referrer", headers: { "Accept-Language": "fr" },
    });
    if (answer.status === 200 && (await answer.text()) !== version()) {
      stopped = !(await fresh());
    } else if (answer.status === 403) stopped = !(await fresh());
  } catch { /* no network: asked again later */ } finally { asking = false; }
  later();
}
const soon = () => { if (!document.hidden && Date.now() - askedAt > shortest * 1000) ask(); };
document.addEventListener("visibilitychange", () => { if (document.hidden) clearTimeout(timer); else soon(); });
addEventListener("online", soon);
addEventListener("pointerdown", soon, { passive: true });
document.addEventListener("live:sent", () => { stopped = false; fresh().catch(() => {}).finally(later); });

// Buttons act in place; without network they say so and nothing is sent later behind one's back.
async function send(body) {
  refuse("");
  body.set("csrfmiddlewaretoken", csrfToken(doForm));
  try {
    const answer = await fetch(location.pathname, {
      method: "POST", body: new URLSearchParams(body), headers: { "X-Live": "1" }, redirect: "manual",
    });
    if (answer.status === 401) { signIn(); return false; }
    if (answer.status === 422) { refuse(await answer.text()); return false; }
    if (!answer.ok) { location.reload(); return false; }
    swap(await answer.text());
    later();
    return true;
  } catch { refuse(words.offline); return false; }
}
doForm.addEventListener("submit", (event) => {
  event.preventDefault();
  send(new FormData(doForm, event.submitter));
});
const propose = root.querySelector("[data-propose]");
if (propose) propose.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await send(new FormData(propose, event.submitter))) propose.reset();
});

const full = root.querySelector("[data-full]");
if (full && root.requestFullscreen) {
  full.hidden = false;
  full.addEventListener("click", () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());
}

tick();
setInterval(() => { if (!document.hidden) tick(); }, 1000);
later();
