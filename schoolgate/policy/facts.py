"""Rows of a policy's life as facts of the situations that are asked about it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import ValidationError

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import book_for, held_on, roles_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.practice import practice_facts
from schoolgate.rulebook.facts import Attested, Person
from schoolgate.rulebook.situations.policy import (
    Held,
    Looked,
    NewTool,
    PolicyAdopt,
    PolicyReview,
    PolicyStatus,
    PolicySuggest,
    Review,
)

Act = Literal["draft", "change", "hand_in", "put_in_force"]
STATED = ("issued", "last_reviewed", "authors", "names", "steps")
"""Fields that a version's record states and the situation takes unchanged."""


def acting(person: PersonRow, *, on: date) -> Person:
    """Return the person as facts have them, with the roles held on that day."""
    relation: Any = person.relation
    return Person(key=person_key(person.pk), relation=relation, roles=tuple(roles_of(person, on=on)))


def adopt_facts(
    act: Act, *, by: PersonRow, at: datetime, version: PolicyVersion | None, stated: Mapping[str, Any]
) -> PolicyAdopt:
    """Return the facts of a step in a version's making. `stated`: what its record states, by the names of
    STATED, and `direction_confirmed`, the governors' answer. Raises BadInput where a statement is none."""
    on = local_day(at)
    direction = stated.get("direction_confirmed")
    given: dict[str, Any] = {name: stated[name] for name in STATED if stated.get(name) not in (None, "")}
    if direction is not None:
        given["direction_confirmed"] = Attested(
            answer=direction, by=person_key(by.pk), at=at, of_this_version=True
        )
    if version is not None:
        given |= {
            "number": version.number,
            "text_as_issued": version.text is None,
            "changes_stated": bool(version.material_changes.strip()),
        }
    try:
        return PolicyAdopt(act=act, by=acting(by, on=on), now=at, holders=holders_on(by, on), **given)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise BadInput({field: error.errors()[0]["msg"]}) from None


def status_facts(version: PolicyVersion, *, at: datetime, by: PersonRow | None = None) -> PolicyStatus:
    """Return the status of the version in force: what its record states, its reviews since, and what is noted
    of how it works in practice; where someone asks, with the holders of the policy's roles."""
    stated = {name: version.stated[name] for name in ("issued", "last_reviewed") if version.stated.get(name)}
    reviews = tuple(
        Review(roles=(row.role,), on=row.on, by=person_key(row.by_id))
        for row in version.reviews.order_by("id")
        if row.role
    )
    return PolicyStatus(
        now=at,
        number=version.number,
        text_as_issued=version.text_id is None,
        reviews=reviews,
        holders=holders_on(by, local_day(at)) if by is not None else None,
        **practice_facts(),
        authorisation_signed=bool(version.scan) or None,
        **stated,
    )


def review_facts(
    looked: Mapping[str, Any], *, by: PersonRow, role: str, on: date, at: datetime
) -> PolicyReview:
    """Return the facts of a review that is recorded as done. `looked`: by the names of
    `reviewing.LOOKED`; who set it by need makes it one by need."""
    who, law, compared = person_key(by.pk), looked.get("law", ""), tuple(looked.get("compared_with") or ())
    tools = looked.get("new_tools") or {}
    return PolicyReview(
        by=acting(by, on=local_day(at)),
        now=at,
        act="close",
        kind="by_need" if looked.get("set_by") else "regular",
        set_by=tuple(looked.get("set_by") or (role,)),
        reason=looked.get("reason") or None,
        law=Looked(by=who, on=on, result=law) if law else None,
        practice=Looked(by=who, on=on, compared_with=compared) if compared else None,
        new_tools=tuple(NewTool(key=name, answered=said or None) for name, said in tools.items()),
    )


def suggest_facts(*, by: PersonRow, at: datetime, sent_to: str) -> PolicySuggest:
    """Return the facts of a suggestion; it goes to holders of one role, or has no addressee."""
    roles = (sent_to,) if sent_to else ()
    return PolicySuggest(kind="suggestion", by=acting(by, on=local_day(at)), now=at, sent_to=roles)


def holders_on(person: PersonRow, on: date) -> tuple[Held, ...]:
    """Return the holders of each of the policy's roles for the whole federation on a day."""
    names = book_for(person).role_names
    rows = RoleAssignment.objects.filter(held_on(on), scope_kind="federation", role_key__in=names)
    return tuple(
        Held(role=names[row.role_key], by=person_key(row.person_id), from_day=row.from_day, to_day=row.to_day)
        for row in rows.order_by("role_key", "person_id")
    )
