// The questions without network: one a screen, answers kept on the device until they are sent, read aloud on demand.
// Without this file each screen comes from the server.
import { csrfToken, randomKey } from "./site.js";

const form = document.querySelector("form[data-ask]");
const templates = [...document.querySelectorAll("template[data-question]")];
const words = document.querySelector("template[data-words]").content;
const say = (name) => words.querySelector(`[data-${name}]`).textContent;
const place = form.querySelector("[data-place]");
const number = document.querySelector("[data-number]");
const notice = document.querySelector("[data-queue]");
const key = `diagnostic:${location.pathname}`;
const answers = {};
let step = 0;

const queue = {
  read() { try { return JSON.parse(localStorage.getItem(key) || "[]"); } catch { return memory; } },
  write(list) { memory = list; try { localStorage.setItem(key, JSON.stringify(list)); } catch { /* kept in memory */ } },
};
let memory = [];

const show = (text) => { notice.textContent = text; notice.hidden = !text; };
const showQueue = () => {
  const kept = queue.read().length;
  show(kept ? `${kept} ${say(kept > 1 ? "several" : "kept")}` : "");
};

// The token of each answer makes sending twice harmless, so a lost reply is simply sent again.
let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  let refused = false;
  try {
    for (const kept of queue.read()) {
      const body = new URLSearchParams(kept);
      const token = csrfToken(form);
      if (token) body.set("csrfmiddlewaretoken", token);
      const response = await fetch(location.pathname, { method: "POST", body });
      if (response.ok && response.url.includes(form.dataset.thanks.split("?")[0])) {
        queue.write(queue.read().filter((other) => other.token !== kept.token));
      } else {
        refused = true;
        if (response.status >= 500 || response.status === 429) break;
      }
    }
  } catch { /* no network: they wait */ } finally { sending = false; }
  showQueue();
  if (refused) show(say("refused"));
}
addEventListener("online", send);

const back = document.createElement("button");
back.type = "button";
back.className = "button button--quiet";
back.textContent = say("back");
form.querySelector(".actions").append(back);

function ask() {
  place.replaceChildren(templates[step].content.cloneNode(true));
  number.textContent = step + 1;
  document.querySelector("[data-progress]").value = step + 1;
  back.hidden = step === 0;
  const fieldset = place.querySelector("fieldset");
  const given = answers[fieldset.dataset.code];
  if (given !== undefined) place.querySelector(`[value="${given}"]`).checked = true;
  if (typeof speechSynthesis !== "undefined") {
    const listen = document.createElement("button");
    listen.type = "button";
    listen.className = "button button--quiet listen";
    listen.textContent = say("listen");
    listen.addEventListener("click", () => {
      const lines = [fieldset.querySelector("legend"), ...fieldset.querySelectorAll("label")].map((one) => one.textContent.trim());
      const speech = new SpeechSynthesisUtterance(lines.join(". "));
      speech.lang = "fr-FR";
      speechSynthesis.cancel();
      speechSynthesis.speak(speech);
    });
    place.append(listen);
  }
}

function finish() {
  queue.write([...queue.read(), { token: form.querySelector('[name="token"]').value, ...answers }]);
  const end = document.querySelector("template[data-end]").content.cloneNode(true);
  const next = end.querySelector('a[href=""]');
  if (next) next.addEventListener("click", (event) => { event.preventDefault(); restart(); });
  form.hidden = true;
  document.querySelector(".step").hidden = true;
  const done = document.createElement("div");
  done.dataset.done = "";
  done.append(end);
  form.after(done);
  done.querySelector("h1").tabIndex = -1;
  done.querySelector("h1").focus();
  send();
}

// The next person, without asking the network: a new token, no answer.
function restart() {
  document.querySelector("[data-done]").remove();
  form.querySelector('[name="token"]').value = randomKey();
  Object.keys(answers).forEach((code) => delete answers[code]);
  step = 0;
  form.hidden = false;
  document.querySelector(".step").hidden = false;
  ask();
  place.querySelector("input").focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = place.querySelector("input:checked");
  if (!chosen) return;
  answers[chosen.name] = chosen.value;
  if (typeof speechSynthesis !== "undefined") speechSynthesis.cancel();
  if (step + 1 === templates.length) { finish(); return; }
  step += 1;
  ask();
  place.querySelector("input:checked, input").focus();
});
back.addEventListener("click", () => { step -= 1; ask(); place.querySelector("input:checked, input").focus(); });

ask();
showQueue();
send();
