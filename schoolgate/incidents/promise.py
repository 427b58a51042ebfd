"""What a school can tell a visitor beforehand: who will read a concern, and whether anyone is on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.models.directory import Country
from schoolgate.incidents.ladder import Around, ladder, named_by
from schoolgate.incidents.states import Whose
from schoolgate.people.leads import can_open
from schoolgate.people.queries import capacities
from schoolgate.people.safeguarding import safeguarders
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.rota.turns import Duty, on_duty, there_is_one
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.situations.incident_report import IncidentReport


@dataclass(frozen=True)
class Promise:
    """What holds at a school now, without a name. `roles`: the policy's own roles that are told at once;
    `lead`: whether a safeguarding lead or deputy is; `wales`: whether its terms are those of Wales;
    `there_is_anyone`: whether there is a
    person to tell; `until`: how long a person is on duty who may know of a concern, None where there is none;
    `has_rota`; `authorities`: whether the policy wants authorities told of some concerns."""

    roles: tuple[str, ...]
    lead: bool
    wales: bool
    there_is_anyone: bool
    until: datetime | None
    has_rota: bool
    authorities: bool


def promise(school: School, *, at: datetime) -> Promise:
    """Return what a visitor of a school's page can be told now."""
    on, book = local_day(at), book_in_scope()
    facts = IncidentReport(noticed_at=at, told=(), now=at)
    decision = verdict("incident.report", facts, on=on) if policy_or_none(on) is not None else None
    tellings = ladder(named_by(decision, book), book, Around(on=on, school=school, by=None))
    first = [one for rung in tellings[0] for one in rung.told] if tellings else []
    names = book.role_names
    can = can_open({pk for telling in tellings for rung in telling for pk in rung.people}, on=on)
    return Promise(
        roles=tuple(dict.fromkeys(names[one.role] for one in first if one.role in names)),
        lead=any(rung.whose is Whose.LAW and can & rung.people for rung in tellings[0])
        if tellings
        else False,
        wales=school.country == Country.WALES,
        there_is_anyone=bool(can),
        until=max((one.ends_at for one in _on_duty(school, at)), default=None),
        has_rota=there_is_one(),
        authorities=bool(book.at("incident.report", "authorities_told")),
    )


def whistleblowing(book: Book) -> tuple[Clause, ...]:
    """Return the policy's own clauses that speak of whistleblowing; empty where none does."""
    return tuple(
        one
        for one in book.clauses.values()
        if "whistleblow" in (one.wording or one.says).casefold().replace("-", "").replace(" blow", "blow")
    )


def _on_duty(school: School, at: datetime) -> list[Duty]:
    """Return who is on duty for the school and may know of concerns anyway."""
    on = local_day(at)
    leads = {person.pk for person in safeguarders(school, on=on)}
    return [
        one
        for one in on_duty(at).duties
        if one.covered
        and one.person is not None
        and one.rota.school_id in (school.pk, None)
        and (one.person.pk in leads or "see_incidents" in capacities(one.person, on=on, school=school))
    ]
