"""Sign-up of a person who comes from the identity server. Apart from openid_connect.py, which loads before forms exist."""

from typing import Any

from allauth.socialaccount.forms import SignupForm

from .sign_in import ask_email


class OpenIDSignupForm(SignupForm):
    """The address told by the identity server, then what SignupForm of profile.py asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_email(self.fields["email"])
