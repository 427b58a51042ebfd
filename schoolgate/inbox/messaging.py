"""Messages from official accounts to groups: the policy is asked first, then a person sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Literal, cast

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.accounts.opening_facts import check_speaks, standing
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving, wrong_reason
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import person_key
from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.models import GroupMessage, MessagePurpose, Relation, ResponseProcess
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.people.rules import check_capacity
from schoolgate.policy.advising import channel_leaves
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.rules import stopped
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.contacts import MessageSend


def messages_for(person: Person, *, on: date, limit: int, pk: int | None = None) -> list[GroupMessage]:
    """Return the latest messages from accounts whose items this person may read, newest first, without those
    that were destroyed; only `pk` where it is given. Two queries."""
    places = reach_of(person, on=on).places()
    if not places:
        return []
    rows = GroupMessage.objects.filter(reduce(or_, places), destroyed_at=None)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return list(rows.select_related("account__school", "school", "by").order_by("-id")[:limit])


def process_in_force() -> ResponseProcess | None:
    """Return the adopted process for replying to what others write elsewhere; None where there is none."""
    return ResponseProcess.objects.select_related("by").order_by("-id").first()


LONGEST, LONGEST_NOTE, LONGEST_GROUP, MOST_PEOPLE = 5000, 1000, 120, 100_000
FEWEST_PUPILS = 4
"""Pupils that a private message goes to at least. Two or three are as alone with an adult as one is: who
wants to reach one child names a friend with them. House rule; no policy says how many are a group."""
ALONE = _("Schoolgate’s own rule: no official account writes to one pupil alone in private.")
FEW = _("Schoolgate’s own rule: no official account writes to fewer than four pupils in private.")
_GROWN_UP = lazy_pattern(
    r"\b(?:parents?|carers?|famil(?:y|ies)|mums?|dads?|mothers?|fathers?|guardians?|governors?|staff|teachers?"
    r"|colleagues?|volunteers?|PTA|committee|office|department|TAs?|assistants?|leadership|grandparents?"
    r"|neighbours?|rh?ieni|teulu\w*|gofalwyr|mamau|tadau|llywodraethwyr|athrawon|gwirfoddolwyr|staff|pwyllgor"
    r"|swyddfa|adran|cynorthwywyr|cymdogion|neiniau|teidiau)\b",
    re.IGNORECASE,
)
"""How groups of grown-ups are called."""
PROFILES: dict[str, Literal["corporate"]] = {"school": "corporate"}
"""Which kinds of account are one of the profiles that a policy names; of others that isn't known."""


@dataclass(frozen=True)
class Written:
    """What a person says about a message. `reason`: why it is appropriate; `implications`: what it may lead
    to."""

    to: str
    group: str
    people: int
    purpose: str
    text: str
    public: bool = False
    reason: str = ""
    implications: str = ""


@action
def write_message(*, by: Person, at: datetime, account: Account, written: Written) -> GroupMessage:
    """Ask the policy whether this message may go out from this account; keep it, for a person to send.

    What the policy refuses is not kept; its decision is. Raises NotAllowed, BadInput (by field), NotNow (the
    account isn't open; posting is stopped; to few pupils in private), Refused.
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if account.state != AccountState.OPEN:
        raise NotNow(_("This account isn’t open."), _("Choose another account."))
    if stopped(account.school_id, at=at):
        raise NotNow(_("Posting is stopped here, so nothing can start."), _("Wait until the stop is lifted."))
    check_speaks(account, on=local_day(at))
    _check(written)
    check_leaving(
        Door.MESSAGE, {"text": written.text, "group": written.group}, about=account, by=by, at=at,
        network=account.network, school=account.school,
    )  # fmt: skip
    kept = record_decision(
        "message.send", message_facts(account, written, by=by, at=at), at=at, by=by, subject=account
    )
    require(kept)
    if may_be_pupils(written) and written.people < FEWEST_PUPILS and not written.public:
        raise NotNow(FEW, _("Write to the pupils’ parents, or to the whole group."))
    row = GroupMessage.objects.create(
        account=account,
        school=account.school,
        to=written.to,
        group=written.group.strip(),
        people=written.people,
        public=written.public,
        purpose=written.purpose,
        reason=written.reason.strip(),
        implications=written.implications.strip(),
        text=written.text.strip(),
        decision=kept.pk,
        by=by,
        at=at,
    )
    record("message.written", subject=row, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return row


def may_be_pupils(written: Written) -> bool:
    """Return whether a message may go to pupils, whatever was chosen: to no one in particular, or to a group
    that isn't called as grown-ups are. No list says how a child may be called."""
    return written.to in (Relation.PUPIL, Relation.OTHER) or not _GROWN_UP.search(written.group)


