"""Fake pages in our name: reported, confirmed, reported to their network, closed."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import read
from schoolgate.accounts.duty_kinds import LOOK_INTO_FAKE, REPORT_FAKE
from schoolgate.accounts.facts.register import stranger_facts
from schoolgate.accounts.models import Fake, FakeNote
from schoolgate.accounts.queries.register import Where, is_ours
from schoolgate.accounts.rules.register import check_may_handle, named_role, role_for
from schoolgate.accounts.states import FAKE_MOVES, FAKE_STANDS, FakeState, FakeStep
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none

SEALED = "fake_evidence"
"""What the vault calls the words of reporters and the copies of what was seen."""
LONGEST_WORDS = 600
MOST_REPORTS = 30
"""How many reports of one page are stored with their words; further ones add nothing to what is known."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Copy:
    """A screenshot, verified as an image and re-encoded, before the scope was opened."""

    content: bytes
    media_type: str


@action
def report_fake(
    *, at: datetime, address: str, words: str, where: Where, by: Person | None = None,
    school: School | None = None, copy: Copy | None = None,
) -> Fake:  # fmt: skip
    """Record a report by a visitor (`by` None) or a signed-in person. A page that is already being handled
    gets one more report and keeps its reference.

    Raises BadInput (address, words), also where the page is on our register.
    """
    typed, wrong = read(address), _wrong_words(words)
    if typed is None or not typed.key:
        wrong["address"] = _("Enter the page’s address, as shown at the top of your browser.")
    elif is_ours(typed.key, where=where) is not None:
        wrong["address"] = _("This page is on our register: it’s ours. You don’t need to report it.")
    if wrong or typed is None:
        raise BadInput(wrong)
    found = Fake.objects.select_for_update().filter(key=typed.key[:600], state__in=FAKE_STANDS).first()
    fake = found or Fake.objects.create(
        reference="F-" + "".join(secrets.choice(_LETTERS) for _ in range(6)),
        network=typed.network,
        address=typed.shown[:500],
        key=typed.key[:600],
        school=school,
        reported_at=at,
    )
    if fake.notes.filter(step=FakeStep.REPORTED).count() >= MOST_REPORTS:
        return fake
    note = _note(fake, FakeStep.REPORTED, by=by, at=at, words=words, copy=copy)
    take_in(
        fake, words, at=at, federation=fake.federation, writer=[fake.address], school=fake.school,
        mark_of=note,
    )  # fmt: skip
    kept = None if found else _ask_somebody(fake, by=by, at=at)
    record(
        "fake.reported", subject=fake, at=at, actor=by, clauses=kept.clauses if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    return fake


def _wrong_words(words: str) -> dict[str, Text]:
    if not words.strip():
        return {"words": _("Describe what you saw in one or two sentences.")}
    if len(words) > LONGEST_WORDS:
        return {"words": _("Two sentences are enough, up to 600 characters.")}
    if "\x00" in words:
        return {"words": _("This contains a character that can’t be saved. Type it again.")}
    return {}


def _ask_somebody(fake: Fake, *, by: Person | None, at: datetime) -> DecisionRecord | None:
    """Ask the policy, record its answer, and open the duty for the role that it names, otherwise for the
    administrators. A deadline only where the policy gives one."""
    kept = _asked(fake, in_our_name=None, made_by="", by=by, at=at)
    book = book_for(fake)
    decision = answered(kept) if kept else None
    fake.role_key, fake.decision = named_role(decision, book), kept
    fake.save(update_fields=["role_key", "decision"])
    times = [duty.due for duty in decision.duties] if decision else []
    open_duty(
        kind=LOOK_INTO_FAKE, subject=fake, at=at, due=Due.of(times[0]) if times else Due.none_promised(),
        role=role_for(fake.role_key, book, on=local_day(at)), school=fake.school,
        clauses=kept.clauses[:20] if kept else (), decision=kept,
    )  # fmt: skip
    return kept


def _asked(
    fake: Fake, *, in_our_name: bool | None, made_by: str, by: Person | None, at: datetime
) -> DecisionRecord | None:
    on = local_day(at)
    if policy_or_none(on) is None:
        return None
    facts = stranger_facts(
        on=on, network=fake.network, in_our_name=in_our_name, school=fake.school, made_by=made_by
    )
    return record_decision("account.looked_up", facts, at=at, by=by, subject=fake)


@action
def note_evidence(*, fake: Fake, by: Person, at: datetime, words: str, copy: Copy | None = None) -> FakeNote:
    """Record what a person saw on the page, sealed, with their name and the time. Raises NotAllowed,
    NotNow, BadInput (words)."""
    _check_stands(fake, by, at)
    if wrong := _wrong_words(words):
        raise BadInput(wrong)
    note = _note(fake, FakeStep.SEEN, by=by, at=at, words=words, copy=copy)
    record("fake.seen", subject=fake, at=at, actor=by)
    return note


@action
def confirm_fake(*, fake: Fake, by: Person, at: datetime, show_address: bool) -> Fake:
    """Confirm that the page is not ours: from now on the public register says so, with or without its
    address. Raises NotAllowed, NotNow."""
    _check_stands(fake, by, at)
    if show_address:
        check_leaving(Door.REGISTER, {"page": fake.address}, about=fake, by=by, at=at, school=fake.school)
    kept = _asked(fake, in_our_name=True, made_by="somebody else", by=by, at=at)
    move(
        fake, to=FakeState.CONFIRMED, moves=FAKE_MOVES, at=at, confirmed_at=at, confirmed_by=by,
        address_shown=show_address, decision=kept,
    )  # fmt: skip
    _note(fake, FakeStep.CONFIRMED, by=by, at=at)
    record(
        "fake.confirmed", subject=fake, at=at, actor=by, clauses=kept.clauses if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    discharge(kind=LOOK_INTO_FAKE, subject=fake, by=by, at=at, how="confirmed")
    open_duty(
        kind=REPORT_FAKE, subject=fake, at=at, due=Due.none_promised(),
        role=role_for(fake.role_key, book_for(fake), on=local_day(at)), school=fake.school,
        clauses=kept.clauses[:20] if kept else (), decision=kept,
    )  # fmt: skip
    return fake


@action
def told_network(*, fake: Fake, by: Person, at: datetime, case: str = "") -> Fake:
    """Record that the page was reported to its network, with the network's own case number.

    Raises NotAllowed, NotNow before it was confirmed, BadInput (case).
    """
    _check_stands(fake, by, at)
    if fake.state != FakeState.CONFIRMED:
        raise NotNow(_("First confirm that the page isn’t ours."))
    if len(case) > 100 or "\x00" in case:
        raise BadInput({"case": _("This is too long. Copy only the number.")})
    fake.told_at, fake.told_case = at, case.strip()
    fake.save(update_fields=["told_at", "told_case"])
    _note(fake, FakeStep.TOLD, by=by, at=at)
    record("fake.told", subject=fake, at=at, actor=by)
    discharge(kind=REPORT_FAKE, subject=fake, by=by, at=at, how="told")
    return fake


@action
def end_fake(*, fake: Fake, by: Person, at: datetime, to: str, words: str = "") -> Fake:
    """Close the matter: the page is offline, it is ours after all, or we have no say in it; the last with a
    reason. Raises NotAllowed, NotNow (closed, or a safeguarding lead reads it first), BadInput."""
    _check_stands(fake, by, at)
    ends = set(FakeState.values) - set(FAKE_STANDS)
    if to not in ends:
        raise BadInput({"to": _("Choose an outcome.")})
    if to == FakeState.LEFT and not words.strip():
        raise BadInput({"words": _("Explain why we don’t act on it.")})
    if words.strip() and (wrong := _wrong_words(words)):
        raise BadInput(wrong)
    check_read_first(fake)
    move(fake, to=FakeState(to), moves=FAKE_MOVES, at=at, ended_at=at, ended_by=by)
    _note(fake, FakeStep.ENDED, by=by, at=at, words=words)
    record("fake.ended", subject=fake, at=at, actor=by, how=to)
    discharge(kind=LOOK_INTO_FAKE, subject=fake, by=by, at=at, how=to)
    cancel(kind=REPORT_FAKE, subject=fake, because=to, at=at, by=by)
    return fake


def _check_stands(fake: Fake, by: Person, at: datetime) -> None:
    check_may_handle(by, fake, on=local_day(at))
    if fake.state not in FAKE_STANDS:
        raise NotNow(_("This report is closed."), _("Report it again if the page is still there."))


def _note(
    fake: Fake, step: FakeStep, *, by: Person | None, at: datetime, words: str = "", copy: Copy | None = None
) -> FakeNote:
    return FakeNote.objects.create(
        fake=fake, step=step, by=by, at=at,
        words_ref=vault.put(SEALED, words.strip(), about=fake) if words.strip() else None,
        picture_ref=vault.put(SEALED, base64.b64encode(copy.content).decode(), about=fake) if copy else None,
        picture_type=copy.media_type if copy else "",
    )  # fmt: skip
