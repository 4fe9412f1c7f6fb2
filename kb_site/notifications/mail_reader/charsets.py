"""The bytes of a part, and their text, as mail readers take them: whatever its headers say, words come out.

Charsets are named by the WHATWG's Encoding Standard in what matters here: « iso-8859-1 » and « us-ascii » are read as
windows-1252. A declared charset that the bytes contradict is left aside: text that is valid UTF-8 beyond ASCII is UTF-8.
"""

import base64
import codecs
import re
from email.message import Message

# What these names stand for in practice.
_ALIASES = {
    "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252",
    "ascii": "windows-1252", "ansi": "windows-1252", "iso-8859-9": "windows-1254", "gb2312": "gb18030", "gbk": "gb18030",
    "utf8mb4": "utf-8", "utf-8-mac": "utf-8", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_NOT_ASCII = {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}


def bytes_of(part: Message) -> bytes:
    """Return what a part holds once its transfer encoding is undone; a broken one gives what can be read."""
    payload = part.get_payload()
    if isinstance(payload, str) and str(part.get("Content-Transfer-Encoding") or "").strip().lower() == "base64":
        return _from_base64(payload)
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _from_base64(payload: str) -> bytes:
    """Decode the lines that are base64, up to the first that is not: gateways add feet in clear."""
    coded = ""
    for line in payload.split("\n"):
        if not (line := line.strip()):
            continue
        if not _BASE64_LINE.fullmatch(line):
            break
        coded += line.rstrip("=")
    if not coded:
        return payload.encode("utf-8", "surrogateescape")
    usable = coded[: len(coded) - (len(coded) % 4 == 1)]  # one character alone codes nothing
    return base64.b64decode(usable + "=" * (-len(usable) % 4))


def text_of(part: Message) -> str:
    """Return the text of a part, its ends of lines as « \\n »."""
    content = bytes_of(part)
    return _decoded(content, _declared(part, content)).replace("\r\n", "\n").replace("\r", "\n")


def _declared(part: Message, content: bytes) -> str:
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        charset = ""
    if not charset and (named := _META.search(content[:4000])):
        charset = named.group(1).decode("ascii", "replace")
    return charset.strip("\"' ").lower()


def _decoded(content: bytes, declared: str) -> str:
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(codec, "replace")
    name = _ALIASES.get(declared, declared)
    if name not in _NOT_ASCII and not name.startswith("iso-2022"):
        text = content.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if (
            not broken or sum(letter > "\x7f" for letter in text) > 3 * broken
        ):  # a character cut in two is no other charset
            return text
    for codec in filter(None, (name, "windows-1252")):
        try:
            return content.decode(codec)
        except (LookupError, ValueError):
            continue
    return content.decode("windows-1252", "replace")
