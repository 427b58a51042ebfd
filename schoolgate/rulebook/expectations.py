"""Compares what a book answers to a scenario with what the scenario expects.

`expect` may give: `outcome`, `silent_because`; `points` (point -> outcome); `clauses` (each cited, or the
reason why the policy does not cover it) and `not_clauses` (none cited); `at` (point -> clauses cited
there); `findings` (clause -> the kind, or kinds, of what the rule of that clause says itself, also where
another says worse); `kinds` (point -> a kind found there); `says` (point -> words of the sentences there);
`needs` (each asked for); `lifts_on`; `basis` (each found); `duties` (all of the policy's, each with the
keys that are given; what the law asks besides may be left out where a policy has rules too)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.findings import Decision, Duty
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.messages import in_english
from schoolgate.rulebook.scenarios import Scenario
from schoolgate.rulebook.situations import situation


def ask(scenario: Scenario, book: Book) -> Decision:
    """Return the scenario's question, put to a book."""
    return decide(book, scenario.situation, scenario.facts)


def failures(scenario: Scenario, book: Book) -> list[str]:
    """Return each expectation that the book does not meet, in words, with every value of what varies."""
    wrong = unexpected(scenario, ask(scenario, book))
    for path, others in scenario.varied.items():
        for position, facts in enumerate(others, 1):
            said = unexpected(scenario, decide(book, scenario.situation, facts))
            wrong += [f"with value {position} of {path}: {one}" for one in said]
    return wrong


def meets(scenario: Scenario, decided: Decision) -> bool:
    """Whether the decision is what the scenario expects."""
    return next(_wrong(scenario.expect, decided), None) is None


def unexpected(scenario: Scenario, decided: Decision) -> list[str]:
    """Return each expectation that this decision does not meet, in words."""
    return list(_wrong(scenario.expect, decided))


def _wrong(expect: Mapping[str, Any], decided: Decision) -> Iterator[str]:
    if "outcome" in expect and expect["outcome"] != decided.outcome:
        yield f"outcome is {decided.outcome}, not {expect['outcome']}"
    if "silent_because" in expect and expect["silent_because"] != decided.silent_because:
        yield f"silent_because is {decided.silent_because}, not {expect['silent_because']}"
    for point, wanted in expect.get("points", {}).items():
        if decided.points.get(point) != wanted:
            yield f"{point} is {decided.points.get(point, 'no point of it')}, not {wanted}"
    cited = {clause for finding in decided.findings for clause in finding.clauses} | {*decided.excluded_by}
    yield from (f"does not cite {one}" for one in expect.get("clauses", ()) if one not in cited)
    yield from (f"cites {one}" for one in expect.get("not_clauses", ()) if one in cited)
    for point, clauses in expect.get("at", {}).items():
        there = {clause for finding in decided.at(point) for clause in finding.clauses}
        yield from (f"does not cite {one} at {point}" for one in clauses if one not in there)
    for clause, wanted in expect.get("findings", {}).items():
        kinds = {str(finding.kind) for finding in decided.findings if finding.clauses[0] == clause}
        if kinds != set(wanted if isinstance(wanted, list) else [wanted]):
            yield f"{clause} says {', '.join(sorted(kinds)) or 'nothing'}, not {wanted}"
    for point, wanted in expect.get("kinds", {}).items():
        if wanted not in {finding.kind for finding in decided.at(point) if finding.stands}:
            yield f"nothing {wanted} at {point}"
    yield from _rest(expect, decided)


def _rest(expect: Mapping[str, Any], decided: Decision) -> Iterator[str]:
    if "needs" in expect:
        needs = [{"what": need.what, "from": need.source} for one in decided.findings for need in one.needs]
        asked = f", but for {', '.join(map(str, needs))}" if needs else ""
        yield from (f"does not ask for {one}{asked}" for one in expect["needs"] if one not in needs)
    if "lifts_on" in expect:
        lifts = {one.lifts_on.isoformat() if one.lifts_on else None for one in decided.findings}
        if expect["lifts_on"] not in lifts:
            yield f"nothing lifts on {expect['lifts_on']}"
    for point, words in expect.get("says", {}).items():
        told = "\n".join(in_english(finding.message, finding.args) for finding in decided.at(point))
        yield from (f"does not say {one!r} at {point}" for one in words if one not in told)
    if "basis" in expect:
        bases = {str(finding.basis) for finding in decided.findings}
        yield from (f"nothing rests on {one}" for one in expect["basis"] if one not in bases)
    if "duties" in expect:
        yield from _duties(expect["duties"], decided.duties, besides=_of_others(decided))


def _of_others(decided: Decision) -> set[tuple[str, ...]]:
    """Return the clauses by which the law or the house opens a duty where policies have rules too."""
    if Basis.POLICY not in situation(decided.situation).points.values():
        return set()
    return {one.clauses for one in decided.findings if one.basis in (Basis.LAW, Basis.HOUSE)}


def _duties(
    wanted: Iterable[Mapping[str, Any]], duties: Iterable[Duty], *, besides: set[tuple[str, ...]]
) -> Iterator[str]:
    left = [duty.to_json() for duty in duties]
    for one in wanted:
        match = next((duty for duty in left if _is_like(duty, one)), None)
        if match is None:
            yield f"nobody owes {dict(one)}"
        else:
            left.remove(match)
    yield from (f"nobody expected {one}" for one in left if tuple(one["clauses"]) not in besides)


def _is_like(duty: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a duty has what is wanted; a due time may leave out that it was *at once*."""
    due = {name: duty["due"].get(name) for name in wanted.get("due", ())}
    return all(({**duty, "due": due})[key] == value for key, value in wanted.items())
