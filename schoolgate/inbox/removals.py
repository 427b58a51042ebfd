"""Removals: the facts that the policy reads of one, its evidence, its code, the house rules, who may hear
an appeal."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import get_language

from schoolgate.accounts.models import Account, SiteTextKind
from schoolgate.accounts.opening_facts import rules_of_board, site_texts
from schoolgate.accounts.sites import hosting
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.lasting import letters_of, plain
from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.subjects import person_key
from schoolgate.inbox.models import Appeal, Evidence, Item, Judgement, Moderation, Removal, Sight, WhyKeptBack
from schoolgate.inbox.reply_facts import departures
from schoolgate.inbox.sight import reports_of
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders_of_capacity, roles_of
from schoolgate.people.safeguarding import leads
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.items import (
    CommentAdmit,
    Fault,
    ItemRemove,
    Judged,
    Reason,
    RemovalNotice,
    Reported,
)

BEFORE = (
    *(point for point, whose in situation("item.remove").points.items() if whose is Basis.HOUSE),
    "reason_for_removal",
    "left_standing",
    "kept_beforehand",
    "who_blocks",
    "warned_first",
)
"""Points of `item.remove` that must be met before a comment is hidden or reported, or its author blocked; the
others follow afterwards."""
REASONS: Mapping[str, tuple[Reason, Fault | None]] = {
    WhyKeptBack.CHILD: ("improper", "endangers_young_person"),
    WhyKeptBack.ADULT: ("improper", "endangers_adult"),
    WhyKeptBack.HATEFUL: ("offensive", "grossly_offensive"),
    WhyKeptBack.BULLYING: ("offensive", None),
    WhyKeptBack.IMPROPER: ("offensive", None),
    WhyKeptBack.PERSONAL: ("personal details", None),
    WhyKeptBack.DEFAMATORY: ("defamatory", None),
    WhyKeptBack.RULES: ("against the rules", "against_house_rules"),
    WhyKeptBack.SPAM: ("advertising", None),
    WhyKeptBack.DISAGREES: ("disagreement", None),
    WhyKeptBack.OTHER: ("no listed reason", None),
}
"""A moderator's reason -> the policy's word for it, and what they found the comment to be."""
BREAKS_RULE: tuple[Fault, ...] = ("against_house_rules", "against_trust_rules")
"""What a comment is against that breaks a house rule: those are the rules of the school's own body too."""


def removal_facts(
    item: Item,
    *,
    by: Person,
    at: datetime,
    how: str,
    reason: str,
    said: Mapping[str, Any],
    told: Mapping[str, Any] | None = None,
    rule: str | None = None,
) -> ItemRemove:
    """Return the facts of hiding or removing a comment.

    The program has stored its text, link and time already, unless it may show the abuse of a child. `told`:
    what a person says that they did afterwards (`notice`, `says`, `number`); None before the step. `rule`:
    the house rule that it breaks.
    """
    listed, fault = REASONS[reason]
    grave = fault is not None and fault != "against_house_rules"
    harmful = said.get("harmful")
    done = told or {}
    return ItemRemove(
        **_common(item, by, at),
        act="delete" if how == Sight.REMOVED else "hide",
        hosting=hosting(item.account),
        reason=listed,
        judged=judged_as(reason, rule, by=person_key(by.pk), at=at),
        may_show_abuse=said.get("may_show_abuse"),
        kept=() if said.get("may_show_abuse") else ("text", "link", "time"),
        harmful=True if grave else harmful,
        explanation_demanded=told is not None,
        explained=told is not None,
        explanation_precise=_word(by, at) if told is not None else None,
        notice=RemovalNotice(words=cast("Any", done.get("notice") or "none"), says=done.get("says")),
        reports=(Reported(number=done["number"], at=at),) if done.get("number") else _reports(item),
    )


def author_facts(
    item: Item,
    *,
    by: Person,
    at: datetime,
    act: str,
    reason: str,
    told: Mapping[str, Any] | None = None,
    warned: bool | None = None,
) -> ItemRemove:
    """Return the facts of blocking the author of a comment or of reporting it. `act`: "block" or "report";
    `told`: as for the facts of a removal; `warned`: whether someone warned them before a block."""
    facts = removal_facts(item, by=by, at=at, how=Sight.HIDDEN, reason=reason, said={}, told=told)
    return facts.model_copy(update={"act": act, "warned": warned})


