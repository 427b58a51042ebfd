"""What a page shows in plain words, with nothing left to work out: instants and days as a school says them,
in London and in the reader's language, and a decision as the verdict panel shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.core.calendars import WEEKDAYS
from schoolgate.core.clock import LONDON, local_day
from schoolgate.rulebook.answers import A_MINUTE


@dataclass(frozen=True)
class ShownClause:
    """A clause quoted under a sentence: its basis, where to find it, its text and who worded it.

    `language`: of the text, for screen readers; empty where it is not known. `said`: who left it out of this
    question, and when; `turns`: where the policy's owner sends that it belongs here or not; empty for others.
    """

    basis: str
    heading: str
    words: str
    whose: str
    id: str = ""
    language: str = ""
    said: str = ""
    turns: str = ""


@dataclass(frozen=True)
class ShownSentence:
    """One thing that a rule says, with its clauses."""

    text: str
    clauses: Sequence[ShownClause] = ()
    more: str = ""


@dataclass(frozen=True)
class ShownPoint:
    """One point of a decision. `kind` is the colour and sign of its answer: good, wait, no, ask or plain."""

    key: str
    title: str
    kind: str
    answer: str
    sentences: Sequence[ShownSentence] = ()
    needs: Sequence[str] = ()


MOST_READ = 5
MOST_NEAR = 8
"""So many clauses that touch a question are shown at once."""
NEAREST = 4
"""So many clauses to read are shown at once; where there are more, the nearest."""


@dataclass(frozen=True)
class ShownVerdict:
    """A whole decision, most urgent first.

    `needs`: what is missing, each once. `points`: those with something to read. `waiting`: points that only
    wait for what is missing. `first`: clauses that fit the words in which it was asked, and come before all
    else. `stricter`: a rule of the program's own that stops this whatever these clauses allow. `read`:
    clauses that a person reads, because no rule of ours speaks for them or because they leave it out.
    `near`: how many of them touch the question; None where none was asked in words.
    `aside`: clauses that the policy's owner left out of this question.
    `in_order`: points that are met. `unsaid`: labels of points that the policy does not cover; `quiet`: of
    those for which it has a rule that had nothing to judge here.
    """

    kind: str
    title: str
    summary: str
    points: Sequence[ShownPoint] = ()
    needs: Sequence[str] = ()
    read: Sequence[ShownClause] = ()
    waiting: Sequence[ShownPoint] = ()
    in_order: Sequence[ShownPoint] = ()
    unsaid: Sequence[str] = ()
    quiet: Sequence[str] = ()
    note: str = ""
    made_with: str = ""
    duties: Sequence[str] = ()
    first: Sequence[ShownClause] = ()
    stricter: str = ""
    aside: Sequence[ShownClause] = ()
    near: int | None = None

    @property
    def first_of_all(self) -> bool:
        """Whether `first` is the answer itself. Beside another it is no reason of it, and stands below."""
        return self.kind == "ask"

    @property
    def presses(self) -> bool:
        """Whether a point stops or waits, so that it comes before what is to be read."""
        return any(point.kind != "good" for point in self.points)

    @property
    def is_open(self) -> bool:
        """Whether a page on which someone decides shows it unfolded: it stops, or something is to be read."""
        return self.kind in ("no", "ask") or bool(self.first or self.read)

    @property
    def read_at_once(self) -> Sequence[ShownClause]:
        """The clauses to read that are nearest to the question: those that touch it; where no question was
        asked in words all, where they are few."""
        if self.near is not None:
            return self.read[: min(self.near, MOST_NEAR)]
        return self.read if len(self.read) <= MOST_READ else self.read[:NEAREST]

    @property
    def read_besides(self) -> Sequence[ShownClause]:
        """The others, which are folded."""
        return self.read[len(self.read_at_once) :]

    @property
    def turns_besides(self) -> str:
        """Where the policy's owner sends that none of the others is about the question; empty for others."""
        return next((one.turns for one in self.read_besides if one.turns), "")


DAYS_OF_A_WEEK = 7
NOON = 12
MONTHS_OF_A_YEAR = 12


