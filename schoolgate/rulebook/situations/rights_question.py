"""A post is held because of a question about rights. May it be released?"""

from typing import ClassVar

from schoolgate.rulebook.facts import Act, Given, Person, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Advice(Given, asked_of="office"):
    """An answer to the question."""

    of_this_version: Tri = fact(
        _("whether the answer is about the post as it stands"), need="advisers_answer_of_this"
    )


@moment("rights.question", _("A question about rights is about to be settled"), "rights_advice")
class RightsQuestion(Act, asked_of="office"):
    """`by`: who is about to release it. `answers`: what others answered to the question, of the post as it
    stands or not, each with who gave it in which role."""

    version: ClassVar[int] = 1

    by: Person | None = fact(_("who decides"), need="decider")
    answers: tuple[Advice, ...] | None = fact(
        _("an answer to the question about rights"), need="advisers_answer"
    )
