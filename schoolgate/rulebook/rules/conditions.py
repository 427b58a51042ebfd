"""Conditions of a rule: read from data, checked against a situation's facts, compiled to plain functions.

A condition answers True, False, or `Missing`: the first fact, in the order written, without which it can't
be told. Strong Kleene logic: `all` with one False is False whatever else is unknown, so no question is
asked in vain. Inside a list a name is a fact of the current part, else one of the whole situation.

    {way: social, to_relation: pupil}            every one of these
    {pupils: {at_least: 2}}                      also at_most; any_of, none_of for words
    {page_title: {mentions: [High School]}}      words that occur somewhere in a text
    {notes: {includes: implications_note}}       a list of words; also includes_any
    {called_for: {some: {who: colleague}}}       parts of a list; also every, and empty: true
    {consents: {count: {at_least: 2, of: {...}}}}  how many there are in a list, or how many such; with
                                               different: by, each person (or other fact) counts once
    {version: {known: true}}                   asked for until it is there; approvals: until someone gave one
    {second_person: {stated: true}}            whether a fact that no one is asked for is stated; also
    {rule_wording: {stated_as: [staff]}}       whether it is said to be one of these
    {asked_by: {same_as: author.key}}            another fact of the situation; also earlier_than, later_than,
                                               less_than, more_than
    {looked_at: {over: {hours: 24}}}           longer ago than that; also days, months, years, terms
    {all: [...]}, {any: [...]}, {not: ...}       put together; true: always; false: never
    {ruled: allows}                              a ruling on the rule's tension is in force; also refuses
"""

from collections.abc import Callable, Mapping
from datetime import date
from operator import eq, gt, lt
from typing import Any

from pydantic import ValidationError

from schoolgate.rulebook.algebra import ruling_on
from schoolgate.rulebook.facts import Given, SoFar
from schoolgate.rulebook.named_times import first_day, is_a_time, last_day
from schoolgate.rulebook.rules.reading import (
    NO_PART,
    NOTHING_KNOWN,
    Answer,
    BadCondition,
    FactAt,
    Missing,
    Scope,
    Test,
    all_of,
    any_of,
    fact_at,
    fact_reader,
    is_stored,
    missing_of,
    nearest,
    not_so,
    only_if_it_stays,
    reader,
    types_in,
)
from schoolgate.rulebook.rules.spans import Chosen, ChosenWord, Span, is_over
from schoolgate.rulebook.rules.tree import PUT_TOGETHER

DEEPEST = 12
"""Conditions nested deeper than this are a mistake, or meant to do harm."""


def compiled(written: Any, scope: Scope, way: tuple[str | int, ...] = ()) -> Test:
    """Return the condition as a function. Raises BadCondition."""
    if len(way) > 3 * DEEPEST:
        raise BadCondition(way, "nested too deeply")
    if written is True or written is False:
        return lambda _facts, _item: written
    if isinstance(written, Chosen | ChosenWord):  # `{number: its name}` alone: that there is one
        return lambda _facts, _item: True
    if not isinstance(written, Mapping) or not written:
        raise BadCondition(way, "a condition is a fact with what it has to be, such as {way: social}")
    tests = [_entry(str(name), value, scope, (*way, name)) for name, value in written.items()]
    return tests[0] if len(tests) == 1 else all_of(tests)


def _entry(name: str, value: Any, scope: Scope, way: tuple[str | int, ...]) -> Test:
    if name in ("all", "any"):
        if not isinstance(value, list | tuple) or not value:
            raise BadCondition(way, f"{name} wants a list of conditions")
        tests = [compiled(one, scope, (*way, place)) for place, one in enumerate(value)]
        return all_of(tests) if name == "all" else any_of(tests)
    if name == "not":
        return not_so(compiled(value, scope, way))
    if name == "ruled":
        return _ruled(value, scope, way)
    if isinstance(value, Mapping) and len(value) == 1 and not STATED.isdisjoint(value):
        return _stated(name, value, scope, way)
    model = scope.holder(name)
    fact = scope.fact(name, way)
    test = _reading(name, fact, scope, value, way)
    return test if model is scope.model else lambda facts, _item: test(facts, facts)


STATED = frozenset({"stated", "stated_as"})
"""Comparisons of facts that no one is asked for: a fact without a value counts as absent."""


