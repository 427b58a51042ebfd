"""What is still done about a locked comment is the safeguarding leads' alone, and it's hidden in one step."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import Safeguarder
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import first_read, listing, moderating, removals, seeing
from schoolgate.inbox.desk import assign_item, write_note
from schoolgate.inbox.judging import judge
from schoolgate.inbox.locking import hide_locked, lock_and_hide, lock_item, unlock_item
from schoolgate.inbox.models import Evidence, Item
from schoolgate.inbox.moderating import moderate, moderation_done_by_hand
from schoolgate.inbox.removal_notices import decide_appeal, make_appeal
from schoolgate.inbox.replying import write_answer
from schoolgate.incidents import queries as codes
from schoolgate.incidents.reporting import disclose
from schoolgate.networks.fake import Fault
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope, decision_for
from schoolgate.reports.evidence import hidden_from
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_five_policies import EACH, inbox, only

__all__ = ["inbox"]

HOUR = timedelta(hours=1)
TELLS = "my dad hits me when he is drunk"


def lead(name, at):
    person = someone(name)
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead, who neither replies nor moderates."""
    return lead("Dee Lead", at)


@pytest.fixture
def told(cast, published, server, poll, at) -> Item:
    """A child's comment below our post."""
    server.comment(published.ref, TELLS, at=at + HOUR)
    return poll(now=at + HOUR)[0]


@pytest.fixture
def board(cast):
    """The account behaves as the noticeboard: comments are hidden and shown by the program."""
    cast.bluesky.network = "noticeboard"
    cast.bluesky.save(update_fields=["network"])


def asked_of():
    """The people and roles with something to do about items, by kind."""
    rows = Duty.objects.filter(state__in=STILL_TO_DO).exclude(kind__startswith="incident")
    return {
        (duty.kind, duty.person.name if duty.person else duty.role_key)
        for duty in rows.filter(kind__regex=r"^(item|answer|author|moderation|press)\.").select_related(
            "person"
        )
    }


# --- Hidden with the lock ----------------------------------------------------------------------------------


@EACH
def test_it_is_hidden_in_the_same_step_under_each_policy(inbox):
    dee = lead("Dee Lead", inbox.at)
    by = someone("Mo Moderates", book_in_scope().pack.roles_with("moderate")[0].key)
    made = disclose(
        by=by, at=inbox.now, item=inbox.item, mark=codes.new_mark(), hide=True, may_show_abuse=False
    )

    row = made.hiding.moderation
    assert (row.how, row.reason, row.by) == ("hidden", "child", by)
    assert DecisionRecord.objects.get(pk=row.decision).situation == "item.remove"
    assert Evidence.objects.get().content["versions"][0]["text"] == "What should they wear?"
    if row.by_hand:
        assert ("item.remove_by_hand", "Dee Lead") in asked_of()
        moderation_done_by_hand(by=dee, at=inbox.now, moderation=row)
    else:
        moderating.advance(
            inbox.at_work.federation.pk, row.pk, clock=lambda: inbox.now, connect=lambda _: inbox.network
        )
    assert seeing.item(inbox.item.pk).kept_back == "hidden"
    assert {name for _kind, name in asked_of()} <= {"Dee Lead", "Dilys Deputy"}, "the leads alone"


@only("wootton")
def test_what_the_policy_asks_first_is_asked_and_it_is_locked_all_the_same(inbox):
    dee = lead("Dee Lead", inbox.at)
    by = someone("Mo Moderates", book_in_scope().pack.roles_with("moderate")[0].key)
    made = lock_and_hide(by=by, at=inbox.now, item=inbox.item)
    assert made.moderation is None
    assert "wootton-a5-23" in made.refused.clauses
    assert DecisionRecord.objects.filter(pk=made.refused.pk).exists()
    locked = seeing.item(inbox.item.pk)
    assert locked.locked_at == inbox.now
    with pytest.raises(Refused):
        hide_locked(by=dee, at=inbox.now, item=locked)
    assert hide_locked(by=dee, at=inbox.now, item=locked, may_show_abuse=False).moderation.how == "hidden"


@only("wootton")
def test_what_may_show_the_abuse_of_a_child_is_hidden_without_a_copy(inbox):
    lead("Dee Lead", inbox.at)
    by = someone("Mo Moderates", book_in_scope().pack.roles_with("moderate")[0].key)
    made = lock_and_hide(by=by, at=inbox.now, item=inbox.item, may_show_abuse=True)
    assert Evidence.objects.count() == 0
    assert made.moderation is None or not removals.removal_of(seeing.item(inbox.item.pk)).copied


def test_the_network_hides_what_is_locked(cast, board, dee, told, server, bring_on, at):
    made = lock_and_hide(by=cast.ben, at=at, item=told)
    assert bring_on(made.moderation).state == "confirmed"
    assert next(iter(server.comments.values())).hidden
    assert removals.removal_of(seeing.item(told.pk)).copied


