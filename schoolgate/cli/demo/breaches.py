"""A data breach that came in as a concern: recorded, described, the ICO told in time, the family told."""

from datetime import timedelta

from schoolgate.breaches.cases import describe, judge_risk, open_breach, tell_authority, tell_people
from schoolgate.cli.demo.stage import Stage
from schoolgate.incidents.models import Report

TOLD_IN = "wootton"
"""The federation whose story it is part of."""
WHAT = "Someone posted a family's address in the comments below the trip photos. It was there for an hour."


def records_breach(stage: Stage) -> None:
    """Record the family's address in the comments as a data breach, by who dealt with the concern."""
    report = Report.objects.select_related("taken_by", "school").order_by("pk").first()
    if stage.key != TOLD_IN or report is None or report.taken_by is None:
        return
    by = report.taken_by
    breach = open_breach(
        by=by,
        at=stage.later(4),
        what=WHAT,
        aware_at=report.reported_at,
        happened_at=report.reported_at - timedelta(minutes=30),
        report=report,
    )
    describe(
        breach=breach,
        by=by,
        at=stage.later(20),
        details={
            "what": WHAT,
            "found": "A parent reported it.",
            "before": "Comments are read twice a day.",
            "data": ["basic", "location"],
            "records": 1,
            "whose": ["children", "parents"],
            "people": 4,
            "children": 2,
            "consequences": "Strangers could find the family's home.",
            "measures": "The comment was deleted, and the family was telephoned.",
            "prevention": "Comments on this account are now shown after a check.",
        },
    )
    why = "Two young children live there, and the comment was public."
    judge_risk(breach=breach, by=by, at=stage.later(10), risk="high", why=why)
    told_at = stage.later(55)
    tell_authority(breach=breach, by=by, at=told_at, told_at=told_at, reference="IC-000000-X0X0")
    tell_people(
        breach=breach, by=by, at=stage.later(5), told_at=stage.clock, how="By telephone, then by letter."
    )
