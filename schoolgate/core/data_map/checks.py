"""Whether the classification is of these models and of this code: sentences, none where all is well. And
the rows of each table, counted, never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from schoolgate.core.data_map.entries import DataMap
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
