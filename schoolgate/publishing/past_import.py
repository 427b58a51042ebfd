"""Posts from before Schoolgate are imported from the networks' own downloads, unjudged, searchable.

A download is uploaded, read outside any transaction into a sealed file of posts alone, some hundreds in each
line, shown in numbers, confirmed, and imported piece by piece: a killed or stopped import continues where it
was. It may contain private messages and much else that the school has no business with, so it is removed as
soon as its posts are read. Work on the file is done before a scope is opened, or once it is closed.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

import structlog
from django.db import connection
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.addresses import read as read_address
from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core import files, vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.files import Place, key_of
from schoolgate.core.home import drafts
from schoolgate.core.moves import move
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import current_scope, in_scope, scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.networks.archives.port import LeftOut, OldPost, Owner, Unreadable
from schoolgate.networks.archives.reading import Download, open_download
from schoolgate.networks.driving import Clock
from schoolgate.networks.port import NetworkError
from schoolgate.people.models import Person
from schoolgate.publishing import past_posts
from schoolgate.publishing.models import (
    FILE_LASTS,
    OPEN,
    PAST_MOVES,
    QUIET,
    Delivery,
    PastImport,
    PastPost,
    PastState,
    Purpose,
    Whose,
)
from schoolgate.publishing.past_posts import list_imported, searched, version_of

AT_ONCE = 500
"""Posts in one piece: one line of the file, one transaction."""
_KIND = "posts"
_DOWNLOAD, _POSTS = ".download", ".posts"
ROOM = 2
"""How many times the file's size must be free on the disk before it is stored."""


@dataclass(frozen=True)
class KeptDownload:
    """A stored download. `file`: its name here; `content`: its digest."""

    file: str
    content: str
    size: int


class NoRoom(Exception):
    """The disk has no space for the file and what is read out of it."""


def keep_download(source: BinaryIO, size: int, *, federation_id: int) -> KeptDownload:
    """Store a download as a stream. Raises NoRoom."""
    if shutil.disk_usage(drafts()).free < ROOM * size + 100_000_000:
        raise NoRoom
    name, digest = secrets.token_hex(12), hashlib.sha256()
    draft = drafts() / f"{name}{_DOWNLOAD}"
    try:
        with draft.open("xb") as file:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        files.passing().lay(_place(name, _DOWNLOAD, federation_id), draft)
    finally:
        draft.unlink(missing_ok=True)
    return KeptDownload(name, digest.hexdigest(), size)


def digest_of(source: Path) -> str:
    """The digest of a file that stays where it is."""
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_name() -> str:
    """Return a name for the posts of a download that is read in place."""
    return secrets.token_hex(12)


def download(file: str, *, federation_id: int) -> BufferedReader | None:
    """Open a download; None if it is gone."""
    place = _place(file, _DOWNLOAD, federation_id)
    try:
        return files.passing().open(place)
    except FileNotFoundError:
        return None


def remove_download(file: str, *, federation_id: int) -> None:
    """Remove the download; its posts stay."""
    files.passing().remove(_place(file, _DOWNLOAD, federation_id))


def remove(file: str, *, federation_id: int) -> None:
    """Remove all its files; safe to do twice."""
    if file:
        remove_download(file, federation_id=federation_id)
        files.passing().remove(_place(file, _POSTS, federation_id))


def write_posts(file: str, pieces: Iterable[list[OldPost]], *, federation_id: int) -> int:
    """Write the posts, sealed, piece by piece; there is never half a file under its name. Returns the number
    of pieces. What the pieces raise goes through, and nothing is left."""
    return _write_lines(
        _place(file, _POSTS, federation_id),
        (vault.seal(json.dumps([_said(post) for post in piece], ensure_ascii=False)) for piece in pieces),
    )


def waiting() -> list[Place]:
    """The files of posts that wait, of every federation."""
    return sorted(laid.place for laid in files.passing().laid() if laid.place.name.endswith(_POSTS))


