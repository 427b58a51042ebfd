"""A check of the school's systems: only where a clause allows it, with a second person where it wants one."""

from datetime import timedelta

import pytest

from schoolgate.core import holds, vault
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import VaultSecret
from schoolgate.core.moves import check_moves
from schoolgate.duties.models import Duty
from schoolgate.incidents.handling import end_report, take
from schoolgate.incidents.queries import new_mark, waiting
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from schoolgate.policy.queries import decision_for
from schoolgate.searches import checks, queries
from schoolgate.searches.checks import ask_check
from schoolgate.searches.models import (
    CHECK_MOVES,
    VACANCY_MOVES,
    CheckCopy,
    CheckState,
    SystemCheck,
    VacancyState,
)
from tests.conftest import recorded
from tests.second_presses import done_already, not_done

DAY = timedelta(days=1)


def tasks(kind: str) -> list[tuple[str, object]]:
    """The open tasks of this kind: whose, and due on which day."""
    rows = Duty.objects.filter(kind=f"searches.{kind}", state="open").select_related("person")
    return [(row.person.name, row.due_day) for row in rows]


def cited(kept: DecisionRecord) -> set[str]:
    return set(kept.clauses)


def test_the_moves_are_whole():
    check_moves(CheckState, CHECK_MOVES)
    check_moves(VacancyState, VACANCY_MOVES)


@pytest.mark.parametrize("key", ["wildground", "boroughbridge"])
def test_what_staff_did_at_work_off_duty_is_checked_on_a_policy_that_is_named(house, key):
    with house(key) as here:
        check = here.check()
        assert check.state == "allowed"
        assert {f"{key}-behaviour-19", f"{key}-behaviour-20"} <= cited(check.decision)
        assert tasks("look") == [("Dev Network", check.make_by)]

        with pytest.raises(Refused) as refused:
            here.check(policy_named="", policy_of="")
        assert f"{key}-behaviour-20" in refused.value.kept.clauses
        with pytest.raises(Refused, match="Nothing in your policy allows this"):
            here.check(done="away from work")


def test_only_boroughbridge_checks_what_was_done_on_duty_and_takes_one_schools_policy(house):
    with house("boroughbridge") as here:
        assert here.check(done="on duty at work", policy_of="individual school policies").state == "allowed"
    with house("wildground") as here:
        with pytest.raises(Refused, match="Nothing in your policy allows this"):
            here.check(done="on duty at work")
        with pytest.raises(Refused):
            here.check(policy_of="individual school policies")


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes"])
def test_a_policy_that_says_nothing_lets_no_check_through_and_the_answer_is_kept(house, key):
    with house(key) as here:
        with pytest.raises(Refused, match="Nothing in your policy allows this") as refused:
            here.check()
        assert refused.value.kept.outcome == "silent"
        assert DecisionRecord.objects.filter(pk=refused.value.kept.pk, situation="systems.monitor").exists()
        assert not SystemCheck.objects.exists()
        assert not VaultSecret.objects.exists()
        assert recorded()[-1].event == "systemcheck.refused"


def test_wootton_wants_a_case_within_its_days_or_a_second_person(house):
    with house("wootton") as here:
        check = here.check()
        assert check.state == "allowed"
        assert {f"wootton-monitoring-{number}" for number in (3, 5, 6, 7, 10)} <= cited(check.decision)

        with pytest.raises(BadInput) as wrong:
            here.check(case_to=here.on - DAY)
        assert set(wrong.value.fields) == {"second"}
        wider = here.check(case_to=here.on - DAY, second=here.nora)
        assert wider.state == "waiting"
        assert tasks("agree") == [("Nora Second", None)]


def test_a_need_of_the_work_takes_a_second_person_who_is_another(house):
    with house("wootton") as here:
        with pytest.raises(Refused):
            here.check(purpose="legitimate business purpose", second=here.hannah)
        check = here.check(purpose="legitimate business purpose", second=here.nora)
        assert (check.state, tasks("look")) == ("waiting", [])
        with pytest.raises(NotAllowed):
            checks.agree(by=here.dev, at=here.at, check=check)

        checks.agree(by=here.nora, at=here.at, check=check)
        assert (check.state, tasks("agree")) == ("allowed", [])
        assert "wootton-monitoring-8" in cited(check.decision)
        assert tasks("look") == [("Dev Network", check.make_by)]
        with done_already():
            checks.agree(by=here.nora, at=here.at, check=check)
        with not_done("answered differently"):
            checks.decline(by=here.nora, at=here.at, check=check)


