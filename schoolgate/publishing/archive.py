"""Posts found in the archive as one ZIP: a list for a spreadsheet, a page to read, and their pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.events.recording import record
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.sheets import write_csv
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing import queries
from schoolgate.publishing.going_out import note_held
from schoolgate.publishing.models import Delivery, Post, PostPerson, PostTarget
from schoolgate.publishing.of_pupils import first_day_of
from schoolgate.publishing.states import PostState, Purpose
from schoolgate.publishing.told import SUFFIX
from schoolgate.publishing.withheld import pictures_withheld
from schoolgate.pupils.consents import standings_by_channel
from schoolgate.pupils.models import Pupil, Use

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
