"""Who a ready rule binds that speaks of staff: a clause may name governors and volunteers as well."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.ready.model import BOUND, STAFF, By, ReadyRule, Several, Values
from schoolgate.rulebook.sentences import gettext_noop as _

_STAFF = r"staff|employees?|teachers?|teaching|colleagues?|headteachers?|school leaders|gweithwyr|athrawon"
PEOPLE = Several(
    _("Who does it apply to?"),
    {"staff": _("Staff"), "governor": _("Governors"), "volunteer": _("Volunteers")},
    said={"staff": _("staff"), "governor": _("governors"), "volunteer": _("volunteers")},
    hints={
        "staff": _STAFF,
        "governor": r"governors?|trustees?|llywodraethwyr",
        "volunteer": r"volunteers?|helpers?|gwirfoddolwyr",
    },
)
_DUTY = lazy_pattern(
    r"\b(?:must|should|shall|will|may|can|cannot|are|is|do|does|have|has|need|ought|never|not|ensure|keep|set"
    r"|ni|nid|na|rhaid|dylai|ddylai)\b",
    re.IGNORECASE,
)
_SO_CALLED = r"[“\"'‘]staff(?: and volunteers)?[”\"'’]"
_MEANS = r"(?:here )?(?:means?|includes?|refers? to|stands? for|covers?)"
_CALLED = lazy_pattern(
    r"(?P<who>[^.;]{10,300}?) ?\((?:(?:all|together|collectively|here(?:in)?after) ){0,2}"
    r"(?:(?:referred to|called|known) (?:(?:below|here(?:after)?|together|throughout) )?(?:as )?)?(?:the )?"
    rf"{_SO_CALLED}\)"
    rf"|{_SO_CALLED} {_MEANS} (?P<means>[^.;]{{5,300}})"
    rf"|\b(?:word|term) [“\"'‘]?staff[”\"'’]? {_MEANS} (?P<word>[^.;]{{5,300}})",
    re.IGNORECASE,
)
"""How a policy says who is staff."""
_ALL_OF_THEM = lazy_pattern(r"^all (?:of )?(?:these|them|those)\b", re.IGNORECASE)
_VERB_FIRST = re.compile(r"(?:ni|nid|na|rhaid|dylai|ddylai|ni all|bydd)\b", re.IGNORECASE)
"""How a sentence in Welsh begins, before it names who it is about."""
OF_A_SUBJECT = 6
"""How many words of such a sentence name them."""
_EVERYONE = lazy_pattern(
    r"\b(?:adults?|everyone|everybody|anyone|no[ -]one|nobody|whole school community|pawb|oedolion)\b",
    re.IGNORECASE,
)


def with_bound(ready: ReadyRule) -> ReadyRule:
    """Return the ready rule with the field of who is bound, where one of its rules speaks of staff."""
    each = [one for rule in ready.rules for one in (rule.each.values() if isinstance(rule, By) else [rule])]
    if not any(one.get("for") == [*STAFF] for one in each):
        return ready
    return replace(ready, fields={**ready.fields, BOUND: PEOPLE})


def binding(rule: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """Return a rule that speaks of staff with the people it binds."""
    people = values.get(BOUND) or STAFF
    return {**rule, "for": [*people]} if rule.get("for") == [*STAFF] else dict(rule)


def called_staff(texts: Iterable[str]) -> tuple[str, ...]:
    """Return who is staff by a policy's own texts: staff, and others that it calls so."""
    found = {*STAFF}
    for text in texts:
        for said in _CALLED.finditer(text):
            who = next(one for one in said.groups() if one)
            if _ALL_OF_THEM.match(who):  # *... means all of these people*: who stands before
                who = text[: said.start()]
            found |= {
                key for key, words in PEOPLE.hints.items() if re.search(rf"\b(?:{words})\b", who.casefold())
            }
    return tuple(key for key in PEOPLE.options if key in found)


def bound_by(sentence: str, staff: Sequence[str] = STAFF) -> tuple[str, ...]:
    """Return the people a sentence binds: those that it names before what they have to do, or all where it
    names no one or everyone. `staff`: those that the policy calls so."""
    duty = _DUTY.search(sentence)
    subject = (sentence[: duty.start()] if duty else sentence).casefold()
    if _VERB_FIRST.match(sentence):
        subject = " ".join(sentence.casefold().split()[:OF_A_SUBJECT])
    found = tuple(key for key, words in PEOPLE.hints.items() if re.search(rf"\b(?:{words})\b", subject))
    if "staff" in found:
        found = tuple(key for key in PEOPLE.options if key in (*found, *staff))
    return found if found and not _EVERYONE.search(subject) else tuple(PEOPLE.options)


def found_bound(rules: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Return each of the ways in which rules may have filled this in."""
    there = dict.fromkeys(tuple(one["for"]) for one in rules if isinstance(one.get("for"), list))
    return [one for one in there if one and {*one} <= {*PEOPLE.options}] or [STAFF]