def test_a_check_that_the_second_person_declines_is_not_made(house):
    with house("wootton") as here:
        check = here.check(purpose="legitimate business purpose", second=here.nora)
        checks.decline(by=here.nora, at=here.at, check=check)
        assert (check.state, tasks("look"), tasks("agree")) == ("declined", [], [])
        with done_already():
            checks.decline(by=here.nora, at=here.at, check=check)
        with not_done("answered differently"):
            checks.agree(by=here.nora, at=here.at, check=check)
        with pytest.raises(NotNow):
            checks.record_result(by=here.dev, at=here.at, check=check, result="I looked")


def test_a_purpose_that_is_not_on_the_policys_list_is_refused(house):
    with house("wootton") as here, pytest.raises(Refused) as refused:
        here.check(purpose="other")
    assert {"wootton-monitoring-7", "wootton-monitoring-8"} <= set(refused.value.kept.clauses)


def test_whoever_has_not_seen_the_notice_is_not_checked(house):
    with house("wootton", known=False) as here, pytest.raises(Refused) as refused:
        here.check()
    assert refused.value.kept.points["monitoring_notice"] == "hold"


@pytest.mark.parametrize(
    ("act", "clause"), [("intercept", "wootton-monitoring-4"), ("log keystrokes", "wootton-monitoring-15")]
)
@pytest.mark.parametrize("key", ["wootton", "wildground", "boroughbridge", "learn-to-live", "llanidloes"])
def test_nothing_is_ever_intercepted_or_logged_key_by_key(house, key, act, clause):
    with house(key) as here, pytest.raises(Refused) as refused:
        here.check(act=act)
    if key == "wootton":
        assert clause in refused.value.kept.clauses


def test_the_network_is_watched_only_after_an_assessment(house):
    with house("wootton") as here:
        with pytest.raises(Refused) as refused:
            here.check(act="watch the network")
        assert "wootton-monitoring-16" in refused.value.kept.clauses
        check = here.check(act="watch the network", assessed_on=here.on, assessed_by=here.nora)
        assert "wootton-monitoring-16" in cited(check.decision)


def test_sign_ins_may_be_looked_at(house):
    with house("wootton") as here:
        assert "wootton-monitoring-14" in cited(here.check(target="log-ins", act="access").decision)


@pytest.mark.parametrize("key", ["wildground", "boroughbridge"])
def test_an_own_account_that_has_nothing_to_do_with_the_school_is_left_alone(house, key):
    own = {"own_account": True, "affects_school": False}
    with house(key) as here:
        with pytest.raises(Refused) as refused:
            here.check(**own, names_school=False)
        assert set(refused.value.kept.clauses) == {f"{key}-scope-9"}
        with pytest.raises(BadInput):
            here.check(own_account=True)

        check = here.check(**own, names_school=True)
        asked = DecisionRecord.objects.filter(subject=f"searches.systemcheck:{check.pk}")
        assert sorted(asked.values_list("situation", flat=True)) == [
            "personal.watch", "personal.watch", "systems.monitor",
        ]  # fmt: skip


@pytest.mark.parametrize("key", ["wootton", "learn-to-live", "llanidloes"])
@pytest.mark.parametrize("names_school", [True, False])
def test_a_policy_silent_on_private_life_opens_no_own_account(house, key, names_school):
    with house(key) as here:
        with pytest.raises(Refused, match="own account"):
            here.check(own_account=True, names_school=names_school, affects_school=False)
        assert not SystemCheck.objects.exists()


