"""What the policy is told of an item and of a reply to it: the facts, the questions only a person
settles, the permissions."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, cast

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.leaving import Leaving, check_words, is_held
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.inbox import seeing
from schoolgate.inbox.beside import known
from schoolgate.inbox.models import Answer, Item, ItemKind, ItemState, ResponseProcess
from schoolgate.inbox.seeing import may_see
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import permissions_about, permissions_for, roles_of
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Lacking, Permit, Place, ask_permission, declare, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.planning import told_of
from schoolgate.publishing.questions import Question
from schoolgate.rulebook import Decision
from schoolgate.rulebook.facts import Attested, Given, Permission
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations.items import ItemAnswer, ItemReceived, WorkingDayChoice
from schoolgate.rulebook.working_time import Calendar
from schoolgate.triage.lanes import IN_NAME, Lane

RELATIONS = (
    ("parent", _("A parent or carer")),
    ("pupil", _("A pupil")),
    ("staff", _("A colleague")),
    ("governor", _("A governor")),
    ("volunteer", _("A volunteer")),
    ("other", _("Someone else, or you don’t know")),
)

QUESTIONS: Mapping[str, Question] = {
    "to_relation": Question(_("Who wrote it?"), "choice", options=RELATIONS),
    "from_press": Question(_("Is it from the press?")),
    "asks_for_comment": Question(_("Does it ask for a comment to be published?")),
    "about_posts": Question(_("Is a journalist asking about posts?")),
    "media_policy_steps": Question(_("Have the steps in the media policy been followed?"), "attested"),
    "to_offensive": Question(_("Is the comment you’re replying to offensive?")),
    "about_school": Question(_("Is it about school matters?")),
    "in_doubt": Question(_("Are you unsure about your reply?")),
    "commits": Question(_("Does your reply promise anything in the school’s name?")),
}
"""By the fact's name. A page asks those that the policy in force needs."""

ASKED = frozenset(QUESTIONS) - {"to_relation", "media_policy_steps"}
"""The questions answered by yes, no or not stated."""

REMOVAL_QUESTIONS: Mapping[str, Question] = {
    "may_show_abuse": Question(_("Could it show the abuse of a child?")),
    "harmful": Question(_("Could someone come to harm because of it?")),
    "relation": Question(_("Who wrote it?"), "choice", options=RELATIONS),
    "without_asking": Question(_("Delete it before asking its author to?")),
}
"""Questions that only the moderator can answer about a comment to be removed: by the fact's name of
`item.remove`; who wrote it; and which comes first where the policy has its author asked."""


def channel_of(item: Item) -> Literal["public", "private"]:
    """Return whether others can read it, and so the answer below it."""
    return "private" if item.private or item.kind == "message" else "public"


def told_kind(item: Item) -> Any:
    """Return its kind in the policies' words: they have none for a review, which anyone can read and answer
    like a comment."""
    return "comment" if item.kind == ItemKind.REVIEW else item.kind


def received_facts(
    item: Item, *, calendar: Calendar | None, working_day: WorkingDayChoice | None
) -> ItemReceived:
    """Return the facts of an item at the moment it came in, before anyone has read it."""
    return ItemReceived(
        now=item.received_at,
        received_at=item.received_at,
        kind=told_kind(item),
        channel=channel_of(item),
        network=item.account.network,
        account_is_official=True,
        from_press=item.from_press,
        calendar=calendar,
        working_day=working_day,
    )


COMMITMENT, ANSWER, PRESS = "commitment", "answer", "press"
PERMITS = (
    Permit(covers=COMMITMENT, at=("commitment",), needs=frozenset({"commitment_authority"}), lasts=True),
    Permit(
        covers=ANSWER,
        at=("doubt", "courtesy"),
        needs=frozenset({"second_reading"}),
        by_capacity="second_person",
    ),
    Permit(
        covers=PRESS,
        at=("press", "request_for_comment"),
        needs=frozenset({"press_advice", "written_approval"}),
    ),
)
"""The permissions that replies can wait for."""


def text_digest(text: str) -> str:
    """Return the digest by which a permission names one reply."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def covers_text(what: str, text: str) -> str:
    """Return what a permission for one text alone covers: "press" or "answer" with the text's digest."""
    return f"{what}:{text_digest(text)}"


