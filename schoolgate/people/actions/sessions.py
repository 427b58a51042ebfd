"""End sessions; note that a second step was added or removed."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.events.recording import record
from schoolgate.people import rules, tokens
from schoolgate.people.models import Person, User


def close_sessions(user: User) -> int:
    """End all sessions of a user, on every device; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


@action
def end_session(*, by: Person, at: datetime, session_id: int) -> None:
    """End one of the user's own sessions. Raises NotFound, also for another user's."""
    session = UserSession.objects.filter(pk=session_id, user=by.user_id).first()
    if session is None:
        raise NotFound
    session.end()
    record("people.session_ended", subject=by, at=at, actor=by)


@action
def end_sessions(*, by: Person, at: datetime, person: Person) -> int:
    """End all sessions and keys of a person: by themselves, or by a person who manages people.

    Returns how many sessions there were.

    Raises NotAllowed.
    """
    if by.pk != person.pk:
        rules.check_may_administer(by, on=local_day(at))
    ended = close_sessions(person.user)
    tokens.end_all(person, at=at)
    record("people.sessions_ended", subject=person, at=at, actor=by, count=ended)
    return ended


@action
def note_factor(*, by: Person, at: datetime, change: str, kind: str) -> None:
    """Note that a person set up or removed a second step themselves.

    `change` is "added" or "removed", `kind` the step's type. A step that was added ends the duty of a reset.
    """
    if change == "added" and kind != "recovery_codes":
        User.objects.filter(pk=by.user_id).update(must_set_factor=False)
    record(f"people.factor_{change}", subject=by, at=at, actor=by, kind=kind)
