"""A person is named to lead an investigation: the policy says whether they may be, and its answer is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.policy import knowing, taught
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.facts_knowing import entrust_facts
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.rulebook.situations.person_entrust import PersonEntrust


def check_lead_entrusted(
    report: Report, answers: Mapping[str, Any], *, before: Mapping[str, Any], by: Person, at: datetime
) -> None:
    """Ask person.entrust about a newly named lead of an investigation. Raises Refused."""
    policy = policy_or_none(local_day(at))
    lead = answers.get("lead")
    if not lead or lead == before.get("lead") or policy is None or not policy.book.bound("person.entrust"):
        return
    person = person_by_id(int(str(lead["key"]).rpartition("-")[2]))
    facts = entrusting_facts(person, policy, at=at)
    require(record_decision("person.entrust", facts, at=at, by=by, subject=report))


def entrusting_facts(person: Person, policy: PolicyInForce, *, at: datetime) -> PersonEntrust:
    """Return what is on record about a person who is to investigate."""
    on = local_day(at)
    said = knowing.answers({person.pk: person}, policy.version)
    facts = entrust_facts(
        person,
        "investigate",
        knowing.engagements({person.pk: person}).get(person.pk),
        taught.records_of(person),
        acknowledged=person.pk in said and said[person.pk].answer,
        manages=knowing.manages_others(person, on=on),
        on=on,
    )
    return facts.model_copy(update={"now": at})
