"""Pictures: who may add one and vouch for it; added, described, vouched for, and replaced where its author
edited it: the one before is deleted, because it shows what was blurred. Reads of pictures with a name, and of
prints that differ in few bits: one among very many, and those of one picture among those of another.

Small copies of pictures for lists are made when a browser asks, which then keeps them.
"""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import BinaryIO

from django.db import transaction
from django.db.models import BooleanField, F, ProtectedError
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.events import record
from schoolgate.core.holds import is_held
from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import current_scope
from schoolgate.media.faces import count_faces
from schoolgate.media.films import MEDIA_TYPE, SHEET_SIDE, ProvenFilm, captions_of
from schoolgate.media.models import ConsentCheck, Film, Picture, film_of
from schoolgate.media.proving import ProvenPicture, Source, prove_picture, turn
from schoolgate.media.words import ask_to_read
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.rules import check_capacity
from schoolgate.pupils.consents import has_pupils

BITS = 64
UPRIGHT, TURNS, OF_ONE_SIDE = 2, 8, 174
"""So many of a picture's prints, the first, are of the whole as it is and mirrored; so many with it turned;
and so many with what is left of it after a tilt or a crop of one side, which is looked for turned too. Looked
for turned, all other crops found pictures of something else."""
_PADDED = 64
"""Prints are put side by side in multiples of so many, so that there are few masks."""


