"""Templates are read in a diff: a change shows the words that it changes."""

from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LONGEST_LINE = 200


def test_no_line_of_a_template_is_longer_than_a_screen():
    templates = [path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}]
    assert templates
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in templates
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []
