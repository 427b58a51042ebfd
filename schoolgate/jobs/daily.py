"""Sweeps that run each day, at half past two in the morning (UTC)."""

from datetime import datetime

import structlog

from schoolgate.accounts import connecting
from schoolgate.accounts.before_opening import watch_feeds
from schoolgate.accounts.deciding import chase_proposals
from schoolgate.accounts.proposing import ask_before_permission_ends
from schoolgate.accounts.unofficial import end_adopted
from schoolgate.core import work
from schoolgate.core.backups.making import is_due, rehearse
from schoolgate.core.clock import now
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import everywhere, one_after_another, row_by_row, together
from schoolgate.jobs.tasks import look_for_marks, look_for_parents_page
from schoolgate.notices import mails, sign_in
from schoolgate.people.sessions import forget_over
from schoolgate.policy import guides
from schoolgate.publishing.live import ask_to_look, list_outlived, read_days
from schoolgate.records import destroying, journal
from schoolgate.rota.swapping import forget_notes

log = structlog.get_logger(__name__)

going_on = everywhere("asking before a leave to go on ends", together(ask_before_permission_ends))
"""Ask again, before a permission to continue ends, the person who gave it."""

rota = everywhere("emptying the notes of the rota", together(forget_notes))
"""Empty the hand-over notes of the rota that are old."""

upkeep = one_after_another(
    everywhere(
        "looking for posts that are out of date",
        row_by_row(read_days),
        row_by_row(list_outlived),
        together(ask_to_look),
    ),
    everywhere("looking for accounts that are out of date", row_by_row(watch_feeds)),
)
"""Live posts whose announced day has passed or whose next check is due, and accounts without a new post for
too long."""


def backups(at: datetime) -> None:
    """Once a week restore the newest backup by way of trial; the hourly check of backups reports the
    result."""
    if is_due(at):
        row = rehearse(at=at, clock=now)
        log.info("restoring was rehearsed", number=row.number, trouble=row.trouble or "none")


def connections(at: datetime) -> None:
    """Renew the connections of accounts before they end, and ask servers for their limits, account by
    account."""

    def look(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            connected, differing = connecting.connected(), connecting.with_own()
        for account_id in connected:
            connecting.look_after(federation_id, account_id, at=at)
        for account_id in differing:
            connecting.ask(federation_id, account_id)

    everywhere("renewing the connections of accounts", look)(at)


def marks(at: datetime) -> None:
    """Look week by week whether our accounts show that they are ours and pages for parents are there; adopted
    pages reach the register. A job for each, so that one slow or broken page doesn't hold up the others."""

    def accounts(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            due = connecting.due_for_a_look(at=at)
        for account_id in due:
            lock = work.of_account("marks", account_id)
            work.defer_once(
                look_for_marks, lane=work.READING_SLOWLY, lock=lock, once=lock, federation_id=federation_id,
                account_id=account_id,
            )  # fmt: skip

    def pages(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            due = guides.due_for_a_look(at=at)
        for page_id in due:
            work.defer_once(
                look_for_parents_page, lane=work.READING_SLOWLY, lock=f"parents-page-{page_id}",
                once=work.of_row(look_for_parents_page.name, page_id), federation_id=federation_id,
                page_id=page_id,
            )  # fmt: skip

    everywhere("settling adopted pages", together(end_adopted))(at)
    everywhere("looking for the marks of accounts", accounts)(at)
    everywhere("looking for the pages for parents", pages)(at)


def notices(at: datetime) -> None:
    """Remove old notices in every federation, and the mails of the sign-in pages."""
    sign_in.forget_old(at)
    everywhere("removing old notices", lambda federation_id, at: mails.forget(federation_id, at=at))(at)


def proposals(at: datetime) -> None:
    """Chase proposals that still wait for a decision, where a policy is in force."""

    def chase(federation_id: int, at: datetime) -> None:
        try:
            row_by_row(chase_proposals)(federation_id, at)
        except NotNow:  # no policy is in force there yet
            return

    everywhere("looking after proposals", chase)(at)


def records(at: datetime) -> None:
    """Destroy the records whose retention period is over, where a person has started that."""

    def destroy(federation_id: int, at: datetime) -> None:
        destroying.destroy_due(federation_id, at=at)
        journal.note(federation_id, at=at, back=journal.A_DAY_LATER)

    everywhere("destroying the records that are due", destroy)(at)


def sign_ins(at: datetime) -> None:
    """Remove what is left of sign-ins that have ended, in the whole installation: they belong to no
    federation."""
    forget_over(at)
