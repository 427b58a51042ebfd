"""What a case leaves unsaid, fact by fact: each stored fact of a scenario taken away, and said otherwise."""

from datetime import UTC, date, datetime, timedelta
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime

from schoolgate.rulebook import decide
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.facts import Attested, DayOrMonth, Part
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.kinds import Outcome

WHEN = frozenset({"now", "on"})
"""What the program always says: it is taken away, and not said otherwise."""
THEN = datetime(2027, 1, 19, 10, tzinfo=UTC)
DAYS = (-4000, -30, -1, 1, 30)


def places(facts, read, way=()):
    """The way to each stored fact that a rule reads, with its field: of parts and of parts in lists, too."""
    for name, field in type(facts).model_fields.items():
        if not way and name not in read | WHEN:
            continue
        if not field.is_required():
            yield (*way, name), field
        value = getattr(facts, name)
        parts = [(*way, name, n) for n in range(len(value))] if isinstance(value, tuple) else [(*way, name)]
        for there, part in zip(parts, value if isinstance(value, tuple) else [value], strict=False):
            if isinstance(part, Part) and not isinstance(part, Attested):
                yield from places(part, read, there)


def put(facts, way, value):
    """The same facts with this value there."""
    first, *rest = way
    if isinstance(facts, tuple):
        return tuple(put(one, rest, value) if n == first else one for n, one in enumerate(facts))
    made = facts.model_copy(update={first: put(getattr(facts, first), rest, value) if rest else value})
    made.__dict__.pop("day", None)
    return made


def at(facts, way):
    for step in way:
        facts = facts[step] if isinstance(step, int) else getattr(facts, step)
    return facts


def values(kind, facts):
    """A few values of a kind: every word of a closed list, and days on both sides of the day judged."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind == DayOrMonth:
        return
    if origin is Annotated:
        yield from values(inside[0], facts)
    elif origin in (Union, UnionType):
        yield from (value for one in inside for value in values(one, facts))
    elif origin is Literal:
        yield from inside
    elif origin is tuple:
        yield from ((), *((one,) for one in values(inside[0], facts)))
    elif kind in PLAIN:
        yield from PLAIN[kind](facts)
    elif isinstance(kind, type) and issubclass(kind, Part):
        needed = {name: one.annotation for name, one in kind.model_fields.items() if one.is_required()}
        least = {name: next(values(one, facts), None) for name, one in needed.items()}
        if None not in least.values():
            yield kind.model_construct(**least)


def instants(facts):
    return [(facts.now or THEN) + timedelta(days=n) for n in DAYS]


PLAIN = {
    bool: lambda _facts: (True, False),
    int: lambda _facts: (0, 1, 100),
    str: lambda _facts: ("another",),
    datetime: instants,
    AwareDatetime: instants,
    date: lambda facts: [(facts.day or THEN.date()) + timedelta(days=n) for n in DAYS],
    Attested: lambda _facts: [
        Attested(answer=said, by="x", at=THEN, of_this_version=True) for said in (True, False)
    ],
}


def names_of(situation, way):
    """What an exception may call a fact: its name, or the path to it or to what holds it."""
    path = [step for step in way if isinstance(step, str)]
    paths = {".".join(path[: n + 1]) for n in range(len(path))}
    return {path[-1], *paths, *(f"{situation}:{one}" for one in paths)}


SCENES = 2
"""In so many scenarios of a policy a fact is said otherwise."""


def permitted_by_knowing_less(scenario, under, tried):
    """Points that aren't stopped without a fact of the scenario, and are with it or with another value of it,
    each with the names of the fact. `tried`: in how many scenarios each fact was said otherwise so far."""
    key, facts = scenario.situation, scenario.facts
    as_it_is = decide(under, key, facts)
    stopped, left = _points(as_it_is, passing=False), _points(as_it_is, passing=True)
    read = facts_read(under, key)
    for way, field in places(facts, read):
        fact = (key, *(step for step in way if isinstance(step, str)))
        if not stopped and tried[fact] >= SCENES:
            continue
        unsaid, said = field.get_default(), at(facts, way)
        if (type(said), said) == (type(unsaid), unsaid):
            passing = left  # the scenario doesn't say it: the same question
        else:
            passing = _points(decide(under, key, put(facts, way, unsaid)), passing=True)
        names = names_of(key, way)
        yield from ((point, names) for point in passing & stopped)
        if not passing or tried[fact] >= SCENES or way[0] in WHEN:
            continue
        tried[fact] += 1
        for value in values(field.annotation, facts):
            if value == unsaid:
                continue
            try:
                other = decide(under, key, put(facts, way, value))
            except (BadFacts, ValueError):  # no such value
                continue
            yield from ((point, names) for point in passing & _points(other, passing=False))


def _points(decision, *, passing):
    return {
        point
        for point, outcome in decision.points.items()
        if (outcome.weight <= Outcome.PERMITTED.weight) is passing
    }
