"""What others wrote comes in: is it kept from readers until somebody has looked?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, met, requires, unknown
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.item_look import ItemLook, Suspicion

SUSPECTED_AS: Mapping[str, Suspicion] = {
    "cyberbullying": "bullying",
    "posting sensitive personal information": "personal_details",
}


class KeptBackForRisk(Control):
    """Does a danger to young people keep it back until somebody has looked? Settings: risk.

    On sites that are made for pupils.
    """

    key = "keeping_back.risk"
    listens_to = ("item.look",)
    points = ("kept_back_for_risk",)

    class Settings(NoSettings):
        risk: Literal["cyberbullying", "posting sensitive personal information"]

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        if facts.for_pupils is False:
            return
        if facts.for_pupils is None:
            yield unknown("made_for_pupils", "moderator")
        else:
            yield from _kept_back(facts, SUSPECTED_AS[settings.risk])


class KeptBackForAbuse(Control):
    """Does abuse that is never put up with keep it back until somebody has looked?

    Settings: examples of it, as the policy gives them.
    """

    key = "keeping_back.abuse"
    listens_to = ("item.look",)
    points = ("kept_back_for_abuse",)

    class Settings(NoSettings):
        examples: tuple[str, ...]

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        yield from _kept_back(facts, "slur")


def _kept_back(facts: ItemLook, what: Suspicion) -> Iterator[Said]:
    if facts.suspected is None:
        yield unknown("first_reading", "moderator")
    elif what not in facts.suspected:
        return
    elif facts.seen is None:
        yield unknown("seen_by", "moderator")
    elif facts.seen:
        yield met("keeping_back.looked_at")
    else:
        yield requires(f"keeping_back.{what}", Need("look_before_others_read", "moderator"))
