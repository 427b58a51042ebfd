"""The proposal form of a policy: its own points, worked out from its bindings, never written by hand.

A policy that wants nothing stated (Learn to Live, Llanidloes) has no points.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import Asked
from schoolgate.rulebook.sentences.fields import FIELDS, GROUPS, OPTIONS, TYPES

if TYPE_CHECKING:
    from schoolgate.rulebook.packs import Binding, Pack


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One thing that a proposal states.

    `key`: where it stands in the facts' `case` (or `placed`, for a question of the law), such as "aim" or
    "audience.pupil_ages". `label` and `help` are English and marked for the catalogue (`help` is our
    restatement of the clause). `type`: text, long_text, choice, groups, person, people, names, date, ages,
    number or yes_no. `options`: (value, label) for choice and groups. `required_if`: conditions, each a
    mapping of a key to the values one of which makes the point compulsory. `minimum`: least number of people.
    `clauses`: whose points these are."""

    key: str
    label: str
    help: str
    type: str
    options: tuple[tuple[str, str], ...]
    required: bool
    required_if: tuple[Mapping[str, tuple[str, ...]], ...]
    minimum: int | None
    clauses: tuple[str, ...]


def proposal_form(pack: "Pack") -> tuple[FormPoint, ...]:
    """The points that this policy wants stated in a proposal, in the order of its own text.

    Whoever decides judges the proposal as it was handed in, so what the decision needs stated is asked there
    too."""
    order = {clause: position for position, clause in enumerate(pack.clauses)}
    asking = [one for one in pack.bindings if {"account.propose", "account.decide"} & set(one.situations)]
    return _points(sorted(asking, key=lambda one: order[one.clauses[0]]), pack)


def law_questions(packs: Iterable["Pack"]) -> tuple[FormPoint, ...]:
    """What law and house want to know about a planned account, whatever the policy says."""
    points: dict[str, FormPoint] = {}
    for pack in packs:
        if pack.basis != "policy":
            for point in _points([one for one in pack.bindings if "account.propose" in one.situations], pack):
                points.setdefault(point.key, point)
    return tuple(points.values())


def _points(bindings: Iterable["Binding"], pack: "Pack") -> tuple[FormPoint, ...]:
    gathered: dict[str, list[tuple[Asked, Binding]]] = {}
    for binding in bindings:
        for asked in CONTROLS[binding.control].asks(binding.settings):
            gathered.setdefault(asked.key, []).append((asked, binding))
    return tuple(_point(key, asked, pack) for key, asked in gathered.items())


def _point(key: str, asked: "list[tuple[Asked, Binding]]", pack: "Pack") -> FormPoint:
    clauses = tuple(dict.fromkeys(clause for _, binding in asked for clause in binding.clauses))
    minimums = [one.minimum for one, _ in asked if one.minimum is not None]
    required = any(one.required and not one.required_if for one, _ in asked)
    return FormPoint(
        key=key,
        label=FIELDS[key],
        help=pack.clauses[clauses[0]].says,
        type=TYPES[key],
        options=_options(key),
        required=required,
        required_if=() if required else tuple(one.required_if for one, _ in asked if one.required_if),
        minimum=max(minimums) if minimums else None,
        clauses=clauses,
    )


def _options(key: str) -> tuple[tuple[str, str], ...]:
    options: Any = GROUPS if TYPES[key] == "groups" else OPTIONS.get(key, {})
    return tuple(options.items())
