"""Cards and tools, which people put aside."""

from django.utils.translation import gettext_lazy as _

from kb_site.pocket.kinds import PocketKind, register_pocket_kind

from .models import PracticePage, ToolPage


def register() -> None:
    """Declare cards and tools. Any copy may stay on a device: whoever reads them may print them as well."""
    for name, model, label in (("fiche", PracticePage, _("Fiche pratique")), ("outil", ToolPage, _("Outil"))):
        register_pocket_kind(
            PocketKind(
                name=name,
                model=model,
                label=label,
                visible_to=model.objects.visible_to,
                title=lambda page: page.title,
                url=lambda page: page.get_url() or "",
                changed_at=lambda page: page.last_published_at,
                may_leave=lambda page: True,
            )
        )
