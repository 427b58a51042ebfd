"""Enter a request about data: its clock starts, and a person gets the task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.models import School
from schoolgate.core.sealed_words import check_words, seal
from schoolgate.people.models import Person
from schoolgate.people.queries import schools
from schoolgate.rights.actions.keeping import SEALED, open_task, set_deadline, step
from schoolgate.rights.models import Request
from schoolgate.rights.rules import check_enters, deciders
from schoolgate.rights.states import Identity, Kind, StepKind

OLDEST = timedelta(days=366)
"""A request that came in longer ago is over, and belongs to the papers."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the office enters about a request. `about`: which person, with other names and usernames, each on
    a line of its own; nothing for freedom of information. `lead`: who deals with it."""

    kind: str
    received_on: date
    name: str
    contact: str
    wants: str
    lead: Person | None
    about: str = ""
    identity: str = ""
    school: School | None = None


@action
def enter(*, by: Person, at: datetime, entered: Entered) -> Request:
    """Enter a request; its deadline is set, and the person who deals with it gets the task. Raises
    NotAllowed, BadInput."""
    on = local_day(at)
    check_enters(by, on=on)
    may = deciders(by, on=on)
    _check(entered, may, on=on)
    words = check_words(
        name=(entered.name, _("Enter the name of the person who asks")),
        contact=(entered.contact, _("Enter where the answer goes")),
        about=(entered.about, "" if entered.kind == Kind.INFORMATION else _("Enter whose data it is")),
        wants=(entered.wants, _("Enter what they ask for")),
    )
    request = Request(
        kind=entered.kind, school=entered.school, received_on=entered.received_on, entered_by=by,
        entered_at=at,
        identity=Identity.NOT_NEEDED if entered.kind == Kind.INFORMATION else entered.identity,
        words_ref=0, state_at=at,
    )  # fmt: skip
    request.save()
    request.words_ref = seal(SEALED, words, about=request)
    request.save(update_fields=["words_ref"])
    set_deadline(request)
    step(request, StepKind.ENTERED, at=at, by=by, on=entered.received_on, code=entered.kind)
    if entered.lead is not None:
        second = next((one for one in may if one != entered.lead), None)
        open_task(request, at=at, person=entered.lead, second=second)
    return request


def _check(entered: Entered, may: list[Person], *, on: date) -> None:
    wrong: dict[str, Text] = {}
    if entered.kind not in Kind.values:
        wrong["kind"] = _("Choose what they ask for")
    if not on - OLDEST <= entered.received_on <= on:
        wrong["received_on"] = _("Enter a day in the last 12 months")
    information = entered.kind == Kind.INFORMATION
    if not information and (
        entered.identity not in Identity.values or entered.identity == Identity.NOT_NEEDED
    ):
        wrong["identity"] = _("Choose how you checked who is asking")
    if entered.lead not in may:
        wrong["lead"] = _("Choose who deals with it")
    if entered.school is None and information and schools().exists():
        wrong["school"] = _("Choose the school that was asked: its school days count")
    if wrong:
        raise BadInput(wrong)
