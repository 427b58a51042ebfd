"""What is told about a removal and heard against it: notices in the policy’s own words, and appeals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving, reason
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import discharge
from schoolgate.inbox import seeing
from schoolgate.inbox.duty_kinds import APPEAL
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import parts_of
from schoolgate.inbox.models import (
    APPEAL_MOVES,
    Answer,
    Appeal,
    AppealState,
    Item,
    KeptBack,
    NoticeWording,
    Removal,
    RemovalNotice,
    WhyKeptBack,
)
from schoolgate.inbox.moderating import AFTER, show_again
from schoolgate.inbox.removals import (
    MOST_APPEALS,
    as_written,
    clauses_of,
    hearers,
    is_done,
    moderators_of,
    removal_facts,
    removal_of,
)
from schoolgate.inbox.replying import write_answer
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.telling import looking_after, tell_leads_and
from schoolgate.networks.handshake import STANDING
from schoolgate.people.accusations import may_accuse
from schoolgate.people.models import Person
from schoolgate.people.outside import names_of, read_outside
from schoolgate.people.queries import book_for, book_of, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.queries import kept as kept_by_id

PRESCRIBED, OWN = "prescribed", "own"


@dataclass(frozen=True)
class Prescribed:
    """The notice that a clause prescribes: by language, in the policy's words or the school's adopted ones.

    `missing`: languages of the federation that neither gives. `adopted`: those that the school supplied.
    `fits`: whether the policy allows it for this reason.
    """

    clause: str
    words: dict[str, str]
    adopted: tuple[str, ...]
    missing: tuple[str, ...]
    fits: bool


def prescribed_notice(removal: Removal, *, by: Person, at: datetime) -> Prescribed | None:
    """Return the notice prescribed by the policy for this removal; None where it prescribes none."""
    federation = removal.item.account.federation
    book = book_of(federation)
    named = [one for one in kept_by_id(removal.moderation.decision).clauses if one in book.clauses]
    clause = next((one for one in named if book.clauses[one].parameters.get("removal_notice")), None)
    if clause is None:
        return None
    given = book.clauses[clause].parameters
    words = dict.fromkeys(given.get("languages_given", ["en"])[:1], str(given["removal_notice"]))
    rows = NoticeWording.objects.filter(clause=clause).exclude(language__in=list(words)).order_by("id")
    ours = {row.language: row.words for row in rows}
    missing = tuple(one for one in federation.languages if one not in words and one not in ours)
    fits = _fits(removal, by=by, at=at)
    return Prescribed(clause, words | ours, tuple(ours), missing, fits)


def _fits(removal: Removal, *, by: Person, at: datetime) -> bool:
    done = removal.moderation
    facts = removal_facts(
        removal.item, by=by, at=at, how=done.how, reason=done.reason, said={}, told={"notice": PRESCRIBED}
    )
    decision = verdict("item.remove", facts, on=local_day(at))
    return decision.points["removal_notice"] in ("permitted", "silent")


def own_notice(removal: Removal, language: str) -> str:
    """Return a first wording of our own: the reason in plain words, and the house rule quoted."""
    with translation.override(language):
        said = [
            gettext("We removed a comment here. Reason: {reason}.").format(
                reason=WhyKeptBack(removal.moderation.reason).label
            )
        ]
        if words := rule_in(removal, language):
            said.append(gettext("Our rules for comments say: “{rule}”").format(rule=words))
        return " ".join(said)


def rule_in(removal: Removal, language: str) -> str:
    """Return the words of the house rule that was chosen, in a language if it has them; empty where none."""
    words: dict[str, str] = removal.house_rule.get("words", {})
    return words.get(language) or next(iter(words.values()), "")


def why_address(item: Item) -> str:
    """Return the address of the public page that answers why a comment was removed."""
    return f"{env().public_address or ''}/{item.account.federation.slug}/why-removed"


def with_code(words: str, removal: Removal, language: str) -> str:
    """Return a notice, its words unchanged, with the line that says where to read why and how to appeal."""
    with translation.override(language):
        line = gettext("Why, and how to appeal: {address} – code {code}").format(
            address=why_address(removal.item), code=as_written(removal.code)
        )
    return f"{words}\n\n{line}"


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
    seeing.check_may_moderate(by, item, on=local_day(at))
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


LONGEST_WORDS = 3000
HEARS = frozenset({"moderate", "second_person", "oversee"})


@action
def make_appeal(*, at: datetime, item: Item, words: str, by: Person | None = None) -> Appeal:
    """Enter an appeal against the removal of a comment; another person than its moderator is asked to decide.

    `by`: the person in the office who enters it; None: the author did, on the public page. No policy names a
    time for it, so none is promised. Raises NotAllowed, BadInput (`words`), NotNow.
    """
    item = locked_item(item.pk)
    if by is not None:
        seeing.check_may_sort(by, item, on=local_day(at))
    removal = done_removal(item)
    if removal.appeals.filter(state=AppealState.OPEN).exists():
        raise NotNow(_("There is an appeal already, waiting for a decision."), _("Check here again later."))
    if removal.appeals.count() >= MOST_APPEALS:
        raise NotNow(
            _("Three appeals have been decided already."), _("Write to the school if you still disagree.")
        )
    tidy = words.replace("\r\n", "\n").strip()
    if not 0 < len(tidy) <= LONGEST_WORDS:
        raise BadInput({"words": _("Say why it should be shown, in up to 3,000 characters.")})
    row = Appeal.objects.create(
        removal=removal, words=tidy, entered_by=by, at=at, moderator=removal.moderation.by, state_at=at
    )
    federation = item.account.federation
    heard = read_outside(tidy, names=names_of(federation, on=local_day(at)), to_us=by is None)
    if not heard.meant <= set(item.meant):
        item.meant = sorted({*item.meant, *heard.meant})
        item.save(update_fields=["meant"])
    clauses = clauses_of(removal)
    record("appeal.made", subject=row, at=at, actor=by, clauses=clauses, item=item.pk)
    ask_to_decide(removal, at=at, clauses=clauses)
    if heard.lead_first or may_accuse(tidy):
        tell_leads_and([item], [], None, texts=[tidy], at=at)
    return row


def ask_to_decide(removal: Removal, *, at: datetime, clauses: list[str]) -> None:
    """Open the task for the person who looks after the account, if they may hear it, or the first who may;
    for the role that oversees where no one may."""
    item = removal.item
    may = hearers(removal, on=local_day(at))
    first = looking_after(item, at=at).first
    person = first if first in may else next(iter(may), None)
    overseeing = book_for(item.account).pack.roles_with("oversee")
    role = overseeing[0].key if person is None and overseeing else None
    if person is not None or role is not None or item.locked_at is not None:
        open_task(item, kind=APPEAL, at=at, person=person, role=role, clauses=clauses)


def check_may_hear(person: Person, removal: Removal, *, at: datetime) -> None:
    """Raise NotAllowed for the moderator, and for everyone who neither moderates, stands in nor oversees
    here; the next step names who can hear it. Of a locked one, the safeguarding leads hear it; NotFound for
    others."""
    on, item = local_day(at), removal.item
    seeing.check_finds(person, item, on=on)
    held = capacities(person, on=on, school=item.school, account=item.account)
    is_moderator = person.pk in moderators_of(removal)
    if (held & HEARS or item.locked_at is not None) and not is_moderator:
        return
    others = [one.name for one in hearers(removal, on=on)[:3]]
    raise NotAllowed(
        _("You removed this comment, so someone else must decide the appeal.")
        if is_moderator
        else _("You don’t have a role that may decide this appeal."),
        format_lazy(_("Ask {names}."), names=", ".join(others))
        if others
        else _(
            "No one else here can. Ask the person who looks after people and roles to give someone a role."
        ),
    )


@action
def decide_appeal(*, by: Person, at: datetime, item: Item, uphold: bool, reasons: str) -> Appeal:
    """Decide an appeal, with reasons that its author can read on the public page.

    Upheld, a hidden comment is shown again by the same handshake, or by hand where the program can't; a
    deleted one stays gone. Raises NotAllowed (the moderator), BadInput (`reasons`), NotNow, Refused.
    """
    item = locked_item(item.pk)
    removal = done_removal(item)
    check_may_hear(by, removal, at=at)
    row = removal.appeals.filter(state=AppealState.OPEN).first()
    if row is None:
        raise NotNow(_("No appeal is waiting here."), _("Open it again to see its status."))
    asked = _("Give your reasons, in up to 3,000 characters.")
    tidy = reason(reasons.replace("\r\n", "\n"), "reasons", longest=LONGEST_WORDS, wanted=asked)
    check_leaving(Door.APPEAL, {"reasons": tidy}, about=item, by=by, at=at, school=item.school)
    clauses = clauses_of(removal)
    back = item.kept_back == KeptBack.HIDDEN and item.gone_at is None
    reversal = show_again(item, by=by, at=at) if uphold and back else None
    to = AppealState.UPHELD if uphold else AppealState.DISMISSED
    move(
        row, to=to, moves=APPEAL_MOVES, at=at, reasons=tidy, decided_by=by, reversal=reversal,
        moderator=removal.moderation.by,
    )  # fmt: skip
    discharge(kind=APPEAL, subject=item, by=by, at=at, how=str(to))
    record(
        f"appeal.{to}",
        subject=row,
        at=at,
        actor=by,
        clauses=clauses,
        decision=reversal.decision if reversal else removal.moderation.decision,
        item=item.pk,
    )
    return row
