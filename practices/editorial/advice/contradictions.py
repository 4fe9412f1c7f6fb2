"""What a card says against itself: its conditions, its audience, its data, its tools. For the editor, before publication.

Each is found with the rules that decide feasibility (practices/feasibility/), so that mending what is told changes what
readers are told.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...choices import Audience
from ...feasibility.card_facts import CardFacts, facts_of
from ...feasibility.lacks import Lack, Need
from ...feasibility.verdicts import MADE_FOR, Verdict, judge, says_how
from ...feasibility.ways import limits_exclude, main_needs
from ...models import PracticePage
from ...text_normalization import folded

# A note that says what the condition is essential for, or what those who lack it do.
_SAYS_WHAT_FOR = re.compile(r"^pour (?!ne\b|que\b)|\bsinon\b|\ba defaut\b|\bles autres\b|\bsi besoin\b")
_ONLY_SOMETIMES = re.compile(r"^(?:seulement|uniquement) (?:pour|si|quand|en)\b|^si (?:l'|la |le |un |une )")
_NUMBER_AND_CODE = re.compile(r"\bnumero\b.{0,30}\bcode\b|\bcode\b.{0,30}\bnumero\b")


def contradictions_of(card: PracticePage) -> list[str]:
    """Return, in words, what the card says against itself."""
    facts = facts_of(card)
    return [*_conditions(card, facts), *_unsaid(facts), *_audiences(facts), *_data(card, facts), *_tools(facts)]


def _conditions(card: PracticePage, facts: CardFacts) -> Iterator[str]:
    """Conditions called essential that leave nobody out."""
    for link in card.condition_links.all():
        lack, note = Lack.of(link.condition), folded(link.note)
        if not any(condition.slug == lack.slug and condition.essential for condition in facts.conditions):
            continue
        words = {"condition": lack.label}
        if _ONLY_SOMETIMES.search(note):
            yield _("« %(condition)s » est indispensable, mais sa précision dit « seulement… » : recommandée ?") % words
        elif lack.need is not None:
            verdict = judge(facts, [lack]).verdict
            if verdict is Verdict.FEASIBLE:
                yield _("« %(condition)s » n’écarte jamais personne ici : c’est le lieu ou le matériel de la structure, ou l’affaire des permanents. Retirez-la, ou dites ce que l’équipe doit avoir.") % words  # fmt: skip
            elif verdict is Verdict.FALLBACK and not _SAYS_WHAT_FOR.search(note):
                yield _("« %(condition)s » est indispensable, mais le repli sert les personnes à qui elle manque : recommandée, ou précisez pour quoi elle est indispensable.") % words  # fmt: skip


_UNSAID = {
    Need.DATA: gettext_lazy(
        "La pratique passe par internet chez les personnes : aucune condition ne parle de leur data."
    ),
    Need.SMARTPHONE: gettext_lazy(
        "L’outil principal demande un écran : aucune condition ne parle de smartphone ni d’ordinateur."
    ),
    Need.VIDEO: gettext_lazy("On rejoint une visio : aucune condition ne dit qu’il faut le savoir."),
    Need.READING: gettext_lazy("Il y a quelque chose à lire (écran, message) : aucune condition n’en parle."),
}


def _unsaid(facts: CardFacts) -> Iterator[str]:
    """What the main way asks, and that no condition says."""
    said = {condition.need for condition in facts.conditions}
    return (str(words) for need, words in _UNSAID.items() if need in main_needs(facts) - said)


def _audiences(facts: CardFacts) -> Iterator[str]:
    """Audiences that channels, steps or limits leave out."""
    for audience, need in MADE_FOR.items():
        if audience not in facts.audiences or need not in main_needs(facts) or says_how(facts, need):
            continue
        words = {"audience": Audience(audience).label}
        if limits_exclude(facts, need):
            yield _("Public « %(audience)s » : les limites disent de ne pas le faire avec ces personnes.") % words
        else:
            yield _("Public « %(audience)s » : ni repli, ni étape, ni adaptation ne dit comment faire avec ces personnes.") % words  # fmt: skip


def _data(card: PracticePage, facts: CardFacts) -> Iterator[str]:
    """Data shown against the way it is done."""
    shown = card.data_mb_per_hour
    if facts.is_between_staff or shown is None:
        return
    online = facts.is_online and not facts.on_site
    if online and shown.high == 0:
        yield _("La data affichée est 0, mais l’outil principal passe par internet chez les personnes.")
    if shown.low > 0 and (facts.on_site or not online):
        yield _("Une data est affichée, mais la pratique se fait sans internet ou dans la structure.")
    if shown.low > 0 and Audience.SANS_FORFAIT in facts.audiences:
        yield _("Public « Sans forfait data » : la fiche affiche pourtant une data par heure. Donnez celle de la voie la plus légère.")  # fmt: skip


def _tools(facts: CardFacts) -> Iterator[str]:
    """A number and a code promised by tools that have none."""
    online = [tool for tool in facts.tools if not tool.plain]
    if _NUMBER_AND_CODE.search(folded(facts.fallback)) and online and not any(tool.phone_in for tool in online):
        yield _("Le repli donne un numéro et un code, mais aucun des outils de la fiche n’a d’accès par téléphone.")
