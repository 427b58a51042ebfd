"""What the program is given from outside: a setting that can't be read is told in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bool_parsing": "{name} has to be 1 (yes) or 0 (no).",
        "bool_type": "{name} has to be 1 (yes) or 0 (no).",
        "literal_error": "{name} has to be {expected}.",
        "too_short": "{name} needs at least {min_length} characters.",
        "string_too_short": "{name} needs at least {min_length} characters.",
        "string_pattern_mismatch": "{name} has to be an email address without a +.",
        "value_error": "{name} {error}.",  # of a validator of ours, which quotes no value
    }
)
"""By the kind of pydantic's error."""
OTHERWISE: Final = "{name} can't be read."
NUMBERS: Final = ("int_", "float_", "greater_than", "less_than", "finite_number")


class SurroundingsTrouble(Exception):
    """What was given from outside cannot be used; the message says why and what to do."""


def wrong_settings(error: ValidationError, model: type[BaseModel]) -> str:
    """Return a sentence for each setting that can't be read, a line each. None shows a value: it may be
    secret."""
    fields = {field.validation_alias or name: field for name, field in model.model_fields.items()}
    lines = []
    for one in error.errors(include_input=False, include_url=False):
        key = one["loc"][0] if one["loc"] else ""
        name = str(key) if str(key).isupper() else str(key).upper()
        if one["type"].startswith(NUMBERS) and key in fields:
            lines.append(f"{name} has to be {_number(fields[key].metadata)}.")
        else:
            said: dict[str, Any] = {"name": name} | one.get("ctx", {})
            said["expected"] = str(said.get("expected", "")).replace("'", "")
            lines.append(MESSAGES.get(one["type"], OTHERWISE).format_map(said))
    return "\n".join(lines)


def _number(bounds: list[Any]) -> str:
    least = next((one.ge for one in bounds if hasattr(one, "ge")), None)
    most = next((one.le for one in bounds if hasattr(one, "le")), None)
    return "a number" if least is None or most is None else f"a number from {least:g} to {most:.10g}"
