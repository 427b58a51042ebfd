"""Laws that can apply to a post: known to whoever writes it, and kept."""

from collections.abc import Iterator, Mapping
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    standing_answer,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.marks import MarkKind
from schoolgate.rulebook.situations.post_publish import PostPublish

Law = Literal[
    "child protection", "privacy", "data protection", "libel", "defamation", "harassment", "copyright"
]  # fmt: skip

MARK_OF: Mapping[str, MarkKind] = {
    "child protection": "law_child_protection",
    "privacy": "law_privacy",
    "data protection": "law_data_protection",
    "libel": "law_libel",
    "defamation": "law_defamation",
    "harassment": "law_harassment",
    "copyright": "law_copyright",
}

"""The mark that asks for this law itself."""

RAISED_BY: Mapping[str, tuple[MarkKind, ...]] = {
    "child protection": (),
    "privacy": ("personal_facts", "phone_number", "home_address", "email_address"),
    "data protection": (
        "full_name",
        "full_name_with_class",
        "date_of_birth",
        "health_detail",
        "results_with_name",
        "personal_facts",
    ),
    "libel": ("defamatory",),
    "defamation": ("defamatory",),
    "harassment": ("harassing",),
    "copyright": ("others_rights",),
}
"""Other marks that raise the question of this law, unless somebody has found them untrue."""


class LawReminder(Control):
    """What this law means for a post, to bear in mind. Settings: `law`."""

    key = "post.law_reminder"
    listens_to = ("post.publish",)
    points = ("law_in_text",)

    class Settings(NoSettings):
        law: Law

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        yield advises(f"lawful.{settings.law}")


class LawKnown(Control):
    """Where something in a text raises the question of this law, has somebody answered whether it breaks it?
    Else a reminder. Settings: `law`."""

    key = "post.law_known"
    listens_to = ("post.publish",)
    points = ("law_in_text",)

    class Settings(NoSettings):
        law: Law

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        kind = MARK_OF[settings.law]
        asked = facts.marks_by_kind.get(kind, ())
        if any(standing_answer(mark.judged) is not None for _about, mark in asked):
            yield met("lawful.answered", law=f"mark.{kind}")
        elif asked or self._raised(facts, settings.law):
            yield requires("lawful.not_answered", Need("law_answer", "reader"), law=f"mark.{kind}")
        else:
            yield advises(f"lawful.{settings.law}")

    @staticmethod
    def _raised(facts: PostPublish, law: str) -> bool:
        marks = [one for kind in RAISED_BY[law] for one in facts.marks_by_kind.get(kind, ())]
        return any(standing_answer(mark.judged) is not False for _about, mark in marks)


class LawKept(Control):
    """Does it break none of these laws, as far as somebody has judged what it was marked for?

    Settings: `laws`."""

    key = "post.law_kept"
    listens_to = ("post.publish",)
    points = ("law_in_text",)

    class Settings(NoSettings):
        laws: tuple[Law, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        raised = False
        for law in settings.laws:
            kind = MARK_OF[law]
            for about, mark in facts.marks_by_kind.get(kind, ()):
                raised = True
                answer = standing_answer(mark.judged)
                if answer is None:
                    need = Need("law_answer", "reader")
                    yield requires("lawful.not_answered", need, about=about, law=f"mark.{kind}")
                elif answer:
                    yield forbids("lawful.broken", about, law=f"mark.{kind}")
                else:
                    yield met("lawful.in_order", about, law=f"mark.{kind}")
        if not raised:
            yield advises("lawful.stay_inside", laws=tuple(f"mark.{MARK_OF[law]}" for law in settings.laws))
