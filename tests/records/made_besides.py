"""One of each kind that people deal with beside posts and concerns: requests about data, breaches, checks,
vacancies, proposals, pages of others, watches, messages, ready texts, owners' permissions."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from schoolgate.accounts.models import (
    AssociatedPage,
    Condition,
    Fake,
    FakeNote,
    FoundPage,
    Proposal,
    ProposalEdition,
    SentBack,
    Signature,
    SmallProposal,
)
from schoolgate.breaches.models import Breach
from schoolgate.breaches.models import Content as BreachContent
from schoolgate.breaches.models import Reader as BreachReader
from schoolgate.breaches.models import Step as BreachStep
from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.retention import beyond_readers
from schoolgate.inbox.models import GroupMessage
from schoolgate.listening.models import Find, Source, Watch
from schoolgate.policy.models import DecisionFacts, DecisionRecord, PolicyVersion, Reading
from schoolgate.publishing.models import OwnerPermission, ReadyText, ReadyVersion
from schoolgate.rights.models import Answer, Covered, Found, Gathering, Request
from schoolgate.rights.models import Step as RequestStep
from schoolgate.searches.models import Candidate, CheckCopy, CopyUsed, SystemCheck, Vacancy

WORDS = "Our Osian was dancing all night"
DIGEST = "d" * 64
ADDRESS = "https://example.org/Osian"
BODY = {
    "policy": "wildground", "situation": "news.pass_on", "outcome": "permitted", "points": {}, "findings": [],
    "duties": [], "silent_because": "", "version": 1, "reading": 1,
}  # fmt: skip
FAR = timedelta(days=365 * 90)


def decided(who: SimpleNamespace, at: datetime, about: Any = "core.school:1") -> DecisionRecord:
    """A decision about something, with the facts that people gave."""
    subject = about if isinstance(about, str) else f"{about._meta.label_lower}:{about.pk}"
    made = DecisionRecord.objects.create(
        situation="news.pass_on", subject=subject, at=at, by=who.by, outcome="permitted", body=BODY,
        version=PolicyVersion.objects.get(), reading=Reading.objects.get(), facts_digest=DIGEST,
    )  # fmt: skip
    if subject != "core.school:1":
        DecisionFacts.objects.create(kept=made, facts={"said": WORDS}, salt=b"s")
    return made


def request(who: SimpleNamespace, at: datetime, state: str = "closed", found: Any = None) -> Request:
    """A request about data that was searched for, answered and closed; `found`: what was found for it."""
    day = local_day(at)
    over = {"outcome": "given", "answered_on": day} if state == "closed" else {}
    made = Request.objects.create(
        kind="access", received_on=day, identity="known", entered_by=who.by, entered_at=at, state=state,
        state_at=at, **over,
    )  # fmt: skip

    def sealed() -> int:
        return vault.put("rights", WORDS, about=made)

    Request.objects.filter(pk=made.pk).update(words_ref=sealed())
    RequestStep.objects.create(request=made, kind="noted", on=day, at=at, by=who.by, words_ref=sealed())
    search = Gathering.objects.create(
        request=made, by=who.by, at=at, sought_ref=sealed(), state="done", ended_at=at
    )
    thing = Found.objects.create(
        request=made, gathering=search, place=found._meta.label_lower if found else "inbox.item",
        number=found.pk if found else 7, why="named", decision="covered", by=who.by, decided_at=at,
        words_ref=sealed(),
    )  # fmt: skip
    Covered.objects.create(found=thing, part="text", begins=0, ends=3)
    Answer.objects.create(
        request=made, by=who.by, at=at, language="en", letter_ref=sealed(), state="ready", state_at=at,
        file="f" * 20, digest=DIGEST,
    )  # fmt: skip
    return made


def breach(who: SimpleNamespace, at: datetime, state: str = "closed") -> Breach:
    """A breach with what was written about it, its record closed."""
    made = Breach.objects.create(
        reference=f"B-{Breach.objects.count()}", recorded_at=at, aware_at=at, due_at=at + timedelta(hours=72),
        state=state, state_at=at, risk="risk",
    )  # fmt: skip
    BreachReader.objects.create(breach=made, person=who.by, since=at)
    step = BreachStep.objects.create(breach=made, kind="described", at=at, by=who.by)
    with beyond_readers():
        BreachContent.objects.create(step=step, breach=made, words_ref=vault.put("breach", WORDS, about=made))
    decided(who, at, made)
    return made


def check(who: SimpleNamespace, at: datetime, state: str = "done", stored: bool = False) -> SystemCheck:
    """A check of systems that was done, with a copy that was passed on, and destroyed unless `stored`."""
    day = local_day(at)
    made = SystemCheck.objects.create(
        by=who.by, at=at, doer=who.by, about=who.by, act="review", target="messages", purpose="other",
        done="on duty at work", on_systems=True, policy_named=WORDS, own_account=False, range_from=day,
        range_to=day, make_by=day, decision=decided(who, at), state=state, state_at=at,
    )  # fmt: skip

    def sealed() -> int:
        return vault.put("search", WORDS, about=made)

    SystemCheck.objects.filter(pk=made.pk).update(words_ref=sealed(), result_ref=sealed())
    there = {"content_ref": sealed()} if stored else {"destroyed_at": at, "destroyed_by": who.by}
    copy = CheckCopy.objects.create(
        check_made=made, by=who.by, at=at, keep_until=day, decision=decided(who, at), **there
    )
    CopyUsed.objects.create(
        copy=copy, by=who.by, at=at, how="disclose", words_ref=sealed(), decision=decided(who, at)
    )
    decided(who, at, made)
    return made


def vacancy(who: SimpleNamespace, at: datetime, state: str = "decided") -> Vacancy:
    """A vacancy for which the appointment was decided, with what was found about a candidate."""
    made = Vacancy.objects.create(
        title=WORDS, by=who.by, at=at, searcher=who.by, terms=WORDS, shortlisted_on=local_day(at),
        on_shortlist=1, state=state, state_at=at,
    )  # fmt: skip
    refs = {name: vault.put("search", WORDS, about=made) for name in ("name_ref", "found_ref", "answer_ref")}
    Candidate.objects.create(vacancy=made, number=1, searched_at=at, **refs)
    decided(who, at, made)
    return made


def proposal(who: SimpleNamespace, at: datetime, state: str = "refused") -> Proposal:
    """A proposal that was refused, with its editions and signatures."""
    over = {"decided_at": at, "decided_by": who.by, "decision": decided(who, at), "reason": WORDS}
    made = Proposal.objects.create(
        by=who.by, name=WORDS, network="bluesky", answers={"why": WORDS}, considered={"other": WORDS},
        youngest_pupil=7, state=state, version=PolicyVersion.objects.get(), started_at=at, saved_at=at,
        submitted_at=at, **({} if state in ("submitted", "withdrawn") else over),
    )  # fmt: skip
    edition = ProposalEdition.objects.create(proposal=made, number=1, said={"name": WORDS}, by=who.by, at=at)
    Signature.objects.create(
        proposal=made, step=1, role_key="slt", by=who.by, at=at, seen_digest=DIGEST, edition=edition,
        leaves_out=[WORDS], decision=decided(who, at),
    )  # fmt: skip
    SentBack.objects.create(proposal=made, by=who.by, role_key="slt", at=at, words=WORDS)
    Condition.objects.create(proposal=made, type="requirement", words=WORDS, by=who.by, at=at)
    decided(who, at, made)
    return made


def quick(who: SimpleNamespace, at: datetime, state: str = "refused") -> SmallProposal:
    """A quick request that was refused."""
    made = SmallProposal.objects.create(
        kind="take-part", by=who.by, name=WORDS, address=ADDRESS, words=WORDS, open_points=[WORDS],
        state=state, submitted_at=at, decided_at=at, decided_by=who.by, decided_digest=DIGEST,
        decision=decided(who, at), reason=WORDS,
    )  # fmt: skip
    decided(who, at, made)
    return made


def fake(who: SimpleNamespace, at: datetime, state: str = "gone") -> Fake:
    """A reported fake account that is gone, with what a visitor wrote and showed."""
    over = {"ended_at": at, "ended_by": who.by} if state == "gone" else {}
    made = Fake.objects.create(
        reference=f"F-{Fake.objects.count()}", network="bluesky", address=ADDRESS, key=f"{ADDRESS}{at}",
        state=state, reported_at=at, confirmed_at=at, confirmed_by=who.by, address_shown=True,
        told_case=WORDS, **over,
    )  # fmt: skip
    FakeNote.objects.create(
        fake=made, step="reported", at=at, words_ref=vault.put("fake_evidence", WORDS, about=made),
        picture_ref=vault.put("fake_evidence", WORDS, about=made), picture_type="image/png",
    )  # fmt: skip
    decided(who, at, made)
    return made


def unofficial(who: SimpleNamespace, at: datetime, state: str = "closed") -> FoundPage:
    """An unofficial page that was closed, with a guess about its owner."""
    over = {"ended_at": at, "ended_by": who.by} if state == "closed" else {}
    made = FoundPage.objects.create(
        address=ADDRESS, key=f"{ADDRESS}{at}", name=WORDS, made_by="school", comparable_to=[WORDS],
        whose_ref=vault.put("found_page", WORDS, about="core.school:1"), found_by=who.by, found_at=at,
        state=state, **over,
    )  # fmt: skip
    decided(who, at, made)
    return made


def pta(who: SimpleNamespace, at: datetime, state: str = "ended") -> AssociatedPage:
    """A page of Friends that was taken off the list."""
    return AssociatedPage.objects.create(
        name=WORDS, address=ADDRESS, purpose=WORDS, contact=WORDS, entered_at=at, entered_by=who.by,
        ended_at=at if state == "ended" else None,
    )  # fmt: skip


def watch(who: SimpleNamespace, at: datetime, state: str = "ended") -> Watch:
    """A watch that was ended, with a feed and a post that no one read."""
    over = {"ended_at": at, "ended_by": who.by} if state == "ended" else {}
    made = Watch.objects.create(
        name=WORDS, phrases=[WORDS], purpose=WORDS, until=local_day(at + FAR), by=who.by, at=at,
        decision=decided(who, at), **over,
    )  # fmt: skip
    Source.objects.create(watch=made, address=ADDRESS, title=WORDS)
    Find.objects.create(
        watch=made, how="feed", key=DIGEST, address=ADDRESS, ref={"at": WORDS}, place=WORDS,
        author_id_there=WORDS, author_handle=WORDS, author_name=WORDS, text=WORDS, found_at=at, state_at=at,
        note=WORDS,
    )  # fmt: skip
    decided(who, at, made)
    return made


def message(who: SimpleNamespace, at: datetime, state: str = "") -> GroupMessage:
    """A message to a group that was sent."""
    return GroupMessage.objects.create(
        account=who.account, to="parent", group=WORDS, people=3, public=False, purpose="school_business",
        reason=WORDS, implications=WORDS, text=WORDS, decision=1, by=who.by, at=at, sent_at=at,
    )  # fmt: skip


def ready(who: SimpleNamespace, at: datetime, state: str = "retired") -> ReadyText:
    """An emergency text that was retired."""
    made = ReadyText.objects.create(
        emergency=True, created_at=at, retired_at=at if state == "retired" else None
    )
    ReadyVersion.objects.create(
        text=made, number=1, title=WORDS, english=WORDS, welsh=WORDS, by=who.by, at=at, state="approved",
        state_at=at, until=local_day(at), answers={"what": WORDS}, returned_because=WORDS,
    )  # fmt: skip
    return made


def owner(who: SimpleNamespace, at: datetime, state: str = "ended") -> OwnerPermission:
    """A permission from an owner that was ended."""
    over = {"ended_at": at, "ended_by": who.by} if state == "ended" else {}
    return OwnerPermission.objects.create(
        school=who.school, what="text", title=WORDS, owner=WORDS, form="written", by_line=WORDS, limits=WORDS,
        given_on=local_day(at), until=local_day(at + FAR), scan=DIGEST, scan_type="application/pdf",
        by=who.by, at=at, **over,
    )  # fmt: skip


MAKERS = {
    "requests": request, "breaches": breach, "checks": check, "vacancies": vacancy, "proposals": proposal,
    "quick": quick, "fakes": fake, "unofficial": unofficial, "pta": pta, "watches": watch,
    "messages": message, "ready": ready, "owners": owner,
}  # fmt: skip
OPEN = {
    "requests": "open", "breaches": "open", "checks": "allowed", "vacancies": "searched",
    "proposals": "submitted", "quick": "approved", "fakes": "reported", "unofficial": "found",
    "pta": "listed", "watches": "running", "ready": "used", "owners": "counting",
}  # fmt: skip
