"""Somebody asks what the policy says to them. What are they told first?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Relation, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Topic = Literal[
    "look_up",
    "help",
    "new_use",
    "write_about_school",
    "lessons",
    "good_practice",
    "rules_for_me",
    "am_i_safe",
    "phone",
    "advice",
    "other",
]
"""What they ask about: looking something up, help when something went wrong, an idea of their own, writing
about the school, using it in lessons, good practice, the rules for them, whether keeping the rules is enough,
using a phone, practical advice."""


@moment(
    "guidance.ask",
    _("Somebody asks for guidance"),
    """entitled_to_know help_offered invited_to_try welcome_to_write use_in_lessons guidance_for_all
    common_practice practical_advice risks_remain example_to_pupils common_sense""",
)
class GuidanceAsk(Facts, asked_of="who_asks"):
    """`asker`: what the person who asks is to the school. `pages_found`: pages of help that were found;
    `adult_named`: somebody whom a pupil can ask is named beside them. `rules_found`: how many rules of the
    policy answer the question. `staff_found`: how many staff would be named in an application for an idea."""

    asker: Relation | None = fact(
        _("what the person who asks is to the school"), _("What are you to the school?")
    )
    topic: Topic | None = fact(_("what they ask about"), _("What do you want to know?"), need="asked_about")
    pages_found: Whole | None = None
    adult_named: Tri = fact(_("the name of an adult to ask"), need="adult_to_ask", of="office")
    staff_found: Whole | None = fact(_("how many members of staff would be named"), need="staff_named")
    rules_found: Whole | None = None

    @derived("pages_of_help", _("a page of help"), of="office")
    def help_found(self, _facts: Facts) -> bool | None:
        """Whether there is a page of help."""
        return None if self.pages_found is None else self.pages_found > 0

    @derived("asked_about")
    def no_rule_found(self, _facts: Facts) -> bool:
        """Whether the policy was looked through and no rule answers."""
        return self.rules_found == 0
