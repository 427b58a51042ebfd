"""A page of guidance is written. Can those whom it is for read it?"""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Facts, Relation, Whole
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class GuidanceWrite(Facts):
    """`for_whom`: whom it is for. `audience_age`: the age of the oldest of them where they are pupils;
    `reading_age`: the age from which its words can be read, as measured."""

    for_whom: Annotated[Relation | None, Ask("guidance_for_whom", "editor", _("whom the page is for"))] = None
    audience_age: Annotated[Whole | None, Ask("audience_age", "editor", _("how old its readers are"))] = None
    reading_age: Annotated[Whole | None, Ask("reading_age", "editor", _("from what age it can be read"))] = (
        None
    )


GUIDANCE_WRITE = Situation(
    key="guidance.write",
    title=_("A page of guidance is written"),
    facts=GuidanceWrite,
    points=points("words_for_their_age"),
)
