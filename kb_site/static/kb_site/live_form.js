// A form whose result follows what is typed: the page's own answer, fetched and put in its place.
document.querySelectorAll("form[data-live]").forEach((form) => {
  const place = document.getElementById(form.dataset.live);
  let waiting;
  const refresh = async () => {
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    const response = await fetch(address).catch(() => null);
    if (!response || !response.ok) return; // the button shows what is wrong
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.getElementById(form.dataset.live).childNodes);
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 400); });
});
