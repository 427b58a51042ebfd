"""The picks from the proposals, checked line by line, as the files of a policy."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby
from typing import Any

from schoolgate.policy.importing.learned import Learned
from schoolgate.policy.importing.proposals_file import WrittenKind, WrittenProposals, WrittenSentence
from schoolgate.policy.importing.proposing import registered
from schoolgate.policy.importing.templates import OPEN
from schoolgate.policy.importing.writing import block, comment, fields, inline
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.lint import lint_pack, lint_words
from schoolgate.rulebook.packs.building import Place, build

ONLY_SHOWN = "Only shown, as somebody picked when the policy was imported."
SHOW, READ, NO = "show", "read", "no"
_ONE = "new-clause"


@dataclass(frozen=True)
class Picked:
    """The picks. `files`: the policy's files by name; `undecided`: the places of the sentences without a
    pick; `left_out`: how many are not clauses."""

    files: dict[str, str]
    clauses: int
    rules: int
    undecided: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Clause:
    """A picked sentence: the clause, and the line that implements it, both without the clause's id."""

    sentence: WrittenSentence
    parameters: dict[str, Any]
    enforce: str
    line: dict[str, Any] | None

    def entry(self, clause: str) -> dict[str, Any]:
        """Return the clause as a pack has it."""
        one = self.sentence
        return {
            "id": clause, "section": one.section, "says": one.says, "modality": one.modality.value,
            "actor": one.actor, "area": one.area, "enforce": self.enforce, "parameters": self.parameters,
        }  # fmt: skip


def pick(written: WrittenProposals, place: Place, learned: Learned | None = None) -> Picked:
    """Return the policy's files for the picks. Raises BadPack with the line of the first pick that does not
    work, or where nothing was picked."""
    taught = learned or registered()
    clauses: list[_Clause] = []
    undecided, left_out = [], 0
    for number, one in enumerate(written.sentences):
        if one.pick is None:
            undecided.append(one.place)
        elif one.pick is False or one.pick == NO:  # YAML reads `no` as false
            left_out += 1
        else:
            here = place.at("sentences", number)
            found = _clause(one, here, taught)
            _works(found, written, here)
            clauses.append(found)
    if not clauses:
        raise BadPack(place.name, "nothing is picked yet. Write 1, 2, 3, read or show after `pick:`")
    rules = sum(one.line is not None for one in clauses)
    return Picked(_files(written, clauses), len(clauses), rules, tuple(undecided), left_out)


def _clause(one: WrittenSentence, place: Place, learned: Learned) -> _Clause:
    if not one.area.strip():
        raise place.at("area").bad("a clause has an area: write one of " + ", ".join(learned.areas))
    if one.pick == SHOW:
        return _Clause(one, one.parameters, "guide", None)
    if one.pick == READ and one.kinds:
        line = _line(one.kinds[0], place.at("kinds", 0), learned)
        return _Clause(
            one, one.parameters, "gate", {"ask": line.situation, "point": line.point, "read": True}
        )
    position = one.pick - 1 if type(one.pick) is int else -1
    if not 0 <= position < len(one.kinds):
        kinds = [str(number) for number in range(1, len(one.kinds) + 1)]
        raise place.at("pick").bad(
            f"pick: write {', '.join([*kinds, *([READ] if kinds else []), SHOW])} or {NO}"
        )
    kind, there = one.kinds[position], place.at("kinds", position)
    line = _line(kind, there, learned)
    missing = sorted(line.theirs.keys() - kind.settings.keys())
    for name in (*missing, *(name for name, value in kind.settings.items() if _is_open(value))):
        theirs = f" ({line.clause.id} has {inline(line.theirs[name])})" if name in line.theirs else ""
        raise there.at("settings").bad(f"fill in {name}{theirs}")
    settings = {name: value for name, value in kind.settings.items() if value is not None}
    filled = line.filled(kind.settings, _ONE)
    del filled["clauses"]
    return _Clause(one, {**one.parameters, **settings}, line.clause.enforce.value, filled)


def _is_open(value: Any) -> bool:
    return value == OPEN or (isinstance(value, list) and OPEN in value)


def _line(kind: WrittenKind, place: Place, learned: Learned) -> Any:
    line = learned.line_like(kind.kind, kind.like)
    if line is None:
        raise place.bad(f"{kind.kind} like {kind.like} can't be used. Pick another kind, or import again")
    return line


def _works(found: _Clause, written: WrittenProposals, place: Place) -> None:
    """Refuse a pick that makes no policy, with its line in the proposals."""
    lines = [{"clauses": [_ONE], **found.line}] if found.line is not None else []
    try:
        pack = build(
            (place, _front(written)), [(place, found.entry(_ONE))], [(place, one) for one in lines], [], None
        )
        problems = [one.what for one in (*lint_pack(pack), *lint_words(pack))]
    except BadPack as bad:
        problems = [bad.why]
    if problems:
        raise place.at("pick").bad(f"pick {found.sentence.pick}: {problems[0]}")


def _front(written: WrittenProposals) -> dict[str, Any]:
    data = written.model_dump(mode="json", include={"policy", "roles", "role_words"})
    return {**data, "basis": str(Basis.POLICY), "tensions": []}


# --- Files -------------------------------------------------------------------------------------------


def _files(written: WrittenProposals, clauses: Sequence[_Clause]) -> dict[str, str]:
    begin = comment(f"The front page. Imported from {written.source}.")
    files = {"policy.yaml": _text([begin, *_front_page(written)])}
    sections: list[str] = []
    shown: list[str] = []
    for section, inside in groupby(clauses, key=lambda one: one.sentence.section):
        name = _new_name(_slug(section), sections)
        sections.append(name)
        ids = [(f"{written.policy.key}-{name}-{at}", one) for at, one in enumerate(inside, start=1)]
        shown += [clause for clause, one in ids if one.line is None]
        file = f"{len(sections):03}-{name}.yaml"
        files[f"clauses/{file}"] = _text(_clause_lines(ids))
        for folder, lines in (("rules", _rule_lines(ids, "ask")), ("bindings", _rule_lines(ids, "control"))):
            if text := list(lines):
                files[f"{folder}/{file}"] = _text(text)
    if shown:
        files["kept/shown.yaml"] = _text(block([{"clauses": shown, "kind": "text", "says": ONLY_SHOWN}]))
    return files


def _new_name(name: str, taken: Container[str]) -> str:
    """Return the name, with a number where another section has it already."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in names if one not in taken)


def _front_page(written: WrittenProposals) -> Iterator[str]:
    front = _front(written)
    yield "policy:"
    yield from fields(front["policy"], "  ")
    yield f"basis: {front['basis']}"
    yield "roles:"
    for role in front["roles"]:
        yield f"  - {inline(role)}"
    yield from fields({"role_words": front["role_words"], "tensions": []})


def _clause_lines(clauses: Iterable[tuple[str, _Clause]]) -> Iterator[str]:
    for name, one in clauses:
        yield comment(one.sentence.place)
        first, *rest = fields(one.entry(name), "  ")
        yield f"- {first.lstrip()}"
        yield from rest


def _rule_lines(clauses: Iterable[tuple[str, _Clause]], mark: str) -> Iterator[str]:
    for name, one in clauses:
        if one.line is not None and mark in one.line:
            yield comment(one.sentence.says)
            yield from block([{"clauses": [name], **one.line}])


def _slug(section: str) -> str:
    words = re.findall(r"[a-z0-9]+", section.lower())
    return "-".join(words[:4])[:40].strip("-") or "section"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
