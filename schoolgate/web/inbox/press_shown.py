"""What the pages of enquiries from the press show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.subjects import subject_of
from schoolgate.inbox.facts import text_digest
from schoolgate.inbox.models import Item
from schoolgate.people.confined import nameable
from schoolgate.people.queries import assignments_at, book_of
from schoolgate.people.rules import can
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.states import AskedState
from schoolgate.press import enquiries
from schoolgate.press.enquiries import (
    approved_thing,
    goes_to,
    judged,
    lacking_of_statement,
    must_be_read_by_another,
    place_of_enquiry,
    still_asked,
    stops,
)
from schoolgate.press.models import (
    Enquiry,
    EnquiryState,
    EnquiryStep,
    Expectation,
    Released,
    Statement,
    StepKind,
)
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Outcome as Answered
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import numbers_in
from schoolgate.web.inbox.wording import text_shown
from schoolgate.web.policy.permissions import AskForm, asks_shown

QUESTIONS: Mapping[str, str | Promise] = {
    "asks_for_comment": _("Do they want a comment to publish?"),
    "about_posts": _("Is it about what was posted?"),
}
HOLDING = _("Thank you for getting in touch. I’ve passed your question on, and someone will reply to you.")
"""Says nothing on the matter, so that it only passes on."""


@dataclass(frozen=True)
class ShownStep:
    """One line of the log."""

    at: datetime
    what: str
    who: str
    words: str = ""


def here(pk: int | None = None) -> str:
    """Return the address of the list of enquiries, or of one of them."""
    return f"{reverse('inbox')}?as=press" + (f"&enquiry={pk}" if pk else "")


def has_it(found: Enquiry, visit: Visit) -> list[str]:
    """Return the roles that have it, in the policy's words with their holders, or who answers it here."""
    book, roles = book_of(visit.federation), enquiries.passed_to(found)
    if roles:
        return named(roles, found, visit)
    went = found.steps.filter(kind=StepKind.WENT_TO).select_related("person").order_by("id").first()
    if went is None:
        return []
    return [went.person.name if went.person else book.role_names.get(went.role_key, went.words)]


def named(roles: Sequence[str], found: Enquiry, visit: Visit) -> list[str]:
    """Return these roles in the policy's words, each with its holders but for those it may be about."""
    rows = (
        assignments_at(enquiries.where(found), on=visit.on)
        .filter(role_key__in=roles)
        .select_related("person")
    )
    people: dict[str, list[str]] = {}
    held = list(rows.order_by("person__name"))
    about = [subject_of(one) for one in (found, found.item) if one is not None]
    may = {one.pk for one in nameable([row.person for row in held], *about)}
    for row in held:
        if row.person_id in may:
            people.setdefault(row.role_key, []).append(row.person.name)
    book = book_of(visit.federation)
    return [_role(book, role, people.get(role, [])) for role in roles]


def _role(book: Book, role: str, people: Sequence[str]) -> str:
    name = book.role_names.get(role, role)
    return f"{name} ({', '.join(dict.fromkeys(people))})" if people else name


def expected_shown(visit: Visit, rows: Sequence[Expectation]) -> list[dict[str, Any]]:
    """Return what is expected, with to which roles it goes by the policy."""
    book, found = book_of(visit.federation), []
    for each in rows:
        roles = goes_to(each.school, by=visit.person, at=visit.at)
        people = [_role(book, role, [one.name for one in holders]) for role, holders in roles.items()]
        found.append({"row": each, "goes_to": people})
    return found


