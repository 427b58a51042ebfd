"""A report from the moment it is made: who can read it, who takes it, what becomes of it."""

from datetime import timedelta

import pytest
from django.db import connection

from schoolgate.accounts.unofficial import Copy
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.models import Safeguarder, VaultSecret
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, passing_on, queries
from schoolgate.incidents.casework import STAGES
from schoolgate.incidents.ladder import time_for_opening
from schoolgate.incidents.models import REPORT_MOVES, Content, Report, ReportState
from schoolgate.incidents.passing_on import go_up_where_role_ended, told_to_an_ended_role
from schoolgate.incidents.queries import by_code, report_for, reported_by, reports, steps_of, waiting
from schoolgate.jobs.minutely import reports as sweep
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt_version, start_version
from schoolgate.policy.queries import decision_for
from schoolgate.rulebook import book
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.findings import Duty as DutyOfRule
from schoolgate.rulebook.one_file import as_text, to_yaml
from schoolgate.rulebook.yaml_text import plain
from tests.cast import someone
from tests.conftest import deliver_all, recorded
from tests.incidents.conftest import whom, wrong
from tests.second_presses import done_already, not_done

HOUR = timedelta(hours=1)


@pytest.fixture
def told(under, at):
    """Wildground: somebody of the SLT, who is told of every report; and a teacher."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        return federation, someone("Sam Slater", "slt"), someone("Cara Teacher", "staff")


def test_the_moves_are_whole():
    check_moves(ReportState, REPORT_MOVES)


def test_what_was_said_is_read_by_those_who_were_told_and_by_nobody_else(told, at):
    federation, sam, cara = told
    with scope(federation.pk):
        report = wrong(at, reporter=cara, what="Tomos is called names.", contact="none")
        on = at.date()

        assert report_for(sam, report.pk, on=on) == report
        with pytest.raises(NotFound):
            report_for(cara, report.pk, on=on)
        with pytest.raises(NotFound):
            handling.open_report(report=report, by=cara, at=at)
    with scope(federation.pk, sam.pk):
        handling.open_report(report=report, by=sam, at=at)
        assert steps_of(report)[0].words["what"] == "Tomos is called names."
        assert [row.event for row in recorded() if row.event == "report.read"] == ["report.read"]


def test_the_database_gives_what_was_said_to_nobody_who_was_not_let_in(told, at):
    federation, sam, cara = told
    with scope(federation.pk):
        report = wrong(at, copy=Copy(b"picture", "image/png"))
    with scope(federation.pk, sam.pk):
        assert Content.objects.count() == 0
        handling.open_report(report=report, by=sam, at=at)
        assert Content.objects.count() == 1
    for person in (cara.pk, None):
        with scope(federation.pk, person):
            assert Content.objects.count() == 0
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM incidents_content")
                assert cursor.fetchone() == (0,)


def test_a_backup_copies_what_nobody_reads(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        wrong(at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('schoolgate.copying', 'all', true)")
            cursor.execute("SELECT count(*) FROM incidents_content")
            assert cursor.fetchone() == (1,)


def test_nothing_of_what_was_said_lies_in_the_open(told, at):
    federation, _sam, cara = told
    with scope(federation.pk):
        wrong(
            at,
            reporter=cara,
            what="Tomos is called names.",
            where="in the class chat",
            contact="07700 900123",
        )
        rows = str([list(model.objects.values()) for model in (Report, VaultSecret, Duty)]) + str(
            [row.stored for row in recorded()]
        )
        assert not any(word in rows for word in ("Tomos", "class chat", "07700"))


def test_the_same_form_sent_twice_makes_one_report_and_a_code_finds_it(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        mark = queries.new_mark()
        first, second = wrong(at, mark=mark), wrong(at, mark=mark)

        assert first.pk == second.pk
        assert by_code(queries.as_written(queries.code_of(mark)).lower()) == first
        with pytest.raises(NotFound):
            by_code("")
        with pytest.raises(NotFound):
            by_code("22222-22222")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"what": "  "}, "what"), ({"what": "x" * 2001}, "what"), ({"what": "a\x00"}, "what"),
     ({"where": "x" * 501}, "where"), ({"contact": "x" * 201}, "contact")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_beside_its_field(told, at, given, field):
    federation, _sam, _cara = told
    with scope(federation.pk), pytest.raises(BadInput) as refused:
        wrong(at, **given)
    assert list(refused.value.fields) == [field]


def test_the_longest_that_fits_is_kept(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        assert wrong(at, what="x" * 2000, where="y" * 500, contact="z" * 200).state == "reported"


def test_one_of_them_takes_it_and_the_others_are_asked_no_more(told, at):
    federation, sam, cara = told
    with scope(federation.pk, sam.pk):
        report = wrong(at, reporter=cara)
        assert list(waiting(sam, on=at.date())) == [report]

        handling.take(report=report, by=sam, at=at + HOUR / 2)

        assert (report.state, report.taken_by, report.goes_up_at) == ("taken", sam, None)
        assert list(waiting(sam, on=at.date())) == []
        assert {(d.kind, d.state) for d in Duty.objects.all()} == {
            ("incidents.take", "discharged"), ("incidents.finish", "open")
        }  # fmt: skip
        mine = reported_by(cara).get()
        assert (mine.taken_by, mine.taken_role, mine.taken_at) == (sam, "slt", at + HOUR / 2)
        olive = someone("Olga Other", "slt")
        with not_done("Someone else is dealing with this"):
            handling.take(report=report, by=olive, at=at + HOUR)
        with done_already():
            handling.take(report=report, by=sam, at=at + HOUR)


def test_who_was_not_told_cannot_take_it(told, at):
    federation, _sam, cara = told
    with scope(federation.pk):
        report = wrong(at)
        with pytest.raises(NotFound):
            handling.take(report=report, by=cara, at=at)


def test_a_report_that_nobody_takes_goes_on_to_the_next_after_an_hour_and_not_before(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        someone("Des Officer", "designated-safeguarding-officer")
        someone("Dan Frost", "slt")
        report = wrong(at, kinds=["child_saw"])
        assert whom(report) == ["designated-safeguarding-officer"]

        assert passing_on.go_up(at=at + HOUR - timedelta(seconds=1)) == 0
        assert passing_on.go_up(at=at + HOUR) == 1
        assert passing_on.go_up(at=at + HOUR) == 0

        assert whom(report, "went_up") == ["headteacher", "slt"]
        report.refresh_from_db()
        assert report.goes_up_at == at + 2 * HOUR
        assert Duty.objects.filter(kind="incidents.take", state="open").count() == 3


def test_in_danger_it_goes_on_after_a_quarter_of_an_hour(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        assert wrong(at, danger="yes").goes_up_at == at + HOUR / 4
        assert wrong(at, danger="unknown").goes_up_at == at + HOUR


@pytest.mark.parametrize(
    ("minutes", "counts"), [(None, False), (0, False), (1, False), (2, True), (30, True)]
)
def test_a_time_that_the_policy_gives_for_opening_counts_where_it_is_a_span(at, minutes, counts):
    due = Due() if minutes is None else Due(instant=at + timedelta(minutes=minutes))
    duties = [
        DutyOfRule("SLT", "incident.open_report", due, (), ""),
        DutyOfRule("x", "other", Due(instant=at + HOUR), (), ""),
    ]
    assert time_for_opening(duties, at=at) == (due.instant if counts else None)


def test_where_nobody_is_left_it_stays_open_with_those_who_were_told(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        report = wrong(at)
    sweep(at + HOUR)
    with scope(federation.pk):
        report.refresh_from_db()
        assert (report.state, report.goes_up_at) == ("reported", None)
        assert Duty.objects.get(kind="incidents.take").state == "open"


def test_what_was_taken_does_not_go_up(told, at):
    federation, sam, _cara = told
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        handling.take(report=report, by=sam, at=at)
        assert passing_on.go_up(at=at + 5 * HOUR) == 0


def test_it_is_handed_on_to_somebody_who_then_has_to_take_it(told, at):
    federation, sam, _cara = told
    with scope(federation.pk):
        grace = someone("Grace Obi", "federation-leadership-team")
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        with pytest.raises(NotAllowed, match="No one is dealing with this yet"):
            handling.hand_on(report=report, by=sam, at=at, to=grace)
        handling.take(report=report, by=sam, at=at)
        with pytest.raises(BadInput):
            handling.hand_on(report=report, by=sam, at=at, to=sam)
        handling.hand_on(report=report, by=sam, at=at, to=grace, words="Please ring the family.")

        assert (report.state, report.goes_up_at) == ("handed_on", at + HOUR)
        assert Duty.objects.get(kind="incidents.take", state="open").person == grace
        assert Duty.objects.get(kind="incidents.finish").state == "cancelled"
    with scope(federation.pk, grace.pk):
        handling.take(report=report_for(grace, report.pk, on=at.date()), by=grace, at=at)
        handling.open_report(report=report, by=grace, at=at)
        assert "Please ring the family." in [one.words.get("what") for one in steps_of(report)]


def test_its_words_are_read_with_as_many_questions_however_many_notes_there_are(told, at, same_queries):
    federation, sam, _cara = told
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        handling.take(report=report, by=sam, at=at)
        handling.open_report(report=report, by=sam, at=at)

        def more() -> None:
            for number in range(3):
                handling.note(report=report, by=sam, at=at, words=f"Rang the family, {number}.")

        assert same_queries(lambda: steps_of(report), more) == 3
        assert steps_of(report)[-1].words["what"] == "Rang the family, 2."


def test_it_is_never_handed_on_to_whom_it_may_be_about(told, at):
    federation, sam, _cara = told
    with scope(federation.pk, sam.pk):
        grace = someone("Grace Obi", "federation-leadership-team")
        report = wrong(at, about_people=[grace])
        handling.take(report=report, by=sam, at=at)
        with pytest.raises(BadInput) as refused:
            handling.hand_on(report=report, by=sam, at=at, to=grace)
        assert list(refused.value.fields) == ["to"]
        assert list(reports(grace, on=at.date())) == []


def test_the_safeguarding_lead_sees_all_but_what_may_be_about_them(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        dee = someone("Dee Lead")
        row = Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        # Not told of either: one certainly isn't about a child, the other may be about her.
        one = wrong(at, kinds=["copied"], answers={"child": "no"})
        about_dee = wrong(at, about_people=[dee])

        assert list(reports(dee, on=at.date())) == [one]
        Safeguarder.objects.filter(pk=row.pk).update(ended_at=at)
        assert list(reports(dee, on=at.date())) == []
        assert about_dee.state == "reported"


def test_a_holder_of_the_role_it_may_be_about_reads_neither_it_nor_its_decision(told, at):
    federation, sam, _cara = told
    with scope(federation.pk):
        report = wrong(at, kinds=["misuse"], about_roles=["slt"])
        other = wrong(at, kinds=["misuse"])

        assert list(reports(sam, on=at.date())) == [other]
        with pytest.raises(NotFound):
            decision_for(sam, report.decision, on=at.date())
        assert decision_for(sam, other.decision, on=at.date()).pk == other.decision


@pytest.mark.parametrize("to", ["closed", "not_for_us"])
def test_whoever_has_it_says_what_becomes_of_it_and_all_of_it_stays(told, at, to):
    federation, sam, _cara = told
    with scope(federation.pk, sam.pk):
        report = wrong(at, what="Tomos is called names.")
        end = handling.end_report if to == "not_for_us" else _closed
        with pytest.raises(NotAllowed):
            end(report=report, by=sam, at=at, words="It belongs to another school.")
        handling.take(report=report, by=sam, at=at)
        end(report=report, by=sam, at=at, words="It belongs to another school.")

        assert report.state == to
        assert Duty.objects.get(kind="incidents.finish").state == "discharged"
        assert steps_of(report)[0].words["what"] == "Tomos is called names."


def _closed(*, report, by, at, words):
    """Assess and conclude a concern in which nothing was found, and close it."""
    parent = {"key": "subject", "relation": "parent"}
    for stage, answers in (("assess", {"kinds": ["worry"], "subject": parent}), ("conclude", {"found": []})):
        casework.save_stage(report=report, by=by, at=at, stage=STAGES[stage], answers=answers)
    casework.close(report=report, by=by, at=at, words=words)


def test_that_it_is_not_for_us_needs_a_reason(told, at):
    federation, sam, _cara = told
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        handling.take(report=report, by=sam, at=at)
        with pytest.raises(BadInput):
            handling.end_report(report=report, by=sam, at=at, words=" ")


def test_what_a_leaver_had_is_gone_on_with_by_another_and_by_the_lead_at_any_time(told, at):
    federation, sam, _cara = told
    with scope(federation.pk):
        olga, dee = someone("Olga Other", "slt"), someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        first, second = wrong(at), wrong(at)
        for report in (first, second):
            handling.take(report=report, by=sam, at=at)

        handling.end_report(report=first, by=dee, at=at, words="It belongs to another school.")
        with pytest.raises(NotAllowed, match="The person dealing with this records the outcome"):
            handling.end_report(report=second, by=olga, at=at, words="It belongs to another school.")
        type(sam).objects.filter(pk=sam.pk).update(left_on=at.date())
        handling.end_report(report=second, by=olga, at=at, words="It belongs to another school.")

        assert [report.state for report in (first, second)] == ["not_for_us", "not_for_us"]


def test_a_concern_told_to_a_role_that_a_new_version_removes_goes_to_the_next_at_once(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        owner = Person.objects.get(name="Olive Owner")
        someone("Des Officer", "designated-safeguarding-officer")
        report = wrong(at, kinds=["child_saw"])
        data = plain(to_yaml(book("learn-to-live").pack).encode(), "text")
        role = next(one for one in data["roles"] if one["key"] == "designated-safeguarding-officer")
        role["key"] = "safeguarding-officer"
        made = start_version(by=owner, at=at, text=as_text(data))
        adopt_version(by=owner, at=at, version=made, adopted_on=at.date(), stated={}, before_us=True)
        assert [duty.role_key for duty in Duty.objects.filter(kind="incidents.take", state="open")] == [
            "designated-safeguarding-officer"
        ]

    for _twice in range(2):
        deliver_all(federation.pk, at)
        with scope(federation.pk):
            # Who led by the role leads on: the owner of the policy takes no lead out alone.
            assert whom(report, "went_up") == ["Des Officer"]
            tasks = Duty.objects.filter(kind="incidents.take").order_by("pk")
            assert [(duty.role_key, duty.person and duty.person.name, duty.state) for duty in tasks] == [
                ("designated-safeguarding-officer", None, "cancelled"),
                ("", "Des Officer", "open"),
            ]
            assert _go_up_where_role_ended(at) == 0


def _go_up_where_role_ended(at):
    found = told_to_an_ended_role(at=at)
    for pk in found:
        go_up_where_role_ended(at=at, report=Report.objects.get(pk=pk))
    return len(found)


def test_a_concern_told_to_a_role_that_stays_waits_its_time(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        report = wrong(at)
        assert _go_up_where_role_ended(at) == 0
        report.refresh_from_db()
        assert report.goes_up_at == at + HOUR


def test_a_concern_stays_with_those_who_were_told_where_no_one_else_can_be(told, at):
    federation, _sam, _cara = told
    with scope(federation.pk):
        wrong(at)
        Duty.objects.filter(kind="incidents.take").update(role_key="gone")
        assert _go_up_where_role_ended(at) == 1
        assert Duty.objects.get(kind="incidents.take").state == "open"
