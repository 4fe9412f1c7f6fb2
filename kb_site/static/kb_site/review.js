// The keys of the review desk: j and k go from card to card, 1, 2 and 3 decide; none while one is typing.
const words = document.querySelector("#id_words");
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement.blur(); // out of the field, where letters are letters
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
  const aimed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!aimed) return;
  event.preventDefault();
  if (aimed.value && aimed.value !== "good" && !words.value.trim()) words.focus(); // it says why first
  else aimed.click();
});
// A sentence selected in the card goes with the remark that follows.
const quote = document.querySelector("#remark_quote");
document.querySelector("[data-remark]")?.addEventListener("toggle", () => {
  const chosen = String(getSelection()).trim().replace(/\s+/g, " ");
  if (quote && chosen && !quote.value) quote.value = chosen.slice(0, 300);
});
// The reply chosen is shown where it may be changed before it leaves.
document.querySelector("#id_reply")?.addEventListener("change", ({ target }) => {
  const text = target.selectedOptions[0]?.dataset.text;
  if (text && !words.value.trim()) words.value = text;
});
// After ten seconds there is nothing left to undo.
document.querySelectorAll("[data-undo]").forEach((form) => setTimeout(() => {
  form.querySelectorAll("button, small").forEach((one) => one.remove());
}, 10000));
document.documentElement.dataset.keys = "";