def rewrite(place: Place, anew: Callable[[str], str]) -> None:
    """Rewrite such a file, each of its sealed pieces as `anew` gives it. Raises FileNotFoundError, and what
    `anew` raises; the file is then unchanged."""
    _write_lines(place, (anew(line) for line in _lines(place)))


def _write_lines(place: Place, sealed: Iterable[str]) -> int:
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    number = 0
    try:
        with draft.open("x", encoding="ascii") as out:
            for line in sealed:
                out.write(line + "\n")
                number += 1
            out.flush()
            os.fsync(out.fileno())
        files.passing().lay(place, draft)
    finally:
        draft.unlink(missing_ok=True)
    return number


def _lines(place: Place) -> Iterator[str]:
    with TextIOWrapper(files.passing().open(place), encoding="ascii") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_posts(file: str, *, federation_id: int, after: int = 0) -> Iterator[list[OldPost]]:
    """The pieces, without the first `after`. FileNotFoundError where they are gone; CannotOpen."""
    for number, line in enumerate(_lines(_place(file, _POSTS, federation_id))):
        if number >= after:
            yield [_post_in(said) for said in json.loads(vault.unseal(line))]


def has_posts(file: str, *, federation_id: int) -> bool:
    """Whether its posts are here."""
    return bool(file) and files.passing().size(_place(file, _POSTS, federation_id)) is not None


def sweep(keep: Collection[str], *, federation_id: int, at: datetime, older_than: timedelta) -> int:
    """Remove what belongs to no download of `keep` and is older than `older_than`; return how many."""
    return files.sweep(_KIND, at=at, older_than=older_than, federation_id=federation_id, keep=keep)


def _place(file: str, ending: str, federation_id: int) -> Place:
    return Place(int(federation_id), f"{_safe(file)}{ending}", _KIND)


def _safe(file: str) -> str:
    if len(file) != 24 or not all(letter in "0123456789abcdef" for letter in file):
        raise FileNotFoundError(file)
    return file


def _said(post: OldPost) -> list[object]:
    return [
        post.key, post.written_at.isoformat(), post.text, post.address, post.pictures, post.edited,
        post.reply, post.language, post.alts,
    ]  # fmt: skip


def _post_in(said: list[object]) -> OldPost:
    key, at, *rest = said
    return OldPost(str(key), stored_instant(str(at)), *rest)  # type: ignore[arg-type]


@also_sealed
def seal_posts_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the waiting posts of each download, file by file; yields `posts NAME` for what no key opens."""
    for place in waiting():
        try:
            rewrite(place, lambda line: newly(line) or line)
        except CannotOpen:
            yield f"posts {key_of(place.name)}"
        except FileNotFoundError:  # imported or dropped a moment ago
            continue


NEAR = timedelta(days=2)
"""If a download gives no address, the same words within two days of ours are ours: a post by hand is
confirmed some time after it was posted."""


@dataclass(frozen=True)
class Ours:
    """Names, addresses and texts of what Schoolgate posted on an account."""

    names: frozenset[str] = frozenset()
    texts: dict[str, list[datetime]] = field(default_factory=dict)

    def has(self, post: OldPost) -> bool:
        """Whether this post of a download is one of ours."""
        if {post.key, _last(post.address)} & self.names - {""}:
            return True
        said = "" if post.address else searched(post.text)
        return bool(said) and any(abs(at - post.written_at) <= NEAR for at in self.texts.get(said, ()))


def ours_on(account: Account) -> Ours:
    """Return what Schoolgate posted on the account, as far as a network took it. One query."""
    rows = Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, receipt__isnull=False)
    names: set[str] = set()
    texts: dict[str, list[datetime]] = defaultdict(list)
    for receipt, text, at in rows.values_list("receipt", "text", "state_at").iterator():
        if receipt is None:
            continue
        names |= {str(receipt.get("id", "")), _last(str(receipt.get("address", "")))}
        texts[searched(text)].append(at)
    return Ours(frozenset(names - {""}), dict(texts))


def ids_on(account: Account) -> list[str]:
    """The network's own names of the account, from what was published there."""
    found = Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, receipt__isnull=False)
    newest = found.order_by("-id").values_list("receipt", flat=True)[:1]
    ids = [str(receipt.get("id", "")) for receipt in newest if receipt is not None]
    return [one.removeprefix("at://").partition("/")[0] for one in ids if one.startswith("at://")]


