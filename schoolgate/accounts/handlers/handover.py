"""Handlers for people who leave, stay after all, start long leave or return. Each may run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.accounts.actions.handover import (
    begin_handovers,
    end_handovers_of_a_closed_account,
    end_parts,
    take_back_handovers,
)
from schoolgate.accounts.actions.left_behind import (
    ask_who_covers,
    duties_left_by,
    end_asking_who_covers,
    move_duty_on,
)
from schoolgate.accounts.models import Account
from schoolgate.accounts.queries.handover import led_by
from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.people.absences import extended_absence
from schoolgate.people.models import Person


@subscribes("people.left")
def begin_what_is_handed_over(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Start the handovers: the leaver's accounts are at risk from now on, and those who run the handover
    are asked."""
    person = _person(subject_id)
    if person.left_on is None:
        take_back_handovers(person=person, at=at)
    else:
        begin_handovers(person=person, at=at)


@subscribes("people.gone")
def pass_on_what_is_left(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """End their parts in accounts on the day."""
    end_parts(person=_person(subject_id), at=at)


def _duties_left(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    return list(duties_left_by(_person(subject_id), at=at).values_list("pk", flat=True))


@subscribes("people.gone", each=_duties_left)
def pass_on_a_duty(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Pass one of a leaver's open duties on to people who stay."""
    move_duty_on(person=_person(subject_id), at=at, number=part)


@subscribes("people.returned")
def take_back_what_was_handed_over(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Return open handovers to the person who stays."""
    person = _person(subject_id)
    if person.left_on is None:
        take_back_handovers(person=person, at=at)


@subscribes("people.absence")
def ask_for_cover(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Ask who covers the accounts that have no other lead."""
    person = _person(subject_id)
    if extended_absence(person, on=local_day(at)) is not None:
        ask_who_covers(person=person, at=at)


@subscribes("people.back")
def need_no_cover(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Stop asking who covers."""
    for account in led_by(_person(subject_id)):
        end_asking_who_covers(account=account, at=at, how="back")


@subscribes("account.team_changed")
def see_who_covers(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Respond to a person being added to an account that had no lead."""
    end_asking_who_covers(account=Account.objects.get(pk=subject_id), at=at, how="covered")


@subscribes("account.closed")
def end_with_the_account(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """End the handovers of an account that is shut."""
    end_handovers_of_a_closed_account(account=Account.objects.get(pk=subject_id), at=at)


def _person(pk: int) -> Person:
    return Person.objects.select_related("federation").get(pk=pk)
