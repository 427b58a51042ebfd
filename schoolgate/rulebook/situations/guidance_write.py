"""A page of guidance is written. Can those whom it is for read it?"""

from schoolgate.rulebook.facts import Facts, Relation, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class GuidanceWrite(Facts):
    """`for_whom`: whom it is for. `audience_age`: the age of the oldest of them where they are pupils;
    `reading_age`: the age from which its words can be read, as measured."""

    for_whom: Relation | None = None
    audience_age: Whole | None = None
    reading_age: Whole | None = None


GUIDANCE_WRITE = Situation(
    key="guidance.write",
    title=gettext_noop("A page of guidance is written"),
    facts=GuidanceWrite,
    points=points("words_for_their_age"),
)
