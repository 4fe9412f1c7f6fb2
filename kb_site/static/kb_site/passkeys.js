// Shows what needs a passkey only where the browser has them, and says when one was not given. The rest is allauth's.
if (typeof PublicKeyCredential !== "undefined") {
  document.querySelectorAll("[data-passkey]").forEach((element) => { element.hidden = false; });
  document.querySelectorAll("[data-passkey-absent]").forEach((element) => { element.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach((element) => { element.hidden = false; });
  });
}
