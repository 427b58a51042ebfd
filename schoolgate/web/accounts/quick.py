"""Quick requests: take part in a site of others, look for contributors, befriend an organisation. Their
forms ask a few points, and those that the policy in force asks for, with its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import SmallKind, SmallProposal, SmallState
from schoolgate.accounts.small import (
    SITUATION,
    accounts_to_say_for,
    approval_clauses,
    approvers,
    check_may_begin,
    check_may_put_in,
    check_may_say_yes,
    decide_small,
    do_small,
    form_wanted,
    guidance,
    own_form,
    own_forms,
    put_in_small,
    small_facts,
    small_for,
    small_proposals,
    withdraw_small,
    words_digest,
)
from schoolgate.core.errors import NotFound
from schoolgate.people.queries import holders
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import PolicyInForce, in_force, sees_decision
from schoolgate.rulebook import Book
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE, YES_NO, DayField, Drawing, SchoolForm, form_page
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.parts import PlaceLink, beside_accounts
from schoolgate.web.frame.shown import ShownClause, ShownVerdict
from schoolgate.web.frame.wording import RESTATED_IN

NAMES = {
    SmallKind.TAKE_PART: _("Site you want to take part in"),
    SmallKind.CALL: _("Short name for what you’re looking for"),
    SmallKind.ORGANISATION: _("Organisation"),
}
WORDS = {
    SmallKind.TAKE_PART: _("What you would do there, and why"),
    SmallKind.CALL: _("Text of the call, as it would be posted"),
    SmallKind.ORGANISATION: _("Why the account should become friends with this organisation"),
}
YES = {"yes": True, "no": False}


class SmallForm(SchoolForm):
    """What to do, and each point that this policy's rules require beforehand."""

    def __init__(
        self,
        *args: Any,
        kind: SmallKind,
        book: Book,
        accounts: Sequence[tuple[int, str]],
        own_forms: Sequence[tuple[int, str]],
        again_of: SmallProposal | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.wanted = kind, guidance(book)
        if kind is not SmallKind.TAKE_PART:
            self.fields["account"] = forms.ChoiceField(
                label=_("Which account is it for?"), choices=[("", _("Choose")), *_keyed(accounts)]
            )
        self.fields["name"] = forms.CharField(label=NAMES[kind], max_length=200, required=False)
        if kind is not SmallKind.CALL:
            self.fields["address"] = forms.URLField(
                label=_("Web address"), required=False, assume_scheme="https", max_length=500
            )
        self.fields["words"] = forms.CharField(
            label=WORDS[kind], widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
        )
        if kind is SmallKind.TAKE_PART:
            self._of_another_site(book, own_forms)
        if kind is SmallKind.CALL:
            self.fields["through_social_media"] = _yes_no(_("Will you use social media to look for people?"))
        if again_of is not None:
            self.fields["again_of"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=again_of.pk, required=False
            )

    def _of_another_site(self, book: Book, own_forms: Sequence[tuple[int, str]]) -> None:
        self.fields["for_school"] = _yes_no(
            _("Would you do this in the school’s name, or as part of your job here?")
        )
        if self.wanted is not None:
            title, clause = self.wanted
            self.fields["checked_on"] = DayField(
                label=_("Date you compared the site with this guidance"),
                help_text=format_html('<span lang="en">{}</span>. {}', title, quoted(book, clause)),
                required=False,
            )
            self.fields["open_points"] = forms.CharField(
                label=_("What differs from the guidance there"),
                help_text=_("One point per line. Leave empty if there’s nothing."),
                widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False,
            )  # fmt: skip
        if form_wanted(book) and own_forms:
            self.fields["form"] = forms.ChoiceField(
                label=_("The full proposal, if you sent one"),
                help_text=quoted(book, form_wanted(book)),
                choices=[("", _("None")), *_keyed(own_forms)],
                required=False,
            )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as `put_in_small` takes it; rows by their ids."""
        typed = self.cleaned_data
        found: dict[str, Any] = {
            "name": typed["name"],
            "words": typed["words"],
            "address": typed.get("address", ""),
            "for_school": YES.get(typed.get("for_school", "")),
            "through_social_media": YES.get(typed.get("through_social_media", "")),
            "checked_on": typed.get("checked_on"),
            "open_points": typed.get("open_points", "").splitlines(),
        }
        return found

    def number(self, field: str) -> int | None:
        """The id of the row that was chosen in a field; None where none was."""
        chosen = self.cleaned_data.get(field)
        return int(chosen) if chosen else None


class SmallDecideForm(SchoolForm):
    """The decision on a quick request, and the reason for a refusal."""

    answer = forms.ChoiceField(label=_("Your decision"), choices=[("yes", _("Approve")), ("no", _("Refuse"))])
    reason = forms.CharField(
        label=_("Reason for refusing"),
        help_text=_("The person who sent it will read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )

    @property
    def to_refuse(self) -> Drawing:
        """Return what a no requires, drawn beside its button."""
        drawn = Drawing(self)
        drawn.layout = Layout("reason")
        return drawn


def quoted(book: Book, clause: str) -> SafeString:
    """Return a clause as help beside a field: its section and our restatement, with its language for screen
    readers."""
    found = book.clause(clause)
    return format_html(
        '<span lang="{}" data-quoted>{}: {}</span>', RESTATED_IN, found.section, found.wording or found.says
    )


def first_of(again_of: SmallProposal | None, account: int | None) -> dict[str, Any]:
    """Return what a second try begins with: the answers of the first."""
    if again_of is None:
        return {"account": account} if account else {}
    back = {True: "yes", False: "no", None: ""}
    return {
        "account": again_of.account_id, "name": again_of.name, "address": again_of.address,
        "words": again_of.words, "for_school": back[again_of.for_school],
        "through_social_media": back[again_of.through_social_media], "checked_on": again_of.checked_on,
        "open_points": "\n".join(again_of.open_points), "form": again_of.form_id,
    }  # fmt: skip


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=False)


def _keyed(rows: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows]


TAGS = {
    "waiting": "wait",
    "approved": "good",
    "noted": "good",
    "done": "good",
    "refused": "no",
    "withdrawn": "",
}
ABOUT = {
    SmallKind.TAKE_PART: _("Write for the school on a site that others run."),
    SmallKind.CALL: _("Use one of our accounts to look for contributors."),
    SmallKind.ORGANISATION: _("Make one of our accounts friends with an organisation."),
}
DONE = {
    SmallKind.TAKE_PART: _("We now take part there"),
    SmallKind.CALL: _("The call has been posted"),
}


@page(place="accounts")
def listed(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List what needs approval beforehand under this policy, who approves it, and the quick requests that I
    may see."""
    policy = in_force(visit.on)
    rows = page_by_key(small_proposals(visit.person, visit.on), request.GET.dict(), by="submitted_at")
    context = {
        "kinds": [
            {**_kind_shown(kind, policy), "may": can(check_may_begin, visit.person, kind, on=visit.on)}
            for kind in SmallKind
        ],
        "page": rows,
        "rows": [(row, TAGS[row.state]) for row in rows.rows],
    }
    return render(request, "contributors/small_list.html", context)


@page(place="accounts")
def new(request: HttpRequest, visit: Visit, kind: str) -> HttpResponseBase:
    """Show a short form with the policy's own points; where the policy requires no approval, only say so."""
    if kind not in SmallKind:
        raise NotFound
    asked, policy = SmallKind(kind), in_force(visit.on)
    if approvers(policy.book, asked):
        check_may_begin(visit.person, asked, on=visit.on)
    again_of = _again(request, visit, asked)
    form = SmallForm(
        request.POST or None,
        kind=asked,
        book=policy.book,
        accounts=_accounts(visit),
        own_forms=_own_forms(visit),
        again_of=again_of,
        initial=first_of(again_of, _asked_account(request)),
    )
    context = {**_kind_shown(asked, policy), "form": form, "again_of": again_of}
    saved = form.save(
        lambda _typed: put_in_small(
            by=visit.person,
            at=visit.at,
            kind=asked,
            again_of=again_of,
            **_rows(form, visit),
            **form.given(),
        )
    )
    if saved:
        noted = saved.value.state == SmallState.NOTED
        said = _("The policy has no rule for this, so it needs no approval.")
        return done(request, said if noted else _("Sent for approval."), "small-proposal", saved.value.pk)
    return form_page(request, "contributors/small_new.html", form, context)


@page(place="accounts")
def small(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one quick request: its content, its status, and what the visitor can do."""
    found = small_for(visit.person, pk, on=visit.on)
    return render(request, "contributors/small.html", _context(found, visit))


@page(place="accounts")
def decide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say yes or no; the page shows all that the decision covers."""
    found = small_for(visit.person, pk, on=visit.on)
    check_may_say_yes(visit.person, found, in_force(visit.on).book, on=visit.on)
    form = SmallDecideForm(request.POST or None)
    if form.save(
        lambda typed: decide_small(
            small=found,
            by=visit.person,
            at=visit.at,
            approve=typed["answer"] == "yes",
            seen=request.POST.get("seen", ""),
            reason=typed["reason"],
        )
    ):
        return done(request, _("Your decision has been saved."), "small-proposal", pk)
    return form_page(request, "contributors/small_decide.html", form, _context(found, visit))


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it back before it is decided."""
    found = small_for(visit.person, pk, on=visit.on)
    withdraw_small(small=found, by=visit.person, at=visit.at)
    return done(request, _("Withdrawn."), "small-proposal", pk)


@page(methods=("POST",))
def carried_out(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the approved change is done."""
    found = small_for(visit.person, pk, on=visit.on)
    do_small(small=found, by=visit.person, at=visit.at)
    return done(request, _("Marked as done."), "small-proposal", pk)


@beside_accounts
def _link(visit: Visit) -> PlaceLink:
    return PlaceLink("small-proposals", _("Quick requests"))


def _kind_shown(kind: SmallKind, policy: PolicyInForce) -> dict[str, Any]:
    book = policy.book
    names = approvers(book, kind)
    return {
        "kind": kind,
        "about": ABOUT[kind],
        "deciders": names,
        "clauses": _quotes(approval_clauses(book, kind), policy),
    }


def _quotes(clauses: list[str], policy: PolicyInForce) -> list[ShownClause]:
    quote, name = wording.quote_from(policy.book), policy.book.meta.federation
    return [wording.clause_shown(one, basis="policy", federation=name, quote=quote) for one in clauses]


def _context(found: SmallProposal, visit: Visit) -> dict[str, Any]:
    policy = in_force(visit.on)
    kind = SmallKind(found.kind)
    waiting, approved = found.state == SmallState.WAITING, found.state == SmallState.APPROVED
    mine = found.by_id == visit.person.pk
    may_go_on = mine or can(check_may_put_in, visit.person, found.account, on=visit.on)
    return {
        "small": found,
        "kind": kind,
        "tag": TAGS[found.state],
        "seen": words_digest(found),
        "clauses": _quotes(approval_clauses(policy.book, kind), policy),
        "awaited": _awaited(found, policy, visit) if waiting else [],
        "verdict": _verdict(found, policy, visit) if approved else None,
        "may_decide": waiting and can(check_may_say_yes, visit.person, found, policy.book, on=visit.on),
        "may_withdraw": waiting and mine,
        "sees_decision": sees_decision(visit.person, found.decision_id, on=visit.on),
        "done_label": DONE.get(kind) if approved and may_go_on else None,
        "enter_friend": approved and may_go_on and kind is SmallKind.ORGANISATION,
        "again": f"{reverse('small-proposal-new', args=[kind])}?again={found.pk}"
        if mine and found.state == SmallState.REFUSED and found.destroyed_at is None
        else "",
    }


def _awaited(found: SmallProposal, policy: PolicyInForce, visit: Visit) -> list[tuple[str, list[str]]]:
    """Return each role of which one person decides, with the people who hold it, if any."""
    school = found.account.school if found.account else None
    return [
        (name, [person.name for person in holders(policy.book.role(name).key, on=visit.on, school=school)])
        for name in approvers(policy.book, SmallKind(found.kind))
    ]


def _verdict(found: SmallProposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about doing it now. For an organisation the policy is asked when it gets
    access."""
    if found.kind == SmallKind.ORGANISATION:
        return None
    facts = small_facts(found, policy, at=visit.at)
    answer = verdict(SITUATION[SmallKind(found.kind)], facts, on=visit.on)
    return wording.verdict(answer, at=visit.at)


def _accounts(visit: Visit) -> list[tuple[int, str]]:
    """Return the accounts that the person may make a request for: all, or those in whose team they are."""
    every = "propose_account" in visit.capacities
    return accounts_to_say_for(None if every else visit.person, most=MOST_PEOPLE)


def _own_forms(visit: Visit) -> list[tuple[int, str]]:
    return own_forms(visit.person, most=MOST_PEOPLE)


def _rows(form: SmallForm, visit: Visit) -> dict[str, Any]:
    account, chosen = form.number("account"), form.number("form")
    return {
        "account": account_for(visit.person, account) if account else None,
        "form": own_form(visit.person, chosen) if chosen else None,
    }


def _again(request: HttpRequest, visit: Visit, kind: SmallKind) -> SmallProposal | None:
    number = request.POST.get("again_of") or request.GET.get("again", "")
    if not number:
        return None
    found = small_for(visit.person, number_in(number), on=visit.on)
    if found.by_id != visit.person.pk or found.kind != kind:
        raise NotFound
    return found


def _asked_account(request: HttpRequest) -> int | None:
    number = request.GET.get("account", "")
    return number_in(number) if number else None


urlpatterns = [
    path("accounts/approvals", listed, name="small-proposals"),
    path("accounts/approvals/new/<slug:kind>", new, name="small-proposal-new"),
    path("accounts/approvals/<int:pk>", small, name="small-proposal"),
    path("accounts/approvals/<int:pk>/decide", decide, name="small-proposal-decide"),
    path("accounts/approvals/<int:pk>/withdraw", withdraw, name="small-proposal-withdraw"),
    path("accounts/approvals/<int:pk>/done", carried_out, name="small-proposal-done"),
]
