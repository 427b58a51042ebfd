"""Whether the classification is of these models and of this code: sentences, none where all is well. And
the rows of each table, counted, never shown.

The classification as people and machines read it: one page of Markdown, rows for a spreadsheet, JSON.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from schoolgate.core.backups.snapshot import LEFT_OUT
from schoolgate.core.data_map.entries import DataMap, Ending, FieldSaid, Whose
from schoolgate.core.models import FederationOwned
from schoolgate.core.protect import INSTALLATION_TABLES
from schoolgate.core.tenancy import scope

RIGHT = {"removes": "DELETE", "empties": "UPDATE"}


def all_models() -> list[type[models.Model]]:
    """Every model with a table, those between two others and those of other packages included."""
    return [one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy]


def not_in_step(said: DataMap, found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Tables and fields that are there and not classified, or classified and not there."""
    there = {model._meta.label: {field.name for field in model._meta.local_fields} for model in found}
    for label in sorted(set(there) - set(said.tables)):
        file = f"schoolgate/core/data_map/tables/{label.partition('.')[0]}.yaml"
        yield f"{label} is not classified: add it to {file}"
    for label in sorted(set(said.tables) - set(there)):
        yield f"{label} is classified, but there is no such table"
    for label in sorted(set(said.tables) & set(there)):
        classified = {field.name for field in said.fields_of(label)}
        yield from (f"{label}.{name} is not classified" for name in sorted(there[label] - classified))
        yield from (
            f"{label}.{name} is classified but does not exist" for name in sorted(classified - there[label])
        )


def resolve(name: str) -> Any:
    """Return the object that a dotted name refers to. Raises LookupError if there is none."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                raise LookupError(name)
            found = getattr(found, part)
        return found
    raise LookupError(name)


def claims_of_nothing(said: DataMap) -> Iterator[str]:
    """Endings that name code that is not there, or days that the program counts otherwise."""
    for key, ending in said.endings.items():
        for name in (*ending.by, *filter(None, [ending.runs])):
            try:
                callable_there = callable(resolve(name))
            except LookupError:
                yield f"{key}: there is no {name}"
                continue
            if not callable_there:
                yield f"{key}: {name} can't be run"
        for name, days in ending.lasts.items():
            try:
                counted = resolve(name)
            except LookupError:
                yield f"{key}: there is no {name}"
                continue
            if counted != timedelta(days=days):
                yield f"{key}: {name} is {counted}, not {days} days"


def claims_without_the_right(said: DataMap, found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Fields that the program is said to remove or to empty, in a table where its role may not."""
    for model in found:
        if model._meta.label not in said.tables:
            continue
        may = rights_of(model)
        for field in said.fields_of(model._meta.label):
            wanted = RIGHT.get(field.ending.how) if field.ending.role == "app" else None
            if wanted and not any(right.startswith(wanted) for right in may):
                name = f"{field.table}.{field.name}"
                yield f"{name}: {field.ends!r} needs {wanted}, but the role may {', '.join(may)}"


def rights_of(model: type[models.Model]) -> tuple[str, ...]:
    """What the application's own role may do with a table's rows."""
    if issubclass(model, FederationOwned):
        return model.app_may
    return INSTALLATION_TABLES.get(model._meta.db_table, ())


def rows_of(federation_id: int) -> dict[str, int | None]:
    """Rows of one federation, by the table's label.

    None: not counted, because the rows belong to the installation, or only their own readers see them.
    """
    found: dict[str, int | None] = {}
    with scope(federation_id):
        for model in all_models():
            counts = issubclass(model, FederationOwned) and model.only_read_by is None and rights_of(model)
            rows: QuerySet[Any] = QuerySet(model)  # every row, whatever a manager hides
            found[model._meta.label] = rows.count() if counts else None
    return found


WHOSE = {
    Whose.STAFF: "staff",
    Whose.VOLUNTEER: "governors and volunteers",
    Whose.PARENT: "parents and carers",
    Whose.PUPIL: "pupils shown or named",
    Whose.PUBLIC: "members of the public who write to us",
    Whose.REPORTER: "people who report concerns",
}
HEAD = """\
<!-- Made by `make data-protection` from schoolgate/core/data_map: change it there. -->
# Data map

Every field of every table, and what lies outside the tables: whose data it is, of what kind, why it is kept,
and what ends it. A test compares it with the program: a field that is not classified, or one said to be ended
by code that does not exist, fails the build. What each word means stands in the [README](README.md).
"""


def people(whose: tuple[Whose, ...]) -> str:
    """Return the data subjects in words."""
    return ", ".join(WHOSE[one] for one in whose) or "nobody"


def erasing(model: type[models.Model], ending: Ending) -> str:
    """Return whether a row may be erased while the record still verifies, and by which role, by the
    database's rights."""
    if ending.chain == "part":
        return "no: it is the record"
    may = {right.split(" ")[0] for right in rights_of(model)}
    if "DELETE" in may:
        return "yes: the program's role may remove a row"
    if "UPDATE" in may:
        return "yes: the program's role may empty columns, but only the database's owner may remove a row"
    return "yes, but only by the database's owner: the program's role may add and read"


