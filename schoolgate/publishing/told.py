"""The posts of an account in figures: how many by month and by author; and all of them for its archive."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from schoolgate.accounts.closing import Part
from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON, begins
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.models import (
    Delivery,
    PostPicture,
    TakeDown,
    TakeDownPost,
    WithdrawnCopy,
    WithheldPicture,
)
from schoolgate.publishing.reactions import by_month
from schoolgate.publishing.states import WITHHELD_AFTER, Purpose

SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


class Posts:
    """This app's figures, for `accounts.figures`."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Posts wait for no answer."""
        return {}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """How many posts came out in each month, and the reactions to these. Two queries."""
        rows = _out(account).filter(state_at__gte=begins(since))
        counted = rows.annotate(month=TruncMonth("state_at", tzinfo=LONDON)).values("month")
        return {
            "posts": {
                row["month"].date(): row["number"] for row in counted.annotate(number=Count("id")).order_by()
            },
            "reactions": {each.first: each.counts.total for each in by_month(account, since, on=since)},
        }

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """How many posts of the account each person wrote. One query."""
        rows = _out(account).filter(state_at__gte=begins(since)).values("post__author")
        return {row["post__author"]: row["number"] for row in rows.annotate(number=Count("id")).order_by()}

    def count(self, account: Account) -> int:
        """How many posts came out on the account."""
        return _out(account).count()

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether one of its posts had to go since then, for a child's consent or someone's safety."""
        return _gone(_out(account), since=since).exists()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """The next posts, oldest first, each with its pictures: without words and pictures what had to go for
        a child's consent or someone's safety. Three queries."""
        rows = _out(account).filter(pk__gt=after)
        found = list(rows.prefetch_related("take_downs").order_by("pk")[:limit])
        gone = set(_gone(rows).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
        return [(one.pk, _left_out(one) if one.pk in gone else _part(one)) for one in found]


def _out(account: Account) -> QuerySet[Delivery]:
    return Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)


def _gone(rows: QuerySet[Delivery], *, since: datetime | None = None) -> QuerySet[Delivery]:
    """Return those of these copies that had to go, or have a picture that did. `since`: from then on."""
    asked = Q(withdrawal__isnull=False) | Q(reason__in=WITHHELD_AFTER)
    acts = TakeDown.objects.filter(asked, **({"at__gte": since} if since else {}))
    pictures = WithheldPicture.objects.filter(**({"at__gte": since} if since else {}))
    return rows.filter(
        Q(pk__in=WithdrawnCopy.objects.filter(take_down__in=acts).values("delivery"))
        | Q(post__in=TakeDownPost.objects.filter(take_down__in=acts).values("post"))
        | Q(post__in=PostPicture.objects.filter(picture__digest__in=pictures.values("digest")).values("post"))
    )


def _left_out(delivery: Delivery) -> Part:
    data = {
        "number": delivery.post_id, "published": delivery.state_at.isoformat(), "language": delivery.language,
        "text": "", "pictures": [], "left_out": True, "address": delivery.ref.address if delivery.ref else "",
        "taken_down": delivery.taken_down,
    }  # fmt: skip
    return Part(kind="posts", data=data)


def _part(delivery: Delivery) -> Part:
    files = {each["digest"]: _file_name(each) for each in delivery.pictures}
    films = [each["film"] for each in delivery.pictures if "film" in each]
    return Part(
        kind="posts",
        data={
            "number": delivery.post_id,
            "published": delivery.state_at.isoformat(),
            "language": delivery.language,
            "text": delivery.text,
            "pictures": [
                {"file": files[each["digest"]], "description": each["alt"]} for each in delivery.pictures
            ],
            **_film(delivery),
            **_card(delivery),
            "address": delivery.ref.address if delivery.ref else "",
            "taken_down": delivery.taken_down,
        },
        pictures=files | {each["digest"]: _film_name(each) for each in films},
    )


def _film(delivery: Delivery) -> dict[str, Any]:
    """Return a film's part of a post; its cover is among the pictures."""
    film = next((each["film"] for each in delivery.pictures if "film" in each), None)
    return {"film": {"file": _film_name(film), "captions": film["captions"]}} if film else {}


def _card(delivery: Delivery) -> dict[str, Any]:
    """Return the words of the card that was published with a post's link."""
    words = {name: delivery.card[name] for name in ("address", "title", "description") if delivery.card}
    return {"link_card": words} if words else {}


def _film_name(frozen: Mapping[str, Any]) -> str:
    return f"pictures/{frozen['digest'][:16]}.mp4"


def _file_name(frozen: Mapping[str, Any]) -> str:
    return f"pictures/{frozen['digest'][:16]}.{SUFFIX.get(frozen['media_type'], 'bin')}"
