"""`schoolgate policy words` and `policy kinds`: what authors of a policy can choose from."""

import inspect
from collections.abc import Iterator

from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import Control
from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES

TABLES = {
    "capacities": ("what a role may do (capacities)", dict.fromkeys(sorted(CAPACITIES), "")),
    "points": ("what a rule is about (point)", POINTS),
    "needs": ("what is asked for or required (what)", NEEDS),
    "sources": ("who is asked or required to do it (of, who, supplied_by)", SOURCES),
    "sentences": ("what the decision says (say)", SENTENCES),
}
"""Name of a table -> what it is for, and its words."""


def words(text: str) -> dict[str, dict[str, str]]:
    """Table -> its words that have this text in them or in what they mean."""
    wanted = text.casefold()
    return {
        name: {key: says for key, says in table.items() if wanted in f"{key} {says}".casefold()}
        for name, (_, table) in TABLES.items()
    }


def words_told(text: str) -> Iterator[str]:
    """The same as lines."""
    for name, found in words(text).items():
        if found:
            yield f"{TABLES[name][0]}:"
            yield from (
                f"  {key}{': ' if says else ''}{' '.join(says.split())}" for key, says in found.items()
            )


def kinds(text: str) -> list[dict[str, object]]:
    """The kinds that can be bound to a clause and have this text in what they are."""
    wanted = text.casefold()
    found = [_kind(one) for key, one in sorted(CONTROLS.items()) if key != "rule"]
    return [one for one in found if wanted in f"{one['kind']} {one['says']} {one['points']}".casefold()]


def kinds_told(text: str) -> Iterator[str]:
    """The same as lines."""
    for one in kinds(text):
        yield f"{one['kind']} at {', '.join(one['points'])} in {', '.join(one['in'])}"  # type: ignore[arg-type]
        yield from (f"  {line}" for line in str(one["says"]).splitlines())
        if one["settings"]:
            yield f"  settings: {', '.join(one['settings'])}"  # type: ignore[arg-type]


def _kind(one: Control) -> dict[str, object]:
    return {
        "kind": one.key,
        "says": inspect.cleandoc(type(one).__doc__ or ""),
        "points": list(one.points),
        "in": list(one.listens_to),
        "settings": list(one.Settings.model_fields),
    }
