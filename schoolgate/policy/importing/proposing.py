"""A document's sentences as proposed clauses, each with areas, rule kinds and settings read from its text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, Final

from schoolgate.policy.importing.clause_or_not import STATED, of_danger
from schoolgate.policy.importing.document import Document
from schoolgate.policy.importing.learned import Learned, learn
from schoolgate.policy.importing.numbers import parameters as parameters_of
from schoolgate.policy.importing.reading import Read, read
from schoolgate.policy.importing.roles import called, own_names, own_titles, roles_in
from schoolgate.policy.importing.sentences import Sentence
from schoolgate.policy.importing.settings import settings_of
from schoolgate.policy.importing.templates import OPEN, Template
from schoolgate.policy.importing.titles import Titles
from schoolgate.policy.importing.welsh import (
    actor_in_welsh,
    in_english,
    strength_in_welsh,
    why_not_in_welsh,
)
from schoolgate.policy.importing.wording import IMPERATIVE
from schoolgate.rulebook.book import BOTH_FOR_ALL, book
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs import pack_keys

AREAS_SHOWN: Final = 3
KINDS_SHOWN: Final = 3
KINDS_READ: Final = 8
"""Among which a kind is looked for that counts with the sentence's number."""
IN_WELSH: Final = "in Welsh"


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule kind that may fit. `like`: the nearest registered clause of this kind, and what it says.
    `settings`: by name; `OPEN` where neither the sentence nor the kind says it."""

    kind: str
    situation: str
    point: str
    like: str
    like_says: str
    settings: Mapping[str, Any] = field(hash=False)

    @property
    def open(self) -> tuple[str, ...]:
        """The settings that a person still has to fill in."""
        return tuple(name for name, value in self.settings.items() if value == OPEN)

    @property
    def counts(self) -> bool:
        """Whether it counts with a number of the sentence."""
        return any(type(value) in (int, float) for value in self.settings.values())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence and what it may be. `why_not`: why it is proposed as no clause, "" where it is one. `areas`
    and `kinds`: the likeliest first; a label has none, and a Welsh sentence no kinds. `short`: the short
    forms of roles that it uses, with their names."""

    sentence: Sentence
    why_not: str
    modality: Modality
    actor: str
    parameters: Mapping[str, Any] = field(hash=False)
    areas: tuple[str, ...] = ()
    kinds: tuple[RuleKind, ...] = ()
    short: Titles = field(default_factory=dict, hash=False)

    @property
    def is_clause(self) -> bool:
        """Whether it is proposed as a clause."""
        return not self.why_not


def propose(document: Document, learned: Learned | None = None, *, only_data: bool = False) -> list[Proposal]:
    """Return a proposal for every sentence, in the order of the document. None of it is in force.

    `only_data`: propose no kinds that are written as code.
    """
    taught = learned or registered()
    titles = own_titles(one.text for one in document.sentences)
    names = called(own_names((one.text for one in document.sentences if not one.welsh), titles))
    welsh = {id(one) for one in document.welsh}

    def name(role: str) -> str:
        return names.get(role, role)

    return [
        _in_welsh(one, taught, name, beside=not document.in_welsh)
        if id(one) in welsh
        else _proposal(one, taught, name, only_data, titles)
        for one in document.sentences
    ]


@cache
def registered() -> Learned:
    """Return what the clauses of the policies teach that come with the program."""
    return learn(book(key) for key in pack_keys() if key not in BOTH_FOR_ALL)


def _proposal(
    sentence: Sentence, learned: Learned, name: Callable[[str], str], only_data: bool, own: Titles
) -> Proposal:
    """What one sentence may be. `name`: what the school calls an office; `own`: the document's own titles."""
    found = read(sentence.text, sentence.lead, own)
    actor, parameters = name(found.actor or _asked_by_heading(sentence)), _named(found, name)
    if found.why_not == "a label":
        return Proposal(sentence, found.why_not, found.modality, actor, parameters)
    numbered = sentence.number and not sentence.from_above
    why_not = "" if numbered and found.why_not == STATED else found.why_not
    areas, kinds = learned.ranked(sentence.text, sentence.section, found.actor, found.modality)
    usable = (one for one in learned.lines(sentence.text, kinds) if one.is_data or not only_data)
    likely = [_rule_kind(line, parameters) for line in islice(usable, KINDS_READ)]
    return Proposal(
        sentence, why_not, found.modality, actor, parameters, tuple(areas[:AREAS_SHOWN]),
        _shown(likely),
        {
            word: title
            for word, title in own.items()
            if word != title and re.search(rf"\b{word}\b", sentence.text)
        },
    )  # fmt: skip


def _asked_by_heading(sentence: Sentence) -> str:
    """Return who the heading names (parents or pupils), where a sentence only asks (*Please do not ask
    staff to ...*); empty otherwise."""
    text = sentence.text
    if not (text.casefold().startswith("please ") or IMPERATIVE.match(text)):
        return ""
    named = [one for one in roles_in(sentence.section) if one in ("parents and carers", "pupils", "staff")]
    return named[0] if len(named) == 1 else ""


def _in_welsh(sentence: Sentence, learned: Learned, name: Callable[[str], str], *, beside: bool) -> Proposal:
    """What a Welsh sentence may be: the register is English, so no rule is proposed, and its area is read
    from what its words mean. `beside`: the document has it in English, too."""
    text = sentence.text
    actor, modality = actor_in_welsh(text), strength_in_welsh(text)
    if beside and not of_danger(text):
        return Proposal(sentence, IN_WELSH, modality, name(actor), {})
    why_not = why_not_in_welsh(text)
    if why_not:
        return Proposal(sentence, why_not, modality, name(actor), {})
    areas, _kinds = learned.ranked(in_english(text), in_english(sentence.section), actor, modality)
    return Proposal(
        sentence, "", modality, name(actor), dict(parameters_of(text)), tuple(areas[:AREAS_SHOWN])
    )


def _shown(likely: list[RuleKind]) -> tuple[RuleKind, ...]:
    """Return the kinds to show. If the sentence has a number, the likeliest kind that counts with it is among
    them."""
    shown = likely[:KINDS_SHOWN]
    counts = next((one for one in likely if one.counts), None)
    return tuple(shown if counts is None or counts in shown else [*shown[:-1], counts])


def _named(found: Read, name: Callable[[str], str]) -> dict[str, Any]:
    """Return the parameters with offices as the school calls them."""
    roles = {"roles": [name(one) for one in found.parameters["roles"]]} if "roles" in found.parameters else {}
    return {**found.parameters, **roles}


def _rule_kind(line: Template, parameters: Mapping[str, Any]) -> RuleKind:
    says = line.clause.says
    return RuleKind(
        line.kind, line.situation, line.point, line.clause.id, says, settings_of(line, parameters)
    )
