"""Turns a comment and its moderator's statements into the facts of `item.remove` and `comment.admit`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from schoolgate.accounts.sites import hosting
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.inbox.authors import reports_of
from schoolgate.inbox.facts import departures
from schoolgate.inbox.models import Item, Judgement, Moderation, Removal
from schoolgate.inbox.states import Sight, WhyKeptBack
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.comments import CommentAdmit, Fault, Judged
from schoolgate.rulebook.situations.item_remove import ItemRemove, Reason, RemovalNotice, Reported

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
    `told`: as `removal_facts` takes it; `warned`: whether someone warned them before a block."""
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
