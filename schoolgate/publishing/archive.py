"""The posts of an account afterwards: reactions, changes, figures by month and author, and all of them as one
ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.accounts.closing import Part
from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.events import record
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import COUNTED, Reactions
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.sheets import write_csv
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing import queries
from schoolgate.publishing.models import (
    WITHHELD_AFTER,
    AnnouncedDays,
    Delivery,
    LiveChange,
    LiveCheck,
    Post,
    PostPerson,
    PostPicture,
    PostReactions,
    PostState,
    PostTarget,
    Purpose,
    TakeDown,
    TakeDownPost,
    WithdrawnCopy,
    WithheldPicture,
)
from schoolgate.publishing.of_pupils import first_day_of, pictures_withheld
from schoolgate.publishing.sending import note_held
from schoolgate.publishing.sights import visible_to
from schoolgate.pupils.consents import standings_by_channel
from schoolgate.pupils.models import Pupil, Use

# What became of published posts: reactions, changes made on their networks, days that have passed. Reads.


@dataclass(frozen=True)
class Month:
    """What came out in a month (its first day): how many posts were read, and the reactions to them so
    far."""

    first: date
    posts: int
    counts: Reactions


def open_changes(post: Post) -> list[LiveChange]:
    """Return the changes made to a post on its networks that wait for a person, oldest first. One query."""
    rows = LiveChange.objects.filter(delivery__post=post, ended_at=None)
    return list(rows.select_related("delivery__account").order_by("id"))


def to_check(post: Post) -> AnnouncedDays | None:
    """Return the days that a live post announces, where it waits for a person: it is listed as out of date,
    or its next check is due. One query."""
    if post.state != PostState.PUBLISHED:
        return None
    waits = Q(listed=True, stays_at=None) | Q(look_asked_at__isnull=False)
    return AnnouncedDays.objects.filter(waits, post=post).first()


def change_on(post: Post, pk: int) -> LiveChange:
    """Return one change of this post. Raises NotFound, also for another post's."""
    rows = LiveChange.objects.filter(delivery__post=post, pk=pk)
    found = rows.select_related(
        "delivery__account", "delivery__post__school", "delivery__post__author"
    ).first()
    if found is None:
        raise NotFound
    return found


def is_changed(delivery: Delivery) -> bool:
    """Return whether a change made to it on its network waits for a person."""
    return LiveChange.objects.filter(delivery=delivery, ended_at=None).exists()


def reactions_to(deliveries: Sequence[Delivery]) -> dict[int, list[PostReactions]]:
    """Return what was counted for each of these copies, newest day first. One query."""
    found: dict[int, list[PostReactions]] = {each.pk: [] for each in deliveries}
    for row in PostReactions.objects.filter(delivery__in=list(found)).order_by("-day"):
        found[row.delivery_id].append(row)
    return found


def checks_of(deliveries: Sequence[Delivery]) -> dict[int, LiveCheck]:
    """Return when each of these copies was last read, by the copy's id. One query."""
    return {row.delivery_id: row for row in LiveCheck.objects.filter(delivery__in=[d.pk for d in deliveries])}


def accounts_counted(person: Person, *, on: date) -> list[Account]:
    """Return the accounts with published posts that this person may see, by name. One query."""
    out = _out_seen_by(person, on=on).order_by().values("account")
    return list(Account.objects.filter(pk__in=out).order_by("name", "pk"))


def by_month(account: Account, since: date, *, seen_by: Person | None = None, on: date) -> list[Month]:
    """Return the reactions to the posts of an account by the month in which they came out, oldest first.

    With `seen_by` only of posts that this person may see on the day `on`. One query.
    """
    out = _out_seen_by(seen_by, on=on).filter(account=account, state_at__gte=begins(since))
    rows = PostReactions.objects.filter(delivery__in=out.order_by().values("pk"))
    newest = rows.order_by("delivery_id", "-day").distinct("delivery_id")
    found: dict[date, Month] = {}
    for at, *counts in newest.values_list("delivery__state_at", *COUNTED):
        first = local_day(at).replace(day=1)
        before = found.get(first, Month(first, 0, Reactions()))
        found[first] = Month(first, before.posts + 1, before.counts + Reactions(*counts))
    return [found[first] for first in sorted(found)]


