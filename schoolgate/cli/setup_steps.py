"""The steps of `schoolgate setup`: each checks what exists, does what is missing, and is saved separately.

The format of the file for `schoolgate setup --file`: typed, nothing else, every part optional.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.home import typed
from schoolgate.core.models import CalendarDay, DayKind, Federation, School, Term
from schoolgate.core.setting_up import add_federation, check_entry
from schoolgate.core.tenancy import scope
from schoolgate.people import assignments, persons
from schoolgate.people.models import LeadState, Person, RoleAssignment
from schoolgate.people.queries import book_of, held_on
from schoolgate.people.rules import is_unstaffed
from schoolgate.people.setting_up import add_school, enter_first, invite_second
from schoolgate.people.term_dates import read_term_dates, together
from schoolgate.policy.adopting import adopt_first
from schoolgate.policy.leads import name_safeguarder
from schoolgate.policy.models import PolicyVersion, VersionState
from schoolgate.rulebook import books
from schoolgate.rulebook.packs.blank import BLANK

LARGEST = 1024 * 1024


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FederationPart(_Part):
    """What is set up. `address`: its word in public addresses."""

    name: str
    address: str
    policy: str
    languages: list[str] = ["en"]


class SchoolPart(_Part):
    """One school; `calendar`: a file with its term dates, beside this one."""

    name: str
    address: str
    country: Literal["england", "wales"] = "england"
    languages: list[str] = ["en"]
    calendar: Path | None = None


class PersonPart(_Part):
    """A person who looks after people. `acting`: for the first one, whose role it stays."""

    name: str
    email: str
    role: str
    language: str = "en"
    acting: bool = False


class RolePart(_Part):
    """A person with a role of the policy, in one school if its address is given."""

    name: str
    email: str
    role: str
    relation: str = "staff"
    school: str = ""
    language: str = "en"


class PolicyPart(_Part):
    """The record of the adoption; `text`: the federation's own version, as a file."""

    adopted_on: date
    minute: str = ""
    text: Path | None = None


class SafeguardingPart(_Part):
    """Who leads on safeguarding, by e-mail address; of all schools where none is given."""

    email: str
    place: Literal["lead", "deputy"]
    school: str = ""


class SetUp(_Part):
    """The whole file. `by`: e-mail address of the administrator in whose name it is done."""

    federation: FederationPart
    schools: list[SchoolPart] = []
    first: PersonPart | None = None
    second: PersonPart | None = None
    by: str = ""
    policy: PolicyPart | None = None
    roles: list[RolePart] = []
    safeguarding: list[SafeguardingPart] = []


def read_file(path: Path) -> SetUp:
    """Read it; files that it names are looked for beside it. Raises BadInput, naming each place."""
    if path.stat().st_size > LARGEST:
        raise BadInput({"file": "too large for a file of this kind: check that it is the right one"})
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if "&" in text and any(isinstance(token, yaml.AliasToken) for token in _tokens(text)):
        raise BadInput({"file": "aliases are not supported: write out the values"})
    try:
        return _beside(SetUp.model_validate(yaml.load(text, yaml.SafeLoader)), path.parent)
    except yaml.YAMLError as wrong:
        raise BadInput({"file": str(wrong)}) from None
    except ValidationError as wrong:
        told = {".".join(map(str, each["loc"])) or "file": each["msg"] for each in wrong.errors()}
        raise BadInput(told) from None


def _tokens(text: str) -> list[yaml.Token]:
    try:
        return list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return []


def _beside(read: SetUp, folder: Path) -> SetUp:
    """Paths as the file means them."""
    schools = [
        school.model_copy(update={"calendar": folder / school.calendar if school.calendar else None})
        for school in read.schools
    ]
    policy = read.policy and read.policy.model_copy(
        update={"text": folder / read.policy.text if read.policy.text else None}
    )
    return read.model_copy(update={"schools": schools, "policy": policy})


Say = Callable[[str], object]


