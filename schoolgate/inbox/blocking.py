"""A moderator blocks the author of a comment for a time, ends a block, or reports a comment to its
network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import cancel, discharge
from schoolgate.duties.models import Due
from schoolgate.inbox import seeing, sight
from schoolgate.inbox.duty_kinds import AGREE_TO_BLOCK, BLOCK_BY_HAND, REPORT_BY_HAND, REVIEW_BLOCK, TELL
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import PLATFORM
from schoolgate.inbox.judging import ask_moderators
from schoolgate.inbox.models import AuthorStep, AuthorStepKind, Item, WhyKeptBack, is_long
from schoolgate.inbox.moderating import as_the_network_has_it, owed_after
from schoolgate.inbox.reaching import follow_sight
from schoolgate.inbox.removals import BEFORE, author_facts
from schoolgate.inbox.seeing import author_step, locked_item
from schoolgate.networks import driving
from schoolgate.networks.capabilities import Way
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import IncomingItem, Network, NetworkError, intent_key
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord

BLOCK, UNBLOCK, REPORT = AuthorStepKind.BLOCK, AuthorStepKind.UNBLOCK, AuthorStepKind.REPORT
HAND_DUTY = {BLOCK: BLOCK_BY_HAND, UNBLOCK: BLOCK_BY_HAND, REPORT: REPORT_BY_HAND}
LONGEST_NUMBER = 100


@action
def block_author(
    *, by: Person, at: datetime, item: Item, because: str, until: date | None, warned: bool | None = None
) -> AuthorStep:
    """Write the intent to block the author of a comment until a day on which moderators review it.

    Where that is long (`models.moderating.LONG`), nothing is done before a second person agrees. Blocking
    again while it waits or stands gives that row. `because`: one of `WhyKeptBack`; `warned`: whether
    someone warned them first. Raises NotAllowed, BadInput (`because`, `until`), NotNow, Refused.
    """
    item = locked_item(item.pk)
    way = sight.check_author_step(by, item, BLOCK, on=local_day(at))
    wrong = _wrong_reason(because) | sight.wrong_day(until, on=local_day(at))
    if wrong:
        raise BadInput(wrong)
    standing = sight.live_step(item, BLOCK) or sight.standing_block(item)
    if standing is not None:
        return standing
    kept = _asked(item, BLOCK, by=by, at=at, because=because, warned=warned)
    row = _write(
        item, BLOCK, at=at, by=by, decision=kept, reason=because, until=until, way=way, owes=_owed(kept)
    )
    if row.waits_for_another:
        ask_moderators(AGREE_TO_BLOCK, item, at=at)
    return row


@action
def agree_to_block(*, by: Person, at: datetime, step: AuthorStep, yes: bool) -> AuthorStep:
    """Record whether a second person agrees to a long block; without agreement it is cancelled.

    Raises NotAllowed (no right; the person who asked), NotNow (no one has to agree).
    """
    item = locked_item(step.item_id)
    step = author_step(step.pk)
    seeing.check_may_moderate(by, item, on=local_day(at))
    if step.state != Intent.WRITTEN or not step.waits_for_another:
        raise NotNow(
            _("This no longer needs a colleague’s agreement."), _("Open it again to see its status.")
        )
    if step.by_id == by.pk:
        raise NotAllowed(
            _("You asked for this block, so someone else must agree."),
            _("Ask a colleague who manages comments."),
        )
    discharge(kind=AGREE_TO_BLOCK, subject=item, by=by, at=at, how="agreed" if yes else "declined")
    if yes:
        AuthorStep.objects.filter(pk=step.pk).update(agreed_by=by)
        step.agreed_by = by
        record("author_step.agreed", subject=step, at=at, actor=by, item=item.pk)
        if step.by_hand:
            _ask_by_hand(step, item, at=at)
    else:
        move(step, to=Intent.CANCELLED, moves=MOVES, at=at, because="declined")
        record("author_step.cancelled", subject=step, at=at, actor=by, because="declined", item=item.pk)
    return step


@action
def end_block(*, by: Person, at: datetime, block: AuthorStep) -> AuthorStep:
    """Write the intent to end a block. Raises NotAllowed, NotNow (it doesn't stand)."""
    item = locked_item(block.item_id)
    way = sight.check_author_step(by, item, UNBLOCK, on=local_day(at))
    under_way = sight.live_step(item, UNBLOCK)
    if under_way is not None:
        return under_way
    kept = DecisionRecord.objects.get(pk=block.decision)
    return _write(item, UNBLOCK, at=at, by=by, decision=kept, reason=block.reason, ends=block, way=way)


@action
def keep_block(*, by: Person, at: datetime, block: AuthorStep, until: date | None) -> AuthorStep:
    """Keep a block that stands, until another day of review, at most `models.moderating.LONG` from today.

    Raises NotAllowed, BadInput (`until`), NotNow (it doesn't stand).
    """
    item = locked_item(block.item_id)
    on = local_day(at)
    sight.check_author_step(by, item, UNBLOCK, on=on)
    wrong = sight.wrong_day(until, on=on)
    if not wrong and is_long(until, on):
        wrong = {"until": _("Choose a day in the next 31 days. Then it’s reviewed again.")}
    if wrong or until is None:
        raise BadInput(wrong)
    AuthorStep.objects.filter(pk=block.pk).update(until=until)
    block.until = until
    discharge(kind=REVIEW_BLOCK, subject=item, by=by, at=at, how="kept")
    record("author_step.kept", subject=block, at=at, actor=by, day=until.isoformat(), item=item.pk)
    _ask_to_review(block, item, at=at)
    return block


@action
def report_comment(*, by: Person, at: datetime, item: Item, because: str) -> AuthorStep:
    """Write the intent to report a comment to its network, which is never done twice by the program.

    Raises NotAllowed, BadInput (`because`), NotNow, Refused.
    """
    item = locked_item(item.pk)
    way = sight.check_author_step(by, item, REPORT, on=local_day(at))
    wrong = _wrong_reason(because)
    if wrong:
        raise BadInput(wrong)
    done = sight.reported(item)
    if done is not None:
        return done
    kept = _asked(item, REPORT, by=by, at=at, because=because)
    return _write(item, REPORT, at=at, by=by, decision=kept, reason=because, way=way, owes=_owed(kept))


@action
def author_step_by_hand(*, by: Person, at: datetime, step: AuthorStep, number: str = "") -> AuthorStep:
    """Record that a person did it on the network's own pages. `number`: of a report.

    Raises NotAllowed; BadInput (`number`); NotNow if the program does it, it waits for another, or is done.
    """
    item = locked_item(step.item_id)
    step = author_step(step.pk)
    seeing.check_may_moderate(by, item, on=local_day(at))
    if not step.by_hand or step.waits_for_another:
        raise NotNow(_("Schoolgate does this automatically."), _("Open it again to see its status."))
    if len(number.strip()) > LONGEST_NUMBER:
        raise BadInput({"number": _("Use up to 100 characters.")})
    move(step, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=step.attempts + 1)
    move(step, to=Intent.CONFIRMED, moves=MOVES, at=at, because="by_hand", number=number.strip())
    record("author_step.confirmed", subject=step, at=at, actor=by, because="by_hand", item=item.pk)
    _follow_done(step, item, at=at, actor=by)
    return step


def follow_author_step(step: AuthorStep, *, at: datetime) -> None:
    """Apply a new state of an intent: ask for the review of a block, or ask a person where the program could
    not do it."""
    item = locked_item(step.item_id)
    if step.state == Intent.CONFIRMED:
        _follow_done(step, item, at=at, actor=step.by)
    elif step.state in (Intent.FAILED, Intent.ASKED):
        if step.state == Intent.ASKED:
            move(step, to=Intent.FAILED, moves=MOVES, at=at)
        kept = DecisionRecord.objects.get(pk=step.decision)
        _write(
            item, AuthorStepKind(step.how), at=at, by=step.by, decision=kept, way=Way.HAND,
            reason=step.reason, until=step.until, ends=step.ends, agreed_by=step.agreed_by, owes=step.owes,
        )  # fmt: skip


@action
def tell_readers(*, by: Person, at: datetime, item: Item) -> list[AuthorStep]:
    """Record that readers were told precisely why an author was blocked or a comment reported, and ask the
    policy whether that is enough.

    Raises NotAllowed, NotNow (nothing is owed), Refused.
    """
    item = locked_item(item.pk)
    seeing.check_may_moderate(by, item, on=local_day(at))
    steps = sight.owing(item)
    if not steps:
        raise NotNow(_("There is nothing left to do here."), _("Open it again to see its status."))
    for step in steps:
        facts = author_facts(item, by=by, at=at, act=str(step.how), reason=step.reason, told={})
        kept = record_decision("item.remove", facts, at=at, by=by, subject=item)
        require(kept, *step.owes)
        record("item.readers_told", subject=item, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
        AuthorStep.objects.filter(pk=step.pk).update(owes={})
    discharge(kind=TELL, subject=item, by=by, at=at, how="told")
    return steps


@action
def drop_doubtful_reports(*, at: datetime) -> int:
    """In a restored installation: have a person look after every report that may have been made since, so
    that none is made twice. Returns how many."""
    waiting = AuthorStep.objects.filter(
        how=REPORT, by_hand=False, state__in=[Intent.WRITTEN, Intent.SENT, Intent.UNKNOWN]
    )
    found = list(waiting.select_related("item__account", "by").order_by("pk"))
    for row in found:
        move(row, to=Intent.FAILED, moves=MOVES, at=at, because="restored")
        record("author_step.failed", subject=row, at=at, because="restored", item=row.item_id)
        follow_author_step(row, at=at)
    return len(found)


def _follow_done(step: AuthorStep, item: Item, *, at: datetime, actor: Person) -> None:
    discharge(kind=HAND_DUTY[AuthorStepKind(step.how)], subject=item, by=actor, at=at, how=step.how)
    if step.how == BLOCK:
        _ask_to_review(step, item, at=at)
    elif step.how == UNBLOCK:
        cancel(kind=REVIEW_BLOCK, subject=item, because="ended", at=at, by=actor)
    if step.how in (BLOCK, UNBLOCK):
        _follow_sight_of_author(step, at=at)
    if step.owes:
        clauses = tuple(dict.fromkeys(clause for owed in step.owes.values() for clause in owed))
        open_task(item, kind=TELL, at=at, person=step.by, clauses=clauses)


def _follow_sight_of_author(step: AuthorStep, *, at: datetime) -> None:
    """Have our replies to this author follow: below what a blocked person wrote no one reads them."""
    theirs = Item.every.filter(account=step.account_id, answers__state=Intent.CONFIRMED)
    same = Q(pk=step.item_id) | Q(author_id_there=step.author_id_there)
    for pk in theirs.filter(same).order_by("pk").values_list("pk", flat=True).distinct():
        follow_sight(locked_item(pk), at=at)


def _ask_to_review(block: AuthorStep, item: Item, *, at: datetime) -> None:
    due = Due.day(block.until) if block.until else Due.none_promised()
    ask_moderators(REVIEW_BLOCK, item, at=at, due=due)


def _asked(
    item: Item, how: AuthorStepKind, *, by: Person, at: datetime, because: str, warned: bool | None = None
) -> DecisionRecord:
    """Return the policy's saved answer. Raises Refused."""
    facts = author_facts(item, by=by, at=at, act=how.value, reason=because, warned=warned)
    kept = record_decision("item.remove", facts, at=at, by=by, subject=item)
    require(kept, *BEFORE)
    return kept


def _owed(kept: DecisionRecord) -> dict[str, list[str]]:
    """Return what the policy requires once it is done; a report to the network is a step of its own."""
    return {point: clauses for point, clauses in owed_after(answered(kept)).items() if point != PLATFORM}


def _wrong_reason(because: str) -> dict[str, Any]:
    return {} if because in WhyKeptBack.values else {"because": _("Choose a reason.")}


def _write(
    item: Item, how: AuthorStepKind, *, at: datetime, decision: DecisionRecord, way: Way, **fields: Any
) -> AuthorStep:
    tries = item.author_steps.count()
    row = AuthorStep.objects.create(
        item=item,
        account=item.account,
        author_id_there=sight.author_key(item),
        how=how,
        intent_key=intent_key(at=at, about=f"{item.federation_id}:author:{item.pk}:{tries}"),
        by_hand=way is Way.HAND,
        written_at=at,
        state_at=at,
        decision=decision.pk,
        **fields,
    )
    record(
        "author_step.written", subject=row, at=at, actor=row.by, clauses=decision.clauses,
        decision=decision.pk, item=item.pk, how=row.how,
    )  # fmt: skip
    if row.by_hand and not row.waits_for_another:
        _ask_by_hand(row, item, at=at)
    return row


def _ask_by_hand(step: AuthorStep, item: Item, *, at: datetime) -> None:
    open_task(item, kind=HAND_DUTY[AuthorStepKind(step.how)], at=at, person=step.by)


Connect = Callable[[Account], Network]
REASONS = {
    "spam": "spam",
    **dict.fromkeys(("hateful", "bullying", "improper"), "rude"),
    **dict.fromkeys(("child", "adult"), "violation"),
}
"""A moderator's reason -> the reason that networks are given; all others are told as "other"."""


def advance(federation_id: int, step_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one step about an author as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect, federation_id), federation_id, step_id, clock=clock)


def _spec(connect: Connect, federation_id: int) -> DeliverySpec[AuthorStep]:
    return DeliverySpec(
        load=_load,
        may_start=lambda row, _at: not row.waits_for_another,
        network_of=lambda row: row.account.network,
        event="author_step",
        connect=lambda row: connect(row.account),
        send=lambda row, network: _send(row, network, federation_id),
        wanted=lambda _row: NormalPost.of("", ()),
        removes=lambda _row: True,
        still_there=_not_answered,
        follow=lambda row, at: follow_author_step(row, at=at),
    )


def _load(step_id: int) -> AuthorStep:
    """Return the row, its comment locked first, as every action on a comment does."""
    row = seeing.author_step(step_id)
    row.item = seeing.locked_item(row.item_id)
    return row


def _send(row: AuthorStep, network: Network, federation_id: int) -> None:
    given = as_the_network_has_it(row.item)
    if row.how == AuthorStepKind.BLOCK:
        network.block(given.author, intent_key=row.intent_key, at=row.written_at)
    elif row.how == AuthorStepKind.UNBLOCK:
        network.unblock(given.author, block_key=row.ends.intent_key if row.ends else "")
    else:
        number = _report(row, given, network)
        with scope(federation_id):
            AuthorStep.objects.filter(pk=row.pk).update(number=number)
        row.number = number
    row.answered = True  # type: ignore[attr-defined]


def _report(row: AuthorStep, given: IncomingItem, network: Network) -> str:
    """Return the network's number. A report whose outcome is not known is not sent again: a person looks."""
    try:
        return network.report(given, reason=REASONS.get(row.reason, "other"))[:100]
    except NetworkError as error:
        if error.outcome_unknown:
            raise NetworkError(error.code, what_next="give_up", detail=error.detail) from error
        raise


def _not_answered(row: AuthorStep, _network: Network) -> bool:
    """Return whether the network has yet to answer: only its own answer shows that it was done. A worker that
    died may have blocked already, which is done again; a report is not."""
    if getattr(row, "answered", False):
        return False
    if row.how == AuthorStepKind.REPORT:
        raise NetworkError("no_proof", what_next="give_up")
    return True
