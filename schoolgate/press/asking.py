"""What the policy says about an enquiry: to which roles it goes, and whether a person may answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.duties.due import Due
from schoolgate.people.holding import holders
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdict
from schoolgate.policy.keeping import held_back_at
from schoolgate.policy.permitting import Lacking, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.press.facts import PERMITS, Act, enquiry_facts
from schoolgate.press.models import Enquiry
from schoolgate.press.rules import passed_to
from schoolgate.press.states import How
from schoolgate.rulebook import Decision

PASSED_ON = "pass_on"
QUESTIONS = ("asks_for_comment", "about_posts")
"""What only a person can say about an enquiry, by the fact's name."""


@dataclass
class Named:
    """The roles to which the policy wants an enquiry passed on, each with the clauses that say so, and until
    when."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    due: Due = field(default_factory=Due.none_promised)


def named_in(decisions: Iterable[Decision]) -> Named:
    """Return the roles that decisions name for passing it on; none where the policy names none."""
    keys = {role.name: role.key for role in book_in_scope().roles}
    found = Named()
    for decision in decisions:
        for duty in decision.duties:
            if duty.what != PASSED_ON:
                continue
            found.due = min(found.due, Due.of(duty.due), key=lambda due: due.last_instant)
            for one in decision.findings:
                if not one.stands or not set(one.clauses) & set(duty.clauses):
                    continue
                for name in one.args.get("roles", ()):
                    if name in keys:
                        before = found.roles.get(keys[name], ())
                        found.roles[keys[name]] = tuple(dict.fromkeys((*before, *one.clauses)))
    return found


def judged(
    enquiry: Enquiry,
    *,
    by: Person,
    at: datetime,
    act: Act,
    text: str = "",
    steps_taken: bool | None = None,
) -> Decision:
    """Return what the policy in force says about passing it on, or about this answer. Advice: not saved."""
    facts = enquiry_facts(
        enquiry, by=by, at=at, act=act, passed=passed_to(enquiry), text=text, steps_taken=steps_taken
    )
    return verdict("media.enquiry", facts, on=local_day(at))


def stops(decision: Decision) -> bool:
    """Return whether the decision stops the step."""
    return bool(held_back_at({k: str(v) for k, v in decision.points.items()}, str(decision.outcome), ()))


def still_asked(*decisions: Decision) -> list[str]:
    """Return the questions that a person has to answer, in their order, for the policy to go on."""
    needs = {
        need.what for decision in decisions for one in decision.findings if one.stands for need in one.needs
    }
    return [name for name in QUESTIONS if name in needs]


def lacking_of_statement(decision: Decision) -> list[Lacking]:
    """Return the permissions that a statement lacks and a role can give."""
    return lacking([decision], book_in_scope(), PERMITS)


def goes_to(school: School | None, *, by: Person, at: datetime) -> dict[str, list[Person]]:
    """Return the roles, by key, to which the policy would pass on what a journalist asks at this school, each
    with its holders; none where the policy names none."""
    coming = Enquiry(
        school=school, how=How.TELEPHONE, received_at=at, about_posts=True, asks_for_comment=True
    )
    facts = enquiry_facts(coming, by=by, at=at, act="pass_on", passed=())
    named = named_in([verdict("media.enquiry", facts, on=local_day(at))])
    return {role: holders(role, on=local_day(at), school=school) for role in named.roles}
