"""Somebody is about to use the school's systems for something, or signs in to them."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Name, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Held = Literal[
    "messages", "files", "data", "documents", "facsimiles", "telephone conversations", "social media posts",
    "social media conversations", "social media messages", "any other information or communication",
]  # fmt: skip


@moment(
    "systems.use",
    _("Somebody is about to use the school's systems"),
    "proper_purpose ict_use_policy no_privacy kept_from_school notice_recorded",
)
class SystemsUse(Act, asked_of="whoever_asks", prefix="use_"):
    """`serves`: what the use is for. `against`: documents whose rules a person found it to break, empty where
    none, None where nobody looked. `what`: what would be sent, printed or kept. `private_from_school`: `by`
    does not want the school to come to know it. `recorded_as`: how the record of a sign-in words that the
    notice of monitoring was shown."""

    serves: Literal["school work", "teaching", "own gain", "unlawful end", "other"] | None = fact(
        _("what the use is for"), _("What does the use serve?")
    )
    against: tuple[Name, ...] | None = fact(_("whether it is against the rules of another document"))
    what: Held | None = fact(_("what would be sent, printed or kept"))
    private_from_school: Tri = fact(
        _("whether it is to be kept from the school"),
        _("Do you not want the school to come to know it?"),
        need="private_from_school",
    )
    recorded_as: Literal["informed", "consent"] | None = None
