"""What a comment is found to be, and what each policy wants then: removal by a time, a report, steps with its
author."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.models import SiteCare
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.inbox import judged
from schoolgate.inbox.ingesting import note_gone
from schoolgate.inbox.judging import read_report
from schoolgate.inbox.models import AbuseReport, Item, Judgement
from schoolgate.inbox.removals import friend_of
from schoolgate.people.models import RoleAssignment
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.judging import clauses, duties, inbox, work
from tests.inbox.test_five_policies import EACH, only

__all__ = ["inbox", "work"]

LATER = timedelta(minutes=30)


# --- Removal by a time -------------------------------------------------------------------------------------

TAKE_DOWN = {
    "wildground": ["wildground-abuse-1", "wildground-monitoring-7", "wildground-monitoring-8"],
    "boroughbridge": ["boroughbridge-monitoring-7", "boroughbridge-monitoring-8"],
    "learn-to-live": ["learn-to-live-sanctioned-17"],
    "llanidloes": ["llanidloes-offensive-1", "llanidloes-offensive-4"],
}
"""The clauses by which something is done about an improper comment; Wootton's speak of graver ones."""


@EACH
def test_what_is_found_improper_is_a_task_by_the_policys_own_clauses(work):
    work.found()
    assert clauses("take_down") == TAKE_DOWN.get(work.at_work.key, [])


@EACH
def test_only_a_policy_that_says_at_once_gives_a_time(work):
    work.found()
    due = {duty.due_at for duty in duties("take_down")}
    at_once = work.at_work.key == "learn-to-live"
    assert due == ({work.now} if at_once else {None} if work.at_work.key in TAKE_DOWN else set())


@EACH
def test_nothing_follows_where_nothing_is_wrong_with_it(work):
    work.found("nothing")
    assert not duties("take_down")
    assert not duties("writer")
    assert not AbuseReport.objects.exists()


@EACH
def test_once_it_is_out_of_sight_the_task_is_done(work):
    work.found()
    work.take_down("hidden")
    assert not duties("take_down")


@only("wootton")
def test_what_is_grossly_offensive_goes_at_once_and_what_breaks_a_rule_without_a_time(work):
    work.found("rules")
    assert (clauses("take_down"), {duty.due_at for duty in duties("take_down")}) == (
        ["wootton-a5-12"], {None},
    )  # fmt: skip
    work.found("nothing")
    work.found("hateful", at=work.now + LATER)
    assert clauses("take_down") == ["wootton-a5-23"]
    assert {duty.due_at for duty in duties("take_down")} == {work.now + LATER}


@only("wootton")
def test_an_improper_comment_that_breaks_a_house_rule_goes_by_the_house_rules(work):
    work.found()
    assert clauses("take_down") == []
    work.found(house_rule=work.house_rule())
    assert clauses("take_down") == ["wootton-a5-12"]


@only("wootton")
@pytest.mark.parametrize(("friend", "wanted"), [("yes", ["wootton-a5-28"]), ("no", []), ("", [])])
def test_a_friends_comment_against_the_rules_goes_by_the_clause_on_friends_too(work, inbox, friend, wanted):
    work.found("rules", also={"friend": friend})
    assert clauses("take_down") == ["wootton-a5-12", *wanted]
    work.found("nothing", also={"friend": friend})
    work.found("spam", also={"friend": friend})
    assert clauses("take_down") == []
    assert friend_of(inbox.item) == {"yes": True, "no": False, "": None}[friend]


@only("wootton")
def test_a_friends_comment_against_the_rules_is_not_let_through_again(work):
    work.found("rules", also={"friend": "yes"})
    work.take_down("hidden", because="rules")
    other = someone("Olive Other", "administrator")
    with pytest.raises(Refused) as refused:
        work.take_down("released", by=other)
    points = refused.value.kept.points
    assert (points["let_through"], points["friends_let_through"]) == ("not_permitted", "not_permitted")


@only("llanidloes")
def test_what_is_defamatory_in_writing_is_libel_too(work):
    work.found("defamatory")
    assert clauses("take_down") == [f"llanidloes-offensive-{number}" for number in (2, 3, 4)]


CONVERSATION = {"wildground": "wildground-abuse-3", "boroughbridge": "boroughbridge-abuse-3"}


@EACH
@pytest.mark.parametrize(("abusive", "there"), [("yes", True), ("no", False), ("", False)])
def test_a_conversation_that_has_become_abusive_wants_its_author_blocked_or_reported(work, abusive, there):
    work.found(relation="other", also={"abusive": abusive})
    clause = CONVERSATION.get(work.at_work.key)
    assert (clause in clauses("take_down")) is (there and clause is not None)


@only("wildground")
def test_what_is_grossly_offensive_is_abusive_unless_a_person_says_no(work):
    work.found("hateful", relation="other")
    assert "wildground-abuse-3" in clauses("take_down")
    work.found("nothing", relation="other")
    work.found("hateful", relation="other", also={"abusive": "no"})
    assert "wildground-abuse-3" not in clauses("take_down")


@EACH
def test_each_policy_asks_what_its_own_rules_read(work):
    assert (
        judged.asked_also()
        == {
            "wildground": ["named", "abusive"],
            "boroughbridge": ["named", "abusive"],
            "learn-to-live": ["rude"],
            "wootton": ["friend"],
            "llanidloes": [],
        }[work.at_work.key]
    )


