"""A policy's text is drafted, changed, handed in or put in force. Who may, and what must stand on record?"""

from typing import Literal

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    DayOrMonth,
    Facts,
    Name,
    Part,
    Person,
    Roles,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.policy_life import Held


class Adopting(Part):
    """One step by which a version was adopted: what it was, by holders of which roles, on what day or month.

    `signed`: a signature is on file."""

    step: Literal["approved", "agreed", "authorised", "adopted"]
    roles: Roles = ()
    by: Name | None = None
    on: DayOrMonth | None = None
    signed: Tri = None


@moment(
    "policy.adopt",
    _("A version of the policy is drafted, changed or put in force"),
    """drafter approved_by authorised_by changes_stated last_review_stated direction_matched adopted_on
    issued_on version_number authors_named title_names answers_for change_any_time""",
)
class PolicyAdopt(Act, asked_of="policy_owner", prefix="policy."):
    """`number`: the version. `text_as_issued`: it is the very text that this policy prints.

    `last_reviewed`: as the record of the version states it. `changes_stated`: it says what has changed since
    the version before. `direction_confirmed`: the governors' answer to whether it mirrors their direction.
    `names`: the names of the federation that the title and the text carry. `holders`: who holds which
    role."""

    act: Literal["draft", "change", "hand_in", "put_in_force"] | None = fact(
        _("what is to be done with the version or the review")
    )
    by: Person | None = fact(_("who is drafting it"), need="policy.policy_writer", of="office")
    number: Whole | None = None
    text_as_issued: Tri = fact(_("whether it is the issued text or a changed one"))
    issued: Day | None = None
    last_reviewed: DayOrMonth | None = None
    authors: tuple[Name, ...] | None = None
    names: tuple[Name, ...] | None = fact(
        _("the federation's name in each of its forms"), need="policy.federation_names"
    )
    steps: tuple[Adopting, ...] | None = fact(
        _("who has approved, agreed or authorised it"), need="policy.adoption_steps"
    )
    changes_stated: Tri = None
    direction_confirmed: Attested | None = fact(
        _("a confirmation that it mirrors the governors' direction"),
        of="governors_of_policy",
        say="adopt.direction_open",
    )
    holders: tuple[Held, ...] | None = fact(_("who has which role"), need="policy.role_holders", of="office")

    @derived("policy.policy_authors", _("who wrote it"))
    def author_number(self, _facts: Facts) -> int:
        """How many people are named as its authors."""
        return len(set(self.authors or ()))

    @derived("policy.policy_authors")
    def an_author_named(self, _facts: Facts) -> bool:
        """Whether anybody is named as its author."""
        return bool(self.authors)

    @derived("policy.adopted_on", _("the day or month of the adoption"))
    def adopted_on(self, _facts: Facts) -> str | None:
        """The day or month on which it was adopted."""
        return next((one.on for one in self.steps or () if one.step == "adopted" and one.on), None)
