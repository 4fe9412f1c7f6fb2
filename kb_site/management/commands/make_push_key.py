"""Make the key with which the site signs what it tells phones: once for a site, kept with its other secrets."""

from typing import Any

from django.core.management.base import BaseCommand

from kb_site.notifications.push import new_private_key


class Command(BaseCommand):
    help = "Make a key for WEB_PUSH_PRIVATE_KEY (docs/deploy.md). Phones that follow an older key must be asked again."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"WEB_PUSH_PRIVATE_KEY={new_private_key()}")
