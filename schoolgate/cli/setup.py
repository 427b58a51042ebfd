"""`schoolgate setup`: a home for a real school, in a conversation, from a file, or by a link for the browser.

Each step is saved as it is done; run again, it continues from there.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from schoolgate.core.clock import now
from schoolgate.core.env import for_a_child
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.core.setting_up import end_links, kept_link, mint_link
from schoolgate.core.tenancy import scope
from schoolgate.core.typed import origin, typed
from schoolgate.people.models import Person
from schoolgate.people.setting_up import not_begun
from schoolgate.reports.ready import Point, points


def arguments(parser: argparse.ArgumentParser) -> None:
    """One of: the conversation (nothing), a file, the address for the browser, the list."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--file", type=Path, metavar="YAML", help="run the steps in this file (docs/how-to/set-up.md)"
    )
    what.add_argument(
        "--link", action="store_true", help="print a new set-up address for the browser, valid for one day"
    )
    what.add_argument("--list", action="store_true", help="list what is left to do before the first post")
    parser.add_argument(
        "--federation", metavar="SLUG", default="", help="which federation, if there are several"
    )
    parser.add_argument("--json", action="store_true", help="with --list: as JSON")
    parser.add_argument("--if-needed", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Do it; 0: done, 1: something refuses it, 2: there is no such federation or file."""
    if not _has_tables():
        return 1
    try:
        return _chosen(options)(options)
    except SchoolgateError as error:
        print("schoolgate setup:", error, file=sys.stderr)
        for name, why in error.fields.items() if isinstance(error, BadInput) else ():
            print(f"  {name}: {why}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print(
            f"\nEverything done so far is saved. Run `{typed('setup')}` again to continue.", file=sys.stderr
        )
        return 130


def _chosen(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    if options.link:
        return _link
    if options.list:
        return _list
    if options.file:
        return _file
    return _talk


def _has_tables() -> bool:
    """Whether the tables are there; a home that never ran gets them now."""
    from django.db import connection

    if "core_setuplink" in connection.introspection.table_names():
        return True
    print("running database migrations", file=sys.stderr)
    words = [sys.executable, "-m", "schoolgate", "migrate", "--verbosity", "0"]
    return subprocess.run(words, env=for_a_child(), check=False).returncode == 0


# --- The address for the browser


def address_of(token: str) -> str:
    """Where to point a browser."""
    return f"{origin()}/set-up/begin/{token}"


def _link(options: argparse.Namespace) -> int:
    at = now()
    if _somebody_has_begun():
        end_links()
        if not options.if_needed:
            print(
                "schoolgate setup: this installation already has an administrator. Sign in.", file=sys.stderr
            )
        return 0 if options.if_needed else 1
    token = (kept_link(at=at) if options.if_needed else None) or mint_link(at=at)
    print(
        "schoolgate: set up this installation here within one day. Anyone with "
        "this address can do it, so don't share it:"
    )
    print(f"  {address_of(token)}")
    print(f"schoolgate: to get a new address and end this one: {typed('setup', '--link')}")
    return 0


def _somebody_has_begun() -> bool:
    """Whether the first pages are over: a way to sign in has been chosen, or examples live here."""
    found = Federation.objects.order_by("pk").first()
    if found is None:
        return False
    with scope(found.pk):
        return found.is_example or (Person.objects.exists() and not_begun() is None)


# --- The list


def _list(options: argparse.Namespace) -> int:
    federation = one_federation(options.federation)
    if federation is None:
        return _nobody(options.federation)
    with scope(federation.pk):
        found = points(at=now())
        text = (
            json.dumps([as_json(each) for each in found], indent=2)
            if options.json
            else "\n".join(lines_of(found))
        )
    print(text)
    return 0


def one_federation(slug: str) -> Federation | None:
    """The federation of this slug; without one, the only one that lives here."""
    found = Federation.objects.filter(slug=slug) if slug else Federation.objects.all()
    rows = list(found.order_by("pk")[:2])
    return rows[0] if len(rows) == 1 else None


def _nobody(slug: str) -> int:
    known = ", ".join(Federation.objects.order_by("slug").values_list("slug", flat=True)[:20])
    told = f"name one with --federation: {known}" if known else f"nothing is set up yet: run {typed('setup')}"
    print(f"schoolgate setup: {told}", file=sys.stderr)
    return 2


def as_json(point: Point) -> dict[str, object]:
    """A point for a program."""
    return {
        "key": point.key,
        "title": str(point.title),
        "done": point.done,
        "says": str(point.says),
        "who": list(point.who),
        "role": list(point.role),
        "by_machine": point.by_machine,
    }


def lines_of(found: list[Point]) -> list[str]:
    """The list for a terminal."""
    lines = []
    for point in found:
        whom = "the machine's administrator" if point.by_machine else ", ".join(point.who or point.role)
        lines.append(f"[{'x' if point.done else ' '}] {point.title}: {point.says}")
        if not point.done:
            lines.append(f"      {whom}")
    left = sum(not point.done for point in found)
    return [*lines, "", f"{left} left to do" if left else "nothing prevents a post from being published"]


# --- From a file, and in a conversation


def _file(options: argparse.Namespace) -> int:
    from schoolgate.cli.setup_file import read_file
    from schoolgate.cli.setup_steps import do_all

    if not options.file.is_file():
        print(
            "schoolgate setup: there is no such file. Give its path relative to this folder",
            file=sys.stderr,
        )
        return 2
    do_all(read_file(options.file), say=print, at=now())
    return _list(options)


def _talk(options: argparse.Namespace) -> int:
    from schoolgate.cli.setup_talk import talk

    if not sys.stdin.isatty():
        print(
            f"schoolgate setup: this command asks questions. For a script: {typed('setup', '--file')} YAML",
            file=sys.stderr,
        )
        return 2
    talk(say=print, at=now())
    return _list(options)
