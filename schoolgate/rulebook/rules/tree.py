"""A condition as a tree that a form can show and change: groups of parts, down to single comparisons.

The written condition stays the only format: an untouched part comes back unchanged, even one that no form
can show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

How = Literal["all", "any"]
Way = tuple[int, ...]
"""The places on the way to a part: (0, 2) is the third part of the first group."""
PUT_TOGETHER = frozenset({"all", "any", "not", "ruled"})
"""The words of a condition that are no facts."""


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


def parts_of(written: Any) -> tuple[How, list[Any]]:
    """Return the parts of a condition and whether all have to be true, or any. `true` has none, a single
    comparison is its own only part."""
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


def compared(part: Any) -> Compared | None:
    """Return the part as one comparison of a fact; None where it is more than that."""
    if not isinstance(part, Mapping) or len(part) != 1:
        return None
    ((name, value),) = part.items()
    if name == "not":
        inner = compared(value)
        return (
            None if inner is None or inner.turned else Compared(inner.fact, inner.compare, inner.value, True)
        )
    if name in PUT_TOGETHER:
        return None
    if not isinstance(value, Mapping):
        return Compared(name, "is", value)
    if len(value) != 1:
        return None
    ((compare, given),) = value.items()
    return Compared(name, str(compare), given)


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
    for place in way:
        written = parts_of(written)[1][place]
    return written


def with_part(written: Any, way: Way, part: Any) -> Any:
    """Return the condition with another part at this place; without it where `part` is None. Raises
    LookupError."""
    if not way:
        return True if part is None else part
    how, parts = parts_of(written)
    place, rest = way[0], way[1:]
    if not 0 <= place < len(parts):
        raise LookupError(place)
    new = with_part(parts[place], rest, part) if rest else part
    parts[place : place + 1] = [] if new is None or (rest and new is True) else [new]
    return joined(how, parts)


def with_more(written: Any, way: Way, part: Any, *, how: How | None = None) -> Any:
    """Return the condition with one more part in the group at this place; `how`: whether the group then
    needs all or any of its parts, for a group without two parts yet. Raises LookupError."""
    group = part_at(written, way)
    was, parts = parts_of(group)
    if how is not None and how != was:
        if len(parts) > 1:
            return with_part(written, way, joined(how, [group, part]))
        was = how
    return with_part(written, way, joined(was, [*parts, part]))


def turned_over(written: Any, way: Way, how: How) -> Any:
    """Return the condition with `all` or `any` at the group at this place. Raises LookupError."""
    return with_part(written, way, joined(how, parts_of(part_at(written, way))[1]))
