"""Sweeps that run each hour, seven minutes past."""

from datetime import datetime, timedelta
from typing import Any

import structlog

from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.accounts.keys import sweep_keys
from schoolgate.accounts.models import Archive, ArchiveState
from schoolgate.accounts.watching import watch_accounts
from schoolgate.breaches.cases import ask_again
from schoolgate.conduct.answers import forget_leavers_answers
from schoolgate.conduct.leaving import remind_leavers
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import ask_for_words
from schoolgate.core import pieces, sealed_files, work
from schoolgate.core.actions import each_by_itself
from schoolgate.core.backups import sealing
from schoolgate.core.backups.making import make_backup, standing
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.clock import LONDON, local_day, now
from schoolgate.core.env import env
from schoolgate.core.ledger import sign_heads
from schoolgate.core.models import Backup
from schoolgate.core.tenancy import scope
from schoolgate.inbox.importing import COMMENTS
from schoolgate.inbox.listing import note_words_of_earlier
from schoolgate.inbox.pasting import forget_words
from schoolgate.inbox.telling import read_names_again
from schoolgate.incidents import capturing
from schoolgate.incidents.gathering import names_in_store
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import (
    at_most,
    everywhere,
    one_after_another,
    row_by_row,
    together,
    until_done,
)
from schoolgate.jobs.tasks import make_archive, search
from schoolgate.listening.finding import wipe_old
from schoolgate.listening.models import Source
from schoolgate.listening.watching import watch_searches
from schoolgate.networks import handing
from schoolgate.people.importing import PEOPLE
from schoolgate.people.leaving import act_on_extended_absences, act_on_leavings
from schoolgate.people.list_importer import Importer, let_lapse, note_erased, remove_list
from schoolgate.policy.acknowledging import ask_who_is_bound, end_what_is_over, remind
from schoolgate.policy.adopting import bring_what_is_due_into_force
from schoolgate.policy.briefing import watch_briefings, watch_untold
from schoolgate.policy.guiding import watch_guides, watch_programme
from schoolgate.policy.leads import ask_about_roles
from schoolgate.policy.queries import policy_or_none
from schoolgate.policy.reviewing import watch_reviews, watch_status
from schoolgate.policy.training import watch_roles, watch_training
from schoolgate.publishing import past_import
from schoolgate.publishing.hit_answers import note_again_for_leads
from schoolgate.publishing.past_import import look_after
from schoolgate.publishing.taking_down import print_anew, printed_before
from schoolgate.pupils.answering import end_what_settled_itself
from schoolgate.pupils.importing import PUPILS
from schoolgate.reports.keeping import measure
from schoolgate.reports.running import watch_backups
from schoolgate.rights.answering import end_answers
from schoolgate.rights.finding import names_in_store as names_of_answers

log = structlog.get_logger(__name__)

NOT_YOUNGER = timedelta(hours=1)
"""A file that is being stored at this moment has no row yet."""
PATIENCE = timedelta(hours=1)
"""How long the file of an account may be on its way before its job is sent again."""
PAGES = 40
PIECES = 80
LISTS: tuple[Importer[Any, Any, Any], ...] = (PEOPLE, ACCOUNTS, PUPILS, COMMENTS)

account_keys = everywhere("looking for keys of accounts that are to be changed", together(sweep_keys))
"""Account keys to change: a chosen day comes, or a person who knows them has left."""

breaches = everywhere("asking about data breaches", together(ask_again))
"""Ask those who deal with open data breaches now: their people change, the 72 hours go on."""

inbox_words = everywhere("making comments searchable", at_most(PAGES, note_words_of_earlier))
"""Make comments and messages from before searchable, newest first, some thousands in an hour."""

known = everywhere(
    "asking who knows the policy",
    row_by_row(ask_who_is_bound),
    until_done(remind),
    together(end_what_is_over, watch_training),
    together(watch_guides, watch_programme, watch_roles),
    row_by_row(watch_briefings),
    together(watch_untold),
)
"""Ask people who come under the policy and were not asked yet; remind those who have not answered; check
training, guides, the programme, and what everyone must know."""

leaving = everywhere(
    "acting on a leaving or on long leave", until_done(act_on_leavings), until_done(act_on_extended_absences)
)
"""Leavings and long leave whose day has come."""

names = everywhere("reading again for names", until_done(read_names_again), row_by_row(note_again_for_leads))
"""Look again for the people that comments may mean, after a person came, was renamed or got a role, and for
the children that drafts may name. Concerns are read each minute (`reports` in `jobs/minutely.py`)."""

policies = one_after_another(
    everywhere("bringing a policy into force", together(bring_what_is_due_into_force)),
    everywhere("looking after the review of a policy", together(watch_reviews, watch_status)),
)
"""Policies whose day has come, and reviews that become due."""

record_heads = sign_heads
"""Add this hour's signed head of every federation's record to the file in the home."""

rules_asked = everywhere("counting what reached each rule", at_most(PIECES, measure), together(measure))
"""Count what reached each rule in the decisions since the last round, some thousands in an hour. A decision
is counted in the round after the one that first sees it; the last step notes how far the next round goes."""

safeguarding = everywhere("asking about safeguarding leads", together(ask_about_roles))
"""Ask a second person about roles that would make someone safeguarding lead."""

