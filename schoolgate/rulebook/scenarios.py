"""Scenarios: cases of a policy with the answers that its words give, in YAML files beside its pack.

A scenario names its situation and facts, or says `like: <an earlier one of its file>` and `but: {path:
value}`: the same facts with those changed (`case.run_by.0.relation`). `varies: {path: [values]}`: the
expectation also holds with each of these values in that place; `shows: [clause]` names the clauses whose
rule that is. See `expectations.py` for what `expect` may say."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.errors import BadFacts, BadPack, UnknownSituation
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.packs import FOLDER, folder_of
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.yaml_text import plain

EXAMPLES = "examples"
"""The folder of a pack with them: those that prove a reading, or a school's own of its own policy."""
WORDS = frozenset({"name", "situation", "facts", "like", "but", "expect", "varies", "shows"})
_ONCE = ("outcome", "silent_because", "lifts_on")
_BY_POINT_OR_CLAUSE = ("points", "at", "kinds", "findings", "says")
_LISTS = ("clauses", "not_clauses", "needs", "basis", "duties")
EXPECTATIONS = frozenset((*_ONCE, *_BY_POINT_OR_CLAUSE, *_LISTS))


@dataclass(frozen=True, eq=False)
class Scenario:
    """One case. `varied`: path -> the same facts with each of the other values that change nothing."""

    policy: str
    file: str
    name: str
    situation: str
    facts: Facts
    expect: Mapping[str, Any]
    varied: Mapping[str, tuple[Facts, ...]] = field(default_factory=dict)
    shows: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.policy}/{self.file}: {self.name}"

    def cites(self, clause: str, point: str | None = None) -> bool:
        """Whether it expects this clause to be cited, anywhere or at this point."""
        expect = self.expect
        if clause in expect.get("clauses", ()) or clause in expect.get("findings", ()):
            return True
        at: Mapping[str, Any] = expect.get("at", {})
        return any(clause in cited for where, cited in at.items() if point in (None, where))


def scenarios_of(policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios beside the pack of a policy. Raises UnknownPolicy; BadPack with the file."""
    return read_scenarios(folder_of(policy) / EXAMPLES, policy)


def supplied_scenarios(policy: str, about: Collection[str] = ()) -> tuple[Scenario, ...]:
    """Return the scenarios of a policy that comes with the program; none of another. `about`: only those of
    these situations, so that files with none of them aren't read."""
    paths = sorted((FOLDER / policy / EXAMPLES).glob("*.yaml"))
    if about:
        names = [f"situation: {key}".encode() for key in about]
        paths = [path for path in paths if any(name in path.read_bytes() for name in names)]
    found = (scenario for path in paths for scenario in read_file(path, policy))
    return tuple(one for one in found if not about or one.situation in about)


def read_scenarios(folder: Path, policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios in a folder, in the order of files and of their text. Raises BadPack with the
    file."""
    return tuple(scenario for path in sorted(folder.glob("*.yaml")) for scenario in read_file(path, policy))


def read_file(path: Path, policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios of one file. Raises BadPack with the file and the scenario's name."""
    where = f"{policy}/{path.name}"
    raw: dict[str, dict[str, Any]] = {}
    found = []
    for data in plain(path.read_bytes(), where, words=True) or ():
        if not isinstance(data, dict) or not isinstance(data.get("name"), str):
            raise BadPack(where, "a scenario without a name")
        at = f"{where}: {data['name']}"
        if data["name"] in raw:
            raise BadPack(at, "two scenarios have this name")
        found.append(_scenario(data, raw, policy, path.name, at))
        raw[data["name"]] = data
    return tuple(found)


def _scenario(
    data: dict[str, Any], raw: Mapping[str, dict[str, Any]], policy: str, file: str, at: str
) -> Scenario:
    strangers = data.keys() - WORDS
    if strangers:
        raise BadPack(at, f"unknown word {min(strangers)}")
    if "like" in data:
        if data["like"] not in raw:
            raise BadPack(at, f"is like {data['like']!r}, which stands nowhere before it")
        like = raw[data["like"]]
        data["situation"] = like["situation"]
        data["facts"] = _changed(like["facts"], data.get("but", {}), at)
    expect = data.get("expect")
    if not isinstance(expect, dict) or not expect:
        raise BadPack(at, "expects nothing")
    if expect.keys() - EXPECTATIONS:
        raise BadPack(at, f"nobody knows what to expect with {min(expect.keys() - EXPECTATIONS)}")
    wrong = [name for name in _BY_POINT_OR_CLAUSE if not isinstance(expect.get(name, {}), dict)]
    wrong += [name for name in _LISTS if not isinstance(expect.get(name, []), list)]
    if wrong:
        raise BadPack(at, f"expect {wrong[0]}: {'a list' if wrong[0] in _LISTS else 'a mapping'} is wanted")
    return Scenario(
        policy=policy,
        file=file,
        name=data["name"],
        situation=data.get("situation", ""),
        facts=_facts(data.get("situation", ""), data.get("facts", {}), at),
        expect=expect,
        varied=dict(_varied(data, at)),
        shows=tuple(data.get("shows", ())),
    )


def _varied(data: Mapping[str, Any], at: str) -> Iterator[tuple[str, tuple[Facts, ...]]]:
    varies = data.get("varies", {})
    if not isinstance(varies, dict):
        raise BadPack(at, "varies: a fact's path with a list of values")
    for path, values in varies.items():
        if not isinstance(values, list) or not values:
            raise BadPack(at, f"varies: {path} wants a list of values")
        others = tuple(
            _facts(data["situation"], _changed(data["facts"], {path: value}, at), at) for value in values
        )
        yield path, others
    if data.get("shows") and not varies:
        raise BadPack(at, "shows a clause with nothing that varies")


def _facts(key: str, facts: Any, at: str) -> Facts:
    try:
        return read_facts(situation(key), facts)
    except (BadFacts, UnknownSituation) as error:
        raise BadPack(at, str(error)) from None


def _changed(facts: Mapping[str, Any], changes: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Return a copy of the facts with the values at these paths; a path may make new names, but no new
    places in lists."""
    new: dict[str, Any] = _own(facts)
    for path, value in changes.items():
        *way, last = str(path).split(".")
        place: Any = new
        try:
            for step in way:
                place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
            place[int(last) if isinstance(place, list) else last] = _own(value)
        except (AttributeError, TypeError, ValueError, IndexError):
            raise BadPack(at, f"there is no place {path}") from None
    return new


def _own(value: Any) -> Any:
    """Return a copy in which no two places share a thing, as they do where YAML refers to an anchor."""
    if isinstance(value, Mapping):
        return {name: _own(part) for name, part in value.items()}
    return [_own(part) for part in value] if isinstance(value, list) else value
