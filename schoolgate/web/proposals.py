"""Proposals for accounts: the list, one of them, its paper, handing it in and taking it back."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import include, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import actions, queries
from schoolgate.accounts.ladders import deciders
from schoolgate.accounts.paper import paper_of
from schoolgate.accounts.states import ProposalState
from schoolgate.core.models.directory import LANGUAGES
from schoolgate.policy.queries import in_force
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.paging import page_by_key
from schoolgate.web.proposals_one import TAGS, context_of
from schoolgate.web.proposals_shown import shown_sections, shown_steps


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


@page(place="accounts")
def proposal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One proposal: what it says, where it stands, what the policy says of it, and what I can do."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    return render(request, "accounts/proposal.html", context_of(found, visit))


@page(place="accounts")
def paper(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The filled form on a sheet to print, as the policy's own paper has it, in either language."""
    found = queries.proposal_for(visit.person, pk, on=visit.on)
    book = in_force(visit.on).book
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else translation.get_language() or "en"
    with translation.override(language):
        context = {
            "proposal": found,
            "paper": paper_of(book),
            "policy": book.meta,
            "sections": shown_sections(found, book, blank=True),
            "steps": shown_steps(found, book),
            "deciders": ", ".join(deciders(book)),
            "others": [(key, _LANGUAGES[key]) for key in LANGUAGES if key != language],
        }
        return render(request, "accounts/proposal_paper.html", context)


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


_LANGUAGES = {"en": "English", "cy": "Cymraeg"}
_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path("accounts/proposals", proposals, name="proposals"),
    path("", include("schoolgate.web.proposals_writing")),
    path("", include("schoolgate.web.proposals_signing")),
    path(_ONE, proposal, name="proposal"),
    path(f"{_ONE}/paper", paper, name="proposal-paper"),
    path(f"{_ONE}/submit", submit, name="proposal-submit"),
    path(f"{_ONE}/withdraw", withdraw, name="proposal-withdraw"),
]
