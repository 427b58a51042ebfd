"""A message from an official account to a group under each policy: allowed, or refused by its clause."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from schoolgate.core import stops
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.inbox.messaging import Written, adopt_process, message_sent, messages_for, write_message
from schoolgate.inbox.models import GroupMessage
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_five_policies import EACH, inbox, only

__all__ = ["inbox"]

TO_CLASS = Written(
    to="pupil", group="Year 9 maths", people=24, purpose="teaching_and_learning",
    text="Bring a ruler on Friday.", reason="It is their homework.", implications="None that we see.",
)  # fmt: skip
TO_FAMILIES = replace(TO_CLASS, to="parent", group="Year 9 families", purpose="school_business", reason="")


@pytest.fixture
def work(inbox):
    """Messages by the person who answers on the federation's account."""
    at_work, now = inbox.at_work, inbox.now

    def write(written=TO_CLASS, *, by=None, **changes) -> GroupMessage:
        return write_message(
            by=by or at_work.answerer, at=now, account=at_work.account, written=replace(written, **changes)
        )

    def refused(written=TO_CLASS, **changes) -> DecisionRecord:
        with pytest.raises(Refused) as error:
            write(written, **changes)
        assert not GroupMessage.objects.exists()
        return error.value.kept

    return SimpleNamespace(write=write, refused=refused, at_work=at_work, now=now)


@EACH
def test_a_class_is_written_to_except_where_the_policy_rules_out_what_others_cannot_see(work):
    if work.at_work.key == "learn-to-live":
        kept = work.refused()
        assert kept.points["learner_unseen"] == "not_permitted"
        assert "learn-to-live-sanctioned-21" in kept.clauses
        return
    row = work.write()
    assert (row.people, row.sent_at, row.reason) == (24, None, "It is their homework.")


@EACH
def test_families_are_written_to(work):
    assert work.write(TO_FAMILIES).group == "Year 9 families"


@EACH
def test_one_pupil_alone_is_refused_by_the_policy_or_by_our_own_rule(work):
    if work.at_work.key not in ("boroughbridge", "learn-to-live"):
        with pytest.raises(NotNow) as refused:
            work.write(people=1)
        assert "own rule" in str(refused.value)
        assert work.write(people=1, public=True).people == 1
        return
    kept = work.refused(people=1)
    if work.at_work.key == "boroughbridge":
        assert {"boroughbridge-scope-24", "boroughbridge-scope-25"} <= {*kept.clauses}


@only("boroughbridge")
def test_two_or_three_pupils_are_as_alone_as_one_and_four_are_a_group(work):
    for few in (2, 3):
        with pytest.raises(NotNow, match="fewer than four pupils"):
            work.write(people=few)
        assert work.write(people=few, public=True).people == few
    assert work.write(people=4).people == 4


@only("boroughbridge")
def test_whoever_it_is_said_to_go_to_fewer_than_four_who_may_be_pupils_are_not_written_to(work):
    for to, group in (
        ("other", "Y5 soloist"),
        ("other", "A friend"),
        ("parent", "Year 9"),
        ("volunteer", "Y6 choir"),
    ):
        with pytest.raises(NotNow, match="fewer than four pupils"):
            work.write(TO_FAMILIES, to=to, group=group, people=1)
    assert work.write(TO_FAMILIES, group="Parents of the Year 9 choir", people=1).people == 1


@only("wildground")
def test_words_that_draw_a_child_aside_wait_for_a_safeguarding_lead(work):
    with pytest.raises(WordsHeld) as held:
        work.write(text="Meet me by the gate after school, don’t tell your mum")
    (found,) = held.value.held
    assert (found.kind, found.lead_only, found.may_answer, found.replies) == (
        "danger",
        True,
        False,
        ("right",),
    )
    with answering({found.key: Said("right", "It is fine.")}), pytest.raises(WordsHeld):
        work.write(text="Meet me by the gate after school, don’t tell your mum")
    assert work.write(text="Meet me by the gate at 3.15 for the bus to the match").people == 24


