"""`schoolgate setup`: a home for a real school, in a conversation, from a file, or by a link for the browser.

Each step is saved as it is done; run again, it continues from there.

`schoolgate setup` as a conversation: a question at a time, each answer kept, each wrong one asked
again.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from schoolgate.cli import setup_steps as steps
from schoolgate.cli.setup_steps import FederationPart, PersonPart, PolicyPart, SchoolPart
from schoolgate.core.clock import local_day, now
from schoolgate.core.env import for_a_child
from schoolgate.core.errors import BadInput, NotNow, SchoolgateError
from schoolgate.core.home import origin, typed
from schoolgate.core.models import Federation, School, Term
from schoolgate.core.setting_up import end_links, kept_link, mint_link
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, holders_of_capacity
from schoolgate.people.setting_up import not_begun, roles_that_administer
from schoolgate.people.sheets import day_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.reports.ready import Point, points
from schoolgate.rulebook import book, books

Ask = Callable[[str], str]
T = TypeVar("T")
YES = frozenset({"y", "yes"})


def talk(*, say: steps.Say, at: datetime, ask: Ask = input) -> None:
    """Ask for what is missing, step by step; an empty answer leaves a step for later."""
    say("Leave an answer empty to do that step later. Press Ctrl-C to stop. Everything done is saved.\n")
    federation = _federation(say, ask)
    _schools(federation, say, ask, at)
    _first(federation, say, ask, at)
    _days(federation, say, ask, at)
    _adoption(federation, say, ask, at)
    with scope(federation.pk):
        entered = Person.objects.exists()
    rest = "Sign in on the web pages to do the rest: roles, safeguarding, email and a second administrator."
    again = f"Run `{typed('setup')}` again to enter who looks after people first."
    none = f"No one can sign in yet. {again}"
    say(f"\n{rest if entered else none}")


def _federation(say: steps.Say, ask: Ask) -> Federation:
    standing = list(Federation.objects.order_by("pk")[:2])
    if any(each.is_example for each in standing):
        raise NotNow(
            "This installation contains example federations.",
            "Choose another, empty SCHOOLGATE_HOME for a real school.",
        )
    if standing:
        say(f"Continuing with {standing[0].name}.")
        return standing[0]
    say("Which policy is yours? You can't change it later.")
    for number, key in enumerate(books(), 1):
        say(f"  {number}. {book(key).meta.federation}: {book(key).meta.title}")
    say("If yours isn't listed, see docs/how-to/set-up.md.")

    def enter() -> Federation:
        key = _one_of(books(), ask("Number: "))
        name = ask("Name of the federation or school: ")
        slug = ask(f"Web address name [{slug_of(name)}]: ") or slug_of(name)
        languages = ["en", "cy"] if ask("Welsh as well? [y/N]: ").strip().lower() in YES else ["en"]
        return steps.enter_federation(
            FederationPart(name=name, address=slug, policy=key, languages=languages), say=say
        )

    return _until(enter, say)


def _schools(federation: Federation, say: steps.Say, ask: Ask, at: datetime) -> None:
    with scope(federation.pk):
        there = list(School.objects.order_by("name").values_list("name", flat=True))
    if there:
        say(f"Schools: {', '.join(there)}.")
        return
    while name := ask("Name of a school (empty to finish): ").strip():

        def enter(name: str = name) -> None:
            country = "wales" if ask("Is it in Wales? [y/N]: ").strip().lower() in YES else "england"
            slug = ask(f"Web address name [{slug_of(name)}]: ") or slug_of(name)
            part = SchoolPart(name=name, address=slug, country=country, languages=federation.languages)
            steps.enter_school(federation, part, say=say, at=at)

        _until(enter, say)


def _first(federation: Federation, say: steps.Say, ask: Ask, at: datetime) -> None:
    with scope(federation.pk):
        there = Person.objects.exists()
    roles = roles_that_administer(book(federation.policy_key))
    if there:
        return
    say("Who will look after people and roles first? Under this policy these roles can:")
    for number, role in enumerate(roles, 1):
        say(f"  {number}. {role.name}")
    name = ask("Name (empty to do this later): ").strip()
    if not name:
        return

    def enter() -> None:
        email = ask("Email address: ")
        key = _one_of([role.key for role in roles], ask("Number of the role: "))
        steps.enter_first_person(
            federation,
            PersonPart(name=name, email=email, role=key, language=federation.languages[0]),
            say=say,
            at=at,
        )

    _until(enter, say)


def _days(federation: Federation, say: steps.Say, ask: Ask, at: datetime) -> None:
    with scope(federation.pk):
        known = set(Term.objects.values_list("school_id", flat=True))
        missing = [school for school in School.objects.order_by("name") if school.pk not in known]
    for school in missing:
        while path := ask(
            f"File with the term dates of {school.name} (ics, CSV or Excel, or empty to do this later): "
        ).strip():
            try:
                steps.enter_days(federation, school.slug, Path(path).expanduser(), by="", say=say, at=at)
            except SchoolgateError as error:
                _tell(error, say)
            else:
                break


def _adoption(federation: Federation, say: steps.Say, ask: Ask, at: datetime) -> None:
    with scope(federation.pk):
        if PolicyVersion.objects.exists():
            return
        owners = holders_of_capacity("own_policy", federation=federation, on=local_day(at))
        roles = [role.name for role in book_of(federation).pack.roles_with("own_policy")]
    if not owners:
        say(f"The adoption must be recorded by: {', '.join(roles)}. No one here has this role yet.")
        return
    words = ask(
        f"Are you {owners[0].name}? When was the policy adopted, for example 12/10/2026 (empty to do "
        "this later): "
    )
    if not words.strip():
        return

    def enter(words: str = words) -> None:
        day = day_of(words)
        if day is None:
            raise BadInput({"day": "enter a date such as 12/10/2026"})
        part = PolicyPart(
            adopted_on=day, minute=ask("Minute, for example Governors, 12 October 2026, item 7: ")
        )
        steps.enter_adoption(federation, part, by=owners[0].email, say=say, at=at)

    try:
        enter()
    except SchoolgateError as error:
        _tell(error, say)


def slug_of(name: str) -> str:
    """A word for addresses out of a name."""
    plain = name.lower().replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def _one_of(choices: Sequence[str], answer: str) -> str:
    words = answer.strip()
    if words in choices:
        return words
    if words.isascii() and words.isdigit() and 0 < int(words) <= len(choices):
        return choices[int(words) - 1]
    raise BadInput({"number": f"choose 1 to {len(choices)}"})


def _until(enter: Callable[[], T], say: steps.Say) -> T:
    while True:
        try:
            return enter()
        except BadInput as error:
            _tell(error, say)
        except ValidationError as wrong:
            say("; ".join(each["msg"] for each in wrong.errors()))


def _tell(error: SchoolgateError, say: steps.Say) -> None:
    say(f"  {error} {error.next_step}".rstrip())
    for name, why in error.fields.items() if isinstance(error, BadInput) else ():
        say(f"  {name}: {why}")


def setup_arguments(parser: argparse.ArgumentParser) -> None:
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


def run_setup(options: argparse.Namespace) -> int:
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
    from schoolgate.cli.setup_steps import do_all, read_file

    if not options.file.is_file():
        print(
            "schoolgate setup: there is no such file. Give its path relative to this folder",
            file=sys.stderr,
        )
        return 2
    do_all(read_file(options.file), say=print, at=now())
    return _list(options)


def _talk(options: argparse.Namespace) -> int:

    if not sys.stdin.isatty():
        print(
            f"schoolgate setup: this command asks questions. For a script: {typed('setup', '--file')} YAML",
            file=sys.stderr,
        )
        return 2
    talk(say=print, at=now())
    return _list(options)
