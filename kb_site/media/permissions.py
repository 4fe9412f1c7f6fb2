"""Who may see an image or a document: who may read a page that shows it."""

from typing import Any

from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from kb_site.identity.face import face


def may_be_seen_by(user: Any, medium: Any) -> bool:
    """Whether this person may see an image or a document of the site.

    One page that they may read and that uses it is enough; the logo of the site is on all. Editors also see what no page
    uses yet.
    """
    logo = face().logo
    if isinstance(medium, get_image_model()) and logo and logo.image == medium.pk:
        return True
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    used_by = ReferenceIndex.get_references_to(medium).values_list("base_content_type__model", "object_id")
    ids = {int(pk) for model, pk in used_by if model == Page._meta.model_name}
    pages = Page.objects.live().filter(pk__in=ids).specific() if ids else ()
    return any(page.is_visible_to(user) for page in pages if hasattr(page, "is_visible_to"))
