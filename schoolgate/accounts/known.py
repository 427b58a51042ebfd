"""What the program knows of a proposal's answers before anyone gives them: a draft's form shows it filled in,
and who writes the proposal keeps or changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from schoolgate.accounts.models import Part, Proposal, ProposalState
from schoolgate.accounts.proposals import author_of
from schoolgate.networks.capabilities import OURS
from schoolgate.people.list_lines import LINE_MANAGER
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, holders_of_roles, line_managers
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint

HOST, HOST_NAME, OUR_SCHOOL = "host", "host.name", "school"
"""Who hosts a site, the host's name, and the host that is the school itself."""
RUNNING = {"administrators": Part.ADMINISTRATOR, "moderators": Part.MODERATOR}


def known_answers(
    proposal: Proposal, points: Iterable[FormPoint], book: Book, *, on: date
) -> Mapping[str, Any]:
    """Return what is known of these points and isn't answered yet; nothing once the proposal was sent."""
    if proposal.state != ProposalState.DRAFT:
        return {}
    found = {
        point.key: _known(point, proposal, book, on=on)
        for point in points
        if point.key not in proposal.answers
    }
    return {key: value for key, value in found.items() if value}


def _known(point: FormPoint, proposal: Proposal, book: Book, *, on: date) -> Any:
    match point.key:
        case "author":
            return proposal.by_id
        case "line_manager":
            managers = line_managers(author_of(proposal), LINE_MANAGER, on=on)
            return managers[0].pk if len(managers) == 1 else None
        case "department":
            return _said_before(proposal, point.key)
        case "host":
            return OUR_SCHOOL if proposal.network == OURS and proposal.school_id else ""
        case "administrators" | "moderators":
            people = _who_do(RUNNING[point.key], proposal, book, on=on)
            return [one.pk for one in people] if len(people) == point.minimum else []
        case _:
            return None


def _said_before(proposal: Proposal, key: str) -> Any:
    """Return the answer in the last proposal of the same person that has one."""
    others = Proposal.objects.filter(by=proposal.by, answers__has_key=key).exclude(pk=proposal.pk)
    return others.order_by("-saved_at", "-pk").values_list(f"answers__{key}", flat=True).first()


def _who_do(part: Part, proposal: Proposal, book: Book, *, on: date) -> list[Person]:
    """Return who has the role with the name of this part at the proposal's school; who administer, where
    no one has the moderators' and the administrators' role moderates too."""
    people = holders_of_roles([part], Where(proposal.school), on=on)
    moderating = {role.key for role in book.pack.roles_with("moderate")}
    if people or part != Part.MODERATOR or Part.ADMINISTRATOR not in moderating:
        return people
    return holders_of_roles([Part.ADMINISTRATOR], Where(proposal.school), on=on)


def named_by_choice(point: FormPoint, proposal: Proposal) -> FormPoint:
    """Return the point without the choices that say it themselves: the school that hosts has its name."""
    if point.key != HOST_NAME or proposal.school_id is None:
        return point
    kept = tuple(
        {key: tuple(one for one in values if (key, one) != (HOST, OUR_SCHOOL)) for key, values in way.items()}
        for way in point.required_if
    )
    return replace(point, required_if=tuple(way for way in kept if all(way.values())))


def with_what_choices_name(answers: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Return the answers with the school's name for the host, where it is the school."""
    if hosted_by_school(answers, proposal) and proposal.school is not None:
        return {**answers, HOST_NAME: proposal.school.name}
    return answers


def hosted_by_school(answers: Mapping[str, Any], proposal: Proposal) -> bool:
    """Return whether the host is the proposal's own school, so no one types its name."""
    return answers.get(HOST) == OUR_SCHOOL and proposal.school_id is not None
