"""Makes all that a person reads of a mail from its one template: subject, text and HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kb_site.control_characters import without_control_characters
from kb_site.identity.face import face

from .plain_text import SPACES, text_of

# Invisible signs at the head of each HTML: where a program quotes a mail without saying so, its reader stops there.
BEGINS = "\u2063\u2062\u2063"
LONGEST_PREHEADER = 110  # characters that mail programs show beside a subject
_BUTTON = re.compile(r'(<a class="(?:button|choice)"[^>]*>)(.*?)(</a>)', re.DOTALL)
# Word gives no padding to a link: wide spaces, raised, make it as high and as large (Outlook on Windows alone reads them).
_WORD_BEFORE = '<!--[if mso]><i style="mso-font-width:150%;mso-text-raise:18px">&emsp;</i><![endif]-->'
_WORD_AFTER = '<!--[if mso]><i style="mso-font-width:150%">&emsp;&#8203;</i><![endif]-->'
LAYOUT = "mails/parts/layout"  # .html and .txt: what surrounds the body of every mail


@dataclass(frozen=True)
class Rendered:
    """A mail in words. Its text and its HTML say the same."""

    subject: str
    text: str
    html: str


def render_mail(
    template: str, context: Mapping[str, Any], *, stop_url: str = "", reply: str = "", published: bool = True
) -> Rendered:
    """Return what a mail says. `stop_url`: where it is stopped; `reply`: the address that takes an answer, which is
    `published`, or read by whoever wrote alone.

    Raises TemplateDoesNotExist.
    """
    shown = face()
    site = {"site_url": settings.SITE_URL, "site_name": shown.name, "colour": shown.colour}
    words = {**context, **site}
    subject = render_to_string(template, words | {"part": "subject"})
    body = render_to_string(template, words | {"part": "body"})
    text = text_of(body)
    place = render_to_string(template, words | {"part": "place"})
    around = site | {
        "stop_url": stop_url,
        "reply": reply,
        "published": published,
        "place": SPACES.sub(" ", place).strip(),
    }
    shown_beside = {"mark": BEGINS, "preheader": _preheader(text), "body": SafeString(_for_word(body))}
    return Rendered(
        # A title that was sent with a line break must not keep the mail.
        subject=SPACES.sub(" ", without_control_characters(subject)).strip(),
        text=without_control_characters(render_to_string(f"{LAYOUT}.txt", around | {"body": text})).strip(),
        html=without_control_characters(render_to_string(f"{LAYOUT}.html", around | shown_beside)),
    )


def _preheader(text: str) -> str:
    """Return the first words of a mail that say something: what follows its greeting."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and "://" not in line]
    said = lines[1:] if lines and lines[0].endswith(",") else lines
    return Truncator(" ".join(said)).chars(LONGEST_PREHEADER)


def _for_word(body: str) -> str:
    return _BUTTON.sub(rf"\1{_WORD_BEFORE}\2{_WORD_AFTER}\3", body)