def one_shown(found: Enquiry, visit: Visit) -> dict[str, Any]:
    """Return what the page of one enquiry needs besides its forms."""
    statement = enquiries.latest(found)
    text = statement.text if statement else ""
    passing = judged(found, by=visit.person, at=visit.at, act="pass_on")
    answering = judged(found, by=visit.person, at=visit.at, act="answer", text=text)
    with_steps = judged(found, by=visit.person, at=visit.at, act="answer", text=text, steps_taken=True)
    is_open = found.state == EnquiryState.OPEN
    asked = still_asked(passing, answering) if is_open else []
    return {
        "visit": visit,
        "enquiry": found,
        "open": is_open,
        "item_text": _item_text(found.item) if found.item else None,
        "question": (asked[0], QUESTIONS[asked[0]]) if asked else None,
        "has_it": has_it(found, visit),
        "unheld": enquiries.unheld(found),
        "told_by_hand": found.steps.filter(kind=StepKind.WENT_TO).exclude(words="").exists(),
        "silent": _silent(passing) and _silent(answering),
        "may_answer": not stops(with_steps),
        "may_answer_now": not stops(answering),
        "asks_steps": stops(answering) and not stops(with_steps),
        "says": wording.verdict(answering, at=visit.at),
        "passes": wording.verdict(passing, at=visit.at),
        "may_hold": is_open and not stops(passing) and not found.steps.filter(kind=StepKind.HOLDING).exists(),
        "holding": HOLDING,
        "statement": statement,
        "older": enquiries.statements(found)[1:],
        "asks": _asks(found, statement, answering, visit) if statement and is_open else None,
        "may_ask": is_open,
        "ask_form": AskForm(),
        "ask_at": reverse("press-ask", args=[found.pk]),
        "gives": is_open
        and statement is not None
        and not stops(with_steps)
        and (
            bool(enquiries.passed_to(found)) or can(enquiries.check_decides, visit.person, found, on=visit.on)
        ),
        "read_by_another": is_open
        and statement is not None
        and must_be_read_by_another(statement, giver=visit.person, at=visit.at),
        "decides": can(enquiries.check_decides, visit.person, found, on=visit.on),
        "log": log_shown(found, visit),
    }


def _silent(decision: Decision) -> bool:
    return decision.outcome == Answered.SILENT


def _item_text(item: Item) -> Any:
    newest = item.versions.order_by("-number").first()
    return text_shown(newest.text if newest else "")


def _asks(found: Enquiry, statement: Statement, decision: Decision, visit: Visit) -> Any:
    return asks_shown(
        approved_thing(found),
        lacking_of_statement(decision),
        place_of_enquiry(found),
        asker=visit.person,
        digest=text_digest(statement.text),
        visit=visit,
    )


def log_shown(found: Enquiry, visit: Visit) -> list[ShownStep]:
    """Return everything that happened with an enquiry, oldest first, with the answers to requests."""
    book = book_of(visit.federation)
    lines = [_line(step, found, book) for step in enquiries.steps(found)]
    about = subject_of(approved_thing(found))
    asked = PermissionAsked.objects.filter(about=about, covers__startswith="press:").select_related(
        "answered_by"
    )
    for row in asked.filter(state__in=[AskedState.GIVEN, AskedState.DECLINED]):
        words = gettext("Approved in writing") if row.state == AskedState.GIVEN else gettext("Not approved")
        who = row.answered_by.name if row.answered_by else ""
        lines.append(ShownStep(row.state_at, words, who, row.answer or row.text))
    return sorted(lines, key=lambda line: line.at)


def _line(step: EnquiryStep, found: Enquiry, book: Book) -> ShownStep:
    kind = StepKind(step.kind)
    what, words = str(kind.label), step.words
    if kind is StepKind.SAID:
        question, _sep, answer = step.words.partition(":")
        what = str(QUESTIONS.get(question, question))
        words = gettext("Yes") if answer == "yes" else gettext("No")
    elif step.role_key or step.person:
        to = step.person.name if step.person else book.role_names.get(step.role_key, step.role_key)
        what = f"{what}: {to}"
    elif kind is StepKind.RELEASED:
        what = f"{what}: {Released(step.how).label}"
    elif kind is StepKind.CLOSED:
        what = f"{what}: {found.get_outcome_display()}" if found.outcome else what
    elif kind is StepKind.HOLDING:
        words = str(HOLDING)
    if step.statement and kind in (StepKind.DRAFTED, StepKind.RELEASED):
        words = step.statement.text
    return ShownStep(step.at, what, step.by.name if step.by else "", words)


def item_shown(item: Item, visit: Visit) -> dict[str, Any] | None:
    """Return what the page of an item says about its enquiry; None where it has none."""
    found = enquiries.of_item(item)
    if found is None:
        return None
    decision = judged(found, by=visit.person, at=visit.at, act="answer")
    is_open = found.state == EnquiryState.OPEN
    return {
        "enquiry": found,
        "open": is_open,
        "stops": is_open and stops(decision),
        "href": here(found.pk),
        "has_it": has_it(found, visit),
        "says": wording.verdict(decision, at=visit.at),
    }


def words_for(item: Item, number: str) -> str:
    """Return the statement of this version of the item's enquiry, to reply with; empty where there is
    none."""
    found = enquiries.of_item(item)
    row = found.statements.filter(number__in=numbers_in([number])).first() if found else None
    return row.text if row else ""
