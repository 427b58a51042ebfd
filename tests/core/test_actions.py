"""Every write is an action: all of it or nothing, and a refusal is evidence."""

from dataclasses import dataclass, field

import pytest

from schoolgate.core.actions import action, together
from schoolgate.core.errors import NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.models import LedgerRow, School, Stop
from schoolgate.core.tenancy import NoScope, current_scope, scope
from tests.conftest import recorded


@dataclass
class Kept:
    """A decision about a school whose row lies in the table of stops, for want of a policy down here."""

    at: object
    subject: str = "core.school:1"
    clauses: list[str] = field(default_factory=lambda: ["wildground-accounts-3"])
    pk: int = 0

    def write(self) -> "Kept":
        self.pk = Stop.objects.create(reason="decided", placed_at=self.at).pk
        return self

    def write_again(self) -> None:
        Stop(pk=self.pk, reason="decided", placed_at=self.at).save(force_insert=True)


@action
def open_school(*, at, name="Juniors", then=None, by=None):
    school = School.objects.create(name=name, slug=name.lower())
    record("school.added", subject=school, at=at, actor=by)
    if then:
        then()
    return school


@action
def refuse(*, at, by=None):
    School.objects.create(name="Refused", slug="refused")
    raise Refused(Kept(at).write())


@action
def outer(*, at, catch=False):
    School.objects.create(name="Outer", slug="outer")
    try:
        refuse(at=at)
    except Refused:
        if not catch:
            raise


@action
def rename(*, at, school, name, then=None):
    School.objects.filter(pk=school.pk).update(name=name)
    school.name = name
    if then:
        then()


def fail(error):
    def raising():
        raise error

    return raising


def test_an_action_needs_a_scope(at):
    with pytest.raises(NoScope):
        open_school(at=at)


def test_an_action_takes_keywords_only(scoped, at):
    with pytest.raises(TypeError, match="keyword"):
        open_school(at)


def test_an_action_must_be_written_with_keywords_and_an_instant():
    with pytest.raises(TypeError, match="by keyword only"):
        action(lambda name, *, at: None)
    with pytest.raises(TypeError, match="`at`"):
        action(lambda *, name: None)


def test_an_action_that_succeeds_leaves_its_rows_and_its_event(scoped, at):
    school = open_school(at=at)
    assert [(row.event, row.subject, row.at) for row in recorded()] == [
        ("school.added", f"core.school:{school.pk}", at)
    ]


@pytest.mark.parametrize("error", [NotNow("too late"), ValueError("a mistake")])
def test_an_action_that_fails_leaves_neither(scoped, at, error):
    open_school(at=at, name="Before")
    with pytest.raises(type(error)):
        open_school(at=at, name="Juniors", then=fail(error))
    assert [school.name for school in School.objects.all()] == ["Before"]
    assert len(current_scope().pending) == 1


@pytest.mark.parametrize("error", [NotNow("too late"), ValueError("a mistake")])
def test_an_action_that_fails_gives_back_the_rows_that_it_was_given_as_they_were(scoped, at, error):
    school = open_school(at=at, name="Juniors")
    with pytest.raises(type(error)):
        rename(at=at, school=school, name="Infants", then=fail(error))
    assert school.name == School.objects.get().name == "Juniors"


def test_an_action_that_succeeds_leaves_its_changes_on_the_row_that_it_was_given(scoped, at):
    school = open_school(at=at, name="Juniors")
    rename(at=at, school=school, name="Infants")
    assert school.name == School.objects.get().name == "Infants"


def test_a_refusal_keeps_its_decision_and_nothing_else(scoped, at):
    with pytest.raises(Refused) as refused:
        refuse(at=at)
    assert School.objects.count() == 0
    assert [stop.pk for stop in Stop.objects.all()] == [refused.value.kept.pk]
    assert [(row.event, row.subject, row.clauses, row.decision) for row in recorded()] == [
        ("school.refused", "core.school:1", ["wildground-accounts-3"], refused.value.kept.pk)
    ]


def test_a_refusal_inside_an_action_is_kept_once(scoped, at):
    with pytest.raises(Refused):
        outer(at=at)
    assert School.objects.count() == 0
    assert Stop.objects.count() == 1
    assert [row.event for row in recorded()] == ["school.refused"]


def test_an_action_may_go_on_after_a_refusal_inside_it(scoped, at):
    outer(at=at, catch=True)
    assert [school.name for school in School.objects.all()] == ["Outer"]
    assert Stop.objects.count() == 1
    assert [row.event for row in recorded()] == ["school.refused"]


def test_of_two_actions_taken_together_neither_stays_where_one_fails(scoped, at):
    with pytest.raises(NotNow), together(at=at):
        open_school(at=at, name="First")
        open_school(at=at, name="Second", then=fail(NotNow("too late")))
    assert (School.objects.count(), current_scope().pending) == (0, [])


def test_a_refusal_of_two_actions_taken_together_is_kept_once(scoped, at):
    with pytest.raises(Refused), together(at=at):
        open_school(at=at, name="First")
        refuse(at=at)
    assert (School.objects.count(), Stop.objects.count()) == (0, 1)
    assert [row.event for row in recorded()] == ["school.refused"]


def test_two_actions_taken_together_both_stay(scoped, at):
    with together(at=at):
        open_school(at=at, name="First")
        open_school(at=at, name="Second")
    assert [school.name for school in School.objects.order_by("pk")] == ["First", "Second"]


def test_a_refusal_outlives_the_scope_it_ends(own_database, make_federation, at):
    federation = make_federation()
    with pytest.raises(Refused), scope(federation.id):
        refuse(at=at)
    with scope(federation.id):
        assert [row.event for row in LedgerRow.objects.all()] == ["school.refused"]
        assert (School.objects.count(), Stop.objects.count()) == (0, 1)
