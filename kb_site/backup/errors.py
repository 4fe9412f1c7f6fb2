class BackupError(Exception):
    """The backup cannot be made, read or brought back; the message says why, in one French sentence."""
