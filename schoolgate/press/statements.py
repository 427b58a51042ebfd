"""Statements to the press: written, approved as worded, recorded as given; and what the inbox is told of
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words, check_words_of
from schoolgate.duties.actions import cancel, discharge
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.reply_facts import text_digest
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import ask_permission, end_requests
from schoolgate.press import enquiries
from schoolgate.press.enquiries import (
    add_step,
    approved_thing,
    enquiry_facts,
    lacking_of_statement,
    latest,
    leaving,
    must_be_read_by_another,
    pass_it_on,
    place_of_enquiry,
)
from schoolgate.press.models import (
    ENQUIRY,
    HANDS_OFF,
    PASS_ON,
    RELEASED_BY_HAND,
    Enquiry,
    EnquiryState,
    EnquiryStep,
    Released,
    Statement,
    StepKind,
)

LONGEST_STATEMENT = 4000


@action
def draft(*, by: Person, at: datetime, enquiry: Enquiry, text: str, version: int) -> Statement:
    """Write the next version of the statement. Requests for approval of an earlier one end.

    `version`: the number of the version that the writer saw, 0 for none. Raises NotFound, NotNow (closed;
    changed meanwhile), BadInput on `text`, WordsHeld.
    """
    enquiries.check_works_on(by, enquiry, on=local_day(at))
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not tidy or len(tidy) > LONGEST_STATEMENT or "\x00" in tidy:
        raise BadInput({"text": _("Write the statement, up to 4,000 characters.")})
    Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    before = latest(enquiry)
    if (before.number if before else 0) != version:
        raise NotNow(
            _("Someone has changed the statement since you opened it."), _("Read their version first.")
        )
    if before and before.text == tidy:
        return before
    check_words(leaving(enquiry, tidy), by=by, at=at)
    digest = text_digest(tidy)
    statement = Statement.objects.create(
        enquiry=enquiry, number=version + 1, text=tidy, digest=digest, by=by, at=at
    )
    end_requests(at=at, about=approved_thing(enquiry), but={digest}, by=by)
    add_step(enquiry, StepKind.DRAFTED, by=by, at=at, statement=statement)
    record("enquiry.drafted", subject=enquiry, at=at, actor=by, version=statement.number)
    return statement


@action
def ask_for_statement(
    *, by: Person, at: datetime, enquiry: Enquiry, covers: str, words: str = ""
) -> PermissionAsked:
    """Ask the role that can approve the statement, for exactly its latest version. The asker can't approve.

    Raises NotFound, NotNow (closed; nothing written; not asked for by the policy; asked already; no one else
    has the role), BadInput on `words`.
    """
    enquiries.check_works_on(by, enquiry, on=local_day(at))
    statement = _latest(enquiry)
    facts = enquiry_facts(
        enquiry, by=by, at=at, act="answer", passed=enquiries.passed_to(enquiry), text=statement.text
    )
    kept = record_decision("media.enquiry", facts, at=at, by=by, subject=enquiry)
    lacks = next((one for one in lacking_of_statement(answered(kept)) if one.covers == covers), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    asked = ask_permission(
        by=by,
        at=at,
        about=approved_thing(enquiry),
        place=place_of_enquiry(enquiry),
        lacks=lacks,
        digest=statement.digest,
        text=statement.text,
        words=words,
        decision=kept,
    )
    add_step(enquiry, StepKind.ASKED, by=by, at=at, statement=statement, clauses=kept.clauses, decision=kept)
    return asked


@action
def give_holding_line(*, by: Person, at: datetime, enquiry: Enquiry) -> EnquiryStep:
    """Record that a journalist was told only that the enquiry is passed on. Raises NotFound, NotNow (closed),
    Refused where the policy stops even that."""
    enquiries.check_works_on(by, enquiry, on=local_day(at))
    facts = enquiry_facts(enquiry, by=by, at=at, act="pass_on", passed=enquiries.passed_to(enquiry))
    kept = record_decision("media.enquiry", facts, at=at, by=by, subject=enquiry)
    require(kept)
    step = add_step(enquiry, StepKind.HOLDING, by=by, at=at, clauses=kept.clauses, decision=kept)
    record("enquiry.holding", subject=enquiry, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return step


@action
def release(
    *,
    by: Person,
    at: datetime,
    enquiry: Enquiry,
    version: int,
    how: str,
    steps_taken: bool | None = None,
) -> EnquiryStep:
    """Record that the statement was given by hand, as worded: read out, or sent. The policy is asked first.

    `version`: the one that was shown. `steps_taken`: whether the steps of the media policy were taken. Raises
    NotFound, NotAllowed (others have it), NotNow (closed; changed meanwhile; someone else must read it),
    BadInput, Refused.
    """
    on = local_day(at)
    enquiries.check_works_on(by, enquiry, on=on)
    if how not in RELEASED_BY_HAND:
        raise BadInput({"how": _("Choose how it was given.")})
    statement = _latest(enquiry)
    if statement.number != version:
        raise NotNow(
            _("Someone has changed the statement since you opened it."), _("Read their version first.")
        )
    facts = enquiry_facts(
        enquiry, by=by, at=at, act="answer", passed=enquiries.passed_to(enquiry), text=statement.text,
        steps_taken=steps_taken,
    )  # fmt: skip
    check_words_of(statement, by=by, at=at)  # a list may have changed
    kept = record_decision("media.enquiry", facts, at=at, by=by, subject=enquiry)
    require(kept)
    _check_gives(by, enquiry, at=at)
    _check_read_by_two(by, statement, at=at)
    step = add_step(
        enquiry, StepKind.RELEASED, by=by, at=at, statement=statement, how=how, clauses=kept.clauses,
        decision=kept,
    )  # fmt: skip
    record(
        "enquiry.released", subject=enquiry, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        version=statement.number, how=how,
    )  # fmt: skip
    _done(enquiry, by=by, at=at)
    return step


@action
def note_reply(*, by: Person, at: datetime, enquiry: Enquiry, answer: Answer, digest: str) -> EnquiryStep:
    """Add a reply that the policy let go to the log of its enquiry, with the version whose words it has.
    Raises NotNow (someone else must read that version)."""
    statement = enquiry.statements.filter(digest=digest).order_by("-number").first()
    if statement is not None:
        _check_read_by_two(by, statement, at=at)
    step = add_step(
        enquiry, StepKind.RELEASED, by=by, at=at, statement=statement, how=Released.REPLY,
        words="" if statement else answer.text, decision_id=answer.decision,
    )  # fmt: skip
    record("enquiry.released", subject=enquiry, at=at, actor=by, decision=answer.decision, how="reply")
    _done(enquiry, by=by, at=at)
    return step


def _done(enquiry: Enquiry, *, by: Person, at: datetime) -> None:
    """End the tasks that wait for an answer; the enquiry stays open until its outcome is entered."""
    discharge(kind=ENQUIRY, subject=enquiry, by=by, at=at, how="released")
    cancel(kind=HANDS_OFF, subject=enquiry, because="released", at=at, by=by)


def _check_gives(by: Person, enquiry: Enquiry, *, at: datetime) -> None:
    """Where the policy passes it on to a role and a person outside it gives the statement, the policy itself
    has judged that: with an approval it lets them. Without such a role, only those who answer here may."""
    if not enquiries.passed_to(enquiry):
        enquiries.check_decides(by, enquiry, on=local_day(at))


def _check_read_by_two(by: Person, statement: Statement, *, at: datetime) -> None:
    if must_be_read_by_another(statement, giver=by, at=at):
        raise NotNow(
            _("You wrote this statement and said why words in it may stay, so someone else must read it."),
            _("Ask a colleague to read it here and to record that it was given."),
        )


def _latest(enquiry: Enquiry) -> Statement:
    found = latest(enquiry)
    if found is None:
        raise NotNow(_("There is no statement yet."), _("Write the statement first."))
    return found


def needed(items: Sequence[int]) -> set[int]:
    """Return those of these comments whose enquiry is open."""
    found = Enquiry.objects.filter(item__in=items, state=EnquiryState.OPEN)
    return set(found.exclude(item=None).values_list("item_id", flat=True))


class OfItems(Beside):
    """The press."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return what the enquiry says already about an item from the press."""
        found = enquiries.of_item(item)
        if found is None:
            return {}
        told = {"about_posts": found.about_posts, "asks_for_comment": found.asks_for_comment}
        return {name: said for name, said in told.items() if said is not None}

    def check_may_close(self, person: Person, item: Item, *, on: date) -> None:
        """Raise NotAllowed while its enquiry is open and was passed on to others."""
        found = enquiries.of_item(item)
        if found is not None and found.state == EnquiryState.OPEN and enquiries.passed_to(found):
            enquiries.check_decides(person, found, on=on)

    def replied(self, answer: Answer, *, by: Person, at: datetime) -> None:
        """Add the reply to the log of the enquiry."""
        found = enquiries.of_item(answer.item)
        if found is not None and found.state == EnquiryState.OPEN:
            note_reply(by=by, at=at, enquiry=found, answer=answer, digest=text_digest(answer.text))

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """End every task about its enquiry, which no one but the safeguarding leads finds now."""
        found = enquiries.of_item(item)
        if found is None:
            return
        cancel(kind=(ENQUIRY, PASS_ON, HANDS_OFF), subject=found, because="locked", at=at, by=by)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Ask those who had its enquiry again, while it is open."""
        found = enquiries.of_item(item)
        if found is not None and found.state == EnquiryState.OPEN:
            pass_it_on(found, by=by, at=at, again=True)
