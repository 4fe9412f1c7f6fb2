from . import SIGNED_IN, Door, everyone, only

COORDINATORS = only("coordination", "admin")

DOORS = {
    "account_profile": Door("/compte/", SIGNED_IN, post=everyone(422, visitor=302)),
    "account_email": Door("/compte/adresse/", everyone(302), post=everyone(302)),
    "account_requests": Door("/compte/demandes/", COORDINATORS),
    "account_decide": Door(
        "/compte/demandes/1/", only("coordination", "admin", status=302), post=only("coordination", "admin", status=302)
    ),
}
# allauth's screens: tests/members/test_accounts.py.
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
