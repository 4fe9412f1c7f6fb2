// A pile of sheets by keyboard: Enter goes to the next line, the last line saves. A full line is shown as right.
document.querySelectorAll("form[data-pile]").forEach((form) => {
  const lines = [...form.querySelectorAll('input[name="ligne"]')];
  const wanted = Number(form.dataset.digits);
  lines.forEach((line, place) => {
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const next = lines[place + 1];
      if (!next || !line.value.trim()) return; // an empty line, or the last one, sends the form
      event.preventDefault();
      next.focus();
    });
    line.addEventListener("input", () => {
      const digits = line.value.replace(/\s/g, "");
      line.setCustomValidity(/^\d*$/.test(digits) && digits.length <= wanted ? "" : form.dataset.digits);
    });
  });
});