def answer_facts(
    item: Item,
    *,
    by: Person,
    at: datetime,
    acknowledges_only: bool,
    said: Mapping[str, Any],
    text: str = "",
) -> ItemAnswer:
    """Return the facts of an answer that is about to go out. `said`: by the names of
    `QUESTIONS`; what is known of the item already counts before it."""
    said = {**said, **known(item)}
    key = person_key(by.pk)
    steps = said.get("media_policy_steps")
    return ItemAnswer(
        **{name: said.get(name) for name in ASKED},
        to_relation=cast("Any", said.get("to_relation") or None),
        media_policy_steps=None
        if steps is None
        else Attested(answer=steps, by=key, at=at, of_this_version=True),
        authorities=(
            *_on_record(by, COMMITMENT, on=local_day(at)),
            *given_for_text(item, COMMITMENT, text, on=local_day(at)),
        ),
        press_advice=given_for_text(item, PRESS, text, on=local_day(at)),
        approvals=given_for_text(item, ANSWER, text, on=local_day(at)),
        leaves=departures(item, text=text, on=local_day(at)),
        now=at,
        by=PersonFact(
            key=key,
            relation=cast("Any", by.relation),
            roles=tuple(roles_of(by, on=local_day(at), school=item.school, account=item.account)),
        ),
        received_at=item.received_at,
        kind=told_kind(item),
        reply_channel=channel_of(item),
        found_elsewhere=bool(said.get("found_elsewhere")),
        from_account="official",
        response_process=ResponseProcess.objects.exists() if said.get("found_elsewhere") else None,
        account_kind=cast("Any", item.account.kind or None),
        network=item.account.network or None,
        acknowledges_only=acknowledges_only,
        own_replies=_own_replies(item, relation=by.relation),
        **(told_of(at, item.school_id) if book_in_scope().at("item.answer", "reply_hours") else {}),
    )


def _own_replies(item: Item, *, relation: str) -> int | None:
    """Return how often we have replied to this author below this post, or to this very item where no post or
    author is known. None where no rule reads it. One query."""
    if "own_replies" not in facts_read(book_in_scope(), "item.answer", relation):
        return None
    same = Q(item=item)
    if item.post_id is not None and item.author_id_there:
        same |= Q(
            item__account=item.account_id, item__post=item.post_id, item__author_id_there=item.author_id_there
        )
    sent = Answer.objects.filter(same, state=Intent.CONFIRMED, below_post=False)
    return read_once(("inbox.own_replies", item.pk), sent.count)


def given_for_text(item: Model, what: str, text: str, *, on: date) -> tuple[Given, ...]:
    """Return what others approved about a reply to this item: this exact text, or a reply in general."""
    named = _on_record(item, covers_text(what, text), on=on)
    return (
        *(one.model_copy(update={"covers": (what,), "of_this_version": True}) for one in named),
        *_on_record(item, what, on=on),
    )


def _on_record(about: Model, covers: str, *, on: date) -> tuple[Given, ...]:
    """Return the permissions on record about a row; an empty list where there is none."""
    names = book_in_scope().role_names
    return tuple(
        Given(
            by=person_key(leave.given_by_id),
            roles=(names.get(leave.role_key, leave.role_key),),
            at=leave.at,
            written=leave.written,
            covers=(covers,),
        )
        for leave in permissions_for(covers=covers, subject=subject_of(about), on=on)
    )


def departures(item: Item, *, on: date, text: str = "") -> tuple[Permission, ...]:
    """Return permissions to depart, for this item, its account or exactly this text, from what a clause only
    advises."""
    book = book_in_scope()
    names = book.role_names
    covers = set(book.clauses)
    covers |= {covers_text(clause, text) for clause in book.clauses} if text else set()
    rows = [row for one in (item, item.account) for row in permissions_about(subject_of(one), on=on)]
    return tuple(
        Permission(
            clause=row.covers.partition(":")[0],
            role=names[row.role_key],
            by=person_key(row.given_by_id),
            written=row.written,
            from_day=row.from_day,
            to_day=row.to_day,
        )
        for row in sorted(rows, key=lambda row: row.pk)
        if row.covers in covers and row.role_key in names
    )


