// The citation of a fact goes where the cursor was last, in any text of the form.
let text = null;
addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea, input[type=text]") && !target.closest("[data-cite]")) text = target;
});
addEventListener("click", ({ target }) => {
  const box = target.closest("[data-cite-insert]")?.closest("[data-cite]");
  if (!box) return;
  const chosen = box.querySelector("input"), said = box.querySelector("[role=status]");
  said.textContent = "";
  if (!text?.isConnected || !/^\[\[.+\]\]$/.test(chosen.value)) {
    said.textContent = text?.isConnected ? box.dataset.choose : box.dataset.place;
    return;
  }
  text.setRangeText(chosen.value, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  chosen.value = "";
  text.focus();
});
