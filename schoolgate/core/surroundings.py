"""What the program is given from outside, its settings and its home: where it can't be used, one sentence
says why and what to do."""

from __future__ import annotations

import errno
import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from schoolgate.core.typed import typed

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
NOT_OURS: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


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


def open_folder(path: Path, *, home: Path, mode: int) -> Path:
    """Return a folder of the home, or the home itself, made if it is missing. Raises SurroundingsTrouble
    where it can't be made, read or written."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=mode)
    except OSError as error:
        raise SurroundingsTrouble(
            unusable_home(error, home) or _in_words(home, path, f"can't be used ({error.strerror})")
        ) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise SurroundingsTrouble(_of_another(home, path))
    return path


def unusable_home(error: OSError, home: Path) -> str | None:
    """Return what is wrong with the home where that is what an error is about; None: it's about something
    else."""
    at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes | Path) else None
    if at is None or not (at == home or home in at.parents or at in home.parents):
        return None
    if error.errno in NOT_OURS:
        return _of_another(home, _nearest(at))
    if isinstance(error, FileExistsError) and at == home:
        return f"SCHOOLGATE_HOME is {home}, and that is a file. Choose a folder."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return _in_words(home, _nearest(at), "is not a folder")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {home} is full. Free up space, then start again."
    if at == home or at in home.parents:
        return _in_words(home, None, "no folder can be made there")
    return None


def nothing_yet(home: Path) -> str:
    """Return what to say of a home in which nothing was ever started: mostly another one was meant."""
    return (
        f"Nothing was set up in {home} yet. Start it with `{typed('up')}`, or set SCHOOLGATE_HOME to the "
        "installation you want."
    )


def _nearest(path: Path) -> Path:
    """The path, or the nearest above it that is there."""
    for each in (path, *path.parents):
        if os.path.lexists(each):
            return each
    return path


def _of_another(home: Path, at: Path) -> str:
    try:
        owner = pwd.getpwuid(at.lstat().st_uid).pw_name
    except (OSError, KeyError):
        owner = "another user"
    return _in_words(home, at, f"belongs to {owner}, and you can't write there")


def _in_words(home: Path, at: Path | None, why: str) -> str:
    named = f"{at} " if at is not None else ""
    return (
        f"SCHOOLGATE_HOME is {home}, but {named}{why}. Choose another folder, for instance: "
        f"{typed('up', home='~/schoolgate')}"
    )
