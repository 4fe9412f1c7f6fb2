"""How long things wait before an account ends; told to people in mails and on the page of personal data."""

import datetime

MONTH = datetime.timedelta(days=365.25 / 12)
# Between the person's request and the erasure: time to change one's mind.
WAITING = datetime.timedelta(days=14)
# Without a visit: a warning, then the erasure, and at least this long between the two.
WARN_AFTER, ERASE_AFTER = 23 * MONTH, 24 * MONTH
WARNED_FOR = datetime.timedelta(days=30)
# Between an administrator's request for another address and the change: time for its owner to keep the one they have.
ADDRESS_NOTICE = datetime.timedelta(days=7)