def _stated(name: str, value: Mapping[str, Any], scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Whether a value is given for a fact that no one is asked for. Missing only where the whole list is."""
    ((operator, wanted),) = value.items()
    model = scope.holder(name)
    fact = fact_at(model, name, way, unasked="only")
    known = reader(fact)

    def read(facts: Any, item: Any) -> Any:
        return known(facts, item if model is scope.model else facts)

    def unsure(item: Any) -> Missing | None:
        return NOTHING_KNOWN if item is NO_PART and model is scope.model else None

    if operator == "stated":
        if not isinstance(wanted, bool):
            raise BadCondition((*way, operator), "true or false")
        return lambda facts, item: unsure(item) or (read(facts, item) is not None) is wanted
    if fact.many:
        raise BadCondition((*way, operator), "a list: say stated")
    words = frozenset(fact.words(wanted, (*way, operator)))
    return lambda facts, item: unsure(item) or read(facts, item) in words


def _reading(name: str, fact: FactAt, scope: Scope, value: Any, way: tuple[str | int, ...]) -> Test:
    """Return a test that reads the fact, and is Missing where it is not known."""
    read, missing = reader(fact), missing_of(name, fact, scope)
    if is_stored(fact) and not fact.many and not isinstance(value, Mapping):
        return _is(fact.steps[0], fact.word(value, way), missing)
    matches, operator = _matcher(value, fact, scope, way), value
    if is_stored(fact):
        (stored,) = fact.steps

        def plain(facts: Any, item: Any) -> Answer:
            value = getattr(item, stored)
            return matches(facts, value) if value is not None else missing

        return plain

    def test(facts: Any, item: Any) -> Answer:
        value = read(facts, item)
        return matches(facts, value) if value is not None else missing

    def worked_out(facts: Any, item: Any) -> Answer:
        value = read(facts, item)
        if value is None:
            return missing
        if value.__class__ is Missing:
            return value
        if value.__class__ is range:  # a number of which only the least and the greatest are known
            said = {matches(facts, one) for one in value}
            return said.pop() if len(said) == 1 else missing
        told = matches(facts, value)
        return told if value.__class__ is not SoFar else only_if_it_stays(told, operator, value, missing)

    return test if fact.derived is None else worked_out


def _is(name: str, wanted: Any, missing: Missing) -> Test:
    """Whether a fact is this word; by far the most conditions are no more than that."""

    def test(_facts: Any, item: Any) -> Answer:
        known = getattr(item, name)
        return known == wanted if known is not None else missing

    return test


def _ruled(said: Any, scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Whether a ruling on what the rule's tension leaves open is in force and says so."""
    if said not in ("allows", "refuses"):
        raise BadCondition(way, nearest(str(said), ("allows", "refuses")))
    tension = scope.tension
    if tension is None:
        raise BadCondition(way, "a ruling is on a tension, and this rule names none")

    def test(facts: Any, _item: Any) -> Answer:
        ruling = ruling_on(tension, facts)
        return ruling is not None and ruling.allows is (said == "allows")

    return test


def _matcher(value: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Return a test of a value that is known."""
    if not isinstance(value, Mapping):
        if fact.many:
            raise BadCondition(way, f"a list: say {{includes: {value}}}")
        wanted = fact.word(value, way)
        return lambda _facts, known: known == wanted
    if len(value) != 1:
        raise BadCondition(way, "one comparison, such as {any_of: [...]}")
    ((operator, given),) = value.items()
    if operator in _OF_TWO:
        return _beside(_OF_TWO[operator], given, fact, scope, (*way, operator))
    make = (_OF_MANY if fact.many else _OF_ONE).get(operator)
    if make is None:
        raise BadCondition((*way, operator), nearest(str(operator), _OF_MANY if fact.many else _OF_ONE))
    return make(given, fact, scope, (*way, operator))


def _any_of(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    words = frozenset(fact.words(given, way))
    return lambda _facts, known: known in words


def _none_of(given: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    return not_so(_any_of(given, fact, scope, way))


def _mentions(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Whether one of these occurs in a text, ignoring case."""
    if str not in types_in(fact.kind):
        raise BadCondition(way, f"{way[-2]} is no text")
    words = [word.casefold() for word in fact.words(given, way)]
    return lambda _facts, known: any(word in known.casefold() for word in words)


def _at_least(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    least = fact.word(given, way)
    return lambda _facts, known: bool(known >= least)


def _at_most(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    most = fact.word(given, way)
    return lambda _facts, known: bool(known <= most)


def _includes(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    word = fact.word(given, way)
    return lambda _facts, known: word in known


def _includes_any(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    words = frozenset(fact.words(given, way))
    return lambda _facts, known: not words.isdisjoint(known)


def _empty(given: Any, _fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    if not isinstance(given, bool):
        raise BadCondition(way, "true or false")
    return lambda _facts, known: (not known) is given


def _known(given: Any, fact: FactAt, _scope: Scope, way: tuple[str | int, ...]) -> Test:
    if given is not True:
        raise BadCondition(way, "true: what is not known is asked for, and never taken for no")
    if fact.many and isinstance(fact.kind, type) and issubclass(fact.kind, Given):
        return lambda _facts, known: bool(known)  # what people give is known once one gave it
    return lambda _facts, _known: True


def _over(given: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Whether more than the span has passed since a day or time."""
    try:
        span = Span.model_validate(given)
    except ValidationError as error:
        raise BadCondition(
            way, "so long, such as {days: 7}; also hours, weeks, terms, months and years"
        ) from error
    span.check(fact, str(way[-2]), way, scope)
    over, missing = is_over(span), missing_of("day", scope.whole.fact("day", way), scope)

    def test(facts: Any, known: Any) -> Answer:
        said = over(facts, known)
        return missing if said is None else said

    return test


def _beside(
    compare: Callable[[Any, Any], bool], name: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]
) -> Test:
    """Return a comparison with another fact of the situation, or of a day with one that is written out."""
    if not isinstance(name, str):
        raise BadCondition(way, f"the name of another fact, not {name}")
    if is_a_time(name):
        if date not in types_in(fact.kind):
            raise BadCondition(way, f"{way[-2]} is no day")
        written = first_day(name) if compare is lt else last_day(name)
        return lambda _facts, known: compare(known, written)
    other_of = fact_reader(name, scope.whole, way, unasked="no")
    missing = missing_of(name, scope.whole.fact(name, way), scope)

    def test(facts: Any, known: Any) -> Answer:
        other = other_of(facts, facts)
        if isinstance(other, range):
            return missing
        return other if other.__class__ is Missing else compare(known, other)

    return test


def _count(given: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Return how many parts of a list there are, or how many of which something is true (`of`).
    `different`: a fact of the parts; those with the same value count once."""
    limits = {"at_least", "at_most"} & set(given) if isinstance(given, Mapping) else set()
    if len(limits) != 1 or set(given) - limits - COUNTED or type(given[min(limits)]) not in (int, Chosen):
        raise BadCondition(
            way,
            "a number, {at_least: 2} or {at_most: 2}; of, a condition, if not all count; different, a fact"
            " that tells them apart",
        )
    limit, least = given[min(limits)], "at_least" in limits
    inner = compiled(given.get("of", True), fact.inside(scope, way) if "of" in given else scope, (*way, "of"))
    apart, nobody = _told_apart(given.get("different"), fact, scope, (*way, "different"))

    def test(facts: Any, known: Any) -> Answer:
        sure: list[Any] = []
        perhaps: list[Any] = []
        unsure: Missing | None = None
        for part in known:
            said = inner(facts, part)
            if said is False:
                continue
            key = apart(facts, part)
            (sure if said is True else perhaps).append(key)
            lacks = said if isinstance(said, Missing) else nobody if key is None else None
            unsure = unsure or lacks
        fewest, most = _at_worst(sure), _at_best([*sure, *perhaps])
        told = fewest >= limit if least else most <= limit
        untold = most < limit if least else fewest > limit
        return True if told else False if untold else unsure or NOTHING_KNOWN

    return test


COUNTED = frozenset({"of", "different"})
"""Words a count may have besides its number."""


def _told_apart(
    name: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]
) -> tuple[Callable[[Any, Any], Any], Missing]:
    """Return a function that gives what distinguishes a part from others (without a name each counts as
    different), and what is missing where that is not known."""
    if name is None:
        return lambda _facts, _part: object(), NOTHING_KNOWN
    if not isinstance(name, str):
        raise BadCondition(way, "the name of a fact of the parts")
    inside = fact.inside(scope, way)
    told = fact_at(inside.model, name, way)
    if told.many:
        raise BadCondition(way, f"{name} is a list")
    read, nobody = reader(told), missing_of(name, told, inside)
    if told.derived is None:
        return read, nobody

    def key(facts: Any, part: Any) -> Any:
        value = read(facts, part)
        return None if isinstance(value, Missing) else value

    return key, nobody


def _at_worst(keys: list[Any]) -> int:
    """Return how many different ones there are for sure: one that is not known may be any of the others."""
    return len({key for key in keys if key is not None}) or min(len(keys), 1)


def _at_best(keys: list[Any]) -> int:
    """Return how many different ones there may be."""
    return len({key for key in keys if key is not None}) + sum(key is None for key in keys)


def _some(given: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    inner = compiled(given, fact.inside(scope, way), way)

    def test(facts: Any, known: Any) -> Answer:
        answer: Answer = False
        for part in known:
            said = inner(facts, part)
            if said is True:
                return True
            if said is not False and answer is False:
                answer = said
        return answer

    return test


def _every(given: Any, fact: FactAt, scope: Scope, way: tuple[str | int, ...]) -> Test:
    return not_so(_some({"not": given}, fact, scope, way))


Maker = Callable[[Any, FactAt, Scope, tuple[str | int, ...]], Test]
_OF_ONE: dict[str, Maker] = {
    "any_of": _any_of, "none_of": _none_of, "mentions": _mentions, "at_least": _at_least, "at_most": _at_most,
    "known": _known, "over": _over,
}  # fmt: skip
_OF_MANY: dict[str, Maker] = {
    "includes": _includes, "includes_any": _includes_any, "empty": _empty, "some": _some, "every": _every,
    "count": _count, "known": _known,
}  # fmt: skip
_OF_TWO: dict[str, Callable[[Any, Any], bool]] = {
    "same_as": eq,
    "earlier_than": lt,
    "later_than": gt,
    "less_than": lt,
    "more_than": gt,
}
COMPARISONS = frozenset(
    {*_OF_ONE, *_OF_MANY, *_OF_TWO, *PUT_TOGETHER, "stated", "stated_as", "of", "different"}
)
"""The words of a condition that are no facts."""
