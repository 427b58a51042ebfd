"""What the rules about telling somebody share: who was reached, how long it took, when the time is up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from schoolgate.rulebook.controls.base import Said, breached, met, obliges, unknown
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.incident import Told
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.working_time import in_utc, is_past

REPORTER = "incident.reporter"
MINUTE = timedelta(minutes=1)


class Rule(NamedTuple):
    """Who has to tell whom (`roles`), what the duty is called, and the sentence that says so.

    `due`: by when, none promised where the policy gives no number. `chosen`: the federation chose it.
    `until_opened`: whether it counts from when the report was opened, where that is known."""

    who: str
    what: str
    message: str
    roles: tuple[str, ...]
    due: Due = Due()
    chosen: bool = False
    until_opened: bool = False


def told_roles(told: Iterable[Told], roles: Sequence[str]) -> list[Told]:
    """Those who were told and hold one of these roles."""
    return [one for one in told if not set(roles).isdisjoint(one.roles)]


def telling(facts: IncidentReport, rule: Rule) -> Iterator[Said]:
    """What one rule says: nobody told yet, told but not opened, told late, or told."""
    if facts.told is None:
        yield unknown("incident.told", REPORTER)
        return
    here = told_roles(facts.told, rule.roles)
    reached = [one for one in here if one.read is not False]
    if reached:
        yield told_at_last(facts, rule, reached)
        return
    if here:
        yield _by_choice(
            obliges(rule.roles[0], "incident.open_report", rule.due, "incident.not_opened", roles=rule.roles),
            rule,
        )
    else:
        yield _by_choice(obliges(rule.who, rule.what, rule.due, rule.message, roles=rule.roles), rule)
    if time_is_up(rule.due, facts.noticed_at, facts.now):
        yield _by_choice(
            fixed(breached("incident.still_untold", roles=rule.roles, **gap(facts.noticed_at, facts.now))),
            rule,
        )


def told_at_last(facts: IncidentReport, rule: Rule, told: Sequence[Told]) -> Said:
    """Told, with the time that it took where both ends are known; late where a time was due."""
    instants = [(one.read_at if rule.until_opened else None) or one.at for one in told]
    first = min((one for one in instants if one is not None), default=None)
    if first is None or facts.noticed_at is None:
        return met("incident.told", roles=rule.roles)
    took = gap(facts.noticed_at, first)
    if is_late(rule.due, first):
        return _by_choice(fixed(breached("incident.told_late", roles=rule.roles, **took)), rule)
    return met("incident.told_after", roles=rule.roles, **took)


def gap(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """The time between two instants in whole hours and minutes."""
    passed = in_utc(end) - in_utc(start) if start is not None and end is not None else timedelta()
    minutes = max(passed // MINUTE, 0)
    return {"hours": minutes // 60, "minutes": minutes % 60}


def is_late(due: Due, at: datetime) -> bool:
    """Whether something that was done at an instant was done after it was due."""
    end = due.instant or due.day
    return end is not None and is_past(end, at)


def time_is_up(due: Due, start: datetime | None, now: datetime | None) -> bool:
    """Whether the time has run out for what is still not done. Thirty minutes have run out as the thirtieth
    ends; what is due at once has run out as soon as any time has passed."""
    if now is None:
        return False
    if due.instant is not None:
        return in_utc(now) >= in_utc(due.instant) and (start is None or in_utc(now) > in_utc(start))
    return due.day is not None and is_past(due.day, now)


def fixed(said: Said) -> Said:
    """The same, as something that turns on nothing that the policy leaves open."""
    return changed(said, turns=False)


def changed(said: Said, **differently: Any) -> Said:
    """The same saying with some of its parts changed; what many rules share stays as it is."""
    parts = {one.name: getattr(said, one.name) for one in fields(Said)}
    return Said(**{**parts, **differently})


def _by_choice(said: Said, rule: Rule) -> Said:
    return changed(said, chosen=rule.chosen)


def authorities_reached(facts: IncidentReport, outside: Sequence[Told], due: Due) -> Said:
    """An authority was told, with the time that it took where both ends are known; late where a time was
    due."""
    first = min((one.at for one in outside if one.at is not None), default=None)
    if first is None or facts.noticed_at is None:
        return met("incident.authorities_told")
    took = gap(facts.noticed_at, first)
    if is_late(due, first):
        return changed(breached("incident.authorities_told_late", **took), turns=False, chosen=True)
    return met("incident.authorities_told_after", **took)


def authorities_late(facts: IncidentReport, due: Due) -> Iterator[Said]:
    """That no authority was told in time, where the time is up."""
    if time_is_up(due, facts.noticed_at, facts.now):
        late = breached("incident.authorities_untold", **gap(facts.noticed_at, facts.now))
        yield changed(late, turns=False, chosen=True)
