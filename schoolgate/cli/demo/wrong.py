"""Something that a visitor says is wrong, taken by one of those who were told, and kept."""

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.incidents.actions import (
    ReportContent,
    note,
    open_report,
    report_wrong,
    take,
)
from schoolgate.incidents.queries import waiting


def somebody_says(stage: Stage) -> None:
    """Add a concern: a parent finds something private on a page, and the person who takes it writes down what
    was done."""
    report = report_wrong(
        at=stage.later(35),
        said_here=ReportContent(
            what="Someone posted a family's address in the comments below the trip photos.",
            where="On the school's page",
            danger="no",
            kinds=["private"],
            school=stage.schools[0],
            mark=f"story of {stage.key}, first",
        ),
    )
    took_at = stage.later(12)
    for person in stage.people.values():
        if waiting(person, on=local_day(took_at)).filter(pk=report.pk).exists():
            take(report=report, by=person, at=took_at)
            open_report(report=report, by=person, at=took_at)
            note(
                report=report,
                by=person,
                at=stage.later(9),
                words="The comment has been deleted. I have phoned the family.",
            )
            return