settling = everywhere("ending settled tasks", together(end_what_settled_itself))
"""End the task of settling answers about pupils where nothing is left to settle."""


def backups(at: datetime) -> None:
    """The daily backup, at its hour; and a message to the administrators when there is none."""
    if backup_is_due(at):
        try:
            made = make_backup(at=at, keep=env().backup_keep, clock=now)
        except BackupTrouble as trouble:
            log.error("no backup was made", why=trouble.code)
        else:
            log.info("backup made", number=made.row.number, size=made.row.size)
    found = standing(at)
    everywhere("looking after backups", together(lambda at: watch_backups(at=at, standing=found)))(at)


def backup_is_due(at: datetime) -> bool:
    """Return whether a backup is due: once a day in London, from the chosen hour on, and only once there is a
    key to encrypt it for."""
    try:
        sealing.recipient()
    except BackupTrouble:
        return False
    last = Backup.objects.filter(trouble="").order_by("-number").first()
    made_today = last is not None and local_day(last.began_at) >= local_day(at)
    return at.astimezone(LONDON).hour >= env().backup_hour and not made_today


def _archives_again(*, at: datetime) -> None:
    late = Archive.objects.filter(
        state__in=[ArchiveState.WAITING, ArchiveState.MAKING], state_at__lte=at - PATIENCE
    )
    for federation_id, pk in late.values_list("federation_id", "pk")[:50]:
        make_archive.configure(queueing_lock=f"archive-{pk}").defer(
            federation_id=federation_id, archive_id=pk
        )


care = one_after_another(
    everywhere("looking after accounts", row_by_row(watch_accounts)),
    everywhere("going on with archives", together(_archives_again)),
)
"""Look after open accounts: who checked them, which no one looks after, which dates have come."""


def conduct(at: datetime) -> None:
    """Remind leavers about confidentiality, and people to check their own accounts; reminders only under a
    policy in force."""

    def remind_people(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            if policy_or_none(local_day(at)) is None:
                return
        for step in (remind_leavers, remind_of_own_accounts, ask_for_words):
            row_by_row(step)(federation_id, at)

    everywhere(
        "reminding people about their own accounts", until_done(forget_leavers_answers), remind_people
    )(at)


def evidence(at: datetime) -> None:
    """Remove sealed files that no row names: uploads that never ended, answers whose time is over. Have pages
    fetched that a killed worker left. Files are deleted after the transaction."""

    def look(federation_id: int, at: datetime) -> None:
        capturing.look_after(federation_id, at=at)
        with scope(federation_id):
            end_answers(at=at)
            named = {*names_in_store(), *names_of_answers()}
        sealed_files.sweep(named, federation_id=federation_id, at=at, older_than=NOT_YOUNGER)

    everywhere("looking after evidence", look)(at)


def imports(at: datetime) -> None:
    """Expire imports of every kind of list that were not confirmed within a day, and erase what is left of
    ended ones. Files are deleted between transactions."""

    def lapse(federation_id: int, at: datetime) -> None:
        for kind in LISTS:
            with scope(federation_id):
                files = let_lapse(kind=kind, at=at)
            for file in files:
                remove_list(file, federation_id=federation_id)
            if files:
                with scope(federation_id):
                    note_erased(kind=kind, at=at, files=files)

    everywhere("letting lists of people and accounts lapse", lapse)(at)


def listening(at: datetime) -> None:
    """Have every place of every watch that runs searched, a job for each; wipe the words of old finds;
    notice a search that the policy misses. No network requests."""

    def defer(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            running = Source.objects.filter(watch__ended_at=None, watch__until__gte=local_day(at))
            sources = list(running.order_by("id").values_list("pk", "account_id"))
        for pk, account in sources:
            lock = work.of_account("searching", account) if account else f"searching-feed-{pk}"
            work.defer_once(
                search, lane=work.READING_SLOWLY, lock=lock, once=work.of_row(search.name, pk),
                federation_id=federation_id, source_id=pk,
            )  # fmt: skip

    everywhere("noticing that no one looks for public posts", together(watch_searches))(at)
    everywhere("having watches searched", until_done(wipe_old), defer)(at)


def past_imports(at: datetime) -> None:
    """Expire downloads of old posts that were not confirmed within a day, restart silent ones, and erase
    files that no download needs any more, after the transaction."""

    def look(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            needed = look_after(at=at)
        past_import.sweep(needed, federation_id=federation_id, at=at, older_than=NOT_YOUNGER)

    everywhere("looking after downloads", look)(at)


def uploads(at: datetime) -> None:
    """Delete the uploads that were begun and to which nothing has come for a day, pictures that a dead worker
    left handed over, and the words read in photographs never saved."""
    pieces.sweep(at)
    handing.clear(at=at)
    everywhere("deleting the words of photographs", together(forget_words))(at)


def withheld(at: datetime) -> None:
    """Take the prints of withheld pictures once more, some each hour, each by itself: they may have been
    added when fewer were taken. Nothing is done where each has them."""

    def look(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            left = printed_before()
        if each_by_itself(
            left,
            lambda pk: print_anew(federation_id, pk, at=at),
            at=at,
            failed="prints of a picture were not taken",
        ):
            beating.trouble()

    everywhere("taking prints of withheld pictures", look)(at)
