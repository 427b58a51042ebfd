"""What comes in where no one looks for a concern (`people.outside`), and a safeguarding lead reads first,
becomes a concern of its own about the row in which it came, told at once like any other. Other words of the
same writer in the same place within minutes are added to it, so that putting it another way makes one concern
and not five."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.subjects import subject_of
from schoolgate.incidents import codes
from schoolgate.incidents.actions.adding import MOST_ADDED, add_words
from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.actions.reporting import LONGEST_PLACE, ReportContent, report_wrong
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import ENDED, StepKind
from schoolgate.people.outside import Incoming

AGAIN_SECONDS = 30 * 60
"""How long, at least, words in the same place are added to the same concern; at most twice as long."""


def hear_outside(found: Incoming, at: datetime) -> Report:
    """Make a concern of what came in, or add it to the one of the same writer in the same place; safe to run
    twice."""
    of = (subject_of(found.mark_of) if found.mark_of else "") + found.anew
    text, now = found.text[:LONGEST_WORDS], int(at.timestamp()) // AGAIN_SECONDS
    if not found.anew:
        mark = codes.mark_for(of)
    elif before := _from_there(of, now):
        if _is_open(before):
            add_words(before, text, at=at)
            return before
        mark = codes.mark_for(f"{of}@{now}:{text}")
    else:
        mark = codes.mark_for(f"{of}@{now}")
    return report_wrong(
        at=at,
        said_here=ReportContent(
            what=text, where=found.where[:LONGEST_PLACE], school=found.school, mark=mark,
            source=subject_of(found.row) if found.row else "", about_people=found.about,
        ),
    )  # fmt: skip


def _from_there(of: str, now: int) -> Report | None:
    marks = [codes.digest_of_mark(codes.mark_for(f"{of}@{when}")) for when in (now, now - 1)]
    return Report.objects.filter(once__in=marks).order_by("-pk").first()


def _is_open(report: Report) -> bool:
    """Return whether more can be added to a concern."""
    ended = report.state in ENDED or report.passed_at is not None or report.destroyed_at is not None
    return not ended and report.steps.filter(kind=StepKind.ADDED).count() < MOST_ADDED
