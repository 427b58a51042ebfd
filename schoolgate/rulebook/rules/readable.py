"""What a rule can read of a situation's facts, listed so that rule authors find the words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pydantic import AwareDatetime

from schoolgate.rulebook.facts import Ask, Attested, Facts, Part
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.rules.fact_at import BadCondition, FactAt, fact_at, kind_of, types_in, words_of

DEEPEST = 3
"""Parts of parts that are listed."""
PLAIN = {
    bool: "true or false",
    int: "a number",
    str: "text",
    date: "a day",
    AwareDatetime: "a time",
    Due: "by when",
}
"""How a type of values is called."""
OF_THE_ENGINE = frozenset(Facts.model_fields)
"""Facts that every situation has and that the engine reads."""


class Readable(NamedTuple):
    """A fact by its path (of a part of a list after "each"), what it can be, how a rule reads it (compared,
    only asked whether it is stated, or not at all), and who is asked where it is not known."""

    path: str
    values: str
    how: str
    ask: Ask | None


def readable(model: type[Part]) -> Iterator[Readable]:
    """Yield every fact of a model, worked out ones included, in the order of their declaration."""
    yield from _of(model, model, "", "", 0)


def _of(holder: type[Part], model: type[Part], way: str, before: str, deep: int) -> Iterator[Readable]:
    """Yield the facts of a model: `way` leads to it from what holds it, the situation or the part of a
    list."""
    worked_out = [name for name in dir(model) if isinstance(getattr(getattr(model, name), "ask", None), Ask)]
    for name in (*model.model_fields, *worked_out):
        if not deep and issubclass(model, Facts) and name in OF_THE_ENGINE:
            continue
        fact, how = _read(holder, way + name)
        field = model.model_fields.get(name)
        kind, many = kind_of(field.annotation) if field is not None else (None, False)
        parts = kind if isinstance(kind, type) and issubclass(kind, Part) and kind is not Attested else None
        if parts is None or many:
            values, ask = (_values(fact), fact.ask) if fact is not None else ("", None)
            yield Readable(before + name, values, how, ask)
        if parts is None or deep == DEEPEST:
            continue
        if not many:
            yield from _of(holder, parts, f"{way}{name}.", f"{before}{name}.", deep + 1)
        elif how == "compared":
            yield from _of(parts, parts, "", f"{before}{name} each ", deep + 1)


def _read(holder: type[Part], path: str) -> tuple[FactAt | None, str]:
    """Return the fact and how it is read; nothing where no rule can."""
    try:
        return fact_at(holder, path, ()), "compared"
    except BadCondition:
        pass
    try:
        return fact_at(holder, path, (), unasked="only"), "stated"
    except BadCondition:
        return None, "no"


def _values(fact: FactAt) -> str:
    words = [str(word) for word in words_of(fact.kind)]
    if words:
        named = " | ".join(words)
    elif isinstance(fact.kind, type) and issubclass(fact.kind, Part):
        named = "parts"
    else:
        named = next((says for kind, says in PLAIN.items() if kind in types_in(fact.kind)), "text")
    return f"list of {named}" if fact.many else named
