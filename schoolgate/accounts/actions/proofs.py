"""Open duties for what a decision still requires of an account's team. Called by actions."""

from datetime import datetime
from typing import Any

from schoolgate.accounts.ladders import deciders, role_key
from schoolgate.core.models import School
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.states import DUTY_OF, Attested
from schoolgate.rulebook import Decision
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.case import Case, Runner

_WANTED = {
    "has_read": Attested.POLICY_READ,
    "has_understood": Attested.POLICY_UNDERSTOOD,
    "trained": Attested.TRAINED,
}


def ask_for_proofs(
    decision: Decision,
    case: Case,
    policy: PolicyInForce,
    *,
    kept: DecisionRecord,
    school: School | None,
    at: datetime,
    account: int | None = None,
    place: tuple[str, Person] | None = None,
) -> None:
    """Open a duty for each proof that the decision misses.

    Reading and understanding are for the person concerned to confirm, training for the deciding role. No
    policy gives deadlines for these, so they have none. `place`: the person's place where it differs in the
    facts, "" where they alone are judged.
    """
    runners = case.people(decision.facts) or ()
    places = {f"will_run[{position}]": _number(one) for position, one in enumerate(runners)}
    people = Person.objects.in_bulk(list(places.values()))
    if place is not None:
        places[place[0]], people[place[1].pk] = place[1].pk, place[1]
    for finding in decision.findings:
        number = places.get(finding.about or "")
        if finding.kind is not Kind.REQUIRES or not finding.stands or number is None:
            continue
        for need in finding.needs:
            kind = _WANTED.get(need.what)
            if kind is None:
                continue
            given: dict[str, Any] = {
                "kind": DUTY_OF[kind],
                "account": account,
                "due": Due.none_promised(),
                "clauses": finding.clauses,
                "decision": kept,
                "at": at,
            }
            person = people[number]
            if kind is Attested.TRAINED:
                role = role_key(policy.book, deciders(policy.book)[0])
                open_duty(subject=person, role=role, school=school, **given)
            else:
                open_duty(subject=policy.version, person=person, **given)


def _number(runner: Runner) -> int:
    return int(runner.key.removeprefix("person-"))
