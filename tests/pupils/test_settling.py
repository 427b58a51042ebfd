"""A yes that stands against a no opens the office's task and changes nothing until someone settles it."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.duties.models import Duty
from schoolgate.pupils import answering, consents, linking
from schoolgate.pupils.models import SETTLE, Consent, Pupil, Why, Withdrawal
from tests.cast import someone
from tests.conftest import recorded

FOUND = {"uses": ["picture"], "answer": "given", "form": "spoken", "why": "Both came in, and agree."}


@pytest.fixture
def ava(school):
    return Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas", form="4B")


@pytest.fixture
def answer(scoped, ava, at):
    """Entered by a colleague of Amina's, who settles."""
    dilys = someone("Dilys", "slt")

    def said(answer, who="Ann Thomas", giver="parent", **more):
        its = {"uses": ["picture"], "form": "paper", **more}
        return answering.record_answer(by=dilys, at=at, pupil=ava, answer=answer, giver=giver, who=who, **its)

    return said


@pytest.fixture
def disputed(answer):
    """Ann said yes, and Tom no."""
    answer("given")
    answer("refused", who="Tom Thomas")


def settle(*, pupil, seen=None, **said):
    seen = consents.newest_answer(pupil) if seen is None else seen
    return answering.settle_consent(pupil=pupil, seen=seen, **said)


def standing(ava, at, channel="facebook"):
    asked = {"uses": ["picture"], "channel": channel, "on": local_day(at), "own_yes_from": None}
    return consents.standings([ava], **asked)[ava.pk]["picture"]


def to_do():
    return Duty.objects.filter(kind=SETTLE, state="open")


def test_the_task_is_the_schools_and_stands_once_however_many_disagree(
    answer, ava, amina, school, at, monkeypatch
):
    answer("given")
    assert not to_do().exists()
    answer("refused", who="Tom Thomas")
    assert to_do().get().school == school
    assert standing(ava, at).why == Why.DISAGREE
    ben = Pupil.objects.create(school=school, key="B1", first_name="Ben", last_name="Ali")
    for word in ("refused", "given"):
        answering.record_answer(
            by=amina, at=at, pupil=ben, uses=["name"], answer=word, giver="parent", form="paper"
        )
    assert to_do().count() == 1
    asked = {"schools": [school], "on": local_day(at)}
    assert consents.disputed_at(**asked, limit=2) == ([ben, ava], False)
    assert consents.disputed_at(**asked, limit=1) == ([ben], True)
    assert consents.disputed_at(**asked, limit=1, after=ben) == ([ava], False)
    for looked_at in (1, 2):
        monkeypatch.setattr(consents, "LOOKED_AT", looked_at)
        assert consents.disputed_at(**asked, limit=2) == ([ben, ava], False)
    settled = {"by": amina, "at": at, "form": "spoken", "why": "I asked both parents.", "answer": "refused"}
    settle(**settled, pupil=ben, uses=["name"])
    assert to_do().exists()
    settle(**settled, pupil=ava, uses=["picture"])
    assert not to_do().exists()


def test_a_yes_that_was_settled_rests_on_the_yes_that_was_given(disputed, ava, amina, at):
    withdrawn = Withdrawal.objects.count()
    (row,) = settle(by=amina, at=at, pupil=ava, **FOUND)
    assert (row.giver, row.by, row.why) == ("settled", amina, "Both came in, and agree.")
    found = standing(ava, at)
    assert [each.who for each in found.given] == ["Ann Thomas"]
    assert (found.may, Withdrawal.objects.count()) == (True, withdrawn)
    recorded()
    assert "Both came in" not in str(list(LedgerRow.objects.values()))


def test_a_no_that_was_settled_stays_and_the_next_yes_is_settled_again(disputed, answer, ava, amina, at):
    settle(by=amina, at=at, pupil=ava, **FOUND | {"answer": "refused"})
    assert not standing(ava, at).may
    assert not to_do().exists()
    answer("given")
    assert to_do().exists()
    assert not standing(ava, at).may


def test_one_network_is_settled_by_itself(answer, ava, amina, at):
    answer("given")
    answer("refused", who="Tom Thomas", channel="facebook")
    assert standing(ava, at, "noticeboard").may
    settle(by=amina, at=at, pupil=ava, **FOUND)
    assert [each.channel for each in Consent.objects.filter(giver="settled")] == ["facebook"]
    assert standing(ava, at).may


