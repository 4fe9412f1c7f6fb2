"""What the journal keeps of accounts and roles (kb_site/journal/)."""

from django.utils.translation import gettext_lazy as _

from kb_site.journal.kinds import Kind, Matter, register

APPROVED = register(Kind("accounts.approved", Matter.ACCOUNTS, _("a validé le compte de")))
REFUSED = register(Kind("accounts.refused", Matter.ACCOUNTS, _("a refusé le compte de")))
DETACHED = register(Kind("accounts.detached", Matter.ACCOUNTS, _("a retiré de sa structure")))
MOVED = register(Kind("accounts.moved", Matter.ACCOUNTS, _("a changé la structure de")))
OPENED = register(Kind("accounts.opened", Matter.ACCOUNTS, _("a rouvert le compte de")))
CLOSED = register(Kind("accounts.closed", Matter.ACCOUNTS, _("a fermé le compte de")))
REFERENT_NAMED = register(
    Kind("accounts.referent_named", Matter.ROLES, _("a nommé référent ou référente de sa structure"))
)
REFERENT_ENDED = register(
    Kind("accounts.referent_ended", Matter.ROLES, _("a retiré le rôle de référent ou référente de sa structure à"))
)
ROLE_GIVEN = register(Kind("accounts.role_given", Matter.ROLES, _("a donné un rôle à")))
ROLE_TAKEN = register(Kind("accounts.role_taken", Matter.ROLES, _("a retiré un rôle à")))
ROLE_REDEFINED = register(Kind("accounts.role_redefined", Matter.ROLES, _("a changé ce que peut le rôle")))
ADMINISTRATOR_NAMED = register(Kind("accounts.administrator_named", Matter.ROLES, _("a donné tous les droits à")))
ADMINISTRATOR_ENDED = register(Kind("accounts.administrator_ended", Matter.ROLES, _("a retiré tous les droits à")))
EXPORTED = register(Kind("accounts.exported", Matter.DATA, _("a emporté ses données")))
ERASURE_ASKED = register(Kind("accounts.erasure_asked", Matter.DATA, _("a demandé l’effacement de son compte")))
ERASURE_CANCELLED = register(Kind("accounts.erasure_cancelled", Matter.DATA, _("a renoncé à effacer son compte")))
ERASED = register(Kind("accounts.erased", Matter.DATA, _("a effacé le compte de")))
ADDRESS_CHANGED = register(Kind("accounts.address_changed", Matter.SIGNING_IN, _("a changé l’adresse de son compte")))
ADDRESS_ASKED = register(
    Kind("accounts.address_asked", Matter.SIGNING_IN, _("a demandé une autre adresse pour le compte de"))
)
ADDRESS_KEPT = register(
    Kind("accounts.address_kept", Matter.SIGNING_IN, _("a gardé son adresse, qu’une administration voulait changer"))
)
ADDRESS_GIVEN = register(Kind("accounts.address_given", Matter.SIGNING_IN, _("a donné une autre adresse au compte de")))
PASSKEY_ADDED = register(Kind("accounts.passkey_added", Matter.SIGNING_IN, _("a ajouté une clé d’accès")))
PASSKEY_REMOVED = register(Kind("accounts.passkey_removed", Matter.SIGNING_IN, _("a retiré une clé d’accès")))
