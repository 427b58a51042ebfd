"""What a reporter is asked beside the two sentences, and what becomes of the answers: only what the policy in
force reads, and nothing is taken for known that was not answered."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import actions, codes
from schoolgate.incidents.actions.adding import MOST_ADDED
from schoolgate.incidents.ladder import named_by
from schoolgate.incidents.models import Report
from schoolgate.incidents.questions import ASKED, SITUATION, known, questions_for
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import (
    agreed_route_is_here,
    choose_route,
    choose_time,
    chosen_times,
    leaves_route_open,
    times_left_open,
)
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import book, books
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.situations.searches import ListeningFound
from tests.cast import give, someone
from tests.conftest import recorded
from tests.incidents.conftest import OWNERS, whom, wrong

FROM_ROWS = {
    "by", "kinds", "unacceptable", "held_unacceptable", "line_manager_involved", "noticed_at", "told",
    "agreed_route", "chosen", "told_somebody_else", "at_once", "at_once_over", "hours_since",
    "minutes_since", "breach_due", "child_concern_due", "illegal_due", "now", "calendar",
}  # fmt: skip
"""What no question asks: ticked, counted, from rows, or not needed (no chosen time counts work days)."""
HOUR = timedelta(hours=1)


def decided(report: Report) -> DecisionRecord:
    return DecisionRecord.objects.get(pk=report.decision)


def now_of(report, by, at):
    """What the policy says now, with those who were told."""
    facts = report_facts(report, by=by, at=at, told=told_of(report, at=at))
    return verdict("incident.report", facts, on=at.date())


@pytest.mark.parametrize("key", books())
def test_every_fact_that_rules_read_is_asked_or_known_from_rows(key):
    worked_out = {name for words in ASKED.values() for name in words.read_as}
    read = facts_read(book(key), SITUATION, "staff")
    assert read - FROM_ROWS - worked_out - set(ASKED) == set()
    assert set(ASKED) <= set(IncidentReport.model_fields) | set(ListeningFound.model_fields)


@pytest.mark.parametrize(
    ("key", "staff", "visitor"),
    [
        ("wildground", ["done_by", "part"], ["done_by", "part"]),
        ("boroughbridge", ["done_by", "part"], ["done_by", "part"]),
        ("learn-to-live", ["child", "child_is_family", "aimed_at_account", "put_right"], ["child"]),
        ("llanidloes", ["part", "harmed", "first_happened"], ["harmed"]),
        (
            "wootton",
            ["child", "may_be_illegal", "breach", "bad_light", "route"],
            ["child", "may_be_illegal", "breach"],
        ),
    ],
)
def test_each_policy_asks_what_its_own_rules_read(key, staff, visitor):
    assert [one.fact for one in questions_for(book(key), relation="staff")] == staff
    assert [one.fact for one in questions_for(book(key), relation=None)] == visitor


def test_a_rule_taken_away_takes_its_question_along():
    whole = book("wootton")
    rule = next(one for one in whole.bound(SITUATION) if "wootton-a5-24" in one.clauses)
    asked = [one.fact for one in questions_for(whole.without(rule.id), relation=None)]
    assert asked == ["child", "breach"]


@pytest.mark.parametrize(
    ("key", "said", "kept"),
    [
        ("wildground", {"done_by": "staff", "part": "saw"}, {"done_by": "staff", "part": "saw"}),
        ("wildground", {"done_by": "a Martian", "part": ""}, {}),
        ("wildground", {"may_be_illegal": "yes"}, {}),  # no rule of this policy reads it
        ("wootton", {"may_be_illegal": "yes", "child": "no"}, {"may_be_illegal": True, "child": False}),
        ("wootton", {"may_be_illegal": "<script>", "child": None}, {}),
        ("llanidloes", {"harmed": ["none"]}, {"harmed": []}),
        ("llanidloes", {"harmed": ["staff", "none", "x"]}, {"harmed": ["staff"]}),
        ("llanidloes", {"harmed": [], "first_happened": None}, {}),
        ("llanidloes", {"harmed": "staff"}, {}),
    ],
)
def test_an_answer_that_fits_is_kept_and_everything_else_stays_unknown(key, said, kept, at):
    assert known(said, asked=questions_for(book(key), relation="staff"), at=at) == kept


@pytest.mark.parametrize(("days", "fits"), [(0, True), (-1, True), (1, False), (-20_000, False)])
def test_the_first_day_is_not_later_than_today(at, days, fits):
    asked = questions_for(book("llanidloes"), relation="staff")
    day = at.date() + timedelta(days=days)
    assert bool(known({"first_happened": day}, asked=asked, at=at)) is fits


CLAUSES = [
    # policy, ticks, answers, what it cites with the answers and did not cite without, outcome with them
    (
        "wildground",
        ["abuse"],
        {"done_by": "staff", "part": "saw"},
        "wildground-abuse-6",
        "wildground-abuse-5",
    ),
    (
        "wildground",
        ["abuse"],
        {"done_by": "staff", "part": "suffered"},
        "wildground-abuse-5",
        "wildground-abuse-6",
    ),
    ("wildground", ["abuse"], {"done_by": "pupil", "part": "saw"}, "", "wildground-abuse-6"),
    (
        "boroughbridge",
        ["abuse"],
        {"done_by": "staff", "part": "saw"},
        "boroughbridge-abuse-6",
        "boroughbridge-abuse-5",
    ),
    ("learn-to-live", ["taken_over"], {"put_right": "no"}, "learn-to-live-sanctioned-19", ""),
    ("learn-to-live", ["abuse"], {"aimed_at_account": "yes"}, "learn-to-live-sanctioned-20", ""),
    ("learn-to-live", ["abuse"], {"aimed_at_account": "no"}, "", "learn-to-live-sanctioned-20"),
    ("learn-to-live", ["lie"], {"child": "no"}, "", "learn-to-live-principles-4"),
    ("llanidloes", ["lie"], {"harmed": ["staff"]}, "llanidloes-purpose-4", ""),
    ("wootton", ["lie"], {"may_be_illegal": "yes"}, "wootton-a5-24", ""),
    ("wootton", ["lie"], {"may_be_illegal": "no"}, "", "wootton-a5-24"),
    ("wootton", ["lie"], {"breach": "discovered"}, "wootton-related-22", ""),
    ("wootton", ["misuse"], {"breach": "none"}, "wootton-personnel-13", "wootton-related-22"),
]


@pytest.mark.parametrize(("key", "kinds", "answers", "cites", "cites_not"), CLAUSES)
def test_the_answers_decide_which_clause_speaks(under, at, key, kinds, answers, cites, cites_not):
    federation, _school = under(key)
    with scope(federation.pk):
        cara = someone("Cara Teacher", "all-staff" if key == "boroughbridge" else "staff")
        report = wrong(at, reporter=cara, kinds=kinds, answers=answers)
        said = decided(report)
    assert not cites or cites in said.clauses
    assert not cites_not or cites_not not in said.clauses


def test_what_is_unacceptable_in_another_way_reaches_the_senior_person_and_before_it_reached_nobody(
    under, at
):
    federation, _school = under("wildground")
    with scope(federation.pk):
        someone("Rae Senior", "relevant-senior-member-of-staff")
        someone("Sam Slater", "slt")
        before, after = wrong(at, kinds=["child_seems"]), wrong(at, kinds=["child_seems", "other"])

        assert whom(before) == ["slt"]
        assert whom(after) == ["relevant-senior-member-of-staff", "slt"]
        assert "wildground-behaviour-16" in decided(after).clauses


def test_a_breach_that_the_reporter_names_reaches_the_principal_by_the_policy(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        before = wrong(at, kinds=["lie"])
        after = wrong(at, kinds=["lie"], answers={"breach": "discovered"})

        assert (whom(before), before.steps.get(kind="told").whose) == (["principal"], "house")
        assert (whom(after), after.steps.get(kind="told").whose) == (["principal"], "policy")
        assert "wootton-related-22" in Duty.objects.filter(kind="incidents.take").latest("pk").clauses


def test_targeted_at_work_reaches_the_line_manager_with_the_day_it_began(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        give(someone("Lou Line-Manager"), "line-manager", managed=cara)
        began = at.date() - timedelta(days=4)
        report = wrong(at, reporter=cara, kinds=["pestered"], answers={"first_happened": began})

        assert whom(report) == ["Lou Line-Manager"]
        said = now_of(report, cara, at)
        assert "llanidloes-personal-16" in said.clauses
        assert [one.args["days"] for one in said.findings if "days" in one.args] == [4]


def test_a_child_of_the_family_turns_on_a_ruling_and_another_child_does_not(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        own = wrong(at, reporter=cara, kinds=["pupil_wrote"], answers={"child_is_family": "yes"})
        other = wrong(at, reporter=cara, kinds=["pupil_wrote"], answers={"child_is_family": "no"})
        unsaid = wrong(at, reporter=cara, kinds=["pupil_wrote"])

        assert decided(own).points["safeguarding_officer_told"] == "refer"
        assert decided(other).points["safeguarding_officer_told"] != "refer"
        assert decided(unsaid).points == decided(other).points


# Who was told, as the policy sees it


def test_being_told_is_open_until_they_read_it_and_met_from_then_on(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        dee = someone("Dee Officer", "designated-safeguarding-officer")
        cara = someone("Cara Teacher", "staff")
        report = wrong(at, reporter=cara, kinds=["child_written_to"])
        (told,) = told_of(report, at=at)
        assert (told.key, told.roles) == (
            "role:designated-safeguarding-officer", ("designated safeguarding officer",)
        )  # fmt: skip
        assert (told.at, told.read, told.read_at) == (at, False, None)
        unread = now_of(report, cara, at + HOUR)
        assert [one.what for one in unread.duties] == ["incident.open_report"]
    with scope(federation.pk, dee.pk):
        actions.open_report(report=report, by=dee, at=at + HOUR)
        (told,) = told_of(report, at=at + HOUR)
        assert (told.read, told.read_at) == (True, at + HOUR)
        assert now_of(report, cara, at + HOUR).duties == ()


def test_a_person_told_by_name_has_the_roles_they_hold_and_one_handed_to_counts_too(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        lead = someone("Dee Lead", "relevant-senior-member-of-staff")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at)
        report = wrong(at, kinds=["lie"])
        actions.take(report=report, by=sam, at=at)
        actions.hand_on(report=report, by=sam, at=at + HOUR, to=lead)
        last = told_of(report, at=at + HOUR)[-1]
        assert (last.roles, last.at, last.read) == (("Relevant senior member of staff",), at + HOUR, False)


def test_nobody_told_is_an_empty_list_and_not_unknown(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        report = wrong(at)
        report.steps.filter(kind="told").count()
        assert told_of(Report(pk=0, federation=federation), at=at) == ()


# What the federation chose


@pytest.mark.parametrize(
    ("key", "times", "route"),
    [
        ("wildground", [], True),
        ("boroughbridge", [], True),
        ("learn-to-live", [], False),
        ("llanidloes", ["first_look"], False),
        ("wootton", ["child_concern", "illegal", "breach", "containment", "manager_acts"], False),
    ],
)
def test_each_policy_leaves_its_own_times_and_route_open(key, times, route):
    assert (times_left_open(book(key)), leaves_route_open(book(key))) == (times, route)


def test_at_once_gets_the_minutes_that_the_federation_chose_with_the_clause_and_none_before(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive = someone("Olive Principal", OWNERS["wootton"])
        cara = someone("Cara Teacher", "staff")

        def due(minutes_later=0):
            report = wrong(at, reporter=cara, kinds=["child_told"], answers={"may_be_illegal": "no"})
            later = at + timedelta(minutes=minutes_later)
            facts = report_facts(report, by=cara, at=later)
            said = verdict("incident.report", facts, on=at.date())
            (duty,) = [one for one in said.duties if one.what == "incident.tell_authorities"]
            return duty.due.instant, "wootton-a2-9" in duty.clauses, said.points["authorities_told"]

        assert due() == (None, True, "permitted")
        choose_time(by=olive, at=at, what="child_concern", number=30, unit="minutes", from_day=at.date())
        assert due() == (at + timedelta(minutes=30), True, "permitted")
        assert due(29)[2] == "permitted"
        assert due(30)[2] == "breached"
        choose_time(by=olive, at=at, what="child_concern", number=2, unit="hours", from_day=at.date())
        assert due()[0] == at + 2 * HOUR
        later = at.date() + timedelta(days=1)
        choose_time(by=olive, at=at, what="child_concern", number=1, unit="minutes", from_day=later)
        assert due()[0] == at + 2 * HOUR


def test_a_breach_goes_up_by_the_chosen_time_for_opening_it(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive = someone("Olive Principal", OWNERS["wootton"])
        choose_time(by=olive, at=at, what="breach", number=20, unit="minutes", from_day=at.date())
        report = wrong(at, answers={"breach": "suspected"})
        assert (report.goes_up_at, report.goes_up_by) == (at + timedelta(minutes=20), "policy")


def test_only_the_owner_chooses_and_a_time_must_be_one(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive, cara = someone("Olive Principal", OWNERS["wootton"]), someone("Cara Teacher", "staff")
        given = {"at": at, "what": "breach", "number": 30, "unit": "minutes", "from_day": at.date()}
        with pytest.raises(NotAllowed):
            choose_time(by=cara, **given)
        with pytest.raises(NotAllowed):
            choose_route(by=cara, at=at, here=True, from_day=at.date())
        for bad in (
            {"number": 0},
            {"number": 1441},
            {"number": 366, "unit": "days"},
            {"unit": "years"},
            {"what": "x"},
        ):
            with pytest.raises(BadInput):
                choose_time(by=olive, **{**given, **bad})
        assert chosen_times(on=at.date()) == ()
        choose_time(by=olive, **{**given, "number": 1440})
        assert [(one.what, one.minutes) for one in chosen_times(on=at.date())] == [("breach", 1440)]
        assert [row.event for row in recorded() if row.event == "choice.made"] == ["choice.made"]


@pytest.mark.parametrize(("here", "met"), [(True, True), (False, False), (None, False)])
def test_the_agreed_route_is_what_the_federation_chose(under, at, here, met):
    federation, _school = under("wildground")
    with scope(federation.pk):
        olive, cara = someone("Olive Owner Too", OWNERS["wildground"]), someone("Cara Teacher", "staff")
        if here is not None:
            choose_route(by=olive, at=at, here=here, from_day=at.date())
        assert agreed_route_is_here(on=at.date()) is here
        report = wrong(at, reporter=cara, kinds=["abuse"], answers={"done_by": "staff", "part": "saw"})
        said = now_of(report, cara, at)
        assert (said.points["abuse_by_colleague"] == "permitted" and not said.duties) is met


# Adding to a report


def test_by_its_code_a_visitor_adds_and_the_person_who_has_it_is_asked_to_read(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        mark = codes.new_mark()
        report, code = wrong(at, mark=mark), codes.as_written(codes.code_of(mark)).lower()
        actions.add_to_report(report=report, at=at, words="It happened again.", code=code)
        assert not Duty.objects.filter(kind="incidents.read_added").exists()  # they read it when they take it
    with scope(federation.pk, sam.pk):
        actions.take(report=report, by=sam, at=at)
        for _twice in range(2):
            actions.add_to_report(report=report, at=at + HOUR, words="And <script>again</script>.", code=code)
        duty = Duty.objects.get(kind="incidents.read_added")
        assert (duty.person, duty.state) == (sam, "open")
        actions.open_report(report=report, by=sam, at=at + HOUR)
        duty.refresh_from_db()
        assert duty.state == "discharged"
        assert [row.event for row in recorded()].count("report.added") == 3
        rows = str([row.stored for row in recorded()]) + str(list(Report.objects.values()))
        assert "again" not in rows


def test_who_has_neither_code_nor_name_adds_nothing(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        cara, ann = someone("Cara Teacher", "staff"), someone("Ann Other", "staff")
        by_name, without = wrong(at, reporter=cara), wrong(at, reporter=cara, named=False)
        for report, given in (
            (by_name, {"reporter": ann}), (by_name, {"code": ""}), (by_name, {}),
            (without, {"reporter": cara}), (without, {"code": "22222-22222"}), (without, {"code": ""}),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                actions.add_to_report(report=report, at=at, words="More.", **given)
        assert actions.add_to_report(report=by_name, at=at, words="More.", reporter=cara).kind == "added"


def test_what_cannot_be_kept_is_refused_and_a_flood_ends(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        report = wrong(at, reporter=cara)
        for words in (" ", "x" * 2001, "a\x00"):
            with pytest.raises(BadInput):
                actions.add_to_report(report=report, at=at, words=words, reporter=cara)
        for _number in range(MOST_ADDED):
            actions.add_to_report(report=report, at=at, words="More.", reporter=cara)
        with pytest.raises(NotNow):
            actions.add_to_report(report=report, at=at, words="More.", reporter=cara)


def test_named_by_is_the_same_with_and_without_answers_that_no_rule_reads(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        report = wrong(at, kinds=["hurtful"], answers={"may_be_illegal": "yes", "harmed": ["staff"]})
        assert report.answers == {}
        assert [one.role for one in named_by(verdict("incident.report", report_facts(report, by=None, at=at),
                on=at.date()), book_in_scope())] == ["relevant-senior-member-of-staff", "slt"]  # fmt: skip
