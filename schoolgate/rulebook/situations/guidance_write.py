"""A page of guidance is written. Can those whom it is for read it?"""

from schoolgate.rulebook.facts import Facts, Relation, Whole, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("guidance.write", _("A page of guidance is written"), "words_for_their_age")
class GuidanceWrite(Facts, asked_of="editor"):
    """`for_whom`: whom it is for. `audience_age`: the age of the oldest of them where they are pupils;
    `reading_age`: the age from which its words can be read, as measured."""

    for_whom: Relation | None = fact(_("whom the page is for"), need="guidance_for_whom")
    audience_age: Whole | None = fact(_("how old its readers are"))
    reading_age: Whole | None = fact(_("from what age it can be read"))
