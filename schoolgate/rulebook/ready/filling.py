"""Fill in a ready rule, and know it again among the rules of a clause."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from schoolgate.rulebook.named_times import shown
from schoolgate.rulebook.ready.bound import PEOPLE, binding, found_bound
from schoolgate.rulebook.ready.exceptions import AGREED, EXCEPTIONS, excepting, made_of
from schoolgate.rulebook.ready.model import (
    AGREED_BY,
    BOUND,
    STAFF,
    UNLESS,
    By,
    Choice,
    Exceptions,
    Number,
    OfEach,
    ReadyRule,
    Role,
    Several,
    Values,
)
from schoolgate.rulebook.sentences import gettext_noop as _

BESIDE = ("clauses", "in_full")
"""Words of a rule that are about its clause, not about what it does."""
OMIT = object()
"""What stands where nothing was filled in."""


def filled(ready: ReadyRule, values: Values, clause: str) -> list[dict[str, Any]]:
    """Return the rules of a clause that this ready rule makes of what was filled in."""
    rules = (with_filled(one, values) for one in ready.rules)
    made = [each for one in rules if one is not OMIT for each in excepting(ready, one, values)]
    return [{"clauses": [clause], **binding(one, values)} for one in made]


def with_filled(written: Any, values: Values) -> Any:
    """Return what is written with its gaps filled in; `OMIT` where nothing stands there."""
    if isinstance(written, By):
        value = values[written.field]
        chosen = next(
            (one for one in (value if isinstance(value, tuple) else (value,)) if one in written.each), None
        )
        return OMIT if chosen is None else with_filled(written.each[chosen], values)
    if isinstance(written, OfEach):
        return with_filled([one for key, one in written.each.items() if key in values[written.field]], values)
    if isinstance(written, str) and written.startswith("{") and written.endswith("}"):
        name, _gap, otherwise = written[1:-1].partition("|")
        return values[name] or otherwise or OMIT
    if isinstance(written, Mapping):
        parts = ((name, with_filled(value, values)) for name, value in written.items())
        found: Any = {name: value for name, value in parts if value is not OMIT}
    elif isinstance(written, list | tuple):
        found = [value for one in written if (value := with_filled(one, values)) is not OMIT]
    else:
        return written
    return found if found or not written else OMIT  # what only had gaps goes with them


def sentence(ready: ReadyRule, values: Values, translate: Callable[[str], str] = str) -> str:
    """Return a clause that says what was filled in."""
    said = {}
    singular = any(isinstance(one, Number) and values[name] == 1 for name, one in ready.fields.items())
    for name, one in ready.fields.items():
        value = values[name]
        if name == BOUND:
            continue
        if isinstance(one, Choice):
            word = (one.one if singular else {}).get(value) or one.said[value]
            said[name] = translate(word) if word else ""
        elif isinstance(one, Exceptions):
            continue
        elif isinstance(one, Several):
            words = [translate(one.said[key]) for key in one.options if key in value]
            said[name] = _listed(words, translate(_(" or ")))
        elif isinstance(one, Role):
            said[name] = translate(one.said).format(role=value) if value else ""
        else:
            number = shown(value) if one.clock else value
            said[name] = translate(one.said).format(number=number) if asked(ready, name, values) else ""
    says = translate((singular and ready.says_one) or ready.says).format(**said)
    says = says.replace(" .", ".").replace(" the the ", " the ")
    made = [
        translate(EXCEPTIONS[key].said).format(role=values[AGREED_BY])
        for key in ready.options_of(UNLESS)
        if key in (values.get(UNLESS) or ())
    ]
    if made:
        says = translate(_("{ban}, unless {exceptions}.")).format(
            ban=says.removesuffix("."), exceptions=translate(_(" or ")).join(made)
        )
    if BOUND not in ready.fields or values.get(BOUND) in (None, "", (), STAFF):
        return says
    people = _listed([translate(PEOPLE.said[one]) for one in values[BOUND]], translate(_(" and ")))
    return f"{says} {translate(_('This applies to {people}.')).format(people=people)}"


def _listed(words: Sequence[str], joined: str) -> str:
    *others, last = words
    return joined.join([", ".join(others), last]) if others else last


def asked(ready: ReadyRule, name: str, values: Values) -> bool:
    """Whether this field has anything to be filled in beside the others."""
    one = ready.fields[name]
    if isinstance(one, Role) and one.agrees:
        return AGREED in (values.get(UNLESS) or ())
    if not isinstance(one, Number) or not one.not_with:
        return True
    other, *choices = one.not_with
    return values.get(other) not in choices


def lacks_a_role(ready: ReadyRule, values: Values) -> bool:
    """Whether a choice was made that means no one as long as no role is filled in."""
    chosen = any(
        values.get(name) in one.of_roles for name, one in ready.fields.items() if isinstance(one, Choice)
    )
    return chosen and not any(values.get(name) for name in ready.roles)


def known_again(
    ready: ReadyRule, rules: Sequence[Mapping[str, Any]], names: Iterable[str]
) -> tuple[int, int, dict[str, Any]] | None:
    """Return where among the rules of a clause those of this ready rule begin, how many they are, and what
    was filled in; None where they are not there, or were changed by hand. `names`: the roles of the
    policy."""
    plain = [_plain(one) for one in rules]
    best: tuple[int, int, dict[str, Any]] | None = None
    for values in _ways(ready, plain, set(names)):
        wanted = [_plain(one) for one in filled(ready, values, "")]
        for place in range(len(plain) - len(wanted) + 1):
            if len(wanted) > (best[1] if best else 0) and plain[place : place + len(wanted)] == wanted:
                best = place, len(wanted), values
    return best


def _ways(ready: ReadyRule, rules: Any, names: set[str]) -> Iterator[dict[str, Any]]:
    """Yield each way to fill in the form with what the rules hold."""
    leaves = list(_leaves(rules))
    numbers = list(dict.fromkeys(leaf for leaf in leaves if type(leaf) is int))
    roles = list(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, str) and leaf in names))
    there = made_of(rules)
    offered: list[list[Any]] = []
    for name, one in ready.fields.items():
        if name == BOUND:
            offered.append([*found_bound(rules)])
        elif isinstance(one, Choice):
            offered.append([*one.options])
        elif isinstance(one, Number):
            offered.append([*numbers, one.default])
        elif isinstance(one, Exceptions):
            offered.append([*_subsets([key for key in one.options if key in there])])
        elif isinstance(one, Several):
            offered.append([*_subsets([*one.options])][1:])
        elif one.agrees:  # no one first: where no exception asks for one, none was filled in
            offered.append(["", *roles])
        else:
            offered.append([*roles, *([""] if one.optional else [])])
    for way in product(*offered):
        yield dict(zip(ready.fields, way, strict=True))


def _subsets(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for count in range(len(keys) + 1):
        yield from combinations(keys, count)


def _plain(rule: Any) -> Any:
    """Return a rule without its clauses, and without their sentences, as plain data that can be compared."""
    if isinstance(rule, Mapping):
        return {str(name): _plain(value) for name, value in rule.items() if name not in BESIDE}
    return [_plain(one) for one in rule] if isinstance(rule, list | tuple) else rule


def _leaves(written: Any) -> Iterator[Any]:
    if isinstance(written, Mapping):
        for value in written.values():
            yield from _leaves(value)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from _leaves(value)
    else:
        yield written
