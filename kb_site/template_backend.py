"""Django's templates, whose output is set as French is: pages, parts of pages, forms, messages and mails alike."""

from typing import Any

from django.http import HttpRequest
from django.template.backends import django
from django.utils.safestring import SafeString, mark_safe

from kb_site.french.typography import typeset_html


class TypesetTemplate(django.Template):
    """A template of any app, ours or not."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        return self.typeset(super().render(context, request))

    @staticmethod
    def typeset(html: str) -> SafeString:
        """Set what a template of ours made, or a block of one."""
        return mark_safe(typeset_html(html))  # noqa: S308 (as safe as what it was made of)


class TypesetTemplates(django.DjangoTemplates):
    """The one place where words become what is shown: no template, label or message thinks of no-break spaces."""

    def from_string(self, template_code: str) -> django.Template:
        return _typeset(super().from_string(template_code))

    def get_template(self, template_name: str) -> django.Template:
        return _typeset(super().get_template(template_name))


def _typeset(template: django.Template) -> TypesetTemplate:
    return TypesetTemplate(template.template, template.backend)
