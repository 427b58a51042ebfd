"""A moderator shows, hides or removes a comment: the policy is asked, the intent is written, then the
network acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening_facts import check_speaks
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import is_held
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.inbox import first_read, seeing, sight
from schoolgate.inbox.duty_kinds import MODERATION_FAILED, NAME_OFF, REMOVE, SHOW_AGAIN, TAKE_DOWN, TELL
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import (
    PLATFORM,
    begin_removal,
    chosen_rule,
    end_removal,
    follow_promise,
    follow_removal,
    parts_of,
)
from schoolgate.inbox.judging import ask_to_look, ask_to_remove, check_author_first, note_judgement
from schoolgate.inbox.models import (
    FAULTS,
    AuthorStep,
    Item,
    KeptBack,
    Moderation,
    Removal,
    RemovalNotice,
    Sight,
    WhyKeptBack,
)
from schoolgate.inbox.reaching import follow_sight
from schoolgate.inbox.removals import BEFORE, HouseRule, admission_facts, removal_facts
from schoolgate.inbox.reply_facts import check_words_shown, words_shown
from schoolgate.inbox.seeing import live_moderation, locked_item, moderations_of
from schoolgate.networks import driving
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import MOVES, Intent, settled
from schoolgate.networks.intents import again_soon
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Author, IncomingItem, Network, NetworkError, Ref, intent_key
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing.sending import may_begin
from schoolgate.rulebook import Decision

AFTER = ("readers_told_why", "removal_notice")
OVERTAKEN = "overtaken"
_then: list[Callable[..., None]] = []


def then(follows: Callable[..., None]) -> None:
    """Register what follows once a comment is hidden, deleted or shown. Called once, at start-up."""
    _then.append(follows)


@action
def moderate(
    *,
    by: Person,
    at: datetime,
    item: Item,
    how: str,
    because: str = "",
    version: str = "",
    said: Mapping[str, Any] | None = None,
    house_rule: str = "",
) -> Moderation:
    """Ask the policy whether a comment may be shown, hidden or removed, and write the intent to do so.

    A stop prevents no hiding or removing. Asking for the same twice gives the same intent, to be tried at
    once; asking for something else replaces the earlier request.

    Args:
        how: one of `Sight`; because: for hiding and removing, one of `WhyKeptBack`.
        version: of the item as it was shown, for making it public.
        said: by the names of `reply_facts.REMOVAL_QUESTIONS`.
        house_rule: key of the published house rule that it breaks, where the reason is that it breaks one.

    Hiding and removing keep a copy as evidence. Raises NotAllowed, BadInput (`how`, `because`, `house_rule`),
    NotNow, Refused, WordsHeld (what is to be shown).
    """
    item = locked_item(item.pk)
    way = sight.check(by, item, how, on=local_day(at), because=because)
    if how == Sight.SHOWN:
        seeing.check_not_stopped(item, at=at)
        check_speaks(item.account, on=local_day(at))
        if version != item.version:
            raise NotNow(
                _("The author has edited this since you opened it."), _("Read it again, then decide.")
            )
        check_words_shown(item, by=by, at=at)
    standing = live_moderation(item)
    if standing is not None and (standing.how, standing.by_hand) == (how, way is Way.HAND):
        Moderation.objects.filter(pk=standing.pk, state=Intent.WRITTEN).update(not_before=None)
        return standing
    rule = None if how == Sight.SHOWN else chosen_rule(item, because=because, key=house_rule)
    kept = _asked(item, by=by, at=at, how=how, because=because, said=said or {}, rule=rule)
    check_author_first(item, by=by, at=at, how=how, because=because, said=said or {})
    begins = _overtake(standing, at=at) if standing else None
    row = _write(
        item,
        at=at,
        not_before=begins,
        how=how,
        reason="" if how == Sight.SHOWN else because,
        by=by,
        decision=kept,
        owes={} if how == Sight.SHOWN else owed_after(answered(kept)),
        by_hand=way is Way.HAND,
    )
    if how != Sight.SHOWN:
        begin_removal(row, item, rule=rule, copy=not (said or {}).get("may_show_abuse"))
        if because in FAULTS:
            relation = (said or {}).get("relation", "")
            note_judgement(item, by=by, at=at, reason=because, relation=relation, rule=rule)
    return row


def show_again(item: Item, *, by: Person, at: datetime) -> Moderation:
    """Write the intent to show a hidden comment again, because an appeal was upheld: by the program, or by
    hand where it can't. Raises NotNow, Refused."""
    first_read.check_cleared(item)
    seeing.check_not_stopped(item, at=at)
    check_speaks(item.account, on=local_day(at))
    check_words_shown(item, by=by, at=at)
    facts = admission_facts(item, by=by, at=at, overturned=True)
    kept = record_decision("comment.admit", facts, at=at, by=by, subject=item)
    require(kept)
    standing = live_moderation(item)
    begins = _overtake(standing, at=at) if standing else None
    by_hand = sight.way_to_show(item) is Way.HAND
    return _write(item, at=at, not_before=begins, how=Sight.SHOWN, by=by, decision=kept, by_hand=by_hand)


