"""Copy in what no program can read: with its time as a network shows it, a photograph and its words, and
never twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import note_reading
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import MONTHS, day_of
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import LONGEST_TEXT, Pasted, ingest
from schoolgate.inbox.models import SAYABLE, Item, ItemKind, ItemPhoto, PhotoWords
from schoolgate.inbox.sight import PASTED
from schoolgate.media.words import fill, have_read, words_in_file
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.models import Post

# A time as a network shows it ("2 h", "yesterday at 14:10") -> the day and the time that it means. Pure.
# Nothing is guessed: what the network leaves open stays open, and a person says it before anything is
# stored.

LONGEST = 60

_NOW = frozenset({"now", "just now", "nawr", "rwan", "rŵan"})
_TODAY = frozenset({"today", "heddiw"})
_YESTERDAY = frozenset({"yesterday", "ddoe"})
_UNITS: dict[str, str] = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "munud", "mun"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "awr", "oriau"), "hours"),
    **dict.fromkeys(("d", "day", "days", "diwrnod", "dydd"), "days"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "wythnos"), "weeks"),
}
_WEEKDAYS = (
    ("monday", "mon", "dydd llun", "llun"),
    ("tuesday", "tue", "dydd mawrth"),
    ("wednesday", "wed", "dydd mercher", "mercher"),
    ("thursday", "thu", "dydd iau", "iau"),
    ("friday", "fri", "dydd gwener", "gwener"),
    ("saturday", "sat", "dydd sadwrn", "sadwrn"),
    ("sunday", "sun", "dydd sul", "sul"),
)
_DAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

_AGO = re.compile(r"(?:about |tua )?(\d{1,3}) ?([a-z]+)(?: ago| yn ôl)?$")
_CLOCK = re.compile(r"(?:^|[ ,])(?:at |am )?([01]?\d|2[0-3])[:.]([0-5]\d) ?(am|pm)?$")
_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-zŵ]+)(?: (\d{4}))?$")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?$")


@dataclass(frozen=True)
class Seen:
    """The meaning of such words at the moment at which they are read. `time` is None if they leave it open;
    `about`: they are rounded, so the time is not exact."""

    day: date
    time: time | None
    about: bool = False


def understand(words: str, *, at: datetime) -> Seen | None:
    """Return the day and the London time that a network's words mean, read at `at`; None if they say neither.

    A result in the future is moved to the week or year before: networks show past times.
    """
    said = " ".join(words.casefold().replace("·", " ").split())[:LONGEST].strip(" ,")
    if said in _NOW:
        local = at.astimezone(LONDON)
        return Seen(local.date(), local.time().replace(second=0, microsecond=0), about=True)
    return _ago(said, at) or _named(said, at)


def _ago(said: str, at: datetime) -> Seen | None:
    found = _AGO.fullmatch(said)
    if found is None or found[2] not in _UNITS:
        return None
    unit, number = _UNITS[found[2]], int(found[1])
    then = (at - timedelta(**{unit: number})).astimezone(LONDON)
    if unit in ("minutes", "hours"):
        return Seen(then.date(), then.time().replace(second=0, microsecond=0), about=True)
    return Seen(then.date(), None, about=True)


def _named(said: str, at: datetime) -> Seen | None:
    clock = _CLOCK.search(said)
    try:
        read = _clock(clock) if clock else None
        rest = (said[: clock.start()] if clock else said).strip(" ,")
        rest = rest.removesuffix(" at").removesuffix(" am").strip(" ,")
        day = _day(rest, local_day(at), only_time=read is not None)
    except ValueError:  # 31 February, 13:10 pm
        return None
    if day is None:
        return None
    if not rest and read is not None and datetime.combine(day, read, LONDON) > at:
        day -= timedelta(days=1)
    return Seen(day, read)


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour on that half of the day")
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, int(found[2]))


def _day(said: str, today: date, *, only_time: bool) -> date | None:
    if said in _TODAY or (not said and only_time):
        return today
    if said in _YESTERDAY:
        return today - timedelta(days=1)
    if said in _DAY:
        return today - timedelta(days=(today.weekday() - _DAY[said]) % 7 or 7)
    written, numbers = _WRITTEN.fullmatch(said), _NUMBERS.fullmatch(said)
    if written and written[2] in MONTHS:
        return _in_the_past(written[3], MONTHS[written[2]], int(written[1]), today)
    if numbers:
        return _in_the_past(numbers[3], int(numbers[2]), int(numbers[1]), today)
    return None


def _in_the_past(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return day_of(int(year), month, day)
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


READ_PHOTO_WORDS: Final = "inbox.read_photo_words"
KEPT = timedelta(days=1)
"""How long words are kept of a photograph whose comment was never saved. House rule."""


@action
def ask_for_words(*, by: Person, at: datetime, digest: str) -> None:
    """Have a worker read the words of a photograph that `by` took, once. Nothing where nothing here reads."""
    if words_of_photo(by, digest) is None:
        row = PhotoWords(by=by, digest=digest, asked_at=at)
        have_read(row, job=READ_PHOTO_WORDS, federation_id=by.federation_id, person_id=by.pk, digest=digest)


def words_of_photo(person: Person, digest: str) -> PhotoWords | None:
    """Return what was read of a photograph of this person's; None: it was not asked for, or nothing reads."""
    return PhotoWords.objects.filter(by=person, digest=digest).first()


