"""Which of a person's things wait for others, area by area."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, TextField, Value

from schoolgate.accounts.models import (
    Admission,
    AdmissionState,
    FoundPage,
    FoundState,
    Offer,
    OfferState,
    Proposal,
    ProposalState,
    SmallProposal,
    SmallState,
)
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked, RulingAsked, Suggestion
from schoolgate.policy.states import AskedState, SuggestionState
from schoolgate.publishing.duty_kinds import beginning
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.states import PostState
from schoolgate.web.today.waiting import MOST, waits_on_others

ON_THEIR_WAY = (PostState.SENDING, PostState.PUBLISHED, PostState.NOT_SENT, PostState.TAKING_DOWN)
Rows = QuerySet[Any, Any]


def _by_name(rows: Rows, name: str = "name", to: str = "pk") -> Rows:
    found: Rows = rows.annotate(called=F(name), goes_to=F(to))
    return found


def _nameless(rows: Rows) -> Rows:
    found: Rows = rows.annotate(called=Value("", output_field=TextField()), goes_to=F("pk"))
    return found


@waits_on_others("publishing.post", "post")
def posts(person: Person) -> Rows:
    """Find posts that wait for approval."""
    rows = Post.objects.filter(author=person, state=PostState.SUBMITTED)
    return rows.annotate(called=beginning(OuterRef("pk")), goes_to=F("pk"))


@waits_on_others("publishing.delivery", "post")
def deliveries(person: Person) -> Rows:
    """Find deliveries of this person's posts that still have to be posted by hand, or checked."""
    newest = Post.objects.filter(author=person, state__in=ON_THEIR_WAY).order_by("-pk")[:MOST]
    rows = Delivery.objects.filter(post__in=newest.values("pk")).exclude(state="confirmed")
    return _by_name(rows, "account__name", "post_id")


@waits_on_others("accounts.proposal", "proposal")
def proposals(person: Person) -> Rows:
    """Proposals for an account."""
    return _by_name(Proposal.objects.filter(by=person, state=ProposalState.SUBMITTED))


@waits_on_others("accounts.smallproposal", "small-proposal")
def small_proposals(person: Person) -> Rows:
    """Quick requests."""
    return _by_name(SmallProposal.objects.filter(by=person, state=SmallState.WAITING))


@waits_on_others("accounts.admission", "admission")
def admissions(person: Person) -> Rows:
    """Access requests that this person entered. Who asks stays on the request's own page."""
    waiting = (AdmissionState.WAITING, AdmissionState.LET_IN)
    return _nameless(Admission.objects.filter(entered_by=person, state__in=waiting))


@waits_on_others("accounts.foundpage", "found-page")
def found_pages(person: Person) -> Rows:
    """Unofficial pages that this person found."""
    waiting = (FoundState.FOUND, FoundState.ASKED)
    return _by_name(FoundPage.objects.filter(found_by=person, state__in=waiting))


@waits_on_others("accounts.offer", "account-offers")
def offers(person: Person) -> Rows:
    """Find parts in an account that this person asked someone to take."""
    return _by_name(Offer.objects.filter(by=person, state=OfferState.WAITING), "account__name", "account_id")


@waits_on_others("policy.rulingasked", "asked-ruling")
def questions(person: Person) -> Rows:
    """Questions that the policy leaves open, which this person asked."""
    return _nameless(RulingAsked.objects.filter(asked_by=person, state=AskedState.OPEN))


@waits_on_others("policy.permissionasked", "permission-asked")
def permissions(person: Person) -> Rows:
    """Permissions that this person asked for."""
    return _nameless(PermissionAsked.objects.filter(asked_by=person, state=AskedState.OPEN))


@waits_on_others("policy.suggestion", "suggestion")
def suggestions(person: Person) -> Rows:
    """Suggestions for the policy."""
    return _nameless(Suggestion.objects.filter(by=person, state=SuggestionState.OPEN))
