"""Names of the things that duties are about: one query for all of them, of any kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left
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
from schoolgate.publishing.models import Delivery, Post, PostTarget
from schoolgate.rota.models import Swap, Turn
from schoolgate.web.frame.times import instant_in_words

Rows = QuerySet[Any, Any]
Names = Callable[[Iterable[int]], Rows]
"""Things by their ids, each with what it is called in `called`."""
BETWEEN = "\x1f"
"""Parts of a name that only Python can put together."""
LETTERS = 60


def proposals(ids: Iterable[int]) -> Rows:
    """Proposals for an account, by their names."""
    return Proposal.objects.filter(pk__in=ids).annotate(called=F("name"))


def accounts(ids: Iterable[int]) -> Rows:
    """Accounts."""
    return Account.objects.filter(pk__in=ids).annotate(called=F("name"))


def handed_over(ids: Iterable[int]) -> Rows:
    """The accounts of handovers."""
    return Handover.objects.filter(pk__in=ids).annotate(called=F("account__name"))


def offers(ids: Iterable[int]) -> Rows:
    """The accounts of parts that are offered."""
    return Offer.objects.filter(pk__in=ids).annotate(called=F("account__name"))


def people(ids: Iterable[int]) -> Rows:
    """People."""
    return Person.objects.filter(pk__in=ids).annotate(called=F("name"))


def keys(ids: Iterable[int]) -> Rows:
    """Keys, by their account and kind."""
    return AccountKey.objects.filter(pk__in=ids).annotate(
        called=Concat("account__name", Value(BETWEEN), "kind", output_field=TextField())
    )


def small_proposals(ids: Iterable[int]) -> Rows:
    """Small proposals."""
    return SmallProposal.objects.filter(pk__in=ids).annotate(called=F("name"))


def asked_accounts(ids: Iterable[int]) -> Rows:
    """Return the account that a person asks to follow. Who asks is shown only on the request's own page."""
    return Admission.objects.filter(pk__in=ids, account__isnull=False).annotate(called=F("account__name"))


def fakes(ids: Iterable[int]) -> Rows:
    """Fakes, by their references."""
    return Fake.objects.filter(pk__in=ids).annotate(called=F("reference"))


def found_pages(ids: Iterable[int]) -> Rows:
    """Found pages, by what they call themselves."""
    return FoundPage.objects.filter(pk__in=ids).annotate(called=F("name"))


def reports(ids: Iterable[int]) -> Rows:
    """Return the number alone: what a report says is shown only on its own page."""
    return Report.objects.filter(pk__in=ids).annotate(called=F("reference"))


def deliveries(ids: Iterable[int]) -> Rows:
    """Return deliveries, named by account and the start of the post, so that two of one account differ."""
    begins = Left(Coalesce("of__text", "text"), 200)
    return Delivery.objects.filter(pk__in=ids).annotate(
        called=Concat("account__name", Value(BETWEEN), begins, output_field=TextField())
    )


def posts(ids: Iterable[int]) -> Rows:
    """Return the start of each post and the account that was chosen first."""
    return Post.objects.filter(pk__in=ids).annotate(called=beginning(OuterRef("pk")))


def beginning(post: OuterRef) -> Coalesce:
    """Return how a post begins, as an expression."""
    first = PostTarget.objects.filter(post=post).order_by("pk").annotate(begins=Left("text", 200))
    return Coalesce(Subquery(first.values("begins")[:1]), Value(""), output_field=TextField())


def items(ids: Iterable[int]) -> Rows:
    """Return the account on which the item arrived. What the author wrote is shown only on the item's own
    page."""
    return Item.objects.filter(pk__in=ids).annotate(called=F("account__name"))


def answers(ids: Iterable[int]) -> Rows:
    """Answers, by the account of what they answer."""
    return Answer.objects.filter(pk__in=ids).annotate(called=F("item__account__name"))


def turns(ids: Iterable[int]) -> Rows:
    """Turns of the rota, by when they start."""
    return Turn.objects.filter(pk__in=ids).annotate(called=Cast("starts_at", TextField()))


def swaps(ids: Iterable[int]) -> Rows:
    """Requests for cover, by when the turn starts."""
    return Swap.objects.filter(pk__in=ids).annotate(called=Cast("turn__starts_at", TextField()))


def _key(account: str, kind: str) -> str:
    return f"{account}, {AccountKey(kind=kind).get_kind_display()}"


def _delivery(account: str, begins: str = "") -> str:
    return " · ".join(filter(None, (account, shortened(begins))))


SAID: Mapping[Names, Callable[..., str]] = {
    keys: _key,
    deliveries: _delivery,
    turns: lambda text: str(instant_in_words(datetime.fromisoformat(text))),
    swaps: lambda text: str(instant_in_words(datetime.fromisoformat(text))),
    posts: lambda text: shortened(text),  # noqa: PLW0108 - it is defined below
}
"""How to compose a name from more than one column."""


def named(wanted: Mapping[Names, Iterable[int]]) -> dict[Names, dict[int, str]]:
    """Return what these things are called, by their kind and id. One query; none where nothing is wanted."""
    kinds = list(wanted)
    rows = [
        kind(wanted[kind])
        .order_by()
        .values_list(Value(number), "pk", Cast("called", TextField()), named=False)
        for number, kind in enumerate(kinds)
    ]
    found: dict[Names, dict[int, str]] = {kind: {} for kind in kinds}
    if not rows:
        return found
    for number, pk, text in rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]:
        say = SAID.get(kinds[number], str)
        found[kinds[number]][pk] = say(*(text or "").split(BETWEEN, 1))
    return found


def shortened(text: str) -> str:
    """Return how a text begins, in one line."""
    return Truncator(" ".join(text.split())).chars(LETTERS)