def day_in_words(day: date) -> str:
    """ "Saturday 21 November 2026", in the active language; in Welsh as within a sentence, "dydd Sadwrn".
    Where it begins a line of a page, the style sheet draws a capital; elsewhere `capfirst` makes one."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=WEEKDAYS[day.weekday()], day=day.day, month=MONTHS[day.month], year=day.year
    )


def time_in_words(at: datetime) -> str:
    """ "2:05pm", or "2pm" on the hour, in London and in the active language."""
    local = at.astimezone(LONDON)
    clock = f"{local.hour % 12 or 12}" + (f":{local.minute:02}" if local.minute else "")
    return (_("{clock}am") if local.hour < NOON else _("{clock}pm")).format(clock=clock)


def instant_in_words(at: datetime) -> str:
    """ "Saturday 21 November 2026, 2:05pm", in London and in the active language."""
    return _("{day}, {time}").format(day=day_in_words(local_day(at)), time=time_in_words(at))


def instant_in_short(at: datetime, *, this_year: int = 0) -> str:
    """ "21 Nov 2026, 14:05" for tables, in London and in the active language. `this_year`: goes without
    saying."""
    day = local_day(at)
    year = "" if day.year == this_year else f" {day.year}"
    return f"{day.day} {str(MONTHS_3[day.month]).capitalize()}{year}, {at.astimezone(LONDON):%H:%M}"


def period_in_words(months: int) -> str:
    """ "18 months", or "3 years" where it is whole years."""
    years, rest = divmod(months, MONTHS_OF_A_YEAR)
    if rest or not years:
        return ngettext("{number} month", "{number} months", months).format(number=months)
    # Welsh says years after 4 as after 3, and has a form of its own for 3 alone.
    return ngettext("{number} year", "{number} years", 3 if years == 4 else years).format(number=years)


@dataclass(frozen=True)
class ShownDue:
    """A due time for `<c-due>`: its words, and "" (to come), "soon", "over" or "none"."""

    text: str
    kind: str = ""


def due_in_words(
    *, instant: datetime | None, day: date | None, at: datetime, at_once: bool = False
) -> ShownDue:
    """Return when something is due, seen from the instant `at`: a time, a whole day, or no deadline (both
    None).

    Within a day of the time it counts as near. A day is over when the next one has begun in London.
    `at_once`: the clause gives no number, and the time has run since the instant.
    """
    if at_once:
        if instant is None or at - instant < A_MINUTE:
            return ShownDue(_("at once"), "soon")
        return ShownDue(_("at once, overdue since {when}").format(when=instant_in_words(instant)), "over")
    if instant is not None:
        text = _("by {when}").format(when=instant_in_words(instant))
        left = instant - at
        kind = "over" if left < timedelta(0) else "soon" if left <= timedelta(days=1) else ""
    elif day is not None:
        text = _("by the end of {day}").format(day=day_in_words(day))
        days = (day - local_day(at)).days
        kind = "over" if days < 0 else "soon" if days == 0 else ""
    else:
        return ShownDue(_("no deadline in the policy"), "none")
    if kind == "over":
        text = _("was due {when}").format(when=text)
    return ShownDue(text, kind)


def due_in_short(
    *, instant: datetime | None, day: date | None, at: datetime, promised: bool = True
) -> ShownDue:
    """Return the same in few words, for a list of tasks: "by 4pm today", "by Friday".

    `promised`: where both are None, whether a policy leaves the time open; otherwise no deadline was set.
    """
    if instant is not None:
        time, on = time_in_words(instant), local_day(instant)
        return ShownDue(*_by_time(time, (on - local_day(at)).days, on, over=at - instant >= A_MINUTE))
    if day is not None:
        return ShownDue(*_by_day((day - local_day(at)).days, day))
    if promised:
        return ShownDue(_("no deadline in the policy"), "none")
    return ShownDue(_("no deadline set"), "none")


def _by_time(time: str, days: int, on: date, *, over: bool) -> tuple[str, str]:
    if over:
        said = {0: _("was due by {time} today"), -1: _("was due by {time} yesterday")}
        return said.get(days, _("was due by {time} on {day}")).format(time=time, day=_near(on, days)), "over"
    said = {0: _("by {time} today"), 1: _("by {time} tomorrow")}
    kind = "soon" if days <= 1 else ""
    return said.get(days, _("by {time} on {day}")).format(time=time, day=_near(on, days)), kind


def _by_day(days: int, on: date) -> tuple[str, str]:
    if days < 0:
        return (
            _("was due yesterday") if days == -1 else _("was due on {day}").format(day=_near(on, days))
        ), "over"
    said = {0: _("by the end of today"), 1: _("by the end of tomorrow")}
    return said.get(days, _("by {day}")).format(day=_near(on, days)), "soon" if days == 0 else ""


def _near(day: date, days: int) -> str:
    """The day of the week where it is one of the next six, else with its date."""
    return str(WEEKDAYS[day.weekday()]) if 1 < days < DAYS_OF_A_WEEK else day_in_words(day)
