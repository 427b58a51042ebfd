"""The clauses that ask for a field of a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from schoolgate.accounts.papers import FormPage
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.frame.wording import RESTATED_IN


@dataclass(frozen=True)
class AskedBy:
    """The clause that asks for a field: as the policy prints it where the federation pasted that, else in our
    words, in `language`."""

    section: str
    words: str
    language: str


def asked_by(page: FormPage, book: Book) -> list[tuple[str, list[AskedBy]]]:
    """Each question of a page with the clauses that ask for it."""
    return [(gettext(point.label), _clauses_of(point, book)) for point in page.points]


def _clauses_of(point: FormPoint, book: Book) -> list[AskedBy]:
    found = (book.clause(one) for one in point.clauses)
    rows = (
        AskedBy(clause.heading, clause.wording or clause.says, "" if clause.wording else RESTATED_IN)
        for clause in found
    )
    return list(dict.fromkeys(rows))