def hide_with_lock(item: Item, *, by: Person, at: datetime, may_show_abuse: bool | None) -> Moderation | None:
    """Write the intent to hide what a child tells of harm, as it is locked: with the policy's answer, the
    copy and the handshake of any other removal. Return None where there is nothing to hide, or the network
    can't. Raises Refused.

    The person may take it out of sight (`seeing.check_may_hide`, before the lock). `may_show_abuse`: as a
    person said, and then nothing is copied; None where no one did. What the policy wants of those who
    moderate is left: the safeguarding leads have it.
    """
    how, way = sight.way_to_hide(item)
    if way is None:
        return None
    said = {} if may_show_abuse is None else {"may_show_abuse": may_show_abuse}
    kept = _asked(item, by=by, at=at, how=how, because=WhyKeptBack.CHILD, said=said, rule=None)
    standing = live_moderation(item)
    begins = _overtake(standing, at=at) if standing else None
    row = _write(
        item, at=at, not_before=begins, how=how, reason=WhyKeptBack.CHILD, by=by, decision=kept,
        owes=owed_after(answered(kept)), by_hand=way is Way.HAND,
    )  # fmt: skip
    begin_removal(row, item, rule=None, copy=not may_show_abuse)
    return row


def _asked(
    item: Item,
    *,
    by: Person,
    at: datetime,
    how: str,
    because: str,
    said: Mapping[str, Any],
    rule: HouseRule | None,
) -> DecisionRecord:
    """Return the policy's saved answer. Raises Refused."""
    if how == Sight.SHOWN:
        kept = record_decision(
            "comment.admit", admission_facts(item, by=by, at=at), at=at, by=by, subject=item
        )
        require(kept)
        return kept
    number = str(rule.number) if rule else None
    facts = removal_facts(item, by=by, at=at, how=how, reason=because, said=said, rule=number)
    kept = record_decision("item.remove", facts, at=at, by=by, subject=item)
    require(kept, *BEFORE)
    return kept


def owed_after(decision: Decision) -> dict[str, list[str]]:
    """Return what the policy requires after this step: point -> clauses."""
    owed = {
        point: list(dict.fromkeys(clause for each in decision.at(point) for clause in each.clauses))
        for point in AFTER
        if decision.points[point] not in ("permitted", "silent")
    }
    reports = [
        clause for duty in decision.duties if duty.what == "platform_report" for clause in duty.clauses
    ]
    return owed | ({PLATFORM: reports} if reports else {})


