"""`schoolgate policy ...`: the policies that come with the program and the home's own, and how far each is
fulfilled.

`schoolgate policy coverage`: what is printed of it, and what is counted in one federation.

`schoolgate policy words` and `policy kinds`: what authors of a policy can choose from.

`schoolgate policy prove`: what holds of a policy over all facts.

`schoolgate policy rehearse`: made-up cases of a school under a policy, and what is wrong.
"""

import argparse
import inspect
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from schoolgate.cli.new_policy import begin, tried
from schoolgate.core.clock import local_day, now
from schoolgate.core.env import env
from schoolgate.core.home import typed
from schoolgate.rulebook import BadPack, Book, RulebookError, book, books
from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.compare import differences, foremost, in_short
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import Control
from schoolgate.rulebook.coverage import Proven, coverage
from schoolgate.rulebook.lint import Problem, lint, unfulfilled
from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs import OWN, load_pack, own_policies_in, pack_keys
from schoolgate.rulebook.proof import NoSolver, can_prove
from schoolgate.rulebook.rehearsal.findings import STOPS_WORK, Told, Wrong, in_english, lines, told, wrongs
from schoolgate.rulebook.scenarios import Scenario, prove, proven_by, read_scenarios, scenarios_of
from schoolgate.rulebook.situations import situation

RESTS = {
    "rows": "on rows",
    "mark": "on marks in a text",
    "built": "on how the program is made",
    "word": "on someone's word alone",
    "told": "only told",
    "name": "in name only",
}
"""What a clause rests on, as printed; the firmest first."""


def of_federation(under: Book, proven: Proven | None) -> dict[str, Any]:
    """Return the coverage with what is counted in the federation in scope."""
    from schoolgate.policy.measuring import reach, rules_asked
    from schoolgate.reports.evidence import last_times

    far = reach()
    data = coverage(under, set(last_times(list(under.clauses))), proven, rules_asked(under.key))
    data["decisions"] = {
        "counted": far.counted, "facts_gone": far.facts_gone, "waiting": far.waiting, "unread": far.unread,
    }  # fmt: skip
    return data


def coverage_lines(data: dict[str, Any]) -> list[str]:
    """Return it as lines for a terminal."""
    all_of_them, far = data["clauses"], data.get("decisions")
    lines = [
        f"{data['policy']}: {all_of_them} clauses",
        f"  proven: {data['proven']}, confirmed by people only: {data['attested_only']}{_text_only(data)}",
        *(
            f"  {words}: {data['rests'][key]} ({100 * data['rests'][key] / all_of_them:.1f} %)"
            for key, words in RESTS.items()
            if all_of_them
        ),
    ]
    if far is None:
        lines.append("  reached in decisions, with evidence: not measured; name a federation")
    else:
        lines += [
            f"  reached in decisions: {data['reached']}, with evidence: {data['evidenced']}",
            f"  decisions counted: {far['counted']} ({far['facts_gone']} without their facts)",
            f"  decisions not counted yet: {far['waiting']}; can't be read: {far['unread']}",
        ]
    for one in data["by_clause"]:
        state = one["proof"] or ("has a rule, not proven" if one["bindings"] else "no rule yet")
        counted = f"; {_asked(one['asked'])}" if far is not None and one["bindings"] else ""
        lines.append(f"  {one['id']:44} {one['enforce']:7} {state:10} {RESTS[one['rests']]}{counted}")
    return lines


