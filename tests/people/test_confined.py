"""Only some may know of a concern, a breach or a check: decisions and lists of tasks ask one place."""

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.duties.queries import known_to
from schoolgate.incidents import casework, handling
from schoolgate.people.confined import confined_kinds, known_among, may_know_of, nameable
from tests.cast import someone
from tests.incidents.conftest import under, wrong  # noqa: F401 - a fixture

UNKNOWN = 4_000_000


@pytest.fixture
def wildground(under):  # noqa: F811
    federation, _school = under("wildground")
    with scope(federation.pk):
        yield federation


def _task(subject, at, person):
    return open_duty(kind="accounts.decide", subject=subject, at=at, due=Due.none_promised(), person=person)


def test_the_rooms_of_concerns_breaches_checks_and_own_conduct_are_confined():
    rooms = {kind.partition(".")[0] for kind in confined_kinds()}
    assert rooms >= {"incidents", "breaches", "searches", "conduct", "rights", "press", "listening"}


@pytest.mark.parametrize("kind", [*sorted(confined_kinds()), "incidents.opening", "breaches.step"])
def test_a_task_about_something_confined_is_not_known_to_the_person_who_looks_after_the_policy(
    wildground, at, kind
):
    head, dee = someone("Hannah Head", "slt"), someone("Dee Lead", "staff")
    _task(f"{kind}:{UNKNOWN}", at, dee)
    assert not known_to(head, at.date()).exists()
    assert known_among(head, [f"{kind}:{UNKNOWN}"], at.date()) == set()


def test_any_other_task_is_known(wildground, at):
    head, dee = someone("Hannah Head", "slt"), someone("Dee Lead", "staff")
    _task(f"accounts.proposal:{UNKNOWN}", at, dee)
    assert known_to(head, at.date()).count() == 1
    assert known_among(head, [f"accounts.proposal:{UNKNOWN}"], at.date()) == {f"accounts.proposal:{UNKNOWN}"}


def test_no_one_is_offered_whom_the_thing_may_be_about(wildground, at):
    head, dee = someone("Hannah Head", "slt"), someone("Dee Lead", "staff")
    of_dee = wrong(at, what="It was someone.", about_people=(dee,))
    of_no_one = wrong(at, what="Something odd.")
    assert nameable([head, dee], f"incidents.report:{of_dee.pk}") == [head]
    assert nameable([head, dee], f"incidents.report:{of_no_one.pk}", "accounts.proposal:1") == [head, dee]
    assert nameable([head, dee]) == [head, dee]


def test_who_may_know_of_a_concern_knows_of_its_tasks_until_it_is_kept_to_the_leads(wildground, at):
    head, dee = someone("Hannah Head", "slt"), someone("Dee Lead", "staff")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    report = wrong(at)
    assert may_know_of(head, f"incidents.report:{report.pk}", at.date())
    assert known_to(head, at.date()).exists()
    name = f"incidents.report:{report.pk}"
    assert known_among(head, [name, f"incidents.report:{UNKNOWN}"], at.date()) == {name}
    casework.restrict(report=handling.take(report=report, by=dee, at=at), by=dee, at=at)
    assert known_to(dee, at.date()).exists()
    assert not may_know_of(head, f"incidents.report:{report.pk}", at.date())
    assert known_among(head, [name], at.date()) == set()
    assert not known_to(head, at.date()).filter(subject__startswith="incidents.").exists()
