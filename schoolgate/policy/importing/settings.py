"""The settings of a template, read from what a sentence names."""

from collections.abc import Mapping
from typing import Any

from schoolgate.policy.importing.templates import OPEN, Template
from schoolgate.rulebook.controls.base import ROLE_SETTINGS

_UNITS = (
    "minutes", "hours", "working_days", "days", "weeks", "months", "years", "people", "characters", "age",
)  # fmt: skip
_HOW_MANY = ("least", "minimum", "number", "min_people")


def settings_of(line: Template, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each slot: what the sentence says, the program's own words, or `OPEN`."""
    main = line.roles if len(line.roles) == 1 else line.roles & ROLE_SETTINGS - {"perhaps"}
    found: dict[str, Any] = {}
    for name, theirs in line.theirs.items():
        if name in line.roles:
            value = _roles(theirs, parameters) if name in main else None
        else:
            value = _read(name, theirs, parameters)
        found[name] = value if value is not None else OPEN if name in line.own else theirs
    return found


def _roles(theirs: Any, parameters: Mapping[str, Any]) -> Any:
    """Return the roles that the sentence names; None where it names none, or several where one is
    required."""
    roles = parameters.get("roles") or []
    if isinstance(theirs, list):
        return roles or None
    return roles[0] if len(roles) == 1 else None


def _read(name: str, theirs: Any, parameters: Mapping[str, Any]) -> Any:
    """Return what the sentence says for a setting of this name, in the shape of `theirs`; None for
    nothing."""
    if name in ("form", "by"):
        return parameters.get(name)
    if name.startswith(_HOW_MANY) and type(theirs) is int:
        return _one(parameters.get("people"))
    if "age" in name.split("_"):
        return parameters.get("age")
    if name.endswith("months") and "months" not in parameters:
        return _months(parameters)
    if name.endswith("hours") and "hours" not in parameters and "days" in parameters:
        return _times(24, parameters["days"])
    usual = "people" if name.startswith("min_") and type(theirs) is int else ""
    unit = next((unit for unit in _UNITS if name.endswith(unit) and unit in parameters), usual)
    return _one(parameters.get(unit))


def _one(number: Any) -> Any:
    """Return a number; `OPEN` for several, of which a person chooses."""
    return OPEN if isinstance(number, list) else number


def _times(factor: int, number: Any) -> int | str:
    return OPEN if isinstance(number, list) else factor * int(number)


def _months(parameters: Mapping[str, Any]) -> int | str | None:
    """Months, where the sentence says years, or every year."""
    if "years" in parameters:
        return _times(12, parameters["years"])
    return {"month": 1, "year": 12}.get(str(parameters.get("every")))
