"""Setting an account up as a task list: its pages, who has to be told, and what others still have to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.ladders import form_says_purpose
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening_facts import Answered, answered
from schoolgate.accounts.opening_questions import listening
from schoolgate.networks.registry import capabilities
from schoolgate.rulebook import Book
from schoolgate.web.accounts.opening.forms import PAGE, SETTINGS, WHERE, part_of

TITLES = {
    WHERE: _("Address and contact"),
    SETTINGS: _("How it is set up"),
    PAGE: _("What its page shows"),
}
DONE: tuple[str | Promise, str] = (_("Completed"), "plain")
STARTED: tuple[str | Promise, str] = (_("In progress"), "wait")
NEW: tuple[str | Promise, str] = (_("Not started"), "info")
AGAIN: tuple[str | Promise, str] = (_("Check again"), "wait")


@dataclass(frozen=True)
class SetupTask:
    """One thing to do before the account opens."""

    key: str
    title: str | Promise
    href: str
    status: str | Promise
    kind: str


def setup_tasks(account: Account, book: Book, *, may_tell: bool) -> list[SetupTask]:
    """Return the tasks of setting up the account, each with its progress. A page of settings without
    questions is left out."""
    asked = answered(account, book)
    found = [_task(account, WHERE, _where(account))]
    for key in (SETTINGS, PAGE):
        here = [one for one in asked if part_of(one) == key]
        if here or key == PAGE:
            found.append(_task(account, key, _answers(here, book, account)))
    if account.proposal_id is not None and not form_says_purpose(book):
        href = reverse("account-about", args=[account.pk])
        found.append(SetupTask("about", _("Purpose and audience"), href, *_about(account)))
    if may_tell and book.at("account.open", "notified"):
        status, kind = DONE if account.notices.exists() else NEW
        href = reverse("account-notice", args=[account.pk])
        found.append(SetupTask("notice", _("Notify someone about the account"), href, status, kind))
    return found


def setup_page(account: Account, key: str) -> str:
    """Return the address of a page of setting the account up."""
    return reverse("account-setup-part", args=[account.pk, key])


def _task(account: Account, key: str, how_far: tuple[str | Promise, str]) -> SetupTask:
    return SetupTask(key, TITLES[key], setup_page(account, key), *how_far)


def _where(account: Account) -> tuple[str | Promise, str]:
    ours = capabilities(account.network).ours
    given = [bool(account.contact), ours or bool(account.address)]
    return DONE if all(given) else STARTED if account.contact or account.address else NEW


def _about(account: Account) -> tuple[str | Promise, str]:
    if account.purpose and account.audience:
        return DONE
    return STARTED if account.purpose or account.audience else NEW


def _answers(asked: Sequence[Answered], book: Book, account: Account) -> tuple[str | Promise, str]:
    """Return how far the questions of a page are. Those that no rule asks block nothing."""
    if any(one.seen is not None and not one.stands for one in asked):
        return AGAIN
    needed = [one for one in asked if listening(book, one.question.asked_at)]
    given = [one for one in asked if one.value is not None]
    if all(one.value is not None for one in needed) and (given or account.page_pictures.exists()):
        return DONE
    return STARTED if given else NEW
