"""What comes later and names the person who deals with a concern takes it from them at once, and the others
are told: whether they deal with it, have closed it, were to close it, or had it to themselves."""

from datetime import timedelta

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, keeping_out, passing_on, queries, reporting
from schoolgate.incidents.models import Reader, Report
from schoolgate.incidents.queries import reports
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.models import Person
from tests.cast import give, someone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def staffed(under, at):
    """Llanidloes: the head Olive Owner, the lead Carys Owen, the deputy Tom Hale, the chair Alun Rees."""
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        carys, tom = someone("Carys Owen", "staff"), someone("Tom Hale", "staff")
        someone("Alun Rees", "chair-of-governing-body")
        Safeguarder.objects.create(place="lead", person_id=carys.pk, since=at)
        Safeguarder.objects.create(place="deputy", person_id=tom.pk, since=at)
    return federation


def _by(name: str) -> Person:
    return Person.objects.get(name=name)


def _made(at, **given) -> tuple[Report, str]:
    said = ReportContent(what="It is about a club.", mark=queries.new_mark(), **given)
    return report_wrong(at=at, said_here=said), queries.code_of(said.mark)


def _dealt_with(federation, at, name: str, then=None) -> tuple[Report, str]:
    with scope(federation.pk):
        report, code = _made(at)
        person = _by(name)
    with scope(federation.pk, person.pk):
        handling.take(report=report, by=person, at=at + MINUTE)
        handling.open_report(report=report, by=person, at=at + MINUTE)
        if then is not None:
            then(report, person)
    return report, code


def _add(federation, report: Report, code: str, words: str, at) -> None:
    with scope(federation.pk):
        report.refresh_from_db()
        reporting.add_to_report(report=report, at=at, words=words, code=code)
        report.refresh_from_db()


def asked(report: Report) -> set[str]:
    """Return who has an open task about a report, by name."""
    duties = Duty.objects.filter(subject=f"incidents.report:{report.pk}", state="open")
    return {one.person.name for one in duties.select_related("person") if one.person}


WHEN = {
    "taken": None,
    "not for us": lambda report, by: handling.end_report(
        report=report, by=by, at=report.reported_at + 2 * MINUTE, words="It isn’t ours."
    ),
}
"""What the person who deals with it has done by then."""


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("words", ["Mr Hale helped her do it", "It was Tom", "y person diogelu wnaeth e"])
def test_it_is_taken_from_a_person_who_is_named_and_the_others_are_told(staffed, at, when, words):
    report, code = _dealt_with(staffed, at, "Tom Hale", WHEN[when])
    if "diogelu" in words:
        with scope(staffed.pk):
            Safeguarder.objects.filter(person_id=_by("Tom Hale").pk).update(ended_at=at)
            Safeguarder.objects.filter(person_id=_by("Carys Owen").pk).update(person_id=_by("Tom Hale").pk)
            Safeguarder.objects.create(place="deputy", person_id=_by("Carys Owen").pk, since=at)
    _add(staffed, report, code, words, at + 5 * MINUTE)
    with scope(staffed.pk):
        tom = _by("Tom Hale")
        assert report.state == "handed_on"
        assert not reports(tom, on=at.date()).filter(pk=report.pk).exists()
        assert not Reader.objects.filter(report=report, person=tom, ended_at=None).exists()
        assert "Tom Hale" not in asked(report)
        assert asked(report) & {"Carys Owen", "Olive Owner", "Alun Rees"}
        assert report.steps.filter(kind="named", person=tom).exists()
    with scope(staffed.pk):
        other = next(one for one in Person.objects.all() if one.name in asked(report))
    with scope(staffed.pk, other.pk):
        handling.take(report=report, by=other, at=at + 6 * MINUTE)


def test_someone_else_who_is_named_takes_nothing_from_the_person_who_deals_with_it(staffed, at):
    report, code = _dealt_with(staffed, at, "Tom Hale")
    _add(staffed, report, code, "It was Mrs Owen", at + 5 * MINUTE)
    with scope(staffed.pk):
        assert (report.state, report.taken_by.name) == ("taken", "Tom Hale")
        assert not reports(_by("Carys Owen"), on=at.date()).filter(pk=report.pk).exists()


