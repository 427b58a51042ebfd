"""Somebody from outside is about to write on an account. Do they see what conduct is expected?"""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Facts, Name, Part, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class PolicyLink(Part):
    """Another policy that sets conduct, linked from the house rules. `works`: the link leads to it."""

    policy: Name
    works: Annotated[Tri, Ask("link_leads_somewhere", "office", _("whether the link works"))] = None


class CommentWrite(Facts):
    """`house_rules_shown`: the rules of conduct drawn from this policy stand where the comment is written.

    `other_policies`: further policies that the house rules link, empty where none."""

    house_rules_shown: Annotated[
        Tri,
        Ask(
            "conduct_rules_shown",
            "office",
            _("whether the rules of conduct are shown"),
            _("Do rules of conduct stand where comments are written?"),
        ),
    ] = None
    other_policies: Annotated[
        tuple[PolicyLink, ...] | None, Ask("other_policies", "office", _("which further policies are linked"))
    ] = None


COMMENT_WRITE = Situation(
    key="comment.write",
    title=_("Somebody is about to write on an account"),
    facts=CommentWrite,
    points=points("conduct_shown other_conduct_shown"),
)
