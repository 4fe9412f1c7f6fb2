"""What gunicorn reads by itself, however it is started."""

from gunicorn.glogging import Logger

from kb_site.logging_filters import HidingAtoms

# Seconds. Whoever sends on a connection at the instant when it is closed loses what was sent, a comment perhaps: proxies
# must let go first (Caddy waits 120 s, nginx 60).
keepalive = 130


class logger_class(HidingAtoms, Logger):  # noqa: N801 - the name that gunicorn reads
    """Its access log, when one asks for it (--access-logfile -), keeps no address that opens something."""
