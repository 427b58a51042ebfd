"""Remarks in a private post about the school and those who have to do with it."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.personal import HOLDER
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.personal_post import PersonalPost, Remark


class Remarks(Control):
    """Does the post run down or defame the school or those who have to do with it, or is it rude to them?

    Settings: `kinds` - which kinds of remark; `about` - about whom."""

    key = "personal.remarks"
    listens_to = ("personal.post",)
    points = ("own_remarks",)

    class Settings(NoSettings):
        kinds: tuple[
            Literal["derogatory", "disparaging", "defamatory", "rude", "threatening", "inappropriate"], ...
        ]
        about: tuple[
            Literal[
                "the school",
                "Trust",
                "anyone at the federation",
                "anyone connected with the federation",
                "students",
                "suppliers and vendors",
                "affiliates and other stakeholders",
            ],
            ...,
        ]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.remarks is None:
            yield unknown("own_remarks", HOLDER)
            return
        about = {whom for one in settings.about for whom in _ABOUT[one]}
        what = _KINDS[settings.kinds[0]][1] if len(settings.kinds) == 1 else "both"
        for position, remark in enumerate(facts.remarks):
            if remark.about is None or remark.about in about:
                yield self._one(remark, settings, what, f"remarks[{position}]")

    @staticmethod
    def _one(remark: Remark, settings: Settings, what: str, where: str) -> Said:
        given: list[Attested | None] = [getattr(remark, _KINDS[kind][0]) for kind in settings.kinds]
        found = [standing_answer(one) for one in given]
        if not any(one is not False for one in found):
            return met(about=where)
        if remark.about is None:
            return unknown("own_remark_about", HOLDER, where)
        if True in found:
            return forbids(f"private.remark_{what}", where)
        return requires(f"private.ask_remark_{what}", Need(f"own_remark_{what}", HOLDER), about=where)


_KINDS = {
    "derogatory": ("runs_down", "belittling"),
    "disparaging": ("runs_down", "belittling"),
    "defamatory": ("defames", "defamation"),
    "rude": ("rude", "rude"),
    "threatening": ("threatens", "threatening"),
    "inappropriate": ("improper", "improper"),
}
"""Kind of remark -> the fact that says so, and the end of its sentences' keys."""

_ABOUT = {
    "the school": ("school",),
    "Trust": ("school",),
    "anyone at the federation": ("member", "pupil"),
    "anyone connected with the federation": ("connected", "supplier"),
    "students": ("pupil",),
    "suppliers and vendors": ("supplier",),
    "affiliates and other stakeholders": ("connected",),
}