def test_a_lead_hides_it_later_in_one_step(cast, board, dee, told, bring_on, at):
    lock_item(by=cast.ben, at=at, item=told)
    with pytest.raises(NotFound):
        hide_locked(by=cast.ben, at=at, item=told)
    with pytest.raises(NotFound):
        moderate(by=cast.ben, at=at, item=told, how="hidden", because="child")

    first = hide_locked(by=dee, at=at, item=told).moderation
    assert hide_locked(by=dee, at=at, item=told).moderation == first
    bring_on(first)
    assert seeing.item(told.pk).kept_back == "hidden"
    with pytest.raises(NotNow):
        hide_locked(by=dee, at=at, item=told)


def test_what_is_not_locked_is_hidden_by_moderators_alone(cast, board, dee, told, at):
    with pytest.raises(NotNow):
        hide_locked(by=dee, at=at, item=told)
    with pytest.raises(NotAllowed):
        moderate(by=dee, at=at, item=told, how="hidden", because="child")
    with pytest.raises(NotAllowed):
        lock_and_hide(by=dee, at=at, item=told)
    assert seeing.item(told.pk).locked_at is None


def test_people_who_may_not_hide_report_and_lock_all_the_same(cast, board, dee, told, at):
    made = disclose(by=dee, at=at, item=told, mark=codes.new_mark(), hide=True)
    assert (made.locked, made.hiding) == (True, None)


def test_what_is_out_of_sight_is_locked_without_a_second_request(cast, board, dee, told, moderated, at):
    moderated(told, "hidden")
    made = lock_and_hide(by=cast.ben, at=at, item=seeing.item(told.pk))
    assert made.moderation is None
    assert seeing.item(told.pk).moderations.count() == 1


def test_a_lead_does_not_show_it_again_without_moderating_here(cast, board, dee, told, moderated, at):
    moderated(told, "hidden")
    lock_item(by=cast.ben, at=at, item=seeing.item(told.pk))
    with pytest.raises(NotAllowed):
        moderate(by=dee, at=at, item=told, how="released", version=told.version)


# --- Tasks -------------------------------------------------------------------------------------------------


def test_what_still_has_to_be_done_is_the_leads_task_then_and_comes_back(cast, dee, told, at):
    judge(by=cast.ben, at=at, item=told, because="improper", version=told.version)
    before = {kind for kind, _who in asked_of()}
    assert {"item.take_down", "item.answer"} <= before
    of_it = Duty.objects.filter(kind="item.take_down", state__in=STILL_TO_DO)
    due = of_it[0].due_by
    lock_item(by=cast.ben, at=at, item=told)
    assert asked_of() == {("item.take_down", "Dee Lead")}
    assert [duty.due_by for duty in of_it] == [due]
    unlock_item(by=dee, at=at, item=seeing.item(told.pk), words="It was a joke.")
    assert {"item.take_down", "item.answer"} == {kind for kind, _who in asked_of()}
    assert "Dee Lead" not in {who for _kind, who in asked_of()}


def test_a_request_that_the_network_refuses_later_is_the_leads_task(
    cast, board, dee, told, bring_on, server, at
):
    row = moderate(by=cast.ben, at=at, item=told, how="hidden", because="improper")
    lock_item(by=cast.ben, at=at, item=told)
    server.faults = [Fault.REFUSED]
    bring_on(row)
    assert ("item.remove_by_hand", "Dee Lead") in asked_of()
    assert {who for _kind, who in asked_of()} == {"Dee Lead"}


def test_what_a_lead_finds_wrong_with_it_asks_no_one_else(cast, dee, told, at):
    lock_item(by=cast.ben, at=at, item=told)
    ben = someone("Lea Both", "lead-staff-member")
    Safeguarder.objects.create(place="deputy", person_id=ben.pk, since=at)
    judge(
        by=ben, at=at, item=seeing.item(told.pk), because="improper", relation="parent", version=told.version
    )
    assert asked_of() == set()
    with pytest.raises(NotFound):
        judge(by=cast.ben, at=at, item=seeing.item(told.pk), because="improper", version=told.version)


def test_it_is_given_to_no_one_but_a_lead(cast, dee, told, at):
    lock_item(by=cast.ben, at=at, item=told)
    both = someone("Lea Both", "lead-staff-member")
    Safeguarder.objects.create(place="deputy", person_id=both.pk, since=at)
    locked = seeing.item(told.pk)
    with pytest.raises(BadInput):
        assign_item(by=both, at=at, item=locked, to=cast.ben, seen=None)
    assert assign_item(by=both, at=at, item=locked, to=both, seen=None).assigned_to == both
    with pytest.raises(NotFound):
        write_note(by=cast.ben, at=at, item=locked, text="I know this family.")