OF_GROUPS = frozenset({"telegram", "whatsapp"})
"""Networks where what goes to several people goes to a group that they are in."""


def message_facts(account: Account, written: Written, *, by: Person, at: datetime) -> MessageSend:
    """Return the facts of a message from an official account. A single person is a group of one."""
    on = local_day(at)
    notes = {"appropriateness_reason": written.reason, "implications_note": written.implications}
    return MessageSend(
        now=at,
        by=known.Person(
            key=person_key(by.pk),
            relation=cast("Any", by.relation),
            roles=tuple(roles_of(by, on=on, school=account.school, account=account)),
        ),
        way="social",
        from_account="official",
        approved_account=account.state == AccountState.OPEN,
        profile=PROFILES.get(account.kind),
        pupil_site=standing(account, book_in_scope()).get("made_for_pupils"),
        to_relation=cast("Any", written.to),
        pupils=written.people if written.to == Relation.PUPIL else 0,
        in_public=written.public,
        in_group=account.network in OF_GROUPS and written.people > 1,
        purpose=cast("Any", written.purpose),
        notes=tuple(cast("Any", name) for name, words in notes.items() if words.strip()),
        channel_leaves=channel_leaves(by, on=on),
    )


def _check(written: Written) -> None:
    wrong: dict[str, Any] = {}
    if written.to not in Relation.values:
        wrong["to"] = _("Choose who it goes to.")
    if not 0 < len(written.group.strip()) <= LONGEST_GROUP:
        wrong["group"] = _("Name the group, such as Year 9 maths, in up to 120 characters.")
    if not 1 <= written.people <= MOST_PEOPLE:
        wrong["people"] = _("Enter how many people it goes to.")
    if written.purpose not in MessagePurpose.values:
        wrong["purpose"] = _("Choose what it is about.")
    if not 0 < len(written.text.strip()) <= LONGEST:
        wrong["text"] = _("Write the message, in up to 5,000 characters.")
    for name in ("reason", "implications"):
        if len(getattr(written, name).strip()) > LONGEST_NOTE:
            wrong[name] = _("Use up to 1,000 characters.")
    if written.reason.strip() and (told := wrong_reason(written.reason, longest=LONGEST_NOTE)):
        wrong["reason"] = told
    if wrong:
        raise BadInput(wrong)


@action
def adopt_process(*, by: Person, at: datetime, words: str) -> ResponseProcess:
    """Adopt how the federation answers what others write elsewhere; only the policy's owner can. Raises
    NotAllowed, BadInput (`words`)."""
    check_capacity(by, "own_policy", on=local_day(at))
    if not 0 < len(words.strip()) <= LONGEST:
        raise BadInput({"words": _("Write the process, in up to 5,000 characters.")})
    row = ResponseProcess.objects.create(words=words.strip(), by=by, at=at)
    record("process.adopted", subject=row, at=at, actor=by)
    return row


@action
def message_sent(*, by: Person, at: datetime, message: GroupMessage) -> GroupMessage:
    """Record that a person sent it on the network's own pages. Raises NotAllowed, NotNow (sent already)."""
    check_capacity(by, "answer", on=local_day(at), school=message.school, account=message.account)
    if GroupMessage.objects.filter(pk=message.pk, sent_at=None).update(sent_at=at) != 1:
        raise done_before(
            message,
            _("This message has already been sent."),
            _("Open the list again to see it."),
            sent_at__isnull=False,
        )
    message.sent_at = at
    record("message.sent", subject=message, at=at, actor=by, decision=message.decision)
    return message
