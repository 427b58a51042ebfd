"""The rota of an example federation: a shift that no one has checked in to, and one to be swapped."""

from datetime import date, datetime, time, timedelta

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import LONDON, local_day
from schoolgate.rota.models import Shift
from schoolgate.rota.setting import add_shifts, make_rota
from schoolgate.rota.swapping import ask, sweep

MORNING, EVENING, LATE = time(8), time(18), time(10)
DAY = timedelta(days=1)


def sets_rota(stage: Stage) -> None:
    """Let the first person set the rota; its people take turns, day by day, from the end of the story."""
    if not stage.cast.on_duty:
        return
    by, starts, first = stage.people[stage.cast.first.key], _starts(stage.now), _day_on_duty(stage.now)
    rota = make_rota(by=by, at=stage.later(), school=None)
    for n in range(7):
        person = stage.people[stage.cast.on_duty[n % len(stage.cast.on_duty)]]
        add_shifts(
            by=by, at=stage.later(1), rota=rota, weekdays=[(first + n * DAY).weekday()], starts=starts,
            nights=1, ends=starts, from_day=first, person=person,
        )  # fmt: skip


def misses_check_in(stage: Stage) -> None:
    """The person on duty doesn't check in, and asks the next person to take a later shift."""
    if not stage.cast.on_duty:
        return
    sweep(at=stage.later())
    one, other = (stage.people[key] for key in stage.cast.on_duty[:2])
    day = _day_on_duty(stage.now) + len(stage.cast.on_duty) * DAY
    shift = Shift.objects.get(weekday=day.weekday())
    ask(by=one, at=stage.later(), shift=shift, day=day, to=other)


def _starts(now: datetime) -> time:
    """Return when shifts start: long enough ago for the shift of now to have been missed."""
    return EVENING if MORNING <= now.astimezone(LONDON).time() < LATE else MORNING


def _day_on_duty(now: datetime) -> date:
    """Return the day on which the shift of now started."""
    return local_day(now) - (DAY if now.astimezone(LONDON).time() < _starts(now) else timedelta())
