"""An installation restored from a backup, from its first moment to its release.

`begin` is called by the restore itself, before web or worker can start. `look` asks the networks about
posts that may have gone out since the backup; the worker repeats it, and does nothing else until the
release. `release` releases the installation; anything still unsettled then is given to people, never sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import KEYS, client_for
from schoolgate.accounts.models import Account
from schoolgate.core import restored, vault
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.models import Federation, Restoration, VaultSecret
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import scope
from schoolgate.inbox import after_restore as answers
from schoolgate.inbox.blocking import drop_doubtful_reports
from schoolgate.inbox.models import Answer, Item, ItemState
from schoolgate.inbox.moderating import drop_doubtful_showings
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import Network
from schoolgate.notices.after_restore import drop_sign_in_mails, drop_waiting
from schoolgate.people import sessions
from schoolgate.people.models import ApiToken, Person
from schoolgate.publishing import sending
from schoolgate.publishing.models import Delivery, Post, PostState, Purpose
from schoolgate.publishing.sending import doubt_posts, written_in_doubt
from schoolgate.records.destroying import destroy_due
from schoolgate.records.journal import do_all_again, keep_left

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]
Connect = Callable[[Account], Network]


@dataclass
class ToLookAt:
    """What blocks a release in one federation, and what people have to know about.

    `in_doubt`: still being looked up by the program. `asked`: given to people. `by_hand`: may have been
    posted by hand since. `unapproved`: posts that may have been approved and published since. `open_items`:
    may have been answered since. `keys`: ids of accounts whose keys cannot be opened."""

    in_doubt: int = 0
    asked: int = 0
    by_hand: int = 0
    unapproved: int = 0
    open_items: int = 0
    keys: list[int] = field(default_factory=list)


def begin(restoration: Restoration, *, at: datetime) -> dict[str, int]:
    """Mark what may have gone out since the backup as in doubt, revoke people's API tokens, and drop
    waiting email; do again what the journal says happened since. Return how many of each, over all
    federations. No network is asked. Safe to repeat."""
    told = {"doubted": 0, "tokens": 0, "mails": drop_sign_in_mails(at=at), "keys": 0}
    for federation_id in _federations():
        with scope(federation_id):
            told["doubted"] += doubt_posts(at=at, since=restoration.backup_at) + answers.doubt_answers(at=at)
            drop_doubtful_showings(at=at)
            drop_doubtful_reports(at=at)
            for person in Person.objects.filter(
                pk__in=ApiToken.objects.filter(ended_at=None).values("person")
            ):
                told["tokens"] += sessions.end_all(person, at=at)
            told["mails"] += drop_waiting(at=at)
            told["keys"] += len(_closed_accounts())
            record(
                "restoration.made",
                subject=restoration,
                at=at,
                backup=restoration.number,
                lost=restoration.lost.get(str(federation_id)),
            )
    Restoration.objects.filter(pk=restoration.pk).update(told=restoration.told | told)
    for federation_id in _federations():
        left = do_all_again(federation_id, restoration, at=at, at_release=False)
        keep_left(restoration, federation_id, left)
    return told


def look(*, clock: Clock, connect: Connect = client_for) -> int:
    """Look up everything in doubt, one after the other; returns how many are left. Outside any scope."""
    left = 0
    with restored.looking_up():
        for federation_id in _federations():
            with scope(federation_id):
                waiting: list[tuple[Callable[..., bool], int]] = [
                    (sending.look_up, pk) for pk in written_in_doubt()
                ]
                waiting += [(answers.look, pk) for pk in answers.in_doubt()]
            for one, pk in waiting:
                try:
                    left += not one(federation_id, pk, clock=clock, connect=connect)
                except Exception:
                    log.exception("looking up after a restore failed", federation=federation_id)
                    left += 1
    Restoration.objects.filter(released_at=None).update(looked_at=clock())
    return left


def to_look_at(restoration: Restoration) -> ToLookAt:
    """Return what to check in the federation in scope; a constant number of queries."""
    asked = [Intent.ASKED, Intent.DIFFERENT]
    return ToLookAt(
        in_doubt=len(written_in_doubt()) + len(answers.in_doubt()),
        asked=Delivery.objects.filter(state__in=asked, purpose=Purpose.PUBLISH).count()
        + Answer.objects.filter(state__in=asked).count(),
        by_hand=Delivery.objects.filter(state=Intent.WRITTEN, by_hand=True).count(),
        unapproved=Post.objects.filter(
            state=PostState.SUBMITTED, created_at__lte=restoration.backup_at
        ).count(),
        open_items=Item.objects.filter(
            state=ItemState.OPEN, first_seen_at__lte=restoration.backup_at, pasted_by=None
        ).count(),
        keys=_closed_accounts(),
    )


def release(*, by: Person | None, at: datetime, without_looking: bool = False) -> Restoration:
    """Release a restored installation: lift the stop and start the worker. Runs outside any scope.

    What was destroyed after the backup is destroyed again first, as far as its period was set and started
    before; and so is what the journal says was erased. Posts still in doubt are given to people to check;
    none of them is sent.

    Args:
        by: the administrator; None: the operator of the machine.
        without_looking: release although the networks were not asked yet.

    Raises NotNow: no restore waits for it, or the networks were not asked yet.
    """
    restoration = restored.awaiting_release()
    if restoration is None:
        raise NotNow(_("Nothing here needs to be released."), _("You don’t need to do anything else."))
    if restoration.looked_at is None and not without_looking:
        raise NotNow(
            _("Schoolgate hasn’t yet asked the networks what was posted since the backup."),
            _("Wait a minute, then try again. This happens once Schoolgate is running."),
        )
    for federation_id in _federations():
        keep_left(restoration, federation_id, do_all_again(federation_id, restoration, at=at))
        destroy_due(federation_id, at=at)
        sending.give_to_people(federation_id, at=at)
        answers.give_to_people(federation_id, at=at)
    if not restored.release(restoration, by=by, at=at):
        raise NotNow(_("This has already been released."), _("You don’t need to do anything else."))
    for federation_id in _federations():
        with scope(federation_id):
            record(
                "restoration.released",
                subject=restoration,
                at=at,
                actor=by if by is not None and by.federation_id == federation_id else None,
                backup=restoration.number,
            )
    restoration.refresh_from_db()
    return restoration


def may_release_here(federation: Federation) -> bool:
    """Whether an administrator of this federation may release the installation in the browser: only where
    it is the only federation there. Otherwise the operator of the machine does it, for all of them."""
    return not Federation.objects.exclude(pk=federation.pk).exists()


def _closed_accounts() -> list[int]:
    """Return the ids of the accounts whose keys can't be opened with this installation's own keys."""
    closed = []
    for secret in VaultSecret.objects.filter(purpose=KEYS).order_by("pk"):
        try:
            vault.reveal(secret.pk)
        except vault.CannotOpen:
            closed.append(number_of(secret.about))
    return closed


def _federations() -> list[int]:
    return list(Federation.objects.values_list("pk", flat=True).order_by("pk"))
