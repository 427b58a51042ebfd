"""Concerns that people reported at the examples: each taken by a person who was told; one taken to its end,
with every stage that its policy has rules for; and a data breach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from schoolgate.breaches.cases import describe, judge_risk, open_breach, tell_authority, tell_people
from schoolgate.cli.demo.cast import Stage
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.core.tenancy import scope
from schoolgate.incidents import queries
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.casework import close, confirm_closing, given_by, save_stage, stages_here, tell_body
from schoolgate.incidents.handling import check_back, note, open_report, still_to_read, take
from schoolgate.incidents.keeping_out import mean_no_one
from schoolgate.incidents.models import BODIES, Report
from schoolgate.incidents.picture import SITUATION, answer_picture, picture_deleted, picture_told
from schoolgate.incidents.queries import people_to_hand_on_to, waiting
from schoolgate.incidents.reporting import ReportContent, add_to_report, report_wrong
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, roles_of
from schoolgate.people.safeguarding import leads
from schoolgate.policy.choices import choose_route, choose_time, leaves_route_open, times_left_open
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.facts_read import facts_read, words_read


def to_its_end(stage: Stage, report: Report, person: Person, *, end: str) -> None:
    """Answer what each stage asks under this policy, as the person who deals with it, and close it. `end`: a
    key of `ENDS`."""
    book = book_in_scope()
    about = {"parent": PARENT, "pupil": PUPIL}.get(end, {})
    second = None
    _read_by_other_seat(stage, report, person)
    with scope(person.federation.pk, person.pk):
        for one in stages_here(book, about.get("subject") or {"relation": "staff"}):
            at = stage.later(8)
            known = {**_answers(person, at=at), "handled_by": stage.schools[0].slug, **about}
            known |= _approached(stage, at) if end == "parent" else {}
            if end == "nothing":
                known |= NOTHING
                del known["kinds"], known["harmed"]
            if end == "worst":
                known |= _worst(stage, report, known, at=at)
                if one.key == "conclude":
                    tell_body(
                        report=report, by=person, at=at, body="police", told_at=at,
                        words="The threats, with their dates.", reference="NYP-20261109-7",
                    )  # fmt: skip
            answers = {name: known[name] for name in one.asks(book) if name in known}
            if "rank" in answers and "breach" in known["found"]:
                answers["rank"] = next(iter(words_read(book, one.situation, "rank")), None)
            words = SAID.get(one.key, "") if end == "breach" else ""
            save_stage(report=report, by=person, at=at, stage=one, answers=answers, words=words)
        at = stage.later(5)
        if end == "worst" or means_staff(report):
            second = next(iter(people_to_hand_on_to(report, by=person, on=local_day(at))))
        close(report=report, by=person, at=at, words=ENDS[end], second=second)
    if second is not None:
        with scope(person.federation.pk, second.pk):
            confirm_closing(report=report, by=second, at=stage.later(20))
    with scope(person.federation.pk, person.pk):
        check_back(report=report, by=person, at=stage.later(4))


def _read_by_other_seat(stage: Stage, report: Report, person: Person) -> None:
    """Have a concern about someone who wasn’t found read by someone in the other seat."""
    at = stage.later(3)
    for other in still_to_read(report, person, on=local_day(at))[:1]:
        with scope(other.federation.pk, other.pk):
            open_report(report=report, by=other, at=at)


def _approached(stage: Stage, at: datetime) -> dict[str, Any]:
    """Return what was done with a parent, each on its day."""
    day, school = local_day(at).isoformat(), stage.schools[0].slug
    return {
        "school": school,
        "on_official_account": False,
        "asked": [{"on": day, "outcome": "Taken down the same evening"}],
        "invited": [{"on": day, "outcome": "Comes in on Thursday"}],
        "referral_needed": True,
        "referrals": [{"on": day, "version": "September 2026", "procedure_of": school}],
    }


def _worst(stage: Stage, report: Report, known: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Return what is answered otherwise where conduct broke the policy and the law, and harmed names."""
    book, judged = book_in_scope(), known["unacceptable"]
    names = words_read(book, "incident.conclude", "harmed_reputations")
    governor = next(
        (one for one in stage.people.values() if one.relation == "governor"), stage.who("decider")
    )
    decided = given_by(governor, report, at=at, covers=names).model_dump(mode="json")
    return {
        "called_for": [{"who": "outside_body", "key": "the police", "brought_in": True}],
        "child_involved": True,
        "linked_policies": [{"name": "Child Protection Policy", "version": "September 2026"}],
        "access_asked": {"what": "password", "account": "registered", "bears_on_it": True},
        "judged": [
            {"what": what, "answer": judged} for what in words_read(book, "conduct.judge", "judged.what")
        ],
        "against": [
            {"policy": policy, "answer": judged, "version": "September 2026"}
            for policy in words_read(book, "conduct.judge", "against.policy")
        ],
        "found": ["breach", "unacceptable", "illegal"],
        "agencies": [{"body": body, "answer": "not_relevant"} for body in BODIES],
        "discipline": {**known["discipline"], "outcome": "dismissal"},
        "harmed_reputations": list(names),
        "body_decisions": [decided],
        "take_down_refused": True,
    }