def together(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return several coverages with their totals."""
    return {
        "clauses": sum(one["clauses"] for one in found),
        "rests": {key: sum(one["rests"][key] for one in found) for key in RESTS},
        "reached": sum(one["reached"] or 0 for one in found) if "decisions" in found[0] else None,
        "policies": found,
    }


def together_lines(found: list[dict[str, Any]]) -> list[str]:
    """Return them as lines for a terminal: each policy with its clauses, then the totals."""
    total = together(found)
    lines = [line for one in found for line in (*coverage_lines(one), "")]
    lines.append(f"all: {total['clauses']} clauses")
    lines += [
        f"  {words}: {total['rests'][key]} ({100 * total['rests'][key] / total['clauses']:.1f} %)"
        for key, words in RESTS.items()
    ]
    if total["reached"] is not None:
        lines.append(f"  reached in decisions: {total['reached']}")
    return lines


def _asked(asked: dict[str, Any]) -> str:
    """How often a clause was reached, and for what it waited."""
    words = [f"{name} {asked[name]} times" for name in ("decided", "shown") if asked[name]]
    if asked["waited"]:
        words.append(f"waited {asked['waited']} times, mostly for {_need(asked['waits_for'])}")
    return ", ".join(words) or "not asked yet"


def _need(what: str | None) -> str:
    return NEEDS.get(what or "", what or "a fact")


def _text_only(data: dict[str, Any]) -> str:
    number = sum(1 for one in data["by_clause"] if one["proof"] == "text")
    return f"; text only: {number}" if number else ""


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


def never(key: str) -> list[Problem]:
    """Return the rules of a policy that can never count, and the acts that are never allowed, as problems.

    Raises NoSolver, UnknownPolicy."""
    if not can_prove():
        raise NoSolver
    from schoolgate.rulebook.proof.searching import ERRORS, in_words, proofs

    found = [each for one in proofs(book(key), dead_only=True) for each in one.found if each.what in ERRORS]
    return [Problem(one.rule.id if one.rule is not None else one.situation, in_words(one)) for one in found]


def proven(key: str, only: str, against: str) -> tuple[Any, list[str], int]:
    """Return it as data, as lines, and 1 where something was found that no rule is meant to be.

    Raises NoSolver where the optional part isn't installed, UnknownPolicy, UnknownSituation."""
    if not can_prove():
        raise NoSolver
    from schoolgate.rulebook.proof.searching import (
        ERRORS,
        answered_json,
        differences,
        found_lines,
        proof_lines,
        proofs,
        questions_answered,
        to_json,
    )

    under = book(key)
    situations = (situation(only).key,) if only else ()
    if against:
        different = list(differences(under, book(against), situations))
        lines = [line for one in different for line in ("", *found_lines(one))]
        return [to_json(one) for one in different], lines or ["no difference was found"], 0
    found = list(proofs(under, situations))
    questions = list(questions_answered(under, situations))
    data = {
        "policy": key,
        "situations": [
            {
                "situation": one.situation,
                "rules": one.rules,
                "not_worked_through": dict(one.left_out),
                "found": [to_json(each) for each in one.found],
            }
            for one in found
        ],
        "questions": [
            {
                "key": one.question.key,
                "question": one.question.asks,
                "allowed": answered_json(one.allowed),
                "silent": answered_json(one.silent),
                "may_be_ruled": list(one.may_be_ruled),
            }
            for one in questions
        ],
    }
    wrong = any(each.what in ERRORS for one in found for each in one.found)
    return data, proof_lines(under, found, questions), 1 if wrong else 0


def rehearsed(key: str, *, here: bool = False) -> tuple[Any, list[str], int]:
    """Return it as data, as lines, and 1 where something forbidden would pass or someone would wait for ever.

    `here`: what is being prepared in the federation in scope, with its people. Raises UnknownPolicy, BadPack;
    RulebookError where the federation has another policy."""
    at = now()
    if here:
        from schoolgate.policy.rehearsed import rehearse  # the database is ready only now
        from schoolgate.reports.rehearsal import lines as walk_lines
        from schoolgate.reports.rehearsal import walked

        found = rehearse(at=at, on=local_day(at))
        if found.book.key != key:
            raise RulebookError(f"the policy of this federation is {found.book.key!r}")
        steps = walked(found, by=None, at=at, on=local_day(at))
        data, printed, status = _printed(found.book, list(found.told), list(found.wrongs))
        data["walk"] = [{"step": str(one.title), "who": list(one.who), "done": one.done} for one in steps]
        return data, ["a walk through the main job:", *walk_lines(steps), "", *printed], status
    under = book(key)
    answers = told(under, at=at)
    return _printed(under, answers, wrongs(under, answers))


def _printed(under: Book, answers: list[Told], found: list[Wrong]) -> tuple[Any, list[str], int]:
    data = {
        "policy": under.key,
        "rules": len(under.pack.bindings),
        "wrong": [
            {
                "what": str(one.what),
                "says": in_english(one),
                "clauses": list(one.clauses),
                "cases": list(one.cases),
            }
            for one in found
        ],
        "cases": [
            {
                "case": one.case.key,
                "story": one.case.story,
                "answer": str(one.answer),
                "stopped": one.stopped,
                "decision": one.decision.to_json(),
            }
            for one in answers
        ],
    }
    return data, lines(under, answers, found), 1 if any(one.what in STOPS_WORK for one in found) else 0


_WHERE = "a folder of scenarios, a folder for each policy (default: those beside the policy's files)"

_OF_A_FEDERATION = {
    "coverage": "count its decisions and its evidence",
    "export": "the version in force there, not the one supplied with the program",
    "rehearse": "what is being prepared there, with the people who hold its roles",
}
"""What naming a federation means."""


def policy_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which policy."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="|".join(_DOES))
    for name, (says, _) in _DOES.items():
        word = commands.add_parser(name, help=says)
        if name in ("words", "kinds"):
            word.add_argument(
                "text", nargs="?", default="", metavar="TEXT", help="only policies that have it"
            )
        elif name not in ("list", "compare"):
            word.add_argument(
                "key",
                metavar="KEY",
                help="such as wildground",
                default="",
                nargs="?" if name == "coverage" else None,
            )
        if name == "import":
            word.add_argument(
                "file",
                type=Path,
                metavar="FILE",
                help="Word (.docx), PDF, Markdown or text; - for pasted text",
            )
        if name in ("new", "import"):
            word.add_argument(
                "--federation", required=True, metavar="NAME", help="the federation whose policy it is"
            )
            word.add_argument("--title", default="Social media policy", help="the policy's title")
        if name in _OF_A_FEDERATION:
            word.add_argument("--federation", metavar="SLUG", help=_OF_A_FEDERATION[name])
        if name == "coverage":
            word.add_argument(
                "--all",
                action="store_true",
                help="each federation of this installation under its own policy, with totals",
            )
        if name == "lint":
            word.add_argument(
                "--complete", action="store_true", help="include clauses that nothing fulfils yet"
            )
            word.add_argument(
                "--prove",
                action="store_true",
                help="include rules that can never count, whatever the facts are (needs the part `prove`)",
            )
        if name == "prove":
            word.add_argument("--situation", default="", metavar="KEY", help="only this situation")
            word.add_argument("--against", default="", metavar="KEY", help="where another policy differs")
        if name == "knockout":
            word.add_argument("--only", default="", metavar="TEXT", help="only rules whose id contains this")
        if name in ("knockout", "compare"):
            word.add_argument("--scenarios", type=Path, metavar="FOLDER", help=_WHERE)
        word.add_argument("--json", action="store_true", help="print it as JSON")


def run_policy(options: argparse.Namespace) -> int:
    """Print it; 1 where something is wrong or not proven, 2 where it cannot be told."""
    own_policies_in(env().home / OWN)
    try:
        data, lines, status = _DOES[options.what][1](options)
    except RulebookError as error:
        print(f"schoolgate policy: {error}", file=sys.stderr)
        return 2
    print(json.dumps(data, indent=2, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return status


Printed = tuple[Any, list[str], int]


def _list(_: argparse.Namespace) -> Printed:
    found = [asdict(book(key).meta) | {"clauses": len(book(key).clauses)} for key in books()]
    lines = [
        f"{one['key']:14} {one['clauses']:4} clauses  {one['title']}, {one['federation']}" for one in found
    ]
    return found, lines, 0


def _show(options: argparse.Namespace) -> Printed:
    shown = book(options.key)
    data = {
        "policy": asdict(shown.meta),
        "roles": [
            {"name": one.name, "key": one.key, "capacities": sorted(one.capacities)} for one in shown.roles
        ],
        "tensions": [asdict(one) for one in shown.tensions.values()],
        "clauses": [asdict(one) for one in shown.clauses.values()],
        "bindings": [_binding(one) for one in shown.pack.bindings],
    }
    return data, _shown(shown), 0


def _binding(one: Any) -> dict[str, Any]:
    return {**asdict(one), "settings": one.settings.model_dump(mode="json")}


def _shown(shown: Book) -> list[str]:
    lines = [f"{shown.meta.title}, {shown.meta.federation}", ""]
    lines += [f"{role.name}: {', '.join(sorted(role.capacities)) or 'nothing here'}" for role in shown.roles]
    for clause in shown.clauses.values():
        bound = [one for one in shown.pack.bindings if clause.id in one.clauses]
        lines += ["", f"{clause.id} ({clause.section}, {clause.modality})", f"  {clause.says}"]
        lines += [f"  -> {one.control} at {one.point} in {', '.join(one.situations)}" for one in bound]
    return lines


def _lint(options: argparse.Namespace) -> Printed:
    problems = lint(options.key)
    if options.complete and not problems:
        problems = unfulfilled(load_pack(options.key))
    if options.prove and not problems:
        problems = never(options.key)
    data = {"policy": options.key, "problems": [one._asdict() for one in problems]}
    lines = [f"{one.where}: {one.what}" for one in problems] or [f"{options.key}: no problems found"]
    return data, lines, 1 if problems else 0


def _coverage(options: argparse.Namespace) -> Printed:

    if options.all or not options.key:
        if options.key or options.federation:
            raise RulebookError("name one policy, or all, or neither for those supplied with the program")
        found = [*(_of_each_federation() if options.all else map(coverage, _supplied()))]
        return together(found), together_lines(found), 0
    under = book(options.key)
    proven = (
        None if under.key in pack_keys() else proven_by(prove(under, scenarios_of(under.key), shift=False))
    )
    if options.federation is None:
        data = coverage(under, proven=proven)
    else:
        with _federation(options.federation):
            data = of_federation(under, proven)
    return data, coverage_lines(data), 0


def _supplied() -> Iterator[Book]:
    """Yield each policy supplied with the program."""
    yield from (book(key) for key in books() if key in pack_keys())


def _of_each_federation() -> Iterator[dict[str, Any]]:
    """Yield the coverage of each federation here under its own policy, by its rows. Raises RulebookError
    where there is none under a policy that can be read here."""
    from schoolgate.cli.main import prepare
    from schoolgate.cli.registry import Needs

    prepare(Needs.DATABASE)
    from schoolgate.core.models import Federation

    found = [one for one in Federation.objects.order_by("slug") if one.policy_key in books()]
    if not found:
        raise RulebookError("there is no federation here yet")
    for one in found:
        with _federation(one.slug):
            yield {"federation": one.slug} | of_federation(book(one.policy_key), None)


@contextmanager
def _federation(slug: str) -> Iterator[None]:
    """Work on the rows of this federation. Raises RulebookError where there is none."""
    from schoolgate.cli.main import prepare  # only answers about a federation need the database
    from schoolgate.cli.registry import Needs

    prepare(Needs.DATABASE)
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import scope

    federation = Federation.objects.filter(slug=slug).first()
    if federation is None:
        raise RulebookError(f"there is no federation {slug!r}")
    with scope(federation.pk):
        yield


def _count(number: int | None) -> str:
    return "not measured" if number is None else str(number)


def _knockout(options: argparse.Namespace) -> Printed:
    under = book(options.key)
    found = prove(under, _scenarios(options.scenarios, under.key), only=options.only)
    data = found.to_json()
    lines = [
        f"{under.key}: {data['proven']} of {data['bindings']} rules proven",
        f"  {data['noticed']} of {data['shifted']} changed values noticed",
    ]
    for says, names in {
        "no scenario that cites it has a different result without it": found.unproven,
        "another answer changes when it is removed": found.moved,
        "no scenario notices this changed value": found.unnoticed,
        "no scenario shows that nothing changes": found.not_shown,
    }.items():
        lines += [says, *(f"  {name}" for name in names)] if names else []
    return data, lines, 0 if found.complete else 1


def _scenarios(folder: Path | None, key: str) -> tuple[Scenario, ...]:
    if folder is None:
        return scenarios_of(key)
    if not (folder / key).is_dir():
        raise BadPack(str(folder / key), "there is no such scenario folder")
    return read_scenarios(folder / key, key)


def _compare(options: argparse.Namespace) -> Printed:
    keys = [key for key in books() if key in pack_keys()]
    cases = [one for key in keys for one in _scenarios(options.scenarios, key)]
    found = list(differences([book(key) for key in keys], cases))
    lines = [f"{len(cases)} scenarios, {len(found)} different answers, the clearest for each point:"]
    for one in foremost(found):
        lines += ["", f"{one.scenario.situation}, {POINTS.get(one.point, one.point)} ({one.scenario})"]
        lines += [f"  {key:14} {in_short(answer)}" for key, answer in one.answers.items() if answer.speaks]
    data = {"policies": keys, "scenarios": len(cases), "differences": [one.to_json() for one in found]}
    return data, lines, 0


def _export(options: argparse.Namespace) -> Printed:
    if options.federation:
        return _exported(options.key, options.federation)
    text = to_yaml(book(options.key).pack)
    return {"policy": options.key, "yaml": text}, _lines(text), 0


def _exported(key: str, slug: str) -> Printed:
    """The version in force in a federation, with what it chose beside it where JSON is asked for."""
    with _federation(slug):
        from schoolgate.core.clock import local_day, now
        from schoolgate.core.errors import NotNow
        from schoolgate.policy.books import text_of
        from schoolgate.policy.queries import in_force

        try:
            found = in_force(local_day(now()))
        except NotNow as none:
            raise RulebookError(str(none.message)) from None
        if found.pack_key != key:
            raise RulebookError(f"the policy of {slug!r} is {found.pack_key!r}")
        text = text_of(found.version)
        reading = {"number": found.reading.number, "changes": found.reading.changes}
    return {"policy": key, "version": found.version.number, "yaml": text, "reading": reading}, _lines(text), 0


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _new(options: argparse.Namespace) -> Printed:
    folder = env().home / OWN
    written = begin(options.key, folder, federation=options.federation, title=options.title)
    lines = [f"wrote {path}" for path in written]
    lines += [
        "",
        ("Add your policy's clauses to clauses/ and a rule for each to rules/ (see docs/rulebook.md)."),
        f"Run `{typed('policy', 'try', options.key)}` to find problems and test your examples.",
    ]
    return {"policy": options.key, "files": [str(path) for path in written]}, lines, 0


def _import(options: argparse.Namespace) -> Printed:
    from schoolgate.cli.import_policy import import_policy, imported_lines  # only this word reads documents

    folder = env().home / OWN
    found = import_policy(
        options.key, options.file, folder, federation=options.federation, title=options.title
    )
    data = {
        "policy": options.key,
        "file": str(found.file),
        "proposals": [{**asdict(one), "is_clause": one.is_clause} for one in found.proposals],
        "pages_without_text": found.document.without_text,
    }
    return data, imported_lines(found, options.key), 0


def _pick(options: argparse.Namespace) -> Printed:
    from schoolgate.cli.import_policy import pick_policy, picked_lines

    picked, files = pick_policy(options.key, env().home / OWN)
    data = {
        "policy": options.key,
        "files": [str(path) for path in files],
        "clauses": picked.clauses,
        "rules": picked.rules,
        "not_clauses": picked.left_out,
        "undecided": picked.undecided,
    }
    return data, picked_lines(picked, files, options.key), 0


def _try(options: argparse.Namespace) -> Printed:
    lines, good = tried(options.key)
    return {"policy": options.key, "good": good, "lines": lines}, lines, 0 if good else 1


def _words(options: argparse.Namespace) -> Printed:
    return words(options.text), list(words_told(options.text)), 0


def _kinds(options: argparse.Namespace) -> Printed:
    return kinds(options.text), list(kinds_told(options.text)), 0


def _prove(options: argparse.Namespace) -> Printed:

    return proven(options.key, options.situation, options.against)


def _rehearse(options: argparse.Namespace) -> Printed:

    if not options.federation:
        return rehearsed(options.key)
    with _federation(options.federation):
        return rehearsed(options.key, here=True)


_DOES: dict[str, tuple[str, Callable[[argparse.Namespace], Printed]]] = {
    "list": ("list the policies supplied with the program and your own", _list),
    "new": ("start your own policy, as files in this installation", _new),
    "import": ("propose clauses and rules from a policy document (nothing takes effect)", _import),
    "pick": ("create your own policy from the proposals you picked", _pick),
    "try": ("find problems in your own policy and test its examples", _try),
    "words": (
        ("list the words a rule can use: permissions, points, who is asked for what, sentences"),
        _words,
    ),
    "kinds": ("list the kinds of rules supplied with the program", _kinds),
    "show": ("show a policy with its roles, clauses and rules", _show),
    "lint": ("find problems in a policy's files", _lint),
    "coverage": ("show which clauses the program fulfils, and what proves it", _coverage),
    "compare": ("show where policies give different answers, across all scenarios", _compare),
    "export": ("print a whole policy as one YAML file", _export),
    "prove": (
        "prove over all facts what a policy never allows, and which rules contradict or never speak",
        _prove,
    ),
    "rehearse": ("put made-up cases of a school to a policy, and list what is wrong", _rehearse),
    "knockout": (("find what no scenario proves: remove each rule and change each value by one"), _knockout),
}
