"""What each policy wants done with the author of an improper comment, and the promise of a notice."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.inbox import judged
from schoolgate.inbox.blocking import author_step_by_hand, report_comment
from schoolgate.inbox.models import Moderation, WriterStep
from schoolgate.inbox.moderating import finish_removal
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.saying import rule
from tests.inbox.judging import ASKS_PARENTS, clauses, duties, inbox, work
from tests.inbox.test_five_policies import EACH, only

__all__ = ["inbox", "work"]

LATER = timedelta(minutes=30)


# --- A parent is asked first -------------------------------------------------------------------------------


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
    work.found(relation=relation, also={"rude": "no"})
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


@EACH
def test_after_a_report_to_the_network_only_wildground_has_readers_told_why(work):
    work.at_work.account.network = "facebook"
    work.at_work.account.save(update_fields=["network"])
    row = report_comment(by=work.at_work.answerer, at=work.now, item=work.item(), because="improper")
    author_step_by_hand(by=work.at_work.answerer, at=work.now, step=row)
    wanted = ["wildground-abuse-3", "wildground-abuse-4"] if work.at_work.key == "wildground" else []
    assert clauses("tell_readers") == wanted
