"""What somebody has asked to be kept cannot be deleted, through any door."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from schoolgate.core import holds
from schoolgate.core.errors import NotNow
from schoolgate.core.models import Hold, Term
from schoolgate.core.tenancy import scope
from tests.conftest import recorded

AMINA, BETH = "people.person:1", "people.person:2"


@pytest.fixture
def term(school, at):
    return Term.objects.create(school=school, name="Spring", first_day=at.date(), last_day=at.date())


def place(thing, at, because="complaint"):
    return holds.place(subject=thing, because=because, by=AMINA, at=at)


def test_without_a_hold_it_may_be_deleted(term):
    holds.check_may_delete(term)
    term.delete()
    assert Term.objects.count() == 0


def test_a_hold_keeps_it_until_it_is_lifted(term, at):
    hold = place(term, at)
    with pytest.raises(NotNow):
        holds.check_may_delete(term)
    holds.lift(hold=hold, by=BETH, at=at + timedelta(days=1))
    holds.check_may_delete(term)
    assert [(row.event, row.actor) for row in recorded()] == [("hold.placed", AMINA), ("hold.lifted", BETH)]


def test_each_reason_holds_by_itself(term, at):
    first, second = place(term, at), place(term, at, "subject_access")
    holds.lift(hold=first, by=AMINA, at=at)
    assert holds.is_held(term)
    holds.lift(hold=second, by=AMINA, at=at)
    assert not holds.is_held(term)


def test_placing_it_twice_is_one_hold(term, at):
    assert place(term, at).pk == place(term, at).pk
    assert (Hold.objects.count(), len(recorded())) == (1, 1)


def test_it_is_lifted_once(term, at):
    hold = place(term, at)
    holds.lift(hold=hold, by=AMINA, at=at)
    with pytest.raises(NotNow, match="already"):
        holds.lift(hold=hold, by=BETH, at=at)


def test_the_database_refuses_too_whoever_forgets_to_ask(term, school, at):
    free = Term.objects.create(school=school, name="Summer", first_day=at.date() + timedelta(9), last_day=at.date() + timedelta(9))  # noqa: E501  # fmt: skip
    hold = place(term, at)
    for attempt in (term.delete, Term.objects.all().delete, lambda: raw("DELETE FROM core_term")):
        with pytest.raises(IntegrityError, match="a hold stands"), transaction.atomic():
            attempt()
    assert Term.objects.filter(pk=free.pk).delete()[0] == 1
    holds.lift(hold=hold, by=AMINA, at=at)
    assert Term.objects.all().delete()[0] == 1


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_hold_of_another_federation_holds_nothing_here(federation, make_federation, at):
    with scope(make_federation("wootton", "wootton").id):
        place("core.term:1", at)
    with scope(federation.id):
        holds.check_may_delete("core.term:1")
