"""The single facts of a situation that a person can be asked about, found in its model."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schoolgate.rulebook.facts import Attested, Facts, OneOf
from schoolgate.rulebook.situations import situation

HAT = "me"
"""The path to the actor's capacity: what they are to the school, and in which of the policy's roles."""
RELATIONS = ("relation", "bound_as")
BESIDE = frozenset(Facts.model_fields)


class Ask(StrEnum):
    """How a fact is asked about."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    DAY = "day"
    NUMBER = "number"
    JUDGED = "judged"  # yes or no, to be confirmed by a person's word
    HAT = "hat"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One fact: its path ("other.left_on", "people.0.relation"), how it is asked, from what to choose.
    `about`: the path of the first and last day that a day can be, where only that is known; `year_group`: the
    path of the year group that says about when a person was born."""

    path: str
    ask: Ask
    choices: tuple[str, ...] = ()
    about: str = ""
    year_group: str = ""


def leaves_of(key: str, preset: Mapping[str, Any]) -> list[Leaf]:
    """Return the facts of a situation that `preset` does not give, in the order of its model.

    A list of persons or things is searched as far as `preset` has it, and a part that it says is none isn't.
    Facts with a default value are not asked."""
    return list(_leaves(situation(key).facts, preset, ""))


def actor_field(key: str) -> str:
    """Return the field of a situation that describes the actor; "" where it is no one's act."""
    return _actor_field(situation(key).facts)


@cache
def _actor_field(model: type[Facts]) -> str:
    if model.actor is Facts.actor:
        return ""
    return next((name for name, info in model.model_fields.items() if _is_actor(info)), "")


def relation_field(key: str) -> str:
    """Return the name of the field in the actor's model that says what they are to the school."""
    model = situation(key).facts
    part = _part(model.model_fields[_actor_field(model)].annotation)
    return next(name for name in RELATIONS if part is not None and name in part.model_fields)


def _is_actor(info: FieldInfo) -> bool:
    part = _part(info.annotation)
    if part is None or "roles" not in part.model_fields:
        return False
    return any(name in part.model_fields for name in RELATIONS)


def _leaves(model: type[BaseModel], preset: Mapping[str, Any], before: str) -> Iterator[Leaf]:
    actor = _actor_field(model) if issubclass(model, Facts) else ""
    needed = [name for name, info in model.model_fields.items() if info.is_required() and name not in preset]
    for name, info in model.model_fields.items():
        if issubclass(model, Facts) and name in BESIDE:
            continue
        if name == actor:
            if not before and name not in preset:
                yield Leaf(HAT, Ask.HAT)
            continue
        path = f"{before}{name}"
        there = preset.get(name)
        if isinstance(there, list | tuple):
            yield from _in_list(info.annotation, there, path)
            continue
        part = _part(info.annotation)
        if part is not None and part is not Attested:
            # A part that `preset` says isn't there has nothing to ask about.
            if name not in preset or isinstance(there, Mapping):
                yield from _in_part(part, there or {}, path)
            continue
        if name in preset or (info.default is not None and not info.is_required()):
            continue
        if any(one != name for one in needed) and not _plain(model, needed):
            continue  # the part is not there before its own first fact is known
        leaf = _leaf(path, info.annotation)
        if leaf is not None:
            yield _with_range(leaf, model, before, name)


ABOUT = {"left_on": "left_about", "date_of_birth": "born_about"}
"""Where a day is known as a range only."""
YEAR_GROUP = "year_group"


def _with_range(leaf: Leaf, model: type[BaseModel], before: str, name: str) -> Leaf:
    about = ABOUT.get(name, "")
    if leaf.ask is not Ask.DAY or about not in model.model_fields:
        return leaf
    years = name == "date_of_birth" and YEAR_GROUP in model.model_fields
    return replace(leaf, about=before + about, year_group=before + YEAR_GROUP if years else "")


def _in_part(part: type[BaseModel], there: Mapping[str, Any], path: str) -> Iterator[Leaf]:
    yield from _leaves(part, there, f"{path}.")


def _in_list(annotation: Any, there: list[Any] | tuple[Any, ...], path: str) -> Iterator[Leaf]:
    kinds = [bare_of(one) for one in get_args(bare_of(annotation)) if one is not Ellipsis]
    for position, one in enumerate(there):
        if (
            kinds
            and isinstance(kinds[0], type)
            and issubclass(kinds[0], BaseModel)
            and isinstance(one, Mapping)
        ):
            yield from _leaves(kinds[0], one, f"{path}.{position}.")


def _plain(model: type[BaseModel], needed: list[str]) -> bool:
    """Whether the required fields of the part are only names, for which a key can be used."""
    return all(bare_of(model.model_fields[name].annotation) is str for name in needed)


@cache
def names_needed(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names that a part cannot do without."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if info.is_required() and bare_of(info.annotation) is str
    )


@cache
def part_at(key: str, path: tuple[str, ...]) -> type[BaseModel] | None:
    """Return the model of the part at a path of a situation; None where there is none."""
    model: type[BaseModel] | None = situation(key).facts
    for step in path:
        if model is None or step.isdigit():
            continue
        annotation = bare_of(model.model_fields[step].annotation)
        inner = [bare_of(one) for one in get_args(annotation) if one is not Ellipsis]
        found = inner[0] if get_origin(annotation) is tuple and inner else annotation
        model = found if isinstance(found, type) and issubclass(found, BaseModel) else None
    return model


@cache
def is_judged(key: str, path: tuple[str, ...]) -> bool:
    """Whether the fact at a path of a situation is one that a person judges."""
    part = part_at(key, path[:-1]) if path[:-1] else situation(key).facts
    return part is not None and bare_of(part.model_fields[path[-1]].annotation) is Attested


def _leaf(path: str, annotation: Any) -> Leaf | None:
    bare = bare_of(annotation)
    if bare is bool:
        return Leaf(path, Ask.YES_NO, ("yes", "no"))
    if bare is Attested:
        return Leaf(path, Ask.JUDGED, ("yes", "no"))
    if bare is int:
        return Leaf(path, Ask.NUMBER)
    if isinstance(bare, type) and issubclass(bare, date) and not issubclass(bare, datetime):
        return Leaf(path, Ask.DAY)
    if options := _literals(bare) or (_listed(annotation) if bare is str else ()):
        return Leaf(path, Ask.ONE_OF, options)
    if get_origin(bare) is tuple and (options := _literals(bare_of(get_args(bare)[0]))):
        return Leaf(path, Ask.SOME_OF, options)
    return None


def _listed(annotation: Any) -> tuple[str, ...]:
    """Return the words of a fact whose declaration lists them for forms."""
    if get_origin(annotation) is Annotated:
        return next((one.words for one in get_args(annotation) if isinstance(one, OneOf)), ())
    return next((words for one in get_args(annotation) if (words := _listed(one))), ())


def _part(annotation: Any) -> type[BaseModel] | None:
    bare = bare_of(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def bare_of(annotation: Any) -> Any:
    """Return the annotation without None and without what pydantic adds to it."""
    if get_origin(annotation) is Annotated:
        return bare_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        if len(kept) == 1:
            return bare_of(kept[0])
        literals = tuple(word for one in kept for word in _literals(bare_of(one)))
        return Literal[literals] if literals else annotation
    return annotation


def _literals(bare: Any) -> tuple[str, ...]:
    if get_origin(bare) is not Literal:
        return ()
    return tuple(str(one) for one in get_args(bare))
