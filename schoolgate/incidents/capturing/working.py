"""Fetch the page of a piece of evidence, as a job: the row says so first, then it is done outside any
transaction, then what was found is recorded. A second run of a job whose worker was killed starts again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from schoolgate.core import sealed_files
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.outside.kinds import HTML, PDF, PNG, TEXT, FileKind
from schoolgate.core.outside.pages import Answer, CannotRead, Opener
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.incidents.capturing.browser import Drawn, NoPicture, draw
from schoolgate.incidents.gathering import Added, begin_capture, keep_capture, note_no_page, try_again
from schoolgate.incidents.models import Part
from schoolgate.networks.driving import Clock

SILENT = timedelta(minutes=10)
"""After this long without an end a capture is begun again: far longer than one takes."""
OPENER = Opener(
    schemes=("https", "http"),
    ports=(443, 80),
    most_bytes=10_000_000,
    most_seconds=30.0,
    most_redirects=5,
    any_status=True,
    agent="Mozilla/5.0 (compatible; Schoolgate; keeps a copy of a public page)",
)
Draws = Callable[[str, Opener], Drawn]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Fetched:
    """What was fetched: contents by part, and `found`: where, when, with which status."""

    parts: dict[Part, tuple[FileKind, bytes]]
    found: dict[str, Any]


def capture(
    federation_id: int, person_id: int, evidence_id: int, *, clock: Clock, opener: Opener = OPENER,
    draws: Draws = draw,
) -> None:  # fmt: skip
    """Fetch the page of a piece of evidence and keep it; one that is kept or failed is left alone.

    Raises RuntimeError inside a scope: nothing is fetched inside a transaction.
    """
    if in_scope():
        raise RuntimeError("a page is not fetched inside a transaction")
    with scope(federation_id, person_id):
        address = begin_capture(pk=evidence_id, at=clock())
    if address is None:
        return
    try:
        fetched = _fetch(address, opener, draws, clock)
        added = _sealed(fetched, federation_id)
    except CannotRead as error:
        with scope(federation_id, person_id):
            note_no_page(pk=evidence_id, at=clock(), why=error.why)
        return
    try:
        with scope(federation_id, person_id):
            keep_capture(pk=evidence_id, at=clock(), files=added, found=fetched.found)
    except (BadInput, NotNow, NotFound):
        for one in added:
            sealed_files.remove(one.sealed.name, federation_id=federation_id)
        with scope(federation_id, person_id):
            note_no_page(pk=evidence_id, at=clock(), why="no_room")


def look_after(federation_id: int, *, at: datetime) -> int:
    """Have captures begun again that a killed worker left; return how many."""
    with scope(federation_id):
        return try_again(at=at, silent=SILENT)


def _fetch(address: str, opener: Opener, draws: Draws, clock: Clock) -> Fetched:
    began = clock()
    way = opener.fetch(address)
    page = way[-1]
    parts = {Part.ANSWERS: (TEXT, _answers(way, began).encode()), Part.HTML: (HTML, page.body or b"\n")}
    found = {
        "address": page.address,
        "status": page.status,
        "way": [{"address": one.address, "status": one.status} for one in way],
        "began": began.isoformat(),
        "ended": clock().isoformat(),
        "picture": "",
        "whole": True,
    }
    try:
        drawn = draws(page.address, opener)
    except NoPicture as error:
        log.info("no picture of a page", why=error.why)
        return Fetched(parts, found | {"picture": error.why})
    parts |= {Part.PICTURE: (PNG, drawn.picture), Part.PDF: (PDF, drawn.pdf)}
    return Fetched(parts, found | {"whole": drawn.whole})


def _answers(way: list[Answer], began: datetime) -> str:
    lines = [f"Begun: {began.isoformat()}"]
    for number, one in enumerate(way, start=1):
        lines += ["", f"{number}. GET {one.address}", f"IP address: {one.ip}", f"Status: {one.status}"]
        lines += [f"{name}: {value}" for name, value in one.headers]
    return "\n".join(lines) + "\n"


def _sealed(fetched: Fetched, federation_id: int) -> list[Added]:
    return [
        Added(sealed_files.seal_whole(content, federation_id=federation_id), kind, part)
        for part, (kind, content) in fetched.parts.items()
        if content
    ]