def _overtake(standing: Moderation, *, at: datetime) -> datetime | None:
    """End an earlier intent for the same comment. Returns from when the new one may begin: a call that is
    under way has to have ended first."""
    begins = None
    to = Intent.CANCELLED if standing.state == Intent.WRITTEN else Intent.FAILED
    if standing.state == Intent.SENT and standing.sent_at is not None:
        begins = settled(standing.sent_at, all_capabilities()[standing.item.account.network].pace)
    move(standing, to=to, moves=MOVES, at=at, because=OVERTAKEN)
    if standing.by_hand:
        cancel(kind=(REMOVE, SHOW_AGAIN), subject=standing.item, because=OVERTAKEN, at=at)
    record(f"moderation.{to}", subject=standing, at=at, because=OVERTAKEN, item=standing.item_id)
    return begins


def _write(item: Item, *, at: datetime, decision: DecisionRecord, **fields: Any) -> Moderation:
    tries = item.moderations.count()
    row = Moderation.objects.create(
        item=item,
        item_version=item.version,
        intent_key=intent_key(at=at, about=f"{item.federation_id}:sight:{item.pk}:{tries}"),
        written_at=at,
        state_at=at,
        decision=decision.pk,
        **fields,
    )
    record(
        "moderation.written",
        subject=row,
        at=at,
        actor=row.by,
        clauses=decision.clauses,
        decision=decision.pk,
        item=item.pk,
        how=row.how,
    )
    if row.by_hand and row.how == Sight.SHOWN:
        open_task(item, kind=SHOW_AGAIN, at=at, person=row.by)
    elif row.by_hand:
        ask_to_remove(item, at=at)
    return row


@action
def moderation_done_by_hand(*, by: Person, at: datetime, moderation: Moderation) -> Moderation:
    """Record that a person did it on the network's own pages; a second person is asked to check.

    Raises NotAllowed; NotNow if the program does it, or it is done.
    """
    item = locked_item(moderation.item_id)
    if moderation.how != Sight.SHOWN:
        seeing.check_may_hide(by, item, on=local_day(at))
    elif moderation.by_id != by.pk:
        seeing.check_may_moderate(by, item, on=local_day(at))
    if not moderation.by_hand:
        raise NotNow(_("Schoolgate does this automatically."), _("Open it again to see its status."))
    move(moderation, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=moderation.attempts + 1)
    move(moderation, to=Intent.CONFIRMED, moves=MOVES, at=at, because="by_hand")
    record("moderation.confirmed", subject=moderation, at=at, actor=by, because="by_hand", item=item.pk)
    _follow_done(moderation, item, at=at, actor=by)
    if moderation.how != Sight.SHOWN:
        ask_to_look(item, by=by, at=at, how=moderation.how)
    return moderation


def follow_moderation(moderation: Moderation, *, at: datetime) -> None:
    """Apply a new state of an intent to the comment, and tell the people concerned."""
    item = locked_item(moderation.item_id)
    if moderation.state == Intent.CONFIRMED:
        _follow_done(moderation, item, at=at, actor=moderation.by)
    elif moderation.state in (Intent.FAILED, Intent.ASKED):
        _follow_failed(moderation, item, at=at)


def _follow_done(moderation: Moderation, item: Item, *, at: datetime, actor: Person) -> None:
    """Record that the comment is as requested; the decision and its clauses are in the record with it."""
    said: dict[str, Any] = {
        "subject": item,
        "at": at,
        "actor": actor,
        "clauses": _clauses(moderation),
        "decision": moderation.decision,
    }
    discharge(kind=MODERATION_FAILED, subject=item, by=actor, at=at, how=moderation.how)
    if moderation.how == Sight.SHOWN:
        cancel(kind=TELL, subject=item, because="shown", at=at)
        discharge(kind=(NAME_OFF, SHOW_AGAIN), subject=item, by=actor, at=at, how=moderation.how)
        end_removal(item, at=at)
        _now(item, at=at, released=True, kept_back="")
        record("item.released", **said)
        _follow_then(moderation, item, at=at, actor=actor)
        return
    gone = {"gone_at": at} if moderation.how == KeptBack.REMOVED and item.gone_at is None else {}
    _now(item, at=at, kept_back=moderation.how, **gone)
    record("item.kept_back", how=moderation.how, because=moderation.reason, **said)
    discharge(kind=(NAME_OFF, REMOVE, TAKE_DOWN), subject=item, by=actor, at=at, how=moderation.how)
    if moderation.owes:
        clauses = tuple(dict.fromkeys(clause for owed in moderation.owes.values() for clause in owed))
        open_task(item, kind=TELL, at=at, person=moderation.by, clauses=clauses)
    _follow_then(moderation, item, at=at, actor=actor)