def do_all(wanted: SetUp, *, say: Say, at: datetime) -> Federation:
    """Do every step of a file that is not done yet. Raises SchoolgateError; earlier steps stay saved."""
    federation = enter_federation(wanted.federation, say=say)
    for school in wanted.schools:
        enter_school(federation, school, say=say, at=at)
    if wanted.first is not None:
        enter_first_person(federation, wanted.first, say=say, at=at)
    for school in wanted.schools:
        if school.calendar is not None:
            enter_days(federation, school.address, school.calendar, by=wanted.by, say=say, at=at)
    if wanted.second is not None:
        enter_second_person(federation, wanted.second, by=wanted.by, say=say, at=at)
    if wanted.policy is not None:
        enter_adoption(federation, wanted.policy, by=wanted.by, say=say, at=at)
    for role in wanted.roles:
        enter_role(federation, role, by=wanted.by, say=say, at=at)
    for one in wanted.safeguarding:
        enter_safeguarding(federation, one, by=wanted.by, say=say, at=at)
    return federation


def enter_federation(part: FederationPart, *, say: Say) -> Federation:
    """The federation of this address, entered where it is not there. Raises BadInput, NotNow."""
    found = Federation.objects.filter(slug=part.address).first()
    if found is not None:
        if found.is_example:
            raise NotNow(
                "This installation contains example federations.",
                "Choose another, empty SCHOOLGATE_HOME for a real school.",
            )
        if found.policy_key != part.policy:
            raise BadInput(
                {
                    "federation.policy": f"this federation uses {found.policy_key}, which can't be changed: "
                    "enter that"
                }
            )
        return found
    known = [*books(), BLANK]
    if part.policy not in known:
        raise BadInput({"federation.policy": f"choose one of {', '.join(known)}"})
    check_entry(slug=part.address, name=part.name, languages=part.languages)
    made = add_federation(
        slug=part.address, name=part.name.strip(), policy_key=part.policy, languages=part.languages
    )
    say(f"added: {made.name}")
    return made


def enter_school(federation: Federation, part: SchoolPart, *, say: Say, at: datetime, by: str = "") -> None:
    """A school, where it is not there."""
    with scope(federation.pk):
        if School.objects.filter(slug=part.address).exists():
            return
        add_school(
            by=_by(federation, by, at, may_be_nobody=True),
            at=at,
            name=part.name,
            slug=part.address,
            country=part.country,
            languages=part.languages,
        )
    say(f"school added: {part.name}")


def enter_first_person(federation: Federation, part: PersonPart, *, say: Say, at: datetime) -> None:
    """Enter the first person who looks after people, if there is none. They are sent an invitation."""
    with scope(federation.pk):
        if Person.objects.exists():
            return
        enter_first(
            at=at,
            name=part.name,
            email=part.email,
            role_key=_role(federation, part.role),
            language=part.language,
        )
    say(f"added and invited: {part.name}. Until email works, use the browser: {typed('setup', '--link')}")


def enter_second_person(federation: Federation, part: PersonPart, *, by: str, say: Say, at: datetime) -> None:
    """A second one, where the address is not here yet."""
    with scope(federation.pk):
        if Person.objects.filter(email=part.email.strip().lower()).exists():
            return
        invite_second(
            by=_must(federation, by, at),
            at=at,
            name=part.name,
            email=part.email,
            role_key=_role(federation, part.role),
            acting=part.acting,
            language=part.language,
        )
    say(f"added and invited: {part.name}")


def enter_days(federation: Federation, slug: str, path: Path, *, by: str, say: Say, at: datetime) -> None:
    """The term dates of a school from a file; the same file twice changes nothing."""
    if not path.is_file():
        raise BadInput(
            {f"schools.{slug}.calendar": "there is no such file: give its path relative to this folder"}
        )
    found = read_term_dates(path.read_bytes(), on=local_day(at))
    with scope(federation.pk):
        school = School.objects.get(slug=slug)
        old = list(
            Term.objects.filter(school=school)
            .order_by("first_day")
            .values_list("name", "first_day", "last_day")
        )
        special = list(CalendarDay.objects.filter(school=school).values_list("kind", "day"))
        inset = {day for kind, day in special if kind == DayKind.INSET}
        terms, days = together(old, found.terms), inset | set(found.inset_days)
        if (terms, days) == (old, inset):
            return
        set_calendar(
            school=school,
            terms=terms,
            inset_days=sorted(days),
            added_holidays=[day for kind, day in special if kind == DayKind.ADDED_HOLIDAY],
            at=at,
            by=_by(federation, by, at, may_be_nobody=True),
        )
    say(f"term dates for {slug}: {len(terms)} terms, up to {terms[-1][2]:%d/%m/%Y}, INSET days: {len(days)}")
    if found.left_out:
        say(f"  left out: {'; '.join(found.left_out)}")


