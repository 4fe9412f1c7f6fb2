"""What the journal of the coordination keeps of groups (kb_site/journal/): who leads them, how confidential they are."""

from django.utils.translation import gettext_lazy as _

from kb_site.journal.kinds import Kind, Matter, register

from .choices import DecisionKind

OF_DECISIONS = {
    DecisionKind.NAMING: register(Kind("exchange_groups.led", Matter.GROUPS, _("a confié l’animation d’un groupe à"))),
    DecisionKind.ENDING: register(
        Kind("exchange_groups.no_longer_led", Matter.GROUPS, _("a retiré l’animation d’un groupe à"))
    ),
    DecisionKind.OPENING: register(Kind("exchange_groups.opened", Matter.GROUPS, _("a ouvert un groupe"))),
    DecisionKind.TIGHTENING: register(Kind("exchange_groups.tightened", Matter.GROUPS, _("a resserré un groupe"))),
}
