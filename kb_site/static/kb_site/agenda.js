// Enhances only: the agenda is built with plain buttons without this file.
// Items are dragged by a handle, with a finger or a mouse; minutes left are counted as one types.
document.querySelectorAll("form[data-agenda]").forEach((form) => {
  const list = form.querySelector(".builder");
  const fit = document.querySelector("[data-available]");
  const count = () => {
    const planned = [...form.querySelectorAll(".minutes")].reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    const available = Number(fit.dataset.available);
    const over = planned - available;
    fit.classList.toggle("fit--over", over > 0);
    fit.textContent = over > 0
      ? `${over} ${over > 1 ? "minutes" : "minute"} de trop : ${planned} prévues pour ${available} disponibles.`
      : `${planned} minutes prévues sur ${available} : il en reste ${-over}.`;
  };
  form.addEventListener("input", (event) => { if (event.target.matches(".minutes")) count(); });
  if (!list) return;
  list.querySelectorAll("[data-item]").forEach((item) => {
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.setAttribute("aria-hidden", "true"); // the buttons do the same with the keyboard
    handle.textContent = "⠿";
    item.prepend(handle);
    handle.addEventListener("pointerdown", (start) => {
      start.preventDefault();
      handle.setPointerCapture(start.pointerId);
      item.classList.add("dragged");
      // Its neighbours go round it: an item that leaves the page, even for an instant, loses the pointer.
      const middle = (other) => { const box = other.getBoundingClientRect(); return box.top + box.height / 2; };
      const move = (event) => {
        const { previousElementSibling: above, nextElementSibling: below } = item;
        if (above && event.clientY < middle(above)) item.after(above);
        else if (below && event.clientY > middle(below)) item.before(below);
      };
      const end = () => {
        item.classList.remove("dragged");
        handle.removeEventListener("pointermove", move);
        form.requestSubmit(form.querySelector("button[name=faire][value='']"));
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("pointerup", end, { once: true });
      handle.addEventListener("pointercancel", end, { once: true });
    });
  });
});
