"""What the home page tells coordinators: who waits for their decision, whom our mails do not reach."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.french.dates import french_date
from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, moment, register
from kb_site.mailing.bounces import addresses_stopped

from .models import User, full_name_in_sql


def _pending(user: Any) -> QuerySet[Any, Any]:
    """The accounts that wait, for a coordinator; nobody's for anyone else."""
    decides = User.objects.coordinators().filter(pk=user.pk)
    waiting = User.objects.pending().filter(Exists(decides)).annotate(who=full_name_in_sql())
    return waiting.values(row=JSONObject(id="pk", who="who", since="date_joined"))[:SHOWN]


def _line(row: dict[str, Any]) -> Line:
    address = f"{reverse('account_requests')}?compte={row['id']}"
    since = _("depuis le %s") % french_date(moment(row["since"]), "j F")
    return Line(_("Compte à valider : %s") % row["who"], address, since)


def _unreached(user: Any) -> QuerySet[Any, Any]:
    """The accounts whose address our mails do not reach, for a coordinator; nobody's for anyone else."""
    decides = User.objects.coordinators().filter(pk=user.pk)
    stopped = addresses_stopped().order_by().filter(email__iexact=OuterRef("email"))
    people = User.objects.filter(Exists(decides), Exists(stopped), is_active=True).annotate(who=full_name_in_sql())
    return people.order_by("pk").values(row=JSONObject(id="pk", who="who"))[:SHOWN]


def _unreached_line(row: dict[str, Any]) -> Line:
    words = _("Nos e-mails n’arrivent plus à : %s") % row["who"]
    return Line(words, reverse("account_detail", args=[row["id"]]), _("La page du compte dit pourquoi."))


register(HomeBlock(name="comptes", part=Part.ROLE, rows=_pending, line=_line, order=5))
register(HomeBlock(name="adresses", part=Part.ROLE, rows=_unreached, line=_unreached_line, order=8))
