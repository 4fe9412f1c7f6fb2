// A form being written is kept on the device until the server has it: for the scripts of forms, loaded before them.
// The server says when its own copy changed (data-saved-at, then the header Saved-At): a copy kept here is taken up only
// if the server has had nothing newer since, and forgotten once the page that follows says « #recu » (site.js).
const keepOnDevice = (form) => {
  const key = `draft:${form.dataset.draft}`;
  const storage = (act) => { try { return act(localStorage); } catch { return null; /* storage refused */ } };
  const forget = () => storage((kept) => kept.removeItem(key));
  const fields = () => [...form.elements].filter((field) => field.name && field.name !== "personal_data_checked"
    && !["file", "hidden", "submit", "button"].includes(field.type));
  const local = storage((kept) => JSON.parse(kept.getItem(key) || "null"));
  if (local && local.base === form.dataset.savedAt) {
    fields().forEach((field) => {
      const values = local.fields[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") [...field.options].forEach((one) => { one.selected = values.includes(one.value); });
      else if (values.length) field.value = values[0];
    });
  } else if (local) forget();
  const keep = () => {
    const typed = {};
    const data = new FormData(form);
    fields().forEach(({ name }) => { typed[name] = data.getAll(name); });
    storage((kept) => kept.setItem(key, JSON.stringify({ base: form.dataset.savedAt, fields: typed })));
  };
  form.addEventListener("submit", () => {
    keep();
    try { sessionStorage.setItem("sent", key); } catch { /* storage refused */ }
  });
  const received = (answer) => { form.dataset.savedAt = answer.headers.get("Saved-At") || "0"; forget(); };
  return { keep, received };
};
