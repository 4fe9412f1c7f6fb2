"""French typography, off until a test asks for it: what a test looks for on a page is written as in the sources.

With it, the title of a card would not be found by the words of the card. `typography` (tests/conftest.py) turns it on for the
walk through every address, for what pages weigh, and for whatever a browser shows.
"""

from django.template.backends import django

from kb_site.template_backend import TypesetTemplates


class SwitchedTemplates(TypesetTemplates):
    """The site's templates, whose output is set while `on`."""

    on = False

    def get_template(self, template_name: str) -> django.Template:
        if SwitchedTemplates.on:
            return super().get_template(template_name)
        return django.DjangoTemplates.get_template(self, template_name)
