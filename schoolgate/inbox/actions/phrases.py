"""A federation's own phrases: added, switched off, ended."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.core.reasons import WANTED, is_reason
from schoolgate.core.rows import found_or_made
from schoolgate.inbox.models import OwnPhrase
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import leads_at
from schoolgate.triage import URGENT
from schoolgate.triage.lists import LISTED, OWN, TONGUES
from schoolgate.triage.phrases import plain_phrases

LONGEST_PHRASE, LONGEST_REASON, MOST = 80, 200, 500
FOR_LEADS = URGENT
"""Lanes whose lists only a safeguarding lead changes. House rule."""


def check_edits(person: Person, lane: str, *, on: date) -> None:
    """Raise NotAllowed unless this person may change the list of a lane: people who moderate everywhere or
    oversee, and for danger and threats only a safeguarding lead."""
    if leads_at(person, None, on=on):
        return
    if lane in FOR_LEADS:
        raise NotAllowed(
            _("Only the safeguarding lead can change the words for danger and threats."),
            _("Ask the safeguarding lead."),
        )
    if not capacities(person, on=on) & {"moderate", "oversee"}:
        check_capacity(person, "oversee", on=on)


@action
def add_phrase(
    *, by: Person, at: datetime, lane: str, language: str, words: str, off: bool = False, because: str = ""
) -> OwnPhrase:
    """Add a phrase to the list of a lane, or switch off the packaged phrases that contain these words.

    It counts for what comes in from now on. Raises NotAllowed; BadInput (`lane`, `language`, `words`,
    `because`); NotNow where there are too many.
    """
    wrong = {}
    if lane not in LISTED:
        wrong["lane"] = _("Choose a list.")
    if language not in TONGUES:
        wrong["language"] = _("Choose English or Welsh.")
    tidy = " ".join(words.lower().split())
    if not 0 < len(tidy) <= LONGEST_PHRASE:
        wrong["words"] = _("Write a word or phrase of up to 80 characters.")
    reason = because.strip()
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        wrong["because"] = _("Say why, in up to 200 characters.")
    elif off and not is_reason(reason):
        wrong["because"] = WANTED
    if wrong:
        raise BadInput(wrong)
    check_edits(by, lane, on=local_day(at))
    if OwnPhrase.objects.filter(ended_at=None).count() >= MOST:
        raise NotNow(_("There are 500 phrases already."), _("Remove some that you no longer need."))
    try:
        plain_phrases(OWN, [tidy])
    except ValueError:
        raise BadInput({"words": _("Write plain words, without symbols.")}) from None
    said = {"off": off, "because": reason, "by": by, "at": at}
    same = {"lane": lane, "language": language, "words": tidy, "ended_at": None}
    row, new = found_or_made(OwnPhrase.objects, defaults=said, **same)
    if not new:
        raise BadInput({"words": _("It’s already in this list. Write another.")})
    record("ownphrase.added", subject=row, at=at, actor=by, lane=lane, off=int(off))
    return row


@action
def end_phrase(*, by: Person, at: datetime, phrase: OwnPhrase) -> OwnPhrase:
    """Take a phrase out, or switch ours on again. Raises NotAllowed; NotNow where that is done already."""
    check_edits(by, phrase.lane, on=local_day(at))
    if not OwnPhrase.objects.filter(pk=phrase.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise done_before(
            phrase,
            _("It has already been removed."),
            _("Open the list again."),
            ended_at__isnull=False,
        )
    record("ownphrase.ended", subject=phrase, at=at, actor=by, lane=phrase.lane)
    return phrase
