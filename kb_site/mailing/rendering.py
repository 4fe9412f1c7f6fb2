"""Makes all that a person reads of a mail from its one template: subject, text and HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from kb_site.control_characters import without_control_characters
from kb_site.identity.face import face

from .plain_text import SPACES, text_of

LAYOUT = "mails/parts/layout"  # .html and .txt: what surrounds the body of every mail


@dataclass(frozen=True)
class Rendered:
    """A mail in words. Its text and its HTML say the same."""

    subject: str
    text: str
    html: str


def render_mail(template: str, context: Mapping[str, Any], *, stop_url: str = "", reply: str = "") -> Rendered:
    """Return what a mail says. `stop_url`: where it is stopped; `reply`: the address under which an answer is published.

    Raises TemplateDoesNotExist.
    """
    shown = face()
    site = {"site_url": settings.SITE_URL, "site_name": shown.name, "colour": shown.colour}
    words = {**context, **site}
    subject = render_to_string(template, words | {"part": "subject"})
    body = render_to_string(template, words | {"part": "body"})
    around = site | {"stop_url": stop_url, "reply": reply}
    return Rendered(
        # A title that was sent with a line break must not keep the mail.
        subject=SPACES.sub(" ", without_control_characters(subject)).strip(),
        text=without_control_characters(render_to_string(f"{LAYOUT}.txt", around | {"body": text_of(body)})).strip(),
        html=without_control_characters(render_to_string(f"{LAYOUT}.html", around | {"body": body})),
    )
