"""Private contact in special cases: family, leavers, earlier schools, work accounts, doubt, volunteers."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
)
from schoolgate.rulebook.situations.contact_accept import ContactAccept


class WhileEmployed(Control):
    """How long does the ban on private contact with parents and children last?

    Settings: `starts`, `ends`: the words for its first and last moment. Said at the moment of asking, with
    the first day on which it no longer binds, where the last day of employment is known."""

    key = "contact.while_employed"
    listens_to = ("contact.accept",)
    points = ("contact_employment",)

    class Settings(NoSettings):
        starts: Literal["employment start"]
        ends: Literal["employment end"]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        about_them = facts.other_is("pupil") or facts.other_is("parent")
        if not about_them or facts.channel == "official" or facts.has_left is not False:
            return
        last = facts.person.employed_to if facts.person is not None else None
        if last is None:
            yield advises("contact.while_employed")
        else:
            said = advises("contact.while_employed_until", day=last)
            said.lifts_on = last + timedelta(days=1)
            yield said
