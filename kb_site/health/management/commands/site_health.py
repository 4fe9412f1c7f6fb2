"""Say how the site is doing; for a timer that tells someone when it is not well."""

from typing import Any

from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb_site.accounts.models import User
from kb_site.health.checks import examine
from kb_site.identity.face import face
from kb_site.mailing.send import sender


class Command(BaseCommand):
    help = "Dit ce qui va et ce qui ne va pas ; finit par une erreur si quelque chose demande quelqu’un."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mail", action="store_true", help="Écrit aux administrateurs, sans passer par la file des tâches."
        )

    def handle(self, *args: Any, mail: bool, **options: Any) -> None:
        found = examine()
        lines = [
            f"{'+' if one.is_well else '!'} {check.label} : {one.words} {one.advice}".rstrip() for check, one in found
        ]
        self.stdout.write("\n".join(lines))
        unwell = [str(check.label) for check, one in found if not one.is_well]
        if not unwell:
            return
        if mail:
            people = User.objects.filter(is_superuser=True, is_active=True).values_list("email", flat=True)
            for address in people:  # one mail each: nobody reads the addresses of the others
                send_mail(f"{face().name} : à voir, {', '.join(unwell)}", "\n".join(lines), sender(), [address])
        raise CommandError(f"À voir : {', '.join(unwell)}.")
