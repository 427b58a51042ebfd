"""What people found a comment to be, its kind, by when a reply is due then, and what is written with its
removal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast, get_args

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.opening_facts import standing
from schoolgate.accounts.sites import NO_TIME, care_of, hosting
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties
from schoolgate.duties.models import Due
from schoolgate.inbox import seeing
from schoolgate.inbox.duty_kinds import ANSWER, APPEAL, READ_AGAIN, TELL
from schoolgate.inbox.first_read import Looking
from schoolgate.inbox.models import (
    APPEAL_MOVES,
    GRAVE,
    ITEM_MOVES,
    OFFENSIVE,
    SAYABLE,
    AbuseReport,
    Appeal,
    AppealState,
    AuthorStep,
    AuthorStepKind,
    DueWords,
    Evidence,
    Item,
    ItemState,
    Judgement,
    Moderation,
    Removal,
    RemovalNotice,
    Sight,
    WhyKeptBack,
    WriterStepKind,
)
from schoolgate.inbox.removals import (
    HouseRule,
    content_of,
    digest_of,
    friend_of,
    house_rules,
    judged_as,
    new_code,
)
from schoolgate.inbox.reply_facts import received_facts
from schoolgate.inbox.telling import looking_after
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, verdict
from schoolgate.policy.choices import calendar_of, chosen_times, working_day_choice
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import Decision
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.situations.contacts import Asked, ParentApproach, Referral
from schoolgate.rulebook.situations.incidents import IncidentConclude
from schoolgate.rulebook.situations.items import (
    ItemLook,
    ItemReceived,
    Judged,
    NoticePart,
    SeenBy,
    Suspicion,
    Taken,
)

IMPROPER = frozenset({*OFFENSIVE, WhyKeptBack.CHILD, WhyKeptBack.ADULT, WhyKeptBack.DEFAMATORY})
PROMISE = "promise to respond"
_SUSPECTED: Mapping[str, Suspicion] = {
    WhyKeptBack.HATEFUL: "slur",
    WhyKeptBack.BULLYING: "bullying",
    WhyKeptBack.PERSONAL: "personal_details",
    **dict.fromkeys((WhyKeptBack.CHILD, WhyKeptBack.ADULT, WhyKeptBack.IMPROPER), "inappropriate"),
}
_FOUND: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(OFFENSIVE, ("offensive",)),
    WhyKeptBack.DEFAMATORY: ("defamatory", "libellous"),
}
"""What a policy calls it. In law, what is defamatory in writing is libel."""
ALSO: Mapping[str, str] = {
    "named": "writer_named",
    "rude": "found_rude",
    "abusive": "abusive",
    "friend": "from_friend",
}
"""What else a person states about a comment -> the fact by whose rule a policy asks it."""


def judgement_of(item: Item) -> Judgement | None:
    """Return what was last found about the current text; None where no one has judged this version."""
    last = next(iter(_judgements(item)), None)
    return last if last is not None and last.item_version == item.version else None


def relation_of(item: Item) -> str:
    """Return what its author is to the school, as last stated, of any version; empty where no one has."""
    return next((one.relation for one in _judgements(item) if one.relation), "")


def _judgements(item: Item) -> list[Judgement]:
    return read_once(
        ("inbox.judgements", item.pk),
        lambda: list(Judgement.objects.filter(item=item).select_related("by").order_by("-id")),
    )


def with_judgement(facts: ItemReceived, item: Item) -> ItemReceived:
    """Return the facts of an arrival with what is known by now: what people found it to be, who wrote it,
    and whether a notice promised its author an answer."""
    return facts.model_copy(update={**_found(item), "answer_promised": promised(item)})


def _found(item: Item) -> dict[str, Any]:
    last, relation = judgement_of(item), relation_of(item)
    known: dict[str, Any] = {"from_relation": relation or None}
    if last is None:
        return known
    improper = last.reason in IMPROPER
    settled = improper or last.reason in ("", WhyKeptBack.SPAM)
    return known | {
        "improper": improper if settled else None,
        "improper_since": last.at if improper else None,
        "found_to_be": _FOUND.get(last.reason, ()),
        "contains_personal_details": last.reason == WhyKeptBack.PERSONAL,
    }


def promised(item: Item) -> bool:
    """Return whether a notice that readers have seen promised the author of this comment a reply: the
    policy's own wording does, ours where its sender said so."""
    rows = RemovalNotice.objects.filter(removal__item=item).exclude(told_at=None)
    return any(row.wording == "prescribed" or PROMISE in (row.says or ()) for row in rows)


