"""Describes a federation's export as a Data Package (https://specs.frictionlessdata.io/data-package/):
what each table is for, its columns with their types, its key, and what points where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from schoolgate.core import data_map
from schoolgate.core.data_map.checks import all_models

TYPES: dict[type[models.Field[Any, Any]], tuple[str, str]] = {
    models.IntegerField: ("integer", ""),
    models.FloatField: ("number", ""),
    models.DecimalField: ("number", ""),
    models.DateTimeField: ("datetime", "any"),
    models.DateField: ("date", ""),
    models.TimeField: ("time", ""),
    models.JSONField: ("any", "JSON"),
    models.BinaryField: ("string", "hexadecimal, after \\x"),
    models.BooleanField: ("boolean", ""),
    models.EmailField: ("string", "email"),
}
"""By the kind of column; the first that fits. Anything else is text."""


FORMATS = ("", "any", "email")


def describe(slug: str, name: str, places: Mapping[str, list[str]], *, at: datetime) -> str:
    """Return `datapackage.json`.

    Args:
        places: for each table the paths of its pieces in the archive, to be read one after the other.
        at: the instant of the export.
    """
    by_table = {model._meta.db_table: model for model in all_models()}
    said = {
        "profile": "tabular-data-package",
        "name": slug,
        "title": name,
        "created": at.isoformat(),
        "resources": [_resource(by_table[table], paths) for table, paths in places.items() if paths],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _resource(model: type[models.Model], paths: list[str]) -> dict[str, Any]:
    label = model._meta.label
    whose = {one.name: one for one in data_map.load().fields_of(label)}
    fields = [field for field in model._meta.local_fields if field.column is not None]
    return {
        "profile": "tabular-data-resource",
        "name": model._meta.db_table,
        "description": data_map.load().tables[label].why,
        "path": paths if len(paths) > 1 else paths[0],
        "encoding": "utf-8",
        "dialect": {"header": True, "nullSequence": ""},
        "schema": {
            "fields": [_field(field, whose[field.name]) for field in fields],
            "primaryKey": [field.column for field in fields if field.primary_key],
            "foreignKeys": [
                {"fields": field.column, "reference": {"resource": to._meta.db_table, "fields": "id"}}
                for field in fields
                if isinstance(field, models.ForeignKey)
                and (to := field.remote_field.model)._meta.pk.column == "id"
            ],
        },
    }


def _field(field: models.Field[Any, Any], said: data_map.FieldSaid) -> dict[str, Any]:
    kind, how = next(
        (each for sort, each in TYPES.items() if isinstance(field, sort)),
        ("integer", "") if isinstance(field, models.AutoField | models.ForeignKey) else ("string", ""),
    )
    made: dict[str, Any] = {"name": field.column, "type": kind}
    if how and how in FORMATS:
        made["format"] = how
    whose = f" of {' '.join(said.whose)}" if said.whose else ""
    written = "" if how in FORMATS else f" ({how})"
    made["description"] = f"{said.kind.value}{whose}{written}"
    if kind == "boolean":
        made |= {"trueValues": ["t"], "falseValues": ["f"]}
    if not field.null:
        made["constraints"] = {"required": True}
    if field.choices:
        made["description"] += ": " + ", ".join(str(key) for key, _label in field.flatchoices if key != "")
    return made
