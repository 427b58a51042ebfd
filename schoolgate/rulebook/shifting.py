"""Settings shifted by one: each number, day and role of a rule turned into its neighbour, one at a time.

A number becomes one less and one more, a day the day before and the day after, a role another role of the
policy, wherever a rule that is data names it; a list of several roles loses one. What the settings themselves
refuse (an enumeration, a number below its least) is no neighbour. Yes and no, words from a closed list and
plumbing stay as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.packs import Binding
from schoolgate.rulebook.rules.fact_at import BadCondition

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Path = tuple[str | int, ...]


class Shift(NamedTuple):
    """One changed value: its place, what it was and is (`None`: taken out of its list)."""

    path: Path
    was: object
    now: object

    def __str__(self) -> str:
        where = ".".join(map(str, self.path))
        return f"{where}: {self.was} left out" if self.now is None else f"{where}: {self.was} -> {self.now}"


def shifts(binding: Binding, roles: Sequence[str]) -> Iterator[tuple[Shift, Any]]:
    """Yield each possible shift of a binding's settings, and the settings as they then are."""
    control = CONTROLS[binding.control]
    seen: list[Any] = []
    for name, value in binding.settings.model_dump().items():
        if name not in control.plumbing:
            for shift in _of(value, (name,), roles):
                if shift.was in roles and not control.names_role(binding.settings, str(shift.was)):
                    continue
                changed = shifted(binding, shift)
                if changed is not None and changed not in seen:
                    seen.append(changed)
                    yield shift, changed


def shifted(binding: Binding, shift: Shift) -> Any | None:
    """Return the settings of a binding with this one change; None where they have no such value or cannot
    be so."""
    settings = binding.settings
    data = settings.model_dump()
    if not _put(data, shift):
        return None
    if _names_a_role(shift.path):
        _put_beside(data, shift)
    try:
        changed = type(settings).model_validate(data)
        CONTROLS[binding.control].check(changed, binding.situations)
    except (ValidationError, BadCondition):
        return None
    return changed if changed != settings else None


def _of(value: Any, path: Path, roles: Sequence[str]) -> Iterator[Shift]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield from (Shift(path, value, value + step) for step in (-1, 1))
    elif isinstance(value, date):
        yield from (Shift(path, value, value + timedelta(days=step)) for step in (-1, 1))
    elif isinstance(value, str):
        yield from _of_text(value, path, roles, (value,))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _of(part, (*path, name), roles)
    elif isinstance(value, Sequence):
        for position, part in enumerate(value):
            if isinstance(part, str):
                yield from _of_text(part, (*path, position), roles, value)
                if part in roles and len(value) > 1:
                    yield Shift((*path, position), part, None)
            else:
                yield from _of(part, (*path, position), roles)


def _of_text(text: str, path: Path, roles: Sequence[str], beside: Sequence[Any]) -> Iterator[Shift]:
    if text in roles:
        another = next((role for role in roles if role not in beside), None)
        if another is not None:
            yield Shift(path, text, another)
    elif _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        yield from (Shift(path, text, (day + timedelta(days=step)).isoformat()) for step in (-1, 1))


def _names_a_role(path: Path) -> bool:
    """Whether a rule names a role there, and no word of a fact that is called the same."""
    return (
        path[-1] in ("role", "of", "who", "to")
        or path[0] == "supplied_by"
        or any(_last(step).endswith("roles") for step in path)
    )


def _last(step: str | int) -> str:
    return str(step).split(".")[-1]


def _put_beside(value: Any, shift: Shift, path: Path = ()) -> None:
    """Makes the change wherever the same rule names the same role: it is one role."""
    if isinstance(value, list | dict):
        for step, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
            here = (*path, step)
            if part == shift.was and shift.now is not None and _names_a_role(here):
                value[step] = shift.now
                continue
            value[step] = list(part) if isinstance(part, tuple) else part
            _put_beside(value[step], shift, here)
            if shift.now is None and isinstance(value[step], list) and _names_a_role((*here, 0)):
                value[step] = [one for one in value[step] if one != shift.was]


def _put(data: dict[str, Any], shift: Shift) -> bool:
    """Make the change in the data; return whether the value was there."""
    place: Any = data
    *way, last = shift.path
    try:
        for step in way:
            if isinstance(place[step], tuple):
                place[step] = list(place[step])
            place = place[step]
        if place[last] != shift.was:
            return False
        if shift.now is None:
            del place[last]
        else:
            place[last] = shift.now
    except (KeyError, IndexError, TypeError):
        return False
    return True
