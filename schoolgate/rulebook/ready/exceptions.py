"""The exceptions that ready rules have in common: each with the words by which a clause is known to make
it, and what is true, in the facts of a situation, where it is made. A rule that forbids something offers
those that its situations know."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.ready.model import (
    AGREED_BY,
    UNLESS,
    By,
    Exceptions,
    Field,
    ReadyRule,
    Role,
    Values,
)
from schoolgate.rulebook.sentences import gettext_noop as _

AGREED = "agreed"
"""The exception that is a person's agreement, on record as a permission."""


@dataclass(frozen=True)
class Excepted:
    """An exception. `said`: how a clause puts it, after its ban; `hint`: the words by which it is known;
    `where`: what is true of it, by situation, or by situation and point; `say`: the sentence where it is
    made, without one the clause's own words; `verb`: whether the clause permits it then, or only doesn't stop
    it; `but`: exceptions whose words its own are a part of."""

    label: str
    said: str
    hint: str
    where: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    say: str = ""
    verb: str = "keep"
    but: frozenset[str] = frozenset()

    def at(self, situation: str, point: str) -> Mapping[str, Any] | None:
        """Return what is true where it is made at a point; None where nothing tells."""
        return self.where.get(f"{situation}:{point}", self.where.get(situation))


def _naming(what: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return {"post.publish:naming": what, "image.share:naming": what}


_BY_FAMILY = r"parents?|carers?|famil(?:y|ies)|consent|rhieni|rhiant|caniatad|caniatâd"
EXCEPTIONS: Mapping[str, Excepted] = {
    "family": Excepted(
        _("They are related"),
        _("they are related"),
        r"family|families|relatives?|relations?|related|relationship|kin|deulu|teulu|perthyn\w*|perthnasau",
        {"contact.accept": {"other.family": True}, "message.send": {"tie": "family"}},
        verb="permit",
    ),
    "known": Excepted(
        _("They were friends before"),
        _("they were friends before"),
        r"pre-?exist\w+|existed before|friends? before|prior friends?\w*|already friends?"
        r"|known (?:each other|them)|know (?:each other|them)|(?:in a )?personal capacity"
        r"|ffrindiau eisoes",
        {
            "contact.accept": {"other_kinds": {"includes": "old_friend"}},
            "message.send": {"tie": "old_friend"},
        },
        verb="permit",
    ),
    "emergency": Excepted(
        _("It is an emergency text that was approved beforehand"),
        _("it is an emergency text that was approved beforehand"),
        r"emergency|emergencies|argyfwng",
        {"post.publish": {"approved_beforehand": {"stated_as": [True]}}},
        say="post.emergency_text",
    ),
    "own_site": Excepted(
        _("It is on the school’s own website"),
        _("it is on the school’s own website"),
        r"(?:own |school(?:['’]s)? |academy(?:['’]s)? )(?:web ?)?sites?|gwefan",
        {
            "post.publish": {"account.hosting": "school"},
            "image.share": {"place": {"any_of": ["website", "learning_platform"]}},
        },
    ),
    "name_written": Excepted(
        _("The parent, or the pupil, has agreed to the name in writing"),
        _("there is written consent to the name"),
        rf"(?:{_BY_FAMILY})[^,;]*\b(?:writing|written|signed|ysgrifenedig)"
        rf"|(?:written|signed)[^,;]*\b(?:{_BY_FAMILY})",
        _naming({"consents": {"some": {"covers": {"includes": "naming"}, "in_writing_by_now": True}}}),
    ),
    "name_agreed": Excepted(
        _("The parent, or the pupil, has agreed to the name"),
        _("there is consent to the name"),
        _BY_FAMILY,
        _naming({"agreed_to_naming": True}),
        but=frozenset({"name_written"}),
    ),
    AGREED: Excepted(
        _("Someone has agreed to it, on record"),
        _("the {role} has agreed"),
        r"agree[ds]?|agreements?|permission|approv(?:al|ed)|authoris\w+|permit(?:s|ted)|consent(?:ed)?"
        r"|cytun\w+|caniatad|caniatâd|cymeradw\w+",
        but=frozenset({"name_written", "name_agreed"}),
    ),
}
"""Every exception, in the order in which a form has them."""
_AGREES = Role(_("Who has to agree?"), optional=True, agrees=True)
_WELSH = ("oni bai", "ac eithrio", "heblaw", "heb")
_LIFTS = (
    r"(?:unless|except(?:ing)?\b(?: for| where| when| if| with| in| on| to)?|without|other than|apart from"
    rf"|only (?:with|if|where|when)|save (?:where|with|for)|{'|'.join(_WELSH)})"
)
PHRASE = lazy_pattern(rf",? ?\b{_LIFTS}\b[^.;]*", re.IGNORECASE)
"""The words of a sentence that make an exception, to the next stop."""
_LIFT = lazy_pattern(rf"\b{_LIFTS}\b", re.IGNORECASE)
_AND = lazy_pattern(r"\b(?:and(?! carers?\b)|but|if|when|provided)\b", re.IGNORECASE)
_AND_CY = lazy_pattern(r"\b(?:ac?|ond|os|pan)\b", re.IGNORECASE)
"""What adds a condition to an exception; of *and*, *a* is the Welsh."""
_AGREEMENT = lazy_pattern(rf"\b(?:{EXCEPTIONS[AGREED].hint})\b|\b{_LIFTS}\b")
_WORD = re.compile(r"[^\W\d_]++")
_SAYS_NO_ONE = (
    "i you we they one staff have has had having been is are be was were given obtained sought granted "
    "received gained prior written writing express explicit specific first beforehand advance in the a an "
    "any their your my our to do so it this for from by of with ganddynt gennych wedi ei ymlaen llaw "
    "ysgrifenedig yn rhoi gael cael"
)
"""The words that an agreement has beside itself where a sentence leaves out who gives it."""
_OR = re.compile(r",? (?:or|neu) (?!agreed|approved|permission|consent|carers?\b)", re.IGNORECASE)


def offered(ready: ReadyRule) -> Mapping[str, Excepted]:
    """Return the exceptions that a ready rule offers: those that one of its bans can know of."""
    bans = [] if ready.roles else [*_bans(ready)]
    return {
        key: one
        for key, one in EXCEPTIONS.items()
        if bans and (key == AGREED or any(one.at(*place) is not None for place in bans))
    }


def with_exceptions(ready: ReadyRule) -> ReadyRule:
    """Return the ready rule with the fields of its exceptions."""
    options = {key: one.label for key, one in offered(ready).items()}
    if not options:
        return ready
    field_of: dict[str, Field] = {UNLESS: Exceptions(_("Exceptions"), options), AGREED_BY: _AGREES}
    return replace(ready, fields={**ready.fields, **field_of})


def _bans(ready: ReadyRule) -> Iterator[tuple[str, str]]:
    for written in ready.rules:
        for rule in written.each.values() if isinstance(written, By) else [written]:
            if any("forbid" in step for step in _steps(rule)):
                asked = rule["ask"]
                for one in [asked] if isinstance(asked, str) else asked:
                    yield one, str(rule["point"])


def _steps(rule: Mapping[str, Any]) -> list[Any]:
    each = rule.get("steps", [rule])
    return [one for step in each for one in (step.each.values() if isinstance(step, By) else [step])]


def excepting(ready: ReadyRule, rule: Mapping[str, Any], values: Values) -> list[dict[str, Any]]:
    """Return a filled-in rule with the exceptions that were chosen: in each situation those that it knows."""
    chosen = [one for key, one in EXCEPTIONS.items() if key in (values.get(UNLESS) or ()) and key != AGREED]
    leave = [values[AGREED_BY]] if AGREED in (values.get(UNLESS) or ()) and values[AGREED_BY] else []
    if not (chosen or leave) or not any("forbid" in step for step in _steps(rule)):
        return [dict(rule)]
    asked = rule["ask"]
    places = [asked] if isinstance(asked, str) else [*asked]
    made: dict[str, list[Any]] = {
        place: [
            {one.verb: there, **({"say": one.say} if one.say else {})}
            for one in chosen
            if (there := one.at(place, str(rule["point"]))) is not None
        ]
        for place in places
    }
    apart: list[tuple[list[str], list[Any]]] = []
    for place, conditions in made.items():
        same = next((one for one in apart if one[1] == conditions), None)
        if same is None:
            apart.append(([place], conditions))
        else:
            same[0].append(place)
    return [_with(rule, where, conditions, leave) for where, conditions in apart]


def _with(
    rule: Mapping[str, Any], where: Sequence[str], conditions: Sequence[Any], leave: Sequence[str]
) -> dict[str, Any]:
    alone = {name: one for name, one in rule.items() if name not in _STEP}
    step = {name: one for name, one in rule.items() if name in _STEP}
    steps = [*conditions, *rule.get("steps", [step])]
    written = {**alone, **({"steps": steps} if conditions or "steps" in rule else step)}
    written |= {"ask": where[0] if len(where) == 1 else [*where]}
    return {**written, **({"leave_of": [*leave]} if leave else {})}


def made_of(rules: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the exceptions that rules may make, by what stands in them."""
    steps = [step for rule in rules for step in rule.get("steps", ())]
    kept = [step.get("keep", step.get("permit")) for step in steps]
    leave = {AGREED} if any("leave_of" in rule for rule in rules) else set()
    return frozenset(
        {key for key, one in EXCEPTIONS.items() if any(there in kept for there in one.where.values())} | leave
    )


_STEP = frozenset(
    {"forbid", "need", "must_be", "keep", "permit", "advise", "oblige", "say", "args", "ask_for", "lifts_on"}
)


def made_in(ready: ReadyRule, says: str) -> tuple[tuple[str, ...], str]:
    """Return the exceptions that the words of a clause make, as far as this ready rule offers them, and those
    words; none and no words where they make one that it doesn't, or add to it."""
    there = ready.options_of(UNLESS)
    found = [one[0] for one in PHRASE.finditer(says)] if there else []
    if len(found) != 1:
        return (), ""
    words, lifts = _LIFT.subn(" ", found[0])
    more = _AND_CY if found[0].casefold().strip(" ,").startswith(_WELSH) else _AND
    named = {_named(part, there) for part in _OR.split(words)}
    if lifts != 1 or "" in named or more.search(words):
        return (), ""
    return tuple(key for key in there if key in named), found[0]


def says_who_agrees(phrase: str) -> bool:
    """Whether the words of an exception may name who has to agree, rather than that someone has."""
    words = _AGREEMENT.sub(" ", phrase.casefold())
    return not {*_WORD.findall(words)} <= {*_SAYS_NO_ONE.split()}


def _named(words: str, options: Mapping[str, str]) -> str:
    """Return the one exception that these words name; "" where they name none, or several."""
    plain = words.casefold()
    found = {key for key in options if re.search(rf"\b(?:{EXCEPTIONS[key].hint})\b", plain)}
    left = [key for key in found if found.isdisjoint(EXCEPTIONS[key].but)]
    return left[0] if len(left) == 1 else ""
