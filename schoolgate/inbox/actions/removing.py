"""What is written with the intent to remove a comment: the copy as evidence, the removal with its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.inbox.actions.sorting import judge_again
from schoolgate.inbox.duty_kinds import APPEAL, TELL
from schoolgate.inbox.judged import promised
from schoolgate.inbox.models import Appeal, AuthorStep, Evidence, Item, Moderation, Removal, RemovalNotice
from schoolgate.inbox.removals import HouseRule, content_of, digest_of, house_rules, new_code
from schoolgate.inbox.states import APPEAL_MOVES, AppealState, ItemState, WhyKeptBack
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook.situations.item_remove import NoticePart

PLATFORM = "platform_first"
PARTS: tuple[str, ...] = get_args(NoticePart)


def chosen_rule(item: Item, *, because: str, key: str) -> HouseRule | None:
    """Return the house rule that the moderator chose. Raises BadInput where there is none of that key, or
    none was chosen although the reason is that it breaks them and they are published."""
    if not key and because != WhyKeptBack.RULES:
        return None
    rules = house_rules(item.account)
    found = next((rule for rule in rules if rule.key == key), None)
    if found is None and (key or rules):
        raise BadInput({"house_rule": _("Choose which house rule the comment breaks.")})
    return found


def begin_removal(moderation: Moderation, item: Item, *, rule: HouseRule | None, copy: bool) -> Removal:
    """Keep the comment as evidence, and give its removal a code: in the transaction of the intent.

    `copy`: False for what may show the abuse of a child, of which the law allows no copy.
    """
    by, at = moderation.by, moderation.written_at
    if copy:
        content = content_of(item, at=at)
        kept = Evidence.objects.create(item=item, content=content, sha256=digest_of(content), by=by, at=at)
        record("item.evidence_kept", subject=kept, at=at, actor=by, item=item.pk, sha256=kept.sha256)
    else:
        record("item.not_copied", subject=item, at=at, actor=by)
    chosen: Mapping[str, Any] = {"number": rule.number, "words": dict(rule.words)} if rule else {}
    standing = Removal.objects.filter(item=item, ended_at=None).first()
    if standing is None:
        return Removal.objects.create(
            item=item, moderation=moderation, code=new_code(), house_rule=chosen, copied=copy, begun_at=at
        )
    changes = {"moderation": moderation, "copied": copy} | ({"house_rule": chosen} if chosen else {})
    Removal.objects.filter(pk=standing.pk).update(**changes)
    return standing


def follow_removal(before: Moderation, after: Moderation) -> None:
    """Have a removal follow the request that took over: a person does what the program could not."""
    Removal.objects.filter(moderation=before).update(moderation=after)


def end_removal(item: Item, *, at: datetime) -> None:
    """The comment is shown again: its removal is over, and an appeal that no one has heard is settled."""
    for appeal in Appeal.objects.filter(removal__item=item, state=AppealState.OPEN):
        move(appeal, to=AppealState.SETTLED, moves=APPEAL_MOVES, at=at)
        record("appeal.settled", subject=appeal, at=at, item=item.pk)
    cancel(kind=APPEAL, subject=item, because="shown", at=at)
    Removal.objects.filter(item=item, ended_at=None).update(ended_at=at)


def note_told(notice: RemovalNotice, *, at: datetime) -> None:
    """Record that a notice is there for readers: what the policy asks for after a removal is done, except
    for a report to the network."""
    RemovalNotice.objects.filter(pk=notice.pk).update(told_at=at)
    removal = notice.removal
    done = removal.moderation
    left = {point: clauses for point, clauses in done.owes.items() if point == PLATFORM}
    Moderation.objects.filter(pk=done.pk).update(owes=left)
    AuthorStep.objects.filter(item=removal.item_id).exclude(owes={}).update(owes={})
    kept = DecisionRecord.objects.get(pk=notice.decision)
    if not left:
        discharge(kind=TELL, subject=removal.item, by=notice.by, at=at, how="told")
    follow_promise(removal.item, by=notice.by, at=at)
    record(
        "item.readers_told",
        subject=removal.item,
        at=at,
        actor=notice.by,
        clauses=kept.clauses,
        decision=kept.pk,
    )


def parts_of(wording: str, says: Sequence[str] | None) -> list[str] | None:
    """Return which parts a notice has, as its sender said: only of our own wording, and only known parts."""
    return None if wording != "own" or says is None else [part for part in PARTS if part in says]


def follow_promise(item: Item, *, by: Person, at: datetime) -> None:
    """Ask the policy again where a notice has promised the author a reply: it may be owed now."""
    if promised(item) and item.state in (ItemState.OPEN, ItemState.ANSWERING):
        judge_again(item, by=by, at=at, changed=[])
