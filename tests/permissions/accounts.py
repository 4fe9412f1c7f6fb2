from kb_site.accounts.models import Structure, User

from . import BUTTON, SIGNED_IN, Door, everyone, only

COORDINATORS = only("coordination", "admin")
# The door of a structure's referent: none of the sample roles is one; tests/accounts/test_structures.py opens it.
REFERENTS = only()


def an_account() -> str:
    return f"/compte/comptes/{User.objects.get(email='membre@example.org').pk}/"


def a_structure() -> str:
    return f"/compte/structures/{Structure.objects.order_by('pk').values_list('pk', flat=True)[0]}/"


DOORS = {
    "account_profile": Door("/compte/", SIGNED_IN, post=everyone(422, visitor=302)),
    "account_email": Door("/compte/adresse/", SIGNED_IN, post=everyone(422, visitor=302)),
    "address_keep": Door("/compte/adresse/garder/", BUTTON, post=everyone(302)),
    "account_requests": Door("/compte/demandes/", COORDINATORS),
    "account_decide": Door("/compte/demandes/1/", BUTTON, post=only("coordination", "admin", status=302)),
    "account_batch": Door("/compte/demandes/lot/", BUTTON, post=only("coordination", "admin", status=302)),
    "account_list": Door("/compte/comptes/", COORDINATORS),
    "account_detail": Door(an_account, COORDINATORS, post=only("coordination", "admin", status=302)),
    "account_address": Door(lambda: f"{an_account()}adresse/", only("admin"), post=only("admin", status=422)),
    "structure_list": Door("/compte/structures/", COORDINATORS),
    "structures_import": Door(
        "/compte/structures/importer/", COORDINATORS, post=only("coordination", "admin", status=422)
    ),
    "structure_people": Door(a_structure, COORDINATORS, post=only("coordination", "admin", status=422)),
    "structure_staff": Door("/compte/structure/", REFERENTS),
    "structure_invite": Door("/compte/structure/inviter/", BUTTON, post=REFERENTS),
    "invitation_withdraw": Door("/compte/structure/invitations/1/retirer/", BUTTON, post=REFERENTS),
    "structure_remove": Door("/compte/structure/collegues/1/retirer/", REFERENTS, post=REFERENTS),
    "structure_declare": Door(
        "/compte/structure/declarer/",
        everyone(404, visitor=302, attente=200),
        post=everyone(404, visitor=302, attente=422),
    ),
    "structure_invitation": Door("/compte/invitation/1:faux/", everyone(404), post=everyone(404)),
    "my_data": Door("/compte/donnees/", SIGNED_IN),
    "my_data_export": Door("/compte/donnees/export/", BUTTON, post=SIGNED_IN),
    "erasure_ask": Door("/compte/donnees/effacer/", BUTTON, post=everyone(302)),
    "erasure_cancel": Door("/compte/donnees/garder/", BUTTON, post=everyone(302)),
    "account_sessions": Door("/compte/sessions/", SIGNED_IN),
    "sessions_close": Door("/compte/sessions/fermer/", BUTTON, post=everyone(302)),
    "session_close": Door("/compte/sessions/1/fermer/", BUTTON, post=everyone(302)),
    "mfa_list_webauthn": Door("/compte/cles/", SIGNED_IN, post=everyone(405, visitor=302)),
    "mfa_add_webauthn": Door("/compte/cles/ajouter/", SIGNED_IN, post=SIGNED_IN),
    "mfa_remove_webauthn": Door("/compte/cles/1/retirer/", everyone(404, visitor=302), post=everyone(404, visitor=302)),
    "mfa_index": Door("/compte/cles/liste/", everyone(302), post=everyone(302)),
    "mfa_login_webauthn": Door("/compte/connexion/cle/", everyone(302), post=everyone(302)),
}
# allauth's screens: tests/accounts/.
ELSEWHERE = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_signup",
    "account_email_verification_sent",
    "account_inactive",
    "account_reauthenticate",
    "account_reset_password",
}
