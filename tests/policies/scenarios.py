"""Reads the scenario files and compares what a book answers with what they expect.

A scenario names its situation and facts, or says `like: <an earlier one of its file>` and `but: {path:
value}`: the same facts with those changed (`case.run_by.0.relation`). `expect` may give: outcome,
silent_because, points, clauses (each cited), at (point -> clauses cited there), not_clauses (none cited),
needs, lifts_on, kinds (point -> a kind that stands there), basis (each found), duties (all of them, each with
the keys that are given)."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from schoolgate.rulebook import Book, Decision, books, decide
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.situations import situation

FOLDER = Path(__file__).parent


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Plain YAML, except that `on`, `no` and `yes` are words: only true and false are yes and no."""


BOOL = "tag:yaml.org,2002:bool"
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != BOOL or first in "tTfF"]
    for first, rules in Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, eq=False)
class Scenario:
    policy: str
    file: str
    name: str
    situation: str
    facts: Facts
    expect: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.policy}/{self.file}: {self.name}"


@cache
def scenarios(policy: str) -> tuple[Scenario, ...]:
    """All scenarios of one policy, in the order of files and of their text."""
    found = [one for path in sorted((FOLDER / policy).glob("*.yaml")) for one in _read(policy, path)]
    names = [str(one) for one in found]
    assert len(set(names)) == len(names), f"two scenarios of {policy} have one name"
    return tuple(found)


def all_scenarios() -> Iterator[Scenario]:
    for policy in books():
        yield from scenarios(policy)


def _read(policy: str, path: Path) -> Iterator[Scenario]:
    raw: dict[str, dict[str, Any]] = {}
    for data in yaml.load(path.read_text("utf-8"), Loader):
        strangers = data.keys() - {"name", "situation", "facts", "like", "but", "expect"}
        assert not strangers, f"{path}: {data['name']}: {strangers}"
        if "like" in data:
            like = raw[data["like"]]
            data["situation"] = like["situation"]
            data["facts"] = changed(like["facts"], data.get("but", {}))
        raw[data["name"]] = data
        facts = read_facts(situation(data["situation"]), data["facts"])
        yield Scenario(policy, path.name, data["name"], data["situation"], facts, data["expect"])


def changed(facts: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of the facts with the values at these paths; a path may make new names, but no new places in
    lists."""
    facts = copy.deepcopy(facts)
    for path, value in changes.items():
        *way, last = path.split(".")
        place: Any = facts
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        place[int(last) if isinstance(place, list) else last] = value
    return facts


def unexpected(scenario: Scenario, decided: Decision) -> list[str]:
    """Each expectation that the decision does not meet, in words."""
    expect, wrong = dict(scenario.expect), []
    said = decided.to_json()
    for name in ("outcome", "silent_because"):
        wanted = expect.pop(name, said[name])
        wrong += [f"{name} is {said[name]}, not {wanted}"] if said[name] != wanted else []
    for point, wanted in expect.pop("points", {}).items():
        if said["points"][point] != wanted:
            wrong.append(f"{point} is {said['points'][point]}, not {wanted}")
    wrong += [f"does not cite {one}" for one in expect.pop("clauses", ()) if one not in decided.clauses]
    for point, clauses in expect.pop("at", {}).items():
        cited = {clause for finding in decided.at(point) for clause in finding.clauses}
        wrong += [f"does not cite {one} at {point}" for one in clauses if one not in cited]
    wrong += [f"cites {one}" for one in expect.pop("not_clauses", ()) if one in decided.clauses]
    needs = [need for finding in said["findings"] for need in finding["needs"]]
    wrong += [f"does not ask for {one}" for one in expect.pop("needs", ()) if one not in needs]
    lifts = [finding["lifts_on"] for finding in said["findings"]]
    if "lifts_on" in expect and (wanted := expect.pop("lifts_on")) not in lifts:
        wrong.append(f"nothing lifts on {wanted}")
    for point, wanted in expect.pop("kinds", {}).items():
        if wanted not in [finding.kind for finding in decided.at(point) if finding.stands]:
            wrong.append(f"nothing {wanted} at {point}")
    bases = {str(finding.basis) for finding in decided.findings}
    wrong += [f"nothing rests on {one}" for one in expect.pop("basis", ()) if one not in bases]
    if "duties" in expect:
        wrong += _duties(expect.pop("duties"), said["duties"])
    assert not expect, f"{scenario}: nobody knows what {sorted(expect)} means"
    return wrong


def _duties(wanted: list[dict[str, Any]], owed: list[dict[str, Any]]) -> list[str]:
    left, wrong = list(owed), []
    for one in wanted:
        match = next((duty for duty in left if all(duty[key] == value for key, value in one.items())), None)
        if match is None:
            wrong.append(f"nobody owes {one}")
        else:
            left.remove(match)
    return wrong + [f"nobody expected {one}" for one in left]


def ask(scenario: Scenario, book: Book) -> Decision:
    return decide(book, scenario.situation, scenario.facts)
