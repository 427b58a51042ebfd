"""A document's sentences as proposed clauses, each with areas, rule kinds and settings read from its text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, Final

from schoolgate.policy.importing.clause_or_not import STATED, of_danger
from schoolgate.policy.importing.document import Document
from schoolgate.policy.importing.learned import Learned, learn
from schoolgate.policy.importing.reading import Read, read
from schoolgate.policy.importing.roles import called, own_names
from schoolgate.policy.importing.sentences import Sentence
from schoolgate.policy.importing.settings import settings_of
from schoolgate.policy.importing.templates import OPEN, Template
from schoolgate.policy.importing.welsh import actor_in_welsh, strength_in_welsh
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
    and `kinds`: the likeliest first; a Welsh sentence or a label has none."""

    sentence: Sentence
    why_not: str
    modality: Modality
    actor: str
    parameters: Mapping[str, Any] = field(hash=False)
    areas: tuple[str, ...] = ()
    kinds: tuple[RuleKind, ...] = ()

    @property
    def is_clause(self) -> bool:
        """Whether it is proposed as a clause."""
        return not self.why_not


def propose(document: Document, learned: Learned | None = None, *, only_data: bool = False) -> list[Proposal]:
    """Return a proposal for every sentence, in the order of the document. None of it is in force.

    `only_data`: propose no kinds that are written as code.
    """
    taught = learned or registered()
    names = called(own_names(one.text for one in document.sentences if not one.welsh))
    return [
        _proposal(one, taught, lambda role: names.get(role, role), only_data) for one in document.sentences
    ]


@cache
def registered() -> Learned:
    """Return what the clauses of the policies teach that come with the program."""
    return learn(book(key) for key in pack_keys() if key not in BOTH_FOR_ALL)


def _proposal(sentence: Sentence, learned: Learned, name: Callable[[str], str], only_data: bool) -> Proposal:
    """What one sentence may be. `name`: what the school calls an office."""
    if sentence.welsh:  # the register is English
        actor = name(actor_in_welsh(sentence.text))
        why_not = "" if of_danger(sentence.text) else IN_WELSH
        return Proposal(sentence, why_not, strength_in_welsh(sentence.text), actor, {})
    found = read(sentence.text, sentence.lead)
    actor, parameters = name(found.actor), _named(found, name)
    if found.why_not == "a label":
        return Proposal(sentence, found.why_not, found.modality, actor, parameters)
    why_not = "" if sentence.number and found.why_not == STATED else found.why_not
    areas, kinds = learned.ranked(sentence.text, sentence.section, found.actor, found.modality)
    usable = (one for one in learned.lines(sentence.text, kinds) if one.is_data or not only_data)
    likely = [_rule_kind(line, parameters) for line in islice(usable, KINDS_READ)]
    return Proposal(
        sentence, why_not, found.modality, actor, parameters, tuple(areas[:AREAS_SHOWN]),
        _shown(likely),
    )  # fmt: skip


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
