"""Accounts that were there before Schoolgate: their list imported, all of them, the card on an account's
page, permission to continue meanwhile, and the way to the decision that the policy requires.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts import access, opening_facts, proposals
from schoolgate.accounts.importing import ACCOUNTS, Field, look_here, offered
from schoolgate.accounts.models import Account, AccountKind, ImportedAccount
from schoolgate.accounts.opening import purposes_listed, readers_listed, say_what_it_is_for
from schoolgate.accounts.opening_facts import (
    check_may_bring_in,
    check_may_say_purpose,
    check_to_be_regular,
    role_that_lets,
)
from schoolgate.accounts.proposal_form import deciders, lets_go_on
from schoolgate.accounts.proposing import OVER, let_go_on, propose_account_there, take_back_going_on
from schoolgate.people.queries import holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.register_wording import network_name, since_in_words
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, at, form_page, radios, yes_no
from schoolgate.web.frame.lists import NOTHING, Columns, ImportPages
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_account_page


class GoOnForm(SchoolForm):
    """Permission for an account to continue meanwhile."""

    until = DayField(
        label=_("Until which date?"),
        help_text=_(
            "The last day of permission, within a year from now. You’ll be asked again before it ends."
        ),
    )
    reason = forms.CharField(
        label=_("Why may it continue meanwhile?"),
        help_text=_("Your reason appears on the account’s page and in reports, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )


class AboutForm(SchoolForm):
    """Purpose and audience of an account where no proposal says them."""

    policy_help = {
        "purpose": (at("account.propose", "aim", "purpose"), at("account.purpose", "school_purpose")),
        "audience": (at("account.propose", "intended_audience", "audience"),),
    }

    purpose = forms.CharField(
        label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    audience = forms.CharField(
        label=_("Audience"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000, required=False
    )

    def __init__(
        self, *args: Any, account: Account, listed: Sequence[str], readers: Sequence[str], **kwargs: Any
    ) -> None:
        initial = {
            "purpose": account.purpose,
            "audience": account.audience,
            "kind": account.kind,
            "pupils": yes_no(account.pupils_in_audience),
            "youngest": account.youngest_pupil,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for key, label, words in (
            ("listed", _("Which of the policy’s purposes does it have?"), listed),
            ("readers", _("Which of the policy’s audiences does it write for?"), readers),
        ):
            if words:
                self.fields[key] = forms.MultipleChoiceField(
                    label=label, choices=[(one, one) for one in words], required=False,
                    widget=forms.CheckboxSelectMultiple, help_text=_("The policy’s answer has been saved."),
                )  # fmt: skip
        if account.proposal_id is not None:  # its proposal says the rest
            return
        self.fields["kind"] = radios(_("Account type"), AccountKind.choices)
        self.fields["pupils"] = forms.ChoiceField(
            label=_("Does its audience include pupils?"),
            choices=YES_NO,
            required=False,
            widget=forms.RadioSelect,
            help_text=_("This is compared with the network’s minimum age."),
        )
        self.fields["youngest"] = forms.IntegerField(
            label=_("Age of the youngest pupil"), min_value=0, max_value=25, required=False
        )

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "purpose": typed["purpose"],
            "audience": typed["audience"],
            "kind": typed.get("kind", ""),
            "pupils": {"yes": True, "no": False}.get(typed.get("pupils", "")),
            "youngest": typed.get("youngest"),
            "listed": typed.get("listed", []),
            "readers": typed.get("readers", []),
        }


SHOWS = {
    "there": _("Doesn’t meet the policy yet"),
    "leave": _("Permission to continue"),
    "regular": _("Meets the policy"),
}
"""Filters of the list of accounts, for those that existed before Schoolgate."""


def those_there(request: HttpRequest, visit: Visit, shows: str) -> dict[str, Any]:
    """Return the imported accounts with their status and who permits some to continue meanwhile."""
    shown = page_by_key(opening_facts.those_there(shows, on=visit.on), request.GET, by="at")
    leaves = opening_facts.leaves_of([row.account_id for row in shown.rows], on=visit.on)
    return {
        "there": [
            {
                "account": row.account,
                "network": network_name(row.account.network),
                "since": since_in_words(row.since),
                "leave": leaves.get(row.account_id),
                "waits_at": _waits_at(row),
                "regular": row.regular_at,
            }
            for row in shown.rows
        ],
        "page": shown,
        "query": f"show={shows}",
        "choices": SHOWS.items(),
    }


def _waits_at(row: ImportedAccount) -> int:
    """Return at how many points the policy was waiting for something on the day of the import."""
    points = row.decision.points if row.decision is not None else {}
    return sum(outcome not in ("permitted", "silent") for outcome in points.values())


@on_account_page
def card(visit: Visit, account: Account) -> PagePart | None:
    """On the page of an account that was there before: since when, and whether anything goes out."""
    before = opening_facts.import_of(account)
    if before is None:
        return None
    account.imported = before
    book = in_force(visit.on).book
    inside = access.may_set_up(visit.person, account, on=visit.on)
    may_ask = inside and account.being_set_up
    proposal = before.proposal
    return PagePart(
        "accounts_import/_there.html",
        {
            "account": account,
            "before": before,
            "since": since_in_words(before.since),
            "leave": opening_facts.leaves_of([account.pk], on=visit.on).get(account.pk),
            "history": opening_facts.permission_history(account) if inside else [],
            "given_by": lets_go_on(book),
            "may_let": account.being_set_up and can(role_that_lets, visit.person, account, book, on=visit.on),
            "may_say": may_ask
            and account.proposal_id is None
            and can(access.check_may_set_up, visit.person, account, on=visit.on),
            "may_propose": may_ask
            and bool(deciders(book))
            and (proposal is None or proposal.state in OVER)
            and can(proposals.check_may_propose, visit.person, account.school, on=visit.on),
            "proposal": proposal if inside else None,
            "known_to": opening_facts.keys_known_to(account) if inside else [],
        },
        first=account.being_set_up,
    )


@page(place="accounts")
def go_on(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let an account go on meanwhile."""
    found = access.account_for(visit.person, pk)
    check_to_be_regular(found)
    role = role_that_lets(visit.person, found, in_force(visit.on).book, on=visit.on)
    form = GoOnForm(request.POST or None)
    if form.save(lambda typed: let_go_on(account=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Permission saved. This account can post."), "account", pk)
    context = {"account": found, "role": role, **_to_be_said(visit, found)}
    return form_page(request, "accounts_import/go_on.html", form, context)


def _to_be_said(visit: Visit, found: Account) -> dict[str, Any]:
    """While it is not known whether pupils are among the readers, no leave can be given: who can say it."""
    if found.pupils_in_audience is not None:
        return {}
    may_say = can(access.check_may_set_up, visit.person, found, on=visit.on)
    asked = holders_of_capacity("open_account", federation=visit.federation, on=visit.on, school=found.school)
    return {"not_known": True, "may_say": may_say, "asked": asked[:3]}


@page(methods=("POST",))
def take_back(request: HttpRequest, visit: Visit, pk: int, permission_pk: int) -> HttpResponseBase:
    """Take a leave back before its day."""
    found = access.account_for(visit.person, pk)
    given = opening_facts.permission_for(found, permission_pk)
    take_back_going_on(given=given, by=visit.person, at=visit.at)
    return done(request, _("Permission withdrawn. This account can no longer post."), "account", pk)


@page(methods=("POST",))
def propose(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Propose the account for the decision that the policy requires."""
    found = access.account_for(visit.person, pk)
    proposal = propose_account_there(account=found, by=visit.person, at=visit.at)
    return done(
        request,
        _("We’ve started a proposal with what we know. Complete the rest."),
        "proposal",
        proposal.pk,
    )


@page(place="accounts")
def about(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save the purpose and audience of the account."""
    found = access.account_for(visit.person, pk)
    book = in_force(visit.on).book
    check_may_say_purpose(visit.person, found, book, on=visit.on)
    form = AboutForm(
        request.POST or None,
        account=found,
        listed=purposes_listed(found, book),
        readers=readers_listed(found, book),
    )
    if form.save(
        lambda _typed: say_what_it_is_for(account=found, by=visit.person, at=visit.at, **form.said())
    ):
        return done(request, _("Purpose and audience saved."), "account", pk)
    return form_page(request, "accounts_import/about.html", form, {"account": found})


def _columns(visit: Visit) -> Columns:
    schools = [(str(pk), school.name) for pk, school in look_here(visit.on).schools.items()]
    return Columns(
        fields=Field.choices,
        offered=offered,
        for_all={
            Field.SCHOOL.value: (
                _("If there’s no such column, these accounts belong to"),
                [("", _("Choose")), (NOTHING, _("The whole federation")), *schools],
            ),
            Field.KIND.value: (
                _("If there’s no such column, all accounts have this type"),
                [("", _("Not known")), *AccountKind.choices],
            ),
        },
        name=_("Our accounts"),
        name_help=_(
            "For example, Our accounts. The next list with the same headings will be read the same way."
        ),
    )


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["accounts_added"]
    told = ngettext(
        "{number} account is now on the register. It can’t post yet.",
        "{number} accounts are now on the register. They can’t post yet.",
        number,
    )
    return told.format(number=number)


PAGES = ImportPages(
    kind=ACCOUNTS,
    place="accounts",
    back="accounts",
    name="accounts-import",
    path="accounts/import",
    templates="accounts_import/",
    title=_("Import existing accounts"),
    lead=_(
        "Upload one list of all your schools’ existing accounts. You’ll see the outcome for each row before "
        "you confirm."
    ),
    ended=_("Accounts list"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings, up to "
        "500 accounts. You’ll see all changes before anything is imported."
    ),
    columns=_columns,
    heads=(_("Account"), _("Address")),
    applied=_applied,
    after="/accounts?show=there",
)


@beside_accounts
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """Return the link for people who import such a list."""
    if not can(check_may_bring_in, visit.person, on=visit.on):
        return None
    return PlaceLink("accounts-import", _("Import existing accounts"))


urlpatterns = [
    *PAGES.urls(),
    path("accounts/<int:pk>/go-on", go_on, name="account-go-on"),
    path("accounts/<int:pk>/go-on/<int:permission_pk>/end", take_back, name="account-go-on-end"),
    path("accounts/<int:pk>/propose", propose, name="account-propose-there"),
    path("accounts/<int:pk>/about", about, name="account-about"),
]
