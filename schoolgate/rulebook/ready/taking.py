"""What a ready rule is filled in with by the words of a clause."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import as_written, split
from schoolgate.rulebook.named_times import times_of_day
from schoolgate.rulebook.ready.bound import bound_by
from schoolgate.rulebook.ready.cases import HINTS
from schoolgate.rulebook.ready.exceptions import AGREED, made_in, says_who_agrees
from schoolgate.rulebook.ready.filling import asked
from schoolgate.rulebook.ready.model import (
    AGREED_BY,
    BOUND,
    STAFF,
    UNLESS,
    Choice,
    Exceptions,
    Number,
    ReadyRule,
    Role,
    Several,
    Values,
)

OF_THE_WHOLE = r"\A"
"""How a hint begins that is read in the whole clause, whatever was taken before it."""
NO_WORDS: Mapping[str, str] = {}
_NOT = re.compile(
    r"s?\s+(?:(?:must|may|should|shall|will|do|does|are|is)\s+(?:not|never)|cannot|(?:ca|must|do)n['’]t)\b"
)
_ALL_OF_THEM = lazy_pattern(
    r"(?:(?:all|any|every|each|the|our) )*(?:(?:members? of |school |teaching )?staff(?: members?)?"
    r"|colleagues?|employees?|teachers?|parents?(?: and carers)?|pupils?|students?|volunteers?|everyone)"
)
"""Who is no one in particular: a rule that asks for a person isn't filled in with them."""
_FAMILIES = re.compile(
    r"(?:pupils?|students?|children|parents?(?: (?:and|or) carers?)?|carers?|famil(?:y|ies))"
)
"""Who is spoken of and is never the one that has to do it."""
_TOGETHER = re.compile(r"s?(?:\s|,|/|or|neu|the|an?\b)*")
"""What joins people where one of them is enough. Whether *the head and the deputy* are both needed is for a
person to say."""
_ALL = re.compile(
    r"s?(?:\s|,|/|or|and|both|of|by|together with|as well as|along with|alongside|neu|ac?|the|an?\b)*"
)
"""What joins people who are all meant."""
_LEAVE_FROM = r"(?:permission|approval|agreement|authori[sz]ation|consent) (?:of|from|by) (?:the |an? )?"
_REFUSES = lazy_pattern(
    r"\b(?:not|never|cannot|avoid|refrain|ni|na|nad|nid|peidio|byth)\b|n['’]t\b", re.IGNORECASE
)
_DONE_TO = lazy_pattern(
    r"\b(?:not|never) (?:to )?(?:be )?(?:discussed|mentioned|named|talked about|commented on|criticised"
    r"|insulted|allowed|permitted|tolerated|accepted|acceptable)\b"
    r"|\bused to\b|^(?:no|nothing)\b",
    re.IGNORECASE,
)
"""How a ban names what it is about before its *not*."""
_AT_ONCE = lazy_pattern(rf"\b(?:{HINTS['at_once']})\b")
_LATEST = lazy_pattern(r"\b(?:in (?:any|all) (?:cases?|events?)|at the latest|no later than)\b")
_ANOTHER = ("deputy ", "assistant ", "vice ", "dirprwy ", "no other ", "no other member of ")
"""What stands before a role that isn't meant: another one, or the rest of the people."""
_FEW = "one two three four five six seven eight nine ten eleven twelve"
_COUNTED = {word: number for number, word in enumerate(_FEW.split(), start=1)}
_FIGURE = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w:/-]|[.,]\d)")


def taken_from(
    ready: ReadyRule,
    says: str,
    numbers: Sequence[int],
    roles: Sequence[str],
    words: Mapping[str, str] = NO_WORDS,
    *,
    staff: Sequence[str] = STAFF,
) -> Values:
    """Return what the form begins with for a clause: what its words say, and nothing where they don't or may
    say two things. A default would be laxer than the clause without anyone having chosen it.

    `numbers`, `roles`: those that the clause names; `words`: other words of the policy for its roles;
    `staff`: those that it calls staff."""
    values: dict[str, Any] = dict.fromkeys(ready.fields, "")
    values |= _excepted(ready, says, roles, words)
    plain = says.casefold()
    joined = _ALL if any(one.each for one in ready.roles.values()) else _TOGETHER
    told = any(one.told for one in ready.roles.values())
    asked_of = [one for one in roles if not (told and _ALL_OF_THEM.fullmatch(one.casefold()))]
    people = who_is_asked(plain, asked_of, words, joined)
    left = [one for one in people if not _ALL_OF_THEM.fullmatch(one.casefold())]
    left = left or _whose_leave(plain, roles, words)
    values |= _in_words(ready, says, staff)
    for name, field in ready.fields.items():
        if isinstance(field, Role) and left and not field.agrees:
            values[name] = left.pop(0)
    if all(_ALL_OF_THEM.fullmatch(one.casefold()) for one in roles):  # the clause names no one
        values |= {name: None for name, one in ready.roles.items() if one.optional and not one.agrees}
    if left:  # one more than the form can hold: who is meant is for a person to say
        values |= {name: "" for name, one in ready.roles.items() if not one.agrees}
    times = times_of_day(says)
    named = {*map(int, _FIGURE.findall(says)), *numbers} - {*times}
    for name, field in ready.fields.items():
        if isinstance(field, Choice) and values[name] in field.takes:
            named -= {field.takes[values[name]]}
    clocks = [name for name, field in ready.fields.items() if isinstance(field, Number) and field.clock]
    if len(times) == len(clocks):
        values.update(zip(clocks, sorted(times), strict=True))
    for name, field in ready.fields.items():
        if isinstance(field, Number) and not field.clock:
            fits = [one for one in named if 1 <= one <= field.most]
            read = fits[0] if len(fits) == 1 else None
            values[name] = read if asked(ready, name, values) else field.default
    return values | _amount(ready, plain)


