"""The permissions that a post or a reply lacks, ready for its page: a button for each, or who has the
request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Lacking, Place, asked_about, who_can_give
from schoolgate.policy.states import STILL_ASKED
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.wording import point_label

MOST_NAMES = 3


@dataclass(frozen=True)
class ShownAsk:
    """One permission that is lacking, or was asked for.

    `whom`: the roles with their holders' names. `asked`: the request about the current text; `lacks`: whether
    the policy waits for it now; `advised`: it may go ahead without. `opens`: the
    visitor may open the request.
    """

    covers: str
    title: str
    whom: Sequence[str]
    asked: PermissionAsked | None
    lacks: bool
    advised: bool = False
    opens: bool = False

    @property
    def can_ask(self) -> bool:
        """Whether the author may ask now: no one has the request, and there is someone to ask."""
        return self.lacks and bool(self.whom) and (self.asked is None or self.asked.state not in STILL_ASKED)

    @property
    def waits(self) -> bool:
        """Whether someone still has to answer."""
        return self.asked is not None and self.asked.state in STILL_ASKED


@dataclass(frozen=True)
class ShownAsks:
    """What is lacking or was asked for (`wanted`), and what the policy only advises to ask for."""

    wanted: Sequence[ShownAsk]
    advised: Sequence[ShownAsk]


def asks_shown(
    about: Model, lacking: Sequence[Lacking], place: Place, *, asker: Person, digest: str, visit: Visit
) -> ShownAsks:
    """Return what is lacking and what was asked about a thing, each with who can give it. `digest`: of the
    current text; a request about another text counts no more."""
    known = {
        covers: row
        for covers, row in asked_about(about).items()
        if row.covers in (covers, f"{covers}:{digest}")
    }
    wanted = {one.covers: one for one in lacking}
    if not known and not wanted:
        return ShownAsks([], [])
    book = book_of(visit.federation)
    roles = [role for one in wanted.values() for role in one.roles]
    roles += [role for row in known.values() for role in row.roles]
    holders = who_can_give(dict.fromkeys(roles), place, asker=asker, on=visit.on, about=known.values())
    found = []
    for covers in dict.fromkeys((*wanted, *known)):
        lacks, asked = wanted.get(covers), known.get(covers)
        asks = asked.roles if asked is not None else lacks.roles if lacks is not None else ()
        point = lacks.point if lacks is not None else asked.point if asked is not None else ""
        found.append(
            ShownAsk(
                covers,
                point_label(point),
                whom(asks, holders, book),
                asked,
                lacks is not None,
                opens=asked is not None
                and (
                    visit.person.pk in (asked.asked_by_id, asked.answered_by_id)
                    or any(visit.person in holders.get(role, ()) for role in asks)
                ),
                advised=asked is None and lacks is not None and lacks.advised,
            )
        )
    return ShownAsks(
        [one for one in found if not one.advised], [one for one in found if one.advised and one.can_ask]
    )


def whom(roles: Sequence[str], holders: dict[str, list[Person]], book: Book) -> list[str]:
    """Return these roles in the policy's words, those with few holders with their names."""
    found = []
    for role in roles:
        people = holders.get(role, [])
        if people:
            name = book.role_names.get(role, role)
            names = ", ".join(each.name for each in people)
            found.append(f"{name} ({names})" if len(people) <= MOST_NAMES else name)
    return found
