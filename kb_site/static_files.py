"""What browsers keep for ever of our styles and scripts, and under which names."""

from typing import Any

from django.core.files.base import ContentFile
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names each file after what it holds, also inside the imports of scripts.

    A script imported under two names would run twice: what it knows of the page would not be shared.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.startswith("kb_site/") and name.endswith(".css"):
            content = ContentFile(cssmin(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved
