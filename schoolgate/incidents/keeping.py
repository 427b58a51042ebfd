"""Write the steps of a report, with what was written at them, sealed; and give a person access to that."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.unofficial import Copy
from schoolgate.core import vault
from schoolgate.core.errors import NotNow, Text
from schoolgate.incidents.models import Content, Opening, OpeningState, Reader, Report, Step, StepKind, Whose
from schoolgate.people.models import Person

SEALED = "report"
"""What the vault calls what was written and the pictures."""
LONGEST_WORDS = 2000


def step(
    report: Report, kind: StepKind, *, at: datetime, by: Person | None = None, person: Person | None = None,
    role: str = "", body: str = "", whose: Whose | None = None, words: Mapping[str, Any] | None = None,
    copy: Copy | None = None,
) -> Step:  # fmt: skip
    """Write one step, with what was written at it, if anything."""
    row = Step.objects.create(
        report=report,
        kind=kind,
        at=at,
        by=by,
        person=person,
        role_key=role,
        body=body,
        whose=whose or "",
    )
    if words or copy:
        text = json.dumps(dict(words or {}), ensure_ascii=False)
        picture = base64.b64encode(copy.content).decode() if copy else ""
        # No column of it is read back: the writer need not be one of its readers.
        Content.objects.create(
            step=row, report=report,
            words_ref=vault.put(SEALED, text, about=report),
            picture_ref=vault.put(SEALED, picture, about=report) if copy else None,
            picture_type=copy.media_type if copy else "",
        )  # fmt: skip
    return row


def wrong_words(words: str, *, empty: Text, longest: int = LONGEST_WORDS) -> Text | None:
    """Return what is wrong with the text a person wrote; None: nothing."""
    if not words.strip():
        return empty
    if len(words) > longest:
        return _("This is too long. Say the most important part. You can add the rest when we contact you.")
    if "\x00" in words:
        return _("This contains a character that can’t be saved. Type it again.")
    return None


def let_in(report: Report, person: Person, *, at: datetime) -> bool:
    """Make a person who may know of a report one of its readers; again, if their access had ended. Returns
    whether it is their first time.

    What was passed to the safeguarding lead's own system is given only to people who had it opened by two."""
    if report.passed_at is not None and not opened_for(report, person):
        return False
    reader, new = Reader.objects.get_or_create(report=report, person=person, defaults={"since": at})
    if not new and reader.ended_at is not None:
        reader.ended_at = None
        reader.save(update_fields=["ended_at"])
    return new


def opened_for(report: Report, person: Person) -> bool:
    """Return whether two people opened this concern for a person, and no lead has ended it."""
    return Opening.objects.filter(report=report, by=person, state=OpeningState.AGREED).exists()


def check_written_here(report: Report) -> None:
    """Raise NotNow if what is written about it belongs in the safeguarding lead's own system."""
    if report.passed_at is not None:
        raise NotNow(
            _("What is written about this is in {system}, under {reference}.").format(
                system=report.passed_to, reference=report.passed_reference
            ),
            _("Write it in that system."),
        )
