"""A list of people: roles, leaving, line managers, several hats."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.people import leaving, queries
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import keep_list, upload
from schoolgate.people.models import ImportMapping, Membership, Person, RoleAssignment, User
from tests.cast import give, someone
from tests.people.lists import COLUMNS, DAY, HEAD, Brought, line, words


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


# --- Roles --------------------------------------------------------------------------------------------------


def test_a_role_is_not_backdated_and_one_that_is_over_is_not_given(amina, school, at):
    today = local_day(at)
    where = {"role": "Staff", "school": school.name}
    brought = Brought(
        amina, at,
        line(**where, from_day=today - DAY, to_day=today),
        line(name="Eve", email="eve@example.org", **where, from_day=today - 2 * DAY, to_day=today - DAY),
        line(name="Fay", email="fay@example.org", **where, from_day=today + DAY),
    )  # fmt: skip
    assert [brought.said(number) for number in range(3)] == [
        ["added", "role_given_until", "begins_today"], ["added", "role_was_over"], ["added", "role_given"],
    ]  # fmt: skip
    brought.confirm()
    held = RoleAssignment.objects.filter(person__name__in=["Dan Evans", "Eve", "Fay"]).order_by("pk")
    assert [(one.from_day, one.to_day) for one in held] == [(today, today), (today + DAY, None)]


def test_a_last_day_is_set_and_never_in_the_past(amina, cara, at):
    today = local_day(at)
    given = {"name": "Cara", "email": cara.email, "role": "staff"}
    brought = Brought(amina, at, line(**given, to_day=today))
    words(brought, school={"": ""})
    assert brought.said() == ["role_until"]
    assert Brought(amina, at, line(**given, to_day=today - DAY)).said() == ["role_over"]
    brought.confirm()
    assert [queries.roles_of(cara, on=day) for day in (today, today + DAY)] == [["Staff"], []]


def test_an_empty_last_day_takes_none_away(amina, at):
    dan = someone("Dan")
    RoleAssignment.objects.create(
        person=dan, role_key="staff", scope_kind="federation", from_day=local_day(at), to_day=local_day(at)
    )
    brought = Brought(amina, at, line(name="Dan", email=dan.email, role="staff"))
    words(brought, school={"": ""})
    assert brought.outcomes == ["same"]


def test_nobody_gives_a_role_to_themselves_by_a_list(amina, school, at):
    brought = Brought(amina, at, line(name="Amina", email=amina.email, role="Staff", school=school.name))
    assert brought.said() == ["own_role"]


def test_who_does_not_look_after_people_brings_no_list(amina, cara, at):
    with pytest.raises(NotAllowed):
        Brought(cara, at, line())
    brought = Brought(amina, at, line())
    with pytest.raises(NotAllowed):
        brought.confirm(by=cara)


def test_a_list_is_taken_over_by_who_brought_it(amina, ben, at):
    with pytest.raises(NotFound):
        Brought(amina, at, line()).confirm(by=ben)


# --- Leaving ------------------------------------------------------------------------------------------------


def test_a_day_of_leaving_is_recorded(amina, cara, at):
    today = local_day(at)
    brought = Brought(amina, at, line(name="Cara", email=cara.email, leaving_day=today + DAY))
    assert brought.said() == ["leaves"]
    brought.confirm()
    cara.refresh_from_db()
    assert cara.left_on == today + DAY
    assert Membership.objects.get(person_id=cara.pk).ends_on == today + DAY
    again = Brought(amina, at, line(name="Cara", email=cara.email))
    assert (again.outcomes, again.said()) == (["same"], ["leaving_stands"])


def test_who_has_left_before_is_not_taken_over_and_does_not_come_back_by_a_list(amina, cara, at):
    today = local_day(at)
    leaving.record_departure(by=amina, at=at, person=cara, left_on=today)
    given = {"name": "Cara", "email": cara.email}
    brought = Brought(
        amina,
        at,
        line(leaving_day=today),
        line(**given, leaving_day=today),
        line(name="Eve", email="e@b.org"),
    )
    assert brought.outcomes == ["passed_over", "passed_over", "new"]
    assert Brought(amina, at, line(**given)).said() == ["has_left"]


def test_who_is_not_active_is_passed_over_or_needs_a_day_of_leaving(amina, cara, at):
    brought = Brought(amina, at, line(active="no"), line(name="Cara", email=cara.email, active="No"))
    assert [brought.said(number) for number in range(2)] == [["not_active"], ["inactive_without_day"]]


def test_a_list_cannot_leave_nobody_to_look_after_people(amina, at):
    brought = Brought(amina, at, line(name="Amina", email=amina.email, leaving_day=local_day(at)))
    with pytest.raises(NotNow, match="No one would be left to look after people and roles"):
        brought.confirm()
    amina.refresh_from_db()
    assert amina.left_on is None


# --- Line managers ------------------------------------------------------------------------------------------


@pytest.fixture
def wootton(make_federation):
    """A federation whose policy knows line managers; its principal."""
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        yield someone("Petra", "principal")


def managed(by, at, *lines):
    return Brought(by, at, *lines, columns=COLUMNS)


def test_a_line_manager_may_come_with_the_same_list(wootton, at):
    brought = managed(wootton, at, line(manager="MIA@example.org"), line(name="Mia", email="mia@example.org"))
    brought.confirm()
    dan, mia = (Person.objects.get(email=f"{name}@example.org") for name in ("dan", "mia"))
    assert queries.roles_of(mia, on=local_day(at), about=dan) == ["Line Manager"]
    assert queries.roles_of(mia, on=local_day(at)) == []


def test_a_new_line_manager_stands_beside_the_one_before(wootton, at):
    dan, old, new = someone("Dan"), someone("Olga"), someone("Nia")
    give(old, "line-manager", managed=dan)
    brought = managed(wootton, at, line(name="Dan", email=dan.email, manager=new.email))
    assert brought.said() == ["manager_given", "other_manager"]
    brought.confirm()
    again = managed(wootton, at, line(name="Dan", email=dan.email, manager=new.email))
    assert again.outcomes == ["same"]


@pytest.mark.parametrize(
    ("manager", "code"),
    [
        ("dan@example.org", "manager_oneself"),
        ("nobody@example.org", "manager_not_here"),
        ("nobody", "manager_bad_email"),
    ],
)
def test_a_line_manager_who_cannot_be_is_refused(wootton, at, manager, code):
    assert managed(wootton, at, line(manager=manager)).said()[0] == code


def test_nobody_makes_themselves_a_line_manager(wootton, at):
    assert managed(wootton, at, line(manager=wootton.email)).said()[0] == "own_role"


# --- Several hats, and many ---------------------------------------------------------------------------------


def test_somebody_of_another_federation_gets_a_second_place_and_keeps_the_first(
    make_federation, federation, at
):
    other = make_federation("wootton", "wootton")
    with scope(other.pk):
        theirs = someone("Dan Evans", "staff")
        User.objects.filter(pk=theirs.user_id).update(email="dan@example.org")
    with scope(federation.pk):
        Brought(someone("Amina", "slt"), at, line(name="Daniel E")).confirm()
        ours = Person.objects.get(name="Daniel E")
        assert (ours.user_id, queries.roles_of(ours, on=local_day(at))) == (theirs.user_id, [])
    with scope(other.pk):
        theirs.refresh_from_db()
        assert (theirs.name, queries.roles_of(theirs, on=local_day(at))) == ("Dan Evans", ["Staff"])
    assert Membership.objects.filter(user=theirs.user_id).count() == 2


def test_another_federations_way_of_reading_is_not_used(make_federation, federation, at):
    with scope(make_federation("oakfield").pk):
        Brought(someone("Olaf", "slt"), at, line())
    with scope(federation.pk):
        amina = someone("Amina", "slt")
        kept = keep_list(f"{HEAD}\n{line()}".encode(), federation_id=federation.pk)
        assert upload(kind=PEOPLE, by=amina, at=at, kept=kept).mapping is None
        assert ImportMapping.objects.count() == 0


def test_taking_over_costs_the_same_for_one_and_for_many(amina, school, at):
    def cost(first, many):
        lines = [
            line(name=f"P {n}", email=f"p{n}@example.org", role="Staff", school=school.name)
            for n in range(first, first + many)
        ]
        brought = Brought(amina, at, *lines)
        seen = brought.plan.seen
        with CaptureQueriesContext(
            connection,
        ) as asked:
            brought.confirm(seen=seen)
        return len(asked)

    assert cost(0, 2) == cost(2, 60)