def _last(address: str) -> str:
    """The post's own part of an address: handles in it change, and the same post has several addresses."""
    typed = read_address(address) if address else None
    if typed is None:
        return ""
    last = address.rstrip("/").rpartition("/")[2].partition("?")[0]
    return f"{typed.network}:{last}" if last else ""


READ, TAKE = "past.read", "past.take"
ONE_AT_A_TIME = 7_204_131
"""Names the lock that two downloads of one account wait for."""
LONGEST_WHY = 300

_WORDS = """
INSERT INTO publishing_pastword (federation_id, token, at, post_id)
SELECT p.federation_id, one.token, p.at, p.id
FROM publishing_pastpost p, unnest(string_to_array(btrim(p.words), ' ')) AS one(token)
WHERE p.id = ANY(%s) AND p.words <> ''
"""


@action
def bring_download(
    *,
    by: Person,
    at: datetime,
    account: Account,
    file: str,
    content: str,
    size: int,
    read_by_job: bool = True,
) -> PastImport:
    """Enter a download that was put away (`past_files.keep_download`); a job reads it. Raises NotAllowed,
    NotNow (not on the register, or no downloads of this network are read)."""
    past_posts.check_may_bring(by, account, on=local_day(at))
    past_posts.check_takes_downloads(account)
    brought = PastImport.objects.create(
        account=account, by=by, at=at, content=content, size=size, file=file, state_at=at, heard_at=at
    )
    record("past.brought", subject=brought, at=at, actor=by, account=account.pk, content=content)
    if read_by_job:
        _defer(READ, brought)
    return brought


@action
def note_found(
    *, at: datetime, brought: PastImport, found: Mapping[str, Any], owner: Owner, pieces: int,
    known: Sequence[str],
) -> PastImport:  # fmt: skip
    """Save what was found in a download; from now on a person decides. Called by the job."""
    return move(
        brought, to=PastState.FOUND, moves=PAST_MOVES, at=at, heard_at=at, found=dict(found), pieces=pieces,
        owner={"id": owner.id[:300], "handle": owner.handle[:300], "address": owner.address[:500]},
        whose=past_posts.whose(brought.account, owner, known=known),
    )  # fmt: skip


@action
def note_unreadable(*, at: datetime, brought: PastImport, because: str) -> PastImport:
    """Record why a download can't be used. Nothing of it was imported. Called by the job."""
    ended = move(brought, to=PastState.UNREADABLE, moves=PAST_MOVES, at=at, heard_at=at, because=because[:40])
    record(
        "past.unreadable", subject=ended, at=at, account=ended.account_id, because=because.partition(":")[0]
    )
    return ended


@action
def take_in(
    *, by: Person, at: datetime, brought: PastImport, made_on: date, because: str = "", by_job: bool = True
) -> PastImport:
    """Confirm a download and have its posts imported.

    Args:
        made_on: the day on which the network made it.
        because: why it is this account's all the same, if the file says otherwise or nothing.

    Raises:
        NotAllowed, NotNow (not open for a decision any more), BadInput (made_on, because).
    """
    brought = _locked(by, brought, at=at)
    if brought.state != PastState.FOUND:
        raise NotNow(_("This import can’t be confirmed any more."), _("Open it again to see its status."))
    wrong: dict[str, Text] = {}
    last = brought.found.get("last")
    if made_on > local_day(at):
        wrong["made_on"] = _("This day is in the future. Choose an earlier one.")
    elif last and made_on < local_day(stored_instant(last)):
        wrong["made_on"] = _("The file contains a newer post. Enter the day the download was made.")
    because = " ".join(because.split())
    if brought.whose != Whose.SAME and not because:
        wrong["because"] = _("Say how you know these are this account’s posts.")
    if len(because) > LONGEST_WHY:
        wrong["because"] = _("Use up to 300 characters.")
    if wrong:
        raise BadInput(wrong)
    begun = move(
        brought, to=PastState.TAKING, moves=PAST_MOVES, at=at, heard_at=at, made_on=made_on, confirmed_by=by,
        confirmed_at=at, whose_because=because if brought.whose != Whose.SAME else "",
    )  # fmt: skip
    record(
        "past.confirmed", subject=begun, at=at, actor=by, account=begun.account_id, whose=begun.whose,
        posts=begun.found.get("posts", 0),
    )  # fmt: skip
    if by_job:
        _defer(TAKE, begun)
    return begun


