// « Masquer ces passages » without the network: the page holds the masked version of the words as they were sent. Words that
// were changed since go to the server, which masks them.
document.querySelectorAll("button[data-masked]").forEach((button) => {
  button.addEventListener("click", (event) => {
    const versions = Object.entries(JSON.parse(button.dataset.masked)).map(([id, words]) => [document.getElementById(id), words]);
    if (!versions.length || versions.some(([field]) => field.value !== field.defaultValue)) return;
    event.preventDefault();
    versions.forEach(([field, words]) => {
      field.value = words;
      field.removeAttribute("aria-invalid");
      document.getElementById(`${field.id}_error`)?.remove();
      field.dispatchEvent(new Event("input", { bubbles: true })); // what is kept on the device is masked too
    });
    const done = Object.assign(document.createElement("p"), { className: "notice", textContent: button.dataset.done });
    done.setAttribute("role", "status");
    button.closest("[data-guard]").replaceChildren(done);
    versions[0][0].focus();
  });
});