def _reports(item: Item) -> tuple[Reported, ...]:
    """Return the reports of this comment that its network has."""
    return tuple(Reported(number=each.number or None, at=each.sent_at) for each in reports_of(item))


def admission_facts(item: Item, *, by: Person, at: datetime, overturned: bool = False) -> CommentAdmit:
    """Return the facts of making a comment public.

    By showing it, its moderator says that they found nothing against it. An earlier judgement of this text by
    another person still counts, unless an appeal has just `overturned` it.
    """
    before = (
        Moderation.objects.filter(item=item, item_version=item.version, state=Intent.CONFIRMED)
        .exclude(how=Sight.SHOWN)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    found: tuple[Judged, ...] = ()
    if before is not None and before.by_id != by.pk and not overturned:
        removal = Removal.objects.filter(moderation=before).first()
        rule = str(removal.house_rule["number"]) if removal and removal.house_rule else None
        found = judged_as(before.reason, rule, by=person_key(before.by_id), at=before.written_at)
    return CommentAdmit(**_common(item, by, at), judged=found, from_friend=friend_of(item))


def faults_of(reason: str, rule: str | None) -> tuple[Fault, ...]:
    """Return what a comment was found to be, for this reason and with the house rule that was chosen."""
    fault = REASONS[reason][1] if reason else None
    broken = BREAKS_RULE if rule or fault in BREAKS_RULE else ()
    return tuple(dict.fromkeys((*((fault,) if fault else ()), *broken)))


def judged_as(reason: str, rule: str | None, *, by: str, at: datetime) -> tuple[Judged, ...]:
    """Return a person's judgement of the current text as facts."""
    return tuple(
        Judged(
            what=what, by=by, at=at, rule=rule if what == "against_house_rules" else None,
            of_this_version=True,
        )
        for what in faults_of(reason, rule)
    )  # fmt: skip


def friend_of(item: Item) -> bool | None:
    """Return whether the author is a friend of the site, as last stated of any version; None where no one
    has."""
    rows = Judgement.objects.filter(item=item).exclude(friend=None).order_by("-id")
    return rows.values_list("friend", flat=True).first()


def _common(item: Item, by: Person, at: datetime) -> dict[str, Any]:
    roles = roles_of(by, on=local_day(at), school=item.school, account=item.account)
    return {
        "now": at,
        "leaves": departures(item, on=local_day(at)),
        "by": PersonFact(key=person_key(by.pk), relation=cast("Any", by.relation), roles=tuple(roles)),
    }


def _word(by: Person, at: datetime) -> Attested:
    return Attested(answer=True, by=person_key(by.pk), at=at, of_this_version=True)


CODE_LENGTH = 12
"""31^12: at ten tries a minute, guessing is hopeless."""
MOST_RULES, LONGEST_RULE = 40, 300
MOST_APPEALS = 3
"""Appeals against one removal. House rule: a public notice shows its code to everyone."""
FIRST_HEARS, THEN_HEAR = ("moderate",), ("second_person", "oversee")


# --- Evidence ----------------------------------------------------------------------------------------------


def content_of(item: Item, *, at: datetime) -> dict[str, Any]:
    """Return the copy of a comment that is kept as evidence."""
    return {
        "account": item.account.name,
        "network": item.account.network,
        "address": item.where.address,
        "below_post": item.post_id,
        "author": {"id": item.author_id_there, "handle": item.author_handle, "name": item.author_name},
        "versions": [
            {"number": each.number, "seen_at": each.seen_at.isoformat(), "text": each.text}
            for each in item.versions.order_by("number")
        ],
        "photographs": list(item.photos.order_by("id").values_list("digest", flat=True)),
        "received_at": item.received_at.isoformat(),
        "first_seen_at": item.first_seen_at.isoformat(),
        "copied_at": at.isoformat(),
        "salt": secrets.token_hex(16),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a copy: of its JSON with sorted keys and no blanks, as UTF-8."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def is_intact(kept: Evidence) -> bool:
    """Return whether the copy still has the SHA-256 that is in the record."""
    recorded = {row.details.get("sha256") for row in rows_for_subject(kept)}
    return recorded == {kept.sha256} and digest_of(kept.content) == kept.sha256


# --- The removal and its code ------------------------------------------------------------------------------


def new_code() -> str:
    """Return a code that can't be guessed."""
    return letters_of(secrets.token_bytes(16), CODE_LENGTH)


def as_written(code: str) -> str:
    """Return a code in three parts, to be read and typed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def removal_of(item: Item) -> Removal | None:
    """Return the removal of a comment that is in force; None where it is shown, or was never removed."""
    rows = Removal.objects.filter(item=item, ended_at=None)
    return rows.select_related("moderation__by", "item__account__school", "item__school").first()


def last_removal(item: Item) -> Removal | None:
    """Return the latest removal of a comment, also one that has ended."""
    found = Removal.objects.filter(item=item).order_by("-id").select_related("moderation__by").first()
    if found is not None:
        found.item = item
    return found


def is_done(removal: Removal) -> bool:
    """Return whether the comment has been hidden or deleted, not only asked for."""
    return removal.moderation.state == Intent.CONFIRMED


def by_code(code: str) -> Removal:
    """Return the removal with this code. Raises NotFound where there is none, or it was never done."""
    rows = Removal.objects.filter(code=plain(code)).exclude(code="")
    found = rows.select_related("moderation", "item__account__school", "item__school").first()
    if found is None or not is_done(found):
        raise NotFound
    return found


def clauses_of(removal: Removal) -> list[str]:
    """Return the clauses of the policy on which the removal was decided."""
    return list(DecisionRecord.objects.get(pk=removal.moderation.decision).clauses)


def moderators_of(removal: Removal) -> set[int]:
    """Return the people who asked for this removal, at any of its steps."""
    rows = Moderation.objects.filter(item=removal.item_id, written_at__gte=removal.begun_at)
    asked = set(rows.exclude(how=Sight.SHOWN).values_list("by_id", flat=True))
    return asked | {removal.moderation.by_id}


def appeal_of(removal: Removal) -> Appeal | None:
    """Return the latest appeal against a removal."""
    return removal.appeals.select_related("decided_by", "entered_by", "reversal").order_by("-id").first()


def hearers(removal: Removal, *, on: date) -> list[Person]:
    """Return who can hear an appeal: others who moderate here; where there are none, those who stand in or
    oversee; no one it may be about. Of a comment that is locked: other safeguarding leads."""
    item, moderators = removal.item, moderators_of(removal)
    if item.locked_at is not None:
        found = leads(book_for(item.account), item.school or item.account.school, on=on)
        return [person for person in found if person.pk not in moderators]
    for ring in (FIRST_HEARS, THEN_HEAR):
        there = {
            person.pk: person
            for capacity in ring
            for person in holders_of_capacity(
                capacity, federation=item.account.federation, on=on, school=item.school, account=item.account
            )
            if person.pk not in moderators and person.pk not in item.meant
        }
        if there:
            return sorted(there.values(), key=lambda person: (person.name, person.pk))
    return []


# --- House rules -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HouseRule:
    """One published rule for comments: a key for the form, its number, its words by language."""

    key: str
    number: int
    words: Mapping[str, str]

    @property
    def text(self) -> str:
        """Its words in the page's language; in the first where it has none in that one."""
        return self.words.get(get_language() or "en") or next(iter(self.words.values()))


def house_rules(account: Account) -> list[HouseRule]:
    """Return the published house rules of an account, those of its school's noticeboard where it has none."""
    texts = [text for text in site_texts(account) if text.kind == SiteTextKind.HOUSE_RULES]
    if not texts and account.school is not None:
        board = rules_of_board(account.school)
        texts = [text for text in board if text.kind == SiteTextKind.HOUSE_RULES]
    texts.sort(key=lambda text: (text.language != "en", text.language))
    rules = {text.language: single_rules(text.words) for text in texts}
    if not texts:
        return []
    first = texts[0]
    alike = [key for key, each in rules.items() if len(each) == len(rules[first.language])]
    return [
        HouseRule(f"{first.pk}-{index}", index + 1, {key: rules[key][index] for key in alike})
        for index in range(len(rules[first.language]))
    ]


def single_rules(words: str) -> list[str]:
    """Return the rules of a text: its lines or, where it has only one, its sentences."""
    lines = [re.sub(r"^(?:[-*•·]|\d{1,2}[.)])\s+", "", line.strip()) for line in words.splitlines()]
    found: Sequence[str] = [line for line in lines if line]
    if len(found) == 1:
        found = [part for part in re.split(r"(?<=[.!?])\s+", found[0]) if part]
    return [rule[:LONGEST_RULE] for rule in found[:MOST_RULES]]
