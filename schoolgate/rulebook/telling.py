"""A decision as people read it: what decides first, then what is still needed, duties, advice; one line
where several findings say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.facts import LONDON
from schoolgate.rulebook.findings import UNKNOWN, Decision, Due, Duty, Finding
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.messages import in_english, plain

ORDER = (
    Kind.FORBIDS, Kind.BREACHED, Kind.REFERS, Kind.REQUIRES, Kind.OBLIGES, Kind.ADVISES_AGAINST,
    Kind.ADVISES, Kind.PERMITS, Kind.MET,
)  # fmt: skip
FOLDED = frozenset({Kind.PERMITS, Kind.MET})
"""Findings that need no action."""
ADVICE = (Kind.ADVISES_AGAINST, Kind.ADVISES)
ADVICE_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """What one or several findings say alike. `about`: of how many things; `overridden_by`: what replaces
    it, None where nothing does."""

    kind: Kind
    message: str
    about: int
    clauses: tuple[str, ...]
    needs: tuple[str, ...]
    overridden_by: str | None
    lifts_on: str | None
    agreed_by: str | None = None


def lines_of(decided: Decision) -> list[Line]:
    """Return the findings, most decisive first, each sentence once; overridden ones come last.

    What is not known is one line, for all clauses that wait for it."""
    alike: dict[tuple[str, *tuple[object, ...]], list[Finding]] = {}
    for one in decided.findings:
        said, clauses = in_english(one.message, one.args), one.clauses
        if one.message == UNKNOWN:  # its needs say it
            said, clauses = "", ()
        key = (said, one.kind, clauses, one.overridden_by, one.lifts_on, one.needs, one.agreed_by)
        alike.setdefault(key, []).append(one)
    found = [_line(key[0], same) for key, same in alike.items()]
    return sorted(found, key=lambda line: (line.overridden_by is not None, ORDER.index(line.kind)))


def _line(said: str, same: list[Finding]) -> Line:
    first = same[0]
    return Line(
        kind=first.kind,
        message=said,
        about=len({one.about for one in same}),
        clauses=tuple(dict.fromkeys(clause for one in same for clause in one.clauses)),
        needs=tuple(f"{plain(need.what)} (from {plain(need.source)})" for need in first.needs),
        overridden_by=first.overridden_by,
        lifts_on=plain(first.lifts_on) if first.lifts_on else None,
        agreed_by=first.agreed_by,
    )


def headline(decided: Decision) -> str:
    """Return the answer in one line; a permission that leaves something to do says so."""
    answer, owed = answer_of(decided), len(decided.duties)
    if answer is Answer.ALLOWED and owed:
        return f"Permitted, and you must do {'this' if owed == 1 else f'these {owed} things'}"
    if answer is Answer.SILENT and owed:
        return "The policy does not say whether it may be, and somebody must act"
    return HEADS[answer]


HEADS: Mapping[Answer, str] = {
    Answer.ALLOWED: "Permitted",
    Answer.ALLOWED_IF: "Permitted if the ruling covers it: read its words",
    Answer.ADVISED_AGAINST: "Permitted, and advised against",
    Answer.READ_FIRST: "Read these clauses first: no rule is known to say all of them",
    Answer.NOT_YET: "Not yet: something is still needed",
    Answer.RULING: "The policy leaves it to somebody to decide",
    Answer.NOT_ALLOWED: "Not permitted",
    Answer.TO_DO: "What must be done",
    Answer.LATE: "Overdue: what must be done",
    Answer.DONE: "Nothing more to do",
    Answer.MET: "In order",
    Answer.NOT_MET: "Not in order",
    Answer.SAYS: "What the policy says",
    Answer.LEFT_OUT: "The policy leaves this out",
    Answer.NOT_BOUND: "The policy does not bind this person here",
    Answer.SILENT: "The policy says nothing about it",
}


def told(decided: Decision, *, everything: bool = False) -> list[str]:
    """Return the decision as lines of English text: with `everything` also what is met and all advice."""
    because = f" ({decided.silent_because})" if decided.silent_because else ""
    text = [f"{headline(decided)}: {decided.situation} under {decided.policy}{because}"]
    if answer_of(decided) is Answer.READ_FIRST or decided.first:
        text.append(f"  read: {', '.join(decided.first or decided.unread)}")
    text += [f"  ruled on: {one}" for one in decided.ruled]
    text += [f"  may be excepted: {one}" for one in decided.excepted]
    lines = lines_of(decided)
    standing = [one for one in lines if one.overridden_by is None]
    stops = [one for one in standing if one.kind not in (*FOLDED, Kind.OBLIGES, *ADVICE)]
    advice = [one for one in standing if one.kind in ADVICE]
    overridden = [
        one for one in lines if one.overridden_by is not None and (everything or one.kind not in FOLDED)
    ]
    text += _written(stops)
    text += [f"  to do: {one}" for one in _owed(decided.duties)]
    text += _written(advice if everything else advice[:ADVICE_SHOWN])
    text += _written(overridden)
    if everything:
        text += _written(one for one in standing if one.kind in FOLDED)
    return [
        *text,
        *_rest(decided, lines, 0 if everything else len(advice[ADVICE_SHOWN:]), everything=everything),
    ]


WORDS: Mapping[Kind, str] = {
    Kind.FORBIDS: "no", Kind.BREACHED: "breached", Kind.REFERS: "to be decided", Kind.REQUIRES: "needed",
    Kind.OBLIGES: "to do", Kind.ADVISES_AGAINST: "advised otherwise", Kind.ADVISES: "bear in mind",
    Kind.PERMITS: "allowed", Kind.MET: "in order",
}  # fmt: skip


def _written(lines: Iterable[Line]) -> Iterator[str]:
    for one in lines:
        times = f" [{one.about} times]" if one.about > 1 else ""
        until = f" From {one.lifts_on} on it may be." if one.lifts_on else ""
        still = f"{' Needed: ' if one.message else ''}{'; '.join(one.needs)}" if one.needs else ""
        agreed = f" Agreed by: {plain(one.agreed_by)}." if one.agreed_by else ""
        gone = f" DOES NOT COUNT: {one.overridden_by} takes its place." if one.overridden_by else ""
        more = f"{until}{agreed}{still}{gone}"
        yield f"  {WORDS[one.kind]}{times}: {one.message}{more} ({', '.join(one.clauses)})"


def _owed(duties: Iterable[Duty]) -> Iterator[str]:
    """Yield each duty once, with how many things it is owed for."""
    counted: dict[str, int] = {}
    for one in duties:
        line = f"{plain(one.who)}: {plain(one.what)}, {when(one.due)} ({', '.join(one.clauses)})"
        counted[line] = counted.get(line, 0) + 1
    yield from (line if number == 1 else f"{line} [{number} times]" for line, number in counted.items())


def when(due: Due) -> str:
    """Return a due time in words, by London's clock."""
    if due.at_once:
        return "at once"
    if due.instant is not None:
        there = due.instant.astimezone(LONDON)
        return f"by {there:%H:%M} on {there:%A} {there.day} {there:%B %Y}"
    if due.day is not None:
        return f"by the end of {due.day:%A} {due.day.day} {due.day:%B %Y}"
    return "no time promised"


def _rest(decided: Decision, lines: list[Line], advice: int, *, everything: bool) -> Iterator[str]:
    in_order = sum(one.kind in FOLDED for one in lines)
    silent = len(decided.silent_points)
    parts = [f"{_number(silent, 'point')} of which the policy says nothing"] if silent else []
    if not everything:
        parts = [
            *([f"{_number(in_order, 'thing')} in order"] if in_order else []),
            *([f"{advice} more to bear in mind"] if advice else []),
            *parts,
        ]
    if parts:
        yield f"  Besides: {', '.join(parts)}.{'' if everything else ' `--all` shows everything.'}"


def _number(many: int, what: str) -> str:
    return f"{many} {what}" if many == 1 else f"{many} {what}s"