def enter_adoption(federation: Federation, part: PolicyPart, *, by: str, say: Say, at: datetime) -> None:
    """The adoption of the policy, where none is on record."""
    text = part.text.read_text(encoding="utf-8") if part.text else None
    with scope(federation.pk):
        if PolicyVersion.objects.exclude(state__in=[VersionState.DRAFT, VersionState.WITHDRAWN]).exists():
            return
        adopt_first(
            by=_must(federation, by, at),
            at=at,
            adopted_on=part.adopted_on,
            minute_reference=part.minute,
            text=text,
        )
    say(f"the policy is in force, adopted on {part.adopted_on:%d/%m/%Y}")


def enter_role(federation: Federation, part: RolePart, *, by: str, say: Say, at: datetime) -> None:
    """Enter a person with a role; a person who has it already is left unchanged."""
    on = local_day(at)
    with scope(federation.pk):
        who = _must(federation, by, at)
        key, school = _role(federation, part.role), _school(part.school)
        person = Person.objects.filter(email=part.email.strip().lower()).first()
        if person is None:
            person = persons.add_person(
                by=who,
                at=at,
                name=part.name,
                email=part.email,
                relation=part.relation,
                language=part.language,
            )
            persons.invite(by=who, at=at, person=person)
        if RoleAssignment.objects.filter(held_on(on), person=person, role_key=key, school=school).exists():
            return
        assignments.give_assignment(by=who, at=at, person=person, role_key=key, from_day=on, school=school)
    say(f"{part.role}: {part.name}")


def enter_safeguarding(
    federation: Federation, part: SafeguardingPart, *, by: str, say: Say, at: datetime
) -> None:
    """Who leads on safeguarding."""
    with scope(federation.pk):
        person = Person.objects.filter(email=part.email.strip().lower()).first()
        if person is None:
            raise BadInput(
                {"safeguarding": f"no one here has the address {part.email}: add them under people"}
            )
        made = name_safeguarder(
            by=_must(federation, by, at), at=at, person=person, place=part.place, school=_school(part.school)
        )
        waits = made.state == LeadState.ASKED
    say(f"safeguarding {part.place}: {person.name}{', once a second person agrees' if waits else ''}")


def _school(slug: str) -> School | None:
    if not slug:
        return None
    found = School.objects.filter(slug=slug).first()
    if found is None:
        raise BadInput({"school": f"there is no school with the address {slug}: add it under schools"})
    return found


def _role(federation: Federation, words: str) -> str:
    """A role by its key or by its name in the policy. Raises BadInput, naming them all."""
    roles = book_of(federation).roles
    found = [
        role.key for role in roles if words.strip().casefold() in (role.key.casefold(), role.name.casefold())
    ]
    if not found:
        raise BadInput({"role": f"choose one of: {'; '.join(role.name for role in roles)}"})
    return found[0]


def _must(federation: Federation, email: str, at: datetime) -> Person:
    found = _by(federation, email, at)
    if found is None:
        raise BadInput(
            {"by": ("give the email address of the person doing this, who must manage people here")}
        )
    return found


def _by(federation: Federation, email: str, at: datetime, *, may_be_nobody: bool = False) -> Person | None:
    """In whose name: who has this address, without one the only person here. Raises BadInput."""
    if may_be_nobody and is_unstaffed(federation, on=local_day(at)):
        return None
    people = (
        Person.objects.filter(email=email.strip().lower()) if email else Person.objects.filter(left_on=None)
    )
    rows = list(people[:2])
    return rows[0] if len(rows) == 1 else None
