"""What templates name, style sheets know: a class renamed on one side only leaves a page without that look."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
CLASSES = re.compile(r'\bclass="([^"]*)"')
NAME = re.compile(r"[a-z][\w-]*[a-z\d]")
# Names that say what a part is and change nothing of how it looks.
WITHOUT_A_LOOK = {
    "data--light", "group-sessions", "home-part", "live-course", "proposal", "report", "tools", "topic-line",
    "wished",
}  # fmt: skip


def classes_of_pages() -> set[str]:
    """The classes written whole in our own pages; mails have their styles, the admin has Wagtail's."""
    found: set[str] = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        if "mails" in template.parts or "admin" in template.parts or "wagtailadmin/" in text:
            continue
        for names in CLASSES.findall(TAG.sub(" ", text)):
            found.update(name for name in names.split() if NAME.fullmatch(name))
    return found


def test_every_class_of_a_page_is_known_to_a_style_sheet_or_to_a_script():
    sheets = "".join(path.read_text("utf-8") for path in (ROOT / "kb_site/static").rglob("*.css"))
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "kb_site/static").rglob("*.js"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    unknown = {name for name in classes_of_pages() - styled - WITHOUT_A_LOOK if name not in scripts}
    assert unknown == set()
