"""A lesson, a talk or a course is entered. Does it count as education or as training?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Relation
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EducationEnter(Facts):
    """`for_whom`: whom it was for. `entered_under`: the heading under which it would be counted."""

    for_whom: Relation | None = None
    entered_under: Literal["education", "training"] | None = None


EDUCATION_ENTER = Situation(
    key="education.enter",
    title=gettext_noop("A lesson or talk is entered"),
    facts=EducationEnter,
    points=points("counted_as_education"),
)
