"""A proposal is written, saved as one goes, changed while it waits, and tried a second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import actions, queries, rules
from schoolgate.accounts.actions.changing import Change
from schoolgate.accounts.answers import people_in
from schoolgate.accounts.editions import said_of
from schoolgate.accounts.facts import propose_facts
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.paper import paper_of
from schoolgate.core.errors import BadInput, Refused
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import Kept
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.web.accounts.proposals.forms import OWN, POINT, ProposalForm
from schoolgate.web.accounts.proposals.shown import shown_differences
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE
from schoolgate.web.frame.shown import ShownVerdict

Given = Mapping[str, Any]


@page(methods=("POST",), capacity="propose_account")
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Begin a proposal and go on to its form."""
    proposal = actions.start_proposal(by=visit.person, at=visit.at)
    return redirect("proposal-edit", proposal.pk)


@page(methods=("POST",), capacity="propose_account")
def again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Begin a second try with the words of a refused proposal."""
    refused = queries.proposal_for(visit.person, pk, on=visit.on)
    proposal = actions.start_proposal(by=visit.person, at=visit.at, second_try_of=refused)
    return redirect("proposal-edit", proposal.pk)


@page(place="accounts")
def edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The form built from the policy in force. What can be used is saved; what cannot stays as it was
    typed."""
    proposal = queries.proposal_for(visit.person, pk, on=visit.on)
    rules.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    form = _form(request, proposal, policy)
    if request.method == "POST":
        _save(form, proposal, visit)
        if not form.errors and "stay" not in request.POST:
            return done(request, _("Proposal saved."), "proposal", pk)
        if not form.errors:
            return done(request, _("Proposal saved. Continue writing."), "proposal-edit", pk)
    return _form_page(request, visit, proposal, policy, form)


@page(methods=("POST",))
def save(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save what was typed so far, after a pause; gives the line that says so and what is still missing."""
    proposal = queries.proposal_for(visit.person, pk, on=visit.on)
    rules.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    form = _form(request, proposal, policy)
    _save(form, proposal, visit)
    context = {
        "form": form,
        "proposal": proposal,
        "verdict": _says(proposal, policy, visit),
        "by_itself": True,
    }
    answer = render(request, "accounts/_saved.html", context)
    answer["X-Saved"] = "yes"  # the script tells it by this from a page that came in its place
    return answer


@page(place="accounts")
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Change a proposal that waits. Signatures that would fall are shown before anything is saved."""
    proposal = queries.proposal_for(visit.person, pk, on=visit.on)
    rules.check_own_waiting(visit.person, proposal)
    policy = in_force(visit.on)
    form = _form(request, proposal, policy)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        try:
            told = actions.would_change(proposal=proposal, by=visit.person, at=visit.at, given=given)
            if not told.fields:
                return done(request, _("Nothing has changed."), "proposal", pk)
            if told.falling and "sure" not in request.POST:
                return _sure(request, visit, proposal, policy, told)
            actions.change_proposal(
                proposal=proposal, by=visit.person, at=visit.at, falling=_numbers(request), **given
            )
        except BadInput as error:
            form.refuse(by_field(error))
        except Refused as error:  # kept as evidence already; what was typed is shown again with the answer
            refused = wording.kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, Kept) else None
            return _form_page(request, visit, proposal, policy, form, refused=refused, status=409)
        else:
            return done(request, _("Changes saved."), "proposal", pk)
    return _form_page(request, visit, proposal, policy, form)


def _save(form: ProposalForm, proposal: Proposal, visit: Visit) -> None:
    form.is_valid()
    given = form.given()
    try:
        actions.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **given)
    except BadInput as error:
        # What the action cannot use is said beside its field, and the rest is saved all the same.
        form.refuse(by_field(error))
        proposal.refresh_from_db()
        usable = _without(given, error, proposal)
        actions.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **usable)


def _without(given: Given, error: BadInput, proposal: Proposal) -> dict[str, Any]:
    """The fields with what was saved before in place of what cannot be used."""
    wrong = set(error.fields)
    answers = {
        key: proposal.answers.get(key) if key in wrong or "answers" in wrong else value
        for key, value in given["answers"].items()
    }
    considered = proposal.considered if wrong & set(given["considered"]) else given["considered"]
    own = {key: value for key, value in given.items() if key in OWN and key not in wrong}
    return {**own, "answers": answers, "considered": considered}


def _form(request: HttpRequest, proposal: Proposal, policy: PolicyInForce) -> ProposalForm:
    people = _people(policy, proposal)
    return ProposalForm(request.POST or None, book=policy.book, people=people, proposal=proposal)


def _form_page(
    request: HttpRequest,
    visit: Visit,
    proposal: Proposal,
    policy: PolicyInForce,
    form: ProposalForm,
    *,
    refused: ShownVerdict | None = None,
    status: int = 0,
) -> HttpResponseBase:
    context = {
        "form": form,
        "proposal": proposal,
        "paper": paper_of(policy.book),
        "asks": bool(policy.book.proposal_form),
        "verdict": refused or _says(proposal, policy, visit),
        "refused": refused,
        "draft": proposal.state == "draft",
        "save_at": request.path,
    }
    return render(
        request, "accounts/proposal_form.html", context, status=status or (422 if form.errors else 200)
    )


def _sure(
    request: HttpRequest, visit: Visit, proposal: Proposal, policy: PolicyInForce, told: Change
) -> HttpResponseBase:
    before = said_of(proposal)
    after = {**before, **{one.key: one.after for one in told.fields}}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {
        "proposal": proposal,
        "changed": shown_differences(told.fields, policy.book, before, after),
        "falling": told.falling,
        "verdict": wording.verdict(told.said, at=visit.at) if told.said else None,
        "typed": typed,
    }
    return render(request, "accounts/proposal_sure.html", context)


def _says(proposal: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict:
    answer = verdict("account.propose", propose_facts(proposal, policy, at=visit.at), on=visit.on)
    return wording.verdict(answer, at=visit.at)


def _numbers(request: HttpRequest) -> list[int]:
    given = request.POST.getlist("falling")
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19]


def _people(policy: PolicyInForce, proposal: Proposal) -> list[tuple[int, str]]:
    """Whom the form offers: everybody who is here, and whoever it names already."""
    rows = list(
        Person.objects.filter(left_on=None).order_by("name", "pk").values_list("pk", "name")[:MOST_PEOPLE]
    )
    named = set(people_in(policy.book.proposal_form, proposal.answers)) - {pk for pk, _name in rows}
    if named:
        rows += Person.objects.filter(pk__in=named).order_by("name", "pk").values_list("pk", "name")
    return rows


def by_field(error: BadInput) -> BadInput:
    """The same error with the form's own field names for the policy's points."""
    own = (*OWN, "answers")
    return BadInput({key if key in own else f"{POINT}{key}": words for key, words in error.fields.items()})


_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path("accounts/proposals/new", start, name="proposal-new"),
    path(f"{_ONE}/edit", edit, name="proposal-edit"),
    path(f"{_ONE}/save", save, name="proposal-save"),
    path(f"{_ONE}/change", change, name="proposal-change"),
    path(f"{_ONE}/again", again, name="proposal-again"),
]
