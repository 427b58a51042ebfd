"""Pages in our name that aren't ours: noted, adopted, asked to close, or reported as fakes until they are
gone; how each network takes such a report, and our text for it.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import read
from schoolgate.accounts.duty_kinds import LOOK_INTO_FAKE, REMIND_FOUND, REPORT_FAKE, SETTLE_FOUND
from schoolgate.accounts.models import (
    FAKE_MOVES,
    FAKE_STANDS,
    FOUND_ENDS,
    FOUND_MOVES,
    AccountState,
    Fake,
    FakeNote,
    FakeState,
    FakeStep,
    FoundPage,
    FoundState,
    MadeBy,
    Proposal,
)
from schoolgate.accounts.proposals import check_may_propose
from schoolgate.accounts.proposing import save_proposal, start_proposal
from schoolgate.accounts.register import (
    Where,
    check_may_handle,
    check_may_keep_register,
    found_facts,
    is_ours,
    named_role,
    role_for,
    stranger_facts,
)
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.rows import reserve
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.policy.reviewing import acting
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.personal import PersonalWatch

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


def found_pages(*, standing: bool | None = None) -> QuerySet[FoundPage]:
    """Return unofficial pages for paging by `found_at`; unsettled ones, settled ones, or all."""
    rows = FoundPage.objects.select_related("school", "found_by", "proposal")
    if standing is None:
        return rows
    return rows.exclude(state__in=FOUND_ENDS) if standing else rows.filter(state__in=FOUND_ENDS)


def found_page(pk: int) -> FoundPage:
    """Return one unofficial page. Raises NotFound, also for another federation's."""
    found = (
        FoundPage.objects.select_related("school", "found_by", "proposal", "fake", "ended_by", "decision")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


FORMS = {
    "facebook": "https://www.facebook.com/help/contact/295309487309948",
    "instagram": "https://help.instagram.com/contact/636276399721841",
    "x": "https://help.x.com/en/forms/authenticity/impersonation",
    "linkedin": "https://www.linkedin.com/help/linkedin/ask/TS-NFPI",
    "tiktok": "https://www.tiktok.com/legal/report/impersonation",
    "youtube": "https://support.google.com/youtube/answer/2801947",
}
"""Read second hand in November 2026, to be checked on the networks' own pages: the page that shows one says
where else to look. Bluesky, Threads and Mastodon take such reports from the menu of the page itself."""


@dataclass(frozen=True)
class ReportWay:
    """`possible`: whether the network takes reports; `form`: empty where the page's own menu does it."""

    possible: bool
    form: str


def way(network: str) -> ReportWay:
    """Return how to report a page on this network. For a page on no known network, its host is
    responsible."""
    found = all_capabilities().get(network)
    if found is not None and found.way("report") == Way.NO:
        return ReportWay(possible=False, form="")
    return ReportWay(possible=True, form=FORMS.get(network, ""))


def text_for_network(*, address: str, federation: str, school: str, register: str, reference: str) -> str:
    """Return the report text for the network; in English, which the networks read."""
    with translation.override("en"):
        return gettext(
            "The page {address} pretends to be {whom}. It is not run by us or for "
            "us.\nAll our official accounts are listed on our own register, "
            "{register}, and this page is not on it.\nPlease take it down, because it "
            "misleads families about who is speaking to them.\n{federation}, our "
            "reference {reference}"
        ).format(
            address=address, whom=school or federation, register=register, federation=federation,
            reference=reference,
        )  # fmt: skip


def text_for_owner(*, address: str, federation: str, school: str, register: str) -> str:
    """Return a message to the owner of a page in our name, in the language of the page that shows it."""
    return gettext(
        "Hello,\nYou run the page {address}, which uses the name of {whom}. It is "
        "not one of our official accounts, which are listed at {register}.\n"
        "Families may think it is ours. Please close it, or give it another name "
        "and say on it that the school does not run it. If you would rather hand "
        "it over to us, please tell us.\nThank you. {federation}"
    ).format(address=address, whom=school or federation, register=register, federation=federation)
