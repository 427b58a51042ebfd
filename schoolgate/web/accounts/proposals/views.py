"""Proposals for accounts: the list, one of them, sending for approval and withdrawing."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals as proposals_queries
from schoolgate.accounts import proposing
from schoolgate.accounts.ladders import may_ask_for_approval
from schoolgate.accounts.models import ProposalState
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.proposals.one import TAGS, context_of
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import page_by_key


@page(place="accounts")
def proposals(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The proposals that I may see, newest first."""
    rows = proposals_queries.proposals(visit.person, visit.on)
    found = page_by_key(rows, request.GET.dict(), by="started_at")
    context = {
        "page": found,
        "rows": [(row, TAGS[row.state]) for row in found.rows],
        "may_propose": "propose_account" in visit.capacities,
    }
    return render(request, "accounts/proposals.html", context)


@page(place="accounts")
def proposal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one proposal: its content, its status, what the policy says about it, and what the visitor can
    do."""
    found = proposals_queries.proposal_for(visit.person, pk, on=visit.on)
    return render(request, "accounts/proposal.html", context_of(found, visit))


@page(methods=("POST",))
def submit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand the proposal in."""
    found = proposals_queries.proposal_for(visit.person, pk, on=visit.on)
    proposing.submit_proposal(proposal=found, by=visit.person, at=visit.at)
    if found.state == ProposalState.NOTED and may_ask_for_approval(in_force(visit.on).book):
        said = _("No rule says who approves an account. Read the policy’s clauses before you set it up.")
        return done(request, said, "proposal", pk)
    if found.state == ProposalState.NOTED:
        return done(
            request,
            _("Proposals need no approval under this policy. You can set up the account now."),
            "account",
            found.account.pk,
        )
    return done(request, _("Proposal sent for approval."), "proposal", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the proposal back."""
    found = proposals_queries.proposal_for(visit.person, pk, on=visit.on)
    proposing.withdraw_proposal(proposal=found, by=visit.person, at=visit.at)
    return done(request, _("Proposal withdrawn."), "proposal", pk)


_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path("accounts/proposals", proposals, name="proposals"),
    path("", include("schoolgate.web.accounts.proposals.writing")),
    path("", include("schoolgate.web.accounts.proposals.signing")),
    path("", include("schoolgate.web.accounts.proposals.paper")),
    path(_ONE, proposal, name="proposal"),
    path(f"{_ONE}/submit", submit, name="proposal-submit"),
    path(f"{_ONE}/withdraw", withdraw, name="proposal-withdraw"),
]
