"""What stays of who asked to follow, join or write: refused before, taken out, wiped, and who sees it."""

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts import classes
from schoolgate.accounts.contributors import (
    admission_for,
    admissions,
    done_on_network,
    earlier_refusals,
    enter_admission,
    is_friend,
    key_of,
    let_in,
    note_told,
    turn_away,
    waiting_for,
    withdraw_admission,
)
from schoolgate.accounts.models import Admission, AskedFor
from schoolgate.core import holds
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.policy.models import DecisionFacts
from tests.accounts.contributing import asks, circle, looked, wootton
from tests.cast import someone
from tests.second_presses import done_already, not_done

__all__ = ["wootton"]


def test_a_second_try_shows_the_refusal_before_it_to_who_may_see_it(wootton, at):
    first = asks(wootton, at, who="@D.Frey")
    turn_away(admission=first, by=wootton.mia, at=at, reason="Nobody here knows them.")
    second = asks(wootton, at, who="d frey")
    other_moderator = someone("Pip Hill", school=wootton.school)

    assert earlier_refusals(second, wootton.mia, at.date()) == [first]
    assert earlier_refusals(second, other_moderator, at.date()) == []


def test_names_are_compared_without_capitals_accents_and_signs():
    assert key_of("@Zoë.O'Brien-1") == key_of("zoe obrien 1")
    assert key_of("D Frey") != key_of("E Frey")
    assert key_of("李") == "李"


def test_whoever_is_in_can_be_taken_out_again_with_a_reason(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at)
    looked(wootton, admission, at)
    let_in(admission=admission, by=wootton.mia, at=at)
    with pytest.raises(BadInput):
        classes.end_admission(admission=admission, by=wootton.mia, at=at, reason="")

    classes.end_admission(admission=admission, by=wootton.mia, at=at, reason="Advertised.")

    assert (admission.state, admission.end_reason) == ("ended", "Advertised.")
    assert duties.mine(wootton.mia, at.date())[0] == []


def test_a_friend_is_known_by_name_from_being_added_until_taken_out(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, who="D. Frey")
    looked(wootton, admission, at)
    let_in(admission=admission, by=wootton.mia, at=at)
    assert not is_friend(wootton.account, "d frey")
    done_on_network(admission=admission, by=wootton.mia, at=at)
    assert is_friend(wootton.account, "d frey")
    assert not is_friend(wootton.account, "e frey")
    assert not is_friend(wootton.account, "")
    classes.end_admission(admission=admission, by=wootton.mia, at=at, reason="Advertised.")
    assert not is_friend(wootton.account, "d frey")


def test_once_it_is_over_the_name_can_be_wiped_and_the_decision_stays(wootton, at):
    admission = asks(wootton, at, known_how="Mother of somebody")
    looked(wootton, admission, at)
    with pytest.raises(NotNow):
        classes.wipe_admission(admission=admission, by=wootton.mia, at=at)
    turn_away(admission=admission, by=wootton.mia, at=at, reason="No.")

    classes.wipe_admission(admission=admission, by=wootton.mia, at=at)

    row = Admission.objects.get()
    assert (row.who, row.who_key, row.known_how, row.reason, row.state) == ("", "", "", "", "refused")
    assert row.vettings.get().how_known == ""
    assert row.decision is not None
    with done_already():
        classes.wipe_admission(admission=admission, by=wootton.mia, at=at)
    with done_already():
        turn_away(admission=row, by=wootton.mia, at=at, reason="No.")
    with not_done("decided differently"):
        let_in(admission=row, by=wootton.mia, at=at)
    with not_done():
        note_told(admission=row, by=wootton.mia, at=at)


def test_what_has_to_be_kept_is_not_wiped(wootton, at):
    admission = asks(wootton, at)
    turn_away(admission=admission, by=wootton.mia, at=at, reason="No.")
    holds.place(subject=admission, because="complaint", by=wootton.owner, at=at)

    with pytest.raises(NotNow):
        classes.wipe_admission(admission=admission, by=wootton.mia, at=at)
    assert Admission.objects.get().who == "D. Frey"


def test_neither_the_record_nor_the_kept_facts_say_who_it_is(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, who="Unmistakable", known_how="Unmistakable too")
    looked(wootton, admission, at, how_known="Unmistakable as well")
    turn_away(admission=admission, by=wootton.mia, at=at, reason="Unmistakable reason")

    told = [repr(row) for row in current_scope().pending]
    told += [str(row.facts) for row in DecisionFacts.objects.all()]
    assert not [text for text in told if "Unmistakable" in text]


def test_who_does_not_look_after_the_account_neither_enters_nor_sees(wootton, at):
    teacher = someone("Amy Reed", "staff")
    admission = asks(wootton, at)

    with pytest.raises(NotAllowed):
        enter_admission(
            by=teacher, at=at, asked_for=AskedFor.FRIEND, who="X", relation="other", account=wootton.account
        )
    with pytest.raises(NotAllowed):
        turn_away(admission=admission, by=teacher, at=at, reason="No.")
    with pytest.raises(NotFound):
        admission_for(teacher, admission.pk, on=at.date())
    assert list(admissions(teacher, at.date())) == []
    assert list(admissions(wootton.owner, at.date())) == [admission]


def test_what_waits_for_me_is_what_i_may_do(wootton, at):
    friend = asks(wootton, at)
    contributor = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE)

    assert set(waiting_for(wootton.mia, at.date())) == {friend}
    assert set(waiting_for(wootton.vera, at.date())) == {contributor}
    assert set(waiting_for(wootton.owner, at.date())) == set()
    withdraw_admission(admission=friend, by=wootton.mia, at=at)
    assert set(waiting_for(wootton.mia, at.date())) == set()
    assert [duty.state for duty in duties.about(friend)] == ["cancelled"]


def test_somebody_has_to_be_named_and_a_person_is_something_to_us(wootton, at):
    with pytest.raises(BadInput) as wrong:
        asks(wootton, at, who=" ", relation="")
    assert set(wrong.value.fields) == {"who", "relation"}


def test_the_database_refuses_a_no_without_a_reason(wootton, at):
    admission = asks(wootton, at)
    turn_away(admission=admission, by=wootton.mia, at=at, reason="No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.update(reason="")
