"""The tokens of those who read the site from a program, and the addresses that are told of what changes."""

import base64
import hashlib
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

PREFIX = "pr_"  # so that a token lost in a public repository is recognised


def digest_of(token: str) -> str:
    """Return what is kept of a token: it has 256 bits of chance in it, a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    """Reads what the person who made it may read, as long as they may; its text is shown once and not kept."""

    name = models.CharField(_("pour quoi faire"), max_length=80, help_text=_("Par exemple : « Site du réseau »."))
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(_("utilisé le"), null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, *, name: str, by: User) -> tuple[Self, str]:
        """Return a new token and its text."""
        text = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(name=name, created_by=by, digest=digest_of(text)), text


SECRET_PREFIX = "whsec_"  # noqa: S105 (the mark of Standard Webhooks, no secret)


def new_secret() -> str:
    """Return a secret as Standard Webhooks writes it: base64 after its prefix."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


class Webhook(models.Model):
    """An address of another site that is told when something that all may read is published, changed or withdrawn."""

    name = models.CharField(_("pour quoi faire"), max_length=80, help_text=_("Par exemple : « Site du réseau »."))
    address = models.URLField(_("adresse qui reçoit"), help_text=_("En https://."))
    secret = models.CharField(max_length=80, default=new_secret)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_sent_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
