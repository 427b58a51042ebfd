"""Concerns that people reported: each one taken by a person who was told, and kept with a note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from schoolgate.cli.demo.handled import to_its_end
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.incidents import codes
from schoolgate.incidents.actions import (
    ReportContent,
    add_to_report,
    answer_picture,
    note,
    open_report,
    picture_deleted,
    picture_told,
    report_wrong,
    take,
)
from schoolgate.incidents.models import Report
from schoolgate.incidents.picture import SITUATION
from schoolgate.incidents.queries import waiting
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.choices import choose_route, choose_time, leaves_route_open, times_left_open
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.facts_read import facts_read


@dataclass(frozen=True)
class Told:
    """A concern: what is said, what is ticked, what is answered. `inside`: by the writer, who gives their
    name; otherwise by a visitor. `adds`: what they add later; `did`: what the person who took it wrote
    down; `ends`: how it is closed."""

    what: str
    did: str
    kinds: tuple[str, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""
    inside: bool = True
    adds: str = ""
    ends: str = ""


TOLD = (
    Told(
        "Someone posted a family's address in the comments below the trip photos.",
        "The comment has been deleted. I have phoned the family.",
        ("private",),
        {"child": "yes", "harmed": ["parent"], "may_be_illegal": "no"},
        where="On the school's page",
        inside=False,
        adds="It has been shared in the parents' group as well.",
    ),
    Told(
        "A colleague makes fun of me in the staff chat, every day.",
        "I have talked to both of them and asked for screenshots.",
        ("abuse", "pestered"),
        {"done_by": "staff", "part": "suffered", "harmed": ["staff"], "child": "no", "first_happened": 9},
        ends="breach",
    ),
    Told(
        "A colleague makes fun of our caretaker in the staff chat.",
        "The caretaker has been asked what they want to happen.",
        ("abuse", "other"),
        {"done_by": "staff", "part": "saw", "harmed": ["staff"], "child": "no"},
        ends="breach",
    ),
    Told(
        "Someone has our password and posts adverts on the school's page.",
        "New password, all other logins ended.",
        ("taken_over", "misuse"),
        {
            "may_be_illegal": "yes",
            "breach": "discovered",
            "aimed_at_account": "yes",
            "put_right": "no",
            "child": "no",
        },
    ),
    Told(
        "I tagged the wrong school and I don't know whether to delete it.",
        "We deleted it together.",
        ("mistake", "unsure"),
        {"child": "no"},
        ends="nothing",
    ),
    Told(
        "A parent insults a teacher by name in a parents' group.",
        "The teacher knows. A screenshot is stored.",
        ("hurtful", "abuse"),
        {"done_by": "parent", "part": "saw", "harmed": ["staff"], "child": "no", "bad_light": "yes"},
        ends="parent",
    ),
    Told(
        "A pupil calls our receptionist names under our post about the fair.",
        "The comment is hidden. The receptionist knows.",
        ("hurtful",),
        {"done_by": "pupil", "part": "saw", "harmed": ["staff"], "child": "no"},
        ends="pupil",
    ),
    Told(
        "A colleague has threatened two of us online for months, and won't take it down.",
        "Both are at home. The governors know.",
        ("abuse", "targeted"),
        {"done_by": "staff", "part": "suffered", "harmed": ["staff"], "may_be_illegal": "yes", "child": "no"},
        ends="worst",
    ),
    Told(
        "A clip from our staff room makes fun of the school, and a colleague filmed it.",
        "The clip is gone.",
        ("hurtful",),
        {"done_by": "staff", "child": "no", "bad_light": "yes", "route": "whistleblowing"},
    ),
    Told(
        "A pupil keeps sending me messages on my own account.",
        "Reported to the safeguarding lead. The family knows.",
        ("pupil_wrote", "child_written_to"),
        {"child_is_family": "no"},
    ),
)
"""In the order of the story. A number as an answer: so many days before."""


PICTURE = Told(
    "I held the camera up too early on sports day. Someone is still getting changed in the picture.",
    "Every copy is deleted. We now unpack the cameras on the field.",
    ("picture_by_mistake",),
    {"child": "no"},
)
"""Told where the policy speaks of pictures taken by mistake."""


def somebody_says(stage: Stage) -> None:
    """Make the federation's choices that its policy leaves open, and tell the concerns."""
    _choose(stage)
    takers = _assessors_first(stage)
    for number, told in enumerate(TOLD, start=1):
        mark = f"story of {stage.key}, {number}"
        report = _tell(stage, told, mark=mark)
        _dealt_with(stage, report, told, takers)
        if told.adds:
            add_to_report(report=report, at=stage.later(20), words=told.adds, code=codes.code_of(mark))
    if facts_read(book_in_scope(), SITUATION, "staff"):
        _takes_a_picture(stage, takers)


def _takes_a_picture(stage: Stage, takers: Sequence[Person]) -> None:
    """The writer reports it, answers what is asked, and has deleted it and told the right person before
    anyone reads the concern."""
    writer = stage.who("writer")
    report = _tell(stage, PICTURE, mark=f"story of {stage.key}, a picture")
    answers = {"compromising": True, "could_be_misread": True, "copies_left": ["device"], "told": []}
    answer_picture(report=report, reporter=writer, at=stage.later(2), answers=answers)
    picture_deleted(report=report, by=writer, at=stage.later(3))
    picture_told(report=report, reporter=writer, at=stage.later(6))
    _dealt_with(stage, report, PICTURE, takers)


def _choose(stage: Stage) -> None:
    book, owner = book_in_scope(), stage.people[stage.cast.first.key]
    for what in times_left_open(book):
        at = stage.later(1)
        choose_time(by=owner, at=at, what=what, number=30, unit="minutes", from_day=local_day(at))
    if leaves_route_open(book):
        at = stage.later(1)
        choose_route(by=owner, at=at, here=True, from_day=local_day(at))


def _tell(stage: Stage, told: Told, *, mark: str) -> Report:
    at = stage.later(35)
    answers = {
        name: local_day(at) - timedelta(days=said) if isinstance(said, int) else said
        for name, said in told.answers.items()
    }
    return report_wrong(
        at=at,
        said_here=ReportContent(
            what=told.what,
            where=told.where,
            danger="no",
            kinds=told.kinds,
            answers=answers,
            school=stage.schools[0],
            mark=mark,
        ),
        reporter=stage.who("writer") if told.inside else None,
    )


def _dealt_with(stage: Stage, report: Report, told: Told, takers: Sequence[Person]) -> None:
    """Have the first person who was told take it and deal with it."""
    took_at = stage.later(12)
    for person in takers:
        if waiting(person, on=local_day(took_at)).filter(pk=report.pk).exists():
            take(report=report, by=person, at=took_at)
            open_report(report=report, by=person, at=took_at)
            note(report=report, by=person, at=stage.later(9), words=told.did)
            if told.ends and (told.ends != "parent" or book_in_scope().bound("parent.approach")):
                to_its_end(stage, report, person, end=told.ends)
            return


def _assessors_first(stage: Stage) -> list[Person]:
    """Return the people of the story, first those who assess concerns under the policy."""
    names = set(book_in_scope().roles_at("incident.assess", "first_assessment"))
    on = local_day(stage.clock)
    return sorted(stage.people.values(), key=lambda one: not names & set(roles_of(one, on=on, anywhere=True)))
