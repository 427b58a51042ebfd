"""What a person has seen and hidden of getting started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F
from django.db.models.functions import JSONObject

from schoolgate.core import at_once
from schoolgate.core.days import stored_instant
from schoolgate.core.models import Safeguarder
from schoolgate.people.models import FirstWalk, Person, WalkStep


@dataclass(frozen=True)
class Begun:
    """`opened`: steps whose pages were opened; `hidden`: since when a list is hidden, by its key;
    `safeguards`: whether the person leads on safeguarding here."""

    opened: frozenset[str]
    hidden: Mapping[str, datetime]
    safeguards: bool


def begun(person: Person, **also: Any) -> tuple[Begun, dict[str, Any]]:
    """Return a person's progress, and what the other questions give that are asked with it. One query."""
    opened = WalkStep.objects.filter(person=person).values("step")
    hidden = FirstWalk.objects.filter(person=person).exclude(set_aside_at=None)
    found = at_once.ask(
        opened=ArraySubquery(opened),
        hidden=ArraySubquery(hidden.values(each=JSONObject(walk=F("walk"), at=F("set_aside_at")))),
        safeguards=Exists(Safeguarder.objects.filter(person_id=person.pk, ended_at=None)),
        **also,
    )
    so_far = Begun(
        frozenset(found["opened"]),
        {each["walk"]: stored_instant(each["at"]) for each in found["hidden"]},
        found["safeguards"],
    )
    return so_far, found