def _out_seen_by(person: Person | None, *, on: date) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)
    if person is None:
        return rows
    return rows.filter(post__in=Post.objects.filter(visible_to(person, on)).values("pk"))


SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


class Posts:
    """This app's figures, for `accounts.figures`."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Posts wait for no answer."""
        return {}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """How many posts came out in each month, and the reactions to these. Two queries."""
        rows = _out_on(account).filter(state_at__gte=begins(since))
        counted = rows.annotate(month=TruncMonth("state_at", tzinfo=LONDON)).values("month")
        return {
            "posts": {
                row["month"].date(): row["number"] for row in counted.annotate(number=Count("id")).order_by()
            },
            "reactions": {each.first: each.counts.total for each in by_month(account, since, on=since)},
        }

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """How many posts of the account each person wrote. One query."""
        rows = _out_on(account).filter(state_at__gte=begins(since)).values("post__author")
        return {row["post__author"]: row["number"] for row in rows.annotate(number=Count("id")).order_by()}

    def count(self, account: Account) -> int:
        """How many posts came out on the account."""
        return _out_on(account).count()

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether one of its posts had to go since then, for a child's consent or someone's safety."""
        return _gone(_out_on(account), since=since).exists()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """The next posts, oldest first, each with its pictures: without words and pictures what had to go for
        a child's consent or someone's safety. Three queries."""
        rows = _out_on(account).filter(pk__gt=after)
        found = list(rows.prefetch_related("take_downs").order_by("pk")[:limit])
        gone = set(_gone(rows).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
        return [(one.pk, _left_out(one) if one.pk in gone else _part(one)) for one in found]


def _out_on(account: Account) -> QuerySet[Delivery]:
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


MOST = 500
"""Posts of one file; a narrower search gives the rest."""
EXPORTS = frozenset({"approve_post", "stop_everything", "oversee", "own_policy"})


@dataclass(frozen=True)
class Search:
    """What posts are searched by. `pupils`: shown or named in them. `first`, `last`: days on which they
    were written, planned or sent."""

    words: str = ""
    account: int | None = None
    pupils: QuerySet[Pupil, int] | None = None
    first: date | None = None
    last: date | None = None
    states: Collection[PostState] = ()

    @property
    def condition(self) -> Q:
        """Return what it asks beside words and status."""
        found = Q()
        if self.account is not None:
            found &= Q(pk__in=PostTarget.objects.filter(account=self.account).values("post"))
        if self.pupils is not None:
            found &= Q(pk__in=PostPerson.objects.filter(pupil__in=self.pupils).values("post"))
        if self.first is not None or self.last is not None:
            begun = Delivery.objects.filter(self._days("written_at"), purpose=Purpose.PUBLISH)
            found &= self._days("created_at") | self._days("planned_at") | Q(pk__in=begun.values("post"))
        return found

    def _days(self, name: str) -> Q:
        first = Q(**{f"{name}__gte": begins(self.first)}) if self.first else Q()
        after = Q(**{f"{name}__lt": begins(self.last + timedelta(days=1))}) if self.last else Q()
        return first & after


@dataclass(frozen=True)
class Row:
    """A post as the file has it. `without`: its pictures are left out, because of a pupil in them."""

    post: Post
    accounts: str
    text: str
    pictures: list[dict[str, str]] = field(default_factory=list)
    without: bool = False


@action
def export_posts(*, by: Person, at: datetime, search: Search) -> list[Row]:
    """Return the found posts for a file, newest first, and record who took them. Raises NotAllowed.

    The number of queries is constant. Pictures stay out where a pupil in them may not be shown today on each
    of the post's networks; not known is no.
    """
    on = local_day(at)
    check_exports(by, on=on)
    found, _older = queries.posts_page(
        limit=MOST, states=search.states, seen_by=by, on=on, words=search.words, narrowed=search.condition
    )
    note_held(found, at=at)
    withheld = _withheld(found, on=on)
    record("post.exported", subject=by, at=at, actor=by, posts=len(found), without_pictures=len(withheld))
    return [_row(each, without=each.pk in withheld) for each in found]


def check_exports(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person approves or oversees posts somewhere."""
    if not capacities(person, on=on, anywhere=True) & EXPORTS:
        raise NotAllowed(
            _("Only people who approve or oversee posts can download several at once."),
            _("Ask a colleague who approves posts."),
        )


