"""What logs must not keep: the signed or secret part of an address, which opens something without signing in."""

import logging
import re

SECRET = re.compile(
    r"[^/\s?=&]*:[\w-]{27,}"  # signed (django.core.signing)
    r"|(?<=/diagnostic/repondre/)\w+"  # a code for one answer
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.ics)"  # a private calendar
)


class HideSecrets(logging.Filter):
    """Replace such parts in the message and in what it is made of."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET.sub("…", str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(SECRET.sub("…", one) if isinstance(one, str) else one for one in record.args)
        return True