@only("wootton")
@pytest.mark.parametrize(
    ("said", "due"), [("24", timedelta(hours=24)), ("1", timedelta(hours=1)), ("none", None), (None, None)]
)
def test_what_was_reported_is_stepped_in_on_within_the_sites_own_plan(work, said, due):
    at_work = work.at_work
    SiteCare.objects.create(
        account=at_work.account, suits={"plan_hours": said}, saved_at=work.now, saved_by=at_work.owner
    )
    work.found("spam")
    assert not duties("take_down")
    work.found("spam", reported=True)
    assert ("wootton-a5-17" in clauses("take_down")) is (said is not None)
    wanted = {work.now + due} if due else {None} if said else set()
    assert {duty.due_at for duty in duties("take_down")} == wanted


@only("learn-to-live")
def test_identifying_details_that_others_left_are_a_task_without_a_time(work):
    work.found("personal")
    assert (clauses("take_down"), {duty.due_at for duty in duties("take_down")}) == (
        ["learn-to-live-sanctioned-14"], {None},
    )  # fmt: skip


@only("learn-to-live")
def test_a_second_thought_ends_the_task(work):
    work.found()
    work.found("nothing", at=work.now + LATER)
    assert not duties("take_down")
    assert Judgement.objects.count() == 2


@only("learn-to-live")
def test_the_same_judgement_twice_is_one_row_and_one_task(work):
    first = work.found()
    assert work.found(at=work.now + LATER) == first
    assert (Judgement.objects.count(), len(duties("take_down"))) == (
        1,
        len({d.role_key for d in duties("take_down")}),
    )


@only("learn-to-live")
def test_what_its_author_took_away_needs_no_removing(work):
    work.found()
    note_gone(at=work.now, items=[work.item()])
    assert not duties("take_down")


@only("learn-to-live")
def test_a_judgement_is_about_the_version_that_was_read(work):
    with pytest.raises(NotNow):
        work.found(version="an older one")
    assert not Judgement.objects.exists()
    work.found()
    Item.objects.update(version="another")
    assert judged.judgement_of(work.item()) is None
    assert judged.relation_of(work.item()) == "parent"


@only("learn-to-live")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"because": "disagrees"}, "because"),
        ({"because": ""}, "because"),
        ({"relation": "neighbour"}, "relation"),
    ],
)
def test_what_no_policy_lists_is_no_fault(work, given, field):
    with pytest.raises(BadInput) as error:
        work.found(**given)
    assert set(error.value.fields) == {field}


@EACH
def test_without_a_part_here_no_one_judges(work):
    with pytest.raises(NotAllowed):
        work.found(by=someone("Nobody"))
    assert not Judgement.objects.exists()


@EACH
def test_the_record_has_the_judgement_and_no_words_of_the_author(work):
    work.found()
    row = next(each for each in recorded() if each.event == "item.judged")
    assert row.details["because"] == "improper"
    assert "wear" not in str(row.details)


# --- The report to the roles that the policy names ---------------------------------------------------------


@EACH
def test_only_learn_to_live_has_it_reported_to_slt_and_at_once(work):
    work.found()
    if work.at_work.key != "learn-to-live":
        assert not AbuseReport.objects.exists()
        return
    (report,), (duty,) = AbuseReport.objects.all(), duties("abuse_reported")
    assert (report.roles, report.clauses) == (["slt"], ["learn-to-live-sanctioned-18"])
    assert (duty.role_key, duty.due_at, duty.clauses) == ("slt", work.now, ["learn-to-live-sanctioned-18"])


@only("learn-to-live")
def test_a_removal_reports_it_by_itself_with_its_evidence(work):
    work.take_down("hidden")
    (report,) = AbuseReport.objects.all()
    assert report.judgement.reason == "improper"
    assert work.item().evidence.exists()
    assert duties("abuse_reported")
    assert not duties("take_down")


@only("learn-to-live")
@pytest.mark.parametrize("because", ["spam", "other"])
def test_what_is_not_improper_is_not_reported(work, because):
    work.take_down("hidden", because=because)
    assert not AbuseReport.objects.exists()


@only("learn-to-live")
def test_a_report_is_read_once_by_a_person_of_that_role(work):
    work.found()
    slt = someone("Sue Senior", "slt")
    with pytest.raises(NotAllowed):
        read_report(by=work.at_work.answerer, at=work.now, item=work.item())
    row = read_report(by=slt, at=work.now + LATER, item=work.item())
    assert not duties("abuse_reported")
    row.refresh_from_db()
    assert (row.read_by, row.read_at) == (slt, work.now + LATER)
    with pytest.raises(NotNow):
        read_report(by=slt, at=work.now, item=work.item())
    assert "item.abuse_read" in {each.event for each in recorded()}


@only("learn-to-live")
def test_one_version_is_reported_once_and_an_edited_one_again(work):
    work.found()
    slt = someone("Sue Senior", "slt")
    read_report(by=slt, at=work.now, item=work.item())
    work.found("hateful")
    assert AbuseReport.objects.count() == 1
    Item.objects.update(version="another")
    work.found("hateful")
    assert AbuseReport.objects.count() == 2


@only("learn-to-live")
def test_where_no_one_has_the_role_those_who_oversee_get_the_report(work):
    RoleAssignment.objects.filter(role_key="slt").update(ended_on=work.now.date())
    work.found()
    assert {duty.role_key for duty in duties("abuse_reported")} == {"headteacher", "governing-body"}
    read_report(by=work.at_work.owner, at=work.now, item=work.item())
    assert not duties("abuse_reported")


@only("learn-to-live")
def test_the_database_keeps_one_unread_report_of_a_comment(work):
    work.found()
    (row,) = AbuseReport.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        AbuseReport.objects.create(
            item=row.item,
            judgement=row.judgement,
            roles=["slt"],
            clauses=[],
            decision=row.decision,
            at=row.at,
        )
