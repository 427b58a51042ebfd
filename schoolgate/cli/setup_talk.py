"""`schoolgate setup` as a conversation: a question at a time, each answer kept, each wrong one asked
again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from schoolgate.cli import setup_steps as steps
from schoolgate.cli.setup_file import FederationPart, PersonPart, PolicyPart, SchoolPart
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, SchoolgateError
from schoolgate.core.models import Federation, School, Term
from schoolgate.core.tenancy import scope
from schoolgate.core.typed import typed
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, holders_of_capacity
from schoolgate.people.setting_up import roles_that_administer
from schoolgate.people.sheets import day_of
from schoolgate.policy.models import PolicyVersion
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
