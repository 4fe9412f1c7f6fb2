"""Why the site keeps each part of what it keeps, and on which basis of the GDPR (article 6): for the notice to people."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Matter


@dataclass(frozen=True)
class Purpose:
    why: str | Promise
    basis: str | Promise


CONTRACT = _("le service que vous demandez (article 6.1.b)")
INTEREST = _("l’intérêt légitime des réseaux à partager leurs pratiques (article 6.1.f)")
CONSENT = _("votre accord, que vous retirez quand vous voulez (article 6.1.a)")

# A test demands a line for each part.
PURPOSES: dict[Matter, Purpose] = {
    Matter.ACCOUNT: Purpose(_("Ouvrir votre compte, le protéger, savoir qui parle à qui"), CONTRACT),
    Matter.WRITTEN: Purpose(_("Améliorer les fiches avec ce que vous en dites"), INTEREST),
    Matter.GROUPS: Purpose(_("Échanger entre pairs, tenir des séances et leurs comptes rendus"), CONTRACT),
    Matter.FOLLOWED: Purpose(_("Vous prévenir de ce que vous avez choisi de suivre"), CONSENT),
    Matter.EDITED: Purpose(_("Savoir qui a relu, publié, décidé, et pouvoir en répondre"), INTEREST),
    Matter.NAMELESS: Purpose(_("Compter les besoins et protéger le site, sans nommer personne"), INTEREST),
}
