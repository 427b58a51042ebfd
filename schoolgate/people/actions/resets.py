"""A lost second step is reset by two people; both steps and every refusal are on record."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before, move
from schoolgate.people import queries, rules, tokens
from schoolgate.people.actions.sessions import close_sessions
from schoolgate.people.models import FactorReset, Person
from schoolgate.people.states import RESET_LASTS, RESET_MOVES, ResetState


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
    tokens.end_all(person, at=at)


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