@action
def take_piece(*, at: datetime, pk: int, number: int, posts: Sequence[OldPost], ours: Ours) -> bool:
    """Import one piece of a download, once; False where it was stopped, has ended or continued elsewhere.

    Posts that are here already, word for word, are counted and skipped; a post whose text changed on its
    network is imported beside the earlier one. Called by the job.
    """
    brought = PastImport.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)
    if brought.state != PastState.TAKING or brought.done != number:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_AT_A_TIME, brought.account_id % 2**31])
    left_out = Counter(brought.left_out)
    fresh = []
    for post in posts:
        if post.written_at > at + timedelta(days=1):
            left_out["not_yet"] += 1
        elif ours.has(post):
            left_out["ours"] += 1
        else:
            fresh.append(post)
    new = _new(brought, fresh)
    _write(brought, new, at=at)
    brought.taken += len(new)
    brought.already += len(fresh) - len(new)
    brought.left_out, brought.done, brought.heard_at = dict(left_out), number + 1, at
    brought.save(update_fields=["taken", "already", "left_out", "done", "heard_at"])
    return True


def _new(brought: PastImport, posts: Sequence[OldPost]) -> dict[tuple[str, str], OldPost]:
    """Return the posts that are not here yet, each once."""
    given = {(post.key, version_of(post.text)): post for post in posts}
    here = PastPost.objects.filter(account=brought.account_id, key__in=[key for key, _version in given])
    for known in here.values_list("key", "version"):
        given.pop(known, None)
    return given


def _write(brought: PastImport, new: Mapping[tuple[str, str], OldPost], *, at: datetime) -> None:
    pks = reserve(PastPost, len(new))
    rows = [
        PastPost(
            pk=pk, account_id=brought.account_id, source_id=brought.pk, key=key, version=version, taken_at=at,
            address=post.address, at=post.written_at, text=post.text,
            alts=post.alts, words=searched(f"{post.text}\n{post.alts}"),
            pictures=min(post.pictures, 1000), edited=post.edited, reply=post.reply, language=post.language,
        )
        for pk, ((key, version), post) in zip(pks, new.items(), strict=True)
    ]  # fmt: skip
    insert(rows)
    if pks:
        with connection.cursor() as cursor:
            cursor.execute(_WORDS, [pks])
        list_imported(brought.account, rows, at=at)


@action
def finish(*, at: datetime, pk: int) -> PastImport | None:
    """Finish a download with all pieces imported. None if some are missing, or it was finished already."""
    brought = PastImport.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)
    if brought.state != PastState.TAKING or brought.done < brought.pieces:
        return None
    ended = move(brought, to=PastState.DONE, moves=PAST_MOVES, at=at, heard_at=at)
    record(
        "past.taken_in", subject=ended, at=at, account=ended.account_id, taken=ended.taken,
        already=ended.already, content=ended.content,
    )  # fmt: skip
    return ended


@action
def stop_taking_in(*, by: Person, at: datetime, brought: PastImport) -> PastImport:
    """Stop after the current piece; what is imported stays, and the rest can continue.

    Raises NotFound, NotNow.
    """
    stopped = move(_locked(by, brought, at=at), to=PastState.STOPPED, moves=PAST_MOVES, at=at, heard_at=at)
    record("past.stopped", subject=stopped, at=at, actor=by, account=stopped.account_id, taken=stopped.taken)
    return stopped


