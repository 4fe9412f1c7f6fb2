"""Each mail of the site, word for word, as text and as HTML.

What a mail says is read in snapshots/. After a change that you want: UPDATE_MAILS=1 pytest tests/mails, then read the diff.
"""

import os
import re
from pathlib import Path

import pytest

from kb_site.mails import MAILS
from kb_site.notifications.send import render

from . import composing

SNAPSHOTS = Path(__file__).parent / "snapshots"
ADDRESS = re.compile(r"https?://[^\s\"<>]+|mailto:[^\s\"<>]+")
TOKEN = re.compile(
    r"[^/?=&]*(?::|%3A|[A-Z][^/?=&]{19}|[0-9a-f]{40})[^/?=&]*"
)  # what is signed: it changes with ids and keys


def stable(text: str) -> str:
    """Return a mail without what changes from one database to the next: ids and signed parts of addresses."""

    def address(found: re.Match[str]) -> str:
        scheme, _slashes, rest = found[0].partition("://")
        host, slash, path = rest.partition("/")
        path = re.sub(r"\b\d+(?=[-/&]|$)", "N", TOKEN.sub("JETON", path))
        return f"{scheme}://{host}{slash}{path}"

    return ADDRESS.sub(address, text).strip() + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_says_what_its_snapshot_says(name, settings):
    settings.SITE_URL = "https://passe-relais.example"
    to, ids = getattr(composing, name)()
    mail = MAILS[name](to=to, **ids)
    assert mail is not None, "the example has nothing to say"
    message = render(mail, to, key="essai")
    ((html, _type),) = message.alternatives
    said = {".txt": stable(f"Objet : {message.subject}\n\n{message.body}"), ".html": stable(html)}
    for suffix, text in said.items():
        file = SNAPSHOTS / f"{name}{suffix}"
        if os.environ.get("UPDATE_MAILS"):
            file.write_text(text, "utf-8")
        assert text == (file.read_text("utf-8") if file.exists() else "")
    assert len(message.subject) < 100
    for address in ADDRESS.findall(message.body):
        assert address.rstrip(".,") in html.replace("&amp;", "&"), "both versions lead to the same places"


def test_no_snapshot_outlives_its_mail():
    assert {file.stem for file in SNAPSHOTS.iterdir()} == set(MAILS)
