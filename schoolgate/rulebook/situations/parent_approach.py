"""A parent wrote something offensive or unfitting. Is everything done before the matter is closed?"""

from schoolgate.rulebook.facts import Attested, Day, Facts, Name, Part, Relation, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Asked(Part):
    """The parent was asked, or invited, on a day. `outcome`: what came of it ("declined")."""

    on: Day | None = None
    outcome: Text | None = None


class Referral(Part):
    """The parent was sent the complaints procedure: whose, in which version, on which day."""

    on: Day | None = None
    version: Text | None = None
    procedure_of: Name | None = None


class ParentApproach(Facts):
    """`writer_relation`: who wrote it. `offensive_or_unfitting`: somebody's judgment of what was written.

    `on_official_account`: it stands on an account of the school. `school`: whose parent it is. `asked`: to
    take it down, `invited`: to talk, `referrals`: to the complaints procedure; empty where none.
    `referral_needed`: whoever deals with it found that the parent has to be pointed to that procedure."""

    writer_relation: Relation | None = None
    offensive_or_unfitting: Attested | None = None
    on_official_account: Tri = None
    school: Name | None = None
    asked: tuple[Asked, ...] | None = None
    invited: tuple[Asked, ...] | None = None
    referral_needed: Tri = None
    referrals: tuple[Referral, ...] | None = None


PARENT_APPROACH = Situation(
    key="parent.approach",
    title=gettext_noop("What a parent wrote is dealt with"),
    facts=ParentApproach,
    points=points("asked_to_take_down invited_to_talk pointed_to_complaints"),
)
