"""Somebody's conduct on social media was judged. Is it something that the policy forbids?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
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


@moment(
    "conduct.judge",
    _("Somebody's conduct on social media is judged"),
    """threats improper_remarks defamatory_remarks bullying discrimination other_policies attacks
    abuse_of_people parents_protected weakening_policy pestering""",
)
class ConductJudge(Act, asked_of="incident.handler", prefix="conduct."):
    """`by`: whose conduct it is. `judged`: what others judged it to be, None where nobody has; a kind that
    nobody names was not found. `about`: whom it is about. `against`: other policies that it was held
    against.

    `marked_as_own_view`: whether the writer marked it as a view of their own. `with_permission`: whether
    those spoken of had agreed to it, no unless somebody says so."""

    judged: tuple[Judgement, ...] | None = fact(_("what somebody judges it to be"))
    about: tuple[Concerned, ...] | None = fact(_("whom it is about"))
    against: tuple[AgainstPolicy, ...] | None = fact(_("which other policies it goes against"))
    marked_as_own_view: Tri = fact(
        _("whether the writer marked it as a view of their own"), need="conduct.own_view"
    )
    with_permission: Tri = fact(_("whether the people concerned had agreed to it"), default=False)
