"""A post stands on an official account. Is it still up to date, and does somebody look after it?"""

from typing import ClassVar

from schoolgate.rulebook.facts import Day, Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.choice import DaysChosen
from schoolgate.rulebook.situations.marks import Mark


class PostUpkeep(Facts):
    """`owner`: who looks after it; None where nobody does. `announced_days`: the days of what it announces,
    none where it announces nothing of a day. `looked_at_on`: when its owner last looked at it, at first the
    day it went out. `taken_down`: it stands no longer. `chosen`: how often own posts are looked at, where the
    federation has chosen. `marks`: what readers or others have marked its text for since it went out."""

    version: ClassVar[int] = 1

    owner: Person | None = None
    announced_days: tuple[Day, ...] | None = None
    looked_at_on: Day | None = None
    taken_down: Tri = False
    chosen: DaysChosen | None = None
    marks: tuple[Mark, ...] | None = None


POST_UPKEEP = Situation(
    key="post.upkeep",
    title=gettext_noop("A post stands on an account"),
    facts=PostUpkeep,
    points=points("up_to_date post_owner good_name"),
)
