"""Somebody from outside is about to write on an account. Do they see what conduct is expected?"""

from schoolgate.rulebook.facts import Facts, Name, Part, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class PolicyLink(Part, asked_of="office"):
    """Another policy that sets conduct, linked from the house rules. `works`: the link leads to it."""

    policy: Name
    works: Tri = fact(_("whether the link works"), need="link_leads_somewhere")


@moment("comment.write", _("Somebody is about to write on an account"), "conduct_shown other_conduct_shown")
class CommentWrite(Facts, asked_of="office"):
    """`house_rules_shown`: the rules of conduct drawn from this policy stand where the comment is written.

    `other_policies`: further policies that the house rules link, empty where none."""

    house_rules_shown: Tri = fact(
        _("whether the rules of conduct are shown"),
        _("Do rules of conduct stand where comments are written?"),
        need="conduct_rules_shown",
    )
    other_policies: tuple[PolicyLink, ...] | None = fact(_("which further policies are linked"))
