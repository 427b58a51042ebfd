"""Somebody has a private account, or wants one. May they, and what does that bring with it?"""

from schoolgate.rulebook.facts import Act
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "personal.account",
    _("Having a private account"),
    "free_to_have own_lines_blur own_responsible_use own_seen_as_part",
)
class PersonalAccount(Act):
    """`by`: whose private account it is, or would be."""
