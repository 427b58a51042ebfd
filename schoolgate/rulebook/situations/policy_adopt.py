"""A policy's text is drafted, changed, handed in or put in force. Who may, and what must stand on record?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Day, Facts, Name, Part, Person, Roles, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import DayOrMonth, Held


class Adopting(Part):
    """One step by which a version was adopted: what it was, by holders of which roles, on what day or month.

    `signed`: a signature is on file."""

    step: Literal["approved", "agreed", "authorised", "adopted"]
    roles: Roles = ()
    by: Name | None = None
    on: DayOrMonth | None = None
    signed: Tri = None


class PolicyAdopt(Facts):
    """`number`: the version. `text_as_issued`: it is the very text that this policy prints.

    `last_reviewed`: as the record of the version states it. `changes_stated`: it says what has changed since
    the version before. `direction_confirmed`: the governors' answer to whether it mirrors their direction.
    `names`: the names of the federation that the title and the text carry. `holders`: who holds which
    role."""

    act: Literal["draft", "change", "hand_in", "put_in_force"] | None = None
    by: Person | None = None
    number: Whole | None = None
    text_as_issued: Tri = None
    issued: Day | None = None
    last_reviewed: DayOrMonth | None = None
    authors: tuple[Name, ...] | None = None
    names: tuple[Name, ...] | None = None
    steps: tuple[Adopting, ...] | None = None
    changes_stated: Tri = None
    direction_confirmed: Attested | None = None
    holders: tuple[Held, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


POLICY_ADOPT = Situation(
    key="policy.adopt",
    title=gettext_noop("A version of the policy is drafted, changed or put in force"),
    facts=PolicyAdopt,
    points=points(
        """
        drafter approved_by authorised_by changes_stated last_review_stated direction_matched adopted_on
        issued_on version_number authors_named title_names answers_for change_any_time
        """
    ),
)
