"""Close an account: tell the followers, archive everything, remove its page and then its keys."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.actions.connecting import close_account
from schoolgate.accounts.duty_kinds import CLOSE, TAKE_OVER
from schoolgate.accounts.facts.evaluating import plan_of
from schoolgate.accounts.figures import withheld
from schoolgate.accounts.models import Account, Archive, Closing
from schoolgate.accounts.queries.care import farewell
from schoolgate.accounts.rules import care as rules
from schoolgate.accounts.states import (
    ARCHIVE_MOVES,
    CLOSING_MOVES,
    OFFER_MOVES,
    AccountState,
    ArchiveState,
    ClosingState,
    OfferState,
)
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.models import Person

TASK = "accounts.archive"
LONGEST = 2000


@action
def begin_closing(*, account: Account, by: Person, at: datetime) -> Closing:
    """Begin to close an account, with the plan from its proposal; returns the closing, also one already under
    way.

    Nothing is changed yet: the account can post until the last step. Raises NotAllowed, NotNow once closed.
    """
    rules.check_may_close(by, account, on=local_day(at))
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    plan = plan_of(account)
    closing, new = Closing.objects.get_or_create(
        account=account,
        state=ClosingState.UNDER_WAY,
        defaults={
            "by": by, "at": at, "state_at": at, "closes_on": plan.closes_on,
            "who": plan.who_closes[:LONGEST], "content": plan.content[:LONGEST],
            "followers": plan.followers[:LONGEST],
        },
    )  # fmt: skip
    if new:
        record("account.closing_begun", subject=account, at=at, actor=by, closing=closing.pk)
        discharge(kind=CLOSE, subject=account, by=by, at=at, how="begun")
    return closing


@action
def save_ending(
    *,
    closing: Closing,
    by: Person,
    at: datetime,
    closes_on: date | None,
    who: str,
    content: str,
    followers: str,
) -> Closing:
    """Change the plan for the end: the day, who closes it, what happens to its content, what followers read.

    Raises NotAllowed, NotNow, BadInput, WordsHeld.
    """
    _check(closing, by, at)
    given = {"who": who.strip(), "content": content.strip(), "followers": followers.strip()}
    wrong: dict[str, Text] = {
        key: _("Use fewer than 2,000 characters.") for key, words in given.items() if len(words) > LONGEST
    }
    if wrong:
        raise BadInput(wrong)
    check_leaving(
        Door.FAREWELL, {"followers": given["followers"]}, about=closing, by=by, at=at,
        network=closing.account.network, school=closing.account.school,
    )  # fmt: skip
    closing.closes_on = closes_on
    closing.who, closing.content, closing.followers = given["who"], given["content"], given["followers"]
    closing.save(update_fields=["closes_on", *given])
    record("account.closing_planned", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def note_followers_told(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Record a person's statement that the followers were told. Raises NotAllowed, NotNow, BadInput: no
    text, or none that may be published now."""
    _check(closing, by, at)
    if not farewell(closing, at=at):
        raise BadInput({"followers": _("Write the message to followers first.")})
    closing.told_at, closing.told_by = at, by
    closing.save(update_fields=["told_at", "told_by"])
    record("account.followers_told", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def ask_for_archive(*, account: Account, by: Person, at: datetime) -> Archive:
    """Start a job that archives everything of the account in one file; returns the archive, also one already
    under way.

    Where the account is being closed, the file becomes part of that. Raises NotAllowed.
    """
    rules.check_may_close(by, account, on=local_day(at))
    live = [ArchiveState.WAITING, ArchiveState.MAKING]
    found = account.archives.filter(state__in=live).first()
    archive = found or Archive.objects.create(account=account, by=by, at=at, state_at=at)
    Closing.objects.filter(account=account, state=ClosingState.UNDER_WAY).update(archive=archive)
    if found is None:
        record("archive.asked", subject=archive, at=at, actor=by, account=account.pk)
        app.configure_task(TASK).defer(federation_id=account.federation_id, archive_id=archive.pk)
    return archive


@action
def note_archive(
    *, archive: Archive, at: datetime, digest: str, size: int, posts: int, comments: int, pictures: int
) -> Archive:
    """Record that the archive file is ready: its digest in the store and its contents. Called by the
    job."""
    move(
        archive, to=ArchiveState.READY, moves=ARCHIVE_MOVES, at=at, digest=digest, size=size,
        posts=posts, comments=comments, pictures=pictures, done=archive.total,
    )  # fmt: skip
    record("archive.made", subject=archive, at=at, account=archive.account_id, size=size)
    return archive


@action
def note_archive_failed(*, archive: Archive, at: datetime) -> Archive:
    """Record that the archive file could not be made; it can be requested again."""
    move(archive, to=ArchiveState.FAILED, moves=ARCHIVE_MOVES, at=at)
    record("archive.failed", subject=archive, at=at, account=archive.account_id)
    return archive


@action
def note_archive_taken(*, archive: Archive, by: Person, at: datetime) -> None:
    """Record who downloaded the archive file. Raises NotAllowed; NotNow where it is not ready, or where it
    may have something that was withheld since it was begun (`figures.withheld`)."""
    rules.check_may_close(by, archive.account, on=local_day(at))
    if archive.state != ArchiveState.READY:
        raise NotNow(_("The archive isn’t ready yet."), _("Wait a few minutes, then open the page again."))
    if withheld(archive.account, since=archive.at):
        raise NotNow(
            _("This archive is out of date."), _("Create the archive again, then download the new one.")
        )
    record("archive.taken", subject=archive, at=at, actor=by, account=archive.account_id)


@action
def note_page_gone(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Record a person's statement that the page on the network is closed, or stays up as the plan says.

    Only after the archive is ready: what the network deletes does not come back. Raises NotAllowed, NotNow.
    """
    _check(closing, by, at)
    _check_archived(closing)
    closing.shut_at, closing.shut_by = at, by
    closing.save(update_fields=["shut_at", "shut_by"])
    record("account.page_gone", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def finish_closing(*, closing: Closing, by: Person, at: datetime) -> Account:
    """Finish the closing: the account can no longer post, its keys are destroyed, and its register entry
    stays.

    Raises NotAllowed; NotNow while an earlier step is still open.
    """
    _check(closing, by, at, to=ClosingState.FINISHED)
    if closing.told_at is None:
        raise NotNow(_("Its followers haven’t been told yet."), _("Record first that they’ve been told."))
    _check_archived(closing)
    if closing.shut_at is None:
        raise NotNow(
            _("No one has confirmed yet that its page on the network is closed."),
            _("Close it there first, then confirm it here."),
        )
    account = close_account(account=closing.account, by=by, at=at)
    move(closing, to=ClosingState.FINISHED, moves=CLOSING_MOVES, at=at, closed_by=by)
    for offer in account.offers.filter(state=OfferState.WAITING):
        move(offer, to=OfferState.WITHDRAWN, moves=OFFER_MOVES, at=at)
        cancel(kind=TAKE_OVER, subject=offer, because="closed", at=at, by=by)
    return account


@action
def call_off_closing(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Let the account go on. What was done already stays on record. Raises NotAllowed, NotNow."""
    _check(closing, by, at, to=ClosingState.STOPPED)
    move(closing, to=ClosingState.STOPPED, moves=CLOSING_MOVES, at=at)
    record("account.closing_called_off", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


def _check(closing: Closing, by: Person, at: datetime, *, to: ClosingState | None = None) -> None:
    """Lock the closing, so that of two simultaneous requests the second sees what the first did. `to`: how
    this step ends it."""
    fresh = Closing.objects.select_for_update().get(pk=closing.pk)
    for name in ("state", "told_at", "shut_at", "archive_id"):
        setattr(closing, name, getattr(fresh, name))
    rules.check_may_close(by, closing.account, on=local_day(at))
    rules.check_under_way(closing, to=to)


def _check_archived(closing: Closing) -> None:
    archive = closing.archive
    if archive is None or archive.state != ArchiveState.READY:
        raise NotNow(
            _("The account’s archive isn’t ready yet."),
            _("Wait a few minutes, then open the page again."),
        )
