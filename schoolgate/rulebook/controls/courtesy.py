"""An answer is about to go out: is it courteous, and does it lead anywhere?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, advises, met, requires, unknown
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.item_answer import ItemAnswer


class Courteous(Control):
    """Has somebody else read an answer in which a word of the school's list was found?

    Settings: at_all_times. Where no such word was found, it is only a reminder.
    """

    key = "courtesy.courteous"
    listens_to = ("item.answer",)
    points = ("courtesy",)

    class Settings(NoSettings):
        at_all_times: Literal[True]

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.flagged_words is None:
            yield unknown("flagged_words", "writer")
        elif not facts.flagged_words:
            yield advises("courtesy.be_courteous")
        elif facts.by is None:
            yield unknown("writer", "office")
        elif facts.approvals is None:
            yield unknown("second_reading", "second_reader")
        elif any(one.of_this_version and one.by != facts.by.key for one in facts.approvals):
            yield met("courtesy.read_by_another")
        else:
            yield requires("courtesy.flagged", Need("second_reading", "second_reader"))


class NoNeedlessArgument(Control):
    """Does the exchange lead anywhere? A hint, never a ban.

    Settings: hint_after_own_replies, None: the federation's choice counts; without one it is only a reminder.
    """

    key = "courtesy.no_needless_argument"
    listens_to = ("item.answer",)
    points = ("needless_argument",)

    class Settings(NoSettings):
        hint_after_own_replies: int | None

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        choice, replies = facts.replies_chosen, facts.own_replies
        if choice is not None and choice.from_day is not None:
            choice = choice if facts.day is not None and choice.from_day <= facts.day else None
        after = settings.hint_after_own_replies or (choice.after if choice is not None else None)
        if after is not None and replies is not None and replies >= after:
            said = advises("courtesy.end_it_here", replies=replies)
            said.chosen = settings.hint_after_own_replies is None
            yield said
        else:
            yield advises("courtesy.no_argument")
