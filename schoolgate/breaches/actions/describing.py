"""Describe a breach, correct when it became known, bring people in, add notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.actions.keeping import (
    LONGEST_WORDS,
    check_order,
    entered,
    follow,
    step,
)
from schoolgate.breaches.actions.opening import FUTURE
from schoolgate.breaches.details import LONGEST, MOST_PEOPLE, PARTS, Part
from schoolgate.breaches.duty_kinds import AUTHORITY
from schoolgate.breaches.facts import due_at
from schoolgate.breaches.models import Breach
from schoolgate.breaches.rules import people_to_bring_in
from schoolgate.breaches.states import StepKind
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.sealed_words import check_words
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person


@action
def describe(*, breach: Breach, by: Person, at: datetime, details: Mapping[str, Any]) -> Breach:
    """Replace the description of a breach; what it said before stays in its history.

    Args:
        details: values by the keys of `breaches.details.PARTS`; empty ones are left out.

    Raises NotFound, NotNow, BadInput (the keys of the parts).
    """
    found = entered(breach, by, at)
    written = {part.key: value for part in PARTS if (value := _checked(part, details.get(part.key)))}
    if "what" not in written:
        raise BadInput({"what": _("Say what happened.")})
    children, people = (int(written.get(key, 0)) for key in ("children", "people"))
    if people and children > people:
        raise BadInput({"children": _("This is more than the number of people affected.")})
    found.written = list(written)
    found.save(update_fields=["written"])
    step(found, StepKind.DESCRIBED, at=at, by=by, words={"details": written})
    follow(found, "breach.described", by=by, at=at)
    return found


@action
def change_aware(*, breach: Breach, by: Person, at: datetime, aware_at: datetime, why: str) -> Breach:
    """Correct when the school became aware, with the reason. The 72 hours are counted again.

    Raises NotFound, NotNow, BadInput (aware, why).
    """
    found = entered(breach, by, at)
    reason = check_words(why=(why, _("Say why you’re changing the time.")), longest=LONGEST_WORDS)["why"]
    check_order(aware_at, at, "aware", FUTURE)
    check_order(found.happened_at, aware_at, "aware", _("This is before the breach happened."))
    check_order(aware_at, found.authority_told_at, "aware", _("This is after the ICO was told."))
    check_order(aware_at, found.people_told_at, "aware", _("This is after the people were told."))
    words = {"before": found.aware_at.isoformat(), "after": aware_at.isoformat(), "words": reason}
    found.aware_at, found.due_at = aware_at, due_at(found.federation, aware_at)
    found.save(update_fields=["aware_at", "due_at"])
    step(found, StepKind.AWARE, at=at, by=by, words=words)
    cancel(kind=AUTHORITY, subject=found, because="time_changed", at=at, by=by)
    follow(found, "breach.aware_changed", by=by, at=at)
    return found


@action
def bring_in(*, breach: Breach, by: Person, at: datetime, person: Person) -> Breach:
    """Let another person here know of a breach and deal with it. Never one that its concern may be about.

    Raises NotFound, NotNow, BadInput (person).
    """
    found = entered(breach, by, at)
    if person not in people_to_bring_in(found, on=local_day(at)):
        raise BadInput(
            {"person": _("They’re already dealing with it, or aren’t allowed to. Choose someone else.")}
        )
    step(found, StepKind.BROUGHT_IN, at=at, by=by, person=person)
    follow(found, "breach.brought_in", by=by, at=at, to=person.pk)
    return found


@action
def note(*, breach: Breach, by: Person, at: datetime, words: str) -> Breach:
    """Add a note to a breach, sealed. Raises NotFound, NotNow, BadInput (words)."""
    found = entered(breach, by, at)
    written = check_words(words=(words, _("Write what you found out or did.")), longest=LONGEST_WORDS)
    step(found, StepKind.NOTED, at=at, by=by, words=written)
    record("breach.noted", subject=found, at=at, actor=by)
    return found


def _checked(part: Part, value: Any) -> Any:
    """Return a value as it is kept; None for nothing. Raises BadInput."""
    if part.kind == "ticks":
        return [key for key in part.among or () if key in (value or ())]
    if part.kind == "number":
        if value is None or value == "":
            return None
        if not 0 <= int(value) <= MOST_PEOPLE:
            raise BadInput({part.key: _("Enter a number from 0 to 10,000,000.")})
        return str(int(value))
    return check_words(**{part.key: (str(value or ""), "")}, longest=LONGEST)[part.key]
