"""The comments on an account in figures: how many wait or were answered; and all of them for its archive."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth

from schoolgate.accounts.closing import Part
from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON, begins
from schoolgate.inbox.models import Answer, Item, ItemVersion, ReplyRemoval
from schoolgate.inbox.states import ItemKind, ItemState
from schoolgate.networks.handshake import Intent


class Comments:
    """This app's figures, for `accounts.figures`."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Return how many await a reply. One query."""
        rows = Item.objects.filter(account__in=accounts, state=ItemState.OPEN).values("account")
        return {row["account"]: row["number"] for row in rows.annotate(number=Count("id")).order_by()}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """How many comments came in, and how many answers arrived, in each month. Two queries."""
        came = Item.objects.filter(account=account, received_at__gte=begins(since))
        went = Answer.objects.filter(
            item__account=account, state=Intent.CONFIRMED, state_at__gte=begins(since)
        )
        return {"comments": _months(came, "received_at"), "answers": _months(went, "state_at")}

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Comments are no posts."""
        return {}

    def count(self, account: Account) -> int:
        """How many comments there are for the archive."""
        return _kept(account).count()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """The next comments, oldest first, each with its texts and answers but those that were taken off.
        Three queries."""
        rows = _kept(account).filter(pk__gt=after).order_by("pk")
        found = rows.prefetch_related(
            Prefetch("versions", ItemVersion.objects.order_by("number")),
            Prefetch("answers", _answers().order_by("id")),
        )
        return [(one.pk, _part(one)) for one in found[:limit]]

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether a comment was locked to the leads since then, and is, or a reply was taken
        off."""
        later = Q(locked_at__gte=since) | Q(destroyed_at__gte=since)
        off = _taken_off().filter(answer__item__account=account, written_at__gte=since)
        return Item.every.filter(later, account=account).exists() or off.exists()


def _taken_off() -> QuerySet[ReplyRemoval]:
    return ReplyRemoval.objects.exclude(state=Intent.CANCELLED)


def _answers() -> QuerySet[Answer]:
    return Answer.objects.filter(state=Intent.CONFIRMED).exclude(pk__in=_taken_off().values("answer"))


def _kept(account: Account) -> QuerySet[Item]:
    """Return the account's items without private messages, which stay where their own rules keep them, and
    without those that tell something bad of a colleague, who may be the reader."""
    return Item.objects.filter(account=account, private=False, meant=[]).exclude(kind=ItemKind.MESSAGE)


def _months(rows: "QuerySet[Item] | QuerySet[Answer]", column: str) -> dict[date, int]:
    counted = rows.annotate(month=TruncMonth(column, tzinfo=LONDON)).values("month")
    return {row["month"].date(): row["number"] for row in counted.annotate(number=Count("id")).order_by()}


def _part(item: Item) -> Part:
    return Part(
        kind="comments",
        data={
            "number": item.pk,
            "below_post": item.post_id,
            "received": item.received_at.isoformat(),
            "by": item.author_name or item.author_handle,
            "handle": item.author_handle,
            "texts": [version.text for version in item.versions.all()],
            "kept_back": item.kept_back,
            "state": item.state,
            "answers": [
                {"at": answer.state_at.isoformat(), "text": answer.text} for answer in item.answers.all()
            ],
        },
    )
