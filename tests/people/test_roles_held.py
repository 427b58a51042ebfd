"""Who has which role, who acts for whom, and where only one's own word counts."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people import assignments, leaving, queries
from schoolgate.people.assignments import MOST_NAMED, own_words, roles_held
from schoolgate.people.models import Membership, Person, RoleAssignment
from schoolgate.rulebook import book, books
from tests.cast import give, someone

DAY = timedelta(days=1)


@pytest.fixture
def head(make_federation):
    """The headteacher of the one policy that wants the head's own word; another who administers; a deputy."""
    with scope(make_federation("learn", "learn-to-live").pk):
        yield someone("Hana", "headteacher"), someone("Sol", "slt"), someone("Dee", "staff")


def act_for(giver, person, whom, role_key, at):
    return assignments.give_assignment(
        by=giver, at=at, person=person, role_key=role_key, from_day=local_day(at), acting_for=whom
    )


def leave(by, at, role_key="headteacher"):
    return assignments.give_permission(
        by=by, at=at, role_key=role_key, written=True, covers="logo", subject="accounts.account:1",
        from_day=local_day(at),
    )  # fmt: skip


def at_a_glance(policy, at):
    return {each.role.key: each for each in roles_held(book(policy), on=local_day(at))}


def test_only_one_of_the_five_policies_wants_a_roles_own_word():
    assert {key: dict(own_words(book(key))) for key in books() if own_words(book(key))} == {
        "learn-to-live": {"headteacher": ("learn-to-live-code-4",)}
    }


def test_who_acts_for_the_head_gives_no_leave_where_the_heads_own_word_counts(head, at):
    hana, sol, dee = head
    act_for(sol, dee, hana, "headteacher", at)
    with pytest.raises(NotAllowed, match="permission can only come from: Headteacher") as refused:
        leave(dee, at)
    assert str(refused.value.next_step) == "Needs permission from Hana."
    assert leave(hana, at).given_by == hana


def test_who_acts_for_somebody_gives_leave_where_the_policy_wants_nobodys_own_word(amina, ben, cara, at):
    act_for(amina, cara, ben, "slt", at)
    assert leave(cara, at, role_key="slt").given_by == cara


def test_who_has_another_role_gives_no_leave_at_all(head, at):
    with pytest.raises(NotAllowed, match="You don’t have the role"):
        leave(head[2], at)


def test_a_role_shows_who_has_it_who_acts_and_until_when(amina, ben, cara, school, at):
    act_for(amina, cara, ben, "slt", at)
    seen = at_a_glance("wildground", at)["slt"]
    assert [each.person.name for each in seen.own] == ["Amina", "Ben"]
    assert [(each.person.name, each.acting_for.name) for each in seen.acting] == [("Cara", "Ben")]
    assert (seen.number, seen.nobody) == (2, False)


def test_a_role_that_nobody_has_says_who_will(amina, cara, at):
    assignments.give_assignment(
        by=amina, at=at, person=cara, role_key="lead-staff-member", from_day=local_day(at) + DAY
    )
    seen = at_a_glance("wildground", at)["lead-staff-member"]
    assert (seen.nobody, [each.person.name for each in seen.coming]) == (True, ["Cara"])


def test_who_has_left_or_is_away_has_no_role_today(amina, ben, cara, at):
    today = local_day(at)
    Person.objects.filter(pk=ben.pk).update(left_on=today)
    leaving.start_extended_absence(by=amina, at=at, person=cara, kind="leave", from_day=today)
    seen = at_a_glance("wildground", at)
    assert [each.person.name for each in seen["slt"].own] == ["Amina"]
    assert (seen["staff"].nobody, [each.person.name for each in seen["staff"].away]) == (True, ["Cara"])


def test_a_role_had_for_one_school_only_names_the_schools_without(amina, school, at):
    infants = School.objects.create(name="Infants", slug="infants")
    give(someone("Ada"), "administrator-moderator", school=school)
    assert at_a_glance("wildground", at)["administrator-moderator"].schools_without == [infants]
    assert at_a_glance("wildground", at)["slt"].schools_without == []


def test_a_role_of_many_is_counted_and_not_named(amina, at):
    for number in range(MOST_NAMED):
        someone(f"P {number}", "staff")
    assert len(at_a_glance("wildground", at)["staff"].own) == MOST_NAMED
    someone("One more", "staff")
    seen = at_a_glance("wildground", at)["staff"]
    assert (seen.number, seen.own) == (MOST_NAMED + 1, [])


# --- Several hats -------------------------------------------------------------------------------------------


def test_two_federations_and_two_schools_of_one_user_stay_apart(make_federation, federation, at):
    today = local_day(at)
    other = make_federation("wootton", "wootton")
    with scope(federation.pk):
        juniors, infants = (School.objects.create(name=n, slug=n.lower()) for n in ("Juniors", "Infants"))
        here = someone("Mair")
        give(here, "slt", school=juniors)
        give(here, "staff", school=infants)
    with scope(other.pk):
        there = Person.objects.create(
            name="Mair Rees", email=here.email, user_id=here.user_id, relation="parent", language="en"
        )
        Membership.objects.create(user_id=here.user_id, federation=other, person_id=there.pk, since=at)
        give(there, "principal")
        assert at_a_glance("wootton", at)["principal"].number == 1
        assert at_a_glance("wootton", at)["staff"].nobody is True
        assert queries.capacities(there, on=today, school=juniors) == queries.capacities(there, on=today)
    with scope(federation.pk):
        assert queries.roles_of(here, on=today, school=juniors) == ["SLT"]
        assert queries.roles_of(here, on=today, school=infants) == ["Staff"]
        assert queries.roles_of(here, on=today) == []
        assert "own_policy" not in queries.capacities(here, on=today, school=infants)
        assert RoleAssignment.objects.filter(role_key="principal").count() == 0
    memberships = queries.memberships_of(here.user, on=today)
    assert [(membership.federation_id, membership.person_id) for membership in memberships] == [
        (federation.pk, here.pk), (other.pk, there.pk),
    ]  # fmt: skip


def test_leaving_one_federation_leaves_the_other_place_as_it_is(make_federation, federation, at):
    today = local_day(at)
    other = make_federation("wootton", "wootton")
    with scope(federation.pk):
        amina, mair = someone("Amina", "slt"), someone("Mair", "staff")
    with scope(other.pk):
        there = Person.objects.create(name="Mair", email=mair.email, user_id=mair.user_id, relation="staff")
        Membership.objects.create(user_id=mair.user_id, federation=other, person_id=there.pk, since=at)
        give(there, "principal")
    with scope(federation.pk):
        leaving.record_departure(by=amina, at=at, person=mair, left_on=today)
    with scope(other.pk):
        assert queries.roles_of(there, on=today) == ["Principal"]
    assert [membership.federation_id for membership in queries.memberships_of(mair.user, on=today)] == [
        other.pk
    ]
