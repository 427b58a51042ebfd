"""A short check of understanding: drawn from the policy's own cases, the same for one person and version."""

import pytest

from schoolgate.core.errors import BadInput, NotNow
from schoolgate.policy.checks import ANSWERS, ASKED, questions_for, take_check
from schoolgate.policy.models import Attestation, UnderstandingCheck
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import book, books
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import someone

POLICIES = sorted(OWNER)


def asked_of(person, version, at, number=1):
    return questions_for(in_force(at.date()).book, person=person.pk, version=version.pk, number=number)


def right(questions):
    return [str(one.answer) for one in questions]


def wrong(questions):
    return [str(next(answer for answer in ANSWERS if answer != one.answer)) for one in questions]


@pytest.mark.parametrize("key", POLICIES)
def test_five_questions_with_clear_answers_come_from_the_policys_own_cases(key):
    assert key in books()
    questions = questions_for(book(key), person=1, version=1, number=1)

    assert len({one.key for one in questions}) == ASKED
    assert {one.answer for one in questions} <= set(ANSWERS)
    assert len({one.answer for one in questions}) >= 3
    assert {one.decision.policy for one in questions} == {key}


@pytest.mark.parametrize("key", POLICIES)
def test_they_are_the_same_for_one_person_and_others_the_next_time(key):
    def keys(person, number):
        return [one.key for one in questions_for(book(key), person=person, version=1, number=number)]

    assert keys(1, 1) == keys(1, 1)
    assert not set(keys(1, 1)) & set(keys(1, 2))
    assert keys(1, 1) != keys(2, 1)


def test_only_the_result_is_kept(version, amina, at):
    questions = asked_of(amina, version, at)
    row = take_check(by=amina, at=at, number=1, given=[*right(questions)[:4], wrong(questions)[4]])

    assert (row.right, row.asked, row.number) == (4, 5, 1)
    fields = {field.name for field in UnderstandingCheck._meta.fields}
    assert fields == {"id", "federation", "person", "version", "number", "right", "asked", "at"}


def test_each_check_is_answered_once_and_whole(version, amina, at):
    questions = asked_of(amina, version, at)
    with pytest.raises(BadInput):
        take_check(by=amina, at=at, number=1, given=right(questions)[:4])
    with pytest.raises(BadInput):
        take_check(by=amina, at=at, number=1, given=[*right(questions)[:4], "hold"])
    take_check(by=amina, at=at, number=1, given=right(questions))

    with pytest.raises(NotNow):
        take_check(by=amina, at=at, number=1, given=right(questions))
    with pytest.raises(NotNow):
        take_check(by=amina, at=at, number=3, given=right(questions))


@pytest.mark.parametrize("key", POLICIES)
def test_all_right_counts_as_understood_only_where_the_policy_wants_it_checked(at_federation, at, key):  # noqa: F811
    with at_federation(key) as cast:
        tom = someone("Tom Teacher")
        take_check(by=tom, at=at, number=1, given=right(asked_of(tom, cast.version, at)))
        kinds = list(Attestation.objects.values_list("kind", flat=True))

    assert kinds == (["policy_understood"] if key == "wootton" else [])


def test_some_wrong_counts_for_nothing(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        tom = someone("Tom Teacher")
        questions = asked_of(tom, cast.version, at)
        take_check(by=tom, at=at, number=1, given=[*right(questions)[:4], wrong(questions)[4]])
        again = asked_of(tom, cast.version, at, number=2)
        before = Attestation.objects.exists()
        take_check(by=tom, at=at, number=2, given=right(again))

        assert (before, Attestation.objects.exists()) == (False, True)
