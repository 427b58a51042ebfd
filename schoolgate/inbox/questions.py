"""What only the person who answers can say: one question for each such fact of `item.answer`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from schoolgate.publishing.questions import Question

RELATIONS = (
    ("parent", _("A parent or carer")),
    ("pupil", _("A pupil")),
    ("staff", _("A colleague")),
    ("governor", _("A governor")),
    ("volunteer", _("A volunteer")),
    ("other", _("Somebody else, or you do not know")),
)

QUESTIONS: Mapping[str, Question] = {
    "to_relation": Question(_("Who wrote it?"), "choice", options=RELATIONS),
    "from_press": Question(_("Does it come from the press?")),
    "asks_for_comment": Question(_("Does it ask for a comment to be published?")),
    "about_posts": Question(_("Does a journalist ask about posts?")),
    "media_policy_steps": Question(_("Have the steps of the media policy been followed?"), "attested"),
    "to_offensive": Question(_("Is what you answer offensive?")),
    "about_school": Question(_("Is it about school matters?")),
    "in_doubt": Question(_("Are you in doubt about your answer?")),
    "commits": Question(_("Does your answer promise anything in the school's name?")),
}
"""By the fact's name. A page asks those that the policy in force needs."""

ASKED = frozenset(QUESTIONS) - {"to_relation", "media_policy_steps"}
"""Those that are a plain yes, no or not said."""

REMOVAL_QUESTIONS: Mapping[str, Question] = {
    "may_show_abuse": Question(_("Could it show the abuse of a child?")),
    "harmful": Question(_("Could somebody come to harm because of it?")),
}
"""What only the moderator can say of a comment that is to go, by the fact's name of `item.remove`."""
