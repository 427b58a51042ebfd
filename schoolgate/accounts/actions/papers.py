"""Sealed papers for the safe: printed once, numbered, reported when opened, void when no longer good."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.keys import ask_for_change, asked_to_see, note_shown
from schoolgate.accounts.facts.keys import keys_facts
from schoolgate.accounts.models import Account, AccountKey, PaperKey, PaperLine
from schoolgate.accounts.states import PAPER_MOVES, ChangeReason, KeyKind, PaperState
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.moves import move
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.queries import in_force

ON_PAPER = (KeyKind.PARTICULARS, KeyKind.PASSWORD, KeyKind.CODES)
"""Kinds of keys printed on a paper. Never a seed: people who open the safe have the recovery codes."""


@dataclass(frozen=True)
class Printed:
    """A paper as printed, once: its row, and each key with its content."""

    paper: PaperKey
    lines: tuple[tuple[AccountKey, str], ...] = field(repr=False)


@action
def make_paper(
    *, account: Account, by: Person, at: datetime, keys: Iterable[AccountKey], place: str = ""
) -> Printed:
    """Make a numbered paper with some of an account's keys, to seal and store in the safe.

    Printing is seeing: each key is checked, recorded and announced like one that is shown. Raises Refused,
    NotAllowed, NotNow, BadInput, CannotOpen.
    """
    on = local_day(at)
    rules.check_takes_keys(account)
    chosen = list(keys)
    usable = all(not key.ended and key.account_id == account.pk and key.kind in ON_PAPER for key in chosen)
    if not chosen or not usable:
        raise BadInput({"keys": _("Choose at least one of the account’s passwords.")})
    policy = in_force(on)
    for key in chosen:
        facts = keys_facts(account, policy, by=by, at=at, kind=key.kind, act="keep", place="locked")
        require(record_decision("account.keys", facts, at=at, by=by, subject=key))
    seen = [asked_to_see(key, by=by, at=at) for key in chosen]
    for one in seen:
        require(one)
    rules.check_has_part(by, account, on=on)
    paper = PaperKey.objects.create(
        account=account, number=_next_number(), place=place.strip(), made_by=by, made_at=at
    )
    lines = []
    for key, kept in zip(chosen, seen, strict=True):
        PaperLine.objects.create(paper=paper, key=key)
        lines.append((key, vault.reveal(key.vault_ref or 0)))
        note_shown(key, kept, by=by, at=at, code_only=False)
    clauses = [clause for one in seen for clause in one.clauses]
    record("paperkey.made", subject=paper, at=at, actor=by, clauses=clauses, account=account.pk, by=by.pk)
    return Printed(paper, tuple(lines))


def _next_number() -> int:
    """Return the federation's last number plus one; concurrent calls wait for each other."""
    Federation.objects.select_for_update(no_key=True).get(pk=current_scope().federation_id)
    return (PaperKey.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@action
def report_opened(
    *, paper: PaperKey, by: Person, at: datetime, opened_by: Person, opened_on: date, why: str
) -> PaperKey:
    """Report that a sealed paper was opened: who opened it, on which day, and why. Its keys fall due for
    change.

    Anyone who may see the inside of the account may report it. Raises BadInput, NotNow where it is opened
    or void already.
    """
    wrong: dict[str, Text] = {}
    if opened_on > local_day(at) or opened_on < local_day(paper.made_at):
        wrong["opened_on"] = _("Enter a date between the day it was created and today.")
    if not why.strip():
        wrong["why"] = _("Explain why it was opened.")
    if wrong:
        raise BadInput(wrong)
    move(
        paper, to=PaperState.OPENED, moves=PAPER_MOVES, at=at, opened_by=opened_by, opened_on=opened_on,
        why=why.strip(), ended_at=at, ended_by=by,
    )  # fmt: skip
    record(
        "paperkey.opened", subject=paper, at=at, actor=by, account=paper.account_id, opened_by=opened_by.pk,
        by=by.pk,
    )  # fmt: skip
    on_it = AccountKey.objects.filter(on_papers__paper=paper, ended="").exclude(kind=KeyKind.PARTICULARS)
    for key in on_it.select_related("account__school").order_by("id"):
        ask_for_change(key, ChangeReason.OPENED, at=at, person=opened_by)
    return paper


@action
def void_paper(*, paper: PaperKey, by: Person, at: datetime, why: str) -> PaperKey:
    """Record that a sealed paper is no longer valid, for instance shredded. Raises NotAllowed, NotNow,
    BadInput."""
    rules.check_has_part(by, paper.account, on=local_day(at))
    if not why.strip():
        raise BadInput({"why": _("Explain why it’s no longer valid.")})
    move(paper, to=PaperState.VOID, moves=PAPER_MOVES, at=at, why=why.strip(), ended_at=at, ended_by=by)
    record("paperkey.voided", subject=paper, at=at, actor=by, account=paper.account_id)
    return paper
