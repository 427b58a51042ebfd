"""Comments: judgments of other people's words, a person's own comment, a comment waiting for approval."""

from collections.abc import Iterable
from typing import Literal, get_args

from pydantic import Field

from schoolgate.rulebook.facts import Act, Facts, Instant, Name, Part, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

Fault = Literal[
    "against_terms",
    "against_house_rules",
    "against_trust_rules",
    "grossly_offensive",
    "endangers_young_person",
    "endangers_adult",
    "rude",
]


class Judged(Part):
    """A person's judgment, at an instant. `rule`: the key of the house rule that it is against.
    `of_this_version`: of the text as it is now (None: not known)."""

    what: Fault = Field(description=_("what was found"))
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))
    rule: Name | None = Field(None, description=_("which house rule the comment breaks"))
    of_this_version: Tri = Field(None, description=_("whether this version was judged"))


def found_to_be(judged: Iterable[Judged] | None) -> tuple[Fault, ...] | None:
    """Return what people found the current text to be; None where no one has looked at this version."""
    found = standing(judged, get_args(Fault))
    return None if found is None else tuple(one.what for one in found)


def standing(judged: Iterable[Judged] | None, faults: Iterable[str]) -> list[Judged] | None:
    """Return the current judgments on these faults, earliest first; None where no one has looked at this
    version."""
    if judged is None:
        return None
    all_of_them = list(judged)
    of_now = [one for one in all_of_them if one.of_this_version is True]
    if all_of_them and not of_now:
        return None  # it was changed since
    wanted = frozenset(faults)
    return sorted((one for one in of_now if one.what in wanted), key=lambda one: one.at)


class PolicyLink(Part, asked_of="office"):
    """Another policy that sets conduct, linked from the house rules. `works`: the link leads to it."""

    policy: Name = Field(description=_("which policy it is"))
    works: Tri = fact(_("whether the link works"), need="link_leads_somewhere")


@moment("comment.write", _("Writing on an account"), "conduct_shown other_conduct_shown", asks=Asks.ACT)
class CommentWrite(Facts, asked_of="office"):
    """`other_policies`: empty where the house rules link none."""

    house_rules_shown: Tri = fact(
        _("whether the rules of conduct are shown"),
        _("Are rules of conduct shown where comments are written?"),
        need="conduct_rules_shown",
    )
    other_policies: tuple[PolicyLink, ...] | None = fact(_("which other policies are linked"))


@moment(
    "comment.admit",
    _("Approving a comment"),
    "let_through friends_let_through never_let_through",
    asks=Asks.ACT,
)
class CommentAdmit(Act, asked_of="moderator"):
    """`by` is about to let it through. `judged`: empty where nothing is against it, None where no one
    looked."""

    from_friend: Tri = fact(
        _("whether the comment is from a friend of the site"), _("Is it from a friend of the site?")
    )
    judged: tuple[Judged, ...] | None = fact(
        _("someone’s judgement of this version"), need="judged_by_person"
    )

    @derived("judged_by_person", label=_("what people found wrong with the comment"))
    def faults(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What the current text was found to be; None where no one has looked at this version."""
        if self.judged is None:
            return None
        of_now = tuple(one.what for one in self.judged if one.of_this_version is True)
        return of_now if of_now or not self.judged else None
