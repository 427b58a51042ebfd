"""The reset of a lost second step by two named people."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.notices import handlers
from schoolgate.people import directories, persons, rules, sessions
from schoolgate.people.models import (
    RESET_LASTS,
    AbsenceKind,
    ExtendedAbsence,
    FactorReset,
    Person,
    ResetState,
    User,
)
from tests.cast import someone
from tests.notices.mails import mails_of
from tests.people.conftest import SLT, STAFF

SECOND = timedelta(seconds=1)


@pytest.fixture
def dan(scoped):
    """Lost his phone."""
    return someone("Dan", SLT)


def ask(by, at, person):
    return sessions.start_factor_reset(by=by, at=at, person=person)


def confirm(by, at, reset):
    return sessions.confirm_factor_reset(by=by, at=at, reset=reset)


def test_two_people_reset_the_second_step_of_a_third(amina, ben, dan, at):
    done = confirm(ben, at, ask(amina, at, dan))
    assert done.state == ResetState.DONE
    assert Authenticator.objects.filter(user=dan.user_id).count() == 0
    assert User.objects.get(pk=dan.user_id).must_set_factor is True


def test_one_person_asking_changes_nothing_yet(amina, dan, at):
    ask(amina, at, dan)
    assert Authenticator.objects.filter(user=dan.user_id).count() == 1
    assert User.objects.get(pk=dan.user_id).must_set_factor is False


def test_the_first_person_cannot_be_the_second(amina, dan, at):
    reset = ask(amina, at, dan)
    with pytest.raises(NotAllowed, match="second person"):
        confirm(amina, at, reset)
    assert Authenticator.objects.filter(user=dan.user_id).count() == 1


def test_the_person_concerned_can_be_neither_the_first_nor_the_second(amina, dan, at):
    with pytest.raises(NotAllowed, match="your own"):
        ask(dan, at, dan)
    reset = ask(amina, at, dan)
    with pytest.raises(NotAllowed, match="your own"):
        confirm(dan, at, reset)


def test_who_neither_administers_nor_decides_can_be_neither(amina, cara, dan, at):
    with pytest.raises(NotAllowed):
        ask(cara, at, dan)
    reset = ask(amina, at, dan)
    with pytest.raises(NotAllowed):
        confirm(cara, at, reset)


def test_a_request_waits_a_day_and_not_a_second_longer(amina, ben, dan, at):
    reset = ask(amina, at, dan)
    with pytest.raises(NotNow, match="in time"):
        confirm(ben, at + RESET_LASTS, reset)
    assert confirm(ben, at + RESET_LASTS - SECOND, reset).state == ResetState.DONE


def test_a_request_that_lapsed_can_be_made_again(amina, ben, dan, at):
    old = ask(amina, at, dan)
    with pytest.raises(NotNow, match="already asked"):
        ask(ben, at + RESET_LASTS - SECOND, dan)
    new = ask(ben, at + RESET_LASTS, dan)
    assert FactorReset.objects.get(pk=old.pk).state == ResetState.LAPSED
    assert confirm(amina, at + RESET_LASTS, new).state == ResetState.DONE


def test_a_reset_is_done_once(amina, ben, dan, at):
    reset = ask(amina, at, dan)
    confirm(ben, at, reset)
    with pytest.raises(NotNow):
        confirm(ben, at, FactorReset.objects.get(pk=reset.pk))


def test_the_person_concerned_can_stop_it(amina, ben, dan, at):
    reset = ask(amina, at, dan)
    sessions.withdraw_factor_reset(by=dan, at=at, reset=reset)
    with pytest.raises(NotNow):
        confirm(ben, at, FactorReset.objects.get(pk=reset.pk))
    assert Authenticator.objects.filter(user=dan.user_id).count() == 1


def test_a_teacher_cannot_stop_somebody_elses(amina, cara, dan, at):
    reset = ask(amina, at, dan)
    with pytest.raises(NotAllowed):
        sessions.withdraw_factor_reset(by=cara, at=at, reset=reset)


def test_a_new_second_step_ends_the_duty_of_the_reset(amina, ben, dan, at):
    confirm(ben, at, ask(amina, at, dan))
    sessions.note_factor(by=dan, at=at, change="added", kind="recovery_codes")
    assert User.objects.get(pk=dan.user_id).must_set_factor is True
    sessions.note_factor(by=dan, at=at, change="added", kind="totp")
    assert User.objects.get(pk=dan.user_id).must_set_factor is False


def at_server(at, person, *, alone=False):
    return sessions.reset_factor_at_server(at=at, person=person, alone=alone)


def test_of_two_administrators_one_asks_and_the_person_who_runs_the_server_confirms(amina, dan, at):
    done = at_server(at, ask(amina, at, dan).person)
    assert (done.state, done.asked_by, done.confirmed_by, done.at_server) == (
        ResetState.DONE,
        amina,
        None,
        True,
    )
    assert Authenticator.objects.filter(user=dan.user_id).count() == 0
    assert User.objects.get(pk=dan.user_id).must_set_factor is True


def test_the_server_confirms_nothing_that_nobody_asked_for(amina, dan, at):
    with pytest.raises(NotNow, match="No one has asked"):
        at_server(at, dan)
    ask(amina, at, dan)
    with pytest.raises(NotNow, match="more than a day"):
        at_server(at + RESET_LASTS, dan)
    assert Authenticator.objects.filter(user=dan.user_id).count() == 1


def test_where_no_administrator_can_sign_in_the_server_resets_alone_and_everyone_is_told(federation, at):
    with scope(federation.pk):
        amina, ben, dan = (someone(name, SLT) for name in ("Amina", "Ben", "Dan"))
        assert at_server(at, dan, alone=True).asked_by is None
        assert Authenticator.objects.filter(user=dan.user_id).count() == 0
    sent = mails_of(federation.pk, at)
    assert {letter.to_address for letter in sent} == {each.email for each in (amina, ben, dan)}
    with scope(federation.pk):
        row = LedgerRow.objects.get(event="people.factor_reset_at_server")
        assert "people.person" not in (row.actor or "")


def test_with_three_administrators_two_can_reset_and_with_one_on_leave_or_gone_the_server_is_needed(
    amina, ben, dan, at
):
    on = at.date()
    assert rules.others_who_may_reset(dan, on=on) == [amina, ben]
    ExtendedAbsence.objects.create(
        person=ben, kind=AbsenceKind.values[0], from_day=on, to_day=on, noted_by=amina, noted_at=at
    )
    assert rules.others_who_may_reset(dan, on=on) == [amina]
    assert rules.others_who_may_reset(dan, on=on + timedelta(days=1)) == [amina, ben]
    Person.objects.filter(pk=ben.pk).update(left_on=on)
    assert rules.others_who_may_reset(dan, on=on) == [amina]


def test_no_row_says_that_nobody_asked_and_it_was_not_the_server(amina, dan, at):
    reset = ask(amina, at, dan)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(asked_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(state=ResetState.DONE, ended_at=at)


def test_a_second_federation_cannot_weaken_a_sign_in_that_is_not_its_own(make_federation, at):
    home, other = make_federation("wildground"), make_federation("wootton", "wootton")
    with scope(home.pk):
        dan = someone("Dan", SLT)
    with scope(other.pk):
        eve = someone("Eve", "principal")
        guest = persons.add_person(by=eve, at=at, name="Dan", email=dan.user.email, relation="staff")
        with pytest.raises(NotAllowed, match="another federation"):
            ask(eve, at, guest)


def test_both_steps_and_every_refusal_stay_on_record(federation, at):
    with scope(federation.pk):
        amina, ben, cara, dan = (
            someone(name, role)
            for name, role in (("Amina", SLT), ("Ben", SLT), ("Cara", STAFF), ("Dan", SLT))
        )
    with pytest.raises(NotAllowed), scope(federation.pk, cara.pk):
        ask(cara, at, dan)
    with scope(federation.pk, amina.pk):
        reset = ask(amina, at, dan)
    with pytest.raises(NotAllowed), scope(federation.pk, amina.pk):
        confirm(amina, at, FactorReset.objects.get(pk=reset.pk))
    with scope(federation.pk, ben.pk):
        confirm(ben, at, FactorReset.objects.get(pk=reset.pk))
    with scope(federation.pk):
        rows = list(LedgerRow.objects.order_by("number").values_list("event", "actor"))
    assert rows == [
        ("people.factor_reset_refused", f"people.person:{cara.pk}"),
        ("people.factor_reset_asked", f"people.person:{amina.pk}"),
        ("people.factor_reset_refused", f"people.person:{amina.pk}"),
        ("people.factor_reset_done", f"people.person:{ben.pk}"),
    ]


def test_the_person_is_told_of_both_steps_and_no_mail_names_anybody(amina, ben, dan, at):
    reset = ask(amina, at, dan)
    handlers.tell_reset_asked(federation_id=dan.federation_id, subject_id=reset.pk, at=at, event_id=1)
    mails = mails_of(dan.federation_id, at)
    confirm(ben, at, reset)
    handlers.tell_reset_done(federation_id=dan.federation_id, subject_id=reset.pk, at=at, event_id=2)
    mails += mails_of(dan.federation_id, at)
    assert [message.to_address for message in mails] == [dan.email, dan.email]
    assert [message.subject for message in mails] == [
        "Wildground: someone asked to reset your two-step verification",
        "Wildground: your two-step verification was reset",
    ]
    words = " ".join(message.subject + message.body for message in mails)
    assert [name for name in ("Amina", "Ben", "Dan") if name in words] == []


def test_a_request_that_is_over_is_not_told(amina, dan, at):
    reset = ask(amina, at, dan)
    sessions.withdraw_factor_reset(by=dan, at=at, reset=reset)
    handlers.tell_reset_asked(federation_id=dan.federation_id, subject_id=reset.pk, at=at, event_id=1)
    assert mails_of(dan.federation_id, at) == []


def test_the_database_refuses_a_reset_by_one_person_alone(amina, dan, at):
    with pytest.raises(IntegrityError, match="people_reset_two_people"), transaction.atomic():
        FactorReset.objects.create(
            person=dan, state="done", asked_by=amina, confirmed_by=amina, asked_at=at, ended_at=at
        )


def test_the_database_refuses_a_reset_by_the_person_concerned(amina, dan, at):
    with pytest.raises(IntegrityError, match="people_reset_not_by_oneself"), transaction.atomic():
        FactorReset.objects.create(person=dan, asked_by=dan, asked_at=at)


def test_an_invitation_is_mailed_with_a_link_that_works(amina, at):
    dan = persons.add_person(by=amina, at=at, name="Dan", email="dan@example.org", relation="staff")
    invitation = persons.invite(by=amina, at=at, person=dan)
    (letter,) = mails_of(dan.federation_id, at)
    link = next(line for line in letter.body.splitlines() if "/invitation/" in line)
    assert directories.find(link.rpartition("/")[2], at=at).pk == invitation.pk


def test_who_has_a_password_already_is_told_to_sign_in_as_always(amina, cara, at):
    cara.user.set_password("three-brown-horses")
    cara.user.save()
    persons.invite(by=amina, at=at, person=cara)
    (letter,) = mails_of(cara.federation_id, at)
    assert "/invitation/" not in letter.body
    assert letter.subject == "Wildground: you have access here too"
