"""Canvassing and promotion: where they are barred, and where the policy's words leave it open."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, forbids, met, unknown
from schoolgate.rulebook.situations.promotion_ask import Canvassing, PromotionAsk

PROMOTION = "promotion of unrelated outside organisation"


class Promotion(Control):
    """May this be canvassed or promoted there? On somebody's own account from home it may turn on what the
    policy's words leave open. An outside organisation that has to do with the school's work is not barred.

    Settings: `category` - what is barred."""

    key = "promotion.barred"
    listens_to = ("promotion.ask",)
    points = ("canvassing",)

    class Settings(NoSettings):
        category: Canvassing

    def judge(self, facts: PromotionAsk, settings: Settings) -> Iterator[Said]:
        if facts.none_of_these:
            return
        if facts.kind is None:
            yield unknown("promotion_kind", "promoter")
        elif facts.kind == settings.category:
            yield from self._of_kind(facts, settings)

    @staticmethod
    def _of_kind(facts: PromotionAsk, settings: Settings) -> Iterator[Said]:
        if settings.category == PROMOTION and facts.linked_to_work:
            yield met("promotion.linked_to_work")
        elif facts.where is None:
            yield unknown("promotion_where", "promoter")
        elif settings.category == PROMOTION and facts.linked_to_work is None:
            yield unknown("linked_to_work", "promoter")
        else:
            what = f"promotion.{settings.category}"
            yield forbids("promotion.barred", turns=facts.where == "own_account", kind=what)