def look_facts(item: Item, last: Judgement, *, at: datetime) -> ItemLook:
    """Return the facts of looking at a comment, from what a person found it to be."""
    by, relation = person_key(last.by_id), relation_of(item)
    rude = Judged(what="rude", by=by, at=last.at, of_this_version=True)
    return ItemLook(
        now=at,
        writer=PersonFact(key="author", relation=cast("Any", relation)) if relation else None,
        writer_named=last.named,
        account_is_official=True,
        hosting=hosting(item.account),
        for_pupils=standing(item.account, book_in_scope()).get("made_for_pupils"),
        received_at=item.received_at,
        stands=item.released and not item.kept_back and item.gone_at is None,
        suspected=_suspected(last),
        abusive=_abusive(last),
        from_friend=friend_of(item),
        seen=(SeenBy(by=by, at=last.at),),
        taken=tuple(_taken(item, last)),
        judged=(
            *judged_as(last.reason, last.house_rule or None, by=by, at=last.at),
            *((rude,) if last.rude else ()),
        ),
        reported=last.reported_at is not None,
        reported_at=last.reported_at,
        **_plan(item),
        choices=chosen_times(on=local_day(at)),
        calendar=calendar_of(item.school, local_day(item.received_at)),
    )


def _suspected(last: Judgement) -> tuple[Suspicion, ...]:
    """Return what a comment was taken for. Of rudeness only what a person said: words that rank a comment
    decide nothing."""
    found = (_SUSPECTED[last.reason],) if last.reason in _SUSPECTED else ()
    return found if last.rude is None else (*found, "rude")


def _abusive(last: Judgement) -> bool | None:
    """Return whether the conversation has become abusive: as a person said, and what is grossly offensive is,
    unless they said no."""
    if last.abusive is not None:
        return last.abusive
    return True if last.reason == WhyKeptBack.HATEFUL else None if last.reason in OFFENSIVE else False


def asked_also() -> list[str]:
    """Return which of `ALSO` the rules of the policy in force give a reason to ask."""
    read = facts_read(book_in_scope(), "item.look")
    return [name for name, fact in ALSO.items() if fact in read]


def asked_about_rudeness() -> frozenset[str]:
    """Return the relations of authors whose comments the policy in force wants judged as rude or not."""
    rules = book_in_scope().at("item.look", "rudeness")
    return frozenset({"staff", "governor", "volunteer"}) if rules else frozenset()


def _plan(item: Item) -> dict[str, Any]:
    """Return within how many hours the site's own plan has its team step in, or that it gives no time."""
    care = care_of(item.account)
    said = care.suits.get("plan_hours") if care else None
    hours = int(said) if said and said != NO_TIME else None
    return {"plan_hours": hours, "plan_names_no_time": said == NO_TIME}


def _taken(item: Item, last: Judgement) -> Iterable[Taken]:
    """Return the steps that were taken about it: on the comment, about its author, or none with a reason."""
    for row in Moderation.objects.filter(item=item, state=Intent.CONFIRMED).exclude(how=Sight.SHOWN):
        what = "delete" if row.how == Sight.REMOVED else "hide"
        yield Taken(what=cast("Any", what), by=person_key(row.by_id), at=row.state_at)
    steps = AuthorStep.objects.filter(item=item, state=Intent.CONFIRMED).exclude(how=AuthorStepKind.UNBLOCK)
    for step in steps:
        yield Taken(what=cast("Any", str(step.how)), by=person_key(step.by_id), at=step.state_at)
    if not last.reason or item.state == ItemState.CLOSED:
        yield Taken(what="no_action_because", by=person_key(last.by_id), at=last.at)


