"""A document's sentences as proposed clauses, each with areas, rule kinds and settings read from its text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import ROLE_SETTINGS
from schoolgate.rulebook.importing.learned import Learned
from schoolgate.rulebook.importing.reading import read
from schoolgate.rulebook.importing.sentences import Piece, Sentence, sentences
from schoolgate.rulebook.kinds import Modality

AREAS_SHOWN, KINDS_SHOWN = 3, 3
_UNITS = (
    "minutes",
    "hours",
    "working_days",
    "days",
    "weeks",
    "months",
    "years",
    "people",
    "characters",
    "age",
)


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule kind that may fit. `like`: the nearest clause of this kind; `situation` and `point`: where that
    one has its rule. `settings`: what the text says. `open`: what a person still chooses."""

    kind: str
    situation: str
    point: str
    like: str
    settings: Mapping[str, Any] = field(hash=False)
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence and what it may be. `why_not`: why it is proposed as no clause, "" where it is one."""

    text: str
    section: str
    place: str
    why_not: str
    modality: Modality
    actor: str
    areas: tuple[str, ...]
    parameters: Mapping[str, Any] = field(hash=False)
    kinds: tuple[RuleKind, ...] = ()
    welsh: bool = False

    @property
    def is_clause(self) -> bool:
        """Whether it is proposed as a clause."""
        return not self.why_not


def proposals(pieces: Iterable[Piece], learned: Learned) -> Iterator[Proposal]:
    """Return a proposal for every sentence, in the order of the document. Nothing is in force by it."""
    for sentence in sentences(pieces):
        yield proposal(sentence, learned)


def proposal(sentence: Sentence, learned: Learned) -> Proposal:
    """What one sentence may be. Of a Welsh one only the text is told: the register is English."""
    text, section, place = sentence.text, sentence.section, sentence.place
    if sentence.welsh:
        return Proposal(text, section, place, "", Modality.STATES, "", (), {}, welsh=True)
    found = read(text)
    if found.why_not:
        return Proposal(
            text, section, place, found.why_not, found.modality, found.actor, (), found.parameters
        )
    areas, kinds = learned.ranked(text, section, found.actor, found.modality)
    return Proposal(
        text, section, place, "", found.modality, found.actor, tuple(areas[:AREAS_SHOWN]), found.parameters,
        tuple(_rule_kind(kind, text, found.parameters, learned) for kind in kinds[:KINDS_SHOWN]),
    )  # fmt: skip


def _rule_kind(kind: str, text: str, parameters: Mapping[str, Any], learned: Learned) -> RuleKind:
    clause, binding = learned.nearest_of_kind(text, kind)
    names = list(CONTROLS[kind].Settings.model_fields) if kind in CONTROLS else []
    settings = {name: value for name in names if (value := _setting(name, parameters)) is not None}
    still = tuple(name for name in names if name not in settings)
    return RuleKind(kind, binding.situations[0], binding.point, clause.id, settings, still)


def _setting(name: str, parameters: Mapping[str, Any]) -> Any:
    """What the text says for a setting of this name; None where it says nothing."""
    if name == "perhaps":
        return None
    if name in ROLE_SETTINGS:
        roles = parameters.get("roles")
        return roles if name.endswith("s") or not roles else roles[0]
    if name in ("form", "by"):
        return parameters.get(name)
    if name in ("least", "minimum", "number", "min_people"):
        return parameters.get("people")
    if "age" in name.split("_"):
        return parameters.get("age")
    if name.endswith("months") and "months" not in parameters:
        return _months(parameters)
    return next((parameters[unit] for unit in _UNITS if name.endswith(unit) and unit in parameters), None)


def _months(parameters: Mapping[str, Any]) -> int | None:
    """Months, where the text says years, or every year."""
    if "years" in parameters:
        return int(parameters["years"]) * 12
    return {"month": 1, "year": 12}.get(str(parameters.get("every")))