@only("wildground")
@pytest.mark.parametrize(
    ("text", "kind", "lead_only"),
    [
        ("What one of our boys in 5A went through at home is awful.", "clue", False),
        ("His new carers would welcome playdates.", "clue", False),
        ("Mr Ellery will have the goalkeepers round to his on Saturday.", "danger", True),
        ("Bydd Mr Ellery yn cael y golgeidwaid draw i'w dŷ ddydd Sadwrn.", "danger", True),
    ],
)
def test_a_message_is_read_by_the_gate_of_posts_for_who_is_singled_out_and_asked_home(
    work, text, kind, lead_only
):
    with pytest.raises(WordsHeld) as held:
        work.write(TO_FAMILIES, text=text)
    assert {(one.kind, one.lead_only) for one in held.value.held} == {(kind, lead_only)}
    assert work.write(TO_FAMILIES, text="Bring boots for the goalkeepers on Saturday.").people == 24


@only("boroughbridge")
@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"purpose": "private"}, "boroughbridge-scope-21"),
        ({"reason": " "}, "boroughbridge-scope-22"),
        ({"implications": ""}, "boroughbridge-scope-23"),
    ],
)
def test_a_message_to_pupils_needs_its_purpose_and_why_it_is_appropriate(work, changes, clause):
    assert clause in work.refused(**changes).clauses


@only("llanidloes")
def test_a_work_account_is_for_the_schools_matters(work):
    kept = work.refused(TO_FAMILIES, purpose="private")
    assert "llanidloes-professional-4" in kept.clauses


@only("wildground")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": ""}, "to"),
        ({"group": " "}, "group"),
        ({"group": "x" * 121}, "group"),
        ({"people": 0}, "people"),
        ({"people": 100_001}, "people"),
        ({"purpose": "fun"}, "purpose"),
        ({"text": "\n"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"reason": "x" * 1001}, "reason"),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_its_field(work, changes, field):
    with pytest.raises(BadInput) as error:
        work.write(**changes)
    assert set(error.value.fields) == {field}


@EACH
def test_without_a_part_here_no_one_writes_or_reads_messages(work):
    stranger = someone("Nobody")
    with pytest.raises(NotAllowed):
        work.write(by=stranger)
    work.write(TO_FAMILIES)
    assert messages_for(stranger, on=work.now.date(), limit=5) == []
    assert len(messages_for(work.at_work.answerer, on=work.now.date(), limit=5)) == 1


@only("wildground")
def test_a_closed_account_and_a_stop_let_no_message_begin(work):
    stops.stop(reason="event", by=work.at_work.owner, at=work.now)
    with pytest.raises(NotNow):
        work.write()
    for stop in stops.all_standing(work.now):
        stops.lift(stop=stop, by=work.at_work.owner, at=work.now)
    work.at_work.account.state = "closed"
    with pytest.raises(NotNow):
        work.write()
    assert not GroupMessage.objects.exists()


@only("wildground")
def test_its_sender_says_once_that_it_was_sent_and_the_record_has_no_words(work):
    row = work.write()
    with pytest.raises(NotAllowed):
        message_sent(by=someone("Nobody"), at=work.now, message=row)
    assert message_sent(by=work.at_work.answerer, at=work.now, message=row).sent_at == work.now
    with pytest.raises(NotNow):
        message_sent(by=work.at_work.answerer, at=work.now, message=row)
    rows = [each for each in recorded() if each.event.startswith("message.")]
    assert [each.event for each in rows] == ["message.written", "message.sent"]
    assert "ruler" not in str([each.details for each in rows])


@EACH
def test_what_was_found_elsewhere_is_answered_by_an_adopted_process_where_the_policy_wants_one(inbox):
    at_work, elsewhere = inbox.at_work, {"found_elsewhere": True}
    if at_work.key not in ("wildground", "boroughbridge"):
        assert inbox.answer(said=elsewhere).state == "written"
        return
    assert f"{at_work.key}-listening-3" in inbox.refused(said=elsewhere).clauses
    with pytest.raises(NotAllowed):
        adopt_process(by=someone("Nobody"), at=inbox.now, words="We reply.")
    with pytest.raises(BadInput):
        adopt_process(by=at_work.owner, at=inbox.now, words=" ")
    adopt_process(by=at_work.owner, at=inbox.now, words="The office replies within a day.")
    assert inbox.answer(said=elsewhere).state == "written"
