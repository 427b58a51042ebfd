"""What the policy says about how an account was looked after: each finding as a sentence with its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, plain, quote_from, sentence


@dataclass(frozen=True)
class ClauseHistory:
    """What a clause says about the past: its sentences, oldest first, one sign, and the clause itself."""

    texts: list[str]
    kind: str
    tag: str
    clauses: Sequence[ShownClause]

    @property
    def newest(self) -> str:
        """The sentence that counts now."""
        return self.texts[-1]

    @property
    def before(self) -> list[str]:
        """Return what it says about earlier weeks, latest first."""
        return self.texts[-2::-1]


def said_of(decision: Decision, book: Book, *, without: Sequence[str] = ()) -> list[ClauseHistory]:
    """Return what the policy says about the past: each finding as a sentence, advice told from obligation."""
    federation, quote = federation_of(book.key), quote_from(book)
    found: dict[tuple[tuple[str, ...], str], ClauseHistory] = {}
    for one in decision.findings:
        if one.point in without or not one.stands:
            continue
        kind, tag = _sign(one.kind)
        args = dict(one.args)
        text = _("Not known: {what}.").format(what=sentence_of_needs(one.needs)) if one.needs else ""
        shown = [
            clause_shown(clause, basis=str(one.basis), federation=federation, quote=quote)
            for clause in one.clauses[:1]
        ]
        said = found.setdefault((one.clauses, kind), ClauseHistory([], kind, tag, shown))
        said.texts.append(text or sentence(one.message, args))
    return list(found.values())


def sentence_of_needs(needs: Sequence[Any]) -> str:
    """Return what is missing, in words."""
    return ", ".join(plain(need.what) for need in needs)


def _sign(kind: Kind) -> tuple[str, str]:
    """Return the colour and the tag of a kind of finding."""
    return {
        Kind.MET: ("good", _("Meets the policy")),
        Kind.PERMITS: ("good", _("Meets the policy")),
        Kind.OBLIGES: ("info", _("To do")),
        Kind.ADVISES: ("", _("Figures")),
        Kind.ADVISES_AGAINST: ("wait", _("Advised, not compulsory")),
        Kind.BREACHED: ("no", _("Missed")),
        Kind.FORBIDS: ("no", _("Missed")),
        Kind.REQUIRES: ("wait", _("Waiting")),
        Kind.REFERS: ("ask", _("Needs a ruling")),
    }[kind]
