"""A parent wrote something offensive or unfitting. Is everything done before the matter is closed?"""

from schoolgate.rulebook.facts import Attested, Day, Facts, Name, Part, Relation, Text, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Asked(Part, asked_of="handler"):
    """The parent was asked, or invited, on a day. `outcome`: what came of it ("declined")."""

    on: Day | None = None
    outcome: Text | None = None

    @derived("asked_to_take_down")
    def dated(self, _facts: Facts) -> bool:
        """Whether the day is on record."""
        return self.on is not None


class Referral(Part, asked_of="handler"):
    """The parent was sent the complaints procedure: whose, in which version, on which day."""

    on: Day | None = None
    version: Text | None = None
    procedure_of: Name | None = fact(
        _("the complaints procedure of the parent's own school"), need="own_schools_procedure"
    )

    @derived("pointed_to_complaints")
    def complete(self, _facts: Facts) -> bool:
        """Whether day and version are on record."""
        return self.on is not None and bool(self.version)


@moment(
    "parent.approach",
    _("What a parent wrote is dealt with"),
    "asked_to_take_down invited_to_talk pointed_to_complaints",
)
class ParentApproach(Facts, asked_of="handler"):
    """`writer_relation`: who wrote it. `offensive_or_unfitting`: somebody's judgment of what was written.

    `on_official_account`: it stands on an account of the school. `school`: whose parent it is. `asked`: to
    take it down, `invited`: to talk, `referrals`: to the complaints procedure; empty where none.
    `referral_needed`: whoever deals with it found that the parent has to be pointed to that procedure."""

    writer_relation: Relation | None = fact(need="relation")
    offensive_or_unfitting: Attested | None = fact(
        _("is it offensive or unfitting?"), _("Do you judge it offensive or unfitting?")
    )
    on_official_account: Tri = fact(
        _("whether it stands on an account of the school"), _("Does it stand on an account of the school?")
    )
    school: Name | None = fact(_("which school the parent belongs to"), need="parents_school")
    asked: tuple[Asked, ...] | None = fact(
        _("whether the parent was asked to take it down"), need="asked_to_take_down"
    )
    invited: tuple[Asked, ...] | None = fact(
        _("whether the parent was invited to talk"), need="invited_to_talk"
    )
    referral_needed: Tri = fact(
        _("whether the parent has to be pointed to the complaints procedure"),
        _("Does the parent have to be pointed to the complaints procedure?"),
    )
    referrals: tuple[Referral, ...] | None = fact(
        _("whether the parent was sent the complaints procedure"), need="pointed_to_complaints"
    )
