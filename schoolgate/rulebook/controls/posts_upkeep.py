"""Who looks after a post, when it is out of date, and when an account wants a new one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    day_or_unknown,
    met,
    obliges,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.posts_text import kinds_of
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.feed_upkeep import FeedUpkeep
from schoolgate.rulebook.situations.marks import Word
from schoolgate.rulebook.situations.post_publish import PostPublish
from schoolgate.rulebook.situations.post_upkeep import PostUpkeep


class Owner(Control):
    """Is there somebody on the staff who looks after the post and can change or withdraw it? Its author,
    until it has another owner. Of a post that others look after the clause does not speak.

    Settings: `duty` - what it is; `owner_required` - whether it goes without anybody."""

    key = "post.owner"
    listens_to = ("post.publish", "post.upkeep")
    points = ("post_owner",)

    class Settings(NoSettings):
        duty: Literal["manage own posts"]
        owner_required: bool

    def judge(self, facts: PostPublish | PostUpkeep, settings: Settings) -> Iterator[Said]:
        owner = facts.owner
        if owner is None and isinstance(facts, PostPublish):
            owner = facts.author
        if isinstance(facts, PostUpkeep) and facts.taken_down:
            return
        if owner is None:
            if settings.owner_required:
                yield requires("post.no_owner", Need("post_owner", "office"))
        elif owner.relation is None:
            yield unknown("relation", "office")
        elif owner.relation == "staff":
            yield met("post.owner_looks_after_it")


class UpToDate(Control):
    """Has a post that stands outlived what it announces, or is it time to look at it again?

    Settings: `duty`; `interval_days` - how often own posts are looked at, in days (None: the policy gives no
    number; the federation may have chosen one). The day that it announces is still in time."""

    key = "post.up_to_date"
    listens_to = ("post.upkeep",)
    points = ("up_to_date",)

    class Settings(NoSettings):
        duty: Literal["update own posts"]
        interval_days: int | None

    def judge(self, facts: PostUpkeep, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if facts.taken_down:
            return
        if isinstance(day, Said):
            yield day
        elif facts.announced_days is None:
            yield unknown("announced_days", "post_owner")
        elif facts.announced_days and max(facts.announced_days) < day:
            last = max(facts.announced_days)
            yield obliges("post_owner", "update_or_withdraw", Due.none_promised(), "post.outlived", last=last)
        else:
            yield from self._next_look(facts, settings)

    @staticmethod
    def _next_look(facts: PostUpkeep, settings: Settings) -> Iterator[Said]:
        chosen = facts.chosen if settings.interval_days is None else None
        if chosen is not None and chosen.from_day is not None:
            chosen = chosen if facts.day is not None and chosen.from_day <= facts.day else None
        days = chosen.days if chosen is not None else settings.interval_days
        if days is None:
            yield met("post.up_to_date")
        elif facts.looked_at_on is None:
            yield unknown("looked_at_on", "post_owner")
        else:
            due = Due(day=facts.looked_at_on + timedelta(days=days))
            said = obliges("post_owner", "look_at_post", due, "post.look_again", days=days)
            said.chosen = chosen is not None
            yield said


class StandsMarked(Control):
    """Has a post that stands been marked for this since it went out? Somebody judges it, and what is found to
    be so is taken down or changed.

    Settings: `words` - what it must not hold, in the policy's own words."""

    key = "post.stands_marked"
    listens_to = ("post.upkeep",)
    points = ("good_name",)

    class Settings(NoSettings):
        words: tuple[Word, ...]

    def judge(self, facts: PostUpkeep, settings: Settings) -> Iterator[Said]:
        kinds = frozenset(kinds_of(settings.words))
        for position, mark in enumerate(() if facts.taken_down else facts.marks or ()):
            if mark.kind not in kinds:
                continue
            about, marked = f"marks[{position}]", f"mark.{mark.kind}"
            answer, none = standing_answer(mark.judged), Due.none_promised()
            if answer is None:
                yield obliges("account_team", "judge_post", none, "post.marked_since", about, marked=marked)
            elif answer:
                yield obliges(
                    "post_owner", "update_or_withdraw", none, "post.found_since", about, marked=marked
                )
                yield breached("post.found_since", about, marked=marked)
            else:
                yield met("text.found_in_order", about, what=marked)


class FeedUpToDate(Control):
    """Has an account a new post often enough?

    Settings: `frequency`; `interval_days` - at most so many days between two posts (None: the policy gives no
    number; a school may have chosen one). The last of these days is still in time."""

    key = "feed.up_to_date"
    listens_to = ("feed.upkeep",)
    points: ClassVar[tuple[str, ...]] = ("feed_up_to_date",)

    class Settings(NoSettings):
        frequency: Literal["regular"]
        interval_days: int | None

    def judge(self, facts: FeedUpkeep, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        chosen = facts.chosen if settings.interval_days is None else None
        if chosen is not None and chosen.from_day is not None and chosen.from_day > day:
            chosen = None
        days = chosen.days if chosen is not None else settings.interval_days
        if days is None:
            yield obliges("account_team", "new_post", Due.none_promised(), "feed.regularly")
        elif facts.last_post_on is None:
            yield unknown("last_post_on", "office")
        else:
            last_day = facts.last_post_on + timedelta(days=days)
            found = [obliges("account_team", "new_post", Due(day=last_day), "feed.next_post", days=days)]
            if day > last_day:
                found.append(breached("feed.out_of_date", last=facts.last_post_on, days=days))
            for said in found:
                said.chosen = chosen is not None
                yield said
