"""The export of a WordPress site (« WXR »): its posts and pages, not its menus, files nor comments."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from ..limits import FileRefused
from .documents import Document
from .site_text import converted

MARK = b"http://wordpress.org/export/"
_NOT_WORDS = {"attachment", "nav_menu_item", "revision", "customize_changeset", "wp_global_styles", "wp_navigation"}
_NOT_WORDS |= {"wp_template", "wp_template_part", "oembed_cache", "user_request", "wp_font_family", "wp_font_face"}
_BLOCK_TAG = re.compile(r"<(?:p|div|ul|ol|table|blockquote|h[1-6]|section|figure)[\s>]", re.IGNORECASE)
# [caption id="…"]…[/caption], [gallery ids="1,2"], [embed]…[/embed]: the mark goes, the words between stay.
_SHORT_CODE = re.compile(
    r"\[/?(?:[a-z][\w-]*(?:\s+[\w-]+=[^\]]*)|(?:caption|gallery|embed|audio|video|playlist)\s*|/[\w-]+)/?\]|\[/[a-z][\w-]*\]"
)
_BLANK_LINE = re.compile(r"\n\s*\n")


def is_wordpress(content: bytes) -> bool:
    return MARK in content[:4000]


def read_wordpress(content: bytes) -> Iterator[Document]:
    """Yield the posts and pages of an export. Raises FileRefused."""
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise FileRefused(_("Ce fichier XML déclare ce qu’un export de WordPress ne déclare pas."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(_("Cet export de WordPress ne se lit pas.")) from error
    if root is None:
        raise FileRefused(_("Cet export de WordPress ne se lit pas."))
    home = _text(root, "channel/link")
    for item in root.iter("item"):
        kind = _local(item, "post_type") or "post"
        if kind in _NOT_WORDS or _local(item, "status") == "trash":
            continue
        yield _document(item, kind, home)


def _document(item: etree._Element, kind: str, home: str) -> Document:
    address = _text(item, "link")
    name = _local(item, "post_name") or f"{kind}-{_local(item, 'post_id')}"
    labels: dict[str, list[str]] = {}
    for label in item.findall("category"):
        labels.setdefault(str(label.get("domain") or "category"), []).append((label.text or "").strip())
    facts = {
        "url": address,
        "excerpt": " ".join(_local(item, "encoded", of="excerpt").split()),
        "author": _local(item, "creator"),
        "date": _local(item, "post_date").partition(" ")[0],
        "status": _local(item, "status"),
        "post_type": kind,
        "categories": " ; ".join(labels.pop("category", [])),
        "tags": " ; ".join(labels.pop("post_tag", [])),
        **{domain: " ; ".join(names) for domain, names in labels.items()},
        **_own_fields(item),
    }
    html = _local(item, "encoded", of="content")
    read = converted(_with_paragraphs(_SHORT_CODE.sub("", html)), base=address or home)
    return Document(name, _text(item, "title"), {key: value for key, value in facts.items() if value}, read)


def _own_fields(item: etree._Element) -> dict[str, str]:
    """What a site added to its pages; names that begin with « _ » are WordPress's own."""
    found = {}
    for meta in item:
        if etree.QName(meta).localname == "postmeta":
            key, value = _local(meta, "meta_key"), _local(meta, "meta_value")
            if key and not key.startswith("_") and not value.startswith(("a:", "O:")):
                found[key] = value
    return found


def _with_paragraphs(html: str) -> str:
    """The older editor of WordPress writes no <p>: a blank line ends a paragraph, an end of line is one."""
    if _BLOCK_TAG.search(html):
        return html
    parts = filter(None, (part.strip() for part in _BLANK_LINE.split(html.replace("\r\n", "\n"))))
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in parts)


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def _local(element: etree._Element, name: str, *, of: str = "") -> str:
    """Return the text of a child by its name, whatever the version of its namespace; `of` tells two of one name apart."""
    for child in element:
        tag = etree.QName(child)
        if tag.localname == name and (not of or f"/{of}/" in (tag.namespace or "")):
            return (child.text or "").strip()
    return ""
