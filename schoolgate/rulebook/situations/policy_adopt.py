"""A policy's text is drafted, changed, handed in or put in force. Who may, and what must stand on record?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import (
    Act,
    Ask,
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
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Held


class Adopting(Part):
    """One step by which a version was adopted: what it was, by holders of which roles, on what day or month.

    `signed`: a signature is on file."""

    step: Literal["approved", "agreed", "authorised", "adopted"]
    roles: Roles = ()
    by: Name | None = None
    on: DayOrMonth | None = None
    signed: Tri = None


class PolicyAdopt(Act):
    """`number`: the version. `text_as_issued`: it is the very text that this policy prints.

    `last_reviewed`: as the record of the version states it. `changes_stated`: it says what has changed since
    the version before. `direction_confirmed`: the governors' answer to whether it mirrors their direction.
    `names`: the names of the federation that the title and the text carry. `holders`: who holds which
    role."""

    act: Annotated[
        Literal["draft", "change", "hand_in", "put_in_force"] | None,
        Ask("policy.act", "policy_owner", _("what is to be done with the version or the review")),
    ] = None
    by: Annotated[Person | None, Ask("policy.policy_writer", "office", _("who is drafting it"))] = None
    number: Whole | None = None
    text_as_issued: Annotated[
        Tri, Ask("policy.text_as_issued", "policy_owner", _("whether it is the issued text or a changed one"))
    ] = None
    issued: Day | None = None
    last_reviewed: DayOrMonth | None = None
    authors: tuple[Name, ...] | None = None
    names: Annotated[
        tuple[Name, ...] | None,
        Ask("policy.federation_names", "policy_owner", _("the federation's name in each of its forms")),
    ] = None
    steps: Annotated[
        tuple[Adopting, ...] | None,
        Ask("policy.adoption_steps", "policy_owner", _("who has approved, agreed or authorised it")),
    ] = None
    changes_stated: Tri = None
    direction_confirmed: Annotated[
        Attested | None,
        Ask(
            "policy.direction_confirmed",
            "governors_of_policy",
            _("a confirmation that it mirrors the governors' direction"),
            say="adopt.direction_open",
        ),
    ] = None
    holders: Annotated[
        tuple[Held, ...] | None, Ask("policy.role_holders", "office", _("who has which role"))
    ] = None

    @derived("policy.policy_authors", "policy_owner", _("who wrote it"))
    def author_number(self, _facts: Facts) -> int:
        """How many people are named as its authors."""
        return len(set(self.authors or ()))

    @derived("policy.policy_authors", "policy_owner")
    def an_author_named(self, _facts: Facts) -> bool:
        """Whether anybody is named as its author."""
        return bool(self.authors)

    @derived("policy.adopted_on", "policy_owner", _("the day or month of the adoption"))
    def adopted_on(self, _facts: Facts) -> str | None:
        """The day or month on which it was adopted."""
        return next((one.on for one in self.steps or () if one.step == "adopted" and one.on), None)


POLICY_ADOPT = Situation(
    key="policy.adopt",
    title=_("A version of the policy is drafted, changed or put in force"),
    facts=PolicyAdopt,
    points=points(
        """
        drafter approved_by authorised_by changes_stated last_review_stated direction_matched adopted_on
        issued_on version_number authors_named title_names answers_for change_any_time
        """
    ),
)