def approach_facts(
    item: Item, *, reason: str, relation: str, by: str, at: datetime, referral: bool | None = None
) -> ParentApproach:
    """Return the facts of dealing with a parent's words: what they were asked, offered and sent, and when."""
    rows = list(item.writer_steps.order_by("id"))
    school = item.school.name if item.school else None
    sent = [row for row in rows if row.what == WriterStepKind.REFERRED]

    def asked(what: str) -> tuple[Asked, ...]:
        return tuple(Asked(on=row.on, outcome=row.words or None) for row in rows if row.what == what)

    return ParentApproach(
        now=at,
        writer_relation=cast("Any", relation or None),
        offensive_or_unfitting=Attested(answer=reason in IMPROPER, by=by, at=at, of_this_version=True),
        on_official_account=True,
        school=school,
        asked=asked(WriterStepKind.ASKED),
        invited=asked(WriterStepKind.INVITED),
        referral_needed=True if sent else referral,
        referrals=tuple(Referral(on=row.on, version=row.words or None, procedure_of=school) for row in sent),
    )


def approach(item: Item, *, reason: str, relation: str, by: str, at: datetime) -> Decision:
    """Return what the policy in force says about talking to the author. Advice: not saved."""
    facts = approach_facts(item, reason=reason, relation=relation, by=by, at=at)
    return verdict("parent.approach", facts, on=local_day(at))


def asks_first(item: Item, *, how: str, reason: str, relation: str, by: str, at: datetime) -> Decision | None:
    """Return the policy's decision where it wants the author asked before their comment is deleted; None
    where it doesn't, where they were asked, and for what is never left up meanwhile."""
    if how != Sight.REMOVED or reason in GRAVE or relation != "parent":
        return None
    decision = approach(item, reason=reason, relation=relation, by=by, at=at)
    return None if decision.points["asked_to_take_down"] in GOES_AHEAD else decision


def under_behaviour_policy(*, at: datetime) -> tuple[str, ...]:
    """Return the clauses by which a pupil's offensive words go to the behaviour policy; none where the policy
    in force has no such rule."""
    facts = IncidentConclude(now=at, subject=PersonFact(key="author", relation="pupil"), routes=())
    decision = verdict("incident.conclude", facts, on=local_day(at))
    if decision.points["behaviour_policy"] in GOES_AHEAD:
        return ()
    return clauses_of(decision.at("behaviour_policy"))


def clauses_of(found: Iterable[Finding]) -> tuple[str, ...]:
    """Return the clauses of these findings, each once."""
    return tuple(dict.fromkeys(clause for one in found for clause in one.clauses))


def unread_report(item: Item) -> AbuseReport | None:
    """Return the report of this comment that no one of its roles has read yet."""
    return AbuseReport.objects.filter(item=item, read_at=None).first()


def is_reported(item: Item) -> bool:
    """Return whether the current text was reported already, or an earlier report still waits."""
    rows = AbuseReport.objects.filter(item=item)
    return rows.filter(Q(read_at=None) | Q(judgement__item_version=item.version)).exists()


def last_report(item: Item) -> AbuseReport | None:
    """Return the latest report of this comment to the roles that the policy names."""
    return AbuseReport.objects.filter(item=item).select_related("read_by").order_by("-id").first()


def due_of(decision: Decision) -> tuple[DueWords, datetime | None, date | None]:
    """Return the policy's decision on the reply's deadline: the earliest that it names, that it names none,
    or why there is none."""
    owed = [duty.due for duty in decision.duties if duty.what in ("reply", "response", "promised_answer")]
    instants = [due.instant for due in owed if due.instant]
    days = [due.day for due in owed if due.day]
    if instants:
        return DueWords.INSTANT, min(instants), None
    if days:
        return DueWords.DAY, None, min(days)
    if decision.points["reply_due"] not in ("silent", "permitted"):
        return DueWords.NOT_KNOWN, None, None
    return (DueWords.NONE_PROMISED if owed else DueWords.NO_RULE), None, None


