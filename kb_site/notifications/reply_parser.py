"""Keeps of an e-mail what its author just wrote: the quoted message, the signature and the attachments are dropped, which
its author is told of.

mail-parser-reply was tried: it misses French headers that a mail reader folds on two lines, and its patterns slow down on
long hostile text. Our own mails carry a line to answer above, which settles most cases; the rest is a few headers.
"""

import html
import re
from email.message import EmailMessage

import nh3

from kb_site.control_characters import without_control_characters

MARKER = re.compile(r"^[>\s]*—? ?R[ée]pondez au-dessus de cette ligne", re.IGNORECASE)
# « Le lun. 24 nov. 2026 à 10:12, Passe-relais <…> a écrit : », folded or not; the same in English.
WROTE = re.compile(r"^[>\s]*(Le .{3,200}a\s+écrit|On .{3,200}wrote)\s?:\s*$", re.IGNORECASE)
HEADER = re.compile(r"^[>\s]*(De|From|Expéditeur)\s?:\s.{3,}$", re.IGNORECASE)
HEADER_NEXT = re.compile(r"^[>\s]*(Envoyé|Date|Sent|À|To|Objet|Subject)( le)?\s?:", re.IGNORECASE)
RULE = re.compile(
    r"^\s*(_{10,}|-{3,} ?(Message d[’']origine|Original Message|Message transféré) ?-{3,})\s*$", re.IGNORECASE
)
SIGNATURE = re.compile(r"^(-- ?|Envoyé (de|depuis) mon .{1,40}|Sent from my .{1,40}|Télécharger Outlook .{1,80})$")
LONGEST = 100_000  # characters read: nobody answers at greater length
# The parts that sign a mail, and Outlook's copy of its own layout: never files for whoever sends it.
SIGNING = {
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/ms-tnef", "text/vcard", "text/x-vcard",
}  # fmt: skip
TINY = 10_000  # bytes; a smaller picture is the logo of a signature
LOGO = 150_000  # the same where the picture is shown within the words: a pasted photo is heavier
FOLDED = 3  # lines on which a header may be folded


def text_of(message: EmailMessage) -> str:
    """Return the text of a message, from its plain part or else from its HTML; "" when there is none."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())[:LONGEST]
    except (LookupError, UnicodeError):  # a charset that does not exist
        return ""
    if part.get_content_subtype() == "html":
        with_lines = re.sub(r"<(br|/p|/div|/li|/blockquote)\b[^>]{0,200}>", "\n", content, flags=re.IGNORECASE)
        content = html.unescape(nh3.clean(with_lines, tags=set(), clean_content_tags={"style", "script", "head"}))
    return without_control_characters(content.replace("\r\n", "\n"))


def new_words(text: str) -> str:
    """Return what was written above the quoted message, without the signature."""
    lines = text.split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        if MARKER.match(line) or RULE.match(line) or SIGNATURE.match(line.rstrip()) or _opens_quote(lines, index):
            break
        kept.append(line.rstrip())
    while kept and (not kept[-1] or kept[-1].startswith(">")):
        kept.pop()
    return "\n".join(kept).strip()


def _opens_quote(lines: list[str], index: int) -> bool:
    line = lines[index]
    if HEADER.match(line) and any(HEADER_NEXT.match(after) for after in lines[index + 1 : index + 3]):
        return True
    return any(WROTE.match(" ".join(lines[index : index + count])) for count in range(1, FOLDED + 1))


def count_files(message: EmailMessage) -> int:
    """Return how many files the sender joined, or showed within the words; what signs a mail is none."""
    if message.get_content_maintype() == "multipart":
        return sum(count_files(part) for part in message.iter_parts() if isinstance(part, EmailMessage))
    kind, disposition = message.get_content_type(), message.get_content_disposition()
    if kind in SIGNING or (disposition != "attachment" and kind.startswith("text/")):
        return 0
    if kind.startswith("image/"):
        return int(len(message.get_payload(decode=True) or b"") > (LOGO if "Content-ID" in message else TINY))
    return 1
