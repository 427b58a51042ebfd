"""`schoolgate policy list|show|lint|coverage`: the policies that come with the program, and how far each is
fulfilled."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from schoolgate.rulebook import Book, RulebookError, book, books
from schoolgate.rulebook.coverage import coverage
from schoolgate.rulebook.lint import lint


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which policy."""
    words = parser.add_subparsers(dest="what", required=True, metavar="list|show|lint|coverage")
    for name, says in {
        "list": "the policies that come with the program",
        "show": "a policy with its roles, clauses and bindings",
        "lint": "what is wrong with a policy's pack",
        "coverage": "which clauses are fulfilled by the program, and by what that is proven",
    }.items():
        word = words.add_parser(name, help=says)
        if name != "list":
            word.add_argument("key", metavar="KEY", help="such as wildground")
        word.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Print it; 1 where lint finds something, 2 for a policy that does not exist."""
    try:
        data, lines, status = _DOES[options.what](getattr(options, "key", ""))
    except RulebookError as error:
        print(f"schoolgate policy: {error}", file=sys.stderr)
        return 2
    print(json.dumps(data, indent=2, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return status


Printed = tuple[Any, list[str], int]


def _list(_: str) -> Printed:
    found = [asdict(book(key).meta) | {"clauses": len(book(key).clauses)} for key in books()]
    lines = [
        f"{one['key']:14} {one['clauses']:4} clauses  {one['title']}, {one['federation']}" for one in found
    ]
    return found, lines, 0


def _show(key: str) -> Printed:
    shown = book(key)
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


def _lint(key: str) -> Printed:
    problems = lint(key)
    data = {"policy": key, "problems": [one._asdict() for one in problems]}
    lines = [f"{one.where}: {one.what}" for one in problems] or [f"{key}: nothing wrong"]
    return data, lines, 1 if problems else 0


def _coverage(key: str) -> Printed:
    data = coverage(book(key))
    lines = [
        f"{key}: {data['clauses']} clauses, {data['proven']} proven, {data['attested_only']} attested only",
        f"  asked by the program: {_count(data['wired'])}; with evidence: {_count(data['evidenced'])}",
    ]
    for one in data["by_clause"]:
        state = one["proof"] or ("bound, not proven" if one["bindings"] else "not bound yet")
        lines.append(f"  {one['id']:44} {one['enforce']:7} {state}")
    return data, lines, 0


def _count(number: int | None) -> str:
    return "not measured" if number is None else str(number)


_DOES = {"list": _list, "show": _show, "lint": _lint, "coverage": _coverage}
