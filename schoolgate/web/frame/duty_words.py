"""What a duty is called on a page, and the one button that leads to doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.duties.urgency import Urgency
from schoolgate.rulebook import Book
from schoolgate.web.frame import duty_names as called
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.times import ShownDue, due_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

Names = Callable[[list[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Words:
    """A kind of duty: its sentence, its button, the page of the subject, and what the subject is called."""

    title: str | Promise
    button: str | Promise
    page: str
    names: Names | None = None
    by_subject: bool = True


WORDS: Mapping[str, Words] = {
    "incidents.take": Words(
        _("Somebody says that something is wrong: take it up"),
        _("Read it and take it"),
        "wrong-report",
        called.reports,
    ),
    "incidents.finish": Words(
        _("Say what becomes of a report that you took"), _("Open the report"), "wrong-report", called.reports
    ),
    "backup.look": Words(
        _("See to the backups: nothing could be put back as it should be"),
        _("See what is the matter"),
        "backups",
        by_subject=False,
    ),
    "running.standing_still": Words(
        _("Part of the program has stopped working: have it looked at"),
        _("See what stands still"),
        "running",
        by_subject=False,
    ),
    "accounts.change_key": Words(
        _("Change a key of an account at its network, and keep the new one"),
        _("See why"),
        "account-key",
        called.keys,
    ),
    "accounts.decide": Words(
        _("Decide on a proposal for an account"), _("Read and decide"), "proposal", called.proposals
    ),
    "accounts.sign": Words(
        _("Sign your part of a proposal"), _("Read and sign"), "proposal", called.proposals
    ),
    "accounts.sign_again": Words(
        _("A proposal that you signed was changed: your signature no longer stands"),
        _("See what changed"),
        "proposal",
        called.proposals,
    ),
    "accounts.put_right": Words(
        _("Your proposal was sent back: change what was asked for"),
        _("Read why"),
        "proposal",
        called.proposals,
    ),
    "accounts.open": Words(
        _("Set up and open an account"), _("Go to the account"), "account", called.accounts
    ),
    "accounts.regular": Words(
        _("Bring an account that was there before into order"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.leave_ends": Words(
        _("Decide whether an account may still go on by leave"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.small_decide": Words(
        _("Decide on a small proposal"), _("Read and decide"), "small-proposal", called.small_proposals
    ),
    "accounts.admission_look": Words(
        _("Look into somebody who asks to be let in"), _("See who asks"), "admission", called.asked_accounts
    ),
    "accounts.admission_do": Words(
        _("Let somebody in on the network, and say that it is done"),
        _("See who it is"),
        "admission",
        called.asked_accounts,
    ),
    "accounts.fake": Words(
        _("Look into a page that was reported as a fake"), _("See what was reported"), "fake", called.fakes
    ),
    "accounts.fake_network": Words(
        _("Report a fake to its network"), _("Show me the text and the way"), "fake", called.fakes
    ),
    "accounts.found": Words(
        _("Settle what becomes of a page in our name"), _("See the page"), "found-page", called.found_pages
    ),
    "accounts.found_remind": Words(
        _("Look whether a page that was asked to close is gone"),
        _("See the page"),
        "found-page",
        called.found_pages,
    ),
    "accounts.mark_lost": Words(
        _("Put back what shows that an account is ours"), _("Go to the account"), "account", called.accounts
    ),
    "accounts.handover": Words(
        _("Hand over an account: somebody who answers for it leaves"),
        _("See what is to be done"),
        "handover",
        called.handed_over,
    ),
    "accounts.cover": Words(
        _("Say who covers an account while somebody is on long leave"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.look_in": Words(
        _("Look in on an account: nobody has in time"), _("Look in"), "account-care", called.accounts
    ),
    "accounts.read_through": Words(
        _("Go through what others wrote on an account: nobody has in time"),
        _("Go through it"),
        "account-care",
        called.accounts,
    ),
    "accounts.read_friends": Words(
        _("Go through the comments of friends on an account: nobody has in time"),
        _("Go through them"),
        "account-care",
        called.accounts,
    ),
    "accounts.take_part": Words(
        _("Take part in watching an account"), _("Look in"), "account-care", called.accounts
    ),
    "accounts.freshen": Words(
        _("See to an account that is no longer fresh"), _("See how it is"), "account-care", called.accounts
    ),
    "accounts.left_alone": Words(
        _("See to an account that is left to itself"), _("See how it is"), "account-care", called.accounts
    ),
    "accounts.evaluate": Words(
        _("Look back at an account"), _("Say what came of it"), "account-evaluation", called.accounts
    ),
    "accounts.close": Words(
        _("Close an account: its planned end comes near"),
        _("See the steps"),
        "account-closing",
        called.accounts,
    ),
    "accounts.nobody": Words(
        _("Find somebody to lead an account: nobody does"),
        _("Ask somebody"),
        "account-offers",
        called.accounts,
    ),
    "accounts.take_over": Words(
        _("Say whether you take a part in an account"), _("Read and answer"), "account-offer", called.offers
    ),
    "policy.arrange_training": Words(
        _("Arrange training: somebody waits for it"),
        _("Plan a session"),
        "training-sessions",
        by_subject=False,
    ),
    "policy.attend_training": Words(
        _("Go to the training you have a place at"),
        _("See when and where"),
        "training-mine",
        by_subject=False,
    ),
    "policy.policy_read": Words(
        _("Read the policy"), _("Read it and say so"), "policy-word", by_subject=False
    ),
    "policy.talk_about_policy": Words(
        _("Talk with somebody who declined to say that they have read the policy"),
        _("See who it is"),
        "known-person",
        called.people,
    ),
    "policy.tell_conduct": Words(
        _("Make sure that somebody in your team knows what the policy expects"),
        _("See who it is"),
        "known-team",
        called.people,
    ),
    "policy.wrong_answers": Words(
        _("Look again at the questions on the policy that you answered wrongly"),
        _("Try other questions"),
        "policy-check",
        by_subject=False,
    ),
    "policy.policy_understood": Words(
        _("Say that you understand the policy"), _("Go to the policy"), "policy-word", by_subject=False
    ),
    "policy.review": Words(
        _("Review the policy"), _("Put the review on record"), "policy-review", by_subject=False
    ),
    "policy.reading": Words(
        _("Look at what was chosen under the version before, and sign it for this one"),
        _("Look and sign"),
        "reading",
        by_subject=False,
    ),
    "policy.suggestion": Words(_("Answer a suggestion for the policy"), _("Read and answer"), "suggestion"),
    "policy.question": Words(
        _("Rule on a question that the policy leaves open"), _("Read and rule"), "asked-ruling"
    ),
    "policy.question_answered": Words(
        _("Your question about the policy was answered"), _("Read the answer"), "asked-ruling"
    ),
    "policy.trained": Words(
        _("Record the training of somebody"), _("Record training"), "record-training", called.people
    ),
    "post.approve": Words(
        _("Look at a post that waits for approval"), _("Look at the post"), "post", called.posts
    ),
    "post.put_right": Words(_("Put a post right"), _("Go to the post"), "post", called.posts),
    "post.by_hand": Words(_("Put a post out by hand"), _("Show me how"), "delivery", called.deliveries),
    "post.take_down_by_hand": Words(_("Take a post down by hand"), _("Show me how"), "delivery"),
    "post.confirm_gone": Words(_("Look whether a post is really gone"), _("Look"), "delivery"),
    "delivery.look": Words(_("Look whether a post arrived"), _("Look"), "delivery", called.deliveries),
    "delivery.failed": Words(
        _("A post could not be sent"), _("See what to do"), "delivery", called.deliveries
    ),
    "item.answer": Words(_("Answer a comment or message"), _("Read and answer"), "item", called.items),
    "item.read_again": Words(_("Read a comment again: it was changed"), _("Read it"), "item", called.items),
    "item.remove_by_hand": Words(_("Remove a comment by hand: it is still there"), _("Go to it"), "item"),
    "item.tell_readers": Words(_("Finish what the policy asks after a removal"), _("Go to it"), "item"),
    "moderation.failed": Words(_("A comment could not be shown"), _("See what to do"), "item"),
    "item.confirm_gone": Words(_("Look whether a comment is really gone"), _("Look"), "item"),
    "answer.by_hand": Words(_("Put an answer out by hand"), _("Show me how"), "answer", called.answers),
    "answer.look": Words(_("Look whether an answer arrived"), _("Look"), "answer", called.answers),
    "notices.mend_address": Words(
        _("Find out how somebody can be reached: mail to them does not arrive"),
        _("See who it is"),
        "messages-address",
        called.people,
    ),
    "answer.failed": Words(_("An answer could not be sent"), _("See what to do"), "answer", called.answers),
}
"""By the duty's kind. A kind that is missing here is shown as something to do, without a button."""


