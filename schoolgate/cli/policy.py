"""`schoolgate policy ...`: the policies that come with the program and the home's own, and how far each is
fulfilled."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from schoolgate.cli.new_policy import begin, tried
from schoolgate.cli.rule_words import kinds, kinds_told, words, words_told
from schoolgate.core.env import env
from schoolgate.core.typed import typed
from schoolgate.rulebook import BadPack, Book, RulebookError, book, books
from schoolgate.rulebook.compare import differences, foremost, in_short
from schoolgate.rulebook.coverage import coverage
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs import OWN, load_pack, own_policies_in, pack_keys
from schoolgate.rulebook.scenarios import Scenario, prove, proven_by, read_scenarios, scenarios_of

_WHERE = "a folder of scenarios, a folder for each policy (default: those beside the policy's files)"

_OF_A_FEDERATION = {
    "coverage": "count its decisions and its evidence",
    "export": "the version in force there, not the one supplied with the program",
    "rehearse": "what is being prepared there, with the people who hold its roles",
}
"""What naming a federation means."""


def arguments(parser: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
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
        from schoolgate.cli.proofs import never  # with the optional part `prove` alone

        problems = never(options.key)
    data = {"policy": options.key, "problems": [one._asdict() for one in problems]}
    lines = [f"{one.where}: {one.what}" for one in problems] or [f"{options.key}: no problems found"]
    return data, lines, 1 if problems else 0


def _coverage(options: argparse.Namespace) -> Printed:
    from schoolgate.cli.coverage import coverage_lines, of_federation, together, together_lines

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
    from schoolgate.cli.coverage import of_federation
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
    from schoolgate.cli.proofs import proven  # with the optional part `prove` alone

    return proven(options.key, options.situation, options.against)


def _rehearse(options: argparse.Namespace) -> Printed:
    from schoolgate.cli.rehearsing import rehearsed

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
