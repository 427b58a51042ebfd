"""What came in: is an answer owed, and by when?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    NoSettings,
    Said,
    advises,
    met,
    obliges,
    refers,
    unknown,
)
from schoolgate.rulebook.facts import Facts, Ruling
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.item_answer import ItemAnswer
from schoolgate.rulebook.situations.item_received import ItemReceived
from schoolgate.rulebook.working_time import (
    Calendar,
    DaysThatCount,
    MissingCalendar,
    after_hours,
    local_day,
    next_working_day,
)

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
INSTANT_BEFORE = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


class _ReplySettings(NoSettings):
    """`item_kinds`: what the deadline is for. `who` owes the reply."""

    item_kinds: tuple[str, ...]
    who: str


class ReplyWithinHours(Control):
    """By when is what came in to be replied to, where the policy counts elapsed hours from receipt?

    Settings: response_hours, item_kinds. Hours run through nights, weekends and changes of clock.
    """

    key = "inbox.reply_within_hours"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who"})

    class Settings(_ReplySettings):
        response_hours: int

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        owed = _reply_is_owed(facts, settings.item_kinds)
        if isinstance(owed, Said):
            yield owed
        elif owed and facts.received_at is not None:
            due = Due(instant=after_hours(facts.received_at, settings.response_hours))
            yield obliges(settings.who, "reply", due, "inbox.within_hours", hours=settings.response_hours)


class ReplyNextWorkingDay(Control):
    """By which day is what came in at a weekend to be replied to?

    Settings: weekend_received, weekend_days, item_kinds; working_day_definition, None where the policy does
    not say what a working day is. Then the federation's choice counts; without one the earliest day that any
    reading gives is when a reply keeps the rule under every reading, and where the readings part the matter
    is referred.
    """

    key = "inbox.reply_next_working_day"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who"})

    class Settings(_ReplySettings):
        weekend_received: Literal["next_working_day"]
        weekend_days: tuple[str, ...]
        working_day_definition: DaysThatCount | None

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if _reply_is_owed(facts, settings.item_kinds) is True and _came_on(facts, settings.weekend_days):
            yield from _by_next_working_day(facts, settings)


class HoursIntoDaysOff(Control):
    """Do the hours for a reply run over a day off of which the rule does not speak?

    They do where they end on a weekend day that the item was not received on, or touch a bank holiday or a
    weekday of the school holidays. The hours stand as the words have them; whether such an item may wait for
    the next working day is referred. A ruling (`tension`) settles it.

    Settings: response_hours, item_kinds, weekend_days.
    """

    key = "inbox.hours_into_days_off"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who", "tension"})

    class Settings(_ReplySettings):
        response_hours: int
        weekend_days: tuple[str, ...]
        tension: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        ruling = _ruling(facts, settings.tension)
        if ruling is not None and ruling.allows:
            return
        day_off = _day_off_within(facts, settings)
        if isinstance(day_off, Said):
            yield day_off
        elif day_off is not None and ruling is not None:
            yield met("inbox.hours_stand", hours=settings.response_hours)
        elif day_off is not None:
            yield refers("inbox.day_off_open", NOBODY_NAMED, hours=settings.response_hours, day=day_off)


class DayOffRuledOn(Control):
    """By which day is a reply due whose hours run over a day off, once a ruling lets it wait?

    Settings as of HoursIntoDaysOff and ReplyNextWorkingDay.
    """

    key = "inbox.day_off_ruled_on"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who", "tension"})

    class Settings(HoursIntoDaysOff.Settings):
        working_day_definition: DaysThatCount | None

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        ruling = _ruling(facts, settings.tension)
        if ruling is None or not ruling.allows:
            return
        day_off = _day_off_within(facts, settings)
        if isinstance(day_off, Said):
            yield day_off
        elif day_off is not None:
            yield from _by_next_working_day(facts, settings)


class Acknowledgement(Control):
    """Does confirming receipt keep the deadline? Settings: acknowledgement_counts, item_kinds."""

    key = "inbox.acknowledgement"
    listens_to = ("item.received", "item.answer")
    points = ("what_counts",)

    class Settings(NoSettings):
        acknowledgement_counts: Literal[True]
        item_kinds: tuple[str, ...]

    def judge(self, facts: ItemReceived | ItemAnswer, settings: Settings) -> Iterable[Said]:
        if isinstance(facts, ItemReceived):
            if _reply_is_owed(facts, settings.item_kinds) is True:
                yield advises("inbox.acknowledgement_is_enough")
        elif facts.kind in settings.item_kinds:
            if facts.acknowledges_only:
                yield met("inbox.acknowledgement_counts")
            else:
                yield advises("inbox.acknowledgement_is_enough")


class ResponseExpected(Control):
    """Is a response expected to what others write, wherever they write it?

    Settings: response_expected; response_hours, None where the policy names no time.
    """

    key = "inbox.response_expected"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        response_expected: Literal[True]
        response_hours: int | None
        who: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if facts.from_relation == "staff":
            return
        if settings.response_hours is None:
            yield obliges(settings.who, "response", Due.none_promised(), "inbox.response_expected")
        elif facts.received_at is None:
            yield unknown("item_received_at", "moderator")
        else:
            due = Due(instant=after_hours(facts.received_at, settings.response_hours))
            yield obliges(settings.who, "response", due, "inbox.response_in_time")


class PromisedAnswer(Control):
    """Is an answer owed because the notice of a removal promised one? Settings: deadline_hours, None."""

    key = "inbox.promised_answer"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        deadline_hours: None
        who: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if facts.answer_promised is None:
            yield unknown("answer_promised", "moderator")
        elif facts.answer_promised:
            yield obliges(settings.who, "promised_answer", Due.none_promised(), "inbox.promised_answer")


def _reply_is_owed(facts: ItemReceived, item_kinds: tuple[str, ...]) -> bool | Said:
    """Whether a reply deadline covers this item, or the saying which fact is missing."""
    if facts.account_is_official is False:
        return False
    if facts.kind not in (None, "message", *item_kinds):
        return False
    if facts.account_is_official is None:
        return unknown("account_is_official", "moderator")
    if facts.kind in (None, "message"):
        return unknown("item_kind", "moderator")
    if facts.received_at is None:
        return unknown("item_received_at", "moderator")
    return True


def _came_on(facts: ItemReceived, names: tuple[str, ...]) -> bool:
    return facts.received_at is not None and WEEK[local_day(facts.received_at).weekday()] in names


def _by_next_working_day(
    facts: ItemReceived, settings: ReplyNextWorkingDay.Settings | DayOffRuledOn.Settings
) -> Iterator[Said]:
    """The reply by the next working day, and the question what that is where the readings part."""
    if facts.received_at is None or facts.calendar is None:
        yield unknown("calendar", "office")
        return
    counting = settings.working_day_definition or _chosen(facts)
    try:
        day = next_working_day(facts.received_at, facts.calendar, counting or DaysThatCount.WEEKDAYS)
        reply = obliges(settings.who, "reply", Due(day=day), "inbox.next_working_day", day=day)
        reply.chosen = settings.working_day_definition is None and counting is not None
        yield reply
        if counting is None and not all(facts.calendar.counts(day, one) for one in DaysThatCount):
            yield refers("inbox.working_day_open", NOBODY_NAMED, day=day)
    except MissingCalendar as missing:
        yield unknown(missing.what, "office")


def _day_off_within(facts: ItemReceived, settings: HoursIntoDaysOff.Settings) -> date | Said | None:
    """The first day off between receipt and the end of the hours; a saying where that is not known."""
    if _reply_is_owed(facts, settings.item_kinds) is not True or _came_on(facts, settings.weekend_days):
        return None
    if facts.received_at is None:
        return None
    # what is due as a day begins is due at the end of the day before
    last = local_day(after_hours(facts.received_at, settings.response_hours) - INSTANT_BEFORE)
    first = local_day(facts.received_at)
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    for day in days:  # a weekend needs no calendar
        if WEEK[day.weekday()] in settings.weekend_days:
            return day
    if facts.calendar is None:
        return unknown("calendar", "office")
    try:
        return next((day for day in days if _is_off(facts.calendar, day)), None)
    except MissingCalendar as missing:
        return unknown(missing.what, "office")


def _is_off(calendar: Calendar, day: date) -> bool:
    """A bank holiday or a weekday of the school holidays; an INSET day is neither."""
    return not (
        calendar.counts(day, DaysThatCount.WEEKDAYS) and calendar.counts(day, DaysThatCount.STAFF_DAYS)
    )


def _chosen(facts: ItemReceived) -> DaysThatCount | None:
    """What the federation chose to count, where its choice is in force on the day judged."""
    choice = facts.working_day
    if choice is None or (choice.from_day and (facts.day is None or facts.day < choice.from_day)):
        return None
    return choice.counting


def _ruling(facts: Facts, tension: str) -> Ruling | None:
    """The ruling on this tension that is in force on the day judged."""
    for one in facts.rulings:
        if one.tension == tension and _in_force(one, facts.day):
            return one
    return None


def _in_force(one: Ruling, day: date | None) -> bool:
    if one.from_day is None and one.to_day is None:
        return True
    return day is not None and (one.from_day or day) <= day <= (one.to_day or day)