def _in_words(ready: ReadyRule, says: str, staff: Sequence[str]) -> dict[str, Any]:
    """Return what a clause has for the fields that are words to choose from."""
    found: dict[str, Any] = {}
    plain = says.casefold()
    for name, field in ready.fields.items():
        if name == BOUND:
            found[name] = bound_by(says, staff)
        elif isinstance(field, Choice):
            found[name] = _chosen(field, plain)
        elif isinstance(field, Several) and not isinstance(field, Exceptions):
            found[name] = _named(field, plain)
    return found


def _whose_leave(plain: str, roles: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Return the one role whose permission a clause asks for by name (*with the approval of the head*)."""
    called = {**{word: role for word, role in words.items() if role in roles}, **{one: one for one in roles}}
    found = {
        role
        for word, role in called.items()
        if re.search(rf"\b{_LEAVE_FROM}{as_written(word)}(?!\w)(?! (?:or|and|/)\b)", plain)
        and not _ALL_OF_THEM.fullmatch(role.casefold())
        and not _FAMILIES.fullmatch(role.casefold())
    }
    return [*found] if len(found) == 1 else []


def _excepted(ready: ReadyRule, says: str, roles: Sequence[str], words: Mapping[str, str]) -> dict[str, Any]:
    """Return the exceptions that the clause makes, and the role that has to agree."""
    if UNLESS not in ready.fields:
        return {}
    made, phrase = made_in(ready, (split(says) or [says])[0])
    agrees = who_is_asked(phrase.casefold(), roles, words) if AGREED in made else []
    if AGREED in made and not agrees and not says_who_agrees(phrase):
        made = tuple(one for one in made if one != AGREED)  # no one can be chosen: its words are read
    return {UNLESS: made, AGREED_BY: agrees[0] if len(agrees) == 1 else ""}


def _amount(ready: ReadyRule, plain: str) -> dict[str, Any]:
    """Return the only number that stands before its unit (*4 hours*), with the unit; nothing where there are
    several, or where *at once* stands beside it and it isn't said to be the latest."""
    unit = ready.fields.get("unit")
    if not isinstance(unit, Choice) or (_AT_ONCE.search(plain) and not _LATEST.search(plain)):
        return {}
    left, found = plain, set()
    for option, words in unit.hints.items():
        amount = rf"\b({'|'.join(_COUNTED)}|\d{{1,3}}) (?:{words})\b"
        found |= {(_COUNTED.get(one[1]) or int(one[1]), option) for one in re.finditer(amount, left)}
        left = re.sub(amount, " ", left)
    amounts = [(number, option) for number, option in found if option in unit.options]
    return dict(zip(("number", "unit"), amounts[0], strict=True)) if len(amounts) == len(found) == 1 else {}


def who_is_asked(
    plain: str,
    roles: Sequence[str],
    words: Mapping[str, str] = NO_WORDS,
    joined: re.Pattern[str] = _TOGETHER,
) -> list[str]:
    """Return the roles that a clause, without capitals, says must do this: the only one that it names, or
    those of one list (*the head or the deputy*). None where it names people in different places, or forbids
    something to the only one: who is meant then is for a person to say."""
    places: list[tuple[int, int, str]] = []
    called = {**{word: role for word, role in words.items() if role in roles}, **{one: one for one in roles}}
    for word, role in sorted(called.items(), key=lambda one: -len(one[0])):
        for found in re.finditer(rf"(?<!\w){as_written(word)}(?!\w{{2}})", plain):
            inside = any(start <= found.start() < end for start, end, _name in places)
            another = plain[: found.start()].endswith(_ANOTHER)
            if not inside and not another:
                places.append((found.start(), found.end(), role))
    places = sorted(one for one in places if not _FAMILIES.fullmatch(one[2].casefold()))
    names = list(dict.fromkeys(name for _start, _end, name in places))
    apart = any(
        not joined.fullmatch(plain[end:start])
        for (_start, end, one), (start, _end, other) in pairwise(places)
        if one != other
    )
    forbidden = any(
        _NOT.match(plain[end:]) or plain[:start].endswith(("no ", "no member of ", "no one of the "))
        for start, end, _name in places
    )
    return [] if apart or forbidden else names


def _chosen(field: Choice, plain: str) -> str:
    left, found = plain, []
    for option, words in field.hints.items():
        if words.startswith(OF_THE_WHOLE):
            found += [option] if re.search(words, plain) else []
            continue
        rest = re.sub(rf"\b(?:{words})\b", " ", left)
        if rest != left and option in field.options:
            found.append(option)
        left = rest  # *school days* are no *days*
    return found[0] if len(found) == 1 else ""


def _named(field: Several, plain: str) -> tuple[str, ...]:
    """Return the words of a field that a clause names where it says what it is about: after its *not*, or
    anywhere where that is done to them (*parents must never be discussed*)."""
    no = _REFUSES.search(plain)
    about = plain if no is None or _DONE_TO.search(plain) else plain[no.end() :]
    return tuple(key for key, words in field.hints.items() if re.search(rf"\b(?:{words})\b", about))
