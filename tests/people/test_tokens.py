"""Keys for programs: who may make one, how long it lives, and all that makes it die."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.people import assignments, leaving, sessions
from schoolgate.people.models import ApiToken, RoleAssignment, User
from schoolgate.people.sessions import end_token, make_token
from tests.cast import give, someone
from tests.conftest import recorded

DAY = timedelta(days=1)


def make(by, at, **changes):
    given = {"name": "Newsletter", "days": 90, "may_write": True, "with_factor": True, **changes}
    return make_token(by=by, at=at, **given)


def lives(made, at):
    return sessions.find(made.text, at=at) is not None


def test_a_key_is_shown_once_and_only_its_digest_is_kept(cara, at):
    made = make(cara, at)
    row = ApiToken.objects.get()
    assert made.text.startswith(f"sg_{cara.federation_id}_")
    assert row.digest == sessions.digest_of(made.text)
    assert made.text not in str(ApiToken.objects.values().get())


def test_a_key_names_its_person_what_it_may_and_its_last_day_of_use(cara, at):
    made = make(cara, at, may_write=False)
    found = sessions.find(made.text, at=at + DAY)
    assert (found.person, found.may_write) == (cara, False)
    assert ApiToken.objects.get().last_used_on == local_day(at + DAY)


def test_the_record_has_the_key_by_its_number_alone(cara, at):
    made, ended = make(cara, at), None
    ended = end_token(by=cara, at=at, token_id=made.token.pk)
    rows = [(row.event, row.subject, row.details) for row in recorded()]
    subject = f"people.apitoken:{ended.pk}"
    assert rows == [
        ("people.token_made", subject, {"days": 90, "writes": True}),
        ("people.token_ended", subject, {"person": cara.pk}),
    ]


@pytest.mark.parametrize(
    "text", ["", "sg_1_short", "sg_0_" + "a" * 43, "sg_99999999999999999999_" + "a" * 43, "sg_1_" + "é" * 43]
)
def test_what_is_no_key_is_nobodys(text, scoped, at):
    assert sessions.find(text, at=at) is None


def test_a_key_with_another_secret_is_nobodys(cara, at):
    made = make(cara, at)
    assert not sessions.find(made.text[:-1] + ("A" if made.text[-1] != "A" else "B"), at=at)


def test_a_key_lives_until_its_instant_and_not_after(cara, at):
    made = make(cara, at, days=1)
    second = timedelta(seconds=1)
    assert [lives(made, at + DAY - second), lives(made, at + DAY)] == [True, False]


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (366, True), (367, False)])
def test_a_key_lasts_from_a_day_to_a_year(cara, at, days, taken):
    if taken:
        assert make(cara, at, days=days).token.expires_at == at + days * DAY
    else:
        with pytest.raises(BadInput) as wrong:
            make(cara, at, days=days)
        assert list(wrong.value.fields) == ["days"]


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "a\x00b"])
def test_a_key_says_what_it_is_for(cara, at, name):
    with pytest.raises(BadInput) as wrong:
        make(cara, at, name=name)
    assert list(wrong.value.fields) == ["name"]


def test_whoever_must_have_a_second_step_makes_a_key_only_with_it(amina, at):
    with pytest.raises(NotAllowed, match="two-step verification"):
        make(amina, at, with_factor=False)
    assert lives(make(amina, at, with_factor=True), at)


def test_a_key_made_without_a_second_step_dies_with_the_role_that_asks_for_one(cara, at):
    made = make(cara, at, with_factor=False)
    assert lives(made, at)
    give(cara, "slt")
    assert not lives(made, at)


def test_nobody_without_a_role_makes_a_key(scoped, at):
    with pytest.raises(NotAllowed, match="no role"):
        make(someone("Dan"), at)


def test_a_person_has_twenty_keys_at_most(cara, at):
    for number in range(20):
        make(cara, at, name=f"Key {number}")
    with pytest.raises(NotNow, match="20 keys"):
        make(cara, at)
    assert make(cara, at + 91 * DAY)


def test_an_ended_key_is_dead_and_cannot_be_ended_twice(cara, at):
    made = make(cara, at)
    end_token(by=cara, at=at, token_id=made.token.pk)
    assert not lives(made, at)
    with pytest.raises(NotNow):
        end_token(by=cara, at=at, token_id=made.token.pk)


def test_another_persons_key_is_ended_by_who_looks_after_people_and_nobody_else(amina, cara, at):
    dora = someone("Dora", "staff")
    made = make(cara, at)
    with pytest.raises(NotFound):
        end_token(by=dora, at=at, token_id=made.token.pk)
    end_token(by=amina, at=at, token_id=made.token.pk)
    assert not lives(made, at)


def test_keys_die_with_leaving_and_stay_dead_after_a_return(amina, cara, at):
    made = make(cara, at)
    leaving.record_departure(by=amina, at=at, person=cara, left_on=local_day(at))
    leaving.record_return(by=amina, at=at, person=cara)
    give(cara, "staff")
    assert not lives(made, at)


def test_keys_end_at_the_midnight_of_a_leaving_to_come(amina, cara, at):
    made = make(cara, at)
    leaves = local_day(at) + 2 * DAY
    leaving.record_departure(by=amina, at=at, person=cara, left_on=leaves)
    midnight = datetime(leaves.year, leaves.month, leaves.day, tzinfo=UTC)
    assert ApiToken.objects.get().expires_at == midnight
    assert [lives(made, midnight - timedelta(seconds=1)), lives(made, midnight)] == [True, False]


def test_keys_die_with_the_last_role_and_not_with_another(amina, cara, at):
    extra = give(cara, "slt")
    made = make(cara, at)
    assignments.end_assignment(by=amina, at=at, assignment=extra)
    assert lives(made, at)
    assignments.end_assignment(
        by=amina, at=at, assignment=RoleAssignment.objects.get(person=cara, ended_on=None)
    )
    assert not lives(made, at)
    assert ApiToken.objects.get().ended_at == at


def test_a_key_is_dead_on_the_day_after_the_last_role_ran_out(cara, at):
    made = make(cara, at)
    RoleAssignment.objects.filter(person=cara).update(to_day=local_day(at))
    assert [lives(made, at), lives(made, at + DAY)] == [True, False]


def test_keys_die_when_a_person_is_signed_out_everywhere(amina, cara, at):
    made = make(cara, at)
    sessions.end_sessions(by=amina, at=at, person=cara)
    assert not lives(made, at)


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_set_factor": True}])
def test_a_key_of_somebody_who_may_not_sign_in_is_dead(cara, at, change):
    made = make(cara, at)
    User.objects.filter(pk=cara.user_id).update(**change)
    assert not lives(made, at)


def test_the_list_has_only_living_keys_newest_first(cara, at):
    first, second = make(cara, at, days=1), make(cara, at)
    third = make(cara, at)
    end_token(by=cara, at=at, token_id=second.token.pk)
    assert sessions.tokens_of(cara, at=at) == [third.token, first.token]
    assert sessions.tokens_of(cara, at=at + DAY) == [third.token]


@pytest.mark.parametrize("change", [{"name": ""}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}])
def test_the_database_refuses_a_key_that_makes_no_sense(cara, at, change):
    row = make(cara, at).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=row.pk).update(**change)


def test_a_key_under_another_federations_number_finds_nothing(make_federation, at):
    ours, theirs = make_federation(), make_federation("wootton", "wootton")
    with scope(ours.pk):
        made = make(someone("Cara", "staff"), at)
    moved = made.text.replace(f"sg_{ours.pk}_", f"sg_{theirs.pk}_")
    assert [lives(made, at), sessions.find(moved, at=at)] == [True, None]
