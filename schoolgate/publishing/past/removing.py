"""Earlier posts that may name or show a pupil who may not be: people take them down on the network's own
pages, for only they can; one says so, another looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import leads as leads_of
from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.models import Account, Part
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.rows import found_or_made
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities
from schoolgate.people.safeguarding import leads as safeguarding_leads
from schoolgate.policy.promised import gone_by
from schoolgate.publishing.duty_kinds import OLDER_POST, OLDER_POST_GONE
from schoolgate.publishing.past.models import PastPost, PastToGo
from schoolgate.publishing.past.naming import concerned, not_to_be_in, posts_of, with_pictures
from schoolgate.publishing.past.states import PastWordSaid
from schoolgate.pupils.consents import KEPT_OFF, leads_on_safeguarding
from schoolgate.pupils.models import Pupil, Withdrawal


def list_older(said: Withdrawal, *, due_at: datetime, at: datetime, since: datetime | None = None) -> int:
    """Ask people about each earlier post that a withdrawal is about, once, and to look through each account
    with earlier pictures; return how many are new. Safe to call again. `since`: only what was imported from
    then on."""
    posts = posts_of(said) if since is None else posts_of(said).filter(taken_at__gte=since)
    pupil, named = said.pupil, concerned(said, posts)
    new = sum(_ask(post.account, pupil, post=post, due_at=due_at, at=at) for post in named)
    return new + sum(_ask(one, pupil, due_at=due_at, at=at) for one in with_pictures(said, posts))


def list_imported(account: Account, posts: Iterable[PastPost], *, at: datetime) -> None:
    """Ask people about each of these posts, which are just being imported, that names a pupil who may not
    be."""
    due_at = gone_by(book_for(account), account.school, at=at)
    for post, pupil in not_to_be_in(account, posts, on=local_day(at)):
        _ask(account, pupil, post=post, due_at=due_at, at=at)


def _ask(
    account: Account, pupil: Pupil, *, post: PastPost | None = None, due_at: datetime, at: datetime
) -> bool:
    row, new = found_or_made(
        PastToGo.objects, account=account, pupil=pupil, post=post, defaults={"at": at, "due_at": due_at}
    )
    since = PastPost.objects.filter(account=account, pictures__gt=0, taken_at__gt=row.said_at or at)
    if not new and post is None and row.looked_at is not None and since.exists():
        row.said, row.said_by, row.said_at, row.looked_by, row.looked_at = "", None, None, None, None
        row.at, row.due_at, new = at, due_at, True
        row.save()
    if new:
        record("past.must_go", subject=row, at=at, account=account.pk, pupil=pupil.pk)
        _open(OLDER_POST, row, at=at)
    return new


def _open(kind: str, row: PastToGo, *, at: datetime) -> None:
    school, due = school_of(row), Due.at(row.due_at)
    for role in book_for(school).pack.roles_with("approve_post"):
        open_duty(
            kind=kind, subject=row, at=at, due=due, role=role.key, school=school, account=row.account_id
        )
    people = list(leads_of(row.account))
    if Pupil.objects.filter(KEPT_OFF, pk=row.pupil_id).exists():
        people += safeguarding_leads(book_for(school), row.pupil.school, on=local_day(at))
    for each in dict.fromkeys(people):
        open_duty(kind=kind, subject=row, at=at, due=due, person=each, school=school, account=row.account_id)


def school_of(row: PastToGo) -> School:
    """Return the school whose people are asked: the account's, or the pupil's where it belongs to all."""
    return row.account.school or row.pupil.school


def older_for(person: Person, pk: int, *, on: date) -> PastToGo:
    """Return one, for people who are asked about it. Raises NotFound for anyone else."""
    rows = PastToGo.objects.select_related("account__school", "post", "pupil__school", "said_by", "looked_by")
    row = rows.filter(pk=pk).first()
    if row is None or not may_deal(person, row, on=on):
        raise NotFound
    return row


def may_deal(person: Person, row: PastToGo, *, on: date) -> bool:
    """Return whether a person approves posts there, may stop everything, leads the account, or leads on
    safeguarding at the pupil's school."""
    held = capacities(person, on=on, school=school_of(row), account=row.account)
    return (
        bool({"approve_post", "stop_everything"} & held)
        or is_on_team(person, row.account, Part.LEAD)
        or leads_on_safeguarding(person, row.pupil.school, on=on)
    )


@action
def say_older(*, by: Person, at: datetime, row: PastToGo, said: str) -> PastToGo:
    """Record one person's word: it is gone, or isn't this pupil. It counts once another has looked.

    Raises NotFound, BadInput (`said`), NotNow (someone said so already).
    """
    row = older_for(by, row.pk, on=local_day(at))
    if said not in PastWordSaid.values:
        raise BadInput({"said": _("Choose what you found.")})
    if not PastToGo.objects.filter(pk=row.pk, said="").update(said=said, said_by=by, said_at=at):
        raise done_before(
            row,
            _("Someone has already done this."),
            _("Open it again to see its status."),
            said=said,
        )
    row.said, row.said_by, row.said_at = said, by, at
    discharge(kind=OLDER_POST, subject=row, by=by, at=at, how="by_hand" if said == "gone" else "nothing")
    record("past.went_said", subject=row, at=at, actor=by, account=row.account_id, said=said)
    _open(OLDER_POST_GONE, row, at=at)
    return row


@action
def look_at_older(*, by: Person, at: datetime, row: PastToGo, right: bool) -> PastToGo:
    """Record a second person's look: it is as the first one said, or has to be dealt with again.

    Raises NotFound, NotAllowed (the person who said so), NotNow (no one said so yet, or it was looked at).
    """
    row = older_for(by, row.pk, on=local_day(at))
    if not row.said or row.looked_at is not None:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    if row.said_by_id == by.pk:
        raise NotAllowed(
            _("You reported it yourself, so someone else must check."),
            _("Ask a colleague who approves posts to check and confirm it."),
        )
    waiting = PastToGo.objects.filter(pk=row.pk, said=row.said, looked_at=None)
    new = {"looked_by": by, "looked_at": at} if right else {"said": "", "said_by": None, "said_at": None}
    if not waiting.update(**new):
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    discharge(kind=OLDER_POST_GONE, subject=row, by=by, at=at, how="gone" if right else "still_there")
    if right:
        record("past.went", subject=row, at=at, actor=by, account=row.account_id, said=row.said)
    else:
        record("past.still_there", subject=row, at=at, actor=by, account=row.account_id)
        _open(OLDER_POST, row, at=at)
    row.refresh_from_db()
    return row
