"""Somebody's conduct on social media was judged. Is it something that the policy forbids?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.incident import AgainstPolicy, Judgement

Concerned = Literal[
    "school",
    "staff",
    "pupil",
    "governor",
    "parent",
    "friend",
    "volunteer",
    "contractor",
    "connected",
    "stranger",
]
"""Whom it is about. "connected": linked with the school in another way; "stranger": not linked with it."""


class ConductJudge(Facts):
    """`by`: whose conduct it is. `judged`: what others judged it to be, None where nobody has; a kind that
    nobody names was not found. `about`: whom it is about. `against`: other policies that it was held
    against.

    `marked_as_own_view`: whether the writer marked it as a view of their own. `with_permission`: whether
    those spoken of had agreed to it, no unless somebody says so."""

    by: Person | None = None
    judged: tuple[Judgement, ...] | None = None
    about: tuple[Concerned, ...] | None = None
    against: tuple[AgainstPolicy, ...] | None = None
    marked_as_own_view: Tri = None
    with_permission: Tri = False

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


CONDUCT_JUDGE = Situation(
    key="conduct.judge",
    title=gettext_noop("Somebody's conduct on social media is judged"),
    facts=ConductJudge,
    points=points(
        """
        threats improper_remarks defamatory_remarks bullying discrimination other_policies attacks
        abuse_of_people parents_protected weakening_policy pestering
        """
    ),
)
