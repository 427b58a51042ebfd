"""Which things of a person's wait for others, room by room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from schoolgate.accounts.models import Admission, FoundPage, Offer, Proposal, SmallProposal
from schoolgate.accounts.states import FoundState, OfferState, ProposalState
from schoolgate.accounts.states.contributors import AdmissionState
from schoolgate.accounts.states.small import SmallState
from schoolgate.policy.models import RulingAsked, Suggestion
from schoolgate.policy.states import AskedState, SuggestionState
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.wording import snippet
from schoolgate.web.today.waiting import MOST, MyThing, waits_on_others

ON_THEIR_WAY = (PostState.SENDING, PostState.PUBLISHED, PostState.NOT_SENT, PostState.TAKING_DOWN)


@waits_on_others
def posts(visit: Visit) -> Iterator[MyThing]:
    """Posts that wait for approval."""
    rows = Post.objects.filter(author=visit.person, state=PostState.SUBMITTED).order_by("-pk")
    for post in rows.prefetch_related("targets")[:MOST]:
        yield MyThing(
            f"publishing.post:{post.pk}", snippet(post, letters=60), reverse("post", args=[post.pk])
        )


@waits_on_others
def deliveries(visit: Visit) -> Iterator[MyThing]:
    """What somebody has to put out, or to look for, of posts that are on their way or out."""
    newest = Post.objects.filter(author=visit.person, state__in=ON_THEIR_WAY).order_by("-pk")[:MOST]
    found = Delivery.objects.filter(post__in=list(newest.values_list("pk", flat=True)))
    rows = found.exclude(state="confirmed").order_by("-pk").values_list("pk", "post_id", "account__name")
    for pk, post_id, name in rows[:MOST]:
        yield MyThing(f"publishing.delivery:{pk}", name, reverse("post", args=[post_id]))


@waits_on_others
def proposals(visit: Visit) -> Iterable[MyThing]:
    """Proposals for an account."""
    rows = Proposal.objects.filter(by=visit.person, state=ProposalState.SUBMITTED).order_by("-pk")
    return [
        MyThing(f"accounts.proposal:{pk}", name, reverse("proposal", args=[pk]))
        for pk, name in rows.values_list("pk", "name")[:MOST]
    ]


@waits_on_others
def small_proposals(visit: Visit) -> Iterable[MyThing]:
    """Small proposals."""
    rows = SmallProposal.objects.filter(by=visit.person, state=SmallState.WAITING).order_by("-pk")
    return [
        MyThing(f"accounts.smallproposal:{pk}", name, reverse("small-proposal", args=[pk]))
        for pk, name in rows.values_list("pk", "name")[:MOST]
    ]


@waits_on_others
def admissions(visit: Visit) -> Iterable[MyThing]:
    """Requests to be let in that this person entered. Who asks stays on the request's own page."""
    waiting = (AdmissionState.WAITING, AdmissionState.LET_IN)
    rows = Admission.objects.filter(entered_by=visit.person, state__in=waiting).order_by("-pk")
    return [
        MyThing(f"accounts.admission:{pk}", "", reverse("admission", args=[pk]))
        for pk in rows.values_list("pk", flat=True)[:MOST]
    ]


@waits_on_others
def found_pages(visit: Visit) -> Iterable[MyThing]:
    """Pages in our name that this person found."""
    waiting = (FoundState.FOUND, FoundState.ASKED)
    rows = FoundPage.objects.filter(found_by=visit.person, state__in=waiting).order_by("-pk")
    return [
        MyThing(f"accounts.foundpage:{pk}", name, reverse("found-page", args=[pk]))
        for pk, name in rows.values_list("pk", "name")[:MOST]
    ]


@waits_on_others
def offers(visit: Visit) -> Iterable[MyThing]:
    """Parts in an account that this person asked somebody to take."""
    rows = Offer.objects.filter(by=visit.person, state=OfferState.WAITING).order_by("-pk")
    return [
        MyThing(f"accounts.offer:{pk}", name, reverse("account-offers", args=[account]))
        for pk, name, account in rows.values_list("pk", "account__name", "account_id")[:MOST]
    ]


@waits_on_others
def questions(visit: Visit) -> Iterable[MyThing]:
    """Questions that the policy leaves open, and that this person put to whoever rules."""
    rows = RulingAsked.objects.filter(asked_by=visit.person, state=AskedState.OPEN).order_by("-pk")
    return [
        MyThing(f"policy.rulingasked:{pk}", "", reverse("asked-ruling", args=[pk]))
        for pk in rows.values_list("pk", flat=True)[:MOST]
    ]


@waits_on_others
def suggestions(visit: Visit) -> Iterable[MyThing]:
    """Suggestions for the policy."""
    rows = Suggestion.objects.filter(by=visit.person, state=SuggestionState.OPEN).order_by("-pk")
    return [
        MyThing(f"policy.suggestion:{pk}", "", reverse("suggestion", args=[pk]))
        for pk in rows.values_list("pk", flat=True)[:MOST]
    ]


@waits_on_others
def training(visit: Visit) -> Iterable[MyThing]:
    """That somebody records this person's training. Other tasks about a person are not told to them here."""
    return [MyThing(f"people.person:{visit.person.pk}", kinds=("policy.trained",))]
