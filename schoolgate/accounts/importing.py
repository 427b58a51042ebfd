"""A list of accounts that exist: read line by line, compared with what is here, planned, applied.

Its steps are those of every list (`people.list_importer`). Nothing is written before it's applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import Typed, handle_of, key_of, likeness
from schoolgate.accounts.addresses import read as read_address
from schoolgate.accounts.models import (
    FOUND_ENDS,
    MOST_ACCOUNTS,
    WORDS,
    Account,
    AccountImport,
    AccountKind,
    AccountMapping,
    AccountState,
    AssociatedPage,
    Fake,
    FakeState,
    FormerAddress,
    FoundPage,
    ImportedAccount,
    KeysKnownTo,
    Part,
    TeamMember,
)
from schoolgate.accounts.opening import open_duties
from schoolgate.accounts.opening_facts import check_may_bring_in
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import Federation, School
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.capabilities import OURS, all_capabilities
from schoolgate.people import list_cells
from schoolgate.people.list_cells import (
    Arg,
    Cells,
    ListMessage,
    Meaning,
    Reading,
    known_headings,
    wrong_columns,
)
from schoolgate.people.list_cells import offered as offered_for
from schoolgate.people.list_importer import Events, Importer, ListPlan, PlannedLine, Shape, counted, seen_of
from schoolgate.people.models import Person
from schoolgate.people.persons import is_here
from schoolgate.people.sheets import Line, Sheet, day_of, same_word
from schoolgate.policy.queries import PolicyInForce, in_force


class Field(TextChoices):
    """What a column can be about."""

    NETWORK = "network", _("Network")
    ADDRESS = "address", _("Address")
    SCHOOL = "school", _("School")
    SINCE = "since", _("Start date")
    RUN_BY = "run_by", _("Who runs it")
    SECOND = "second", _("Second person")
    NAME = "name", _("Account name")
    HANDLE = "handle", _("Handle")
    PURPOSE = "purpose", _("Purpose")
    AUDIENCE = "audience", _("Audience")
    PUPILS = "pupils", _("Audience includes pupils")
    YOUNGEST = "youngest", _("Age of the youngest pupil")
    KIND = "kind", _("Account type")
    KNOWN_TO = "known_to", _("People who know the passwords")


NEEDED = (Field.ADDRESS, Field.SINCE, Field.RUN_BY)
"""Columns without which no account can be imported."""
FOR_ALL = (Field.SCHOOL, Field.KIND)
"""Fields that may be set once for the whole list."""

HEADINGS: Mapping[Field, Sequence[str]] = {
    Field.NETWORK: ("network", "platform", "site", "social network", "rhwydwaith", "platfform"),
    Field.ADDRESS: ("address", "web address", "url", "link", "page", "cyfeiriad", "dolen"),
    Field.SCHOOL: ("school", "ysgol"),
    Field.SINCE: ("since", "since when", "started", "start date", "opened", "date set up", "ers pryd", "ers"),
    Field.RUN_BY: ("who runs it", "run by", "owner", "account lead", "lead", "pwy sy'n ei redeg"),
    Field.SECOND: ("second person", "deputy", "cover", "backup", "ail berson"),
    Field.NAME: ("name", "account", "account name", "enw"),
    Field.HANDLE: ("handle", "username", "user name"),
    Field.PURPOSE: ("purpose", "what it is for", "aim", "diben", "pwrpas"),
    Field.AUDIENCE: ("audience", "whom it is for", "who it is for", "cynulleidfa"),
    Field.PUPILS: ("pupils", "pupils among readers", "pupils follow", "disgyblion"),
    Field.YOUNGEST: ("youngest", "youngest pupil", "age of the youngest pupil", "yr ieuengaf"),
    Field.KIND: ("kind", "kind of account", "math o gyfrif"),
    Field.KNOWN_TO: ("keys known to", "password known to", "who has the password", "pwy sy'n gwybod"),
}
"""Headings that are offered for a field; a person checks the offer before it counts."""

ALSO = {
    "facebook": "facebook fb meta", "instagram": "instagram insta ig", "x": "x twitter", "bluesky": "bsky",
    "youtube": "youtube yt", "linkedin": "linkedin", "tiktok": "tiktok", "threads": "threads",
    "mastodon": "mastodon fediverse",
}  # fmt: skip
"""network -> what schools call it besides its own name."""
YES = ("yes", "y", "true", "1", "ie", "oes", "ydy")
NO = ("no", "n", "false", "0", "na", "nac oes", "nac ydy")
WHOLE_FEDERATION = ("whole federation", "federation", "all schools", "ffederasiwn", "y ffederasiwn")
BY_WORD = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    wrong = wrong_columns(columns, headings, Field.values)
    why: Mapping[Field, Any] = {
        Field.ADDRESS: _("Choose the column with the addresses. They identify the accounts."),
        Field.SINCE: _("Choose the column that shows when each account started."),
        Field.RUN_BY: _("Choose the column that shows who runs each account."),
    }
    wrong = {each.value: why[each] for each in NEEDED if each not in columns} | wrong
    if Field.SCHOOL not in columns and "school" not in defaults:
        wrong["school"] = _("Choose the column, or say whose accounts these are.")
    if defaults.get("kind") and defaults["kind"] not in AccountKind.values:
        wrong["kind"] = _("Choose a type.")
    if wrong:
        raise BadInput(wrong)


def known_networks() -> dict[str, str]:
    """Return each network's names in the words of lists -> its key."""
    found = {
        same_word(word): key
        for key, one in all_capabilities().items()
        for word in (key, one.name, *ALSO.get(key, "").split())
    }
    return found | {same_word(f"{word} page"): key for word, key in found.items()}