def words_of(item: Item) -> str:
    """Return the text of a comment as its author has it now."""
    newest = item.versions.order_by("-pk").first()
    return newest.text if newest else ""


def words_shown(item: Item) -> dict[str, str]:
    """Return a comment's text, the name it is signed with, and that of the account it was written with."""
    return {"comment": words_of(item), "commenter": item.author_name, "handle": item.author_handle}


def check_words_shown(item: Item, *, by: Person, at: datetime) -> None:
    """Raise WordsHeld unless what is found in them is answered, and what the inbox marked as abuse."""
    texts = words_shown(item)
    leaving = Leaving(
        Door.COMMENT, texts, about=item, network=item.account.network, school=item.school,
        abusive=_abusive(item, texts),
    )  # fmt: skip
    check_words(leaving, by=by, at=at)


def _abusive(item: Item, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words that are marked as abuse, with their field: all of them where no word shows it."""
    name = "commenter" if texts["commenter"] else "handle"
    found = []
    for lane, kind, start, end in item.why:
        if lane == Lane.ABUSE and kind != "staff":
            field = name if start == IN_NAME else "comment"
            found.append((field, texts[field][max(start, 0) : max(end, 0)] or texts[field]))
    return found


def leaving(item: Item, text: str) -> Leaving:
    """Return a reply as it's looked through, together with what it answers."""
    return Leaving(
        Door.REPLY, {"text": text}, about=item, school=item.school, network=item.account.network,
        to=words_of(item), writer=item.author_name,
    )  # fmt: skip


def reply_is_held(item: Item, text: str, *, at: datetime) -> bool:
    """Return whether something in a reply waits for an answer before it may leave."""
    return is_held(
        Door.REPLY, {"text": text}, about=item, at=at, network=item.account.network, to=words_of(item),
        writer=item.author_name,
    )  # fmt: skip


def place_of_item(item: Item) -> Place:
    """Return where a permission for a reply to this item is asked for."""
    return Place(item.school, item.account)


def lacking_of_reply(decision: Decision) -> list[Lacking]:
    """Return the permissions that a reply lacks and a role can give."""
    return lacking([decision], book_in_scope(), PERMITS)


def _thing(pk: int) -> tuple[Item, Place]:
    found = seeing.item(pk)
    return found, place_of_item(found)


def _current(asked: PermissionAsked) -> bool:
    try:
        item = seeing.item(number_of(asked.about))
    except NotFound:
        return False
    return item.state != ItemState.CLOSED


def _sees(person: Person, pk: int, on: date) -> bool:
    return may_see(person, seeing.item(pk), on=on)


def _leaves(asked: PermissionAsked) -> Leaving:
    return leaving(seeing.item(number_of(asked.about)), asked.text)


# A yes changes nothing by itself: its writer sends the reply, and the policy is asked again.
declare("inbox.item", Area("item", _sees, _thing, _current, leaves=_leaves))


@action
def ask_for_reply(
    *,
    by: Person,
    at: datetime,
    item: Item,
    text: str,
    covers: str,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    words: str = "",
) -> PermissionAsked:
    """Ask the role that can give the permission which this reply lacks, for exactly this text.

    `covers`: the kind of permission, as `lacking_of_reply` names it; `said`: as `write_answer` takes it.
    Raises NotAllowed, BadInput on `text` or `words`, NotNow (the policy doesn’t wait for it; asked already;
    no one else has the role).
    """
    seeing.check_may_answer(by, item, on=local_day(at))
    if not text.strip():
        raise BadInput({"text": _("Write the reply first.")})
    facts = answer_facts(item, by=by, at=at, acknowledges_only=acknowledges_only, said=said, text=text)
    kept = record_decision("item.answer", facts, at=at, by=by, subject=item)
    lacks = next((one for one in lacking_of_reply(answered(kept)) if one.covers == covers), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    return ask_permission(
        by=by,
        at=at,
        about=item,
        place=place_of_item(item),
        lacks=lacks,
        digest=text_digest(text),
        text=text,
        words=words,
        decision=kept,
    )
