"""How long things wait in the life of an account; told to people on pages and in mails."""

import datetime

# How soon coordinators decide of an account, as people are told; then coordinators are reminded.
DECIDED_WITHIN = datetime.timedelta(days=3)
MONTH = datetime.timedelta(days=365.25 / 12)
# Between the person's request and the erasure: time to change one's mind.
WAITING = datetime.timedelta(days=14)
# Without a visit: a warning, then the erasure, and at least this long between the two.
WARN_AFTER, ERASE_AFTER = 23 * MONTH, 24 * MONTH
WARNED_FOR = datetime.timedelta(days=30)
# Between an administrator's request for another address and the change: time for its owner to keep the one they have.
ADDRESS_NOTICE = datetime.timedelta(days=7)
