"""A federation under one of the five policies, with people who ask, agree, look and recruit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.acknowledging import acknowledge
from schoolgate.policy.adopting import adopt
from schoolgate.policy.checks import questions_for, take_check
from schoolgate.policy.choices import CANDIDATE_RESULTS, MONITORED_COPIES, choose_days
from schoolgate.policy.queries import in_force as in_force_on
from schoolgate.searches.checks import CheckAsked, ask_check
from schoolgate.searches.models import SystemCheck, Vacancy
from schoolgate.searches.recruiting import VacancyEntered, enter_vacancy
from tests.cast import someone
from tests.worlds import enter_federation, world

HEADS = {
    "wildground": ("slt",),
    "boroughbridge": (
        "staff-lead-director-of-business-services", "senior-network-manager-senior-authoriser",
    ),
    "learn-to-live": ("headteacher",),
    "wootton": ("principal",),
    "llanidloes": ("headteacher",),
}  # fmt: skip
SECONDS = {
    "wildground": "slt", "boroughbridge": "senior-leader", "learn-to-live": "slt",
    "wootton": "nominated-senior-manager", "llanidloes": "moderator",
}  # fmt: skip
STAFF = {"boroughbridge": "all-staff"}


@dataclass
class House:
    """`hannah` asks and recruits, `nora` agrees, `dev` looks and searches, `cara` is the teacher checked."""

    hannah: Person
    nora: Person
    dev: Person
    cara: Person
    at: datetime

    @property
    def on(self) -> date:
        return local_day(self.at)

    def check(self, **changed: Any) -> SystemCheck:
        """Ask for a look at what Cara posted from the school's systems, off duty, last week."""
        return ask_check(by=self.hannah, at=self.at, asked=self.asked(**changed))

    def asked(self, **changed: Any) -> CheckAsked:
        week = self.on - timedelta(days=7)
        given = {
            "doer": self.dev, "about": self.cara, "act": "review", "target": "postings",
            "purpose": "rule compliance", "done": "off duty at work", "on_systems": True,
            "own_account": False, "range_from": week, "range_to": self.on, "case_from": week,
            "case_to": self.on, "make_by": self.on + timedelta(days=3),
            "what": "Posts from the staff room PC", "why": "Concern about Cara’s posts",
            "policy_named": "IT policy", "policy_of": "Federation policies",
        }  # fmt: skip
        return CheckAsked(**(given | changed))

    def vacancy(self, **changed: Any) -> Vacancy:
        """Enter a vacancy with two shortlisted candidates, for whom Dev searches."""
        given = {
            "title": "Teacher of maths", "searcher": self.dev, "panel": [self.hannah, self.nora],
            "terms": "Name and town, public pages", "shortlisted_on": self.on, "on_shortlist": 2,
            "names": ["Ida Example", "Max Muster"],
        }  # fmt: skip
        return enter_vacancy(by=self.hannah, at=self.at, entered=VacancyEntered(**(given | changed)))


@world()
def in_force(at: datetime, key: str, *more: str) -> SimpleNamespace:
    """A federation whose policy is in force. "known": Dev and Cara know it; "days": how long copies and
    results are kept is chosen."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        School.objects.create(
            name="North School", slug="north", country="wales" if key == "llanidloes" else "england"
        )
        staff = STAFF.get(key, "staff")
        hannah = someone("Hannah Head", *HEADS[key])
        here = House(
            hannah, someone("Nora Second", SECONDS[key]), someone("Dev Network", staff),
            someone("Cara Teacher", staff), at,
        )  # fmt: skip
        version = adopt(by=hannah, at=at)
        asked = in_force_on(here.on).book
        for person in (here.dev, here.cara) if "known" in more else ():
            questions = questions_for(asked, person=person.pk, version=version.pk, number=1)
            if questions:
                take_check(by=person, at=at, number=1, given=[str(one.answer) for one in questions])
            acknowledge(by=person, at=at, version=version, answer=True, to_end=True)
        for what in (MONITORED_COPIES, CANDIDATE_RESULTS) if "days" in more else ():
            choose_days(by=hannah, at=at, what=what, days=30, from_day=here.on)
    return SimpleNamespace(federation=federation, house=here)


@pytest.fixture
def house(begin_in, at, home) -> Callable[..., Any]:
    """`with house("wootton") as here:` opens the scope of a federation whose policy is in force."""

    @contextmanager
    def enter(key: str, *, known: bool = True, days: bool = True) -> Iterator[House]:
        more = [name for name, asked in (("known", known), ("days", days)) if asked]
        there = begin_in(in_force, at, key, *more)
        with scope(there.federation.pk):
            yield there.house

    return enter
