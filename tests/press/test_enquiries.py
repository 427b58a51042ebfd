"""An enquiry from the press under each policy: who gets it, who answers, what is approved, how it ends."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import School
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Item
from schoolgate.inbox.replying import close_item
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from schoolgate.policy.permitting import permit
from schoolgate.press import enquiries
from schoolgate.press.enquiries import (
    close,
    judged,
    must_be_read_by_another,
    note_passed_by_hand,
    passed_to,
    reopen,
    stops,
)
from schoolgate.press.keeping import Entered, end_expectation, expect_attention, keep_by_hand, keep_item, say
from schoolgate.press.statements import ask_for_statement, draft, give_holding_line, release
from tests.cast import someone
from tests.inbox.test_five_policies import inbox, only
from tests.publishing.five_policies import KEYS, PARTS

__all__ = ["inbox"]

EACH = pytest.mark.parametrize("inbox", KEYS, indirect=True)
NAMED = {
    "boroughbridge": ["senior-network-manager-senior-authoriser"],
    "wootton": ["principal", "nominated-senior-manager"],
}
TEXT = "The school stays open. Parents were told today."


def holders_of(inbox):
    return {key: someone(f"Holder of {key}", key) for key in NAMED.get(inbox.at_work.key, [])}


def rings(inbox, *, by=None, **changed):
    given = {"how": "telephone", "wants": "Is the school closing?", "outlet": "The Herald",
             "about_posts": True, "asks_for_comment": True, **changed}  # fmt: skip
    return keep_by_hand(by=by or inbox.at_work.answerer, at=inbox.now, entered=Entered(**given))


def open_tasks(kind):
    return Duty.objects.filter(kind=kind, state__in=["open", "overdue"])


@EACH
def test_a_marked_comment_goes_at_once_to_the_roles_that_the_policy_names(inbox):
    holders_of(inbox)
    found = keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    wanted = NAMED.get(inbox.at_work.key, [])
    assert passed_to(found) == wanted
    asked = open_tasks("press.enquiry")
    if wanted:
        assert sorted(asked.values_list("role_key", flat=True)) == sorted(wanted)
    else:
        assert [duty.person for duty in asked] == [inbox.at_work.answerer] or asked.get().role_key
    assert Item.objects.get(pk=inbox.item.pk).from_press is True


@EACH
def test_a_call_is_kept_and_its_decision_names_the_clause(inbox):
    holders_of(inbox)
    found = rings(inbox)
    assert passed_to(found) == NAMED.get(inbox.at_work.key, [])
    clauses = {one for row in DecisionRecord.objects.filter(situation="media.enquiry") for one in row.clauses}
    assert clauses == {
        "wildground": set(),
        "boroughbridge": {"boroughbridge-behaviour-15"},
        "wootton": {"wootton-business-5", "wootton-a3-18"},
    }.get(inbox.at_work.key, set())


@EACH
def test_who_answers_is_told_not_to_where_the_policy_stops_it(inbox):
    holders_of(inbox)
    found = rings(inbox)
    stopped = inbox.at_work.key in ("wildground", "boroughbridge", "wootton")
    assert stops(judged(found, by=inbox.at_work.answerer, at=inbox.now, act="answer")) is stopped


@EACH
def test_a_colleague_is_told_to_keep_hands_off_until_a_statement_is_given(inbox):
    holders_of(inbox)
    colleague = someone("Cai Colleague", {
        "wildground": "lead-staff-member", "boroughbridge": "lead-member-of-staff",
        "learn-to-live": "staff", "wootton": "administrator", "llanidloes": "moderator",
    }[inbox.at_work.key])  # fmt: skip
    found = rings(inbox)
    told = open_tasks("press.hands_off").filter(person=colleague).exists()
    assert told is (inbox.at_work.key in ("wildground", "boroughbridge", "wootton"))
    close(by=_decides(inbox, found), at=inbox.now, enquiry=found, outcome="dropped")
    assert not open_tasks("press.hands_off").exists()
    assert not open_tasks("press.enquiry").exists()


def _decides(inbox, found):
    from schoolgate.people.models import Person

    roles = passed_to(found)
    return Person.objects.get(name=f"Holder of {roles[0]}") if roles else inbox.at_work.answerer


@only("wootton")
def test_only_those_to_whom_it_was_passed_close_it_and_its_comment(inbox):
    holders_of(inbox)
    found = keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    with pytest.raises(NotAllowed):
        close(by=inbox.at_work.answerer, at=inbox.now, enquiry=found, outcome="declined")
    with pytest.raises(NotAllowed):
        close_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item, reason="spam")
    with pytest.raises(BadInput):
        close(by=_decides(inbox, found), at=inbox.now, enquiry=found, outcome="whatever")
    close(by=_decides(inbox, found), at=inbox.now, enquiry=found, outcome="declined")
    with pytest.raises(NotNow):
        close(by=_decides(inbox, found), at=inbox.now, enquiry=found, outcome="declined")
    reopen(by=_decides(inbox, found), at=inbox.now, enquiry=found)
    assert open_tasks("press.enquiry").count() == 2


@only("wootton")
def test_a_statement_is_given_only_as_it_was_approved(inbox):
    people = holders_of(inbox)
    by, found = inbox.at_work.answerer, rings(inbox)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    with pytest.raises(Refused):
        release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone")
    asked = ask_for_statement(by=by, at=inbox.now, enquiry=found, covers="press")
    assert asked.text == TEXT
    assert [(step.kind, step.by) for step in enquiries.steps(found)][-1] == ("asked", by)
    with pytest.raises(NotAllowed):
        permit(by=by, at=inbox.now, asked=asked)
    permit(by=people["principal"], at=inbox.now, asked=asked)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT + " Really.", version=1)
    with pytest.raises(Refused):
        release(by=by, at=inbox.now, enquiry=found, version=2, how="telephone")
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=2)
    with pytest.raises(NotNow):
        release(by=by, at=inbox.now, enquiry=found, version=2, how="telephone")
    with pytest.raises(BadInput):
        release(by=by, at=inbox.now, enquiry=found, version=3, how="reply")
    release(by=by, at=inbox.now, enquiry=found, version=3, how="telephone")
    assert [step.kind for step in enquiries.steps(found)][-1] == "released"
    assert not open_tasks("press.enquiry").exists()


@only("wootton")
def test_a_changed_word_ends_the_request_and_asks_again(inbox):
    holders_of(inbox)
    by, found = inbox.at_work.answerer, rings(inbox)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    asked = ask_for_statement(by=by, at=inbox.now, enquiry=found, covers="press")
    draft(by=by, at=inbox.now, enquiry=found, text="No comment.", version=1)
    asked.refresh_from_db()
    assert asked.state == "lapsed"
    assert ask_for_statement(by=by, at=inbox.now, enquiry=found, covers="press").text == "No comment."
    with pytest.raises(NotNow):
        draft(by=by, at=inbox.now, enquiry=found, text="Late.", version=1)


@only("wootton")
def test_a_reply_to_the_comment_counts_the_approval_of_its_statement_and_is_logged(inbox):
    people = holders_of(inbox)
    by = inbox.at_work.answerer
    found = keep_item(by=by, at=inbox.now, item=inbox.item)
    say(by=by, at=inbox.now, enquiry=found, question="asks_for_comment", answer=True)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    inbox.item.refresh_from_db()
    inbox.refused(text=TEXT)
    asked = ask_for_statement(by=by, at=inbox.now, enquiry=found, covers="press")
    permit(by=people["principal"], at=inbox.now, asked=asked)
    inbox.refused(text="Something else.")
    assert inbox.send(inbox.answer(text=TEXT)).state == "confirmed"
    last = enquiries.steps(found)[-1]
    assert (last.kind, last.how, last.statement.number) == ("released", "reply", 1)


@only("boroughbridge")
def test_only_the_senior_authoriser_answers_and_no_approval_helps_another(inbox):
    people = holders_of(inbox)
    by, found = inbox.at_work.answerer, rings(inbox)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    with pytest.raises(NotNow):
        ask_for_statement(by=by, at=inbox.now, enquiry=found, covers="press")
    with pytest.raises(Refused):
        release(by=by, at=inbox.now, enquiry=found, version=1, how="email")
    release(by=people[NAMED["boroughbridge"][0]], at=inbox.now, enquiry=found, version=1, how="email")


@only("wildground")
def test_the_media_policy_comes_first(inbox):
    by, found = inbox.at_work.answerer, rings(inbox)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    for said in (None, False):
        with pytest.raises(Refused):
            release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone", steps_taken=said)
    release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone", steps_taken=True)


@only("wildground")
def test_what_the_policy_depends_on_is_asked_and_not_guessed(inbox):
    by, found = inbox.at_work.answerer, rings(inbox, about_posts=None, asks_for_comment=None)
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    with pytest.raises(Refused):
        release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone")
    with pytest.raises(BadInput):
        say(by=by, at=inbox.now, enquiry=found, question="from_press", answer=True)
    say(by=by, at=inbox.now, enquiry=found, question="about_posts", answer=False)
    release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone")


@only("llanidloes")
def test_a_silent_policy_invents_nothing(inbox):
    by, found = inbox.at_work.answerer, rings(inbox)
    assert (passed_to(found), found.decision.outcome) == ([], "silent")
    draft(by=by, at=inbox.now, enquiry=found, text=TEXT, version=0)
    give_holding_line(by=by, at=inbox.now, enquiry=found)
    release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone")
    assert PermissionAsked.objects.count() == 0


@only("llanidloes")
def test_a_statement_with_an_answer_is_given_by_another_who_reads_it_though_the_policy_is_silent(inbox):
    """One person wrote of a named child's injury, answered, and no one else read it."""
    by, found, text = inbox.at_work.answerer, rings(inbox), "She was sent out of the hall on Friday."
    with pytest.raises(WordsHeld) as held:
        draft(by=by, at=inbox.now, enquiry=found, text=text, version=0)
    with answering({one.key: Said("right", "Her mother told them.") for one in held.value.held}):
        statement = draft(by=by, at=inbox.now, enquiry=found, text=text, version=0)
    other = someone("Olwen Other", PARTS["llanidloes"].answers)
    assert must_be_read_by_another(statement, giver=by, at=inbox.now)
    with pytest.raises(NotNow):
        release(by=by, at=inbox.now, enquiry=found, version=1, how="telephone")
    release(by=other, at=inbox.now, enquiry=found, version=1, how="telephone")