def test_a_reply_that_fails_after_the_lock_tells_the_leads(cast, dee, told, drive_answer, server, at):
    said = {"to_relation": "parent", "from_press": False, "asks_for_comment": False, "in_doubt": False}
    first_read.note(by=dee, at=at, item=told)
    answer = write_answer(by=cast.ben, at=at, item=told, text="Come in.", version=told.version, said=said)
    lock_item(by=cast.ben, at=at, item=seeing.item(told.pk))
    with pytest.raises(NotFound):
        write_answer(by=cast.ben, at=at, item=seeing.item(told.pk), text="x", version=told.version, said=said)
    server.delete(next(iter(server.comments.values())))
    for hours in range(1, 60):
        if drive_answer(answer, now=at + hours * HOUR).state not in ("written", "sent", "unknown"):
            break
    assert {who for _kind, who in asked_of()} <= {"Dee Lead"}


# --- The code of its removal, and the appeal ---------------------------------------------------------------


@pytest.fixture
def removed_and_locked(cast, board, dee, told, moderated, at):
    """Ben hid it as improper; then it was seen for what it is."""
    moderated(told, "hidden")
    lock_item(by=cast.ben, at=at, item=seeing.item(told.pk))
    return seeing.item(told.pk)


def test_its_author_reads_why_and_appeals_as_ever_and_a_lead_hears_it(
    cast, dee, removed_and_locked, bring_on, at
):
    removal = removals.by_code(removals.removal_of(removed_and_locked).code)
    other = someone("Mo Moderates", "lead-staff-member")
    make_appeal(at=at, item=removal.item, words="Please show it.")
    assert {(kind, who) for kind, who in asked_of() if kind == "item.appeal"} == {("item.appeal", "Dee Lead")}
    assert removals.hearers(removals.removal_of(removed_and_locked), on=at.date()) == [dee]
    with pytest.raises(NotFound):
        decide_appeal(by=other, at=at, item=removed_and_locked, uphold=True, reasons="The words were fair.")
    made = decide_appeal(by=dee, at=at, item=removed_and_locked, uphold=False, reasons="We are in touch.")
    assert (made.state, made.decided_by) == ("dismissed", dee)


def test_an_appeal_that_waits_goes_to_the_leads_with_the_lock_and_back(cast, board, dee, told, moderated, at):
    moderated(told, "hidden")
    other = someone("Mo Moderates", "lead-staff-member")
    make_appeal(at=at, item=seeing.item(told.pk), words="Please show it.")
    assert ("item.appeal", other.name) in asked_of()
    lock_item(by=cast.ben, at=at, item=seeing.item(told.pk))
    assert {who for kind, who in asked_of() if kind == "item.appeal"} == {"Dee Lead"}
    unlock_item(by=dee, at=at, item=seeing.item(told.pk), words="It was a joke.")
    assert {who for kind, who in asked_of() if kind == "item.appeal"} == {other.name}


def test_where_the_only_lead_hid_it_she_is_asked_to_have_it_heard(cast, board, dee, told, bring_on, at):
    lock_item(by=cast.ben, at=at, item=told)
    bring_on(hide_locked(by=dee, at=at, item=told).moderation)
    make_appeal(at=at, item=seeing.item(told.pk), words="Please show it.")
    assert ("item.appeal", "Dee Lead") in asked_of()
    with pytest.raises(NotAllowed):
        decide_appeal(by=dee, at=at, item=seeing.item(told.pk), uphold=True, reasons="The words were fair.")


# --- The record and decisions ------------------------------------------------------------------------------


def test_rows_about_rows_of_it_are_kept_from_everyone_else_too(cast, dee, removed_and_locked, at):
    make_appeal(at=at, item=removed_and_locked, words="Please show it.")
    rows = {row.event: row for row in recorded()}
    hidden = set(hidden_from(cast.ben, on=at.date()))
    for event in ("appeal.made", "moderation.confirmed", "item.evidence_kept", "item.locked"):
        assert rows[event].number in hidden, event
    about = {row.number for row in recorded() if str(row.details.get("about", "")).startswith("inbox.item:")}
    assert about <= hidden
    assert not hidden & set(hidden_from(cast.sam, on=at.date())) - hidden
    assert hidden_from(dee, on=at.date()) == []


def test_decisions_about_it_are_kept_from_those_who_asked_and_those_who_oversee(
    cast, dee, removed_and_locked, at
):
    pks = DecisionRecord.objects.filter(subject=f"inbox.item:{removed_and_locked.pk}").values_list(
        "pk", flat=True
    )
    assert len(pks) > 1
    for person in (cast.ben, cast.sam):
        for pk in pks:
            with pytest.raises(NotFound):
                decision_for(person, pk, on=at.date())
    unlock_item(by=dee, at=at, item=removed_and_locked, words="It was a joke.")
    assert decision_for(cast.sam, pks[0], on=at.date()).pk == pks[0]


def test_the_lists_of_others_do_not_count_it(cast, dee, removed_and_locked, at):
    on = at.date()
    assert listing.newest(cast.ben, on=on)[0] == []
    assert listing.answers_in_flight(cast.ben, on=on) == []