class Near:
    """Prints, of which one is looked for that differs from another in at most `bits`.

    Where so few differ, one of `bits` + 1 stretches of them is the same in both: only prints that share a
    stretch are compared.
    """

    def __init__(self, prints: Iterable[int], *, bits: int) -> None:
        self._bits = bits
        places = [BITS * number // (bits + 1) for number in range(bits + 2)]
        self._stretches = [
            (begin, (1 << end - begin) - 1, defaultdict[int, list[int]](list))
            for begin, end in pairwise(places)
        ]
        for each in set(prints):
            for begin, mask, sharing in self._stretches:
                sharing[each >> begin & mask].append(each)

    def finds(self, asked: Sequence[int]) -> bool:
        """Return whether one of these prints is that near to one of them."""
        return any(
            ((one ^ each) & (1 << BITS) - 1).bit_count() <= self._bits
            for begin, mask, sharing in self._stretches
            for one in asked
            if one >> begin & mask in sharing
            for each in sharing[one >> begin & mask]
        )


class Side:
    """Prints side by side in one number, so that one is compared with all of them at once."""

    def __init__(self, prints: Sequence[int]) -> None:
        padded = [*prints, *(list(prints[:1]) * (-len(prints) % _PADDED))]
        self._size = len(padded)
        self._number = int.from_bytes(struct.pack(f"<{len(padded)}q", *padded), "little")

    def has_near(self, one: int, *, bits: int) -> bool:
        """Return whether one of them differs from this print in at most so many bits: the ones of each
        difference are counted where it lies, in pairs, fours, eights and so on."""
        ones, pairs, fours, eights, counts, top, over = _masks(self._size, bits)
        left = self._number ^ (one & (1 << BITS) - 1) * ones
        left -= left >> 1 & pairs
        left = (left & fours) + (left >> 2 & fours)
        left = left + (left >> 4) & eights
        left += left >> 8
        left += left >> 16
        left = left + (left >> 32) & counts
        return left + over & top != top


@cache
def _masks(size: int, bits: int) -> tuple[int, ...]:
    """Return for so many prints side by side a one for each, what counts its ones, and what makes more of
    them than `bits` overflow."""
    ones = sum(1 << BITS * place for place in range(size))
    each = (1, 0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x7F, 0x80, 127 - bits)
    return tuple(ones * mask for mask in each)


class Compared:
    """The prints of one picture, as they are compared with another's."""

    def __init__(self, prints: Sequence[int]) -> None:
        self._prints = prints

    def is_like(self, other: Compared, *, bits: int) -> bool:
        """Return whether one of these pictures may be the other, a part of it, also mirrored, or half of it
        turned. Of any two prints one is of a whole picture: two crops of different pictures are too easily
        alike. That one is turned and mirrored, so that of the other nothing more has to be kept."""
        return self._has(other, bits) or other._has(self, bits)

    def _has(self, other: Compared, bits: int) -> bool:
        wholes = other._prints[:TURNS]
        if not (self._prints and wholes):
            return False
        return any(self._all.has_near(each, bits=bits) for each in wholes[:UPRIGHT]) or any(
            self._of_one_side.has_near(each, bits=bits) for each in wholes[UPRIGHT:]
        )

    @cached_property
    def _all(self) -> Side:
        return Side(self._prints)

    @cached_property
    def _of_one_side(self) -> Side:
        return Side(self._prints[:OF_ONE_SIDE])


def picture(pk: int) -> Picture:
    """The picture of this federation with that id. Raises NotFound, also for another federation's."""
    found = Picture.objects.select_related("school", "film").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def picture_for(person: Person, pk: int, *, school: School, kept: Container[int] = ()) -> Picture:
    """Return a picture that `person` may put into a post of `school`: their own, or one it has (`kept`).

    Raises NotFound for any other, and for one of another school.
    """
    found = picture(pk)
    if found.school_id != school.pk or not (found.pk in kept or found.added_by_id == person.pk):
        raise NotFound
    return found


def newest_checks(of: Sequence[Picture], channels: Sequence[str]) -> dict[tuple[int, str], ConsentCheck]:
    """Return the newest check of each of these pictures as it is now, by the picture's id and the channel.
    Without a check there is no entry."""
    if not of:
        return {}
    rows = ConsentCheck.objects.filter(picture__in=of, channel__in=channels)
    rows = rows.filter(picture_digest=F("picture__digest")).select_related("by").order_by("id")
    return {(row.picture_id, row.channel): row for row in rows}


ALIKE = 10
"""Bits of 64 in which the prints of two pictures may differ so that they may be the same."""
_NEAR = """(
    EXISTS (
        SELECT FROM unnest(media_picture.prints) AS p(part), unnest(%s::bigint[]) AS w(whole)
        WHERE bit_count((part # whole)::bit(64)) <= %s
    ) OR EXISTS (
        SELECT FROM unnest(media_picture.prints[1:%s]) AS p(part), unnest(%s::bigint[]) AS w(whole)
        WHERE bit_count((part # whole)::bit(64)) <= %s
    )
)"""
"""Whether a part of a picture may be the whole of another, or what is left of one side that one turned."""


def pictures_like(of: Sequence[Picture]) -> set[int]:
    """Return the ids of the federation's other pictures that may be the same as one of these, a part of it,
    or what it is a part of, as each was compared with the others once it was added (`media.handlers`).

    A hint for a person who looks: it finds copies of another size, quality or brightness, mirrored, turned
    or tilted ones and crops to about half, and misses others. Which post used which file is on record.
    """
    own = {each.pk for each in of}
    return {pk for like in pictures_like_each(of).values() for pk in like} - own


def pictures_like_each(of: Collection[Picture]) -> dict[int, set[int]]:
    """Return the same of each of these pictures by itself, by their ids. One query, two more for each that
    wasn't compared yet."""
    found = {
        each.pk: set(look_for_like(each) if each.like is None and each.prints else each.like or ())
        for each in of
    }
    later = Picture.objects.filter(like__overlap=[*found]).values_list("pk", "like") if found else ()
    for pk, like in later:
        for each in found.keys() & set(like or ()):
            found[each].add(pk)
    return found


def look_for_like(to: Picture) -> set[int]:
    """Compare this picture with all others of the federation and return the ids of those. Of two each finds
    the other. Two queries, which take half a millisecond for each picture there is."""
    others = Picture.objects.exclude(pk=to.pk)
    parts, one_side = Near(to.prints, bits=ALIKE), Near(to.prints[:OF_ONE_SIDE], bits=ALIKE)
    rows = others.values_list("pk", f"prints__0_{TURNS}")
    found = {pk for pk, whole in rows if parts.finds(whole[:UPRIGHT]) or one_side.finds(whole)}
    own = (to.prints[:UPRIGHT], ALIKE, OF_ONE_SIDE, to.prints[UPRIGHT:TURNS], ALIKE)
    near = RawSQL(_NEAR, own, output_field=BooleanField())  # noqa: S611
    return found.union(others.filter(near).values_list("pk", flat=True))


EDGE = 144
"""Pixels of a side, where a list shows it at 48: three of them for each on a phone."""


def small_copy(picture: BinaryIO) -> bytes:
    """Return one of our own pictures, which were redrawn when they came in, as a small JPEG."""
    from PIL import Image  # here, because what is idle shouldn't have it in memory

    image = Image.open(picture, formats=["JPEG", "PNG"])
    image.draft("RGB", (EDGE, EDGE))
    image.thumbnail((EDGE, EDGE))
    clear = image.convert("RGBA")
    on_white = Image.new("RGBA", clear.size, "white")
    on_white.alpha_composite(clear)
    out = io.BytesIO()
    on_white.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def check_may_add(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this school."""
    check_capacity(person, "write_post", on=on, school=school)


def check_may_send_in(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at this school, with which they may send in pictures for
    those who write posts."""
    if not assignments(person, on=on, where=Where(school=school)).exists():
        raise NotAllowed(
            _("You have no role at this school, so you can’t send in news for it."),
            next_step=_("Ask the person who looks after people and roles."),
        )


LONGEST_LIST = timedelta(days=100)
"""House rule: no list is older than this, nor than the run of teaching before this one. Twelve weeks, their
half-term break and a weekend or two."""


def oldest_list(school: School, *, on: date) -> date:
    """Return the first day from which a consent list on paper counts on a day: at most a term ago."""
    begun = Term.objects.filter(school=school, first_day__lte=on).order_by("-first_day")
    runs = list(begun.values_list("first_day", flat=True)[:2])
    return max([on - LONGEST_LIST, *runs[1:]])


def check_may_vouch(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` may confirm that the school's consent list was checked."""
    check_capacity(person, "attest_pictures", on=on, school=school)


LONGEST_ALT = 1000
"""Characters: the least that any network with a limit takes, so that one description serves them all."""


def smallest_limit() -> int:
    """The most bytes that a picture may have on every network that the program sends pictures to."""
    limits = [found.number("picture_bytes") for found in all_capabilities().values()]
    return min(limit for limit in limits if limit is not None)


def take_in(content: bytes | Source) -> ProvenPicture:
    """Check an upload, convert it to the form that every network gets and count the faces in it. Pure file
    work: call it before a scope opens. Raises BadInput on `picture`."""
    with turn():  # one for both: pictures that are half done would wait in the memory
        proven = prove_picture(content, most_bytes=smallest_limit())
        return replace(proven, faces=count_faces(proven.content))


def store(picture: ProvenPicture, *, federation_id: int) -> str:
    """Put the file into the store and return its digest; safe to do twice. No transaction may be open
    around it."""
    return files.keep(picture.content, picture.media_type, federation_id=federation_id).digest


@action
def add_picture(
    *, by: Person, at: datetime, school: School, proven: ProvenPicture, digest: str, alt: str = "",
    shows_people: bool | None = None, shows_pupils: bool | None = None, sent_in: bool = False,
    read: bool = True,
) -> Picture:  # fmt: skip
    """Save a picture whose file is already in the store under `digest`, and have a worker compare it with the
    others and read the words in it unless `read` says otherwise. `sent_in`: with news, for others to use,
    which takes any role here.

    Raises NotAllowed for people who don't write posts here, BadInput on `alt`, `shows_pupils`.
    """
    check = check_may_send_in if sent_in else check_may_add
    check(by, school, on=local_day(at))
    _check_description(alt, shows_people, shows_pupils)
    picture = Picture.objects.create(
        school=school,
        digest=digest,
        media_type=proven.media_type,
        width=proven.width,
        height=proven.height,
        size=len(proven.content),
        prints=list(proven.prints),
        faces=proven.faces,
        like=None if proven.prints else [],
        alt=alt.strip(),
        shows_people=shows_people,
        shows_pupils=shows_pupils,
        added_by=by,
        added_at=at,
    )
    record("picture.added", subject=picture, at=at, actor=by, file=digest)
    if read:
        ask_to_read(picture, at=at)
    return picture


@dataclass(frozen=True, slots=True)
class StoredFilm:
    """A film that was proven and put into the store with its cover; its rows are written inside the scope."""

    proven: ProvenFilm
    digest: str
    cover: ProvenPicture
    cover_digest: str


def store_film(proven: ProvenFilm, *, federation_id: int) -> StoredFilm:
    """Prove the cover as any picture and put both files into the store. No transaction may be open around it.
    Raises BadInput on `picture` where the cover can't be used; then nothing is stored."""
    try:
        cover = cover_of(proven)
    except BadInput:
        proven.path.unlink(missing_ok=True)
        raise
    kept = files.keep_path(proven.path, MEDIA_TYPE, federation_id=federation_id)
    return StoredFilm(proven, kept.digest, cover, store(cover, federation_id=federation_id))


def cover_of(proven: ProvenFilm) -> ProvenPicture:
    """Prove the cover of a film as any picture, with the prints of others from all of the film; where only
    they show faces it counts one, for they may all show the same. Raises BadInput on `picture`."""
    with turn():
        cover = take_in(proven.cover)
        sheet = prove_picture(proven.sheet, side=SHEET_SIDE)
        later = count_faces(sheet.content) if not cover.faces else None
    prints = (*cover.prints[:TURNS], *sheet.prints, *cover.prints[TURNS:])
    return replace(cover, prints=tuple(dict.fromkeys(prints)), faces=1 if later else cover.faces)


@action
def add_film(*, by: Person, at: datetime, school: School, film: StoredFilm) -> Picture:
    """Save a film whose files are in the store already, and return its cover: the picture by which a post has
    it. Raises NotAllowed for people who don't write posts here."""
    cover = add_picture(by=by, at=at, school=school, proven=film.cover, digest=film.cover_digest)
    proven = film.proven
    row = Film.objects.create(
        cover=cover,
        digest=film.digest,
        width=proven.width,
        height=proven.height,
        size=proven.size,
        milliseconds=proven.milliseconds,
        has_sound=proven.has_sound,
        captions=proven.captions,
    )
    record("film.added", subject=row, at=at, actor=by, file=film.digest)
    return cover


@action
def describe_picture(
    *,
    by: Person,
    at: datetime,
    picture: Picture,
    alt: str,
    shows_people: bool | None,
    shows_pupils: bool | None,
    captions: str | None = None,
    no_speech: bool | None = None,
    hears_pupils: bool | None = None,
) -> Picture:
    """Change the description of a picture. Earlier checks of it remain; posts that carry it are asked again,
    because the description is part of what goes out. `captions` (WebVTT) and `no_speech`: of the film whose
    cover it is; `hears_pupils`: the same, None leaves it.

    Raises BadInput also on `captions`, naming the line.
    """
    check_may_add(by, picture.school, on=local_day(at))
    _check_description(alt, shows_people, shows_pupils)
    film = film_of(picture)
    if film is not None and captions is not None:
        film.captions = captions_of(captions, ends_at=film.milliseconds)
        film.no_speech = no_speech
        film.save(update_fields=["captions", "no_speech"])
    if film is not None and hears_pupils is not None:
        film.hears_pupils = hears_pupils
        film.save(update_fields=["hears_pupils"])
    picture.alt, picture.shows_people, picture.shows_pupils = alt.strip(), shows_people, shows_pupils
    picture.save(update_fields=["alt", "shows_people", "shows_pupils"])
    record("picture.described", subject=picture, at=at, actor=by)
    return picture


@action
def vouch(
    *, by: Person, at: datetime, picture: Picture, channel: str, list_dated: date, everybody_may: bool
) -> ConsentCheck:
    """Record that `by` checked the school's consent list of `list_dated` for `channel` (a network's key).

    Raises NotAllowed for people without that part and for who added the picture, BadInput for an unknown
    channel or a list that doesn't count: from the future, more than a term old, or on paper although the
    pupils are here.
    """
    day = local_day(at)
    check_may_vouch(by, picture.school, on=day)
    if picture.added_by_id == by.pk:
        raise NotAllowed(
            _("Someone other than the author must check the consent list."), _("Ask a colleague.")
        )
    if channel not in all_capabilities():
        raise BadInput({"channel": _("Choose the network the picture will appear on.")})
    if list_dated > day:
        raise BadInput({"list_dated": _("The date of the list can’t be after today.")})
    if list_dated < day and has_pupils(picture.school):
        raise BadInput({"list_dated": _("Check the pupils’ list in Schoolgate as it is today.")})
    if list_dated < oldest_list(picture.school, on=day):
        raise BadInput({"list_dated": _("This list is more than a term old. Check a newer one.")})
    check = ConsentCheck.objects.create(
        picture=picture,
        picture_digest=picture.digest,
        channel=channel,
        by=by,
        at=at,
        list_dated=list_dated,
        everybody_may=everybody_may,
    )
    record(
        "picture.attested",
        subject=picture,
        at=at,
        actor=by,
        check=check.pk,
        channel=channel,
        yes=everybody_may,
    )
    return check


def _check_description(alt: str, shows_people: bool | None, shows_pupils: bool | None) -> None:
    wrong = {}
    if len(alt.strip()) > LONGEST_ALT:
        wrong["alt"] = _("The description can be up to 1,000 characters.")
    if shows_pupils and not shows_people:
        wrong["shows_pupils"] = _(
            "If a pupil can be seen, someone can be seen. Change one of the two answers."
        )
    if wrong:
        raise BadInput(wrong)


@action
def drop_replaced(*, by: Person, at: datetime, picture: Picture) -> bool:
    """Delete a picture of `by` that no post and no check uses, with its file; returns whether it is gone.

    One that is in use, on hold or another person's stays: then a post shows which it was. Raises NotAllowed
    for people who don't write posts here.
    """
    check_may_add(by, picture.school, on=local_day(at))
    if picture.added_by_id != by.pk or is_held(picture):
        return False
    pk, digest = picture.pk, picture.digest
    try:
        with transaction.atomic():
            picture.delete()
    except ProtectedError:
        return False
    picture.pk = pk
    record("picture.replaced", subject=picture, at=at, actor=by)
    if not Picture.objects.filter(digest=digest).exists():
        remove = partial(files.remove, digest, federation_id=current_scope().federation_id)
        transaction.on_commit(remove, robust=True)
    return True
