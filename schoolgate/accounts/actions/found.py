"""Unofficial pages in our name: noted, then adopted, asked to close, or handled as fakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.fakes import report_fake
from schoolgate.accounts.actions.proposing import save_proposal, start_proposal
from schoolgate.accounts.addresses import read
from schoolgate.accounts.duty_kinds import REMIND_FOUND, SETTLE_FOUND
from schoolgate.accounts.facts.register import found_facts
from schoolgate.accounts.models import Fake, FoundPage, Proposal
from schoolgate.accounts.queries.register import Where, is_ours
from schoolgate.accounts.rules import check_may_propose
from schoolgate.accounts.rules.register import check_may_keep_register, role_for
from schoolgate.accounts.states import FOUND_ENDS, FOUND_MOVES, AccountState, FoundState, MadeBy
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import record_decision
from schoolgate.policy.facts import acting
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.personal import PersonalWatch

WHOSE = "found_page"
LONGEST_WHOSE = 600


@action
def note_found(
    *, by: Person, at: datetime, address: str, where: Where, name: str = "", school: School | None = None,
    in_our_name: bool | None = None, made_by: str = "", comparable_to: Sequence[str] | None = None,
    whose: str = "", touches_school: bool | None = None,
) -> FoundPage:  # fmt: skip
    """Note a page that looks like ours and is on no register; any member of the federation may. The
    policy's answer is recorded, and the administrators are asked to settle it.

    `touches_school`: whether it names or affects the school, where the policy protects private life. Raises
    BadInput (address, name, made_by, whose): also where it is ours, or was noted before; Refused where the
    policy leaves such a page alone.
    """
    typed = read(address)
    wrong = _wrong(name, made_by, whose)
    if typed is None or not typed.key:
        wrong["address"] = _("Enter the page’s address, as shown at the top of your browser.")
    elif is_ours(typed.key, where=where) is not None:
        wrong["address"] = _("This page is on our register: it’s ours. You don’t need to report it.")
    elif FoundPage.objects.filter(key=typed.key[:600]).exclude(state__in=FOUND_ENDS).exists():
        wrong["address"] = _("This page has already been reported. See the list.")
    if wrong or typed is None:
        raise BadInput(wrong)
    number = reserve(FoundPage, 1)[0]
    touches = True if in_our_name else touches_school
    _leave_private_life_alone(touches, f"accounts.foundpage:{number}", by=by, at=at)
    found = FoundPage.objects.create(
        pk=number, touches_school=touches, network=typed.network, address=typed.shown[:500],
        key=typed.key[:600], name=name.strip(),
        school=school, in_our_name=in_our_name, made_by=made_by, found_by=by, found_at=at,
        comparable_to=None if comparable_to is None else list(comparable_to),
    )  # fmt: skip
    if whose.strip():
        found.whose_ref = vault.put(WHOSE, whose.strip(), about=found)
    on = local_day(at)
    kept = None
    if policy_or_none(on) is not None:
        kept = record_decision("account.looked_up", found_facts(found, on=on), at=at, by=by, subject=found)
    found.decision = kept
    found.save(update_fields=["whose_ref", "decision"])
    record(
        "foundpage.noted", subject=found, at=at, actor=by, clauses=kept.clauses if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    open_duty(
        kind=SETTLE_FOUND, subject=found, at=at, due=Due.none_promised(), school=school,
        role=role_for("", book_for(by), on=on), clauses=kept.clauses[:20] if kept else (),
        decision=kept,
    )  # fmt: skip
    return found


def _leave_private_life_alone(touches: bool | None, name: str, *, by: Person, at: datetime) -> None:
    """Ask the policy whether the page may be put on our list. Raises Refused."""
    on = local_day(at)
    if policy_or_none(on) is None or not protects_private_life(book_for(by)):
        return
    facts = PersonalWatch(by=acting(by, on=on), act="list", refers=touches, affects=touches)
    kept = record_decision("personal.watch", facts, at=at, by=by, subject=name)
    if kept.points["private_life"] == "not_permitted":
        raise Refused(
            kept, _("This page is private: your policy leaves it alone."),
            _("If someone may be at risk, report a concern."),
        )  # fmt: skip


def protects_private_life(book: Book) -> bool:
    """Whether the policy says where private life begins."""
    return bool(book.clauses_at("personal.watch", "private_life"))


def _wrong(name: str, made_by: str, whose: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if len(name) > 120:
        wrong["name"] = _("Use up to 120 characters.")
    if made_by and made_by not in MadeBy.values:
        wrong["made_by"] = _("Choose one of the answers.")
    if len(whose) > LONGEST_WHOSE:
        wrong["whose"] = _("Two sentences are enough, up to 600 characters.")
    if "\x00" in name + whose:
        wrong["name"] = _("This contains a character that can’t be saved. Type it again.")
    return wrong


@action
def adopt_found(*, found: FoundPage, by: Person, at: datetime) -> Proposal:
    """Begin a proposal for the page, filled in as far as it is known; it is decided like every proposal.

    Raises NotAllowed for people who may not propose, NotNow.
    """
    check_may_propose(by, found.school, on=local_day(at))
    if found.proposal_id is not None:
        raise done_before(
            found,
            _("This page has already been proposed."),
            _("Look for it in the proposals."),
            proposal__isnull=False,
        )
    proposal = start_proposal(by=by, at=at, school=found.school)
    proposal = save_proposal(
        proposal=proposal, by=by, at=at, name=found.name, school=found.school,
        network=found.network or None, kind="school" if found.in_our_name else None,
    )  # fmt: skip
    move(found, to=FoundState.ADOPTING, moves=FOUND_MOVES, at=at, proposal=proposal)
    record("foundpage.adopted", subject=found, at=at, actor=by, proposal=proposal.pk)
    _settled(found, "adopting", by=by, at=at)
    return proposal


@action
def ask_to_close(*, found: FoundPage, by: Person, at: datetime, remind_on: date | None = None) -> FoundPage:
    """Record that the owner of the page was asked to close it; remind on the chosen day.

    Raises NotAllowed, NotNow, BadInput (remind_on: not in the past).
    """
    on = local_day(at)
    check_may_keep_register(by, on=on)
    if remind_on is not None and remind_on <= on:
        raise BadInput({"remind_on": _("Choose a date in the future.")})
    move(found, to=FoundState.ASKED, moves=FOUND_MOVES, at=at, asked_at=at)
    record("foundpage.asked", subject=found, at=at, actor=by)
    _settled(found, "asked", by=by, at=at)
    open_duty(
        kind=REMIND_FOUND, subject=found, at=at, person=by, school=found.school,
        due=Due.day(remind_on) if remind_on else Due.none_promised(),
    )  # fmt: skip
    return found


@action
def report_found(*, found: FoundPage, by: Person, at: datetime, words: str, where: Where) -> Fake:
    """Pass the page on as a fake. Raises NotAllowed, NotNow, BadInput (words)."""
    check_may_keep_register(by, on=local_day(at))
    fake = report_fake(at=at, address=found.address, words=words, where=where, by=by, school=found.school)
    move(found, to=FoundState.REPORTED, moves=FOUND_MOVES, at=at, fake=fake)
    record("foundpage.reported", subject=found, at=at, actor=by, fake=fake.pk)
    _settled(found, "reported", by=by, at=at)
    return fake


@action
def end_found(*, found: FoundPage, by: Person, at: datetime, to: str) -> FoundPage:
    """Close the matter: the page was closed, or is left as it is.

    Raises NotAllowed, NotNow, BadInput (to).
    """
    check_may_keep_register(by, on=local_day(at))
    if to not in (FoundState.CLOSED, FoundState.LEFT):
        raise BadInput({"to": _("Choose an outcome.")})
    return _end(found, FoundState(to), by=by, at=at)


@action
def end_adopted(*, at: datetime) -> int:
    """Settle adopted pages that are open accounts now, as they are on the register; returns how many."""
    ready = FoundPage.objects.filter(
        state=FoundState.ADOPTING, proposal__account__state=AccountState.OPEN
    ).annotate(opener=F("proposal__account__opened_by"))
    done = 0
    for found in ready[:100]:
        _end(found, FoundState.OURS, by=Person.objects.get(pk=found.opener), at=at)
        done += 1
    return done


def _end(found: FoundPage, to: FoundState, *, by: Person, at: datetime) -> FoundPage:
    move(found, to=to, moves=FOUND_MOVES, at=at, ended_at=at, ended_by=by)
    record("foundpage.ended", subject=found, at=at, actor=by, how=str(to))
    _settled(found, str(to), by=by, at=at)
    return found


def _settled(found: FoundPage, how: str, *, by: Person, at: datetime) -> None:
    discharge(kind=SETTLE_FOUND, subject=found, by=by, at=at, how=how)
    cancel(kind=REMIND_FOUND, subject=found, because=how, at=at, by=by)
