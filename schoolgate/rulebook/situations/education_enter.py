"""A lesson, a talk or a course is entered. Does it count as education or as training?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Relation, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("education.enter", _("A lesson or talk is entered"), "counted_as_education")
class EducationEnter(Facts, asked_of="office"):
    """`for_whom`: whom it was for. `entered_under`: the heading under which it would be counted."""

    for_whom: Relation | None = fact(_("whom the lesson or talk was for"), need="taught_to_whom")
    entered_under: Literal["education", "training"] | None = fact(
        _("the heading under which it counts"), need="heading"
    )
