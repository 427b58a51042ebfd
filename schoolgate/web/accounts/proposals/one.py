"""The page of one proposal: its content, its status, the policy's answer, and what the visitor can do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals
from schoolgate.accounts.deciding import SUBJECTS, awaits_facts, considered_facts
from schoolgate.accounts.ladders import (
    deciders,
    may_ask_for_approval,
    notice_to,
    permission_givers,
    steps,
)
from schoolgate.accounts.models import Proposal, ProposalState, SentBack
from schoolgate.accounts.papers import paper_of
from schoolgate.accounts.proposals import ask_about_deciding, decide_facts, propose_facts, shown_digest
from schoolgate.accounts.reporting import differences, said_of
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.access import sees_decision
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.web.accounts.proposals.allowing import parts_shown
from schoolgate.web.accounts.proposals.shown import (
    ShownDifference,
    days_between,
    shown_differences,
    shown_ladder,
    shown_steps,
    shown_way,
)
from schoolgate.web.accounts.proposals.tasks import folded_sections, tasks_of
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.shown import ShownVerdict

TAGS = {
    "draft": "",
    "submitted": "wait",
    "approved": "good",
    "noted": "good",
    "refused": "no",
    "withdrawn": "",
}
TALKED = {
    "audience": _("who it is for"),
    "contributors": _("who may take part"),
    "purpose": _("what it is for"),
    "content": _("what will be posted on it"),
}


def context_of(found: Proposal, visit: Visit) -> dict[str, Any]:
    """Everything that the page of a proposal, and those of its signing and deciding, show."""
    policy = in_force(visit.on)
    book = policy.book
    waiting, draft = found.state == ProposalState.SUBMITTED, found.state == ProposalState.DRAFT
    mine = found.by_id == visit.person.pk
    ladder = proposals.ladder(found, book, on=visit.on)
    signed = shown_steps(found, book)
    return {
        "visit": visit,
        "proposal": found,
        "network": network_in_words(found),
        "tag": TAGS[found.state],
        "paper": paper_of(book),
        "sections": [] if draft else folded_sections(found, book),
        "steps": signed,
        "way": shown_way(signed, ladder),
        "ladder": shown_ladder(ladder) if draft or waiting else None,
        "seen": shown_digest(found),
        "owed": _owed(found, visit) if waiting else None,
        "waited": days_between(local_day(found.submitted_at), visit.on) if found.submitted_at else 0,
        "first_try": first_try(found, book),
        "back": _sent_back(found) if mine and waiting else None,
        "may_edit": mine and draft,
        "may_change": mine and waiting,
        "may_try_again": mine and found.state == ProposalState.REFUSED and found.destroyed_at is None,
        "may_withdraw": mine and (waiting or draft),
        "may_sign": waiting and bool(steps(book)) and can_sign(visit.person, found, book, visit),
        "may_decide": waiting and can(proposals.check_may_decide, visit.person, found, book, on=visit.on),
        "may_talk": waiting
        and _asks_for_talks(book)
        and can(proposals.check_may_talk_over, visit.person, found, on=visit.on),
        "parts": [] if draft else parts_shown(found, book, visit),
        "subjects": [(key, TALKED[key]) for key in SUBJECTS],
        "sees_decision": sees_decision(visit.person, found.decision_id, on=visit.on),
        "deciders": deciders(book),
        "unruled": wording.clauses_to_read(
            may_ask_for_approval(book), federation=book.meta.federation, quote=wording.quote_from(book)
        ),
        "notice_to": notice_to(book),
        "permission_givers": sorted(set(permission_givers(book).values())),
        "account": getattr(found, "account", None),
        **(_of_a_draft(found, policy, visit) if draft else {"verdict": _verdict(found, policy, visit)}),
    }


def _of_a_draft(found: Proposal, policy: PolicyInForce, visit: Visit) -> dict[str, Any]:
    """The pages of the form with their progress, and the first that is not completed."""
    decision = verdict("account.propose", propose_facts(found, policy, at=visit.at), on=visit.on)
    tasks = tasks_of(found, policy.book, decision)
    finished = [task for task in tasks if task.done]
    return {
        "tasks": tasks,
        "finished": len(finished),
        "next": next((task.key for task in tasks if not task.done), "") if finished else tasks[0].key,
    }


def network_in_words(found: Proposal) -> str:
    """Return the network's name; empty where none is chosen."""
    network = all_capabilities().get(found.network)
    return network.name if network else ""


def first_try(found: Proposal, book: Book) -> list[ShownDifference] | None:
    """Return what differs from the refused proposal that this one was based on; None for a first proposal."""
    if found.second_try_of is None or found.second_try_of.destroyed_at or found.destroyed_at:
        return None
    before, after = said_of(found.second_try_of), said_of(found)
    return shown_differences(differences(before, after), book, before, after)


def _sent_back(found: Proposal) -> SentBack | None:
    """Why it came back unsigned, until the applicant has changed it."""
    last: SentBack | None = next(iter(found.sent_back.all()), None)
    if last is None or found.editions.filter(at__gt=last.at).exists():
        return None
    return last


def can_sign(person: Person, found: Proposal, book: Book, visit: Visit) -> bool:
    """Return whether a part of the form before the last one is this person's to sign."""
    try:
        step, role = proposals.part_to_sign(person, found, book, on=visit.on)
        proposals.check_signs_as(person, found, book, role, on=visit.on)
    except (NotAllowed, NotNow):
        return False
    return step < len(steps(book))


def _verdict(found: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about an approval while the proposal waits for one; otherwise None."""
    if found.state != ProposalState.SUBMITTED or not deciders(policy.book):
        return None
    answer = verdict("account.decide", _facts_of_a_yes(found, policy, visit), on=visit.on)
    return wording.verdict(answer, at=visit.at)


def idea_of(found: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about the idea itself; None if nothing."""
    answer = verdict("account.considered", considered_facts(found, policy, at=visit.at), on=visit.on)
    return wording.verdict(answer, at=visit.at) if answer.findings else None


def _owed(found: Proposal, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about the wait; None if nothing."""
    answer = verdict("account.awaits", awaits_facts(found, at=visit.at), on=visit.on)
    return wording.verdict(answer, at=visit.at) if answer.findings else None


def _facts_of_a_yes(found: Proposal, policy: PolicyInForce, visit: Visit) -> AccountDecide:
    """Return facts of a yes by the person who reads this page, if they may decide; otherwise by the first
    person allowed to by the policy, so that the page never asks who decides. Where no one is left, name no
    decider."""
    rungs = proposals.ladder(found, policy.book, on=visit.on).rungs
    able = (each for rung in rungs if rung.role in deciders(policy.book) for each in rung.able)
    for person in (visit.person, *able):
        try:
            role = proposals.check_may_decide(person, found, policy.book, on=visit.on)
        except NotAllowed:
            continue
        return decide_facts(
            found, policy, by=person, act="approve", acting_role=role, seen=shown_digest(found),
            reason_is_strong=None, at=visit.at,
        )  # fmt: skip
    return ask_about_deciding(found, policy, at=visit.at)


def _asks_for_talks(book: Book) -> bool:
    return bool(book.at("account.decide", "talked_over"))
