"""Cards that people miss, asked of the editors."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class CardRequest(models.Model):
    """A need without a card. Members ask, others say « moi aussi », an editor answers with a page or says why not."""

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        ANSWERED = "answered", _("une fiche y répond")
        DECLINED = "declined", _("pas de fiche prévue")

    need = models.CharField(_("ce qui manque"), max_length=150)
    details = models.TextField(_("précisions"), blank=True)
    # The terms of `need` in order: the same need in other words of the same family is the same request.
    key = models.CharField(max_length=300, db_index=True, editable=False)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("demandée par"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    supporters = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Support", related_name="+")
    answer_page = models.ForeignKey(
        Page, verbose_name=_("page qui répond"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(
        _("réponse"), blank=True, help_text=_("Quelques mots pour les personnes qui ont demandé.")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fiche demandée")
        verbose_name_plural = _("fiches demandées")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["state", "-asked_at"], name="card_request_state")]

    def __str__(self) -> str:
        return self.need

    @property
    def answer_key(self) -> str:
        """The key of the page that answers (see entries.py), "" without one."""
        return f"page:{self.answer_page_id}" if self.answer_page_id else ""


class Support(models.Model):
    """« Moi aussi »: one person misses that card; the one who asked is the first."""

    request = models.ForeignKey(CardRequest, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint("request", "user", name="one_support_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} + {self.request_id}"
