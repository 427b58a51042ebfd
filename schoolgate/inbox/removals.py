"""What goes with a removal: its evidence, its code, the house rules, who may hear an appeal."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from schoolgate.accounts.models import Account, SiteTextKind
from schoolgate.accounts.opening_facts import rules_of_board, site_texts
from schoolgate.core.codes import letters_of, plain
from schoolgate.core.errors import NotFound
from schoolgate.core.ledger.verifying import rows_for_subject
from schoolgate.inbox.models import Appeal, Evidence, Item, Moderation, Removal
from schoolgate.inbox.states import Sight
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders_of_capacity
from schoolgate.people.safeguarding import leads
from schoolgate.policy.models import DecisionRecord

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