def _follow_then(moderation: Moderation, item: Item, *, at: datetime, actor: Person) -> None:
    for each in _then:
        each(moderation, item, at=at, by=actor)


def _now(item: Item, *, at: datetime, **sight: Any) -> None:
    """Write who can read it now; its replies follow."""
    Item.every.filter(pk=item.pk).update(**sight)
    item.refresh_from_db(fields=[*sight, "state", "version"])
    follow_sight(item, at=at)


def _follow_failed(moderation: Moderation, item: Item, *, at: datetime) -> None:
    """Ask a person to hide what the program could not; what could not be shown waits for its moderator."""
    if moderation.state == Intent.ASKED:
        move(moderation, to=Intent.FAILED, moves=MOVES, at=at)
    if moderation.how == Sight.SHOWN:
        open_task(item, kind=MODERATION_FAILED, at=at, person=moderation.by)
        return
    again = _write(
        item,
        at=at,
        decision=DecisionRecord.objects.get(pk=moderation.decision),
        how=moderation.how,
        reason=moderation.reason,
        by=moderation.by,
        owes=moderation.owes,
        by_hand=True,
    )
    follow_removal(moderation, again)


def _clauses(moderation: Moderation) -> list[str]:
    return list(DecisionRecord.objects.get(pk=moderation.decision).clauses)