def known_words(federation: str, schools: Iterable[tuple[int, str, str]]) -> dict[str, dict[str, str]]:
    """Return the words that need no explaining: field -> {word: ours}.

    `schools`: number, name and slug; `federation`: its name, which means all of them.
    """
    kinds: dict[str, str] = {value: value for value in AccountKind.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kinds |= {same_word(str(label)): value for value, label in AccountKind.choices}
    return {
        Field.SCHOOL: {
            **dict.fromkeys(map(same_word, (federation, *WHOLE_FEDERATION)), ""),
            **{same_word(word): str(pk) for pk, name, slug in schools for word in (slug, name)},
        },
        Field.KIND: kinds,
    }


@dataclass(frozen=True)
class Here:
    """Accounts by the normal form of their address; people by address and by name in plain words."""

    federation: Federation
    on: date
    people: Mapping[str, Person]
    by_name: Mapping[str, Sequence[Person]]
    schools: Mapping[int, School]
    known: Mapping[str, Mapping[str, str]]
    networks: Mapping[str, str]
    number: int
    """Accounts that are not closed: also our own noticeboards, which have no address to be compared."""
    accounts: Mapping[str, Account]
    closed: Mapping[str, Account]
    alike: Mapping[str, Account]
    former: Mapping[str, Account]
    fakes: frozenset[str]
    friends: Mapping[str, str]
    found: frozenset[str]


def look_here(on: date) -> Here:
    """Return everything of the federation in scope that a list of accounts is compared with."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    schools = {school.pk: school for school in School.objects.order_by("name")}
    people = list(Person.objects.select_related("user").order_by("pk"))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[same_word(person.name)].append(person)
    number, live = 0, dict[str, Account]()
    closed: dict[str, Account] = {}
    for account in Account.objects.order_by("pk"):
        number += account.state != AccountState.CLOSED
        into = closed if account.state == AccountState.CLOSED else live
        into.update(dict.fromkeys(keys_of(account.network, account.address, account.handle), account))
    rows = FormerAddress.objects.filter(account__state=AccountState.OPEN).select_related("account")
    fakes = Fake.objects.filter(confirmed_at__isnull=False, destroyed_at=None).exclude(state=FakeState.OURS)
    return Here(
        federation=federation,
        on=on,
        people={person.user.email.lower(): person for person in people},
        by_name=by_name,
        schools=schools,
        known=known_words(
            federation.name, [(school.pk, school.name, school.slug) for school in schools.values()]
        ),
        networks=known_networks(),
        number=number,
        accounts=live,
        closed=closed,
        alike={likeness(key): account for key, account in live.items()},
        former={key: row.account for row in rows for key in keys_of("", row.address, "")},
        fakes=frozenset(fakes.values_list("key", flat=True)),
        friends={
            key_of(address): name
            for address, name in AssociatedPage.objects.filter(ended_at=None).values_list("address", "name")
        },
        found=frozenset(FoundPage.objects.exclude(state__in=FOUND_ENDS).values_list("key", flat=True)),
    )


def keys_of(network: str, address: str, handle: str) -> set[str]:
    """Return each spelling by which a page of ours is known, normalised by `addresses`."""
    keys = {key_of(address)} if address else set()
    if handle and network and network not in ("mastodon", OURS):
        keys.add(f"{network}:{handle_of(handle)}")
    return keys - {""}


@dataclass(frozen=True)
class AccountMessage(list_cells.ListMessage):
    """`code` of `states.imported.WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS


def say(code: str, **args: Arg) -> AccountMessage:
    """Return a message about a line."""
    return AccountMessage(code, args)


_BETWEEN = re.compile(r"[;,|\n]")
"""The separator between several people in one cell."""
_MONTH = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})|(?P<iso>\d{4})-(?P<iso_month>\d{1,2})")
_YEAR = re.compile(r"\d{4}")
FIRST_YEAR = 1995
OLDEST_PUPIL = 25
LONGEST_ADDRESS = 480
LONGEST = {Field.NAME: 120, Field.HANDLE: 253, Field.PURPOSE: 4000, Field.AUDIENCE: 4000}


@dataclass(frozen=True)
class Read:
    """The content of a line. `key`: its page in one spelling; `since`: a year, a month or a day as in ISO;
    `pupils` and `youngest` None: not stated."""

    line: int
    network: str
    address: str
    key: str
    handle: str
    name: str
    school_id: int | None
    since: str
    run_by: tuple[int, ...]
    second: tuple[int, ...]
    known_to: tuple[int, ...]
    purpose: str
    audience: str
    kind: str
    pupils: bool | None
    youngest: int | None
    wrong: tuple[ListMessage, ...]


def read_lines(sheet: Sheet, meaning: Meaning, here: Here) -> list[Read]:
    """Return the content of each line below the headings."""
    reading = Reading.of(sheet, meaning, here.known)
    return [_LineReader(reading, line, here).read() for line in sheet.lines[1:]]


class _LineReader(Cells):
    says = staticmethod(say)
    names = frozenset({Field.RUN_BY, Field.SECOND, Field.KNOWN_TO})

    def __init__(self, reading: Reading, line: Line, here: Here) -> None:
        super().__init__(reading, line)
        self.here = here

    def read(self) -> Read:
        typed = self._address()
        network = self._network(typed)
        handle = self._text(Field.HANDLE) or (f"@{typed.handle}" if typed and typed.handle else "")
        school = self.word(Field.SCHOOL)
        school_id = int(school) if school else None
        return Read(
            line=self.line.number,
            network=network,
            address=_whole(typed) if typed else "",
            key=typed.key if typed else "",
            handle=handle,
            name=self._text(Field.NAME) or self._made_name(network, handle, school_id),
            school_id=school_id,
            since=self._since(),
            run_by=self._people(Field.RUN_BY, needed=True),
            second=self._people(Field.SECOND),
            known_to=self._people(Field.KNOWN_TO),
            purpose=self._text(Field.PURPOSE),
            audience=self._text(Field.AUDIENCE),
            kind=self._kind(),
            pupils=self._pupils(),
            youngest=self._youngest(),
            wrong=tuple(self.wrong),
        )

    def _address(self) -> Typed | None:
        before, words = len(self.wrong), self.cell(Field.ADDRESS)
        if len(self.wrong) > before:
            return None
        if not words:
            self.wrong.append(say("no_address"))
            return None
        typed = read_address(words)
        if typed is None or not typed.key or len(words) > LONGEST_ADDRESS or _names_a_sign_in(typed):
            self.wrong.append(say("bad_address", value=words[:60]))
            return None
        if typed.network and typed.key == f"{typed.network}:":
            self.wrong.append(say("not_a_post"))
        return typed

    def _network(self, typed: Typed | None) -> str:
        """Return the network's key, by its own column or else by the address."""
        words, told = self.cell(Field.NETWORK), typed.network if typed else ""
        said = self.here.networks.get(same_word(words), "") if words else ""
        if words and not said:
            known = ", ".join(one.name for key, one in all_capabilities().items() if key != OURS)
            column = self.column(Field.NETWORK)
            self.wrong.append(say("unknown_network", column=column, value=words[:40], known=known))
        elif OURS in (said, told):
            self.wrong.append(say("own_network"))
        elif said and told and said != told:
            names = all_capabilities()
            self.wrong.append(say("network_differs", told=names[told].name, said=names[said].name))
        elif not words and not told and typed is not None:
            self.wrong.append(say("no_network"))
        return said or told

    def _text(self, name: Field) -> str:
        words = self.cell(name)
        words = words if name in (Field.PURPOSE, Field.AUDIENCE) else " ".join(words.split())
        if len(words) > LONGEST[name]:
            self.wrong.append(say("too_long", column=self.column(name), most=LONGEST[name]))
            return ""
        if not all(letter.isprintable() or letter in "\n\t" for letter in words):
            self.wrong.append(say("unreadable", column=self.column(name)))
            return ""
        return words

    def _made_name(self, network: str, handle: str, school_id: int | None) -> str:
        """Return a name for an account without one: the network, and the school or the federation."""
        school = self.here.schools.get(school_id) if school_id is not None else None
        of = school.name if school else self.here.federation.name
        shown = all_capabilities()[network].name if network else ""
        return f"{of}: {shown} {handle}".strip()[: LONGEST[Field.NAME]]

    def _since(self) -> str:
        words = self.cell(Field.SINCE)
        if not words:
            self.wrong.append(say("no_value", column=self.column(Field.SINCE)))
            return ""
        found = since_of(words)
        if not found:
            self.no_day(Field.SINCE, words, otherwise="bad_since")
        elif found > self.here.on.isoformat()[: len(found)]:
            self.wrong.append(say("since_future", column=self.column(Field.SINCE)))
        return found

    def _people(self, name: Field, *, needed: bool = False) -> tuple[int, ...]:
        before, words = len(self.wrong), self.cell(name)
        parts = [part.strip() for part in _BETWEEN.split(words) if part.strip()]
        if needed and not parts and len(self.wrong) == before:
            self.wrong.append(say("no_value", column=self.column(name)))
        found = [person for part in parts if (person := self._person(name, part)) is not None]
        return tuple(dict.fromkeys(person.pk for person in found))

    def _person(self, name: Field, words: str) -> Person | None:
        column, shown = self.column(name), words[:60]
        by_name = self.here.by_name.get(same_word(words), ())
        staying = [one for one in by_name if is_here(one, self.here.on)]
        found = self.here.people.get(words.lower()) or (staying[0] if len(staying) == 1 else None)
        if found is not None and is_here(found, self.here.on):
            return found
        if len(staying) > 1:
            self.wrong.append(say("two_of_the_name", column=column, value=shown))
        elif found is not None or by_name:
            gone = found or by_name[0]
            self.wrong.append(say("has_left", column=column, name=gone.name))
        else:
            self.wrong.append(say("unknown_person", column=column, value=shown))
        return None

    def _kind(self) -> str:
        words = self.cell(Field.KIND)
        if not words:
            return self.default(Field.KIND)
        found = self.meant(Field.KIND, words)
        if found is None:
            known = ", ".join(AccountKind.values)
            column = self.column(Field.KIND)
            self.wrong.append(say("unknown_kind", column=column, value=words[:40], known=known))
        return found or ""

    def _pupils(self) -> bool | None:
        words = self.cell(Field.PUPILS)
        found = BY_WORD.get(same_word(words)) if words else None
        if words and found is None:
            self.wrong.append(say("yes_or_no", column=self.column(Field.PUPILS), value=words[:40]))
        return found

    def _youngest(self) -> int | None:
        words = self.cell(Field.YOUNGEST)
        if not words:
            return None
        if not (words.isascii() and words.isdigit() and len(words) < 3 and int(words) <= OLDEST_PUPIL):
            self.wrong.append(say("bad_age", column=self.column(Field.YOUNGEST), value=words[:40]))
            return None
        return int(words)

    def unknown(self, name: str, words: str) -> None:
        """Report a word that is not ours: lists of accounts explain no words, so the line says what to do."""
        value = words[:40]
        code = "unknown_value" if words else "no_value"
        args: Mapping[str, str] = {"column": self.column(name), **({"value": value} if words else {})}
        self.wrong.append(say(code, **args))


def since_of(words: str) -> str:
    """Return the day, month or year that these words name, as ISO has it; "" where they name none: 1/9/2016
    is the first of September, 9/2016 that month."""
    tidy = words.strip()
    day = day_of(tidy)
    if day is not None:
        return day.isoformat() if day.year >= FIRST_YEAR else ""
    month = _MONTH.fullmatch(tidy)
    if month:
        year, number = int(month["year"] or month["iso"]), int(month["month"] or month["iso_month"])
        return f"{year}-{number:02}" if year >= FIRST_YEAR and 1 <= number <= 12 else ""
    return tidy if _YEAR.fullmatch(tidy) and int(tidy) >= FIRST_YEAR else ""


def _names_a_sign_in(typed: Typed) -> bool:
    """Return whether a name or a password precedes the host: such an address doesn't belong on a
    register."""
    return "://" in typed.shown and "@" in parts_of(typed.shown).netloc


def _whole(typed: Typed) -> str:
    """Return an address as it can be followed, by https; name@server is followed at that server."""
    if typed.key.startswith("https://") and "/" not in typed.shown:
        return typed.key
    bare = typed.shown.removeprefix("https://").removeprefix("http://")
    return f"https://{bare}"


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has the accounts to write. `counts`: also accounts before and after."""

    accounts: Sequence[Read]


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would change on a day; `content` is the digest of the file."""
    here = look_here(on)
    lines: list[PlannedLine] = []
    taken: list[Read] = []
    first: dict[str, int] = {}
    for read in read_lines(sheet, meaning, here):
        line = PlannedLine(number=read.line, name=read.name, address=read.address, wrong=list(read.wrong))
        keys = keys_of(read.network, read.address, read.handle)
        _compare(line, read, keys, here)
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None:
            line.wrong.append(say("line_twice", line=earlier))
        for key in keys:
            first.setdefault(key, read.line)
        if not line.wrong and line.is_new:
            taken.append(read)
        lines.append(line)
    before = here.number
    counts = {
        **counted(lines),
        "accounts_before": before,
        "accounts_added": len(taken),
        "accounts_after": before + len(taken),
    }
    seen = seen_of(lines, counts, meaning, content, [repr(read) for read in taken])
    return Plan(lines=lines, accounts=taken, counts=counts, seen=seen)


def _compare(line: PlannedLine, read: Read, keys: set[str], here: Here) -> None:
    """Compare a line with what is on record about its page."""
    known = next((here.accounts[key] for key in keys if key in here.accounts), None)
    closed = next((here.closed[key] for key in keys if key in here.closed), None)
    former = next((here.former[key] for key in keys if key in here.former), None)
    if known is not None:
        line.pk = known.pk
        if known.state == AccountState.WAITING:
            line.wrong.append(say("is_waiting", name=known.name))
        else:
            # What is wrong with other cells changes nothing: nothing of this line is taken.
            line.wrong.clear()
            line.notes.append(say("here", name=known.name))
        return
    line.is_new = True
    if closed is not None and closed.closed_at is not None:
        line.wrong.append(say("was_closed", day=local_day(closed.closed_at)))
    elif former is not None:
        line.wrong.append(say("has_moved", name=former.name))
    elif keys & here.fakes:
        line.wrong.append(say("is_fake"))
    elif friends := next((here.friends[key] for key in keys if key in here.friends), ""):
        line.wrong.append(say("is_friends", name=friends))
    line.changes.append(say("comes"))
    if keys & here.found:
        line.notes.append(say("was_found"))
    like = next((here.alike[likeness(key)] for key in keys if likeness(key) in here.alike), None)
    if like is not None:
        line.notes.append(say("alike", name=like.name))
    if read.pupils is None:
        line.notes.append(say("no_pupils"))


def _write(plan: Plan, importing: AccountImport, *, by: Person, at: datetime) -> None:
    """Put the accounts on the register. The policy in force is asked about each with what is known, and the
    people it names are asked for what is missing; this publishes nothing on any of them. Raises NotNow
    where no policy is in force."""
    policy = in_force(local_day(at))
    texts = {
        f"{name}-{number}": getattr(read, name)
        for number, read in enumerate(plan.accounts)
        for name in ("name", "handle", "address", "purpose")
    }
    check_leaving(Door.REGISTER, texts, about=importing, by=by, at=at)
    for read in plan.accounts:
        _take_in(read, importing, policy, by=by, at=at)


def _take_in(
    read: Read, importing: AccountImport, policy: PolicyInForce, *, by: Person, at: datetime
) -> Account:
    account = Account.objects.create(
        school_id=read.school_id,
        name=read.name,
        network=read.network,
        handle=read.handle,
        address=read.address,
        kind=read.kind,
        purpose=read.purpose,
        audience=read.audience,
        pupils_in_audience=read.pupils,
        youngest_pupil=read.youngest,
        state=AccountState.OPEN,
        made_at=at,
        opened_at=at,
        opened_by=by,
    )
    day = local_day(at)
    parts = [(person, Part.LEAD) for person in read.run_by]
    parts += [(person, Part.RUNNER) for person in read.second if person not in read.run_by]
    TeamMember.objects.bulk_create(
        TeamMember(account=account, person_id=person, part=part, from_day=day) for person, part in parts
    )
    KeysKnownTo.objects.bulk_create(
        KeysKnownTo(account=account, person_id=person, at=at) for person in read.known_to
    )
    brought = ImportedAccount.objects.create(
        account=account, since=read.since, by=by, at=at, listed_in=importing
    )
    kept = open_duties(account, policy, by=by, at=at)
    brought.decision = kept
    brought.save(update_fields=["decision"])
    record(
        "account.taken_in", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        list=importing.pk,
    )  # fmt: skip
    return account


ACCOUNTS = Importer(
    lists=AccountImport,
    mappings=AccountMapping,
    events=Events(
        uploaded="account.list_brought",
        explained="account.list_explained",
        applied="account.list_taken_in",
        dropped="account.list_dropped",
        lapsed="account.list_lapsed",
    ),
    may=check_may_bring_in,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "accounts_added"},
    shape=Shape(
        most_rows=MOST_ACCOUNTS + 1,
        too_short=_("The list needs a row of headings, and a row for each account below."),
        known=known_headings(HEADINGS),
    ),
)