@only("boroughbridge")
def test_where_no_one_has_the_role_who_took_the_call_is_told_to_pass_it_on(inbox):
    by = someone("Rae Reception", "all-staff")
    found = rings(inbox, by=by)
    assert passed_to(found) == []
    assert open_tasks("press.pass_on").get().person == by
    with pytest.raises(BadInput):
        note_passed_by_hand(by=by, at=inbox.now, enquiry=found, words=" ")
    note_passed_by_hand(by=by, at=inbox.now, enquiry=found, words="Rang the chair.")
    assert not open_tasks("press.pass_on").exists()


@EACH
def test_a_parent_records_nothing_and_a_stranger_sees_nothing(inbox):
    with pytest.raises(NotAllowed):
        rings(inbox, by=someone("Pia Parent", relation="parent"))
    found = rings(inbox)
    stranger = someone("Sol Stranger", relation="volunteer")
    with pytest.raises(NotFound):
        enquiries.enquiry_for(stranger, found.pk, on=inbox.now.date())
    with pytest.raises(NotFound):
        draft(by=stranger, at=inbox.now, enquiry=found, text=TEXT, version=0)


@only("wildground")
def test_what_is_missing_is_said_beside_its_field(inbox):
    for changed in ({"wants": " "}, {"how": "item"}, {"outlet": "x" * 201}, {"until": inbox.now}):
        with pytest.raises(BadInput):
            rings(inbox, **changed)
    assert rings(inbox, outlet="x" * 200, until=inbox.now + timedelta(minutes=1)).pk


