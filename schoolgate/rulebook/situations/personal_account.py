"""Somebody has a private account, or wants one. May they, and what does that bring with it?"""

from schoolgate.rulebook.facts import Act
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalAccount(Act):
    """`by`: whose private account it is, or would be."""


PERSONAL_ACCOUNT = Situation(
    key="personal.account",
    title=gettext_noop("Having a private account"),
    facts=PersonalAccount,
    points=points("free_to_have own_lines_blur own_responsible_use own_seen_as_part"),
)
