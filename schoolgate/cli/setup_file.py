"""The format of the file for `schoolgate setup --file`: typed, nothing else, every part optional."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from schoolgate.core.errors import BadInput

LARGEST = 1024 * 1024


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FederationPart(_Part):
    """What is set up. `address`: its word in public addresses."""

    name: str
    address: str
    policy: str
    languages: list[str] = ["en"]


class SchoolPart(_Part):
    """One school; `calendar`: a file with its term dates, beside this one."""

    name: str
    address: str
    country: Literal["england", "wales"] = "england"
    languages: list[str] = ["en"]
    calendar: Path | None = None


class PersonPart(_Part):
    """A person who looks after people. `acting`: for the first one, whose role it stays."""

    name: str
    email: str
    role: str
    language: str = "en"
    acting: bool = False


class RolePart(_Part):
    """A person with a role of the policy, in one school if its address is given."""

    name: str
    email: str
    role: str
    relation: str = "staff"
    school: str = ""
    language: str = "en"


class PolicyPart(_Part):
    """The record of the adoption; `text`: the federation's own version, as a file."""

    adopted_on: date
    minute: str = ""
    text: Path | None = None


class SafeguardingPart(_Part):
    """Who leads on safeguarding, by e-mail address; of all schools where none is given."""

    email: str
    place: Literal["lead", "deputy"]
    school: str = ""


class SetUp(_Part):
    """The whole file. `by`: e-mail address of the administrator in whose name it is done."""

    federation: FederationPart
    schools: list[SchoolPart] = []
    first: PersonPart | None = None
    second: PersonPart | None = None
    by: str = ""
    policy: PolicyPart | None = None
    roles: list[RolePart] = []
    safeguarding: list[SafeguardingPart] = []


def read_file(path: Path) -> SetUp:
    """Read it; files that it names are looked for beside it. Raises BadInput, naming each place."""
    if path.stat().st_size > LARGEST:
        raise BadInput({"file": "too large for a file of this kind: check that it is the right one"})
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if "&" in text and any(isinstance(token, yaml.AliasToken) for token in _tokens(text)):
        raise BadInput({"file": "aliases are not supported: write out the values"})
    try:
        return _beside(SetUp.model_validate(yaml.load(text, yaml.SafeLoader)), path.parent)
    except yaml.YAMLError as wrong:
        raise BadInput({"file": str(wrong)}) from None
    except ValidationError as wrong:
        told = {".".join(map(str, each["loc"])) or "file": each["msg"] for each in wrong.errors()}
        raise BadInput(told) from None


def _tokens(text: str) -> list[yaml.Token]:
    try:
        return list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return []


def _beside(read: SetUp, folder: Path) -> SetUp:
    """Paths as the file means them."""
    schools = [
        school.model_copy(update={"calendar": folder / school.calendar if school.calendar else None})
        for school in read.schools
    ]
    policy = read.policy and read.policy.model_copy(
        update={"text": folder / read.policy.text if read.policy.text else None}
    )
    return read.model_copy(update={"schools": schools, "policy": policy})