def duty_to_answer(row: Item, kept: DecisionRecord, looking: Looking) -> Opened:
    """Return who must answer, and by when, from the item's own columns."""
    if row.due_at:
        due = Due.at(row.due_at)
    elif row.due_day:
        due = Due.day(row.due_day)
    else:
        due = Due.none_promised()
    return Opened(
        kind=ANSWER,
        subject=row,
        due=due,
        school=row.school,
        account=row.account_id,
        clauses=tuple(kept.clauses),
        decision=kept,
        **looking.asked(),
    )


def open_again(row: Item, *, at: datetime) -> None:
    """Reopen an answered or closed item, because its author changed it. Of one that is locked no one is told:
    the safeguarding leads have it."""
    move(row, to=ItemState.OPEN, moves=ITEM_MOVES, at=at, close_reason="")
    if row.locked_at is not None:
        return
    looking = looking_after(row, at=at)
    again = Opened(
        kind=READ_AGAIN,
        subject=row,
        due=Due.none_promised(),
        school=row.school,
        account=row.account_id,
        **looking.asked(),
    )
    open_duties(at=at, wanted=[again])


@action
def set_kind(*, by: Person, at: datetime, item: Item, kind: str) -> Item:
    """Set its kind, one of `SAYABLE`, and ask the policy in force again for the reply's deadline.

    If its answer is a different one, the task to reply is opened again, for the person who looks after the
    account now. A private message stays private. Raises NotAllowed, BadInput, NotNow (answered or closed
    already).
    """
    seeing.check_may_sort(by, item, on=local_day(at))
    if kind not in SAYABLE:
        raise BadInput({"kind": _("Choose a type.")})
    if item.state not in (ItemState.OPEN, ItemState.ANSWERING):
        raise NotNow(_("This comment has been dealt with."), _("It will reopen if its author edits it."))
    if kind == item.kind:
        return item
    item.private = item.private or item.kind == "message"
    item.kind = kind
    kept = judge_again(item, by=by, at=at, changed=["kind", "private"])
    record("item.kind_set", subject=item, at=at, actor=by, clauses=kept.clauses, decision=kept.pk, kind=kind)
    return item


def judge_again(item: Item, *, by: Person, at: datetime, changed: list[str]) -> DecisionRecord:
    """Ask the policy again about an item of which more is known now, and set its deadline; return the answer.

    `changed`: the fields that were set and are saved with it. If the deadline is a different one, the task to
    reply is opened again."""
    before = (item.due_words, item.due_at, item.due_day)
    kept = ask_again(item, by=by, at=at)
    item.due_words, item.due_at, item.due_day = due_of(answered(kept))
    item.decision = kept.pk
    item.save(update_fields=[*changed, "due_words", "due_at", "due_day", "decision"])
    if before != (item.due_words, item.due_at, item.due_day):
        _owed_anew(item, kept, by=by, at=at)
    return kept


def ask_again(item: Item, *, by: Person, at: datetime) -> DecisionRecord:
    """Return the policy's answer for the moment at which it came in, with what is known by now."""
    school = item.school
    facts = received_facts(
        item,
        calendar=calendar_of(school, local_day(item.received_at)),
        working_day=working_day_choice(on=local_day(item.received_at)),
    )
    facts = with_judgement(facts, item)
    return record_decision("item.received", facts, at=at, by=by, subject=item)


def _owed_anew(item: Item, kept: DecisionRecord, *, by: Person, at: datetime) -> None:
    if cancel(kind=ANSWER, subject=item, because="kind_set", at=at, by=by):
        looking = looking_after(item, at=at)
        open_duties(at=at, wanted=[duty_to_answer(item, kept, looking)])


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
