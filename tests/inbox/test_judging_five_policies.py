"""What a comment is found to be, and what each policy wants then: removal by a time, a report, steps with its
author."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.models import SiteCare
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.inbox import judged, moderating, queries
from schoolgate.inbox.actions import (
    finish_removal,
    judge,
    moderate,
    note_gone,
    note_writer_step,
    read_report,
)
from schoolgate.inbox.asking import still_asked_of_removal
from schoolgate.inbox.models import AbuseReport, Item, Judgement, Moderation, WriterStep
from schoolgate.networks.fake import FakeNetwork
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.actions import rule
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_five_policies import EACH, inbox, only

__all__ = ["inbox"]

LATER = timedelta(minutes=30)


@pytest.fixture
def work(inbox):
    """Judgements by the federation's moderator, and steps on the comment."""
    at_work, now = inbox.at_work, inbox.now

    def item() -> Item:
        return queries.item(inbox.item.pk)

    def found(because="improper", *, by=None, relation="parent", at=now, version=None, **more) -> Judgement:
        return judge(
            by=by or at_work.answerer, at=at, item=item(), because=because, relation=relation,
            version=version or item().version, **more,
        )  # fmt: skip

    def take_down(how="removed", *, because="improper", **said) -> Moderation:
        at_work.account.network = "noticeboard"
        at_work.account.save(update_fields=["network"])
        row = moderate(by=at_work.answerer, at=now, item=item(), how=how, because=because, said=said)
        moderating.advance(
            at_work.federation.pk, row.pk, clock=lambda: now,
            connect=lambda _: FakeNetwork(at_work.server, like="noticeboard"),
        )  # fmt: skip
        return queries.moderation(row.pk)

    def step(what, *, on=None, words="", by=None, at=now) -> WriterStep:
        return note_writer_step(
            by=by or at_work.answerer, at=at, item=item(), what=what, on=on or now.date(), words=words
        )

    def asked(how="removed", because="improper", **said):
        return still_asked_of_removal(item(), by=at_work.answerer, at=now, how=how, reason=because, said=said)

    return SimpleNamespace(
        found=found, take_down=take_down, step=step, asked=asked, item=item, at_work=at_work, now=now
    )


def duties(kind):
    return list(Duty.objects.filter(kind=f"item.{kind}", state__in=STILL_TO_DO))


def clauses(kind):
    return sorted({clause for duty in duties(kind) for clause in duty.clauses})


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
@pytest.mark.parametrize("because", ["spam", "disagrees", "other"])
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


# --- A parent is asked first -------------------------------------------------------------------------------

ASKS_PARENTS = ("wildground", "boroughbridge")


@EACH
def test_only_two_policies_have_a_parent_asked_and_invited(work):
    work.found()
    wanted = [f"{work.at_work.key}-parents-{n}" for n in (5, 6)] if work.at_work.key in ASKS_PARENTS else []
    assert [clause for clause in clauses("writer") if "-parents-" in clause] == wanted


@EACH
def test_who_wrote_it_is_asked_before_deleting_where_parents_are_asked_first(work):
    there = work.at_work.key in ASKS_PARENTS
    assert ("relation" in work.asked()) is there
    assert not {"relation", "without_asking"} & {*work.asked(relation="other")}
    assert ("without_asking" in work.asked(relation="parent")) is there
    assert "without_asking" not in work.asked("hidden", relation="parent")
    assert "without_asking" not in work.asked(because="hateful", relation="parent")


@only("wildground")
def test_a_parents_comment_is_not_deleted_unasked_unless_the_moderator_says_so(work):
    with pytest.raises(NotNow):
        work.take_down(relation="parent")
    with pytest.raises(NotNow):
        work.take_down(relation="parent", without_asking=False)
    assert not Moderation.objects.exists()
    kept = DecisionRecord.objects.filter(situation="parent.approach").last()
    assert kept is None or kept.points["asked_to_take_down"] == "refer"
    assert work.take_down(relation="parent", without_asking=True).state == "confirmed"


@only("wildground")
@pytest.mark.parametrize("because", ["child", "adult", "hateful"])
def test_what_is_grave_never_waits_for_its_author(work, because):
    assert work.take_down(because=because, relation="parent").state == "confirmed"


@only("wildground")
def test_hiding_never_waits_for_its_author(work):
    assert work.take_down("hidden", relation="parent").state == "confirmed"


