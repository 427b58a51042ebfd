"""Somebody from outside is about to write on an account. Do they see what conduct is expected?"""

from schoolgate.rulebook.facts import Facts, Name, Part, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PolicyLink(Part):
    """Another policy that sets conduct, linked from the house rules. `works`: the link leads to it."""

    policy: Name
    works: Tri = None


class CommentWrite(Facts):
    """`house_rules_shown`: the rules of conduct drawn from this policy stand where the comment is written.

    `other_policies`: further policies that the house rules link, empty where none."""

    house_rules_shown: Tri = None
    other_policies: tuple[PolicyLink, ...] | None = None


COMMENT_WRITE = Situation(
    key="comment.write",
    title=gettext_noop("Somebody is about to write on an account"),
    facts=CommentWrite,
    points=points("conduct_shown other_conduct_shown"),
)
