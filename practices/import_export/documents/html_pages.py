"""A page saved from a site: its words, without its menus."""

from bs4 import BeautifulSoup

from .documents import Document
from .site_text import converted

_AROUND = ("nav", "header", "footer", "aside")
# Name of a fact → where pages say it.
_METADATA = {
    "description": ("description", "og:description", "twitter:description"),
    "author": ("author", "article:author"),
    "date": ("article:published_time", "date", "dc.date", "dcterms.date"),
    "keywords": ("keywords", "article:tag"),
    "publisher": ("og:site_name",),
}
_SITE_NAME_MARKS = (" | ", " – ", " - ", " — ", " • ")


def read_html(name: str, text: str, *, base: str = "") -> Document:
    """Return the document of an HTML page."""
    page = BeautifulSoup(text, "lxml")
    said: dict[str, list[str]] = {}
    for tag in page.find_all("meta"):
        key = str(tag.get("name") or tag.get("property") or "").lower()
        if key and (content := str(tag.get("content") or "").strip()):
            said.setdefault(key, []).append(content)
    facts = {}
    for fact, keys in _METADATA.items():
        if values := next((said[key] for key in keys if key in said), []):
            facts[fact] = " ; ".join(values)
    canonical = page.find("link", rel="canonical")
    own = str(canonical.get("href") or "") if canonical else next(iter(said.get("og:url", [])), "")
    if own.startswith(("http://", "https://")):
        facts["url"] = own
    heading = page.find("h1")
    title = heading.get_text(" ", strip=True) if heading else _title_of(page, said)
    main = page.find("main") or page.find(role="main") or page.find("article") or page.body or page
    for around in main.find_all(_AROUND):
        around.decompose()
    return Document(name, title, facts, converted(str(main), base=facts.get("url", "") or base))


def _title_of(page: BeautifulSoup, said: dict[str, list[str]]) -> str:
    if shared := said.get("og:title"):
        return shared[0]
    title = page.title.get_text(" ", strip=True) if page.title else ""
    for mark in _SITE_NAME_MARKS:
        if mark in title:
            return title.rpartition(mark)[0]
    return title
