"""The smallest phone, 320 pixels wide: nothing runs off the screen, and a thumb hits what it aims at."""

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
FULLEST_CARD = "/pratiques/numerique-inclusif/choisir-audio-messagerie-visio/"
# Every kind of page, as somebody who sees most of it.
PAGES = {
    None: [
        "/", "/pratiques/", "/outils/", "/outils/zoom/", "/outils/comparer/", "/outils/calculer/", "/outils/confidentialite/",
        "/ressources/", "/ressources/sans-wifi-sans-forfait/", "/ressources/annoncer-la-data/", "/recherche/?q=sans+wifi",
        "/recherche/?q=xyzxyz", CARD, CARD + "conditions/", FULLEST_CARD, "/groupes/", "/groupes/siae-numeriques/", "/seances/",
        "/seances/comptes-rendus/", "/diagnostic/", "/diagnostic/mon-public/", "/compte/connexion/", "/compte/inscription/",
        "/charte/", "/donnees-ouvertes/", "/rien/du/tout/",
    ],
    "membre": [
        "/", CARD, "/groupes/cip-ile-de-france/", "/groupes/cip-ile-de-france/sujets/nouveau/", "/seances/", "/proposer/",
        "/proposer/mes-propositions/", "/compte/", "/compte/notifications/", "/compte/courriels/", "/compte/recherches/",
        "/compte/donnees/", "/compte/sessions/", "/diagnostic/",
    ],
    "animation": ["/groupes/cip-ile-de-france/animer/", "/groupes/cip-ile-de-france/decisions/"],
    "coordination": ["/compte/demandes/", "/compte/journal/", "/besoins/"],
}  # fmt: skip
# What is pressed to act is 44 px high, what is pressed at all 24; a link within a sentence is as high as its line.
MEASURE = """() => {
  const found = [], wide = document.documentElement.scrollWidth;
  if (wide > 320) found.push(`the page is ${wide} px wide`);
  const name = (one) => `${one.tagName.toLowerCase()} « ${(one.innerText || one.getAttribute("aria-label") || one.name || "").trim().slice(0, 30)} »`;
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length && !one.closest(".skip");
  const inSentence = (one) => getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((near) => near !== one && near.nodeType === 3 && /[\\p{L}]{2}/u.test(near.data));
  const box = (one) => {
    const label = one.matches("input") && ["checkbox", "radio"].includes(one.type) && one.labels?.[0];
    const [a, b] = [one.getBoundingClientRect(), label ? label.getBoundingClientRect() : one.getBoundingClientRect()];
    return [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  };
  for (const one of document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")) {
    if (!shown(one) || inSentence(one)) continue;
    const [width, height] = box(one);
    const acts = one.matches("button, .button, select, textarea, input:not([type=checkbox], [type=radio])");
    if (acts ? height < 43.5 : height < 23.5 || width < 23.5) found.push(`${name(one)} ${Math.round(width)} × ${Math.round(height)}`);
  }
  return [...new Set(found)];
}"""


def test_nothing_runs_off_the_smallest_phone_and_every_target_can_be_hit(open_page):
    missed = {}
    for role, addresses in PAGES.items():
        page = open_page(addresses[0], role=role)
        page.set_viewport_size({"width": 320, "height": 640})
        for address in addresses:
            page.goto(address)
            if found := page.evaluate(MEASURE):
                missed[f"{address} ({role or 'visitor'})"] = found
    assert missed == {}, "\n".join(f"{address}: {found}" for address, found in missed.items())