PUPIL: dict[str, Any] = {
    "kinds": ["offensive"],
    "subject": {"key": "subject", "relation": "pupil"},
    "harmed": ["staff"],
    "found": ["unacceptable"],
    "rank": None,
    "discipline": None,
    "routes": ["behaviour_policy"],
}
"""What is answered otherwise about a pupil."""
PARENT: dict[str, Any] = {
    "kinds": ["offensive"],
    "subject": {"key": "subject", "relation": "parent"},
    "accused": False,
    "conduct_fell_short": False,
    "found": ["breach"],
    "listed_policy": False,
    "discipline": None,
    "routes": ["complaints_procedure"],
}
"""What is answered otherwise about a parent."""
NOTHING: dict[str, Any] = {
    "unacceptable": None,
    "called_for": [],
    "confidential_exposed": False,
    "reputation_at_risk": False,
    "breach": "none",
    "accused": False,
    "conduct_fell_short": False,
    "found": [],
    "listed_policy": False,
    "discipline": None,
    "rank": None,
}
"""What is answered otherwise where nothing was wrong."""
ENDS = {
    "breach": "Both have talked. It has stopped.",
    "parent": "The post is gone. They come in to talk.",
    "nothing": "Put right together within the hour.",
    "pupil": "The pupil has said sorry. The behaviour policy was followed.",
    "worst": "The police have it. The member of staff no longer works here.",
}
"""How a concern ends, by what was found, and what is written about it."""
SAID = {
    "assess": "It has gone on for two weeks. Two colleagues saw it.",
    "investigate": "Both were heard. The messages were shown on a phone; nothing was copied.",
    "conclude": "They apologised. A reminder of the policy went to the whole team.",
}


def _answers(person: Person, *, at: datetime) -> dict[str, Any]:
    """Return what was found, by fact: unkind messages from one member of staff to another."""
    me, when, on = person_key(person.pk), at.isoformat(), local_day(at).isoformat()
    judged = {"answer": True, "by": me, "at": when, "of_this_version": True}
    roles = roles_of(person, on=local_day(at), anywhere=True)
    lead = {"key": me, "relation": person.relation, "roles": roles}
    return {
        "kinds": ["offensive", "pestered"],
        "unacceptable": judged,
        "subject": {"key": "subject", "relation": "staff"},
        "broke": "conduct_code",
        "rank": "",
        "called_for": [{"who": "colleague", "key": "the business manager", "brought_in": True}],
        "harmed": ["staff"],
        "safeguarding_mark": False,
        "child_involved": False,
        "linked_policies": [],
        "set_aside_because": [],
        "confidential_exposed": True,
        "reputation_at_risk": True,
        "steps": [{"what": "removal", "by": me, "at": when}],
        "lead": lead,
        "breach": "actual",
        "begun": True,
        "investigation": {"findings_written": True, "ended": True},
        "accused": True,
        "access_log": True,
        "message_log": True,
        "help_asked": [{"what": "statement", "by_day": on, "given": True}],
        "access_asked": {"what": "login_details", "account": "registered", "bears_on_it": True},
        "conduct_fell_short": True,
        "manager_actions": [{"what": "reminder", "by": me, "on": on}],
        "judged": [{"what": "undermine", "answer": {**judged, "answer": False}}],
        "about": ["staff"],
        "against": [],
        "device": "school",
        "network": "school",
        "system": "none",
        "purpose": "private",
        "social_media": True,
        "at_work": True,
        "working_time": True,
        "with_pupils": False,
        "serves": "other",
        "documents_broken": [],
        "private_from_school": False,
        "excessive": judged,
        "hinders_duties": judged,
        "place": "in_school",
        "measure_disputed": False,
        "offensive_or_unfitting": judged,
        "marked_as_own_view": False,
        "with_permission": False,
        "found": ["breach", "unacceptable"],
        "listed_policy": True,
        "in_working_hours": False,
        "school_equipment": False,
        "escalation": {"to": [], "reason_given": True},
        "actions": [{"what": "reminder", "by": me, "on": on}],
        "in_house_owner": person.name,
        "in_house_outcome": True,
        "routes": ["disciplinary_policy"],
        "discipline": {"outcome": "disciplinary_action", "by": lead, "reasons": True},
        "harmed_reputations": [],
        "take_down_refused": False,
    }


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
        if report.about_unknown:
            _no_one_is_meant(stage, report)
        _dealt_with(stage, report, told, takers)
        if told.adds:
            add_to_report(report=report, at=stage.later(20), words=told.adds, code=queries.code_of(mark))
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


def _no_one_is_meant(stage: Stage, report: Report) -> None:
    """A lead, the first here, says that it's about no one who would be told."""
    at = stage.later(4)
    lead, *_others = leads(book_for(report), report.school, on=local_day(at))
    mean_no_one(report=report, by=lead, at=at)


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
