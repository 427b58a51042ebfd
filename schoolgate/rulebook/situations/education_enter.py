"""A lesson, a talk or a course is entered. Does it count as education or as training?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Relation
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class EducationEnter(Facts):
    """`for_whom`: whom it was for. `entered_under`: the heading under which it would be counted."""

    for_whom: Annotated[
        Relation | None, Ask("taught_to_whom", "office", _("whom the lesson or talk was for"))
    ] = None
    entered_under: Annotated[
        Literal["education", "training"] | None,
        Ask("heading", "office", _("the heading under which it counts")),
    ] = None


EDUCATION_ENTER = Situation(
    key="education.enter",
    title=_("A lesson or talk is entered"),
    facts=EducationEnter,
    points=points("counted_as_education"),
)
