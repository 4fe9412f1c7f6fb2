"""A network gives the site its name, colour, logo and words, on one screen; updates leave them as they are."""

import re
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from kb_site.identity.colours import LEGIBLE, NIGHT_PAPER, PAPER, check_colour, contrast, style_of
from kb_site.identity.models import Identity
from kb_site.mailing.rendering import render_mail
from kb_site.mailing.send import sender
from kb_site.office_documents import blank_document

SCREEN = "/admin/settings/identity/identity/1/"


@pytest.fixture(autouse=True)
def face_of_this_test(db):
    """Tests are rolled back, what is kept of the face would not be."""
    caches["face"].clear()
    yield
    caches["face"].clear()


@pytest.fixture
def chosen():
    image = get_image_model().objects.create(
        title="Logo", file=ImageFile(get_test_image_file().file, name="logo-essai.png")
    )
    identity = Identity.objects.create(
        name="Le Maillon", promise="Ensemble, on trouve", footer="Porté par le Maillon.", colour="#7A1FA2", logo=image
    )
    yield identity
    for rendition in image.renditions.all():
        rendition.file.delete(save=False)
    image.file.delete(save=False)


@pytest.mark.usefixtures("chosen")
def test_documents_that_leave_the_site_are_said_to_be_of_it():
    assert blank_document(title="Rapport").core_properties.author == "Le Maillon"


@pytest.mark.usefixtures("chosen")
def test_every_page_and_mail_bears_the_name_the_colour_and_the_words_of_the_network(account):
    answer = Client().get("/")
    page = answer.content.decode()
    assert "Le Maillon</a>" in re.search(r'class="brand logo".*?</a>', page, re.DOTALL)[0]
    assert "Ensemble, on trouve" in page
    assert "Porté par le Maillon." in page
    assert 'content="#7a1fa2"' in page
    style = re.search("<style>(.*?)</style>", page)[1]
    assert "--green:#7a1fa2" in style
    mail = render_mail("mails/account_approved.html", {"to": account("membre")})
    assert "Le Maillon" in mail.text
    assert "#7a1fa2" in mail.html
    assert sender().startswith("Le Maillon <")


@pytest.mark.usefixtures("chosen")
def test_the_policy_of_contents_allows_this_style_alone_and_visitors_see_the_logo():
    answer = Client().get("/")
    assert re.search(r"style-src 'self' 'sha256-[\w+/]+='", answer.headers["Content-Security-Policy"])
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    logo = re.search(r'<img src="(/media/images/[^"]+)"', answer.content.decode())[1]
    assert Client().get(logo).status_code == 200


def test_without_a_choice_the_site_asks_for_nothing_more_than_before():
    answer = Client().get("/")
    assert "<style>" not in answer.content.decode()
    assert "sha256" not in answer.headers["Content-Security-Policy"]


def test_the_coordination_writes_it_and_reads_it_on_the_next_page(signed_in, django_capture_on_commit_callbacks):
    browser = signed_in("coordination")
    browser.get("/admin/settings/identity/identity/")  # leads to the screen of the only row
    typed = dict.fromkeys(re.findall(r'name="([a-z_]+)"', browser.get(SCREEN).content.decode()), "")
    Client().get("/")  # what was shown until then is kept
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(SCREEN, typed | {"name": "Le Maillon", "colour": "#7a1fa2"})
    assert answer.status_code == 302
    assert 'href="/">Le Maillon</a>' in Client().get("/").content.decode()


def test_a_colour_that_nobody_can_read_is_refused_beside_its_field_with_one_that_suits(signed_in):
    Identity.objects.create()
    answer = signed_in("coordination").post(SCREEN, {"name": "Le Maillon", "colour": "#ffcc00"})
    page = answer.content.decode()
    assert "trop claire" in page
    assert "Le Maillon" in page
    proposed = re.search(r"Essayez (#[0-9a-f]{6})", page)[1]
    check_colour(proposed)


@given(st.integers(0, 2**24 - 1))
def test_words_stay_legible_day_and_night_whatever_colour_is_taken(number):
    colour = f"#{number:06x}"
    try:
        check_colour(colour)
    except ValidationError as refusal:
        [proposed] = re.findall(r"#[0-9a-f]{6}", refusal.messages[0])
        check_colour(proposed)
        return
    day, day_tint, night, night_tint = re.findall(r"#[0-9a-f]{6}", style_of(colour))
    assert contrast(day, PAPER) >= LEGIBLE
    assert contrast(day, day_tint) >= LEGIBLE
    assert contrast(night, NIGHT_PAPER) >= LEGIBLE
    assert contrast(night, night_tint) >= LEGIBLE


@pytest.mark.parametrize("typed", ["rouge", "#12345", "#12345g", "1f4d45"])
def test_what_is_no_colour_is_said_so(typed):
    with pytest.raises(ValidationError, match="six chiffres"):
        check_colour(typed)


def test_an_update_overwrites_nothing_of_what_was_named_on_screen():
    Site.objects.update(site_name="Le Maillon")
    Identity.objects.create(name="Le Maillon")
    call_command("setup_site", stdout=StringIO())
    assert Site.objects.get().site_name == "Le Maillon"
    assert Identity.objects.get().name == "Le Maillon"


def test_whoever_finds_a_weakness_reads_whom_to_tell():
    assert Client().get("/.well-known/security.txt").status_code == 404
    Identity.objects.create(contact="contact@maillon.example")
    caches["face"].clear()
    said = Client().get("/.well-known/security.txt").content.decode().splitlines()
    assert said[0] == "Contact: mailto:contact@maillon.example"
    assert said[1].startswith("Expires: 2")
