"""How a person signs in: where they are signed in and with what second steps, whose secrets the vault seals,
ending sessions; and the keys with which a program acts for them, made once, stored as a digest, found again
by it, ended, with what a program's request did, so that the same request sent again does nothing more.

A lost second step is reset by two people; both steps and every refusal are on record. A key names its
federation (`sg_<federation id>_<secret>`), so that its row can be behind row-level security like everything
else of a federation.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people import queries, rules
from schoolgate.people.models import (
    RESET_LASTS,
    RESET_MOVES,
    ApiCall,
    ApiToken,
    FactorReset,
    Person,
    ResetState,
    User,
)

SHAPE = re.compile(r"sg_([1-9][0-9]{0,17})_[A-Za-z0-9_-]{43}")
LONGEST = timedelta(days=366)
"""House rule (docs/api.md): a key ends by itself after a year at most, so that a forgotten one dies."""


def new_text(federation_id: int) -> str:
    """Return a fresh key for that federation: 256 random bits."""
    return f"sg_{federation_id}_{secrets.token_urlsafe(32)}"


def digest_of(text: str) -> str:
    """Return the stored digest of a key. The key is random, so a plain SHA-256 can't be guessed back."""
    return hashlib.sha256(text.encode()).hexdigest()


def federation_of(text: str) -> int | None:
    """Return the federation that a key names, or None where the text is no key at all."""
    found = SHAPE.fullmatch(text)
    return int(found[1]) if found else None


def find(text: str, *, at: datetime) -> ApiToken | None:
    """Return the live key of this text with its person, or None. Opens a scope of its own and records the day
    of use.

    It is dead once it has expired or was ended, once its person has left, holds no role any more or may not
    sign in; and where a second step is compulsory for the person by now and the key was made without one.
    """
    federation_id = federation_of(text)
    if federation_id is None:
        return None
    on = local_day(at)
    with scope(federation_id):
        token = (
            ApiToken.objects.filter(digest=digest_of(text), ended_at=None, expires_at__gt=at)
            .select_related("person__federation", "person__user")
            .first()
        )
        if token is None or not _may_come_in(token, at=at):
            return None
        unused = Q(last_used_on=None) | ~Q(last_used_on=on)
        ApiToken.objects.filter(unused, pk=token.pk).update(last_used_on=on)
    return token


def _may_come_in(token: ApiToken, *, at: datetime) -> bool:
    person, on = token.person, local_day(at)
    if not person.user.is_active or person.user.must_set_factor:
        return False
    if not queries.assignments(person, on=on, where=queries.Where(anywhere=True)).exists():
        return False
    return token.with_factor or not rules.factor_is_compulsory(person, on=on)


def tokens_of(person: Person, *, at: datetime) -> list[ApiToken]:
    """Return the keys of a person that have neither expired nor been ended, newest first."""
    return list(ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=at).order_by("-id"))


def end_all(person: Person, *, at: datetime) -> int:
    """End every key of a person; returns how many. Called by the actions with which a person leaves."""
    return ApiToken.objects.filter(person=person, ended_at=None).update(ended_at=at)


def end_by(person: Person, *, when: datetime) -> int:
    """Shorten a person's keys to end by a coming instant; returns how many that shortened."""
    longer = ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=when)
    return longer.filter(made_at__lt=when).update(expires_at=when)


MOST = 20
"""Keys that one person may have at a time: more are only ever forgotten ones."""


@dataclass(frozen=True)
class NewToken:
    """A key just made. `text` is shown now and never again."""

    token: ApiToken
    text: str


@action
def make_token(
    *, by: Person, at: datetime, name: str, days: int, may_write: bool, with_factor: bool
) -> NewToken:
    """Make a key with which a program of `by` speaks for them, for `days` days.

    `with_factor`: whether `by` showed a second step when signing in. Raises NotAllowed (the second step is
    compulsory for this person and was not shown, or they hold no role), NotNow (too many), BadInput (name,
    days).
    """
    on = local_day(at)
    if not with_factor and rules.factor_is_compulsory(by, on=on):
        raise NotAllowed(
            _("Your role needs two-step verification, and you signed in without it."),
            next_step=_("Sign in again with your passkey or the code from your app, then create the key."),
        )
    rules.check_has_a_role(by, on=on)
    if len(tokens_of(by, at=at)) >= MOST:
        raise NotNow(_("You already have 20 keys."), next_step=_("End one that you no longer use."))
    tidy = _checked(name, days)
    text = new_text(current_scope().federation_id)
    token = ApiToken.objects.create(
        person=by,
        name=tidy,
        digest=digest_of(text),
        may_write=may_write,
        with_factor=with_factor,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("people.token_made", subject=token, at=at, actor=by, writes=may_write, days=days)
    return NewToken(token, text)


@action
def end_token(*, by: Person, at: datetime, token_id: int) -> ApiToken:
    """End a key of the user's own, or anyone's if the user manages people: it stops working at once.

    Raises NotFound (also for another user's), NotNow (ended already).
    """
    token = ApiToken.objects.select_related("person").filter(pk=token_id).first()
    own = token is not None and token.person_id == by.pk
    if token is None or not (own or rules.can(rules.check_may_administer, by, on=local_day(at))):
        raise NotFound
    if not ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        raise done_before(token, _("This key has already been ended."), ended_at__isnull=False)
    token.ended_at = at
    record("people.token_ended", subject=token, at=at, actor=by, person=token.person_id)
    return token


def _checked(name: str, days: int) -> str:
    wrong: dict[str, Text] = {}
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 80 or any(unicodedata.category(c).startswith("C") for c in tidy):
        wrong["name"] = _("Say what the key is for, in 80 characters or fewer.")
    if not 1 <= days <= LONGEST.days:
        wrong["days"] = _("A key can last from one day to a year.")
    if wrong:
        raise BadInput(wrong)
    return tidy


KEPT = timedelta(days=1)
"""How long a program may send the same request again."""


def said_as(text: str) -> str:
    """Return the stored digest of a key, or of a request."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@action
def done_by_call(*, at: datetime, token: ApiToken, said: str, request: str) -> int | None:
    """Return the number of what this request of a program did; None where it has done nothing yet. Another
    request with the same key waits until the transaction ends.

    Raises BadInput where the key came with another request before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [f"schoolgate.api_call {said}", token.pk],
        )
    calls = ApiCall.objects.filter(token=token)
    calls.filter(at__lte=at - KEPT).delete()
    found = calls.filter(said=said).first()
    if found is not None and found.request != request:
        raise BadInput(
            {
                "Idempotency-Key": _(
                    "This key came with another request before. Use a new one for each request."
                )
            }
        )
    return found.thing if found else None


@action
def note_call(*, at: datetime, token: ApiToken, said: str, request: str, thing: int) -> ApiCall:
    """Note what a request of a program did, in the transaction in which it did it."""
    return ApiCall.objects.create(token=token, said=said, request=request, thing=thing, at=at)


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
