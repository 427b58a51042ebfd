"""Reads of inbox items, each with a number of queries that does not grow with its rows."""

from datetime import datetime
from functools import cache

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, Parts, read_once, with_all_parts
from schoolgate.inbox.models import Answer, AuthorStep, Item, ItemNote, ItemVersion, Moderation, ReplyRemoval
from schoolgate.inbox.states import ItemState
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.intents import Waiting, waiting
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person

PARTS: Parts = {
    "versions": lambda: Prefetch("versions", ItemVersion.objects.order_by("number")),
    "answers": lambda: Prefetch("answers", Answer.objects.select_related("by").order_by("id")),
}
"""What belongs to an item."""


def _with_its_place(rows: QuerySet[Item]) -> QuerySet[Item]:
    return rows.select_related("account__school", "school", "post", "assigned_to")


def _whole() -> QuerySet[Item]:
    return _with_its_place(Item.objects.all()).prefetch_related(*(part() for part in PARTS.values()))


@cache
def _one() -> FixedQuery[Item]:
    return FixedQuery(_with_its_place(Item.every.filter(pk=A_NUMBER)))


def item(pk: int) -> Item:
    """Return one item, with its versions and answers, also one that is locked. Raises NotFound, also for
    another federation's and for one that was destroyed."""
    if not (rows := with_all_parts(_one().ask({A_NUMBER: pk}), PARTS)):
        raise NotFound
    found = rows[0]
    _check_still_here(found)
    if found.post is not None and found.post.school_id == found.school_id and found.school is not None:
        found.post.school = found.school
    return found


def items_page(
    *, before: int | None = None, limit: int = 50, state: ItemState | None = None
) -> tuple[list[Item], int | None]:
    """Return items, newest first, older than the id `before`; with the id to ask the next page with, None at
    the end."""
    rows = _whole().order_by("-id")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def notes_for(person: Person, item: Item) -> QuerySet[ItemNote]:
    """Return what colleagues noted beside an item, but for what may be about this person and isn't theirs."""
    theirs = Q(by=person) | not_meant("inbox.itemnote", person)
    return ItemNote.objects.filter(theirs, item=item).select_related("by").order_by("id")


def answer(pk: int) -> Answer:
    """Return one answer with its item. Raises NotFound, also where they were destroyed."""
    found = Answer.objects.select_related("item__account__school", "item__school", "by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    _check_still_here(found.item)
    return found


def answers_to_advance(at: datetime) -> list[Waiting]:
    """Return the answers for which the program has to take a step by now."""
    return waiting(Answer.objects.all(), at, account="item__account_id")


def moderations_to_advance(at: datetime) -> list[Waiting]:
    """Return moderators' steps on comments that the program has to continue by now."""
    return waiting(Moderation.objects.all(), at, account="item__account_id")


def removals_to_advance(at: datetime) -> list[Waiting]:
    """Return the take-downs of replies that the program has to continue by now."""
    return waiting(ReplyRemoval.objects.all(), at, account="answer__item__account_id")


def reply_removal(pk: int) -> ReplyRemoval:
    """Return the take-down of one reply. Raises NotFound."""
    found = ReplyRemoval.objects.select_related("answer__by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def author_steps_to_advance(at: datetime) -> list[Waiting]:
    """Return steps about authors that the program has to continue by now."""
    return waiting(AuthorStep.objects.all(), at)


def author_step(pk: int) -> AuthorStep:
    """Return one step about the author of a comment. Raises NotFound."""
    rows = AuthorStep.objects.select_related("account__school", "item", "by", "agreed_by", "ends")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def locked_item(pk: int) -> Item:
    """Return the item, locked until this transaction ends. Raises NotFound."""
    list(Item.every.select_for_update().filter(pk=pk).values_list("pk"))
    return item(pk)


def moderation(pk: int) -> Moderation:
    """Return one step of a moderator with its comment. Raises NotFound."""
    rows = Moderation.objects.select_related("item__account__school", "item__school", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def moderations_of(item: Item) -> list[Moderation]:
    """Return every step of moderators about this comment, newest first."""
    return read_once(
        ("inbox.moderations", item.pk), lambda: list(Moderation.objects.filter(item=item).order_by("-pk"))
    )


def live_moderation(item: Item) -> Moderation | None:
    """Return a moderator's request about this comment that is not done yet."""
    rows = Moderation.objects.filter(item=item, state__in=sorted(LIVE))
    return rows.select_related("item__account", "by").first()


def _check_still_here(item: Item) -> None:
    if item.destroyed_at is not None:
        raise NotFound(
            _("This comment was destroyed."),
            _("The Records page has the certificate."),
        )
