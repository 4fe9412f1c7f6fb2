"""The coordinators' screens: approve accounts in batches, find accounts, know the structures and their referents."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of, coordinator_required
from kb_site.http import form_status
from kb_site.mailing.bounces import addresses_stopped, lift_problems, problems_of

from ..forms.coordination import AccountFilterForm, AccountForm, BatchForm, StructureListForm
from ..forms.structures import InviteForm
from ..models import Structure, User
from ..requests import MemberRequest
from ..services.approval import approve_batch, change_account, refuse_batch
from ..services.roles import give_roles
from ..services.structure_list import read_structures, store_structures
from ..services.structures import NotTheReferent, TooManyInvitations, invite, name_referent, open_invitations

PER_PAGE = 30


@button_of("account_requests")
@coordinator_required
def batch(request: MemberRequest) -> HttpResponse:
    """Decide on the ticked accounts at once; what cannot be decided so stays in the list, and is said."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("account_requests")
    people = list(form.cleaned_data["comptes"])
    left: list[User] = []
    if form.cleaned_data["decision"] == BatchForm.REFUSE:
        done = refuse_batch(people=people, by=request.user)
    else:
        done, left = approve_batch(people=people, by=request.user)
    if done:
        words = ngettext("%s compte décidé : un e-mail prévient.", "%s comptes décidés : un e-mail prévient.", done)
        messages.success(request, words % done)
    if left:
        names = ", ".join(str(person) for person in left)
        messages.info(request, _("À décider un par un, faute d’une structure sûre : %s.") % names)
    return redirect("account_requests")


@require_safe
@coordinator_required
def account_list(request: MemberRequest) -> HttpResponse:
    """Every account, filtered."""
    form = AccountFilterForm(request.GET)
    people = User.objects.filter(erased_on=None).select_related("structure")
    page = Paginator(form.apply(people), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": query.urlencode(), "stopped": addresses_stopped().count()}
    return render(request, "account/coordination/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@coordinator_required
def account_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One account: its structure, its referent's role, whether it is open."""
    person = get_object_or_404(User.objects.select_related("structure", "decided_by"), pk=pk, erased_on=None)
    form = AccountForm(request.POST if request.method == "POST" else None, instance=person, by=request.user)
    if form.is_valid():
        _save(form, person, by=request.user)
        messages.success(request, _("C’est enregistré."))
        return redirect("account_detail", pk)
    context = {"person": person, "form": form, "problems": problems_of(person.email)}
    status = form_status(form)
    return render(request, "account/coordination/account.html", context, status=status)


@transaction.atomic
def _save(form: Any, person: User, *, by: User) -> None:
    referent = form.cleaned_data["is_referent"]
    chosen = form.cleaned_data
    change_account(by=by, user=person, structure=chosen["structure"], is_active=chosen["is_active"])
    try:
        name_referent(by=by, user=person, referent=referent)
    except NotTheReferent:
        name_referent(by=by, user=person, referent=False)
    give_roles(user=person, roles=chosen["roles"], by=by)
    if form.cleaned_data["address_works"]:
        lift_problems(email=person.email)


@require_safe
@coordinator_required
def structure_list(request: MemberRequest) -> HttpResponse:
    """The structures, how many of their people have an account, and who their referents are."""
    approved = Q(staff__status=User.Status.APPROVED, staff__is_active=True)
    rows = Structure.objects.select_related("network").annotate(people=Count("staff", filter=approved)).order_by("name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    referents: dict[int | None, list[User]] = {}
    for person in User.objects.filter(is_referent=True, structure__in=[row.pk for row in page.object_list]):
        referents.setdefault(person.structure_id, []).append(person)
    shown = [(row, referents.get(row.pk, [])) for row in page.object_list]
    return render(request, "account/coordination/structures.html", {"rows": shown, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@coordinator_required
def structures_import(request: MemberRequest) -> HttpResponse:
    """Structures pasted from a spreadsheet: what was understood first, then stored; all or none."""
    form = StructureListForm(request.POST if request.method == "POST" else None)
    rows = read_structures(form.cleaned_data["rows"]) if form.is_valid() else []
    faulty = [row for row in rows if row.problems]
    if faulty:
        form.add_error("rows", _("Rien n’est enregistré : corrigez les lignes signalées, puis recommencez."))
    elif form.is_valid() and not rows:
        form.add_error("rows", form.fields["rows"].error_messages["required"])
    elif rows and "store" in request.POST:
        stored = store_structures(form.cleaned_data["rows"])
        messages.success(
            request, ngettext("%s structure enregistrée.", "%s structures enregistrées.", len(stored)) % len(stored)
        )
        return redirect("structure_list")
    context = {"form": form, "rows": rows, "ready": bool(rows) and not faulty}
    return render(request, "account/coordination/structures_import.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@coordinator_required
def structure_people(request: MemberRequest, pk: int) -> HttpResponse:
    """Invite the people of a structure, by a list of addresses."""
    structure = get_object_or_404(Structure, pk=pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sent = invite(by=request.user, emails=form.cleaned_data["emails"], structure=structure)
        except TooManyInvitations:
            form.add_error("emails", _("Trop d’invitations attendent une réponse : 40 au plus."))
        else:
            words = _("%s invitation(s) envoyée(s).") % len(sent) if sent else _("Ces personnes sont déjà invitées.")
            messages.success(request, words)
            return redirect("structure_people", pk)
    context = {
        "structure": structure,
        "form": form,
        "staff": structure.staff.filter(is_active=True),
        "invitations": open_invitations(structure),
    }
    return render(request, "account/coordination/structure_people.html", context, status=form_status(form))
