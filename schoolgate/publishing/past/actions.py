"""Import a download of earlier posts: upload, save what was found, confirm, import, stop, drop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.archives.port import OldPost, Owner
from schoolgate.people.models import Person
from schoolgate.publishing.past import queries, rules
from schoolgate.publishing.past.models import PastImport, PastPost
from schoolgate.publishing.past.ours import Ours
from schoolgate.publishing.past.removing import list_imported
from schoolgate.publishing.past.states import FILE_LASTS, OPEN, PAST_MOVES, QUIET, PastState, Whose
from schoolgate.publishing.past.words import searched, version_of

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
    """Enter a download that was put away (`storing.keep_download`); a job reads it. Raises NotAllowed,
    NotNow (not on the register, or no downloads of this network are read)."""
    rules.check_may_bring(by, account, on=local_day(at))
    rules.check_takes_downloads(account)
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
        whose=rules.whose(brought.account, owner, known=known),
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
    return queries.import_for(by, brought.pk, on=local_day(at), lock=True)


def _defer(task: str, brought: PastImport) -> None:
    app.configure_task(task).defer(federation_id=current_scope().federation_id, import_id=brought.pk)


@action
def note_gone(*, at: datetime, pk: int) -> None:
    """Stop the import of a download whose posts file is gone, and record why."""
    brought = PastImport.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)
    if brought.state == PastState.TAKING:
        stopped = move(brought, to=PastState.STOPPED, moves=PAST_MOVES, at=at, because="gone")
        record("past.stopped", subject=stopped, at=at, account=stopped.account_id, taken=stopped.taken)
