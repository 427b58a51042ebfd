"""Proposals for accounts: written, handed in, signed, decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import actions, queries, rules
from schoolgate.accounts.actions.deciding import SUBJECTS
from schoolgate.accounts.answers import people_in
from schoolgate.accounts.facts import ask_about_deciding, decide_facts, propose_facts, shown_digest
from schoolgate.accounts.ladders import deciders, steps
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.states import ProposalState
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.web import wording
from schoolgate.web.accounts_forms import MOST_PEOPLE, DecideForm, ProposalForm, answer_in_words
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.paging import page_by_key
from schoolgate.web.shown import ShownVerdict

TAGS = {
    "draft": "",
    "submitted": "wait",
    "approved": "good",
    "noted": "good",
    "refused": "no",
    "withdrawn": "",
}
TALKED = {
    "audience": _("whom it is for"),
    "contributors": _("who may take part in it"),
    "purpose": _("what it is for"),
    "content": _("what will stand on it"),
}


@page(place="accounts")
def proposals(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The proposals that I may see, newest first."""
    rows = queries.proposals(visit.person, visit.on)
    found = page_by_key(rows, request.GET.dict(), by="started_at")
    context = {
        "page": found,
        "rows": [(row, TAGS[row.state]) for row in found.rows],
        "may_propose": "propose_account" in visit.capacities,
    }
    return render(request, "accounts/proposals.html", context)


@page(methods=("POST",), capacity="propose_account")
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Begin a proposal and go on to its form."""
    proposal = actions.start_proposal(by=visit.person, at=visit.at)
    return redirect("proposal-edit", proposal.pk)


@page(place="accounts")
def edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The form built from the policy in force; saved as it is, or saved and handed in."""
    proposal = queries.proposal_for(visit.person, pk, on=visit.on)
    rules.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    form = ProposalForm(request.POST or None, book=policy.book, people=_people(), proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **form.given())
        except BadInput as error:
            form.refuse(_by_field(error))
        else:
            where = reverse("proposal", args=[pk])
            return done(request, _("The proposal is saved."), where)
    context = {"form": form, "proposal": proposal, "asks": bool(policy.book.proposal_form)}
    return render(request, "accounts/proposal_form.html", context, status=422 if form.errors else 200)


@page(place="accounts")
def proposal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One proposal: what it says, where it stands, what the policy says of it, and what I can do."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    return render(request, "accounts/proposal.html", _context(found, visit))


