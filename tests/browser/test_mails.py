"""The look of mails in Chromium, on a narrow phone and in a wide window, by day and by night."""

import os

import pytest
from django.db import transaction
from django.template import Context, Template
from django.template.loader import render_to_string

from kb_site.identity.face import face
from kb_site.mailing.send import render
from kb_site.mails import MAILS
from tests.mails import composing

LAYOUT = "mails/parts/layout.html"
TARGET = 44  # CSS pixels, the least height of what a finger touches
BODY = f"""
<p>Bonjour Awa,</p>
<h1>Titre</h1>
<table><tr><th scope="row"><b>Téléphone</b></th><td><a href="https://e.fr/">https://e.fr/{"tres-long" * 30}</a></td></tr></table>
<h2>Partie</h2>
<blockquote>{"Un mot sans fin" * 3} {"motsansfin" * 30}</blockquote>
<p><a class="button" href="https://e.fr/">Ouvrir</a></p>
<p><a class="choice" href="https://e.fr/1">Oui</a> <a class="choice" href="https://e.fr/2">Non</a></p>
<p class="code">123456</p><p class="small">Un <a href="https://e.fr/">petit lien</a></p><ul><li><small>Petit</small></li></ul>
"""
RULES_OF_PAGES = ("region", "landmark-one-main", "page-has-heading-one")  # a mail is shown inside another page


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700])
def test_a_mail_is_readable_and_its_buttons_are_large(chromium, axe_violations, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    words = {
        "body": Template(BODY).render(Context()),
        "mark": "",
        "preheader": "Ce que dit le mail",
        "place": "Le groupe du jeudi",
        "reply": "",
        "published": True,
        "site_url": "https://e.fr",
        "site_name": "Passe-relais",
        "colour": face().colour,
        "stop_url": "https://e.fr/stop",
    }
    page.set_content(render_to_string(LAYOUT, words))
    heights = [link.bounding_box()["height"] for link in page.locator(".button, .choice").all()]
    assert min(heights) >= TARGET
    assert page.evaluate("document.documentElement.scrollWidth") == width, "nothing is cut off at the side"
    assert page.locator("th b").bounding_box()["height"] < 2 * 20, "its word stays on one line"
    wrong = [found for found in axe_violations(page) if not found.startswith(RULES_OF_PAGES)]
    context.close()
    assert wrong == []


@pytest.mark.django_db
def test_every_mail_fits_a_narrow_phone_and_its_buttons_a_finger(chromium, settings):
    settings.REPLY_ADDRESS = "reponse@exemple.fr"
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    wrong = []
    for name in MAILS:
        with transaction.atomic():
            to, ids = getattr(composing, name)()
            message = render(MAILS[name](to=to, **ids), to, key="essai")
            transaction.set_rollback(True)
        page.set_content(message.alternatives[0][0])
        heights = page.evaluate("[...document.querySelectorAll('.button, .choice')].map((one) => one.offsetHeight)")
        width = page.evaluate("document.documentElement.scrollWidth")
        hidden = page.evaluate("document.body.innerText").count("\u2063")
        if width > 360 or min(heights, default=TARGET) < TARGET or hidden:
            wrong.append((name, width, heights, hidden))
        if os.environ.get("KEEP_MAILS"):
            page.screenshot(path=f"{os.environ['KEEP_MAILS']}/{name}.png", full_page=True)
    context.close()
    assert wrong == []
