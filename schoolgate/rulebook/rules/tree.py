"""A condition as a tree that a form can show and change: groups of parts, down to single comparisons.

The written condition stays the only format: an untouched part comes back unchanged, even one that no form
can show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

How = Literal["all", "any"]
Way = tuple[int, ...]
"""The places on the way to a part: (0, 2) is the third part of the first group."""
PUT_TOGETHER = frozenset({"all", "any", "not", "ruled"})
"""The words of a condition that are no facts."""
OF_A_LIST = frozenset({"some", "every", "count"})
"""Comparisons that hold a condition of their own: one that the parts of a list are compared with."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison: `compare` is "is" for a plain value; `turned`: whether it is under `not`."""

    fact: str
    compare: str
    value: Any
    turned: bool = False

    @property
    def written(self) -> Any:
        """As a condition has it."""
        one = {self.fact: self.value if self.compare == "is" else {self.compare: self.value}}
        return {"not": one} if self.turned else one

    @property
    def inner(self) -> Any:
        """Return what has to be true of the parts of a list; None where it compares no parts."""
        if self.compare == "count":
            return self.value.get("of", True)
        return self.value if self.compare in OF_A_LIST else None

    def around(self, inner: Any) -> "Compared":
        """Return the same comparison of a list with another condition on its parts."""
        if self.compare != "count":
            return replace(self, value=inner)
        limits = {name: value for name, value in self.value.items() if name != "of"}
        return replace(self, value=limits if inner is True else {**limits, "of": inner})


def parts_of(written: Any) -> tuple[How, list[Any]]:
    """Return the parts of a condition and whether all have to be true, or any. `true` has none; what is no
    group is its own only part."""
    if written is True:
        return "all", []
    if not isinstance(written, Mapping):
        return "all", [written]
    if len(written) == 1:
        ((name, inner),) = written.items()
        if name in ("all", "any") and isinstance(inner, list | tuple):
            return ("all" if name == "all" else "any"), list(inner)
        return "all", [written]
    return "all", [{name: value} for name, value in written.items()]


def joined(how: How, parts: Sequence[Any]) -> Any:
    """Return the condition of these parts, as a person would write it."""
    if not parts:
        return True
    if len(parts) == 1:
        return parts[0]
    if how == "any":
        return {"any": list(parts)}
    names = [name for part in parts if isinstance(part, Mapping) for name in part]
    plain = all(isinstance(part, Mapping) and len(part) == 1 for part in parts)
    if plain and len(set(names)) == len(names) and PUT_TOGETHER.isdisjoint(names):
        return {name: value for part in parts for name, value in part.items()}
    return {"all": list(parts)}


def is_group(part: Any) -> bool:
    """Whether a part has parts of its own."""
    return isinstance(part, Mapping) and (len(part) > 1 or not {"all", "any"}.isdisjoint(part))


def turned_group(part: Any) -> Any:
    """Return the group under a `not`; None where it is no such thing."""
    inner = part.get("not") if isinstance(part, Mapping) and len(part) == 1 else None
    return inner if is_group(inner) else None


def compared(part: Any) -> Compared | None:
    """Return the part as one comparison of a fact; None where it is more than that."""
    if not isinstance(part, Mapping) or len(part) != 1:
        return None
    ((name, value),) = part.items()
    if name == "not":
        inner = compared(value)
        return None if inner is None or inner.turned else replace(inner, turned=True)
    if name in ("all", "any"):
        return None
    if not isinstance(value, Mapping):
        return Compared(name, "is", value)
    if len(value) != 1:
        return None
    ((compare, given),) = value.items()
    if compare == "count" and not isinstance(given, Mapping):
        return None
    return Compared(name, str(compare), given)


def inner_of(part: Any) -> Any:
    """Return the condition in which the parts of a part are: of a group itself, of a `not` the group under
    it, of a list the condition on its parts; None of a single comparison."""
    if is_group(part):
        return part
    if (group := turned_group(part)) is not None:
        return group
    one = compared(part)
    return one.inner if one is not None else None


