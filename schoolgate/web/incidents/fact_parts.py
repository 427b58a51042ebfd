"""A fact that has facts of its own, or is a list of such, as fields of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_origin

from django import forms
from django.utils.translation import gettext as _
from pydantic import BaseModel

from schoolgate.core.subjects import person_key
from schoolgate.rulebook.adviser.leaves import bare_of
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.web.incidents.fact_fields import (
    NONE,
    Asked,
    Here,
    Read,
    as_list,
    as_typed,
    attested,
    choice,
    lead,
    one_field,
    question,
    single,
    ticked,
    ticks,
    words_of,
)

ROWS = 2
"""How many things of an open list one form takes."""
BY_PROGRAM = frozenset({"by", "at", "on"})
"""What the program knows of a thing entered: who enters it, and when."""
Fields = tuple[dict[str, forms.Field], Callable[[Mapping[str, Any]], dict[str, Any] | None]]
"""Fields by name, and how a thing is read from them (None: nothing was entered)."""


def part(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Return a fact with facts of its own."""
    fields, read = _fields(here, model, here.path)
    return Asked(here.path, label, fields, read, lambda kept: _filled(kept, here.path))


def listed(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Return a list of things: boxes to tick where each has nothing more to say, else fields for each."""
    types = {name: bare_of(info.annotation) for name, info in model.model_fields.items()}
    head = next((name for name, bare in types.items() if words_of(bare)), "")
    named = [name for name, info in model.model_fields.items() if types[name] is str and info.is_required()]
    if not head or set(named) - BY_PROGRAM:
        return _open_list(here, label, model)
    others = {name: bare for name, bare in types.items() if name != head and name not in BY_PROGRAM}
    if set(others.values()) <= {Attested}:
        return _boxes(here, label, model, head)
    return _each_in_turn(here, label, model, head)


def _boxes(here: Here, label: str, model: type[BaseModel], head: str) -> Asked:
    field = ticks(here.key, here.path, words_of(bare_of(model.model_fields[head].annotation)))

    def read(typed: Any) -> Any:
        chosen = ticked(typed)
        return None if chosen is None else [_entered({head: word}, model, here) for word in chosen]

    return single(here.path, label, field, read, lambda kept: [one[head] for one in kept] or [NONE])


def _each_in_turn(here: Here, label: str, model: type[BaseModel], head: str) -> Asked:
    """Ask about each thing of a closed list, such as each outside body. Those with an open answer stay in the
    list, so that going through them means answering each."""
    words = words_of(bare_of(model.model_fields[head].annotation))
    fields: dict[str, forms.Field] = {}
    reads: dict[str, Callable[[Mapping[str, Any]], dict[str, Any] | None]] = {}
    for word in words:
        said = choice(here.key, f"{here.path}.{head}", word)
        found, reads[word] = _fields(here, model, f"{here.path}.{word}", leave_out=head)
        for at, field in found.items():
            field.label = said if len(found) == 1 else f"{said}: {field.label}"
            fields[at] = as_list(field)
    stay = "answer" in model.model_fields

    def read(typed: Mapping[str, Any]) -> Any:
        given = {word: reads[word](typed) for word in words}
        if not any(given.values()):
            return None
        return [{head: word, **(given[word] or {})} for word in words if stay or given[word] is not None]

    def shown(kept: Any) -> Mapping[str, Any]:
        return {at: value for one in kept for at, value in _filled(one, f"{here.path}.{one[head]}").items()}

    return Asked(here.path, label, fields, read, shown)


def _open_list(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Ask for a few things with names of their own. The policy's own names are filled in to start with."""
    first = next(iter(model.model_fields))
    is_name = bare_of(model.model_fields[first].annotation) is str
    named = here.inside(first).own_words if is_name else ()
    rows = range(max(ROWS, len(named)))
    none_at = f"{here.path}.{NONE}"
    fields: dict[str, forms.Field] = {none_at: forms.BooleanField(label=_("None"), required=False)}
    reads: list[Callable[[Mapping[str, Any]], dict[str, Any] | None]] = []
    for row in rows:
        found, read_row = _fields(here, model, f"{here.path}.{row}", asks_day=True)
        reads.append(read_row)
        for at, field in found.items():
            field.label = f"{field.label} ({row + 1})"
            fields[at] = as_list(field)
        if row < len(named):
            fields[f"{here.path}.{row}.{first}"].initial = named[row]

    def read(typed: Mapping[str, Any]) -> Any:
        found = [thing for one in reads if (thing := one(typed)) is not None]
        only_named = [one for one in found if set(one) == {first} and one[first] in named]
        given = [one for one in found if one not in only_named]
        return given or ([] if typed.get(none_at) else None)

    def shown(kept: Any) -> Mapping[str, Any]:
        if not kept:
            return {none_at: True}
        return {
            at: value
            for row, one in enumerate(kept)
            for at, value in _filled(one, f"{here.path}.{row}").items()
        }

    return Asked(here.path, label, fields, read, shown)


def _fields(
    here: Here, model: type[BaseModel], before: str, *, leave_out: str = "", asks_day: bool = False
) -> Fields:
    """Return the fields of a thing, named after `before`, without those that the program fills in.

    `asks_day`: its day is asked for, because it may not be the day on which it is entered."""
    by_program = BY_PROGRAM - {"on"} if asks_day else BY_PROGRAM
    fields: dict[str, forms.Field] = {}
    reads: dict[str, Read] = {}
    for name, info in model.model_fields.items():
        bare = bare_of(info.annotation)
        if (
            name == leave_out
            or (name in by_program and bare is not InFacts)
            or (bare is InFacts and name != "by")
        ):
            continue
        inside = here.inside(name)
        label = question(here.key, inside.path)
        if bare is InFacts:
            field, reads[name], _shown = lead(here.around)
        elif get_origin(bare) is tuple:
            field, reads[name] = _roles(here), lambda typed: list(typed or ()) or None
        elif (found := one_field(inside, bare, label)) is not None:
            field, reads[name], _shown = found
        else:
            continue
        field.label = label
        fields[f"{before}.{name}"] = field

    def read(typed: Mapping[str, Any]) -> dict[str, Any] | None:
        found = {name: one(typed.get(f"{before}.{name}")) for name, one in reads.items()}
        given = {name: value for name, value in found.items() if value is not None}
        return _entered(given, model, here) if given else None

    return fields, read


def _roles(here: Here) -> forms.Field:
    options = [(role.name, role.name) for role in here.around.book.roles]
    return forms.MultipleChoiceField(choices=options, required=False, widget=forms.CheckboxSelectMultiple)


def _filled(kept: Mapping[str, Any], before: str) -> dict[str, Any]:
    """Return what the fields of a thing show of an earlier answer."""
    return {
        f"{before}.{name}": value["key"].rpartition("-")[2]
        if isinstance(value, Mapping) and "key" in value
        else as_typed(value)
        for name, value in kept.items()
    }


def _entered(given: Mapping[str, Any], model: type[BaseModel], here: Here) -> dict[str, Any]:
    """Return a thing with who entered it and when, where it says so; ticked means judged to be so."""
    around = here.around
    program = {"by": person_key(around.by.pk), "at": around.now.isoformat(), "on": around.on.isoformat()}
    types = {name: bare_of(info.annotation) for name, info in model.model_fields.items()}
    entered: dict[str, Any] = {
        name: value for name, value in program.items() if name in types and types[name] is not InFacts
    }
    entered |= {name: attested(True, around) for name, bare in types.items() if bare is Attested}
    return {**entered, **given}