@only("wildground")
def test_once_the_parent_was_asked_it_may_be_deleted(work):
    work.found()
    work.step("asked", words="They said no.")
    assert work.asked() == []
    assert work.take_down().state == "confirmed"


@only("wildground")
def test_each_step_with_a_parent_is_kept_with_its_day_and_the_last_one_ends_the_task(work):
    work.found()
    work.step("asked")
    assert clauses("writer")
    work.step("invited", words="Tuesday at four")
    assert not duties("writer")
    work.step("referred", words="March 2025")
    rows = [(row.what, row.on, row.by) for row in WriterStep.objects.order_by("id")]
    by, day = work.at_work.answerer, work.now.date()
    assert rows == [("asked", day, by), ("invited", day, by), ("referred", day, by)]
    facts = judged.approach_facts(work.item(), reason="improper", relation="parent", by="1", at=work.now)
    assert (facts.referral_needed, facts.referrals[0].version) == (True, "March 2025")


@only("wildground")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": "referred"}, "words"),
        ({"what": "behaviour"}, "words"),
        ({"what": "asked", "words": "x" * 301}, "words"),
        ({"what": "shouted"}, "what"),
    ],
)
def test_what_a_step_lacks_is_said_beside_its_field(work, given, field):
    work.found()
    with pytest.raises(BadInput) as error:
        work.step(**given)
    assert set(error.value.fields) == {field}
    assert not WriterStep.objects.exists()


@only("wildground")
def test_a_step_is_no_earlier_than_the_comment_and_no_later_than_today(work):
    work.found()
    first, today = work.item().received_at.date(), work.now.date()
    for day in (first - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(BadInput) as error:
            work.step("asked", on=day)
        assert set(error.value.fields) == {"on"}
    assert work.step("asked", on=first).on == first


@only("wildground")
def test_without_anything_wrong_no_author_is_approached(work):
    with pytest.raises(NotNow):
        work.step("asked")
    work.found("nothing")
    with pytest.raises(NotNow):
        work.step("asked")


@only("wildground")
@pytest.mark.parametrize("allows", [True, False])
def test_a_ruling_settles_whether_a_parent_is_asked_first(work, allows):
    at_work = work.at_work
    rule(
        tension="wildground-tension-9", allows=allows, words="As we discussed.", by=at_work.owner, at=work.now
    )
    if allows:
        assert work.asked(relation="parent") == []
        assert work.take_down(relation="parent").state == "confirmed"
        return
    for said in ({}, {"without_asking": True}):
        with pytest.raises(Refused) as error:
            work.take_down(relation="parent", **said)
        assert "wildground-parents-5" in error.value.kept.clauses
    work.found()
    work.step("asked")
    assert work.take_down().state == "confirmed"


# --- A pupil's comment -------------------------------------------------------------------------------------


@EACH
def test_a_pupils_offensive_words_go_to_the_behaviour_policy_where_the_policy_says_so(work):
    work.found(relation="pupil")
    wanted = [f"{work.at_work.key}-pupils-12"] if work.at_work.key in ASKS_PARENTS else []
    assert clauses("writer") == wanted
    if wanted:
        work.step("behaviour", words="Head of year 9")
    assert not duties("writer")


@EACH
@pytest.mark.parametrize("relation", ["", "other", "staff"])
def test_nothing_is_asked_of_an_author_who_is_neither(work, relation):
    work.found(relation=relation, rude="no")
    assert not duties("writer")


# --- The promise of a notice -------------------------------------------------------------------------------


@only("llanidloes")
@pytest.mark.parametrize(
    ("given", "owed"),
    [
        ({"notice": "prescribed"}, True),
        ({"notice": "own", "says": ["promise to respond"]}, True),
        ({"notice": "own", "says": ["reason for removal"]}, False),
        ({"notice": "own"}, False),
    ],
)
def test_a_reply_is_owed_once_a_notice_has_promised_it(work, given, owed):
    work.take_down("hidden")
    finish_removal(by=work.at_work.answerer, at=work.now, item=work.item(), **given)
    item = work.item()
    assert item.due_words == ("none_promised" if owed else "no_rule")
    assert ("llanidloes-offensive-7" in clauses("answer")) is owed
    said = DecisionRecord.objects.filter(situation="item.remove").order_by("-pk").first()
    complete = given["notice"] == "prescribed"
    assert (said.points["notice_says"] == "permitted") is (complete or "says" in given)
