"""The request of somebody who signed in, as the views behind kb_site/access.py receive it."""

from django.http import HttpRequest

from .models import User


class MemberRequest(HttpRequest):
    """A request that went through one of the decorators of kb_site/access.py."""

    user: User
