"""Comments with their replies, and photographs of comments: what is due, and how it is destroyed.

The row of a comment stays, because the record, tasks and figures speak of it by its number: it keeps its
type, its times and its status. Its words, its author, its address and everything copied from it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.lasting import keyed
from schoolgate.core.retention import SIX_YEARS, Area, Declared, Kind, Public, Row, needed
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import cancel
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.models import (
    AbuseReport,
    Answer,
    Appeal,
    AppealState,
    AuthorStep,
    Evidence,
    GroupMessage,
    HandRemoval,
    Item,
    ItemNote,
    ItemPhoto,
    ItemState,
    ItemVersion,
    ItemWord,
    Moderation,
    ReplyRemoval,
    WriterStep,
)
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.noticeboard.models import erase_comments
from schoolgate.policy.models import DecisionFacts

OVER = (ItemState.ANSWERED, ItemState.CLOSED)
READ = {"locked_at": None, "waits_for_lead_since": None}
"""Neither locked nor waiting to be read by a safeguarding lead (`first_read`)."""
ITEM, PHOTO = "inbox.item:", "inbox.itemphoto:"


def destroyed_id(network_id: str) -> str:
    """Return what stands in place of the network's number of a destroyed comment: with it we know a comment
    that the network still shows, so that it is not taken in again."""
    return "destroyed:" + keyed("schoolgate.inbox.destroyed", network_id).hexdigest()


def destroyed_among(account_id: int, network_ids: Iterable[str]) -> set[str]:
    """Return those of an account's comments that were destroyed here, by the network's numbers. One query."""
    by_stand_in = {destroyed_id(one): one for one in network_ids}
    rows = Item.every.filter(account=account_id, network_id__in=list(by_stand_in), destroyed_at__isnull=False)
    return {by_stand_in[one] for one in rows.values_list("network_id", flat=True)}


class Comments(Kind):
    """Comments and messages from outside, with our replies, our notes and the copies kept as evidence."""

    key, number, endings = "comments", 1, ("comment_period", "comment_emptied")
    area = Area.INBOX
    public = Public.WITH
    name = _("Comments and replies")
    thing = _("Comment or message")
    counted = _("From the day it was replied to or closed.")
    goes = _(
        "The text, the author’s name and address, our replies, notes, photos, copies kept as evidence, and "
        "the answers that decisions about it were based on. On our noticeboard the comment and our replies "
        "to it go too."
    )
    stays = _(
        "The comment’s type, dates and status. On other networks the comment and our replies "
        "aren’t deleted: do that there first, if you can. Comments in an open concern, press "
        "enquiry, appeal or block stay until that is over, and those that may show danger "
        "until a safeguarding lead has read them."
    )
    because = _(
        "Our suggestion: three years. No law sets a number; you must keep it no longer than you need it."
    )
    first = _(
        "First close it, and any concern, press enquiry, appeal, report, block or danger task about it."
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Item]:
        """Return the comments that were over before that instant and that nothing in the inbox needs."""
        rows = Item.every.filter(state__in=OVER, state_at__lt=before, destroyed_at=None, **READ)
        return rows.filter(*_free(local_day(at))).annotate(since=F("state_at")).order_by("state_at", "pk")

    def rows_of(self, pk: int) -> QuerySet[Item]:
        """Return the comment."""
        return Item.every.filter(pk=pk, destroyed_at=None)

    def unheld(self, rows: QuerySet[Item], held: Sequence[str]) -> QuerySet[Item]:
        """Leave out what a hold on the comment or on one of its photographs keeps."""
        photos = ItemPhoto.objects.filter(pk__in=_numbers(held, PHOTO)).values("item")
        return rows.exclude(pk__in=_numbers(held, ITEM)).exclude(pk__in=photos)

    def subject_of(self, pk: int) -> str:
        """Return the name of a comment that is still here."""
        if not Item.every.filter(pk=pk, destroyed_at=None).exists():
            raise NotFound(
                _("There is no comment with this number, or it has been destroyed."),
                _("Check the number on the comment’s page."),
            )
        return f"{ITEM}{pk}"

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock the comments; return those in use at this moment, and those that a room above needs."""
        locked = Item.every.select_for_update(skip_locked=True, of=("self",)).filter(
            pk__in=pks, state__in=OVER, destroyed_at=None, **READ
        )
        free = set(locked.values_list("pk", flat=True))
        unread = _open_tasks(free).filter(kind=DANGER).values_list("subject", flat=True)
        return set(pks) - free | needed(self.key, sorted(free)) | {number_of(one) for one in unread}

    def take_down(self, pks: Sequence[int], *, at: datetime) -> None:
        """Take the comments and our replies to them off our noticeboard."""
        rows = Item.every.filter(pk__in=pks, account__network=OURS).exclude(network_id="")
        erase_comments(rows.values_list("network_id", flat=True), at=at)

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Delete what was copied, empty what stays, and end the tasks that no one ended; return the digests
        of the photographs."""
        for kind, subject in sorted(set(_open_tasks(pks).values_list("kind", "subject"))):
            cancel(kind=kind, subject=subject, because="destroyed", at=at)
        digests = list(ItemPhoto.objects.filter(item__in=pks).values_list("digest", flat=True))
        for model in (ItemVersion, ItemWord, ItemNote, ItemPhoto, Evidence, WriterStep):
            model._default_manager.filter(item__in=pks).delete()
        DecisionFacts.objects.filter(kept__subject__in=[f"{ITEM}{pk}" for pk in pks]).delete()
        Answer.objects.filter(item__in=pks).update(text="", differences=[], said="", receipt=None)
        ReplyRemoval.objects.filter(answer__item__in=pks).update(differences=[], said="", receipt=None)
        AuthorStep.objects.filter(item__in=pks).update(author_id_there="", number="", said="")
        Moderation.objects.filter(item__in=pks).update(differences=[], said="", receipt=None)
        appeals = Appeal.objects.filter(removal__item__in=pks)
        appeals.update(words="-")
        appeals.exclude(reasons="").update(reasons="-")  # decided ones have reasons, says the database
        _empty(pks, at=at)
        return digests

    def needs_file(self, digest: str) -> bool:
        """Return whether a photograph that is still here is this file."""
        return ItemPhoto.objects.filter(digest=digest).exists()


class Photographs(Kind):
    """Photographs and screenshots of comments."""

    key, number, endings = "photographs", 2, ("photo_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Photos of comments")
    thing = _("Comment or message")
    counted = _("From the day its comment was replied to or closed.")
    goes = _("The photo and its file.")
    stays = _("The comment itself, with its text.")
    because = _(
        "Our suggestion: one year. A screenshot often shows other people. A claim for defamation must be "
        "made within one year (Limitation Act 1980, section 4A)."
    )
    first = Comments.first
    held_with = ("comments",)

    def due(self, before: datetime, *, at: datetime) -> QuerySet[ItemPhoto]:
        """Return the photographs of comments that were over before that instant."""
        items = Item.every.filter(pk=OuterRef("item"), **READ).filter(*_free(local_day(at)))
        rows = ItemPhoto.objects.filter(Exists(items), item__state__in=OVER, item__state_at__lt=before)
        return rows.annotate(since=F("item__state_at")).order_by("item__state_at", "pk")

    def rows_of(self, pk: int) -> QuerySet[ItemPhoto]:
        """Return the photographs of the comment."""
        return ItemPhoto.objects.filter(item=pk)

    def unheld(self, rows: QuerySet[ItemPhoto], held: Sequence[str]) -> QuerySet[ItemPhoto]:
        """Leave out what a hold on the photograph or its comment keeps."""
        return rows.exclude(pk__in=_numbers(held, PHOTO)).exclude(item__in=_numbers(held, ITEM))

    def subject_of(self, pk: int) -> str:
        """Return the name of the comment: people know its number, not that of its photograph."""
        return Comments().subject_of(pk)

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock their comments; return those in use at this moment, and those that a room above needs."""
        items = dict(ItemPhoto.objects.filter(pk__in=pks).values_list("pk", "item_id"))
        needed = Comments().still_needed(sorted(set(items.values())))
        return {pk for pk in pks if pk not in items or items[pk] in needed}

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Delete them; return the digests of their files."""
        rows = ItemPhoto.objects.filter(pk__in=pks)
        digests = list(rows.values_list("digest", flat=True))
        rows.delete()
        return digests


class GroupMessages(Declared):
    """Messages from official accounts to groups."""

    key, number, endings = "messages", 22, ("message_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Messages to groups")
    thing = _("Message to a group")
    counted = _("From the day it was sent, or written if it wasn’t sent.")
    goes = _("The text, the name of the group, and the reasons.")
    stays = _("The message’s account and dates, how many people it went to, and who wrote it.")
    because = SIX_YEARS
    first = _("Finish every task about it.")
    row = Row(
        GroupMessage,
        over=Q(),
        since=("sent_at", "at"),
        empties={"text": "-", "group": "-", "reason": "", "implications": ""},
    )


def _free(on: date) -> list[Combinable]:
    """Return the conditions under which nothing in the inbox still needs a comment on a day."""
    here = OuterRef("pk")
    needs = (
        Moderation.objects.filter(item=here, state__in=sorted(LIVE)),
        AuthorStep.objects.filter(Q(state__in=sorted(LIVE)) | Q(how="block", until__gte=on), item=here),
        Answer.objects.filter(item=here, state__in=sorted(LIVE)),
        ReplyRemoval.objects.filter(answer__item=here, state__in=sorted(LIVE)),
        HandRemoval.objects.filter(item=here, gone=None),
        AbuseReport.objects.filter(item=here, read_at=None),
        Appeal.objects.filter(removal__item=here, state=AppealState.OPEN),
    )
    return [~Exists(rows) for rows in needs]


def _open_tasks(pks: Iterable[int]) -> QuerySet[Duty]:
    return Duty.objects.filter(subject__in=[f"{ITEM}{pk}" for pk in pks], state__in=STILL_TO_DO)


def _empty(pks: Sequence[int], *, at: datetime) -> None:
    rows = list(Item.every.filter(pk__in=pks))
    for row in rows:
        row.network_id = destroyed_id(row.network_id)
        row.ref, row.root, row.why, row.version = {}, None, [], ""
        row.author_id_there = row.author_handle = row.author_name = ""
        row.destroyed_at = at
    emptied = ["network_id", "ref", "root", "why", "version", "destroyed_at"]
    Item.every.bulk_update(rows, [*emptied, "author_id_there", "author_handle", "author_name"])


def _numbers(subjects: Sequence[str], begins: str) -> list[int]:
    return [number_of(one) for one in subjects if one.startswith(begins)]
