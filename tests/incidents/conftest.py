"""A federation under one of the five policies, and somebody who says that something is wrong."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents import queries
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import verdict
from tests.cast import give, someone
from tests.worlds import enter_federation, world

OWNERS = {
    "wildground": "slt",
    "boroughbridge": "staff-lead-director-of-business-services",
    "learn-to-live": "headteacher",
    "wootton": "principal",
    "llanidloes": "headteacher",
}


@world()
def in_force(at: datetime, key: str) -> SimpleNamespace:
    """A federation with one school whose policy is in force, looked after by Olive Owner."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        school = School.objects.create(
            name="North School", slug="north", country="wales" if key == "llanidloes" else "england"
        )
        adopt(by=someone("Olive Owner", OWNERS[key]), at=at)
    return SimpleNamespace(federation=federation, school=school)


@pytest.fixture
def under(begin_in, at, home) -> Callable[[str], tuple[Federation, School]]:
    """`under("wootton")`: `in_force`, the federation and its school."""

    def make(key: str) -> tuple[Federation, School]:
        there = begin_in(in_force, at, key)
        return there.federation, there.school

    return make


def wrong(at: datetime, *, what: str = "Somebody is nasty to Tomos.", **given: Any) -> Report:
    """Report something in the scope that is open."""
    own = {name: given.pop(name) for name in ("reporter", "named", "copy") if name in given}
    given.setdefault("mark", queries.new_mark())
    return report_wrong(at=at, said_here=ReportContent(what=what, **given), **own)


def whom(report: Report, kind: str = "told") -> list[str]:
    """Who was told at this kind of step: keys of roles, names of people told by name, in order."""
    steps = report.steps.filter(kind=kind).select_related("person").order_by("id")
    return [step.person.name if step.person else step.role_key for step in steps]


__all__ = ["give", "someone", "under", "whom", "wrong"]


def now_of(report, by, at):
    """What the policy says now, with those who were told."""
    facts = report_facts(report, by=by, at=at, told=told_of(report, at=at))
    return verdict("incident.report", facts, on=at.date())
