"""Places on somebody's machine: a document that links a file says where it lies, and often the name of an account."""

import re

_OF_A_MACHINE = re.compile(
    r"\s*(?:file:|[a-z]:[\\/]\w|/[a-z]/(?:users|home)|\\\\\w|~/|/(?:home|users|volumes|mnt|media|private|root)/)",
    re.IGNORECASE,
)


def is_on_a_machine(text: str) -> bool:
    """Whether a text is the place of a file on a machine or a shared drive: « C:/Users/… », « /home/… », « file:… »."""
    return _OF_A_MACHINE.match(text) is not None
