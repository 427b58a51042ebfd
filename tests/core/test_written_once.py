"""A question whose statement is written once finds what its query finds, and asks the database each time."""

from datetime import timedelta
from functools import cache

import pytest
from django.db import connection
from psycopg.pq import Format

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, ask_together, remember_reads
from schoolgate.core.stops import stop
from schoolgate.people.models import Membership, RoleAssignment, User
from schoolgate.people.queries import held_asked, held_by, memberships_of
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import PolicyVersion, VersionState
from schoolgate.reports.frame import Flags, visitor_and_flags
from schoolgate.web.signin.backend import MembershipBackend
from tests.cast import SINCE, give, lose_second_steps, someone


@pytest.fixture
def two(school):
    """One person with a role in a school and one that they cover, and another with a role everywhere."""
    one, other = someone("One", "lead-staff-member", school=school), someone("Other", "slt")
    covering = give(one, "slt")
    covering.acting_for = other
    covering.save(update_fields=["acting_for"])
    return one, other


def test_each_is_answered_for_whom_it_is_asked_with_what_is_read_along(two, school, at, queries):
    on = local_day(at)
    one, other = two
    with queries() as seen:
        held = held_by(one, on=on)
        assert [(each.role_key, each.school, each.acting_for) for each in held] == [
            ("lead-staff-member", school, None),
            ("slt", None, other),
        ]
        assert [each.acting_for.name for each in held if each.acting_for] == ["Other"]
        (hat,) = memberships_of(one.user, on=on)
        assert (hat.person_id, hat.federation) == (one.pk, one.federation)
        assert [each.role_key for each in held_by(other, on=on)] == ["slt"]
    assert len(seen) == 3 + 1, "three questions, and the federation of the person who was made here"


def test_what_changed_is_found_the_next_time_and_a_day_before_it_is_not(two, at):
    on = local_day(at)
    one, _other = two
    RoleAssignment.objects.filter(person=one, role_key="slt").update(ended_on=on)
    Membership.objects.filter(user=one.user).update(ends_on=on)
    assert [each.role_key for each in held_by(one, on=on)] == ["lead-staff-member"]
    assert len(held_by(one, on=on - timedelta(days=1))) == 2
    assert memberships_of(one.user, on=on) == []
    assert len(memberships_of(one.user, on=on - timedelta(days=1))) == 1


def test_what_is_counted_beside_a_row_is_told_with_it(two, school, at):
    one, other = two
    Safeguarder.objects.create(place="deputy", person_id=one.pk, school=school, since=SINCE)
    (who, there), (another, _same) = (visitor_and_flags(each.pk, at=at) for each in two)
    assert (who.safeguards_at, another.safeguards_at) == ([school.pk], [])
    assert (who, another) == (one, other)
    assert there == Flags(danger=False, stopped=False, standing_still=False, restoring=False)
    stop(by=one, at=at, reason="A death in the school.")
    assert visitor_and_flags(one.pk, at=at)[1].stopped is True
    assert visitor_and_flags(one.pk, at=at - timedelta(seconds=1))[1].stopped is False
    with pytest.raises(NotFound):
        visitor_and_flags(other.pk + 1000, at=at)


def test_a_user_is_known_with_whether_they_have_a_second_step_and_nobody_who_left_is(two):
    signed_in = MembershipBackend()
    one, other = two
    found = signed_in.get_user(one.user_id)
    on, (hat,) = found.begins_with_hats
    assert (found, found.begins_with_factor, on, hat.person_id) == (one.user, True, local_day(now()), one.pk)
    lose_second_steps()
    assert signed_in.get_user(one.user_id).begins_with_factor is False
    User.objects.filter(pk=one.user_id).update(is_active=False)
    Membership.objects.filter(user=other.user).update(ends_on=local_day(now()))
    assert [signed_in.get_user(each.user_id) for each in two] == [None, None]


@cache
def _version():
    return FixedQuery(PolicyVersion.objects.filter(pk=A_NUMBER, state=VersionState.IN_FORCE))


def test_what_is_asked_together_is_one_statement_and_holds_until_something_is_written(
    two, school, at, queries
):
    one, other = two
    on = local_day(at)
    version = adopt(by=other, at=at)
    as_stored = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields}
    asked = [held_asked(one.pk, on=on), (_version(), {A_NUMBER: version.pk})]
    remember_reads()
    with queries() as seen:
        ask_together(*asked, held_asked(one.pk, on=on))
        ask_together(*asked)
        assert [each.role_key for each in held_by(one, on=on)] == ["lead-staff-member", "slt"]
        (found,) = _version().ask({A_NUMBER: version.pk})
    assert len(seen) == 1
    version.refresh_from_db()
    assert {name: getattr(found, name) for name in as_stored} == {
        name: getattr(version, name) for name in as_stored
    }, "days, instants, lists and JSON are read as Django reads them"
    with queries() as seen:
        assert [each.role_key for each in held_by(other, on=on)] == ["slt"]
    assert len(seen) == 1, "that was asked of another person"
    PolicyVersion.objects.update(state=VersionState.SUPERSEDED, superseded_at=at)
    assert _version().ask({A_NUMBER: version.pk}) == []


def test_nothing_is_asked_ahead_where_nothing_is_remembered(two, at, queries):
    with queries() as seen:
        ask_together(held_asked(two[0].pk, on=local_day(at)))
    assert len(seen) == 0


@pytest.mark.parametrize("day", ["0044-03-15 BC", "1066-10-14", "2026-12-01", "25000-01-01"])
def test_a_day_and_json_are_the_same_asked_together_and_alone(scoped, day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::date, %s::jsonb", [day, '{"a": [1, "ŵ"]}'])
        alone = cursor.fetchone()
        cursor.cursor.format = Format.BINARY
        cursor.execute(
            "SELECT ARRAY(SELECT of_it FROM (SELECT %s::date, %s::jsonb) of_it)", [day, '{"a": [1, "ŵ"]}']
        )
        assert cursor.fetchone() == ([alone],)
