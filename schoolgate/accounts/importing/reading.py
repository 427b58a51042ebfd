"""Read one line of a list as a description of an account; what can't be used as given is reported with
it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from schoolgate.accounts.addresses import Typed
from schoolgate.accounts.addresses import read as read_address
from schoolgate.accounts.importing.fields import BY_WORD, Field
from schoolgate.accounts.importing.here import Here
from schoolgate.accounts.importing.said import say
from schoolgate.accounts.states import AccountKind
from schoolgate.core.web_address import parts_of
from schoolgate.networks.capabilities import OURS, all_capabilities
from schoolgate.people.checking import is_here
from schoolgate.people.lists.cells import Cells, Reading
from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.models import Person
from schoolgate.people.sheets import Line, Sheet, day_of, same_word

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
