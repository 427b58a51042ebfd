"""Adding to a report: by its code or its reporter, and within limits."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import handling, queries, reporting
from schoolgate.incidents.models import Report
from schoolgate.incidents.reporting import MOST_ADDED
from tests.cast import someone
from tests.conftest import recorded
from tests.incidents.conftest import wrong

HOUR = timedelta(hours=1)


def test_by_its_code_a_visitor_adds_and_the_person_who_has_it_is_asked_to_read(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        mark = queries.new_mark()
        report, code = wrong(at, mark=mark), queries.as_written(queries.code_of(mark)).lower()
        reporting.add_to_report(report=report, at=at, words="It happened again.", code=code)
        assert not Duty.objects.filter(kind="incidents.read_added").exists()  # they read it when they take it
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at)
        for _twice in range(2):
            reporting.add_to_report(
                report=report, at=at + HOUR, words="And <script>again</script>.", code=code
            )
        duty = Duty.objects.get(kind="incidents.read_added")
        assert (duty.person, duty.state) == (sam, "open")
        handling.open_report(report=report, by=sam, at=at + HOUR)
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
                reporting.add_to_report(report=report, at=at, words="More.", **given)
        assert reporting.add_to_report(report=by_name, at=at, words="More.", reporter=cara).kind == "added"


def test_what_cannot_be_kept_is_refused_and_a_flood_ends(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        report = wrong(at, reporter=cara)
        for words in (" ", "x" * 2001, "a\x00"):
            with pytest.raises(BadInput):
                reporting.add_to_report(report=report, at=at, words=words, reporter=cara)
        for _number in range(MOST_ADDED):
            reporting.add_to_report(report=report, at=at, words="More.", reporter=cara)
        with pytest.raises(NotNow):
            reporting.add_to_report(report=report, at=at, words="More.", reporter=cara)
