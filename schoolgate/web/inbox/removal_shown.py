"""What goes with a removal, as an item's page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.errors import NotAllowed
from schoolgate.core.subjects import subject_of
from schoolgate.inbox import removals, rules
from schoolgate.inbox.actions.appealing import check_may_hear
from schoolgate.inbox.asking import asked_of
from schoolgate.inbox.models import Item, Removal
from schoolgate.inbox.removal_texts import (
    OWN,
    PRESCRIBED,
    Prescribed,
    own_notice,
    prescribed_notice,
    rule_in,
    why_address,
    with_code,
)
from schoolgate.inbox.states import AppealState, ItemState, KeptBack
from schoolgate.networks.capabilities import Way
from schoolgate.people.confined import nameable
from schoolgate.people.queries import book_of, holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.publishing.rules import stopped
from schoolgate.web.frame.doors import Visit
from schoolgate.web.inbox.forms import LANGUAGES
from schoolgate.web.inbox.removal_forms import AppealForm, DecisionForm, NoticeForm, WordingForm
from schoolgate.web.inbox.wording import text_shown
from schoolgate.web.inbox.writing import questions

SENDABLE = frozenset({ItemState.OPEN, ItemState.ANSWERED})
APPEAL_KINDS = {
    AppealState.OPEN: "wait",
    AppealState.UPHELD: "good",
    AppealState.DISMISSED: "no",
    AppealState.SETTLED: "info",
}


def removal_shown(found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of the latest removal; nothing where the comment never was removed."""
    removal = removals.last_removal(found)
    if removal is None:
        return {"removal": None}
    moderates = can(rules.check_may_moderate, visit.person, found, on=visit.on)
    gone = removal.ended_at is None and removals.is_done(removal)
    context = {
        "removal": removal,
        "removal_code": removals.as_written(removal.code),
        "why_address": why_address(found),
        "house_rule": rule_in(removal, "en"),
        "evidence": [(each, removals.is_intact(each)) for each in found.evidence.order_by("id")],
        **_appeal(removal, found, visit, gone=gone),
        "appeal_form": extra.get("appeal_form") or AppealForm(),
        "decision_form": extra.get("decision_form") or DecisionForm(),
    }
    if gone and moderates:
        context |= _notice(removal, found, visit, extra)
    return context


def _appeal(removal: Removal, found: Item, visit: Visit, *, gone: bool) -> dict[str, Any]:
    row = removals.appeal_of(removal)
    waits = row is not None and row.state == AppealState.OPEN
    why_not: Any = None
    if waits:
        try:
            check_may_hear(visit.person, removal, at=visit.at)
        except NotAllowed as error:
            why_not = error
    return {
        "appeal": row,
        "appeal_text": text_shown(row.words) if row else None,
        "appeal_kind": APPEAL_KINDS[AppealState(row.state)] if row else "",
        "appeal_waits": waits,
        "may_not_hear": why_not,
        "back_again": found.kept_back == KeptBack.HIDDEN and found.gone_at is None,
        "may_enter_appeal": gone
        and not waits
        and removal.appeals.count() < removals.MOST_APPEALS
        and can(rules.check_may_sort, visit.person, found, on=visit.on),
    }


def _notice(removal: Removal, found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    given = prescribed_notice(removal, by=visit.person, at=visit.at)
    told = removal.notices.order_by("-id").first()
    form = extra.get("notice_form") or notice_form(removal, visit, given=given)
    way = abilities_of(found.account).way("reply")
    can_send = (
        way is not Way.NO
        and found.state in SENDABLE
        and can(rules.check_may_answer, visit.person, found, on=visit.on)
        and not stopped(found.school_id, at=visit.at)
    )
    context: dict[str, Any] = {
        "prescribed": given,
        "prescribed_words": [(key, LANGUAGES.get(key, key), each) for key, each in given.words.items()]
        if given
        else [],
        "missing_wordings": _missing(given, found, visit, extra),
        "notice": told,
        "asks_parts": asks_parts(visit),
        "notice_form": form,
        "notice_way": way.value,
        "can_send_notice": can_send,
        "code_line": with_code("", removal, "en").strip(),
        "to_copy": [] if can_send else _to_copy(removal, given, visit),
    }
    if can_send:
        decision, asked = asked_of(
            found, by=visit.person, at=visit.at, said=form.said(), acknowledges_only=True
        )
        context["notice_questions"] = questions(form, asked, decision, visit)
    return context


def asks_parts(visit: Visit) -> bool:
    """Return whether this policy speaks of what a notice says; if not, no one is asked."""
    return bool(book_of(visit.federation).at("item.remove", "notice_says"))


def _missing(
    given: Prescribed | None, found: Item, visit: Visit, extra: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the languages in which the prescribed notice has no wording, and who can adopt one."""
    if given is None or not given.missing:
        return []
    owners = nameable(
        holders_of_capacity("own_policy", federation=visit.federation, on=visit.on), subject_of(found)
    )
    sent = extra.get("wording_form")
    return [
        {
            "name": LANGUAGES.get(key, key),
            "form": sent
            if sent is not None and sent.data.get("wording-language") == key
            else WordingForm(initial={"language": key}),
            "mine": any(one.pk == visit.person.pk for one in owners),
            "owners": ", ".join(one.name for one in owners[:3]),
        }
        for key in given.missing
    ]


def _to_copy(removal: Removal, given: Prescribed | None, visit: Visit) -> list[tuple[str, str, str]]:
    """Return the texts to copy: key of the language, its name, the notice with its code."""
    fits = given if given is not None and given.fits else None
    found = []
    for key in visit.federation.languages:
        words = (fits.words.get(key) if fits else None) or (own_notice(removal, key) if not fits else "")
        if words and key in LANGUAGES:
            found.append((key, LANGUAGES[key], with_code(words, removal, key)))
    return found


def notice_form(
    removal: Removal, visit: Visit, data: Any = None, *, given: Prescribed | None = None
) -> NoticeForm:
    """Return the form of a notice: the policy's own wording first, where it has one that fits."""
    given = given or prescribed_notice(removal, by=visit.person, at=visit.at)
    fits = given is not None and given.fits
    languages = visit.federation.languages
    first = languages[0] if languages else "en"
    if fits and given is not None and first not in given.words:
        first = next(iter(given.words))
    return NoticeForm(
        data,
        languages=languages,
        prescribed=fits,
        initial={
            "wording": PRESCRIBED if fits else OWN,
            "text": own_notice(removal, first),
            "language": first,
        },
    )


def notice_text(removal: Removal, typed: str, language: str) -> str:
    """Return our own wording as typed; in the chosen language where the first wording was left as it was."""
    plain = typed.replace("\r\n", "\n").strip()
    first = {own_notice(removal, key) for key in LANGUAGES}
    return own_notice(removal, language) if plain in first else plain