@action
def finish_removal(
    *,
    by: Person,
    at: datetime,
    item: Item,
    notice: str = "",
    number: str = "",
    says: Sequence[str] | None = None,
) -> Moderation:
    """Record that readers were told why a comment was removed, and ask the policy whether that is enough.

    `notice`: "prescribed" or "own", whose words it was; `says`: which parts our own has. `number`: under
    which it was reported to the network. Raises NotAllowed, BadInput, NotNow, Refused.
    """
    item = locked_item(item.pk)
    seeing.check_may_hide(by, item, on=local_day(at))
    first_read.check(item)
    done = unfinished_removal(item)
    if done is None:
        raise NotNow(
            _("There is nothing left to do after deleting a comment here."),
            _("Open it again to see its status."),
        )
    wrong = {}
    if "removal_notice" in done.owes and notice not in ("prescribed", "own"):
        wrong["notice"] = _("Choose whose wording you used.")
    if PLATFORM in done.owes and not 0 < len(number.strip()) <= 100:
        wrong["number"] = _("Enter the reference number of your report to the network.")
    if wrong:
        raise BadInput(wrong)
    facts = removal_facts(
        item,
        by=by,
        at=at,
        how=done.how,
        reason=done.reason,
        said={},
        told={"notice": notice or "none", "says": parts_of(notice, says), "number": number.strip()},
    )
    kept = record_decision("item.remove", facts, at=at, by=by, subject=item)
    require(kept, *done.owes)
    discharge(kind=TELL, subject=item, by=by, at=at, how="told")
    Moderation.objects.filter(pk=done.pk).update(owes={})
    AuthorStep.objects.filter(item=item).exclude(owes={}).update(owes={})
    for removal in Removal.objects.filter(moderation=done):
        RemovalNotice.objects.create(
            removal=removal,
            wording=notice or "own",
            says=parts_of(notice, says),
            decision=kept.pk,
            by=by,
            at=at,
            told_at=at,
        )
    follow_promise(item, by=by, at=at)
    record("item.readers_told", subject=item, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return done


def unfinished_removal(item: Item) -> Moderation | None:
    """Return the removal after which the policy still requires something."""
    done = next((one for one in moderations_of(item) if one.state == Intent.CONFIRMED), None)
    return done if done is not None and done.owes else None


@action
def drop_doubtful_showings(*, at: datetime) -> int:
    """In a restored installation: end every intent to show a comment, because it may have been hidden since.
    Hiding and removing continue. Returns how many."""
    waiting = Moderation.objects.filter(
        how=Sight.SHOWN, state__in=[Intent.WRITTEN, Intent.SENT, Intent.UNKNOWN]
    )
    for row in (found := list(waiting.select_related("item").order_by("pk"))):
        move(row, to=Intent.FAILED, moves=MOVES, at=at, because="restored")
        record("moderation.failed", subject=row, at=at, because="restored", item=row.item_id)
        follow_moderation(row, at=at)
    return len(found)


Connect = Callable[[Account], Network]


def advance(federation_id: int, moderation_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one step of a moderator as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, moderation_id, clock=clock)


def _spec(connect: Connect) -> DeliverySpec[Moderation]:
    return DeliverySpec(
        load=_load,
        may_start=_may_start,
        network_of=lambda row: row.item.account.network,
        event="moderation",
        connect=lambda row: connect(row.item.account),
        send=_send,
        wanted=lambda _: NormalPost.of("", ()),
        removes=lambda _: True,
        still_there=_not_yet,
        follow=_follow,
    )


def _follow(row: Moderation, at: datetime) -> None:
    again_soon(row, task="moderating.advance", name="moderation_id", account_id=row.item.account_id)
    follow_moderation(row, at=at)


def _load(moderation_id: int) -> Moderation:
    """Return the row, its comment locked first, as every action on a comment does."""
    row = seeing.moderation(moderation_id)
    row.item = seeing.locked_item(row.item_id)
    return row


def _may_start(row: Moderation, at: datetime) -> bool:
    """Allow every hiding of a comment. Showing one follows the rules for sending a post, and needs the
    version that was read."""
    item = row.item
    return row.how != Sight.SHOWN or may_begin(
        row,
        account_id=item.account_id,
        school_id=item.school_id,
        at=at,
        event="moderation",
        follow=lambda failed, instant: follow_moderation(failed, at=instant),
        outdated="changed" if item.version != row.item_version else _words_held(item, at),
        item=item.pk,
    )


def _words_held(item: Item, at: datetime) -> str:
    """Return the code for a comment that waits to be shown while a name in it is to be answered."""
    held = is_held(Door.COMMENT, words_shown(item), about=item, at=at, network=item.account.network)
    return "words_held" if held else ""


def _send(row: Moderation, network: Network) -> None:
    given = as_the_network_has_it(row.item)
    if row.how == Sight.SHOWN:
        network.release(given)
        return
    try:
        (network.hide if row.how == Sight.HIDDEN else network.remove)(given)
    except NetworkError as error:
        if error.code != "not_found":  # what is no longer there needs no hiding
            raise


def _not_yet(row: Moderation, network: Network) -> bool:
    """Return whether the network does not show the comment in the requested state yet."""
    item = row.item
    below = network.replies(Ref.from_json(item.root)) if item.root else []
    there = next((each for each in below if each.ref.id == item.network_id), None)
    if row.how == Sight.SHOWN:
        return there is None or there.hidden or not there.released
    return there is not None and (row.how == Sight.REMOVED or not there.hidden)


def as_the_network_has_it(item: Item) -> IncomingItem:
    """Return the item as the port takes it."""
    return IncomingItem(
        network=item.account.network,
        ref=item.where,
        author=Author(item.author_id_there, item.author_handle, item.author_name),
        text=item.versions.all()[item.versions_seen - 1].text,
        created_at=item.received_at,
        root=item.root["id"] if item.root else "",
        attachments=(),
        visibility="private" if item.private else "public",
    )
