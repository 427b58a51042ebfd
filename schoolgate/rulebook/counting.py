"""What counts by the instant judged: an approval, a decision or a signature counts from its own time."""

from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from schoolgate.rulebook.facts import Dated, Facts, Part
from schoolgate.rulebook.rules.fact_at import kind_of
from schoolgate.rulebook.working_time import in_utc, local_day

Known = TypeVar("Known", bound=Facts)


def counted_by(known: Known) -> Known:
    """Return the facts without what was given only after `now`, or after the day that is judged where no
    instant is; the very same facts where nothing was."""
    dated = _dated(type(known))
    now, day = known.now, known.day
    if not dated or day is None:
        return known

    def counts(one: Dated) -> bool:
        if one.at is None:
            return True
        return in_utc(one.at) <= in_utc(now) if now is not None else local_day(one.at) <= day

    changed: dict[str, object] = {}
    for name, many in dated:
        value = getattr(known, name)
        if many and value and not all(map(counts, value)):
            changed[name] = tuple(filter(counts, value))
        elif not many and value is not None and not counts(value):
            changed[name] = None
    return known.model_copy(update=changed) if changed else known


@cache
def _dated(model: type[Part]) -> tuple[tuple[str, bool], ...]:
    """The fields of a situation that are such a thing, or a list of them."""
    return tuple(_fields(model))


def _fields(model: type[Part]) -> Iterator[tuple[str, bool]]:
    for name, field in model.model_fields.items():
        kind, many = kind_of(field.annotation)
        if isinstance(kind, type) and issubclass(kind, Dated):
            yield name, many