def test_a_check_is_asked_for_by_people_who_deal_with_concerns_and_never_of_oneself(house):
    with house("wootton") as here:
        with pytest.raises(NotAllowed):
            checks.ask_check(by=here.dev, at=here.at, asked=here.asked())
        with pytest.raises(BadInput) as wrong:
            here.check(about=here.hannah)
        assert set(wrong.value.fields) == {"about"}
        with pytest.raises(BadInput) as wrong:
            here.check(doer=here.cara)
        assert set(wrong.value.fields) == {"doer"}


def test_only_days_that_are_over_are_checked(house):
    with house("wootton") as here:
        for changed, field in (
            ({"range_to": here.on + DAY}, "range_to"),
            ({"range_from": here.on, "range_to": here.on - DAY}, "range_to"),
            ({"make_by": here.on - DAY}, "make_by"),
        ):
            with pytest.raises(BadInput) as wrong:
                here.check(**changed)
            assert set(wrong.value.fields) == {field}
        check = here.check(range_to=here.on, make_by=here.on)
        with pytest.raises(NotNow):
            checks.record_result(by=here.dev, at=here.at + DAY, check=check, result="Too late")
        checks.record_result(by=here.dev, at=here.at, check=check, result="Nothing to see")
        assert (check.state, tasks("look")) == ("done", [])


def test_what_was_written_is_sealed_and_in_no_decision_and_no_record(house):
    with house("wootton") as here:
        check = here.check()
        checks.record_result(by=here.dev, at=here.at, check=check, result="Cara wrote to a friend")
        facts = str(list(DecisionFacts.objects.values_list("facts", flat=True)))
        told = str([vars(row) for row in recorded()])
        for words in ("staff room", "Cara", "friend"):
            assert words not in facts + told
        assert "staff room" in vault.reveal(check.words_ref)


def test_only_people_with_a_part_know_of_a_check_and_never_the_person_it_is_about(house):
    with house("wootton") as here:
        check = here.check()
        for person in (here.hannah, here.dev):
            assert queries.check_for(person, check.pk, on=here.on) == check
            assert decision_for(person, check.decision_id, on=here.on)
        for person in (here.cara, here.nora):
            with pytest.raises(NotFound):
                queries.check_for(person, check.pk, on=here.on)
            with pytest.raises(NotFound):
                decision_for(person, check.decision_id, on=here.on)


def test_the_head_who_sees_every_check_sees_none_of_their_own_use(house):
    with house("wildground") as here:
        check = ask_check(by=here.nora, at=here.at, asked=here.asked(about=here.hannah))
        with pytest.raises(NotFound):
            queries.check_for(here.hannah, check.pk, on=here.on)
        with pytest.raises(NotFound):
            decision_for(here.hannah, check.decision_id, on=here.on)


def made(here, **changed) -> SystemCheck:
    check = here.check(**changed)
    return checks.record_result(by=here.dev, at=here.at, check=check, result="Two posts")


def test_a_copy_has_its_day_and_is_wiped_with_who_and_when(house):
    with house("wootton") as here:
        check = made(here)
        copy = checks.store_copy(by=here.dev, at=here.at, check=check, content="The two posts")
        assert copy.keep_until == here.on + 30 * DAY
        assert "wootton-monitoring-17" in cited(copy.decision)
        stored = DecisionRecord.objects.filter(subject=f"searches.checkcopy:{copy.pk}")
        assert "wootton-monitoring-11" in {clause for one in stored for clause in one.clauses}
        assert tasks("destroy_copy") == [("Dev Network", copy.keep_until)]
        ref = copy.content_ref

        last = here.at + 30 * DAY
        assert checks.open_copy(by=here.hannah, at=last, copy=copy) == "The two posts"
        with pytest.raises(Refused) as refused:
            checks.open_copy(by=here.hannah, at=last + DAY, copy=copy)
        assert "wootton-monitoring-17" in refused.value.kept.clauses

        checks.destroy_copy(by=here.dev, at=last + DAY, copy=copy)
        assert (copy.destroyed_by, copy.destroyed_at, copy.content_ref) == (here.dev, last + DAY, None)
        assert "wootton-monitoring-18" in cited(copy.destroy_decision)
        assert not VaultSecret.objects.filter(pk=ref).exists()
        assert tasks("destroy_copy") == []
        with pytest.raises(NotNow):
            checks.destroy_copy(by=here.dev, at=last + DAY, copy=copy)
        with pytest.raises(NotNow):
            checks.open_copy(by=here.dev, at=last, copy=copy)


