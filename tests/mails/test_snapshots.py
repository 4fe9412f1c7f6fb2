"""Each mail of the site, word for word, in its text form; the HTML form comes from the same template.

What a mail says is read in snapshots/. After a change that you want: UPDATE_MAILS=1 pytest tests/mails, then read the diff.
"""

import os
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb_site.mailing.rendering import Rendered, render_mail
from kb_site.mailing.send import render
from kb_site.mails import MAILS

from . import composing

SNAPSHOTS = Path(__file__).parent / "snapshots"
LAYOUTS = Path(__file__).parent / "layouts"
SIGN_IN = (
    "login_code",
    "email_confirmation",
    "email_confirmation_signup",
    "unknown_account",
    "account_already_exists",
    "new_address_code",
    "address_changed",
)
ADDRESS = re.compile(r"https?://[^\s\"<>]+|mailto:[^\s\"<>]+")
TOKEN = re.compile(
    r"[^/?=&]*(?::|%3A|[A-Z][^/?=&]{19}|[0-9a-f]{40})[^/?=&]*"
)  # what is signed: it changes with ids and keys
MOST_BYTES = 20_000


def stable(text: str) -> str:
    """Return a mail without what changes from one database to the next: ids and signed parts of addresses."""

    def address(found: re.Match[str]) -> str:
        scheme, _slashes, rest = found[0].partition("://")
        host, slash, path = rest.partition("/")
        path = re.sub(r"\b\d+(?=[-/&]|$)", "N", TOKEN.sub("JETON", path))
        return f"{scheme}://{host}{slash}{path}"

    return ADDRESS.sub(address, text).strip() + "\n"


def check_snapshot(file: Path, text: str) -> None:
    if os.environ.get("UPDATE_MAILS"):
        file.write_text(text, "utf-8")
    assert text == (file.read_text("utf-8") if file.exists() else "")


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://passe-relais.example"


@pytest.fixture
def compose(db):
    """Return a function that composes and renders a mail of the list, or one of sign-in, from its example."""

    def composed(name: str) -> Rendered:
        if name in SIGN_IN:
            return render_mail(f"account/email/{name}.html", {"code": "123456"})
        to, ids = getattr(composing, name)()
        mail = MAILS[name](to=to, **ids)
        assert mail is not None, "the example has nothing to say"
        assert mail.name == name, "a mail has the name of its template"
        message = render(mail, to, key="essai")
        ((html, _type),) = message.alternatives
        return Rendered(str(message.subject), str(message.body), html)

    return composed


@pytest.mark.parametrize("name", [*MAILS, *SIGN_IN])
def test_a_mail_says_what_its_snapshot_says(name, compose):
    mail = compose(name)
    check_snapshot(SNAPSHOTS / f"{name}.txt", stable(f"Objet : {mail.subject}\n\n{mail.text}"))
    assert 0 < len(mail.subject) < 100
    assert len(mail.html.encode()) + len(mail.text.encode()) < MOST_BYTES
    assert "<img" not in mail.html


@pytest.mark.parametrize("name", [*MAILS, *SIGN_IN])
def test_both_forms_of_a_mail_lead_to_the_same_places_by_full_addresses(name, compose):
    mail = compose(name)
    links = [link["href"] for link in BeautifulSoup(mail.html, "html.parser").find_all("a")]
    written = [address.rstrip(".,") for address in ADDRESS.findall(mail.text)]
    assert {link for link in links if not link.startswith("tel:")} == set(written)


def test_no_snapshot_outlives_its_mail():
    assert {file.name for file in SNAPSHOTS.iterdir()} == {f"{name}.txt" for name in [*MAILS, *SIGN_IN]}


# What surrounds every mail, whole


def test_the_layout_of_a_mail_about_the_account(compose):
    check_snapshot(LAYOUTS / "account_approved.html", stable(compose("account_approved").html))


def test_the_layout_of_a_mail_that_may_be_answered_and_stopped(compose, settings):
    settings.REPLY_ADDRESS = "reponse@passe-relais.example"
    mail = compose("notifications_at_once")
    check_snapshot(LAYOUTS / "notifications_at_once.html", stable(mail.html))
    check_snapshot(LAYOUTS / "notifications_at_once.txt", stable(mail.text))
