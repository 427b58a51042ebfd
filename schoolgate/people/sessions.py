"""Where a person is signed in, and with what second steps, whose secrets the vault seals; ending sessions.
A lost second step is reset by two people; both steps and every refusal are on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people import queries, rules
from schoolgate.people.models import RESET_LASTS, RESET_MOVES, FactorReset, Person, ResetState, User
from schoolgate.people.tokens import end_all


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
    end_all(person, at=at)
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


def _record_refused(about: Person, by: Person, at: datetime) -> None:
    """Record the refusal outside the action's savepoint, so that it stays on record when the action rolls
    back."""
    record("people.factor_reset_refused", subject=about, at=at, actor=by)


@action
def _start(*, by: Person, at: datetime, person: Person) -> FactorReset:
    rules.check_may_reset_factor(by, person, on=local_day(at))
    waiting = queries.open_reset(person)
    if waiting is not None:
        if at - waiting.asked_at < RESET_LASTS:
            raise done_before(
                waiting,
                _("Someone has already asked for this."),
                _("Their page says who can confirm it."),
                made=waiting,
            )
        move(waiting, to=ResetState.LAPSED, moves=RESET_MOVES, at=at, ended_at=at)
    reset = FactorReset.objects.create(
        federation_id=person.federation_id, person=person, asked_by=by, asked_at=at
    )
    record("people.factor_reset_asked", subject=reset, at=at, actor=by, person=person.pk)
    return reset


def start_factor_reset(*, by: Person, at: datetime, person: Person) -> FactorReset:
    """Request, as the first of two people, the reset of a person's lost second step; tell the person by mail.

    It waits a day for the second. Raises NotAllowed (recorded), NotNow (already asked).
    """
    try:
        return _start(by=by, at=at, person=person)
    except NotAllowed:
        _record_refused(person, by, at)
        raise


@action
def _confirm(*, by: Person, at: datetime, reset: FactorReset) -> FactorReset:
    rules.check_may_confirm_reset(by, reset, on=local_day(at))
    if at - reset.asked_at >= RESET_LASTS:
        raise NotNow(_("No one confirmed this in time."), next_step=_("Ask for it again."))
    done = move(reset, to=ResetState.DONE, moves=RESET_MOVES, at=at, confirmed_by=by, ended_at=at)
    _remove_steps(reset.person, at)
    record("people.factor_reset_done", subject=reset, at=at, actor=by, person=reset.person_id)
    return done


def confirm_factor_reset(*, by: Person, at: datetime, reset: FactorReset) -> FactorReset:
    """Confirm the reset as the second of two people: the old steps are removed, sessions end, the person is
    told.

    At the next sign-in they must set up a new second step before anything else. Raises NotAllowed (the person
    concerned, the first person again, or no role for it; recorded), NotNow (too late, or ended).
    """
    try:
        return _confirm(by=by, at=at, reset=reset)
    except NotAllowed:
        _record_refused(reset.person, by, at)
        raise


def _remove_steps(person: Person, at: datetime) -> None:
    user = person.user
    Authenticator.objects.filter(user=user).delete()
    user.must_set_factor = True
    user.save(update_fields=["must_set_factor"])
    close_sessions(user)
    end_all(person, at=at)


@action
def reset_factor_at_server(*, at: datetime, person: Person, alone: bool) -> FactorReset:
    """Confirm a requested reset as the person who runs the server; with `alone`, reset without a request.

    For installations where too few people can sign in. The person, and everyone who looks after people, is
    told. Raises NotAllowed (another federation's sign-in), NotNow (no one asked, and not `alone`).
    """
    rules.check_sign_in_is_ours(person, on=local_day(at))
    reset = queries.open_reset(person)
    if reset is not None and at - reset.asked_at >= RESET_LASTS:
        move(reset, to=ResetState.LAPSED, moves=RESET_MOVES, at=at, ended_at=at)
        reset = None
    if reset is not None:
        done = move(reset, to=ResetState.DONE, moves=RESET_MOVES, at=at, at_server=True, ended_at=at)
    elif alone:
        done = FactorReset.objects.create(
            federation_id=person.federation_id, person=person, state=ResetState.DONE, at_server=True,
            asked_at=at, ended_at=at,
        )  # fmt: skip
    else:
        raise NotNow(
            _("No one has asked for this reset, or they asked more than a day ago."),
            next_step=_(
                "Another administrator must first ask for it on this person’s page. If no other "
                "administrator can sign in, add --no-one-else."
            ),
        )
    _remove_steps(person, at)
    record("people.factor_reset_at_server", subject=done, at=at, actor=None, person=person.pk)
    return done


@action
def withdraw_factor_reset(*, by: Person, at: datetime, reset: FactorReset) -> FactorReset:
    """End a reset that is not confirmed yet: open to all who may reset, and to the person concerned.

    Raises NotAllowed, NotNow (ended already).
    """
    if by.pk != reset.person_id:
        rules.check_may_reset_factor(by, reset.person, on=local_day(at))
    ended = move(reset, to=ResetState.WITHDRAWN, moves=RESET_MOVES, at=at, ended_at=at)
    record("people.factor_reset_withdrawn", subject=reset, at=at, actor=by, person=reset.person_id)
    return ended


SEALED = ("secret", "seed")
"""The names under which a row stores an app's secret and the seed of recovery codes."""
LISTS = ("migrated_codes",)


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal each of them with the newest key; yields `second step N` for what no key opens."""
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _seal_one(Authenticator.objects.select_for_update().filter(pk=pk).first(), newly)
        except CannotOpen:
            yield f"second step {pk}"


def _seal_one(step: Any, newly: Callable[[str], str | None]) -> None:
    if step is None:  # taken off a moment ago
        return
    changed: dict[str, Any] = {
        name: new for name in SEALED if name in step.data and (new := newly(step.data[name]))
    }
    for name in LISTS:
        if name in step.data:
            changed[name] = [newly(each) or each for each in step.data[name]]
    if changed:
        step.data |= changed
        step.save(update_fields=["data"])


def sessions_of(person: Person) -> list[UserSession]:
    """Return a person's sessions, the last used first."""
    return list(UserSession.objects.filter(user=person.user_id).order_by("-last_seen_at", "-pk"))


def seen_since(people: Iterable[Person], at: datetime) -> bool:
    """Return whether one of these people has used Schoolgate since then."""
    users = [one.user_id for one in people]
    return bool(UserSession.objects.filter(user__in=users, last_seen_at__gte=at).exists())


def second_steps_of(person: Person) -> list[Authenticator]:
    """Return a person's app and passkeys; recovery codes are left out."""
    codes = Authenticator.Type.RECOVERY_CODES
    return list(Authenticator.objects.filter(user=person.user_id).exclude(type=codes))


def forget_over(at: datetime) -> None:
    """Remove the expired sign-ins, what was noted of their devices, and expired counts.

    Counts hold network addresses; they are in the table of the cache, where only the next count of the same
    kind would remove them.
    """
    Session.objects.filter(expire_date__lt=at).delete()
    running = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=running).delete()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at.astimezone(UTC)])  # noqa: S608