def test_each_copy_keeps_its_own_day(house):
    with house("wootton") as here:
        check = made(here)
        first = checks.store_copy(by=here.dev, at=here.at, check=check, content="One")
        second = checks.store_copy(by=here.dev, at=here.at + 2 * DAY, check=check, content="Two")
        assert tasks("destroy_copy") == [("Dev Network", first.keep_until)]
        checks.destroy_copy(by=here.hannah, at=here.at + 3 * DAY, copy=first)
        assert tasks("destroy_copy") == [("Dev Network", second.keep_until)]


def test_no_copy_without_a_number_of_days_or_under_a_policy_that_allows_none(house):
    with house("wootton", days=False) as here:
        check = made(here)
        with pytest.raises(Refused) as refused:
            checks.store_copy(by=here.dev, at=here.at, check=check, content="Text")
        assert "wootton-monitoring-17" in refused.value.kept.clauses
    with house("wildground") as here:
        check = made(here)
        with pytest.raises(Refused, match="Nothing in your policy allows this"):
            checks.store_copy(by=here.dev, at=here.at, check=check, content="Text")
        assert not CheckCopy.objects.exists()
        with pytest.raises(NotAllowed):
            checks.store_copy(by=here.hannah, at=here.at, check=check, content="Text")


def test_passing_on_takes_a_recipient_a_reason_and_a_legal_basis(house):
    with house("wootton") as here:
        copy = checks.store_copy(by=here.dev, at=here.at, check=made(here), content="Text")
        with pytest.raises(Refused) as refused:
            checks.use_copy(by=here.hannah, at=here.at, copy=copy, how="disclose", recipient="Police")
        assert "wootton-monitoring-12" in refused.value.kept.clauses
        row = checks.use_copy(
            by=here.hannah, at=here.at, copy=copy, how="disclose", recipient="Police", reason="Asked for",
            legal_basis="DPA 2018 Schedule 2",
        )  # fmt: skip
        assert "Police" in vault.reveal(row.words_ref)
        assert "Police" not in str(list(DecisionFacts.objects.values_list("facts", flat=True)))
        printed = checks.use_copy(by=here.hannah, at=here.at, copy=copy, how="print")
        assert "wootton-monitoring-13" in cited(printed.decision)


def test_a_copy_stays_while_an_open_concern_needs_it_or_someone_asked_for_it(house):
    with house("wootton") as here:
        report = report_wrong(
            at=here.at, said_here=ReportContent(what="Posts", mark=new_mark()), reporter=None, named=False
        )
        taker = next(one for one in (here.hannah, here.nora) if waiting(one, on=here.on).exists())
        check = here.check(report=report)
        checks.record_result(by=here.dev, at=here.at, check=check, result="Seen")
        copy = checks.store_copy(by=here.dev, at=here.at, check=check, content="Text")
        with pytest.raises(Refused) as refused:
            checks.destroy_copy(by=here.dev, at=here.at, copy=copy)
        assert "house-6" in refused.value.kept.clauses

        take(report=report, by=taker, at=here.at)
        end_report(report=report, by=taker, at=here.at, words="It belongs to another school.")
        copy = queries.copy_of(check, copy.pk)
        hold = holds.place(subject=copy, because="subject_access", by=here.hannah, at=here.at)
        with pytest.raises(Refused):
            checks.destroy_copy(by=here.dev, at=here.at, copy=copy)
        holds.lift(hold=hold, by=here.hannah, at=here.at)
        assert checks.destroy_copy(by=here.dev, at=here.at, copy=copy).destroyed_at


def test_a_copy_is_destroyed_even_when_a_newer_version_was_not_acknowledged(house):
    with house("wootton") as here:
        copy = checks.store_copy(by=here.dev, at=here.at, check=made(here), content="Text")
        copy.check_made.about = here.nora  # who never acknowledged it
        assert checks.destroy_copy(by=here.dev, at=here.at, copy=copy).destroyed_at