@action
def go_on(*, by: Person, at: datetime, brought: PastImport, by_job: bool = True) -> PastImport:
    """Continue a stopped import. Raises NotAllowed, NotNow."""
    brought = _locked(by, brought, at=at)
    if brought.state != PastState.STOPPED:
        raise NotNow(_("This import isn’t stopped."), _("Open it again to see its status."))
    going = move(brought, to=PastState.TAKING, moves=PAST_MOVES, at=at, heard_at=at)
    record("past.went_on", subject=going, at=at, actor=by, account=going.account_id)
    if by_job:
        _defer(TAKE, going)
    return going


@action
def drop_download(*, by: Person, at: datetime, brought: PastImport) -> PastImport:
    """End an import: nothing more is imported, and the file is removed. Raises NotAllowed, NotNow."""
    ended = move(_locked(by, brought, at=at), to=PastState.DROPPED, moves=PAST_MOVES, at=at, heard_at=at)
    record("past.dropped", subject=ended, at=at, actor=by, account=ended.account_id, taken=ended.taken)
    return ended


@action
def look_after(*, at: datetime) -> frozenset[str]:
    """Expire downloads that were not confirmed or continued for a day, and restart stalled ones.

    Returns the names of the files that are still needed. Called by the sweep.
    """
    waiting = [PastState.FOUND, PastState.STOPPED, PastState.READING]
    for old in PastImport.objects.filter(state__in=waiting, heard_at__lte=at - FILE_LASTS).order_by("pk"):
        ended = move(old, to=PastState.LAPSED, moves=PAST_MOVES, at=at)
        record("past.lapsed", subject=ended, at=at, account=ended.account_id, taken=ended.taken)
    silent = PastImport.objects.filter(heard_at__lte=at - QUIET)
    for row in silent.filter(state__in=[PastState.READING, PastState.TAKING]).order_by("pk"):
        _defer(READ if row.state == PastState.READING else TAKE, row)
    PastImport.objects.exclude(file="").exclude(state__in=OPEN).update(file="")
    return frozenset(PastImport.objects.exclude(file="").values_list("file", flat=True))


def heard(pk: int, *, at: datetime) -> None:
    """Record that a reading is still under way."""
    PastImport.objects.filter(pk=pk).update(heard_at=at)


def _locked(by: Person, brought: PastImport, *, at: datetime) -> PastImport:
    return past_posts.import_for(by, brought.pk, on=local_day(at), lock=True)


def _defer(task: str, brought: PastImport) -> None:
    app.configure_task(task).defer(federation_id=current_scope().federation_id, import_id=brought.pk)


@action
def note_gone(*, at: datetime, pk: int) -> None:
    """Stop the import of a download whose posts file is gone, and record why."""
    brought = PastImport.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)
    if brought.state == PastState.TAKING:
        stopped = move(brought, to=PastState.STOPPED, moves=PAST_MOVES, at=at, because="gone")
        record("past.stopped", subject=stopped, at=at, account=stopped.account_id, taken=stopped.taken)


HEARD_EVERY = 20
"""Pieces between two reports that the reading is still under way."""
Says = Callable[[int, int], None]

log = structlog.get_logger(__name__)


@dataclass
class Found:
    """What is in a download, in numbers and days."""

    posts: int = 0
    pictures: int = 0
    replies: int = 0
    first: datetime | None = None
    last: datetime | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, post: OldPost) -> None:
        """Count one post."""
        self.posts += 1
        self.pictures += post.pictures
        self.replies += post.reply
        self.first = min(self.first or post.written_at, post.written_at)
        self.last = max(self.last or post.written_at, post.written_at)

    def as_json(self) -> dict[str, Any]:
        """Return it as stored in the row: instants in ISO."""
        return {
            "posts": self.posts,
            "pictures": self.pictures,
            "replies": self.replies,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "left_out": dict(self.left_out),
        }


