"""What logs must not keep: the signed or secret part of an address, which opens something without signing in.

The URLconf says which parts those are (secret_addresses.py); whatever looks signed goes too.
"""

import logging
import re
from typing import Any

from django.apps import apps

from .secret_addresses import without_secrets

SIGNED = re.compile(r"[^/\s?=&]*(?::|%3[Aa])[\w-]{27,}")  # django.core.signing


def hide_secrets(text: str) -> str:
    """Return a line of a log without what opens something."""
    text = SIGNED.sub("…", text)
    # Before the apps are ready there is no URLconf to read, nor anybody who asks for an address.
    return without_secrets(text) if apps.ready else text


class HideSecrets(logging.Filter):
    """Replace such parts in the message and in what it is made of."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_secrets(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(hide_secrets(one) if isinstance(one, str) else one for one in record.args)
        return True


class LineWithoutSecrets(logging.Formatter):
    """One line a record; what a traceback quotes of an address is hidden too."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(super().format(record))


class HidingAtoms:
    """Mixed into gunicorn's logger (gunicorn.conf.py): what its access log may write of a request."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        found = super().atoms(*args)  # type: ignore[misc]
        return {name: hide_secrets(value) if isinstance(value, str) else value for name, value in found.items()}
