"""Tell readers and the author why a comment was removed, in the policy's own words where it has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import done_before
from schoolgate.inbox import rules
from schoolgate.inbox.actions.answering import write_answer
from schoolgate.inbox.actions.moderating import AFTER
from schoolgate.inbox.actions.removing import parts_of
from schoolgate.inbox.models import Answer, Item, NoticeWording, Removal, RemovalNotice
from schoolgate.inbox.queries import locked_item
from schoolgate.inbox.removal_facts import removal_facts
from schoolgate.inbox.removal_texts import OWN, PRESCRIBED, prescribed_notice, with_code
from schoolgate.inbox.removals import is_done, removal_of
from schoolgate.networks.handshake import STANDING
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import record_decision, require

LONGEST_WORDING = 1000


@action
def send_notice(
    *,
    by: Person,
    at: datetime,
    item: Item,
    wording: str,
    text: str,
    version: str,
    language: str = "en",
    said: Mapping[str, Any] | None = None,
    says: Sequence[str] | None = None,
) -> Answer:
    """Write the notice about a removal as a reply below the post; its code is added.

    `wording`: "prescribed" (the policy's own text, unchanged) or "own" (`text`); `says`: which parts our own
    has. The policy is asked whether
    this notice is enough, and whether this reply may go out. What it asks for after a removal is done once
    the notice is seen on the network. Raises NotAllowed, BadInput (`wording`, `text`), NotNow, Refused.
    """
    item = locked_item(item.pk)
    rules.check_may_moderate(by, item, on=local_day(at))
    removal = done_removal(item)
    before = removal.notices.filter(answer__state__in=sorted(STANDING)).first()
    if before is not None:
        raise done_before(item, _("A notice about this has already been sent."), made=before)
    words = _words(removal, by=by, at=at, wording=wording, text=text, language=language)
    done, parts = removal.moderation, parts_of(wording, says)
    facts = removal_facts(
        item, by=by, at=at, how=done.how, reason=done.reason, said={}, told={"notice": wording, "says": parts}
    )
    kept = record_decision("item.remove", facts, at=at, by=by, subject=item)
    require(kept, *(point for point in AFTER if point in done.owes))
    answer = write_answer(
        by=by,
        at=at,
        item=item,
        text=with_code(words, removal, language),
        version=version,
        said=said,
        acknowledges_only=True,
        language=language,
        below_post=True,
    )
    RemovalNotice.objects.create(
        removal=removal, answer=answer, wording=wording, says=parts, decision=kept.pk, by=by, at=at
    )
    record(
        "item.notice_written",
        subject=item,
        at=at,
        actor=by,
        clauses=kept.clauses,
        decision=kept.pk,
        wording=wording,
        answer=answer.pk,
    )
    return answer


def done_removal(item: Item) -> Removal:
    """Return the removal of a comment that is out of sight now. Raises NotNow."""
    removal = removal_of(item)
    if removal is None or not is_done(removal):
        raise NotNow(_("This comment hasn’t been removed."), _("Open it again to see its status."))
    return removal


def _words(removal: Removal, *, by: Person, at: datetime, wording: str, text: str, language: str) -> str:
    if wording == OWN:
        if not text.strip():
            raise BadInput({"text": _("Write why it was removed.")})
        return text.strip()
    found = prescribed_notice(removal, by=by, at=at)
    if wording != PRESCRIBED or found is None:
        raise BadInput({"wording": _("Choose whose wording you used.")})
    if language not in found.words:
        raise BadInput(
            {
                "language": _(
                    "No wording in this language has been adopted. Adopt one, or use another language."
                )
            }
        )
    return found.words[language]


@action
def adopt_wording(*, by: Person, at: datetime, item: Item, language: str, words: str) -> NoticeWording:
    """Adopt the school's own wording of the prescribed notice in a language that the policy doesn't give.

    Only the policy's owner can. Raises NotAllowed, BadInput (`language`, `words`), NotNow.
    """
    check_capacity(by, "own_policy", on=local_day(at))
    removal = done_removal(locked_item(item.pk))
    found = prescribed_notice(removal, by=by, at=at)
    if found is None:
        raise NotNow(_("The policy prescribes no notice for this."), _("Use your own wording."))
    wrong = {}
    if language not in (*found.missing, *found.adopted):
        wrong["language"] = _("Choose a language that the policy doesn’t give.")
    if not 0 < len(words.strip()) <= LONGEST_WORDING:
        wrong["words"] = _("Write the notice, up to 1,000 characters.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(Door.NOTICE_WORDING, {"words": words}, about=item, by=by, at=at, school=item.school)
    row = NoticeWording.objects.create(
        clause=found.clause, language=language, words=words.strip(), by=by, at=at
    )
    clauses = [found.clause] if found.clause in book_for(by).clauses else []
    record("item.notice_worded", subject=row, at=at, actor=by, clauses=clauses, language=language)
    return row
