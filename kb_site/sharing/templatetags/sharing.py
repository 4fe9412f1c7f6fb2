"""Tags of the pages that one shares: what stands in the head, and the block that sends.

{% block share %}{% share_head page %}{% endblock %}
{% share page %}
{% share_paper page %}
"""

from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.urls import reverse

from kb_site.addresses import absolute
from kb_site.identity.face import face

from .. import picture
from ..kinds import kind_of
from ..structured_data import structured_data

register = template.Library()


def _described(thing: Any, reader: Any) -> dict[str, Any]:
    """Return what may be said of this thing, asked once a page; empty where nothing may."""
    if not hasattr(thing, "_shared"):
        kind = kind_of(thing)
        is_public = kind is not None and kind.is_public(thing, reader)
        thing._shared = {}
        if kind is not None and (is_public or kind.members_send):
            thing._shared = {"shared": kind.describe(thing), "kind": kind.name, "key": thing.pk, "is_public": is_public}
    known: dict[str, Any] = thing._shared
    return known


@register.inclusion_tag("sharing/head.html", takes_context=True)
def share_head(context: template.Context, thing: Any) -> dict[str, Any]:
    """What other software shows of a link to this page; nothing for what is not public."""
    known = _described(thing, context["user"])
    if not known or not known["is_public"]:
        return {}
    shared = known["shared"]
    drawn = reverse("share_picture", args=[known["kind"], known["key"]])
    return {
        "SITE_NAME": face().name,
        "shared": shared,
        "address": absolute(shared.path),
        "picture": f"{absolute(drawn)}?v={picture.digest(shared)}",
        "structured": structured_data(shared),
    }


@register.inclusion_tag("components/share.html", takes_context=True)
def share(context: template.Context, thing: Any) -> dict[str, Any]:
    """The block that sends this page to somebody; nothing for what was confided."""
    known = _described(thing, context["user"])
    if not known:
        return {}
    shared = known["shared"]
    address = absolute(shared.path)
    words = [*([shared.summary] if shared.summary else []), *shared.facts] if known["is_public"] else []
    lines = [shared.title, *words, address]
    mail = urlencode({"subject": shared.title, "body": address}, quote_via=quote)
    return known | {
        "address": address,
        "text": "\n".join(lines),
        "sms": f"sms:?&body={quote(f'{shared.title} {address}')}",
        "mail": f"mailto:?{mail}",
    }


@register.inclusion_tag("components/share_paper.html", takes_context=True)
def share_paper(context: template.Context, thing: Any) -> dict[str, Any]:
    """The address and its QR code, on paper only; nothing for what is not public."""
    known = _described(thing, context["user"])
    return known | {"address": absolute(known["shared"].path)} if known else {}
