"""Create the structure of the site; safe to run at every deployment."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.search.models import IndexEntry

from kb_site.helplines.services import ensure_helplines
from kb_site.home.site_structure import ensure_site_structure
from kb_site.media.storages import close_folders


class Command(BaseCommand):
    help = "Crée ce qui manque : groupes, arbre des pages, sections des réseaux, numéros d’aide."

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(settings.SITE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        ensure_site_structure(name=settings.SITE_NAME, host=address.hostname or "localhost", port=port)
        ensure_helplines()
        close_folders()
        if not IndexEntry.objects.filter(content_type__app_label="members", content_type__model="user").exists():
            call_command(
                "update_index", verbosity=0
            )  # the lists of the editing screens find by words that were not kept before
        self.stdout.write("Structure du site : prête.")