@page(methods=("POST",))
def submit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand the proposal in."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    actions.submit_proposal(proposal=found, by=visit.person, at=visit.at)
    if found.state == ProposalState.NOTED:
        return done(
            request,
            _("This policy approves no proposal: the account can be set up now."),
            "account",
            found.account.pk,
        )
    return done(request, _("The proposal is handed in."), "proposal", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the proposal back."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    actions.withdraw_proposal(proposal=found, by=visit.person, at=visit.at)
    return done(request, _("The proposal is withdrawn."), "proposal", pk)


@page(methods=("POST",))
def sign(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Sign my part of the form, as it was shown to me."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    actions.sign_proposal(proposal=found, by=visit.person, at=visit.at, seen=request.POST.get("seen", ""))
    return done(request, _("Your part is signed."), "proposal", pk)


@page(methods=("POST",))
def talk(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Keep that the author talked it over with me."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    actions.record_talk(proposal=found, by=visit.person, at=visit.at, covers=request.POST.getlist("covers"))
    return done(request, _("What you talked over is kept."), "proposal", pk)


@page(place="accounts")
def decide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say yes or no; the page shows all that the decision covers."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    policy = in_force(visit.on)
    rules.check_may_decide(visit.person, found, policy.book, on=visit.on)
    form = DecideForm(request.POST or None, asks_for_reason=_asks_for_reason(policy.book))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.decide_proposal(
                proposal=found,
                by=visit.person,
                at=visit.at,
                approve=typed["answer"] == "yes",
                seen=request.POST.get("seen", ""),
                reason=typed["reason"],
                reason_is_strong=form.strong(),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Your decision is kept."), "proposal", pk)
    context = {**_context(found, visit), "form": form}
    return render(request, "accounts/decide.html", context, status=422 if form.errors else 200)


def _context(found: Proposal, visit: Visit) -> dict[str, Any]:
    policy = in_force(visit.on)
    book = policy.book
    waiting = found.state == ProposalState.SUBMITTED
    mine = found.by_id == visit.person.pk
    return {
        "visit": visit,
        "proposal": found,
        "network": capabilities(found.network).name if found.network else "",
        "tag": TAGS[found.state],
        "answers": shown_answers(found, book),
        "signatures": _signatures(found, book),
        "seen": shown_digest(found),
        "verdict": _verdict(found, policy, visit),
        "may_edit": mine and found.state == ProposalState.DRAFT,
        "may_withdraw": mine and (waiting or found.state == ProposalState.DRAFT),
        "may_sign": waiting and bool(steps(book)) and _can_sign(visit.person, found, book, visit),
        "may_decide": waiting and can(rules.check_may_decide, visit.person, found, book, on=visit.on),
        "may_talk": waiting
        and _asks_for_talks(book)
        and can(rules.check_may_talk_over, visit.person, found, on=visit.on),
        "subjects": [(key, TALKED[key]) for key in SUBJECTS],
        "deciders": deciders(book),
        "account": getattr(found, "account", None),
    }


def _verdict(found: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """What the policy says of it as it stands: of handing it in, or of a yes. None once it is decided."""
    if found.state == ProposalState.DRAFT:
        answer = verdict("account.propose", propose_facts(found, policy, at=visit.at), on=visit.on)
    elif found.state == ProposalState.SUBMITTED and deciders(policy.book):
        answer = verdict("account.decide", _facts_of_a_yes(found, policy, visit), on=visit.on)
    else:
        return None
    return wording.verdict(answer, at=visit.at)


def _facts_of_a_yes(found: Proposal, policy: PolicyInForce, visit: Visit) -> AccountDecide:
    """A yes of the person who reads this page, where it is theirs to say; else of nobody in particular."""
    try:
        role = rules.check_may_decide(visit.person, found, policy.book, on=visit.on)
    except NotAllowed:
        return ask_about_deciding(found, policy, at=visit.at)
    return decide_facts(
        found, policy, by=visit.person, act="approve", acting_role=role, seen=shown_digest(found),
        reason_is_strong=None, at=visit.at,
    )  # fmt: skip


def shown_answers(found: Proposal, book: Book) -> list[dict[str, Any]]:
    """The answers in the form's order, as words; persons by name, one query for all of them."""
    ids = people_in(book.proposal_form, found.answers)
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        {"label": gettext(point.label), "words": answer_in_words(point, found.answers[point.key], names)}
        for point in book.proposal_form
        if point.key in found.answers
    ]


def _signatures(found: Proposal, book: Book) -> list[dict[str, Any]]:
    signed = {row.step: row for row in found.signatures.all()}
    return [
        {"role": role, "signature": signed.get(number)} for number, role in enumerate(steps(book), start=1)
    ]


def _can_sign(person: Person, found: Proposal, book: Book, visit: Visit) -> bool:
    try:
        step, _role = rules.part_to_sign(person, found, book, on=visit.on)
    except (NotAllowed, NotNow):
        return False
    return step < len(steps(book))


def _asks_for_reason(book: Book) -> bool:
    return any(bound.point == "strong_reason" for bound in book.bound("account.decide"))


def _asks_for_talks(book: Book) -> bool:
    return any(bound.point == "talked_over" for bound in book.bound("account.decide"))


def _people() -> list[tuple[int, str]]:
    rows = Person.objects.filter(left_on=None).order_by("name", "pk").values_list("pk", "name")
    return list(rows[:MOST_PEOPLE])


def _by_field(error: BadInput) -> BadInput:
    """The same error with the form's own field names for the policy's points."""
    own = {"name", "school", "network", "kind", "pupils_in_audience", "youngest_pupil"}
    return BadInput({key if key in own else f"point-{key}": words for key, words in error.fields.items()})


_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path("accounts/proposals", proposals, name="proposals"),
    path("accounts/proposals/new", start, name="proposal-new"),
    path(_ONE, proposal, name="proposal"),
    path(f"{_ONE}/edit", edit, name="proposal-edit"),
    path(f"{_ONE}/submit", submit, name="proposal-submit"),
    path(f"{_ONE}/withdraw", withdraw, name="proposal-withdraw"),
    path(f"{_ONE}/sign", sign, name="proposal-sign"),
    path(f"{_ONE}/talk", talk, name="proposal-talk"),
    path(f"{_ONE}/decide", decide, name="proposal-decide"),
]
