"""What a network says of its site once, on one screen, and that no update overwrites."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.images import get_image_model_string

from .colours import check_colour


@register_setting(icon="site", order=10)
class Identity(BaseGenericSetting):
    """The face of the site, and who answers for it. One row; the defaults of the settings until it is written."""

    name = models.CharField(_("nom du site"), max_length=40, default="", blank=True)
    sentence = models.CharField(
        _("en une phrase"),
        max_length=160,
        blank=True,
        help_text=_("À quoi sert le site. Les moteurs de recherche et les partages la montrent."),
    )
    promise = models.CharField(
        _("titre de l’accueil"),
        max_length=80,
        blank=True,
        help_text=_("Vide : « Ce qui marche, quand on accompagne »."),
    )
    footer = models.CharField(
        _("bas de page"), max_length=200, blank=True, help_text=_("Une phrase : qui porte le site, qui le finance.")
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Montré à 32 pixels de haut, à côté du nom ; il pèse sur chaque première visite."),
    )
    colour = models.CharField(
        _("couleur"),
        max_length=7,
        blank=True,
        validators=[check_colour],
        help_text=_("Celle des liens et des boutons, par exemple #7a1fa2. Celle de la nuit en est tirée."),
    )
    sender = models.CharField(
        _("nom de l’expéditeur des e-mails"),
        max_length=60,
        blank=True,
        help_text=_("Vide : le nom du site. L’adresse est un réglage du serveur (DEFAULT_FROM_EMAIL)."),
    )
    publisher = models.CharField(_("éditeur du site"), max_length=150, blank=True)
    publisher_address = models.CharField(_("adresse de l’éditeur"), max_length=200, blank=True)
    publication_director = models.CharField(_("responsable de la publication"), max_length=150, blank=True)
    host = models.CharField(
        _("hébergeur"), max_length=250, blank=True, help_text=_("Nom, adresse et téléphone (loi du 21 juin 2004).")
    )
    contact = models.EmailField(_("adresse de contact"), blank=True)
    data_contact = models.EmailField(
        _("contact pour les données personnelles"), blank=True, help_text=_("Vide : l’adresse de contact.")
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("sentence"),
                FieldPanel("promise"),
                FieldPanel("footer"),
                FieldRowPanel([FieldPanel("logo"), FieldPanel("colour")]),
                FieldPanel("sender"),
            ],
            heading=_("Ce que l’on voit"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(_("Les mentions légales les reprennent.")),
                *map(FieldPanel, ("publisher", "publisher_address", "publication_director", "host")),
                FieldRowPanel([FieldPanel("contact"), FieldPanel("data_contact")]),
            ],
            heading=_("Qui en répond"),
        ),
    ]

    class Meta:
        verbose_name = _("identité du site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="identity_is_one")]

    def __str__(self) -> str:
        return self.name or settings.SITE_NAME

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        self.colour = self.colour.lower()
        super().save(*args, **kwargs)