def read_photo_words(
    federation_id: int, person_id: int, digest: str, *, clock: Callable[[], datetime]
) -> bool:
    """Read one photograph; returns whether there are words. One that was saved or read meanwhile is left
    alone."""
    with scope(federation_id):
        waits = PhotoWords.objects.filter(by=person_id, digest=digest, read_at=None).exists()
    if not waits:
        return False
    lines = words_in_file(digest, federation_id=federation_id)
    with scope(federation_id):
        rows = PhotoWords.objects.filter(by=person_id, digest=digest, read_at=None)
        return fill(rows, at=clock(), lines=lines) and bool(lines)


@action
def forget_words(*, at: datetime, by: Person | None = None, digest: str = "") -> int:
    """Delete the words of a photograph whose comment is saved; without one, those older than a day. Returns
    how many."""
    rows = PhotoWords.objects.all()
    rows = rows.filter(by=by, digest=digest) if by is not None else rows.filter(asked_at__lt=at - KEPT)
    return rows.delete()[0]


NEAR = timedelta(days=2)
"""The same words of the same author this close together count as the same comment: a network that says "1 d"
leaves as much open. House rule; the person pasting it can say that it is another."""


@dataclass(frozen=True)
class Photo:
    """A photograph that was checked and is in the store under `digest`."""

    digest: str
    media_type: str
    width: int
    height: int


@action
def paste_in(
    *,
    by: Person,
    at: datetime,
    account: Account,
    text: str,
    appeared_at: datetime,
    author: str = "",
    address: str = "",
    post: Post | None = None,
    kind: str = ItemKind.COMMENT,
    private: bool,
    photo: Photo | None = None,
    read_all: bool = False,
) -> Item:
    """Add by hand a comment from a network that no program reads, with the time at which it appeared there.

    `photo` is stored with it. `read_all`: `by` has gone through everything that others wrote there, which
    ends the policy's reminder to do so if it has one. `kind`: one of `SAYABLE`. `private`: True also where it
    isn't known whether everyone can read it. Raises NotAllowed; BadInput on `text`, `appeared_at`, `address`,
    `kind`, `post`.
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    wrong = {}
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong["text"] = _("Paste the comment, up to 100,000 characters.")
    if appeared_at > at:
        wrong["appeared_at"] = _("The date and time can’t be in the future.")
    if address and (not address.startswith("https://") or len(address) > 480):
        wrong["address"] = _("Paste the whole link, starting with https://")
    if kind not in SAYABLE:
        wrong["kind"] = _("Choose a type.")
    if post is not None and not post.targets.filter(account=account).exists():
        wrong["post"] = _("That post isn’t on this account. Choose another.")
    if wrong:
        raise BadInput(wrong)
    given = as_given(
        account, text=text, author=author, appeared_at=appeared_at, private=private, address=address
    )
    ingest(at=at, account=account, items=[given], post=post, pasted=Pasted(by, ItemKind(kind)))
    rows = Item.every.select_related("account__school", "school")
    item = rows.get(account=account, network_id=given.ref.id)
    if photo is not None:
        keep_photo(item, photo, by=by, at=at)
    if read_all:
        note_reading(account=account, by=by, at=at)
    return item


def as_given(
    account: Account, *, text: str, author: str, appeared_at: datetime, private: bool, address: str = ""
) -> IncomingItem:
    """Return what a person brings in, as a network would give it. Without an address the same words of the
    same author and minute are the same comment, whichever way they come: bringing them twice makes one."""
    appeared = appeared_at.astimezone(UTC)
    digest = hashlib.sha256(
        f"{author}\n{appeared:%Y-%m-%dT%H:%M}\n{text}".encode(errors="surrogatepass")
    ).hexdigest()
    return IncomingItem(
        network=account.network,
        ref=Ref(network=account.network, id=address or f"{PASTED}{digest}", address=address),
        author=Author(id=author, handle=author),
        text=text,
        created_at=appeared,
        seen_at=appeared,
        attachments=(),
        visibility="private" if private else "public",
    )


def keep_photo(item: Item, photo: Photo, *, by: Person, at: datetime) -> None:
    """Save a photograph with an item, once."""
    if item.photos.filter(digest=photo.digest).exists():
        return
    kept = ItemPhoto.objects.create(
        item=item,
        digest=photo.digest,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        by=by,
        at=at,
    )
    record("item.photographed", subject=item, at=at, actor=by, photo=kept.pk)


def same_before(account: Account, *, text: str, author: str, appeared_at: datetime) -> Item | None:
    """What was copied in already and looks like the same comment: same account, writer and words (however
    they are spaced), near the same time. None where there is none."""
    near = Item.objects.filter(
        account=account,
        author_id_there=author[:300],
        received_at__range=(appeared_at - NEAR, appeared_at + NEAR),
    )
    words = " ".join(text.split())
    for item in near.prefetch_related("versions").order_by("-pk")[:200]:
        if any(" ".join(version.text.split()) == words for version in item.versions.all()):
            return item
    return None
