"""Remove a clause with everything that depends on it from a policy's text, or put it back; the text is plain
data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import slugify

Data = dict[str, Any]


def without_clause(data: Mapping[str, Any], clause: str) -> Data:
    """Return the text without this clause, without its rules, and without its id elsewhere."""
    rules = [one for one in data.get("bindings") or () if one["clauses"][0] != clause]
    return {
        **data,
        "clauses": [one for one in data["clauses"] if one["id"] != clause],
        "bindings": [_naming(one, lambda each: each != clause, "clauses", "overrides") for one in rules],
        "kept": _named_still(data.get("kept") or (), clause),
        "tensions": _named_still(data.get("tensions") or (), clause),
    }


def with_clause_of(data: Mapping[str, Any], before: Mapping[str, Any], clause: str) -> Data:
    """Return the text with this clause as an earlier text has it, in its place, with its rules."""
    ids = [one["id"] for one in before["clauses"]]
    there = {one["id"] for one in data["clauses"]}
    behind = next((one for one in reversed(ids[: ids.index(clause)]) if one in there), None)
    found = next(one for one in before["clauses"] if one["id"] == clause)
    known = {*there, clause}
    rules = [
        _naming(one, known.__contains__, "clauses", "overrides")
        for one in before.get("bindings") or ()
        if one["clauses"][0] == clause
    ]
    return {
        **data,
        "clauses": _put_behind(data["clauses"], found, behind),
        "bindings": [*(data.get("bindings") or ()), *rules],
        "kept": _with_again(data.get("kept") or (), before.get("kept") or (), clause),
        "tensions": _with_again(data.get("tensions") or (), before.get("tensions") or (), clause),
    }


def with_roles(data: Mapping[str, Any], names: Iterable[str]) -> Data:
    """Return the text with these roles added to its own; their holders may do nothing in the program yet."""
    roles = list(data["roles"])
    keys = {one["key"] for one in roles}
    for name in names:
        stem = slugify(name)[:70] or "role"
        key = next(
            one for one in (stem, *(f"{stem}-{number}" for number in range(2, 999))) if one not in keys
        )
        keys.add(key)
        roles.append({"name": name, "key": key, "capacities": []})
    return {**data, "roles": roles}


def with_role(data: Mapping[str, Any], key: str, name: str, capacities: Iterable[str]) -> Data:
    """Return the text with this role's new name and capacities. The name changes wherever the text refers to
    the role; clauses keep their own words, which become another name for the role."""
    was = next(one for one in data["roles"] if one["key"] == key)
    roles = [
        {**one, "name": name, "capacities": sorted(capacities)} if one is was else one
        for one in data["roles"]
    ]
    if was["name"] == name:
        return {**data, "roles": roles}
    found: Data = {part: _called(value, was["name"], name) for part, value in data.items() if part != "roles"}
    words = {word: role for word, role in (found.get("role_words") or {}).items() if word != name}
    return {**found, "roles": roles, "role_words": {**words, was["name"]: name}}


OWN_WORDS = frozenset({"says", "section", "what", "id", "area"})
"""Return a text's own words, in which no role is renamed."""


def _called(written: Any, old: str, new: str) -> Any:
    if isinstance(written, Mapping):
        return {
            name: value if name in OWN_WORDS else _called(value, old, new) for name, value in written.items()
        }
    if isinstance(written, list | tuple):
        return [_called(one, old, new) for one in written]
    return new if written == old else written


def clauses_naming(data: Mapping[str, Any], name: str) -> list[str]:
    """Return the ids of the clauses that name this role, themselves, in a rule or in a tension."""
    named = [one["id"] for one in data["clauses"] if _called(one, name, "") != one]
    for part in ("bindings", "tensions"):
        named += [one["clauses"][0] for one in data.get(part) or () if _called(one, name, "") != one]
    return list(dict.fromkeys(named))


def without_role(data: Mapping[str, Any], key: str) -> Data:
    """Return the text without this role."""
    name = next(one["name"] for one in data["roles"] if one["key"] == key)
    words = {word: role for word, role in (data.get("role_words") or {}).items() if role != name}
    return {
        **data,
        "roles": [one for one in data["roles"] if one["key"] != key],
        **({"role_words": words} if "role_words" in data else {}),
    }


def _put_behind(clauses: Sequence[Data], found: Data, behind: str | None) -> list[Data]:
    place = next((at for at, one in enumerate(clauses, start=1) if one["id"] == behind), 0)
    return [*clauses[:place], found, *clauses[place:]]


def _naming(entry: Data, stays: Callable[[str], bool], *parts: str) -> Data:
    """Return the entry with only the remaining ids in these parts."""
    return {**entry, **{part: list(filter(stays, entry[part])) for part in parts if part in entry}}


def _named_still(entries: Iterable[Data], clause: str) -> list[Data]:
    """Return the entries that name other clauses as well."""
    named = (_naming(entry, lambda each: each != clause, "clauses") for entry in entries)
    return [one for one in named if one["clauses"]]


def _with_again(entries: Iterable[Data], before: Iterable[Data], clause: str) -> list[Data]:
    """Return the entries, with this clause where the earlier text names it; what only it had is restored."""
    found = list(entries)
    for old in before:
        if clause not in old["clauses"]:
            continue
        alike = {**old, "clauses": None}
        place = next((at for at, one in enumerate(found) if {**one, "clauses": None} == alike), None)
        if place is None:
            found.append({**old, "clauses": [clause]})
        else:
            found[place] = {**found[place], "clauses": [*found[place]["clauses"], clause]}
    return found
