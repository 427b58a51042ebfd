"""Somebody is about to use the school's systems for something, or signs in to them."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Name, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Held = Literal[
    "messages", "files", "data", "documents", "facsimiles", "telephone conversations", "social media posts",
    "social media conversations", "social media messages", "any other information or communication",
]  # fmt: skip


class SystemsUse(Act):
    """`serves`: what the use is for. `against`: documents whose rules a person found it to break, empty where
    none, None where nobody looked. `what`: what would be sent, printed or kept. `private_from_school`: `by`
    does not want the school to come to know it. `recorded_as`: how the record of a sign-in words that the
    notice of monitoring was shown."""

    serves: Annotated[
        Literal["school work", "teaching", "own gain", "unlawful end", "other"] | None,
        Ask(
            "use_serves",
            "whoever_asks",
            gettext_noop("what the use is for"),
            question=gettext_noop("What does the use serve?"),
        ),
    ] = None
    against: Annotated[
        tuple[Name, ...] | None,
        Ask(
            "use_against", "whoever_asks", gettext_noop("whether it is against the rules of another document")
        ),
    ] = None
    what: Annotated[
        Held | None, Ask("use_what", "whoever_asks", gettext_noop("what would be sent, printed or kept"))
    ] = None
    private_from_school: Annotated[
        Tri,
        Ask(
            "private_from_school",
            "whoever_asks",
            gettext_noop("whether it is to be kept from the school"),
            question=gettext_noop("Do you not want the school to come to know it?"),
        ),
    ] = None
    recorded_as: Literal["informed", "consent"] | None = None


SYSTEMS_USE = Situation(
    key="systems.use",
    title=gettext_noop("Somebody is about to use the school's systems"),
    facts=SystemsUse,
    points=points("proper_purpose ict_use_policy no_privacy kept_from_school notice_recorded"),
)
