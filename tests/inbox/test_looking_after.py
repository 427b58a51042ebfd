"""Who owes an answer, and who is asked next: only people who may answer."""

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.inbox.first_read import who_looks_after
from tests.cast import someone


@pytest.fixture
def join(cast, at):
    def add(person, part="runner"):
        TeamMember.objects.create(account=cast.bluesky, person=person, part=part, from_day=at.date())
        return person

    return add


def looked_after(cast, at):
    found = who_looks_after(cast.bluesky, at=at)
    return found.first, found.role, found.then


def test_a_lead_who_may_answer_comes_before_the_others(cast, join, at):
    join(cast.sam)
    join(cast.ben, "lead")

    first, role, then = looked_after(cast, at)

    assert (first, role, then.person) == (cast.ben, None, cast.sam)


def test_somebody_of_the_team_who_may_not_answer_is_not_asked(cast, join, at):
    join(cast.amina, "lead")
    join(cast.ben)

    first, role, then = looked_after(cast, at)

    assert (first, role, then.person, then.role) == (cast.ben, None, None, "slt")


def test_without_a_team_the_policys_roles_are_asked(cast, at):
    first, role, then = looked_after(cast, at)

    assert (first, role, then.role) == (None, "administrator-moderator", "slt")


def test_somebody_who_has_left_is_not_asked(cast, join, at):
    gone = join(someone("Gone Away", "lead-staff-member"), "lead")
    type(gone).objects.filter(pk=gone.pk).update(left_on=at.date())
    join(cast.ben)

    assert looked_after(cast, at)[0] == cast.ben


def reads_welsh(person):
    type(person).objects.filter(pk=person.pk).update(reads_welsh=True)
    return person


def test_about_welsh_a_reader_of_welsh_is_asked_first_and_the_lead_next(cast, join, at):
    join(cast.ben, "lead")
    carys = reads_welsh(join(someone("Carys Huws", "lead-staff-member")))

    about_welsh = who_looks_after(cast.bluesky, at=at, in_welsh=True)

    assert (about_welsh.first, about_welsh.then.person) == (carys, cast.ben)
    assert looked_after(cast, at)[0] == cast.ben


def test_a_reader_of_welsh_who_may_not_answer_is_not_asked(cast, join, at):
    join(cast.ben, "lead")
    reads_welsh(join(cast.amina))

    assert who_looks_after(cast.bluesky, at=at, in_welsh=True).first == cast.ben