def rows(said: DataMap, counts: Mapping[str, int | None] | None = None) -> Iterator[dict[str, Any]]:
    """One row a field, plain words and numbers only; with `counts` the number of rows of its table."""
    for field in said.fields():
        model = apps.get_model(field.table)
        row: dict[str, Any] = {
            "table": field.table,
            "field": field.name,
            "kind": str(field.kind),
            "whose": " ".join(field.whose),
            "why": field.why,
            "ends": field.ends,
            "ends_in_words": field.ending.says,
            "ended_by": " ".join(field.ending.by),
            "may_be_erased": erasing(model, field.ending),
            "special_category": str(field.special),
            "in_backups": "no" if model._meta.db_table in LEFT_OUT else "yes",
        }
        if counts is not None:
            found = counts.get(field.table)
            row["rows"] = "not counted" if found is None else found
        yield row


def as_json(said: DataMap, counts: Mapping[str, int | None] | None = None) -> dict[str, Any]:
    """Everything, for machines."""
    return {
        "endings": {key: one.model_dump(mode="json") for key, one in said.endings.items()},
        "fields": list(rows(said, counts)),
        "places": {key: one.model_dump(mode="json") for key, one in said.places.items()},
    }


def as_csv(said: DataMap, counts: Mapping[str, int | None] | None = None) -> str:
    """One line a field, for a spreadsheet."""
    found = list(rows(said, counts))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def as_markdown(said: DataMap) -> str:
    """The page `docs/data-protection/data-map.md`."""
    parts = [HEAD, *_numbers(said), *_endings(said), *_places(said), "## Table by table\n"]
    for label in said.tables:
        parts += _table(said, label)
    return "\n".join(parts)


def _numbers(said: DataMap) -> Iterator[str]:
    fields = list(said.fields())
    about = [field for field in fields if field.whose]
    kept = sum(field.ends == "nothing_yet" for field in about)
    yield "## In numbers\n"
    yield f"{len(said.tables)} tables with {len(fields)} fields; {len(said.places)} places outside them.\n"
    yield f"{len(about)} fields are about people. For {kept} of these nothing in the program ends them yet.\n"
    yield "| whose | fields |\n|---|---|"
    counted = Counter(one for field in fields for one in field.whose)
    yield "\n".join(f"| {WHOSE[one]} | {counted[one]} |" for one in Whose) + "\n"
    yield "| kind | fields |\n|---|---|"
    kinds = Counter(field.kind for field in fields)
    yield "\n".join(f"| {kind} | {number} |" for kind, number in sorted(kinds.items())) + "\n"


def _endings(said: DataMap) -> Iterator[str]:
    counted = Counter(field.ends for field in said.fields())
    counted.update(place.ends for place in said.places.values())
    yield "## What ends what\n"
    yield "| key | when it ends | by | fields and places |\n|---|---|---|---|"
    for key, one in said.endings.items():
        names = [*one.by, *([one.runs] if one.runs else [])]
        code = "<br>".join(f"`{name.removeprefix('schoolgate.')}`" for name in names) or "nothing"
        yield f"| {key} | {one.says} | {code} | {counted[key]} |"
    yield ""


def _places(said: DataMap) -> Iterator[str]:
    yield "## Outside the tables\n"
    for key, one in said.places.items():
        yield f"### {key}\n"
        yield f"{one.where}. {one.holds} {one.why}\n"
        yield f"- whose: {people(one.whose)}; kind: {one.kind}; special category: {one.special}"
        yield f"- ends ({one.ends}): {said.endings[one.ends].says}"
        yield f"- backup: {one.backup}\n"


def _table(said: DataMap, label: str) -> Iterator[str]:
    table, model, fields = said.tables[label], apps.get_model(label), said.fields_of(label)
    yield f"### {label}\n"
    yield f"{table.why}\n"
    yield f"- ends ({table.ends}): {said.endings[table.ends].says}"
    for key in dict.fromkeys(table.but.values()):
        names = ", ".join(f"`{name}`" for name, other in table.but.items() if other == key)
        yield f"- but {names} ({key}): {said.endings[key].says}"
    yield f"- may be erased while the record still verifies: {erasing(model, said.endings[table.ends])}"
    if model._meta.db_table in LEFT_OUT:
        yield "- in no backup"
    yield "\n| kind | whose | special category | fields |\n|---|---|---|---|"
    groups: dict[tuple[str, str, str], list[FieldSaid]] = {}
    for field in fields:
        groups.setdefault((str(field.kind), people(field.whose), str(field.special)), []).append(field)
    for (kind, whose, special), found in groups.items():
        yield f"| {kind} | {whose} | {special} | {' '.join(f'`{field.name}`' for field in found)} |"
    yield ""
