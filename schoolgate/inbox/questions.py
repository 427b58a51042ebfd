"""Questions that only the person who answers can settle: one for each such fact of `item.answer`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from schoolgate.publishing.questions import Question

RELATIONS = (
    ("parent", _("A parent or carer")),
    ("pupil", _("A pupil")),
    ("staff", _("A colleague")),
    ("governor", _("A governor")),
    ("volunteer", _("A volunteer")),
    ("other", _("Someone else, or you don’t know")),
)

QUESTIONS: Mapping[str, Question] = {
    "to_relation": Question(_("Who wrote it?"), "choice", options=RELATIONS),
    "from_press": Question(_("Is it from the press?")),
    "asks_for_comment": Question(_("Does it ask for a comment to be published?")),
    "about_posts": Question(_("Is a journalist asking about posts?")),
    "media_policy_steps": Question(_("Have the steps in the media policy been followed?"), "attested"),
    "to_offensive": Question(_("Is the comment you’re replying to offensive?")),
    "about_school": Question(_("Is it about school matters?")),
    "in_doubt": Question(_("Are you unsure about your reply?")),
    "commits": Question(_("Does your reply promise anything in the school’s name?")),
}
"""By the fact's name. A page asks those that the policy in force needs."""

ASKED = frozenset(QUESTIONS) - {"to_relation", "media_policy_steps"}
"""The questions answered by yes, no or not stated."""

REMOVAL_QUESTIONS: Mapping[str, Question] = {
    "may_show_abuse": Question(_("Could it show the abuse of a child?")),
    "harmful": Question(_("Could someone come to harm because of it?")),
    "relation": Question(_("Who wrote it?"), "choice", options=RELATIONS),
    "without_asking": Question(_("Delete it before asking its author to?")),
}
"""Questions that only the moderator can answer about a comment to be removed: by the fact's name of
`item.remove`; who wrote it; and which comes first where the policy has its author asked."""