@dataclass(frozen=True)
class ShownDuty:
    """A duty as a page shows it: what, about what, why, by when, who else, and the button."""

    duty: Duty
    title: str | Promise
    about: str
    due: ShownDue
    clauses: Sequence[ShownClause]
    href: str
    button: str | Promise


def shown(found: Iterable[Duty], book: Book, *, at: datetime) -> list[ShownDuty]:
    """The duties in words; one query for each kind of thing that has names, however many rows."""
    duties = list(found)
    names = _names_of(duties)
    return [_shown(duty, book, names, at=at) for duty in duties]


def _shown(duty: Duty, book: Book, names: Mapping[str, str], *, at: datetime) -> ShownDuty:
    words = WORDS.get(duty.kind)
    in_danger = duty.urgency == Urgency.DANGER
    federation, quote = federation_of(book.key), quote_from(book)
    clauses = [
        clause_shown(clause, basis=_basis(book, clause), federation=federation, quote=quote)
        for clause in duty.clauses[:1]
    ]
    return ShownDuty(
        duty=duty,
        title=_("Somebody may be in danger: take up the report now")
        if in_danger
        else words.title
        if words
        else _("Something waits for you"),
        about=names.get(duty.subject, ""),
        due=due_in_words(instant=duty.due_at, day=duty.due_day, at=at),
        clauses=clauses,
        href=_address(words, duty) if words else "",
        button=words.button if words else "",
    )


def _names_of(duties: Iterable[Duty]) -> dict[str, str]:
    wanted: dict[Names, dict[int, str]] = {}
    for duty in duties:
        words = WORDS.get(duty.kind)
        if words and words.names:
            wanted.setdefault(words.names, {})[number_of(duty.subject)] = duty.subject
    found: dict[str, str] = {}
    for read, subjects in wanted.items():
        named = read(list(subjects))
        found |= {subject: named[number] for number, subject in subjects.items() if number in named}
    return found


def _address(words: Words, duty: Duty) -> str:
    try:
        return reverse(words.page, args=[number_of(duty.subject)] if words.by_subject else [])
    except NoReverseMatch:
        return ""


def _basis(book: Book, clause: str) -> str:
    """On whose word a clause stands: the policy's, the law's, the house's.

    Or the federation's own choice, where it filled in what the clause leaves open."""
    if any(binding.chosen and clause in binding.clauses for binding in book.pack.bindings):
        return "chosen"
    return next((str(pack.basis) for pack in book.packs if clause in pack.clauses), "policy")
