"""What the program is given from outside: what the values of settings have to be, and the parts of an
address that people type and servers tell.

A setting that can't be read is told in one sentence, which quotes nothing of its value. The functions about
values each raise a ValueError that goes on from the setting's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError


NO_ADDRESS: Final = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address; those of none where it can't be taken apart (`https://[half`), or its
    port is no port: `urlsplit` itself raises there."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return NO_ADDRESS
    return parts


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


LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
MONTH: Final = re.compile(r"20[0-9]{2}(?:0[1-9]|1[0-2])")
MAILBOX: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")
NO_DATABASE: Final = "has to be an address such as postgresql://user@host/name"
NO_BUCKET: Final = (
    "has to be an address such as https://KEY:SECRET@s3.example.org/bucket, with % and two hex digits for "
    "each of @ : / ? # % in the secret"
)
NO_DATABASE_ENCODED: Final = f"{NO_DATABASE}, with % and two hex digits for each of @ : / ? # % in a password"


def public_address(value: str | None) -> str | None:
    """An address of pages, to the end of its host; none where it's empty."""
    return _origin(value, "https://social.example.sch.uk")


def collector(value: str | None) -> str | None:
    """An address of a collector of traces, to the end of its host; none where it's empty."""
    return _origin(value, "http://localhost:4318")


def _origin(value: str | None, such_as: str) -> str | None:
    if not value:
        return None
    wrong = f"has to be an address such as {such_as}, without a path"
    split = parts_of(value.strip().rstrip("/"))
    named = split.port != 0 and is_host(split.netloc.removesuffix(f":{split.port}"))
    if not named or split.geturl() not in (f"http://{split.netloc}", f"https://{split.netloc}"):
        raise ValueError(wrong)
    return split.geturl()


def is_host(name: str) -> bool:
    """Whether this is the name of a machine, or an address of one."""
    if name.startswith("[") and name.endswith("]"):
        return ":" in name and _is_ip(name[1:-1])
    return all(map(LABEL.fullmatch, name.removesuffix(".").split(".")))


def listened_on(value: str) -> str:
    """An address that this machine may have; whether it has it shows when it's used."""
    if not _is_ip(value):
        raise ValueError("has to be an address of this machine, such as 127.0.0.1")
    return value


def host(value: str) -> str:
    """A server's name."""
    if not is_host(value):
        raise ValueError("has to be the name of a server, such as mail.example.sch.uk")
    return value


def hosts(values: tuple[str, ...]) -> tuple[str, ...]:
    """Names that the program answers to: * for all, a dot in front for all below."""
    if not all(each == "*" or is_host(each.removeprefix(".")) for each in values):
        raise ValueError("has to be names such as social.example.sch.uk, without https://")
    return values


def hosts_with_ports(values: tuple[str, ...]) -> tuple[str, ...]:
    """Servers, each with a port or without."""
    for each in values:
        name, port = re.fullmatch(r"(.*?)(?::(\d{1,5}))?", each, re.DOTALL).groups()  # type: ignore[union-attr]
        if not is_host(name) or not 0 < int(port or 1) < 65536:
            raise ValueError("has to be names such as pds.school.lan:8443, without https://")
    return values


def sender(value: str) -> str:
    """An email address, with a name before it or without."""
    name, _, address = value.rpartition("<")
    inside = address.removesuffix(">") if name else value
    if not MAILBOX.fullmatch(inside.strip()) or (name and not address.endswith(">")) or "\n" in value:
        raise ValueError("has to be an email address, such as social@example.sch.uk")
    return value


def networks(values: tuple[str, ...]) -> tuple[str, ...]:
    """Networks by their keys."""
    if not all(re.fullmatch(r"[a-z]{1,40}", each) for each in values):
        raise ValueError("has to be names of networks in small letters, with commas")
    return values


def month(value: str) -> str:
    """A month as companies name the versions of their interfaces."""
    if not MONTH.fullmatch(value):
        raise ValueError("has to be a month, such as 202606")
    return value


def folder(value: object) -> object:
    """A folder. Nothing is none: it would be the one in which the command is given."""
    if isinstance(value, str) and not value.strip():
        raise ValueError("has to be a folder, such as /var/lib/schoolgate")
    return value


def far_folder(value: Path | None) -> Path | None:
    """A folder that is the same wherever a command is given."""
    if value is not None and not value.expanduser().is_absolute():
        raise ValueError("has to be a whole path, such as /srv/backup")
    return None if value is None else value.expanduser()


def certificates(value: str) -> str:
    """A file of certificates; none where it's empty."""
    try:
        if value and b"-----BEGIN " not in Path(value).read_bytes():
            raise ValueError
    except (OSError, ValueError):
        raise ValueError("has to be a file of certificates (PEM) that this user can read") from None
    return value


class Bucket(NamedTuple):
    """A bucket of an S3-compatible store, the folder in it, and with what it's opened."""

    server: str
    name: str
    folder: str
    key: str
    secret: str
    region: str


def read_bucket(value: str) -> Bucket:
    """Read `https://KEY:SECRET@server/bucket/folder?region=...`; without a region the usual one."""
    split = parts_of(value.strip())
    name, _slash, folder_in_it = split.path.strip("/").partition("/")
    server = split.netloc.rpartition("@")[2]
    if split.scheme not in ("https", "http") or not split.hostname or not name or not split.password:
        raise ValueError(NO_BUCKET)
    region = parse_qs(split.query).get("region", ["us-east-1"])[0]
    key, secret = unquote(split.username or ""), unquote(split.password)
    return Bucket(f"{split.scheme}://{server}", name, folder_in_it, key, secret, region)


def database_address(value: str) -> str:
    """An address that names a database. Refused before a driver quotes it, password and all."""
    from psycopg import Error, conninfo  # here: most processes are given no address

    try:
        found = conninfo.conninfo_to_dict(value)
    except Error:
        raise ValueError(NO_DATABASE) from None
    named = str(found.get("host") or ""), str(found.get("port") or "1"), str(found.get("dbname") or "")
    if "@" in "".join(named) or not all(port.isdigit() or not port for port in named[1].split(",")):
        raise ValueError(NO_DATABASE_ENCODED)  # a password with a sign in it was read as more than that
    if not named[2]:
        raise ValueError(NO_DATABASE)
    return value


def _is_ip(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True
