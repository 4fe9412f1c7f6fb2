"""What the home page tells those who approve accounts: who waits for them."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.french.dates import french_date
from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, moment, register

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


register(HomeBlock(name="comptes", part=Part.ROLE, rows=_pending, line=_line, order=5))
