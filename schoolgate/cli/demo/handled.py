"""One concern of each example is taken to its end: every stage that its policy has rules for, then closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.core.tenancy import scope
from schoolgate.incidents.actions import close, confirm_closing, open_report, save_stage, tell_body
from schoolgate.incidents.actions.supporting import check_back
from schoolgate.incidents.actions.two_seats import still_to_read
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.casefile import given_by
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_to_hand_on_to
from schoolgate.incidents.stages import stages_here
from schoolgate.incidents.states import BODIES
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.facts_read import words_read


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