def test_where_the_only_leads_it_is_kept_to_are_named_others_are_told(staffed, at):
    keep = lambda report, by: casework.restrict(report=report, by=by, at=at + 2 * MINUTE)  # noqa: E731
    report, code = _dealt_with(staffed, at, "Tom Hale", keep)
    _add(staffed, report, code, "Tom and Mrs Owen helped her do it", at + 5 * MINUTE)
    with scope(staffed.pk):
        assert report.restricted_at is None
        assert not asked(report) & {"Tom Hale", "Carys Owen"}
        assert report.steps.filter(kind__in=["told", "went_up"], at=at + 5 * MINUTE).exists()
        assert reports(_by("Olive Owner"), on=at.date()).filter(pk=report.pk).exists()


def test_a_person_it_was_passed_to_who_is_named_is_asked_no_longer(staffed, at):
    with scope(staffed.pk):
        tom = _by("Tom Hale")
    pass_on = lambda report, by: handling.hand_on(report=report, by=by, at=at + 2 * MINUTE, to=tom)  # noqa: E731
    report, code = _dealt_with(staffed, at, "Carys Owen", pass_on)
    _add(staffed, report, code, "It was Tom", at + 5 * MINUTE)
    with scope(staffed.pk):
        assert asked(report) == {"Carys Owen"} | (asked(report) - {"Tom Hale"})
        assert "Tom Hale" not in asked(report)


def test_what_was_passed_to_another_system_is_taken_from_who_is_named_and_told_to_others(staffed, at):
    gone = lambda report, by: passing_on.mark_as_passed(  # noqa: E731
        report=report, by=by, at=at + 2 * MINUTE, system="CPOMS", reference="17"
    )
    report, code = _dealt_with(staffed, at, "Tom Hale", gone)
    _add(staffed, report, code, "Mr Hale helped her do it", at + 5 * MINUTE)
    with scope(staffed.pk):
        tom, new = _by("Tom Hale"), Report.objects.exclude(pk=report.pk).get()
        assert not reports(tom, on=at.date()).exists()
        assert "Carys Owen" in asked(new)


def test_an_appeal_that_names_a_reader_keeps_them_out_and_a_name_let_in_before_is_kept_out_again(staffed, at):
    report, code = _dealt_with(staffed, at, "Carys Owen", WHEN["not for us"])
    with scope(staffed.pk):
        carys, tom = _by("Carys Owen"), _by("Tom Hale")
    with scope(staffed.pk, carys.pk):
        report.refresh_from_db()
        casework.reopen(report=report, by=carys, at=at + 3 * MINUTE, words="Her dad says Mr Hale did it.")
        assert not reports(tom, on=at.date()).exists()
        keeping_out.may_know(
            report=report, by=carys, at=at + 4 * MINUTE, person=tom, words="It means another Hale."
        )
        assert reports(tom, on=at.date()).exists()
    _add(staffed, report, code, "I said it was Mr Hale who teaches us", at + 5 * MINUTE)
    with scope(staffed.pk):
        assert not reports(tom, on=at.date()).exists()


def test_whoever_gets_a_role_later_whose_title_was_in_the_words_is_meant_too(staffed, at):
    with scope(staffed.pk):
        new, later = at.date(), at + 9 * MINUTE
        report = report_wrong(
            at=at,
            said_here=ReportContent(
                what="The chair of governors sends me rude pictures.", mark=queries.new_mark()
            ),
        )
        gwen = someone("Gwen Hughes", "staff")
        Safeguarder.objects.create(place="deputy", person_id=gwen.pk, since=at)
        assert reports(gwen, on=new).filter(pk=report.pk).exists()
        give(gwen, "chair-of-governing-body")
        assert not reports(gwen, on=new).filter(pk=report.pk).exists()
        carys = _by("Carys Owen")
    with scope(staffed.pk, carys.pk):
        keeping_out.may_know(report=report, by=carys, at=later, person=gwen, words="She came afterwards.")
        assert reports(gwen, on=new).filter(pk=report.pk).exists()
