"""Persons come, are invited, leave and come back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.people import assignments, directories, leaving, persons, queries
from schoolgate.people.models import INVITATION_LASTS, Invitation, Membership, Person, RoleAssignment, User
from schoolgate.people.queries import holders, people_page, permissions_for
from tests.cast import someone
from tests.people.conftest import SLT, STAFF

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
PASSWORD = "three-brown-horses"


def add(by, at, **changes):
    given = {"name": "Dan Evans", "email": "dan@example.org", "relation": "staff", **changes}
    return persons.add_person(by=by, at=at, **given)


# --- Adding ----------------------------------------------------------------------------------------------


def test_an_added_person_has_a_seat_and_no_role_and_no_password(amina, at):
    dan = add(amina, at)
    assert [membership.person_id for membership in queries.memberships_of(dan.user, on=local_day(at))] == [
        dan.pk
    ]
    assert queries.capacities(dan, on=local_day(at), anywhere=True) == frozenset()
    assert dan.user.has_usable_password() is False


def test_who_does_not_administer_adds_nobody(cara, at):
    with pytest.raises(NotAllowed):
        add(cara, at)
    assert Person.objects.filter(name="Dan Evans").count() == 0


def test_the_set_up_command_adds_the_first_person_and_no_second_one(scoped, at):
    first = add(None, at)
    assignments.give_assignment(by=None, at=at, person=first, role_key=SLT, from_day=local_day(at))
    with pytest.raises(NotAllowed, match="already looks after"):
        add(None, at, email="eve@example.org")
    with pytest.raises(NotAllowed, match="already looks after"):
        assignments.give_assignment(by=None, at=at, person=first, role_key=STAFF, from_day=local_day(at))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "x" * 201),
        ("name", "Dan\u202eEvans"),
        ("name", "Dan\x00"),
        ("email", "no address"),
        ("email", ""),
        ("relation", "pupil"),
        ("language", "fr"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_field(amina, at, field, value):
    with pytest.raises(BadInput) as refused:
        add(amina, at, **{field: value})
    assert list(refused.value.fields) == [field]


def test_a_name_may_have_200_letters(amina, at):
    assert len(add(amina, at, name="x" * 200).name) == 200


def test_nobody_is_here_twice(amina, at):
    add(amina, at)
    with pytest.raises(BadInput) as refused:
        add(amina, at, email="DAN@example.org")
    assert list(refused.value.fields) == ["email"]


def test_the_database_refuses_one_address_in_two_spellings(amina):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=amina.user.email.upper())


def test_one_user_has_two_seats_and_acts_in_the_chosen_one(make_federation, at):
    wildground, wootton = make_federation("wildground"), make_federation("wootton", "wootton")
    with scope(wildground.pk):
        first = add(None, at)
    with scope(wootton.pk):
        second = add(None, at)
    user = User.objects.for_email("dan@example.org")
    assert first.user_id == second.user_id == user.pk
    memberships = queries.memberships_of(user, on=local_day(at))
    assert [membership.person_id for membership in memberships] == [first.pk, second.pk]
    assert queries.current_membership(user, None, on=local_day(at)).person_id == first.pk
    assert queries.current_membership(user, memberships[1].pk, on=local_day(at)).person_id == second.pk
    assert queries.current_membership(user, 999, on=local_day(at)).person_id == first.pk
    with scope(wootton.pk):
        assert Person.objects.filter(pk=first.pk).exists() is False
        with pytest.raises(NotFound):
            queries.person(first.pk)


# --- Invitations -----------------------------------------------------------------------------------------


@pytest.fixture
def dan(amina, at):
    return add(amina, at)


def test_an_invitation_is_taken_up_once(amina, dan, at):
    token = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    directories.accept(token=token, password=PASSWORD, at=at)
    assert User.objects.get(pk=dan.user_id).check_password(PASSWORD) is True
    with pytest.raises(NotNow, match="no longer works"):
        directories.accept(token=token, password="four-brown-horses", at=at)
    assert User.objects.get(pk=dan.user_id).check_password(PASSWORD) is True


def test_an_invitation_works_until_its_last_second(amina, dan, at):
    token = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    ends = at + INVITATION_LASTS
    assert directories.find(token, at=ends - SECOND).person_id == dan.pk
    with pytest.raises(NotNow):
        directories.find(token, at=ends)


def test_a_new_invitation_ends_the_one_before(amina, dan, at):
    old = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    new = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    with pytest.raises(NotFound):
        directories.find(old, at=at)
    assert directories.find(new, at=at).person_id == dan.pk


def test_only_the_hash_of_the_link_is_kept(amina, dan, at):
    token = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    assert len(kept["token_hash"]) == 64


def test_a_guessed_link_is_not_found(db, at):
    with pytest.raises(NotFound):
        directories.find("guessed", at=at)


def test_a_weak_password_is_refused_and_the_link_still_works(amina, dan, at):
    token = directories.mint(persons.invite(by=amina, at=at, person=dan), to=dan.user.email)
    with pytest.raises(BadInput) as refused:
        directories.accept(token=token, password="password1234", at=at)
    assert list(refused.value.fields) == ["password"]
    directories.accept(token=token, password=PASSWORD, at=at)


def test_a_leaver_is_not_invited(amina, dan, at):
    leaving.record_departure(by=amina, at=at, person=dan, left_on=local_day(at))
    with pytest.raises(NotNow, match="has left"):
        persons.invite(by=amina, at=at, person=queries.person(dan.pk))


# --- Leaving ---------------------------------------------------------------------------------------------


def test_a_leaver_holds_no_role_from_the_day_of_leaving_and_does_the_day_before(amina, ben, at):
    left_on = local_day(at) + 3 * DAY
    leaving.record_departure(by=amina, at=at, person=ben, left_on=left_on)
    ben = queries.person(ben.pk)
    assert "administer" in queries.capacities(ben, on=left_on - DAY)
    assert queries.capacities(ben, on=left_on, anywhere=True) == frozenset()
    assert [p.name for p in holders(SLT, on=left_on)] == ["Amina"]
    assert [p.name for p in holders(SLT, on=left_on - DAY)] == ["Amina", "Ben"]


def test_a_leaver_has_no_seat_from_the_day_of_leaving(amina, ben, at):
    left_on = local_day(at) + 3 * DAY
    leaving.record_departure(by=amina, at=at, person=ben, left_on=left_on)
    assert len(queries.memberships_of(ben.user, on=left_on - DAY)) == 1
    assert queries.current_membership(ben.user, None, on=left_on) is None


def test_who_has_left_cannot_sign_in(amina, ben, at, rf):
    ben.user.set_password(PASSWORD)
    ben.user.save()
    who = {"email": ben.user.email, "password": PASSWORD}
    assert authenticate(rf.post("/"), **who) == ben.user
    leaving.record_departure(by=amina, at=at, person=ben, left_on=datetime.now(UTC).date())
    assert authenticate(rf.post("/"), **who) is None


def test_the_last_who_administers_cannot_leave(amina, at):
    with pytest.raises(NotNow, match="No one would be left to look after people and roles"):
        leaving.record_departure(by=amina, at=at, person=amina, left_on=local_day(at) + 30 * DAY)
    assert Membership.objects.get(person_id=amina.pk).ends_on is None


def test_a_person_who_returns_may_sign_in_and_holds_none_of_the_former_roles(amina, ben, at):
    leaving.record_departure(by=amina, at=at, person=ben, left_on=local_day(at))
    ben = queries.person(ben.pk)
    leaving.record_return(by=amina, at=at, person=ben)
    assert len(queries.memberships_of(ben.user, on=local_day(at))) == 1
    assert queries.capacities(queries.person(ben.pk), on=local_day(at), anywhere=True) == frozenset()
    assert RoleAssignment.objects.get(person=ben).ended_on == local_day(at)


def test_who_is_here_cannot_return(amina, ben, at):
    with pytest.raises(NotNow):
        leaving.record_return(by=amina, at=at, person=ben)


def test_a_leaver_is_given_no_role(amina, cara, at):
    leaving.record_departure(by=amina, at=at, person=cara, left_on=local_day(at) + DAY)
    with pytest.raises(NotNow):
        assignments.give_assignment(
            by=amina, at=at, person=queries.person(cara.pk), role_key=SLT, from_day=local_day(at)
        )


# --- Leave, language -------------------------------------------------------------------------------------


def leave(by, at, **changes):
    given = {"role_key": SLT, "written": True, "covers": "wildground-names-1", "subject": "publishing.post:7"}
    return assignments.give_permission(**{"by": by, "at": at, "from_day": local_day(at), **given, **changes})


def test_leave_counts_on_its_days_for_its_subject_and_clause_only(amina, at):
    today = local_day(at)
    given = leave(amina, at, to_day=today + DAY)
    asked = {"covers": "wildground-names-1", "subject": "publishing.post:7"}
    found = [permissions_for(**asked, on=day) for day in (today - DAY, today, today + DAY, today + 2 * DAY)]
    assert found == [[], [given], [given], []]
    assert permissions_for(covers="wildground-names-2", subject=asked["subject"], on=today) == []
    assert permissions_for(covers=asked["covers"], subject="publishing.post:8", on=today) == []


def test_leave_is_given_only_in_a_role_that_one_holds(cara, at):
    with pytest.raises(NotAllowed):
        leave(cara, at)


def test_leave_taken_back_no_longer_counts(amina, at):
    given = leave(amina, at)
    assignments.end_permission(by=amina, at=at, leave=given)
    assert permissions_for(covers=given.covers, subject=given.subject, on=local_day(at)) == []
    with pytest.raises(NotNow):
        assignments.end_permission(by=amina, at=at, leave=given)


def test_a_language_that_the_federation_does_not_use_is_refused(cara, at):
    with pytest.raises(BadInput):
        persons.set_language(by=cara, at=at, language="cy")


# --- The list --------------------------------------------------------------------------------------------


def test_the_list_pages_by_name_and_costs_the_same_for_every_length(amina, at, same_queries):
    today = local_day(at)

    def read():
        return [each.held for each in people_page(on=today, limit=50)[0]]

    same_queries(read, lambda: [someone(f"Person {n:02}", STAFF) for n in range(49)])


def test_the_list_shows_each_person_once_over_its_pages(amina, at):
    for number in range(7):
        someone(f"Person {number // 2}{'x' * number}")
    seen, after = [], None
    while True:
        found, after = people_page(on=local_day(at), after=after, limit=3)
        seen += [each.pk for each in found]
        if after is None:
            break
    assert seen == list(Person.objects.order_by("name", "pk").values_list("pk", flat=True))
