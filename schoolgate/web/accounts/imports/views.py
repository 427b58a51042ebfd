"""Bringing a list of the accounts that are there already: the file, its columns, the look, taking it in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts.actions.importing import (
    drop_account_import,
    explain_account_columns,
    start_account_import,
    take_in_accounts,
    what_comes_of_accounts,
)
from schoolgate.accounts.importing.fields import TOO_SHORT
from schoolgate.accounts.importing.here import look_here
from schoolgate.accounts.importing.planning import Plan
from schoolgate.accounts.importing.report import report_of
from schoolgate.accounts.models import AccountImport
from schoolgate.accounts.queries.brought_in import import_for, imports
from schoolgate.accounts.rules.brought_in import check_may_bring_in
from schoolgate.accounts.states.brought_in import MOST_ACCOUNTS
from schoolgate.core.errors import BadInput
from schoolgate.people.lists.columns import headings_of, shape_of
from schoolgate.people.lists.storing import KeptList, keep_list
from schoolgate.people.rules import can
from schoolgate.people.sheets import LARGEST
from schoolgate.web.accounts.imports.forms import AccountColumnsForm, AccountListForm
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.lists import ENDED, Brought, brings_back, columns_shown, lines_shown, state_tag
from schoolgate.web.frame.parts import PlaceLink, beside_accounts
from schoolgate.web.frame.read_first import read_first


def _keep(content: bytes, visit: Visit) -> KeptList:
    here = visit.federation.pk
    return keep_list(content, federation_id=here, most_rows=MOST_ACCOUNTS + 1, too_short=TOO_SHORT)


_bring_back = brings_back(import_for)


@page(place="accounts", check=check_may_bring_in, prepare=read_first(_keep, most=LARGEST))
def bring(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The newest lists, and bringing another."""
    form = AccountListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if isinstance(visit.prepared, KeptList):
            importing = start_account_import(by=visit.person, at=visit.at, kept=visit.prepared)
            to = "accounts-import-look" if importing.mapping else "accounts-import-columns"
            return redirect(to, importing.pk)
        form.refuse(visit.prepared)
    rows = [
        {"import": each, "mine": each.by_id == visit.person.pk, "tag": state_tag(each)} for each in imports()
    ]
    context = {"form": form, "rows": rows}
    return render(request, "accounts_import/bring.html", context, status=422 if form.errors else 200)


@page(place="accounts", check=check_may_bring_in, prepare=_bring_back)
def columns(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say which column is what."""
    brought: Brought[AccountImport] = visit.prepared
    sheet, importing = brought.lines, brought.importing
    headings = headings_of(sheet, too_short=TOO_SHORT)
    form = AccountColumnsForm(
        request.POST or None, headings=headings, here=look_here(visit.on), kept=importing.mapping
    )
    if request.method == "POST" and form.is_valid():
        try:
            explain_account_columns(
                by=visit.person, at=visit.at, importing=importing, sheet=sheet, shape=shape_of(headings),
                name=form.cleaned_data["name_of_mapping"], columns=form.columns, defaults=form.defaults,
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            return redirect("accounts-import-look", pk)
    context = columns_shown(form, importing, sheet, headings, place="accounts-import")
    return render(request, "lists/columns.html", context, status=422 if form.errors else 200)


@page(place="accounts", check=check_may_bring_in, prepare=_bring_back, methods=("GET", "HEAD"))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """What would come of each line; once it has ended, what came of it."""
    brought: Brought[AccountImport] = visit.prepared
    importing = brought.importing
    if brought.sheet is None:
        context = {"importing": importing, "ended": ENDED[importing.state], "counts": importing.counts}
        return render(request, "accounts_import/ended.html", context)
    if importing.mapping is None:
        return redirect("accounts-import-columns", pk)
    plan = _plan(visit, brought)
    context = {"importing": importing, "plan": plan, **lines_shown(request, plan.lines, plan.counts)}
    return render(request, "accounts_import/look.html", context)


def _plan(visit: Visit, brought: Brought[AccountImport]) -> Plan:
    return what_comes_of_accounts(brought.importing, brought.lines, on=visit.on)


@page(check=check_may_bring_in, prepare=_bring_back, methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the list in, exactly as it was shown."""
    brought: Brought[AccountImport] = visit.prepared
    over = take_in_accounts(
        by=visit.person, at=visit.at, importing=brought.importing, sheet=brought.lines,
        seen=request.POST.get("seen", ""),
    )  # fmt: skip
    number = over.counts["accounts_added"]
    told = ngettext(
        "{number} account is now on the register. It can’t post yet.",
        "{number} accounts are now on the register. They can’t post yet.",
        number,
    )
    return done(request, told.format(number=number), "accounts-there")


@page(check=check_may_bring_in, methods=("POST",))
def drop(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do not take the list in."""
    drop_account_import(by=visit.person, at=visit.at, importing=import_for(visit.person, pk))
    return done(request, _("Import cancelled. Nothing was imported."), "accounts-import")


@page(check=check_may_bring_in, prepare=_bring_back, methods=("GET", "HEAD"))
def report(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Every line and what would come of it, as a CSV file."""
    answer = HttpResponse(report_of(_plan(visit, visit.prepared)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="accounts-{pk}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@beside_accounts
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """For those who bring such a list."""
    if not can(check_may_bring_in, visit.person, on=visit.on):
        return None
    return PlaceLink("accounts-import", _("Import existing accounts"))


urlpatterns = [
    path("accounts/import", bring, name="accounts-import"),
    path("accounts/import/<int:pk>", look, name="accounts-import-look"),
    path("accounts/import/<int:pk>/columns", columns, name="accounts-import-columns"),
    path("accounts/import/<int:pk>/confirm", confirm, name="accounts-import-confirm"),
    path("accounts/import/<int:pk>/drop", drop, name="accounts-import-drop"),
    path("accounts/import/<int:pk>/report", report, name="accounts-import-report"),
]
