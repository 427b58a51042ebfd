"""Build the facts of checks and candidate searches from rows. Sealed words stay sealed: facts only say that
they are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from schoolgate.core.clock import local_day
from schoolgate.core.holds import is_held
from schoolgate.core.subjects import person_key
from schoolgate.incidents.states import ENDED
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.knowing import answers, people_here
from schoolgate.policy.queries import in_force
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations.personal import PersonalWatch
from schoolgate.rulebook.situations.searches import Candidate as InShortlist
from schoolgate.rulebook.situations.searches import RecruitmentSearch
from schoolgate.rulebook.situations.systems import SystemsMonitor
from schoolgate.searches.models import CheckCopy, SystemCheck, Vacancy
from schoolgate.searches.states import Act, Purpose

SEALED = "sealed"
"""Stands in facts for words that are there and that a decision never shows."""


def watch_facts(check: SystemCheck, *, at: datetime, act: Literal["watch", "list"]) -> PersonalWatch:
    """Return the facts of a check that looks at what a person did on their own account: looking there, and
    having that in the list of checks."""
    return PersonalWatch(
        by=_person(check.by, at),
        act=act,
        refers=check.names_school,
        affects=check.affects_school,
    )


def monitor_facts(
    check: SystemCheck,
    *,
    at: datetime,
    act: Any = None,
    copy: CheckCopy | None = None,
    days: int | None = None,
    passed_on: frozenset[str] = frozenset(),
) -> SystemsMonitor:
    """Return the facts of a check, or of an act with one of its copies.

    Args:
        act: what is done now; None: the act that the check asks for.
        days: how long copies are stored here, as the federation chose it.
        passed_on: which of recipient, reason and legal basis were given.
    """
    on = local_day(at)
    doing = act or check.act
    return SystemsMonitor(
        by=_person(check.by, at),
        act=doing,
        object=check.target,
        of_staff=check.about is None or check.about.relation == "staff",
        on_systems=check.on_systems,
        when=check.done,
        # Schoolgate would do what it allows, and it never listens in on anything.
        by_program=doing in (Act.INTERCEPT, Act.KEYSTROKES),
        purpose=check.purpose,
        case_or_rule=SEALED if check.purpose == Purpose.RULES else None,
        business_need=SEALED if check.purpose == Purpose.BUSINESS else None,
        second_person=person_key(check.second_id) if check.agreed_at and check.second_id else None,
        policy_named=check.policy_named,
        policy_of=check.policy_of or None,
        notice_seen=_notice_seen(check, at=at),
        range_from=check.range_from,
        range_to=check.range_to,
        case_from=check.case_from,
        case_to=check.case_to,
        recipient=SEALED if "recipient" in passed_on else None,
        reason=SEALED if "reason" in passed_on else None,
        legal_basis=SEALED if "legal_basis" in passed_on else None,
        retention_days=days,
        copied_on=(local_day(copy.at) if copy else on) if days is not None else None,
        kept_for_case=_still_needed(check, copy),
        assessment_on=check.assessed_on,
        assessment_by=person_key(check.assessed_by_id) if check.assessed_by_id else None,
        on=on,
    )


def recruitment_facts(
    vacancy: Vacancy, *, by: Person, at: datetime, act: Any, planned: bool = False
) -> RecruitmentSearch:
    """Return the facts of a vacancy's searches. Candidates are numbers; their names stay sealed.

    `planned`: as they would be once everyone was searched for on the agreed terms.
    """
    on = local_day(at)
    rows = list(vacancy.candidates.order_by("number"))
    by_panel = vacancy.panel.filter(person=vacancy.searcher_id).exists()
    return RecruitmentSearch(
        by=_person(by, at),
        act=act,
        for_vacancy=True,
        informed=vacancy.told_on is not None and vacancy.told_on <= on,
        shortlist=tuple(
            InShortlist(
                key=f"candidate-{row.number}",
                searched=planned or row.searched_at is not None,
                same_terms=planned or bool(row.same_terms),
                by_panel=by_panel,
            )
            for row in rows
        ),
        on_shortlist=vacancy.on_shortlist,
        searched_for=len(rows),
        unsuccessful=any(not row.appointed for row in rows) if vacancy.decided_on else None,
        delete_on=vacancy.delete_on,
        on=on,
    )


def _person(person: Person, at: datetime) -> InFacts:
    relation: Any = person.relation
    roles = tuple(roles_of(person, on=local_day(at), anywhere=True))
    return InFacts(key=person_key(person.pk), relation=relation, roles=roles)


def _notice_seen(check: SystemCheck, *, at: datetime) -> bool:
    """Return whether the people checked have seen the notice of monitoring: it is in the policy that they
    acknowledged. Without a name: all staff."""
    on = local_day(at)
    people = (
        [check.about.pk]
        if check.about
        else list(people_here(on).filter(relation="staff").values_list("pk", flat=True))
    )
    said = answers(people, in_force(on).version)
    return all(one in said and said[one].answer for one in people)


def _still_needed(check: SystemCheck, copy: CheckCopy | None) -> bool:
    """Return whether a copy is needed for an open concern, or someone asked for it to be retained."""
    open_case = check.report is not None and check.report.state not in ENDED
    return open_case or (copy is not None and is_held(copy))
