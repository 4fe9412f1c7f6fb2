"""The charter that a new group starts from: its facilitators change it with the group."""

from django.utils.translation import gettext as _


def first_charter() -> str:
    """Return a short charter, in the marks that charters are shown with (« ## », « - »)."""
    return _(
        """## Ce que nous nous promettons
- Ce qui se dit ici reste ici. On raconte ailleurs l’idée, jamais qui l’a dite.
- Jamais le nom d’une personne accompagnée, ni ce qui la ferait reconnaître.
- On parle de ce qu’on a fait ou vu. Un essai raté vaut un essai réussi.
- On répond, même d’un mot : une question sans réponse fait partir.

## Ce que deviennent les mots
- Les membres du groupe les lisent ; personne d’autre.
- Une idée utile devient une fiche, avec l’accord de qui l’a dite.
- Qui part choisit : ses messages restent, signés « Ancien membre », ou s’effacent.

## Si quelque chose ne va pas
- On le signale, ou on l’écrit à l’animation. Elle répond."""
    )
