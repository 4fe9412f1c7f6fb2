"""What browsers keep for ever of our styles and scripts, and under which names."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BREAK = re.compile(r"\s*\n\s*")


def without_comments(css: str) -> str:
    """Return a style sheet of ours without what only its readers here need: comments and indents.

    A sixth of the common sheet once compressed, on the way to the first screen of every page. No string of ours holds
    the mark of a comment.
    """
    return BREAK.sub("\n", COMMENT.sub("", css)).strip()


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names each file after what it holds, also inside the imports of scripts.

    A script imported under two names would run twice: what it knows of the page would not be shared.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.startswith("kb_site/") and name.endswith(".css"):
            content = ContentFile(without_comments(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved
