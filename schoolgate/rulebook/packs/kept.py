"""What keeps a clause that no control decides: a sameness of the answers, a part of the program, a row of the
record, or nothing but a person's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.situations import SITUATIONS

KeptKind = Literal["invariant", "structure", "record", "attested"]
KINDS: tuple[str, ...] = get_args(KeptKind)


@dataclass(frozen=True, slots=True)
class Kept:
    """How these clauses are kept.

    `invariant`: in situation `situation` the answer stays the same while the facts at `varies` change; a
    scenario shows it. `structure` and `record`: the named `tests` fail where the program does not do it, or
    does not keep the row. `attested`: only a person's word can tell."""

    clauses: tuple[str, ...]
    kind: str
    says: str
    tests: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()
    situation: str | None = None


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    clauses: list[str] = Field(min_length=1)
    kind: KeptKind
    says: str = Field(min_length=1)
    tests: list[str] = []
    varies: list[str] = []
    situation: str | None = Field(None, alias="in")


def kept_from(data: Any, where: str) -> Kept:
    """One entry of a file. Raises BadPack where it is none."""
    if isinstance(data, Mapping):
        where = f"{where}: {data.get('clauses')}"
    try:
        written = _Written.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPack(where, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    shown_by_scenario, shown_by_tests = written.kind == "invariant", written.kind in ("structure", "record")
    if shown_by_scenario is not bool(written.varies and written.situation):
        raise BadPack(where, "an invariant, and nothing else, says what varies in which situation")
    if shown_by_tests is not bool(written.tests):
        raise BadPack(where, "a structure or a record, and nothing else, names the tests that show it")
    if written.situation is not None and written.situation not in SITUATIONS:
        raise BadPack(where, f"unknown situation {written.situation}")
    if any("::" not in test or not test.startswith("tests/") for test in written.tests):
        raise BadPack(where, "a test is named as tests/room/test_file.py::test_sentence")
    if not written.says.strip():
        raise BadPack(where, "says nothing")
    return Kept(
        tuple(written.clauses),
        written.kind,
        written.says,
        tuple(written.tests),
        tuple(written.varies),
        written.situation,
    )