def bundle(rows: Sequence[Row], *, federation_id: int, language: str) -> Iterator[bytes]:
    """Yield the file piece by piece, outside any transaction: a download that is stopped stops the work."""
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made, translation.override(language):
        made.writestr("posts.csv", write_csv(_table(rows)))
        made.writestr("index.html", render_to_string("posts_live/export.html", {"rows": rows, "most": MOST}))
        yield out.taken()
        for name, digest in {one["file"]: one["digest"] for row in rows for one in row.pictures}.items():
            try:
                content = files.read(digest, federation_id=federation_id)
            except (NotFound, OSError):  # lost or damaged; the text beside it outlives it
                continue
            made.writestr(name, content, compress_type=zipfile.ZIP_STORED)
            yield out.taken()
    yield out.taken()


class _Pieces(io.RawIOBase):
    """What was written since it was taken last; can't be sought in."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """Return what is new, and forget it."""
        found = bytes(self._held)
        self._held.clear()
        return found


def _withheld(posts: Sequence[Post], *, on: date) -> set[int]:
    alike = pictures_withheld(posts)
    shown = {
        post.pk: [row.pupil for row in post.people.all() if row.pupil is not None and row.shown is not False]
        + [one.pupil for one in alike.get(post.pk, ()) if one.pupil is not None]
        for post in posts
    }
    for_safety = {pk for pk, found in alike.items() if any(one.pupil is None for one in found)}
    pupils = {pupil.pk: pupil for each in shown.values() for pupil in each}
    if not pupils:
        return for_safety
    networks = {post.pk: {target.account.network for target in post.targets.all()} for post in posts}
    channels = sorted(set().union(*networks.values()))
    may = standings_by_channel(
        pupils.values(), uses=(Use.PICTURE,), channels=channels, on=on, own_yes_from=own_yes_from(on=on),
        since=first_day_of(picture for post in posts for picture in post.pictures),
    )  # fmt: skip
    return for_safety | {
        pk
        for pk, people in shown.items()
        if people
        and (
            not networks[pk]
            or not all(may[one.pk][each][Use.PICTURE].may for one in people for each in networks[pk])
        )
    }


def _row(post: Post, *, without: bool) -> Row:
    targets = list(post.targets.all())
    pictures = [
        {
            "file": f"pictures/{each.digest[:16]}.{SUFFIX.get(each.media_type, 'bin')}",
            "digest": each.digest,
            "alt": each.alt,
        }
        for each in ([] if without else post.pictures)
    ]
    texts = dict.fromkeys(each.text for each in targets if each.text) or {post.text: None}
    accounts = ", ".join(each.account.name for each in targets)
    return Row(post, accounts, "\n\n".join(texts), pictures, without and bool(post.pictures))


def _table(rows: Sequence[Row]) -> Iterator[list[object]]:
    yield [_("Number"), _("Status"), _("Accounts"), _("Author"), _("Written"), _("Scheduled"), _("Text"),
           _("Pictures")]  # fmt: skip
    for row in rows:
        post, times = row.post, (row.post.created_at, row.post.planned_at)
        yield [
            post.pk, post.get_state_display(), row.accounts, post.author.name,
            *(each.isoformat(timespec="minutes") if each else "" for each in times), row.text,
            _("left out") if row.without else " ".join(each["file"] for each in row.pictures),
        ]  # fmt: skip
