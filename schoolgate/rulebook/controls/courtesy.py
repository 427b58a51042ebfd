"""An answer is about to go out: is it courteous, and does it lead anywhere?"""

from collections.abc import Iterable

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, advises
from schoolgate.rulebook.situations.item_answer import ItemAnswer


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
