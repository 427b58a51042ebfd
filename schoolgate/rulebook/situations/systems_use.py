"""Somebody is about to use the school's systems for something, or signs in to them."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Held = Literal[
    "messages", "files", "data", "documents", "facsimiles", "telephone conversations", "social media posts",
    "social media conversations", "social media messages", "any other information or communication",
]  # fmt: skip


class SystemsUse(Facts):
    """`serves`: what the use is for. `against`: documents whose rules a person found it to break, empty where
    none, None where nobody looked. `what`: what would be sent, printed or kept. `private_from_school`: `by`
    does not want the school to come to know it. `recorded_as`: how the record of a sign-in words that the
    notice of monitoring was shown."""

    by: Person | None = None
    serves: Literal["school work", "teaching", "own gain", "unlawful end", "other"] | None = None
    against: tuple[Name, ...] | None = None
    what: Held | None = None
    private_from_school: Tri = None
    recorded_as: Literal["informed", "consent"] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


SYSTEMS_USE = Situation(
    key="systems.use",
    title=gettext_noop("Somebody is about to use the school's systems"),
    facts=SystemsUse,
    points=points("proper_purpose ict_use_policy no_privacy kept_from_school notice_recorded"),
)
