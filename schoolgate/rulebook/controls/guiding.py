"""What is somebody told who asks for guidance?"""

from collections.abc import Iterable, Mapping
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.guidance_ask import GuidanceAsk, Topic
from schoolgate.rulebook.situations.guidance_write import GuidanceWrite

MEANT: Mapping[str, Relation] = {
    "staff": "staff",
    "parents_carers": "parent",
    "parents/carers": "parent",
    "pupils": "pupil",
    "children": "pupil",
}
"""The policies' words for those who ask."""


class Entitled(Control):
    """What does a child hear first who asks to look something up? Settings: basis of the entitlement, and
    whose it is."""

    key = "guiding.entitled"
    listens_to = ("guidance.ask",)
    points = ("entitled_to_know",)

    class Settings(NoSettings):
        basis: str
        whose: Literal["children"]

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        asked = _asked(facts, settings.whose, "look_up")
        if isinstance(asked, Said):
            yield asked
        elif asked:
            yield permits("guiding.entitled", basis=settings.basis)


class HelpOffered(Control):
    """Does a child who looks for help find a page of it, and somebody to ask? Settings: duty, whose it is."""

    key = "guiding.help_offered"
    listens_to = ("guidance.ask",)
    points = ("help_offered",)
    plumbing = frozenset({"whose"})

    class Settings(NoSettings):
        duty: Literal["help find"]
        whose: Literal["children"]

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        asked = _asked(facts, settings.whose, "help")
        if isinstance(asked, Said):
            yield asked
        elif asked and facts.pages_found is None:
            yield unknown("pages_of_help", "office")
        elif asked and facts.adult_named is None:
            yield unknown("adult_to_ask", "office")
        elif asked and facts.pages_found and facts.adult_named:
            yield met("guiding.help_offered")
        elif asked:
            needs = [] if facts.pages_found else [Need("pages_of_help", "office")]
            needs += [] if facts.adult_named else [Need("adult_to_ask", "office")]
            yield requires("guiding.help_missing", *needs)


class InvitedToTry(Control):
    """What is somebody told who has an idea of their own for social media?

    Settings: audience, who is invited; min_staff, how many staff an application names, None where the answer
    to this audience does not say so.
    """

    key = "guiding.invited"
    listens_to = ("guidance.ask",)
    points = ("invited_to_try",)

    class Settings(NoSettings):
        audience: Literal["staff", "parents_carers", "pupils"]
        min_staff: int | None

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        asked = _asked(facts, settings.audience, "new_use")
        if isinstance(asked, Said):
            yield asked
        elif asked:
            yield permits(f"guiding.invited_{settings.audience}", number=settings.min_staff)
            if settings.min_staff is not None and facts.staff_found is not None:
                if facts.staff_found >= settings.min_staff:
                    yield met("guiding.staff_found")
                else:
                    yield advises("guiding.find_staff", number=settings.min_staff)


class WelcomeToWrite(Control):
    """May somebody write about the school? Settings: audience; encouraged, what they may do."""

    key = "guiding.welcome"
    listens_to = ("guidance.ask",)
    points = ("welcome_to_write",)

    class Settings(NoSettings):
        audience: Literal["pupils", "parents/carers"]
        encouraged: tuple[Literal["comment", "post", "respond"], ...]

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        asked = _asked(facts, settings.audience, "write_about_school")
        if isinstance(asked, Said):
            yield asked
        elif asked:
            what = tuple(f"may_{one}" for one in settings.encouraged)
            yield permits(f"guiding.welcome_{MEANT[settings.audience]}", what=what)


class UseInLessons(Control):
    """May staff use social media in lessons? Settings: audience."""

    key = "guiding.lessons"
    listens_to = ("guidance.ask",)
    points = ("use_in_lessons",)

    class Settings(NoSettings):
        audience: Literal["staff"]

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        asked = _asked(facts, settings.audience, "lessons")
        if isinstance(asked, Said):
            yield asked
        elif asked:
            yield permits("guiding.lessons")


class GuidanceForAll(Control):
    """To whom is the whole of the guidance given? Settings: applies_to. No part in an account is needed."""

    key = "guiding.for_all"
    listens_to = ("guidance.ask",)
    points = ("guidance_for_all",)

    class Settings(NoSettings):
        applies_to: tuple[Literal["staff"], ...]
        scope: Literal["both schools"]

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        for audience in settings.applies_to:
            asked = _asked(facts, audience, "rules_for_me")
            if isinstance(asked, Said):
                yield asked
            elif asked:
                yield permits("guiding.for_all")


class CommonSense(Control):
    """What are staff reminded of beside every rule, and where no rule answers?

    `ask`: whom the answer names to be asked where no rule was found (plumbing). Settings: audience.
    """

    key = "guiding.common_sense"
    listens_to = ("guidance.ask",)
    points = ("common_sense",)
    plumbing = frozenset({"ask"})

    class Settings(NoSettings):
        audience: Literal["staff"]
        ask: str

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        if facts.asker not in (None, MEANT[settings.audience]):
            return
        if facts.asker is None:
            yield unknown("asker", "who_asks")
        elif facts.rules_found == 0:
            yield advises("guiding.no_rule", role=settings.ask)
        else:
            yield advises("guiding.common_sense")


class Reminder(Control):
    """What is somebody told who asks about one thing? `topic` picks what was asked and the sentence that
    restates the clause; `audience`: to whom it is said, None to everybody (plumbing)."""

    key = "guiding.reminder"
    listens_to = ("guidance.ask",)
    points = ("common_practice", "practical_advice", "risks_remain", "example_to_pupils")
    plumbing = frozenset({"topic"})

    class Settings(NoSettings):
        topic: Literal["good_practice", "advice", "am_i_safe", "phone"]
        audience: Literal["staff"] | None

    def judge(self, facts: GuidanceAsk, settings: Settings) -> Iterable[Said]:
        if facts.topic is None:
            yield unknown("asked_about", "who_asks")
        elif facts.topic != settings.topic:
            return
        elif settings.audience is None or facts.asker == settings.audience:
            yield advises(f"guiding.{settings.topic}")
        elif facts.asker is None:
            yield unknown("asker", "who_asks")


class WordsForTheirAge(Control):
    """Can the pupils whom a page is for read it? Settings: duty, whose it is."""

    key = "guiding.words_for_their_age"
    listens_to = ("guidance.write",)
    points = ("words_for_their_age",)

    class Settings(NoSettings):
        duty: Literal["help understand"]

    def judge(self, facts: GuidanceWrite, settings: Settings) -> Iterable[Said]:
        if facts.for_whom not in (None, "pupil"):
            return
        if facts.for_whom is None:
            yield unknown("guidance_for_whom", "editor")
        elif facts.audience_age is None:
            yield unknown("audience_age", "editor")
        elif facts.reading_age is None:
            yield unknown("reading_age", "editor")
        elif facts.reading_age > facts.audience_age:
            yield requires(
                "guiding.too_hard",
                Need("easier_words", "editor"),
                reading_age=facts.reading_age,
                age=facts.audience_age,
            )
        else:
            yield met("guiding.readable")


def _asked(facts: GuidanceAsk, audience: str, topic: Topic) -> bool | Said:
    """Whether one of these asks about this; a saying where it is not known who asks, or what."""
    if facts.asker not in (None, MEANT[audience]) or facts.topic not in (None, topic):
        return False
    if facts.topic is None:
        return unknown("asked_about", "who_asks")
    if facts.asker is None:
        return unknown("asker", "who_asks")
    return True