def test_a_task_ends_by_itself_once_the_pupil_has_left(disputed, ava, school, at):
    assert answering.end_what_settled_itself(at=at) == 0
    assert to_do().exists()
    Pupil.objects.update(left_on=local_day(at))
    assert answering.end_what_settled_itself(at=at) == 1
    assert not to_do().exists()


def test_a_no_on_a_day_that_is_over_stands_in_no_ones_way(answer, ava, amina, at):
    answering.record_objection(by=amina, at=at, pupil=ava)
    answer("given")
    answer("refused", who="Tom Thomas")
    with pytest.raises(BadInput):
        settle(by=amina, at=at, pupil=ava, **FOUND)
    later = at + timedelta(days=8)
    settle(by=amina, at=later, pupil=ava, **FOUND)
    assert standing(ava, later).may


def test_only_the_pupils_own_yes_is_settled_against_their_own_no(answer, ava, amina, at):
    answer("refused", giver="pupil", who="")
    answer("given")
    with pytest.raises(BadInput) as wrong:
        settle(by=amina, at=at, pupil=ava, **FOUND)
    assert "own consent" in str(wrong.value.fields["answer"])
    answer("given", giver="pupil", who="")
    settle(by=amina, at=at, pupil=ava, **FOUND)
    assert standing(ava, at).may


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"uses": []}, "uses"), ({"uses": ["film"]}, "uses"), ({"answer": "not_asked"}, "answer"),
        ({"form": "list"}, "form"), ({"why": "  "}, "why"), ({"why": "ok"}, "why"),
        ({"why": "x" * 501}, "why"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_settled(disputed, ava, amina, at, wrong, field):
    with pytest.raises(BadInput) as error:
        settle(by=amina, at=at, pupil=ava, **FOUND | wrong)
    assert list(error.value.fields) == [field]
    assert to_do().exists()


def test_only_the_office_settles_and_only_what_is_disputed(disputed, ava, amina, cara, at):
    with pytest.raises(NotAllowed):
        settle(by=cara, at=at, pupil=ava, **FOUND)
    settle(by=amina, at=at, pupil=ava, **FOUND)
    with pytest.raises(NotNow):
        settle(by=amina, at=at, pupil=ava, **FOUND)


def test_what_someone_answered_meanwhile_is_settled_by_no_one_who_did_not_see_it(
    disputed, answer, ava, amina, at
):
    seen = consents.newest_answer(ava)
    answer("refused")
    with pytest.raises(NotNow, match="answered since"):
        settle(by=amina, at=at, pupil=ava, seen=seen, **FOUND)
    assert not standing(ava, at).may


def test_a_childs_no_of_today_outlasts_what_is_settled_between_the_parents(disputed, answer, ava, amina, at):
    answering.record_objection(by=amina, at=at, pupil=ava)
    settle(by=amina, at=at, pupil=ava, **FOUND | {"answer": "refused"})
    answer("given", who="Tom Thomas")
    with pytest.raises(BadInput):
        settle(by=amina, at=at, pupil=ava, **FOUND)
    later = at + timedelta(days=7)
    settle(by=amina, at=later, pupil=ava, **FOUND)
    assert standing(ava, later).may


def test_a_no_that_is_said_again_after_it_was_settled_counts_again(ava, answer, amina, at):
    answer("given", who="Tom")
    ann = linking.make_link(by=amina, at=at, pupil=ava, giver="parent", who="Ann")
    press = {"at": at, "link": ann, "uses": ["picture"]}
    linking.answer_by_link(**press, answer="refused")
    settle(by=amina, at=at, pupil=ava, **FOUND)
    assert standing(ava, at).may
    assert linking.answer_by_link(**press, answer="refused")
    assert not standing(ava, at).may
    assert not linking.answer_by_link(**press, answer="refused")
    assert to_do().exists()


def test_a_yes_that_is_said_again_after_a_no_opens_the_task(ava, answer, amina, at):
    ann = linking.make_link(by=amina, at=at, pupil=ava, giver="parent", who="Ann")
    press = {"at": at, "link": ann, "uses": ["picture"], "answer": "given"}
    linking.answer_by_link(**press)
    answer("refused", giver="pupil", who="")
    assert not to_do().exists()
    linking.answer_by_link(**press)
    assert to_do().exists()
    assert not standing(ava, at).may