def read(federation_id: int, import_id: int, *, clock: Clock, source: Path | None = None) -> None:
    """Read a download that waits for it; one that was read or removed is left alone. A second run starts
    over.

    Args:
        source: the path of the file, if not in the home: then it is not removed.

    Raises RuntimeError inside a scope: reading a large file has no place in a transaction.
    """
    _check_outside()
    with scope(federation_id):
        brought = PastImport.objects.select_related("account").filter(pk=import_id).first()
        if brought is None or brought.state != PastState.READING:
            return
        heard(import_id, at=clock())
        known = _known(brought)
    file = source or download(brought.file, federation_id=federation_id)
    try:
        if file is None:
            raise Unreadable("broken")
        owner, found, pieces = _read(file, brought, federation_id, clock)
    except Unreadable as error:
        because = "gone" if file is None else error.code
        remove(brought.file, federation_id=federation_id)
        with scope(federation_id):
            said = f"{because}:{error.network}" if error.network else because
            note_unreadable(at=clock(), brought=brought, because=said)
        return
    known += _told_by_network(brought.account)
    with scope(federation_id):
        note_found(
            at=clock(), brought=brought, found=found.as_json(), owner=owner, pieces=pieces, known=known
        )
    remove_download(brought.file, federation_id=federation_id)


def take(federation_id: int, import_id: int, *, clock: Clock, says: Says | None = None) -> None:
    """Import the rest of a confirmed download; one that was stopped or ended meanwhile is left alone.

    Args:
        says: told after each piece how many are in, and how many there are.
    """
    _check_outside()
    with scope(federation_id):
        brought = PastImport.objects.select_related("account").filter(pk=import_id).first()
        if brought is None or brought.state != PastState.TAKING:
            return
        here = ours_on(brought.account)
    try:
        pieces = read_posts(brought.file, federation_id=federation_id, after=brought.done)
        for number, posts in enumerate(pieces, start=brought.done):
            with scope(federation_id):
                if not take_piece(at=clock(), pk=import_id, number=number, posts=posts, ours=here):
                    return
            if says:
                says(number + 1, brought.pieces)
    except (FileNotFoundError, CannotOpen):
        # After a restore, or with another key: it cannot continue. What was imported stays, and its number is
        # shown.
        log.warning("the posts of a download are gone", federation=federation_id, download=import_id)
        with scope(federation_id):
            note_gone(at=clock(), pk=import_id)
        return
    with scope(federation_id):
        ended = finish(at=clock(), pk=import_id)
    if ended is not None:
        remove(brought.file, federation_id=federation_id)


def _check_outside() -> None:
    if in_scope():
        raise RuntimeError("a download is not read inside a transaction")


def _read(
    file: Path | BinaryIO, brought: PastImport, federation_id: int, clock: Clock
) -> tuple[Owner, Found, int]:
    found = Found()
    with open_download(file, brought.account.network) as download:
        pieces = write_posts(
            brought.file,
            _pieces(download, found, lambda: _heard(federation_id, brought.pk, clock)),
            federation_id=federation_id,
        )
        if not found.posts:
            remove(brought.file, federation_id=federation_id)
            raise Unreadable("no_posts")
        return download.owner, found, pieces


def _heard(federation_id: int, import_id: int, clock: Clock) -> None:
    with scope(federation_id):
        heard(import_id, at=clock())


def _pieces(download: Download, found: Found, heard: Callable[[], None]) -> Iterator[list[OldPost]]:
    piece: list[OldPost] = []
    number = 0
    for one in download.posts():
        if isinstance(one, LeftOut):
            found.left_out[one.why] += 1
            continue
        found.add(one)
        piece.append(one)
        if len(piece) == AT_ONCE:
            yield piece
            piece, number = [], number + 1
            if number % HEARD_EVERY == 0:
                heard()
    if piece:
        yield piece


def _known(brought: PastImport) -> list[str]:
    """The network's own names of the account, as far as they are known here."""
    earlier = PastImport.objects.filter(account=brought.account_id, state=PastState.DONE)
    ids = [owner.get("id", "") for owner in earlier.order_by("-id").values_list("owner", flat=True)[:5]]
    return [*ids_on(brought.account), *(one for one in ids if one)]


def _told_by_network(account: Account) -> list[str]:
    """Return the account's names on its connected network; none where it cannot be asked."""
    if account.vault_ref is None:
        return []
    try:
        return [client_for(account).profile().id]
    except (NetworkError, CannotOpen):
        return []
