"""Somebody's conduct on social media was judged. Is it something that the policy forbids?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Tri
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


class ConductJudge(Act):
    """`by`: whose conduct it is. `judged`: what others judged it to be, None where nobody has; a kind that
    nobody names was not found. `about`: whom it is about. `against`: other policies that it was held
    against.

    `marked_as_own_view`: whether the writer marked it as a view of their own. `with_permission`: whether
    those spoken of had agreed to it, no unless somebody says so."""

    judged: Annotated[
        tuple[Judgement, ...] | None,
        Ask("conduct.judged", "incident.handler", gettext_noop("what somebody judges it to be")),
    ] = None
    about: Annotated[
        tuple[Concerned, ...] | None,
        Ask("conduct.about", "incident.handler", gettext_noop("whom it is about")),
    ] = None
    against: Annotated[
        tuple[AgainstPolicy, ...] | None,
        Ask("conduct.against", "incident.handler", gettext_noop("which other policies it goes against")),
    ] = None
    marked_as_own_view: Annotated[
        Tri,
        Ask(
            "conduct.own_view",
            "incident.handler",
            gettext_noop("whether the writer marked it as a view of their own"),
        ),
    ] = None
    with_permission: Annotated[
        Tri,
        Ask(
            "conduct.with_permission",
            "incident.handler",
            gettext_noop("whether the people concerned had agreed to it"),
        ),
    ] = False


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
