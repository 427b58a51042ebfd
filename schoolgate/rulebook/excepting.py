"""What a policy's own words except from a ban or a need, where no rule is known to hold it: a verdict and the
clause quoted as its reason must not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.findings import UNKNOWN, Finding, clauses_of
from schoolgate.rulebook.kinds import Basis, Kind

if TYPE_CHECKING:
    from schoolgate.rulebook.book import Book

STOPS = (Kind.FORBIDS, Kind.BREACHED)
"""What an exception would lift altogether; what is only needed first, it may change."""
LONGEST = 200
"""Letters of what is quoted."""
_TAIL = lazy_pattern(
    r"\b(?:unless|except(?:ing|ion)?\b(?! may| is| was| to)|other than|apart from"
    r"|save (?:for|that|where|as|in)|oni bai|ac eithrio|heblaw)\b[^.;]*",
    re.IGNORECASE,
)
"""An exception inside the sentence of a ban: from its word on."""
_FROM_YEAR = lazy_pattern(
    r"\b(?:from|in|for) (?:pupils |students |children )?(?:in )?years? \d[^.;]*", re.IGNORECASE
)
_WHOLE = lazy_pattern(
    r"\b(?:is|are) (?:permitted|allowed|accepted)\b|\bdoes not apply\b|\bexempt\b"
    r"|\b(?:an|the only) exception\b"
    r"|\bmay(?! (?:not|only|never|lead|result|have|be at risk|be (?:dealt|treated|disciplin\w*)))\b"
    r"|\bcaniateir\b|\bcaiff\b",
    re.IGNORECASE,
)
"""A sentence of its own that allows something."""
_BAN = lazy_pattern(
    r"^\W{0,3}(?:no|nothing|none|neither|under no|if|ni|nid)\b|\b(?:not|never) (?:permitted|allowed)\b",
    re.IGNORECASE,
)
_OBEYS = lazy_pattern(
    r"\b(?:must|should|shall) (?:always )?(?:follow|obey|comply|adhere|keep to|ask|check)\b", re.IGNORECASE
)
"""How a sentence asks for something beside: what it calls permitted is what others say."""
_ELSEWHERE = lazy_pattern(
    r"\ban? exception|\bthe only exception|\bdoes not apply\b|\beithriad", re.IGNORECASE
)
"""How a clause says that it excepts something from others."""
_FREES = lazy_pattern(
    r"\bneeds? no (?:\w+ )?(?:consent|permission|approval)\b|\bwithout (?:needing|asking)\b"
    r"|\b(?:consent|permission|approval) (?:is|are)(?: not|n['’]t) (?:needed|required|necessary)\b"
    r"|\bno (?:consent|permission|approval) is (?:needed|required|necessary)\b"
    r"|\b(?:does|do)(?: not|n['’]t) (?:need|require) (?:\w+ )?(?:consent|permission|approval)\b"
    r"|\bnid oes angen (?:caniat[aâ]d|cymeradwyaeth)\b|\bheb ganiat[aâ]d\b",
    re.IGNORECASE,
)
"""How a clause lets something go without what another clause asks for."""


_ANYWHERE = frozenset(
    ["pupil", "parent", "colleague", "school", "account", "own", "social", "media", "facebook", "may", "can"]
)
"""What clauses on different matters have in common."""


def excepted(book: Book, situation: str, findings: Collection[Finding]) -> tuple[str, ...]:
    """Return the words of a school's own policy that may except this from what stops it: of the clauses that
    do, where their rules aren't known to say all of them or make no exception themselves, and of those beside
    them that make exceptions."""
    ours = [one for one in findings if one.stands and one.basis is Basis.POLICY]
    stopping = [one for one in ours if one.kind in STOPS]
    holding = stopping or [one for one in ours if one.kind is Kind.REQUIRES and one.message != UNKNOWN]
    there = clauses_of(holding)
    if not there:
        return ()
    key = situation, there, bool(stopping)
    found = book.excepted.get(key)
    if found is None:
        found = book.excepted[key] = tuple(dict.fromkeys(_words(book, *key)))
    return found


def _words(book: Book, situation: str, there: Collection[str], stops: bool) -> Iterator[str]:
    clauses = [book.clauses[key] for key in there if key in book.clauses]
    for clause in clauses:
        said = book.sentences_said(clause.id)
        excepts = any(clause.id in one.clauses and one.excepts for one in book.bound(situation))
        for says in clause.sentences:
            if says not in said or not excepts:  # a tick makes no exception
                yield from _exceptions(says, stops=stops)
    sections = {one.section for one in clauses}
    after = _following(book, clauses)
    for key in book.unread_at(situation):
        beside = book.clauses[key]
        first = next(iter(beside.sentences), "")  # else it's the exception to what it says itself
        if key in there or beside.section not in sections:
            continue
        lifts = _FREES.search(first) if _same_matter(first, clauses) else None
        if lifts or (
            stops and (_ELSEWHERE.search(first) or (key in after and _is_exception(first, clauses)))
        ):
            yield first


def _following(book: Book, clauses: Collection[Clause]) -> frozenset[str]:
    """Return the clauses that stand right behind one of these in its section."""
    ids, ours = [*book.clauses], {one.id for one in clauses}
    return frozenset(
        after
        for before, after in pairwise(ids)
        if before in ours and book.clauses[after].section == book.clauses[before].section
    )


def _is_exception(says: str, clauses: Collection[Clause]) -> bool:
    """Return whether a sentence allows something of what the clause before it forbids."""
    allows = _WHOLE.search(says) and not _BAN.search(says) and not _OBEYS.search(says)
    return bool(allows) and _same_matter(says, clauses)


def _same_matter(says: str, clauses: Collection[Clause]) -> bool:
    """Return whether a sentence shares a word with one of these that says what they are about."""
    words = _matter(says)
    return any(words & _matter(one.says) for one in clauses)


def _matter(says: str) -> frozenset[str]:
    from schoolgate.rulebook.adviser.speech import stems  # it asks the rulebook

    return frozenset(stems(says)) - _ANYWHERE


def _exceptions(says: str, *, stops: bool) -> Iterator[str]:
    first, semicolon, rest = says.partition(";")
    if semicolon and stops:
        yield from (*_exceptions(first.strip(), stops=stops), *_exceptions(rest.strip(), stops=stops))
        return
    if _WHOLE.search(says) and not _BAN.search(says):
        yield says
        return
    pattern = _TAIL if stops else _FROM_YEAR
    for one in pattern.finditer(says):
        words = one[0].strip()
        yield f"… {words if len(words) <= LONGEST else words[:LONGEST].rpartition(' ')[0] + ' …'}"
