"""The names under which browsers keep our styles and scripts for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names each file after what it holds, also inside the imports of scripts.

    A script imported under two names would run twice: what it knows of the page would not be shared.
    """

    support_js_module_import_aggregation = True
