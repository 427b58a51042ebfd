"""What the worker records of a page that is evidence: that it began, what it found, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.incidents.actions.gathering import FULL, Added, add_part, defer_capture, refuse_if_stopped
from schoolgate.incidents.actions.keeping import SEALED
from schoolgate.incidents.evidence import bytes_of, is_stopped
from schoolgate.incidents.evidence_models import Capture, Evidence
from schoolgate.incidents.evidence_states import CAPTURE_MOVES, MOST_MATTER, CaptureState
from schoolgate.incidents.models import Report

MOST_TRIES = 3


@action
def begin_capture(*, pk: int, at: datetime) -> str | None:
    """Say that a page is being fetched, and return its address; None where there is nothing to fetch: it was
    fetched, the person is no longer among the readers, or files were stopped since."""
    capture = Capture.objects.filter(pk=pk, state=CaptureState.ASKED).first()
    if capture is None:
        return None
    try:
        move(capture, to=CaptureState.FETCHING, moves=CAPTURE_MOVES, at=at, tries=capture.tries + 1)
    except NotNow:  # another worker has it
        return None
    evidence = Evidence.objects.select_related("report").filter(pk=pk).first()
    if evidence is None or is_stopped(evidence.report):
        move(capture, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why="stopped")
        return None
    return str(json.loads(vault.reveal(evidence.words_ref))["source"])


@action
def keep_capture(*, pk: int, at: datetime, files: Sequence[Added], found: Mapping[str, Any]) -> None:
    """Record what was fetched, with its files. Raises BadInput where the concern is full, NotNow where files
    were stopped meanwhile or another worker recorded it."""
    evidence = Evidence.objects.select_related("report").get(pk=pk)
    report = evidence.report
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    refuse_if_stopped(report)
    if bytes_of(report) + sum(one.sealed.size for one in files) > MOST_MATTER:
        raise BadInput({"address": FULL})
    ref = vault.put(SEALED, json.dumps(dict(found), ensure_ascii=False), about=report)
    capture = Capture.objects.get(pk=pk)
    move(
        capture,
        to=CaptureState.KEPT,
        moves=CAPTURE_MOVES,
        at=at,
        found_ref=ref,
        why=str(found["picture"])[:20],
    )
    for one in files:
        add_part(evidence, one)
    record("report.page_saved", subject=report, at=at, number=evidence.number)


@action
def note_no_page(*, pk: int, at: datetime, why: str) -> None:
    """Record why a page could not be fetched; one that another worker recorded is left alone."""
    capture = Capture.objects.filter(pk=pk, state=CaptureState.FETCHING).first()
    if capture is None:
        return
    move(capture, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why=why[:20])
    evidence = Evidence.objects.select_related("report").filter(pk=pk).first()
    if evidence is not None:
        record("report.page_not_saved", subject=evidence.report, at=at, number=evidence.number, why=why[:20])


@action
def try_again(*, at: datetime, silent: timedelta) -> int:
    """Have captures begun again that were not ended in this time; after some tries they have failed. Returns
    how many. Safe to run twice."""
    open_ones = Capture.objects.filter(state__in=[CaptureState.ASKED, CaptureState.FETCHING])
    left = list(open_ones.filter(state_at__lte=at - silent).order_by("pk"))
    for one in left:
        if one.state == CaptureState.ASKED:
            Capture.objects.filter(pk=one.pk, state=one.state).update(state_at=at)
            defer_capture(one.pk, one.person_id)
        elif one.tries >= MOST_TRIES:
            move(one, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why="gave_up")
        else:
            move(one, to=CaptureState.ASKED, moves=CAPTURE_MOVES, at=at)
            defer_capture(one.pk, one.person_id)
    return len(left)
