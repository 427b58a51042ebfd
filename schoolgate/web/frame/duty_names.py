"""What the things are called that duties are about: one query for each kind of thing, however many rows."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models.functions import Coalesce, Left
from django.utils.text import Truncator

from schoolgate.accounts.models import (
    Account,
    AccountKey,
    Admission,
    Fake,
    FoundPage,
    Handover,
    Offer,
    Proposal,
    SmallProposal,
)
from schoolgate.inbox.models import Answer, Item
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.publishing.models import Delivery, PostTarget
from schoolgate.rota.models import Swap, Turn
from schoolgate.web.frame.times import instant_in_words


def proposals(ids: list[int]) -> Mapping[int, str]:
    """Proposals for an account, by their names."""
    return dict(Proposal.objects.filter(pk__in=ids).values_list("pk", "name"))


def accounts(ids: list[int]) -> Mapping[int, str]:
    """Accounts."""
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))


def handed_over(ids: list[int]) -> Mapping[int, str]:
    """The accounts of handovers."""
    return dict(Handover.objects.filter(pk__in=ids).values_list("pk", "account__name"))


def offers(ids: list[int]) -> Mapping[int, str]:
    """The accounts of parts that are offered."""
    return dict(Offer.objects.filter(pk__in=ids).values_list("pk", "account__name"))


def people(ids: list[int]) -> Mapping[int, str]:
    """People."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


def keys(ids: list[int]) -> Mapping[int, str]:
    """Keys, by their account and kind."""
    keys = AccountKey.objects.filter(pk__in=ids).select_related("account")
    return {key.pk: f"{key.account.name}, {key.get_kind_display()}" for key in keys}


def small_proposals(ids: list[int]) -> Mapping[int, str]:
    """Small proposals."""
    return dict(SmallProposal.objects.filter(pk__in=ids).values_list("pk", "name"))


def asked_accounts(ids: list[int]) -> Mapping[int, str]:
    """The account that somebody asks to be let in to: who it is stays on the request's own page."""
    rows = Admission.objects.filter(pk__in=ids, account__isnull=False)
    return dict(rows.values_list("pk", "account__name"))


def fakes(ids: list[int]) -> Mapping[int, str]:
    """Fakes, by their references."""
    return dict(Fake.objects.filter(pk__in=ids).values_list("pk", "reference"))


def found_pages(ids: list[int]) -> Mapping[int, str]:
    """Found pages, by what they call themselves."""
    return dict(FoundPage.objects.filter(pk__in=ids).values_list("pk", "name"))


def reports(ids: list[int]) -> Mapping[int, str]:
    """The number alone: what a report says stands on its own page."""
    return dict(Report.objects.filter(pk__in=ids).values_list("pk", "reference"))


def deliveries(ids: list[int]) -> Mapping[int, str]:
    """Deliveries, by their accounts and how the post begins: two for one account are told apart."""
    texts = Delivery.objects.filter(pk__in=ids).annotate(begins=Left(Coalesce("of__text", "text"), 200))
    rows = texts.values_list("pk", "account__name", "begins")
    return {pk: " · ".join(filter(None, (account, _shortened(begins)))) for pk, account, begins in rows}


def posts(ids: list[int]) -> Mapping[int, str]:
    """How a post begins, on whichever account it is to stand first."""
    texts = PostTarget.objects.filter(post__in=ids).annotate(begins=Left("text", 200)).order_by("-pk")
    return {pk: _shortened(begins) for pk, begins in texts.values_list("post", "begins")}


def _shortened(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(60)


def items(ids: list[int]) -> Mapping[int, str]:
    """On which account it came in: what somebody outside wrote stays on its own page."""
    return dict(Item.objects.filter(pk__in=ids).values_list("pk", "account__name"))


def answers(ids: list[int]) -> Mapping[int, str]:
    """Answers, by the account of what they answer."""
    return dict(Answer.objects.filter(pk__in=ids).values_list("pk", "item__account__name"))


def turns(ids: list[int]) -> Mapping[int, str]:
    """Turns of the rota, by when they start."""
    rows = Turn.objects.filter(pk__in=ids).values_list("pk", "starts_at")
    return {pk: instant_in_words(starts_at) for pk, starts_at in rows}


def swaps(ids: list[int]) -> Mapping[int, str]:
    """Requests for cover, by when the turn starts."""
    rows = Swap.objects.filter(pk__in=ids).values_list("pk", "turn__starts_at")
    return {pk: instant_in_words(starts_at) for pk, starts_at in rows}