@only("wildground")
def test_an_item_is_marked_once(inbox):
    keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    with pytest.raises(NotNow):
        keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    with pytest.raises(NotAllowed):
        keep_item(by=inbox.at_work.writer, at=inbox.now, item=inbox.item)


@EACH
def test_expected_attention_is_shown_until_its_day(inbox):
    by, on = inbox.at_work.answerer, inbox.now.date()
    with pytest.raises(BadInput):
        expect_attention(by=by, at=inbox.now, about="Closure", until=on - timedelta(days=1))
    with pytest.raises(NotAllowed):
        expect_attention(by=someone("Nell New", relation="parent"), at=inbox.now, about="Closure", until=on)
    row = expect_attention(by=by, at=inbox.now, about="Closure", until=on, line="We stay open.")
    assert enquiries.expected(on) == [row]
    assert enquiries.expected(on + timedelta(days=1)) == []
    assert row.decision.clauses == (["wootton-a3-17"] if inbox.at_work.key == "wootton" else [])
    end_expectation(by=by, at=inbox.now, expectation=row)
    assert enquiries.expected(on) == []
    with pytest.raises(NotNow):
        end_expectation(by=by, at=inbox.now, expectation=row)


@only("wootton")
def test_expected_attention_concerns_its_school_and_those_who_take_calls(inbox):
    by, on = inbox.at_work.answerer, inbox.now.date()
    other = School.objects.create(name="South", slug="south")
    ours = expect_attention(
        by=by, at=inbox.now, about="Closure", until=on, school=inbox.at_work.school, line="We stay open."
    )
    theirs = expect_attention(by=by, at=inbox.now, about="Roof", until=on + timedelta(days=1), school=other)
    everyones = expect_attention(by=by, at=inbox.now, about="Ofsted", until=on + timedelta(days=1))
    all_of_them = enquiries.expected_for(inbox.at_work.owner, on=on)
    assert all_of_them == [ours, theirs, everyones]

    south = someone("Sue South")
    RoleAssignment.objects.create(
        person=south, role_key="administrator", scope_kind="school", school=other, from_day=on,
    )  # fmt: skip
    assert enquiries.expected_for(south, on=on) == [theirs, everyones]
    assert enquiries.expected_for(south, on=on + timedelta(days=1)) == [theirs, everyones]
    assert enquiries.expected_for(south, on=on + timedelta(days=2)) == []
    assert enquiries.expected_for(someone("Pat Parent", relation="parent"), on=on) == []
    assert [row.about for row in enquiries.expected_for(someone("Stan Staff"), on=on)] == ["Ofsted"]


@EACH
def test_the_reply_clock_of_a_marked_comment_goes_on(inbox):
    holders_of(inbox)
    before = Item.objects.get(pk=inbox.item.pk)
    found = keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    after = Item.objects.get(pk=inbox.item.pk)
    assert after.state == "open"
    assert (after.due_words, after.due_at, after.due_day) == (before.due_words, before.due_at, before.due_day)
    assert Duty.objects.filter(kind="item.answer", subject=f"inbox.item:{after.pk}", state="open").exists()
    assert found.received_at == before.received_at
