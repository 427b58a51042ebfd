"""A duty as a page shows it: its title, what it is about, and the one button that leads to doing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.urls import reverse
from django.utils.functional import Promise

from schoolgate.core.subjects import number_of
from schoolgate.duties.kinds import Named, kind_of
from schoolgate.duties.models import Duty, Urgency
from schoolgate.notices.kinds import DANGER
from schoolgate.notices.kinds import KINDS as MAILS
from schoolgate.rulebook import Book
from schoolgate.web.frame.shown import ShownClause, ShownDue, due_in_words, instant_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from


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
    kind = kind_of(duty.kind)
    federation, quote = federation_of(book.key), quote_from(book)
    clauses = [
        clause_shown(clause, basis=_basis(book, clause), federation=federation, quote=quote)
        for clause in duty.clauses[:1]
    ]
    return ShownDuty(
        duty=duty,
        title=MAILS[DANGER].sentence if duty.urgency == Urgency.DANGER else kind.title,
        about=names.get(duty.subject, ""),
        due=due_in_words(instant=duty.due_at, day=duty.due_day, at=at),
        clauses=clauses,
        href=address_of(duty),
        button=kind.button,
    )


def names_of(duties: Iterable[Duty]) -> dict[str, str]:
    """Return the names of the things that these duties are about, by their subject. One query, however many
    kinds; none where no name is wanted."""
    wanted: dict[Named, dict[int, str]] = {}
    for duty in duties:
        if named := kind_of(duty.kind).named:
            wanted.setdefault(named, {})[number_of(duty.subject)] = duty.subject
    kinds = list(wanted)
    rows = [
        each.rows(wanted[each]).values_list(Value(number), "pk", "called")
        for number, each in enumerate(kinds)
    ]
    if not rows:
        return {}
    found = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {wanted[kinds[number]][pk]: _said(kinds[number].in_words(text)) for number, pk, text in found}


def _said(name: str | datetime) -> str:
    return instant_in_words(name) if isinstance(name, datetime) else name


def address_of(duty: Duty) -> str:
    """Return where a task is done; empty for one that an earlier release opened."""
    kind = kind_of(duty.kind)
    if kind.view:
        return f"{reverse(kind.page)}?{kind.view}{number_of(duty.subject)}"
    return reverse(kind.page, args=[number_of(duty.subject)] if kind.by_subject else []) if kind.page else ""


def _basis(book: Book, clause: str) -> str:
    """Return the basis of a clause: the policy, the law, the house rules, or the federation's own choice
    where the clause leaves something open."""
    if any(binding.chosen and clause in binding.clauses for binding in book.pack.bindings):
        return "chosen"
    return next((str(pack.basis) for pack in book.packs if clause in pack.clauses), "policy")
