"""The title of a duty on a page, and the one button that leads to doing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True)
class Words:
    """A kind of duty: its sentence, its button, the page of the subject, and what the subject is called."""

    title: str | Promise
    button: str | Promise
    page: str
    names: called.Names | None = None
    by_subject: bool = True


WORDS: Mapping[str, Words] = {
    "incidents.take": Words(
        _("New concern reported: respond now"),
        _("Read and respond"),
        "wrong-report",
        called.reports,
    ),
    "incidents.finish": Words(
        _("Record the outcome of a concern you’re dealing with"),
        _("Open concern"),
        "wrong-report",
        called.reports,
    ),
    "backup.look": Words(
        _("Fix the backups: not everything could be restored"),
        _("See what’s wrong"),
        "backups",
        by_subject=False,
    ),
    "running.standing_still": Words(
        _("Part of Schoolgate has stopped working: have it checked"),
        _("See what has stopped"),
        "running",
        by_subject=False,
    ),
    "accounts.change_key": Words(
        _("Change an account key on its network and save the new one"),
        _("View reason"),
        "account-key",
        called.keys,
    ),
    "accounts.decide": Words(
        _("Decide on an account proposal"), _("Read and decide"), "proposal", called.proposals
    ),
    "accounts.sign": Words(
        _("Sign your part of a proposal"), _("Read and sign"), "proposal", called.proposals
    ),
    "accounts.sign_again": Words(
        _("A proposal you signed has changed, so your signature no longer counts"),
        _("View changes"),
        "proposal",
        called.proposals,
    ),
    "accounts.put_right": Words(
        _("Changes requested to your proposal"),
        _("Read reason"),
        "proposal",
        called.proposals,
    ),
    "accounts.open": Words(
        _("Set up and open an account"), _("Go to the account"), "account", called.accounts
    ),
    "accounts.regular": Words(
        _("Make an existing account meet the policy"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.leave_ends": Words(
        _("Decide whether an account still has permission to continue"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.small_decide": Words(
        _("Decide on a quick request"), _("Read and decide"), "small-proposal", called.small_proposals
    ),
    "accounts.admission_look": Words(
        _("Check an access request"), _("See request"), "admission", called.asked_accounts
    ),
    "accounts.admission_do": Words(
        _("Add an approved person on the network and confirm it"),
        _("See who it is"),
        "admission",
        called.asked_accounts,
    ),
    "accounts.fake": Words(_("Look into a reported fake account"), _("View report"), "fake", called.fakes),
    "accounts.fake_network": Words(
        _("Report a fake account to its network"), _("Show me the text and steps"), "fake", called.fakes
    ),
    "accounts.found": Words(
        _("Decide what to do about an unofficial page"), _("View page"), "found-page", called.found_pages
    ),
    "accounts.found_remind": Words(
        _("Check whether a page has closed as requested"),
        _("View page"),
        "found-page",
        called.found_pages,
    ),
    "accounts.mark_lost": Words(
        _("Restore the proof that an account is genuine"), _("Go to the account"), "account", called.accounts
    ),
    "accounts.handover": Words(
        _("Hand over an account: someone responsible for it is leaving"),
        _("See what to do"),
        "handover",
        called.handed_over,
    ),
    "accounts.cover": Words(
        _("Name cover for an account during long leave"),
        _("Go to the account"),
        "account",
        called.accounts,
    ),
    "accounts.look_in": Words(_("Check an account: overdue"), _("Check"), "account-care", called.accounts),
    "accounts.read_through": Words(
        _("Check what others contributed to an account: overdue"),
        _("Check"),
        "account-care",
        called.accounts,
    ),
    "accounts.read_friends": Words(
        _("Check friends’ comments on an account: overdue"),
        _("Check"),
        "account-care",
        called.accounts,
    ),
    "accounts.take_part": Words(_("Help to check an account"), _("Check"), "account-care", called.accounts),
    "accounts.freshen": Words(
        _("Deal with an account that is out of date"), _("View status"), "account-care", called.accounts
    ),
    "accounts.left_alone": Words(
        _("Deal with a neglected account"), _("View status"), "account-care", called.accounts
    ),
    "accounts.evaluate": Words(_("Review an account"), _("Record outcome"), "account-care", called.accounts),
    "accounts.close": Words(
        _("Close an account: its planned closing date is near"),
        _("View steps"),
        "account-closing",
        called.accounts,
    ),
    "rota.check_in": Words(
        _("A shift has started: check in"), _("Open shift"), "rota-turn-by-id", called.turns
    ),
    "rota.fill": Words(
        _("Find someone for a shift that no one covers"), _("Open shift"), "rota-turn-by-id", called.turns
    ),
    "rota.declined": Words(
        _("Find someone else: no one has taken your shift"), _("Open shift"), "rota-turn-by-id", called.turns
    ),
    "rota.reply": Words(_("Reply to a request for cover"), _("Read and reply"), "rota-swap", called.swaps),
    "accounts.nobody": Words(
        _("Find a lead for an account without one"),
        _("Ask someone"),
        "account-offers",
        called.accounts,
    ),
    "accounts.take_over": Words(
        _("Accept or decline a role in an account"), _("Read and reply"), "account-offer", called.offers
    ),
    "policy.arrange_training": Words(
        _("Arrange training: someone is waiting for it"),
        _("Plan a session"),
        "training",
        by_subject=False,
    ),
    "policy.attend_training": Words(
        _("Attend the training you have a place on"),
        _("See when and where"),
        "training",
        by_subject=False,
    ),
    "policy.policy_read": Words(_("Read the policy"), _("Read and confirm"), "policy-word", by_subject=False),
    "policy.talk_about_policy": Words(
        _("Talk to someone who declined to say that they have read the policy"),
        _("See who it is"),
        "known-person",
        called.people,
    ),
    "policy.tell_conduct": Words(
        _("Make sure someone in your team knows what the policy expects"),
        _("See who it is"),
        "known-team",
        called.people,
    ),
    "policy.wrong_answers": Words(
        _("Review the policy questions you got wrong"),
        _("Try other questions"),
        "policy-check",
        by_subject=False,
    ),
    "policy.policy_understood": Words(
        _("Confirm that you understand the policy"), _("Go to the policy"), "policy-word", by_subject=False
    ),
    "policy.review": Words(_("Review the policy"), _("Record the review"), "versions", by_subject=False),
    "policy.reading": Words(
        _("Review and sign the choices carried over from the previous version"),
        _("Review and sign"),
        "reading",
        by_subject=False,
    ),
    "policy.suggestion": Words(_("Answer a policy suggestion"), _("Read and reply"), "suggestion"),
    "policy.question": Words(
        _("Give a ruling on a question the policy leaves open"), _("Read and give a ruling"), "asked-ruling"
    ),
    "policy.question_answered": Words(
        _("Your question about the policy has been answered"), _("Read the answer"), "asked-ruling"
    ),
    "policy.trained": Words(
        _("Record someone’s training"), _("Record training"), "record-training", called.people
    ),
    "post.approve": Words(_("Review a post that needs approval"), _("Review post"), "post", called.posts),
    "post.put_right": Words(_("Correct a post"), _("Go to the post"), "post", called.posts),
    "post.by_hand": Words(_("Post by hand"), _("Show me how"), "delivery", called.deliveries),
    "post.take_down_by_hand": Words(_("Take down a post by hand"), _("Show me how"), "delivery"),
    "post.confirm_gone": Words(_("Check that a post is gone"), _("Check"), "delivery"),
    "delivery.look": Words(_("Check whether a post arrived"), _("Check"), "delivery", called.deliveries),
    "delivery.failed": Words(
        _("A post couldn’t be sent"), _("See what to do"), "delivery", called.deliveries
    ),
    "item.answer": Words(_("Reply to a comment or message"), _("Read and reply"), "item", called.items),
    "item.read_again": Words(_("Read an edited comment again"), _("Read"), "item", called.items),
    "item.remove_by_hand": Words(_("Delete a comment by hand: it’s still there"), _("Go to it"), "item"),
    "item.tell_readers": Words(
        _("Finish the steps the policy asks for after deleting a comment"), _("Go to it"), "item"
    ),
    "moderation.failed": Words(_("A comment couldn’t be shown"), _("See what to do"), "item"),
    "item.confirm_gone": Words(_("Check that a comment is gone"), _("Check"), "item"),
    "answer.by_hand": Words(_("Post a reply by hand"), _("Show me how"), "answer", called.answers),
    "answer.look": Words(_("Check whether a reply arrived"), _("Check"), "answer", called.answers),
    "notices.mend_address": Words(
        _("Find a working address: emails don’t reach this person"),
        _("See who it is"),
        "person-contact",
        called.people,
    ),
    "answer.failed": Words(_("A reply couldn’t be sent"), _("See what to do"), "answer", called.answers),
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


def shown(
    found: Iterable[Duty], book: Book, *, at: datetime, names: Mapping[str, str] | None = None
) -> list[ShownDuty]:
    """The duties in words; one query, however many rows and kinds of things they are about, and none where
    what the things are called (`names_of`) is known."""
    duties = list(found)
    names = names_of(duties) if names is None else names
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
        title=_("Someone may be in danger: respond to this concern now")
        if in_danger
        else words.title
        if words
        else _("You have a task"),
        about=names.get(duty.subject, ""),
        due=due_in_words(instant=duty.due_at, day=duty.due_day, at=at),
        clauses=clauses,
        href=_address(words, duty) if words else "",
        button=words.button if words else "",
    )


def names_of(duties: Iterable[Duty]) -> dict[str, str]:
    """Return the names of the things that these duties are about, by their subject. One query."""
    wanted: dict[called.Names, dict[int, str]] = {}
    for duty in duties:
        words = WORDS.get(duty.kind)
        if words and words.names:
            wanted.setdefault(words.names, {})[number_of(duty.subject)] = duty.subject
    found = called.named(wanted)
    return {
        subject: found[kind][number]
        for kind, subjects in wanted.items()
        for number, subject in subjects.items()
        if number in found[kind]
    }


def _address(words: Words, duty: Duty) -> str:
    try:
        return reverse(words.page, args=[number_of(duty.subject)] if words.by_subject else [])
    except NoReverseMatch:
        return ""


def _basis(book: Book, clause: str) -> str:
    """Return the basis of a clause: the policy, the law, the house rules, or the federation's own choice
    where the clause leaves something open."""
    if any(binding.chosen and clause in binding.clauses for binding in book.pack.bindings):
        return "chosen"
    return next((str(pack.basis) for pack in book.packs if clause in pack.clauses), "policy")
