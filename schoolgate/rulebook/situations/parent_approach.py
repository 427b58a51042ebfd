"""A parent wrote something offensive or unfitting. Is everything done before the matter is closed?"""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Attested, Day, Facts, Name, Part, Relation, Text, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Asked(Part):
    """The parent was asked, or invited, on a day. `outcome`: what came of it ("declined")."""

    on: Day | None = None
    outcome: Text | None = None

    @derived("asked_to_take_down", "handler")
    def dated(self, _facts: Facts) -> bool:
        """Whether the day is on record."""
        return self.on is not None


class Referral(Part):
    """The parent was sent the complaints procedure: whose, in which version, on which day."""

    on: Day | None = None
    version: Text | None = None
    procedure_of: Annotated[
        Name | None,
        Ask("own_schools_procedure", "handler", _("the complaints procedure of the parent's own school")),
    ] = None

    @derived("pointed_to_complaints", "handler")
    def complete(self, _facts: Facts) -> bool:
        """Whether day and version are on record."""
        return self.on is not None and bool(self.version)


class ParentApproach(Facts):
    """`writer_relation`: who wrote it. `offensive_or_unfitting`: somebody's judgment of what was written.

    `on_official_account`: it stands on an account of the school. `school`: whose parent it is. `asked`: to
    take it down, `invited`: to talk, `referrals`: to the complaints procedure; empty where none.
    `referral_needed`: whoever deals with it found that the parent has to be pointed to that procedure."""

    writer_relation: Annotated[Relation | None, Ask("relation", "handler")] = None
    offensive_or_unfitting: Annotated[
        Attested | None,
        Ask(
            "offensive_or_unfitting",
            "handler",
            _("is it offensive or unfitting?"),
            _("Do you judge it offensive or unfitting?"),
        ),
    ] = None
    on_official_account: Annotated[
        Tri,
        Ask(
            "on_official_account",
            "handler",
            _("whether it stands on an account of the school"),
            _("Does it stand on an account of the school?"),
        ),
    ] = None
    school: Annotated[
        Name | None, Ask("parents_school", "handler", _("which school the parent belongs to"))
    ] = None
    asked: Annotated[
        tuple[Asked, ...] | None,
        Ask("asked_to_take_down", "handler", _("whether the parent was asked to take it down")),
    ] = None
    invited: Annotated[
        tuple[Asked, ...] | None,
        Ask("invited_to_talk", "handler", _("whether the parent was invited to talk")),
    ] = None
    referral_needed: Annotated[
        Tri,
        Ask(
            "referral_needed",
            "handler",
            _("whether the parent has to be pointed to the complaints procedure"),
            _("Does the parent have to be pointed to the complaints procedure?"),
        ),
    ] = None
    referrals: Annotated[
        tuple[Referral, ...] | None,
        Ask("pointed_to_complaints", "handler", _("whether the parent was sent the complaints procedure")),
    ] = None


PARENT_APPROACH = Situation(
    key="parent.approach",
    title=_("What a parent wrote is dealt with"),
    facts=ParentApproach,
    points=points("asked_to_take_down invited_to_talk pointed_to_complaints"),
)
