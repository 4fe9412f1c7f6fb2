"""What the guard says: a passage, of which kind it is, why it matters, and the words that may stand in its place."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAME = _("Un nom de personne ? Écrivez plutôt « une salariée », « un participant ».")

EXPLANATIONS: dict[str, str | Promise] = {
    "courriel": _("Une adresse e-mail. Retirez-la, ou mettez celle d’un service."),
    "nir": _("Cela ressemble à un numéro de sécurité sociale. Retirez-le."),
    "iban": _("Cela ressemble à un numéro de compte bancaire. Retirez-le."),
    "telephone": _("Un numéro de téléphone. Retirez-le, sauf si c’est celui d’un service ouvert à tous."),
    "profil": _("Le profil d’une personne sur un réseau social. Retirez-le."),
    "adresse": _("Une adresse postale. Retirez-la si c’est celle d’une personne."),
    "naissance": _("Une date de naissance. Donnez plutôt une tranche d’âge."),
    "dossier": _("Un numéro de dossier ou de pièce d’identité. Retirez-le."),
    "plaque": _("Une plaque d’immatriculation. Retirez-la."),
    "nom": _NAME,
    "fait": _("Un prénom à côté d’un fait qui peut nuire à la personne. Retirez le prénom."),
}
PLACEHOLDERS: dict[str, str | Promise] = {
    "courriel": _("[adresse e-mail]"),
    "nir": _("[numéro de sécurité sociale]"),
    "iban": _("[compte bancaire]"),
    "telephone": _("[téléphone]"),
    "profil": _("[profil]"),
    "adresse": _("[adresse]"),
    "naissance": _("[date de naissance]"),
    "dossier": _("[numéro]"),
    "plaque": _("[plaque]"),
}
# In the place of any name, after its civility: an initial would be pointed at again, rightly in a team of ten.
NAME = _("[nom]")


@dataclass(frozen=True)
class Finding:
    """One passage: its kind, its words, where it stands in the text (start included, end excluded), and why it matters.

    `name_start`: where the name alone begins, after a civility or « s’appelle »; none: where the passage does.
    """

    kind: str
    text: str
    start: int
    end: int
    explanation: str | Promise
    name_start: int | None = None

    @property
    def masked(self) -> str:
        """Return what may stand in its place: « M. [nom] », « [téléphone] »."""
        if self.kind in PLACEHOLDERS:
            return str(PLACEHOLDERS[self.kind])
        place = 0 if self.name_start is None else self.name_start - self.start
        return f"{self.text[:place]}{NAME}"
