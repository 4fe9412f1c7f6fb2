"""What is asked of every answer of the site, at any address and to anybody: the permission matrix, which visits all, asks it.

A rule for every answer is a function here, called by `faults`: no other walk through the addresses is made for it.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import html as lxml_html

LONG = 100  # characters: beyond, a field of one line holds a sentence that somebody thought about
# Long fields that hold a name.
NAMES = {"structure_declared": "of one's structure, in the account", "name": "of a passkey, of a saved search"}
# The form that has its own way to keep words, by the attribute that its script reads.
OTHER_WAYS = {"data-capture"}  # live_notes.js: a queue of notes, each sent by itself
# Their answers are the same for all, whoever asks: the views say so.
FOR_ALL = {"api_openapi", "api_pages", "api_search", "embedded_page", "embedded_search"}  # a session says nothing there
FOR_ALL |= {"open_data_file", "search_feed", "service_worker", "share_code", "share_picture", "sitemap", "web_manifest"}


def faults(name: str, method: str, role: str | None, answer) -> Iterator[str]:
    """Yield what is wrong with the answer of this address of the matrix to this role, a line each."""
    if role and name not in FOR_ALL and not is_private(answer):
        yield f"a cache may keep it: {answer.get('Cache-Control')}"
    if method == "get" and answer.status_code == 200 and lost(answer):  # noqa: PLR2004
        yield f"what is written is lost with the network: {lost(answer)}"
    if not answer.streaming and "text/html" in answer.get("Content-Type", ""):
        yield from (f"may break before a mark: {words}" for words in badly_set(answer.content.decode()))


# What answers somebody signed in is kept by no cache


def is_private(answer) -> bool:
    return {"private", "no-store"} <= set(re.split(r",\s*", answer.get("Cache-Control", "")))


# A form keeps what is written in it


class Forms(HTMLParser):
    """The forms that are posted: their attributes, and whether somebody writes in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], list[str]]] = []
        self.scripts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given.get("src") or "")
        elif tag == "form":
            self.inside = (given.get("method") or "").lower() == "post"
            if self.inside:
                self.found.append((given, []))
        elif self.inside and self.is_written(tag, given):
            self.found[-1][1].append(given.get("name") or "")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"

    @staticmethod
    def is_written(tag, given):
        if "readonly" in given:
            return False
        if given.get("name") in NAMES:
            return False
        one_line = tag == "input" and (given.get("type") or "text") == "text" and "autocomplete" not in given
        return tag == "textarea" or (one_line and int(given.get("maxlength") or LONG) >= LONG)


def forms_of(html):
    page = Forms()
    page.feed(html)
    return page


def losing(html):
    """The fields of a page whose words would be lost with the network."""
    page = forms_of(html)
    if not any("site.js" in script for script in page.scripts):
        return []  # Wagtail's administration
    lost = [fields for given, fields in page.found if fields and not {"data-keep", *OTHER_WAYS} & given.keys()]
    kept = any("data-keep" in given for given, _fields in page.found)
    if kept and not any("drafts" in script for script in page.scripts):
        lost.append(["no script"])
    return lost


def lost(answer):
    """The fields of an answer whose words would be lost with the network."""
    return losing(answer.content.decode()) if not answer.streaming and "html" in answer["Content-Type"] else []


# Words are set as French is: no mark is left alone at the beginning of a line

MARK_ALONE = re.compile(r"[^\n]{0,30}(?:[ \t\n][:;!?»]|«[ \t\n]|[\u00a0\u202f]{2})[^\n]{0,20}")
AS_TYPED = {"script", "style", "pre", "code", "kbd", "samp", "textarea"}
READ = ("alt", "aria-label", "content", "placeholder", "title")


def badly_set(page):
    """What a page shows or says where a line may break before « : ; ! ? » » or after « « », or leaves two spaces there."""
    if not page.strip():
        return []
    found = []
    for element in lxml_html.document_fromstring(page).iter():
        own = "" if element.tag in AS_TYPED or not isinstance(element.tag, str) else element.text or ""
        said = [element.get(name, "") for name in READ] if isinstance(element.tag, str) else []
        found += [words[0] for text in (*said, own, element.tail or "") for words in MARK_ALONE.finditer(text)]
    return found


def elements(html):
    """Number of elements laid out in a page: what its head says of it is none."""
    return len(re.findall(r"<[a-z]", html[html.index("<body") :]))
