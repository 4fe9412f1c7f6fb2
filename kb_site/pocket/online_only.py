"""Forms that do not wait for the network: what they do is done at once, before the person, or not at all.

Every other form of an account waits on the device and leaves when the network is back (service_worker.js). What waits is
never a file: the text stays in its form, and the file is joined again.
"""

import re

# Addresses → why, for who reads this.
ONLINE_ONLY = {
    r"^/admin/": "the screens of editors keep their work in their own way, and lock what is being written",
    r"^/(?:documents|media)/": "files",
    r"^/compte/(?!courriels/|notifications/|suivis/)": "sign-in, codes, keys, roles, accounts, export, erasure: proved and seen at once",
    r"^/compte/courriels/(?:arreter|adresse|telephone/abonner)/": "one tap from a mail, whose effect one wants to see",
    r"^/(?:courriels|relecture)/": "opened by the link of a mail, without an account to wait for",
    r"^/groupes/[^/]+/decisions/": "who reads what was confided: agreed to on what is read now, with a fresh proof",
    r"^/groupes/[^/]+/animer/": "who is in a group, its charter and its state: seen at once by who decides",
    r"^/seances/.+/(?:animer|suivre)/": "a session that is held: a vote told tomorrow says something else; notes have their own queue",
    r"^/diagnostic/": "answered on anybody's phone, without an account: nothing stays on the device",
    r"^/ma-poche/": "what is put aside is fetched at once",
}


def why_online(path: str) -> str | None:
    """Return why a form sent to this address does not wait; None when it does."""
    return next((reason for address, reason in ONLINE_ONLY.items() if re.search(address, path)), None)
