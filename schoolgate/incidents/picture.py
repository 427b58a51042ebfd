"""A picture that a person here took by mistake: what the rules of the policy read of it, and what its taker
answered. The picture itself is never asked for, shown or stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from schoolgate.core.clock import local_day
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import reporter_in_facts, told_of
from schoolgate.people.queries import book_for
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook.facts_read import facts_read, words_read
from schoolgate.rulebook.situations.pictures import ImageTaken

TICK = "picture_by_mistake"
SITUATION = "image.taken"
KEPT = "picture"
"""The key in a report's answers below which those about the picture are stored."""
ASKED = ("found_at", "compromising", "could_be_misread", "copies_left", "told")
"""What the taker can be asked, in the order of the form."""


def asks(report: Report, *, at: datetime) -> tuple[str, ...]:
    """Return the facts that the taker is asked for: those that rules of the policy in force read. Empty for
    another report, one without a name, and a policy that says nothing of such pictures."""
    if TICK not in report.said or report.by is None or policy_or_none(local_day(at)) is None:
        return ()
    read = facts_read(book_for(report), SITUATION, report.by.relation)
    return tuple(name for name in ASKED if name in read)


def is_silent(report: Report, *, at: datetime) -> bool:
    """Return whether a person here reported such a picture under their name, and the policy in force says
    nothing of such pictures."""
    if TICK not in report.said or report.by is None or policy_or_none(local_day(at)) is None:
        return False
    return not asks(report, at=at)


def roles_to_tell(report: Report) -> tuple[str, ...]:
    """Return the roles that must be told about such a picture, in the policy's own words."""
    return words_read(book_for(report), SITUATION, "told")


def answers_of(report: Report) -> Mapping[str, Any] | None:
    """Return what the taker answered; None where they have not answered yet."""
    found: Mapping[str, Any] | None = report.answers.get(KEPT)
    return found


def picture_facts(report: Report, *, at: datetime, act: Literal["close_report"] | None = None) -> ImageTaken:
    """Return the facts of the picture. Someone of a role knows of it if the taker told them, or if they have
    read the report. `act`: closing the report."""
    on, answers = local_day(at), answers_of(report) or {}
    read = [role for one in told_of(report, at=at) if one.read for role in one.roles]
    stated = answers.get("told")
    return ImageTaken(
        now=at,
        by=reporter_in_facts(report, report.by, on=on),
        by_accident=True,
        act=act,
        found_at=answers.get("found_at") or report.reported_at,
        compromising=answers.get("compromising"),
        could_be_misread=answers.get("could_be_misread"),
        copies_left=answers.get("copies_left"),
        told=None if stated is None and not read else tuple(dict.fromkeys((*(stated or ()), *read))),
    )