def _around(part: Any, inner: Any) -> Any:
    """Return the part with another condition in it."""
    if is_group(part):
        return inner
    if turned_group(part) is not None:
        return True if inner is True else {"not": inner}
    one = compared(part)
    return inner if one is None or one.inner is None else one.around(inner).written


def opposite(part: Any) -> Any:
    """Return what is true where this part is not."""
    one = compared(part)
    if one is not None and one.compare == "is" and isinstance(one.value, bool) and not one.turned:
        return replace(one, value=not one.value).written
    if isinstance(part, Mapping) and [*part] == ["not"]:
        return part["not"]
    return {"not": part}


def entries(written: Any) -> Iterator[tuple[str, Any]]:
    """Yield every fact that a condition names, with what it is compared with; not those of the parts of a
    list."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            if name in ("all", "any", "not"):
                yield from entries(value)
            elif name not in PUT_TOGETHER:
                yield str(name), value
    elif isinstance(written, list | tuple):
        for one in written:
            yield from entries(one)


def part_at(written: Any, way: Way) -> Any:
    """Return the part at this place. Raises LookupError."""
    for deep, place in enumerate(way):
        inner = inner_of(written) if deep else None
        written = parts_of(written if inner is None else inner)[1][place]
    return written


def lists_on(written: Any, way: Way) -> tuple[str, ...]:
    """Return the lists on the way to the parts of the part at this place, the outermost first. Raises
    LookupError."""
    on_the_way = (compared(part_at(written, way[:deep])) for deep in range(1, len(way) + 1))
    return tuple(one.fact for one in on_the_way if one is not None and one.inner is not None)


def with_part(written: Any, way: Way, part: Any) -> Any:
    """Return the condition with another part at this place; without it where `part` is None. Raises
    LookupError."""
    if not way:
        return True if part is None else part
    how, parts = parts_of(written)
    place, rest = way[0], way[1:]
    if not 0 <= place < len(parts):
        raise LookupError(place)
    new = part
    if rest:
        inner = inner_of(parts[place])
        new = _around(parts[place], with_part(parts[place] if inner is None else inner, rest, part))
    gone = new is None or (rest and new is True)
    parts[place : place + 1] = [] if gone else [new]
    return _rejoined(written, how, parts)


def _rejoined(written: Any, how: How, parts: Sequence[Any]) -> Any:
    """Return the parts joined, in the way in which the condition was written where that is a rare one."""
    if joined(*parts_of(written)) == written or not parts:
        return joined(how, parts)
    if len(written) == 1:
        return {how: list(parts)}
    beside = {name: value for part in parts for name, value in part.items()}
    return beside if len(beside) == len(parts) else joined(how, parts)


def with_more(written: Any, way: Way, part: Any, *, how: How | None = None) -> Any:
    """Return the condition with one more part in the group at this place, or in the condition on the parts of
    a list there; `how`: whether the group then needs all or any of its parts, for a group without two parts
    yet. Raises LookupError."""
    here = part_at(written, way)
    inner = inner_of(here) if way else None
    if inner is not None and not is_group(here):
        return with_part(written, way, _around(here, with_more(inner, (), part, how=how)))
    was, parts = parts_of(here)
    if how is not None and how != was:
        if len(parts) > 1:
            return with_part(written, way, joined(how, [here, part]))
        was = how
    return with_part(written, way, joined(was, [*parts, part]))


def turned_over(written: Any, way: Way, how: How) -> Any:
    """Return the condition with `all` or `any` at the group at this place. Raises LookupError."""
    here = part_at(written, way)
    inner = inner_of(here) if way else None
    if inner is not None:
        return with_part(written, way, _around(here, joined(how, parts_of(inner)[1])))
    return with_part(written, way, joined(how, parts_of(here)[1]))


def literals(written: Any) -> Iterator[object]:
    """Yield every number and word that a condition compares with."""
    if isinstance(written, Mapping):
        for value in written.values():
            yield from literals(value)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from literals(value)
    else:
        yield written
