"""How French counts: « 0 réponse », « 1 réponse », « 2 réponses ».

Our strings are French in the source, and no catalogue translates them: gettext would then count as English does, and say
« 0 réponses ».
"""

from gettext import NullTranslations

from django.conf import settings
from django.utils.translation import trans_real

PLURAL_FROM = 2


class FrenchSource(NullTranslations):
    """What the catalogues fall back on for strings that stand in no catalogue."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < PLURAL_FROM else msgid2

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


def count_as_french() -> None:
    """Let every string of ours be counted so, from the start of the process."""
    trans_real.translation(settings.LANGUAGE_CODE).add_fallback(FrenchSource())
