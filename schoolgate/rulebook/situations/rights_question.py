"""A post is held because of a question about rights. May it be released?"""

from typing import Annotated, ClassVar

from schoolgate.rulebook.facts import Act, Ask, Given, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Advice(Given):
    """An answer to the question."""

    of_this_version: Annotated[
        Tri,
        Ask(
            "advisers_answer_of_this",
            "office",
            gettext_noop("whether the answer is about the post as it stands"),
        ),
    ] = None


class RightsQuestion(Act):
    """`by`: who is about to release it. `answers`: what others answered to the question, of the post as it
    stands or not, each with who gave it in which role."""

    version: ClassVar[int] = 1

    by: Annotated[Person | None, Ask("decider", "office", gettext_noop("who decides"))] = None
    answers: Annotated[
        tuple[Advice, ...] | None,
        Ask("advisers_answer", "office", gettext_noop("an answer to the question about rights")),
    ] = None


RIGHTS_QUESTION = Situation(
    key="rights.question",
    title=gettext_noop("A question about rights is about to be settled"),
    facts=RightsQuestion,
    points=points("rights_advice"),
)
