"""The record as evidence: who may look at it, its short names in words, its rows by clause, and who did last
what; the evidence file: what it is to show, the rows that rest on a clause, what proves them, how to check
that, and the words that people read in it; and the record's row that everything of a federation was exported.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core import ledger
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import NotNow
from schoolgate.core.events import EVENTS, record
from schoolgate.core.ledger import NotAsSigned, Proof, covering, proofs, rows_for_clause, rows_for_subject
from schoolgate.core.models import Federation, LedgerRow
from schoolgate.core.saying import subject_in_words
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import seeing
from schoolgate.incidents.meant import hidden_subjects
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.people.sheets import write_csv
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import guarded_kinds

SEES_EVIDENCE = frozenset({"oversee", "own_policy", "administer", "decide_account"})
"""The people accountable for following the policy. Rows contain no text and no name but that of the actor."""


def check_may_see_evidence(person: Person, *, on: date) -> None:
    """Raise NotAllowed, with who to ask, unless `person` is accountable for following the policy."""
    if not SEES_EVIDENCE & capacities(person, on=on, anywhere=True):
        check_capacity(person, "oversee", on=on, anywhere=True)


PROOFS: Mapping[str, Promise] = {
    "decided": _("Tests show that decisions use this clause."),
    "duty": _("Tests show that this clause gives someone a task, with its deadline."),
    "record": _("Tests show that a record is made for this clause."),
    "advice": _("Tests show that people are told about this clause at the right moment."),
    "invariant": _("Tests show that no other rule changes what this clause says."),
    "structure": _("Tests show that Schoolgate is built as this clause asks."),
    "attested": _("Only a person can confirm this clause. Tests show that the person is asked."),
    "text": _("This clause is only shown. Schoolgate doesn’t act on it."),
}
"""Kind of proof (`rulebook.coverage`) -> what that means."""

RESTS: Mapping[str, Promise] = {
    "rows": _("The evidence is in Schoolgate’s records."),
    "mark": _("The evidence is what people marked in a text, and how someone judged it."),
    "built": _("Schoolgate is built so that this is always the case."),
    "word": _("The only evidence is what someone has confirmed."),
    "told": _("Schoolgate only tells people about this clause. It stops nothing."),
    "name": _("Nothing in Schoolgate applies this clause yet."),
}
"""What a clause rests on (`rulebook.coverage`) -> what that means."""


def event_in_words(name: str) -> str:
    """What happened, in the active language; the name itself of an event that is no longer declared."""
    return str(EVENTS[name].sentence) if name in EVENTS else name


def briefly(name: str) -> str:
    """What happened, as the page of the thing itself says it, in the active language; empty if left out."""
    return str(EVENTS[name].brief) if name in EVENTS else ""


# Reads of the record by clause. None of them reads more of it than it shows.

COUNTED = 100
"""Rows are counted up to here: beyond it "more than 100" says as much, and costs no more."""

_LAST = """\
SELECT asked.clause, (SELECT max(rests.number) FROM ledger_clause rests WHERE rests.clause = asked.clause
    AND NOT rests.number = ANY(%s::bigint[]))
FROM unnest(%s::text[]) AS asked(clause)
"""
_COUNTS = """\
SELECT asked.clause, (SELECT count(*) FROM
    (SELECT 1 FROM ledger_clause rests WHERE rests.clause = asked.clause
    AND NOT rests.number = ANY(%s::bigint[]) ORDER BY number LIMIT %s) AS few)
FROM unnest(%s::text[]) AS asked(clause)
"""
# In the order of the index: otherwise a clause without rows could cost a walk through the whole table.


@dataclass(frozen=True)
class Evidence:
    """One row of the record: what happened, who acted, and the decision it rests on.

    `by` is None where the program acted, and where the person's row was deleted (`by_gone`).
    """

    row: LedgerRow
    by: Person | None = None
    by_gone: bool = False
    decision: DecisionRecord | None = None

    @property
    def subject(self) -> str:
        """The subject; for a duty, the subject of the duty."""
        about = self.row.details.get("about")
        return about if isinstance(about, str) and ":" in about else self.row.subject


def evidence_for(
    clause_id: str, *, before: int | None = None, limit: int = 25, hidden: Collection[int] = ()
) -> tuple[list[Evidence], int | None]:
    """Return the rows that rest on a clause, newest first, with the number to ask the next page with; without
    the `hidden` ones (`hidden_from`).

    That is None on the last page. Four queries, however many rows.
    """
    rows = rows_for_clause(clause_id, before=before, limit=limit + 1, hidden=hidden)
    shown = rows[:limit]
    people = Person.objects.in_bulk({number_of(row.actor) for row in shown if _is_person(row)})
    decisions = DecisionRecord.objects.in_bulk({row.decision for row in shown if row.decision})
    return [
        Evidence(
            row=row,
            by=people.get(number_of(row.actor)) if _is_person(row) else None,
            by_gone=_is_person(row) and number_of(row.actor) not in people,
            decision=decisions.get(row.decision or 0),
        )
        for row in shown
    ], shown[-1].number if len(rows) > limit else None


def _is_person(row: LedgerRow) -> bool:
    return row.actor.startswith("people.person:")


def hidden_from(person: Person, *, on: date) -> list[int]:
    """Return the numbers of the rows about concerns and locked items that are kept from this person: one row
    would show to them that a concern exists."""
    subjects = [*hidden_subjects(person, on), *seeing.hidden_subjects(person, on=on)]
    if not subjects:
        return []
    return list(LedgerRow.objects.filter(subject__in=subjects).values_list("number", flat=True))


def last_times(clause_ids: Sequence[str], *, hidden: Sequence[int] = ()) -> dict[str, datetime]:
    """Return when something was last recorded under each clause; a clause without a row is left out. Two
    queries."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(hidden), list(clause_ids)])
        last = {clause: number for clause, number in cursor.fetchall() if number is not None}
    at = _instants(last.values())
    return {clause: at[number] for clause, number in last.items()}


def counts(clause_ids: Sequence[str], *, hidden: Sequence[int] = ()) -> dict[str, int]:
    """Return how many rows rest on each clause, counted up to one more than COUNTED. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(hidden), COUNTED + 1, list(clause_ids)])
        return dict(cursor.fetchall())


def _instants(numbers: Iterable[int]) -> dict[int, datetime]:
    return dict(LedgerRow.objects.filter(number__in=list(numbers)).values_list("number", "at"))


PERSON = "people.person:"
MOST_READ = 20
"""Rows of the record among which a person's is looked for."""


@dataclass(frozen=True)
class LastDone:
    """What a person did last with a thing."""

    what: str
    who: str
    at: datetime


def last_done(subject: str) -> LastDone | None:
    """Return what a person did last with `subject`, in the active language; None where the record names no
    one. Inside a scope."""
    theirs = [row for row in rows_for_subject(subject, limit=MOST_READ) if row.actor.startswith(PERSON)]
    told = next((row for row in theirs if briefly(row.event)), next(iter(theirs), None))
    if told is None:
        return None
    name = Person.objects.values_list("name", flat=True).get(pk=number_of(told.actor))
    return LastDone(briefly(told.event) or event_in_words(told.event).rstrip("."), name, told.at)


@dataclass(frozen=True)
class Asked:
    """What the file is to show: a clause and its words, or all clauses; the days; and what is told of it.

    `told`: sentences on what the clause rests on and how often it was decided, in the reader's language.
    """

    federation: Federation
    clause: str = ""
    words: str = ""
    told: Sequence[str] = ()
    first: date | None = None
    last: date | None = None

    @property
    def about(self) -> str:
        """Return the clause, or "all clauses"."""
        return self.clause or "all clauses"

    @property
    def name(self) -> str:
        """Return the name for the file."""
        return f"evidence-{self.clause or self.federation.slug}.zip"


STYLE = """\
body{font:1rem/1.5 Arial,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}
blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid #b1b4b6}
td{min-width:5rem}
div{overflow-x:auto}"""


def page_head(asked: Asked) -> str:
    """Return evidence.html up to its first row."""
    title = gettext("Evidence for a clause") if asked.clause else gettext("Evidence for all clauses")
    ends = [day.isoformat() if day else "" for day in (asked.first, asked.last)]
    days = " – ".join(ends) if any(ends) else ""
    heads = [
        gettext("Record"),
        gettext("When"),
        gettext("What happened"),
        gettext("Who"),
        gettext("About"),
        gettext("Decision"),
        gettext("Clauses"),
    ]
    return format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>{}</title><style>{}</style></head><body>\n<h1>{}</h1>\n<p>{}</p>\n'
        "{}{}{}<p>{}</p>\n<div><table><thead><tr>{}</tr></thead><tbody>\n",
        get_language() or "en",
        title,
        STYLE,
        title,
        asked.federation.name,
        format_html('<p>{}</p>\n<blockquote lang="en">{}</blockquote>\n', asked.clause, asked.words)
        if asked.clause
        else "",
        format_html("<p>{}</p>\n", days) if days else "",
        format_html_join("", "<p>{}</p>\n", ((each,) for each in asked.told)),
        gettext(
            "Rows about concerns, data breaches, checks, searches, press enquiries and people’s own "
            "accounts are left out. "
            "README.txt says how to check this file."
        ),
        format_html_join("", '<th scope="col">{}</th>', ((each,) for each in heads)),
    )


def page_row(row: dict[str, Any]) -> str:
    """Return one row of the table."""
    at = localtime(stored_instant(row["at"]))
    cells = [
        row["number"], f"{at:%Y-%m-%d %H:%M}", row["says"], row["by"] or "–", subject_in_words(row["about"]),
        f"{row['decision']}: {row['outcome']}" if row["decision"] else "–", ", ".join(row["clauses"]),
    ]  # fmt: skip
    return format_html("<tr>{}</tr>\n", format_html_join("", "<td>{}</td>", ((each,) for each in cells)))


def page_tail() -> str:
    """Return the end of evidence.html."""
    return "</tbody></table></div></body></html>\n"


def readme(asked: Asked, rows: int) -> str:
    """Return README.txt, in English and Welsh."""
    text = Path(__file__).with_name("evidence_readme.txt").read_text(encoding="utf-8")
    return text.format(name=asked.federation.name, about=asked.about, rows=rows)


MOST = 20_000
"""Rows in one file: more is no longer read by people, and a shorter period can be chosen."""
AT_ONCE = 500
EVER = (date(2000, 1, 1), date(9000, 1, 1))
LEFT_OUT = ("incidents.", "breaches.", "searches.", "conduct.")
"""Rooms whose rows are never passed on, beside the kinds that only some people may read decisions about."""
STAMP = (1980, 1, 1, 0, 0, 0)
"""The same for all parts, so that the same rows make the same file."""
HEADS = ["number", "at", "event", "says", "by", "subject", "about", "decision", "outcome", "clauses"]
# In the order of an index, and no further than to one row too many.
_OF_CLAUSE = """\
SELECT row.number FROM ledger_clause rests JOIN core_ledgerrow row ON row.number = rests.number
WHERE rests.clause = %s AND row.at >= %s AND row.at < %s ORDER BY rests.number LIMIT %s
"""
_OF_ALL = """\
SELECT number FROM core_ledgerrow WHERE cardinality(clauses) > 0 AND at >= %s AND at < %s
ORDER BY number LIMIT %s
"""


@dataclass(frozen=True)
class Made:
    """How many rows the file has, and its SHA-256 (hex)."""

    rows: int
    digest: str


@action
def export_evidence(*, asked: Asked, out: IO[bytes], at: datetime, by: Person | None = None) -> Made:
    """Write the evidence file to `out`, and record that it was made, by which person, and its digest.

    What is about concerns, breaches, checks, searches and people's own accounts is left out, and what is
    locked to the safeguarding leads. That is the same for all readers: the file can be passed on.

    Args:
        by: None where the person who runs the server makes it.

    Raises:
        NotAllowed: the person may not see evidence.
        NotNow: more than MOST rows, or the record isn't the one that was signed.
    """
    if by is not None:
        check_may_see_evidence(by, on=local_day(at))
    numbers = _numbers(asked)
    known = _signed(asked.federation.pk, numbers, at)
    try:
        made = _write(asked, numbers, known, out)
    except NotAsSigned as error:
        raise NotNow(
            _("Rows {first} to {last} of the history no longer match what was signed.").format(
                first=error.first, last=error.last
            ),
            _("Ask the person who runs the server to check it with: schoolgate audit verify"),
        ) from error
    record(
        "evidence.exported", subject=by or asked.federation, at=at, actor=by, clause=asked.clause or None,
        rows=made.rows, digest=made.digest,
    )  # fmt: skip
    return made


def _numbers(asked: Asked) -> list[int]:
    first, last = asked.first or EVER[0], asked.last or EVER[1]
    within: list[Any] = [begins(first), begins(last + timedelta(days=1)), MOST + 1]
    with connection.cursor() as cursor:
        if asked.clause:
            cursor.execute(_OF_CLAUSE, [asked.clause, *within])
        else:
            cursor.execute(_OF_ALL, within)
        found = [number for (number,) in cursor.fetchall()]
    if len(found) > MOST:
        raise NotNow(
            _("There are more than {most} rows, too many for one file.").format(most=MOST),
            _("Choose a shorter period."),
        )
    return found


def _signed(federation_id: int, numbers: Sequence[int], at: datetime) -> list[ledger.SignedHead]:
    """Return the heads that cover the rows; the newest is signed now, where rows came since the last hour."""
    path = ledger.heads_file()
    known = ledger.read_heads(path, of=federation_id) if path.exists() else []
    if numbers and not covering(known, numbers[-1:]):
        known += ledger.sign_head(federation_id, at)
    return covering(known, numbers)


def _write(asked: Asked, numbers: Sequence[int], known: Sequence[ledger.SignedHead], out: IO[bytes]) -> Made:
    hidden = frozenset(seeing.subjects_of_all())
    shown: list[int] = []
    made, page = _Making(out), io.StringIO()
    sheet: list[list[object]] = [list(HEADS)]
    page.write(page_head(asked))
    with made.part("rows.json") as part:
        part.write(b"[\n")
        found = proofs(asked.federation.pk, numbers, known)
        while pieces := list(islice(found, AT_ONCE)):
            for row in _rows(pieces, hidden):
                part.write((b",\n" if shown else b"") + json.dumps(row, ensure_ascii=False).encode())
                shown.append(row["number"])
                page.write(page_row(row))
                sheet.append([_cell(row[name]) for name in HEADS])
        part.write(b"\n]\n")
    page.write(page_tail())
    made.add("rows.csv", write_csv(sheet))
    made.add("evidence.html", page.getvalue().encode())
    used = covering(known, shown)
    made.add("heads.jsonl", "".join(head.open_line() for head in used).encode())
    made.add("check.py", Path(__file__).with_name("evidence_check.py").read_bytes())
    made.add("README.txt", readme(asked, len(shown)).encode())
    made.sign(asked, shown)
    return Made(len(shown), made.digest())


def _rows(pieces: Sequence[Proof], hidden: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The rows of these proofs that may be passed on, with their words; two queries."""
    said = [(each, json.loads(each.body)) for each in pieces]
    said = [(each, body) for each, body in said if not _left_out(body, hidden)]
    people = Person.objects.in_bulk(
        {number_of(body["actor"]) for _each, body in said if body["actor"].startswith("people.person:")}
    )
    decisions = dict(
        DecisionRecord.objects.filter(
            pk__in={body["decision"] for _each, body in said if body["decision"]}
        ).values_list("pk", "outcome")
    )
    for each, body in said:
        person = people.get(number_of(body["actor"])) if body["actor"].startswith("people.person:") else None
        yield {
            "number": each.number,
            "at": body["at"],
            "event": body["event"],
            "says": str(event_in_words(body["event"])),
            "by": person.name if person else "",
            "subject": body["subject"],
            "about": _about(body),
            "decision": body["decision"],
            "outcome": decisions.get(body["decision"], ""),
            "clauses": body["clauses"],
            "body": each.body.decode("ascii"),
            "blind": each.blind.hex(),
            "path": [one.hex() for one in each.path],
            "head": each.head.number,
        }


def _about(body: dict[str, Any]) -> str:
    about = body["ids"].get("about")
    return about if isinstance(about, str) and ":" in about else str(body["subject"])


def _left_out(body: dict[str, Any], hidden: frozenset[str]) -> bool:
    names = {body["subject"], _about(body)}
    if names == {body["subject"]} and body["subject"].startswith(f"{Duty._meta.label_lower}:"):
        return True  # a task that doesn't say what it is about may be about anything
    kinds = guarded_kinds()
    return bool(names & hidden) or any(
        name.startswith(LEFT_OUT) or name.partition(":")[0] in kinds for name in names
    )


def _cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


class _Making:
    """The ZIP file: parts in a fixed order, with a fixed time, and the digest of each."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._digests: dict[str, str] = {}

    def part(self, name: str) -> _Part:
        """Return a part to write to piece by piece."""
        info = zipfile.ZipInfo(name, STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return _Part(name, self._zip.open(info, "w"), self._digests)

    def add(self, name: str, content: bytes) -> None:
        """Add a part as a whole."""
        with self.part(name) as part:
            part.write(content)

    def sign(self, asked: Asked, shown: Sequence[int]) -> None:
        """Add what the file claims, signed, with the key to check it."""
        said = {
            "federation": asked.federation.pk,
            "name": asked.federation.name,
            "about": asked.about,
            "first": asked.first.isoformat() if asked.first else None,
            "last": asked.last.isoformat() if asked.last else None,
            "files": dict(self._digests),
            "rows": list(shown),
        }
        content = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        self.add("statement.json", content)
        self.add("statement.sig", f"{ledger.sign_bytes(content)}\n".encode())
        self.add("key.pem", ledger.public_key_pem().encode())

    def digest(self) -> str:
        """Close the file and return its SHA-256 (hex)."""
        self._zip.close()
        self._out.seek(0)
        return hashlib.file_digest(self._out, "sha256").hexdigest()  # type: ignore[arg-type]


class _Part:
    """One part, hashed while it is written."""

    def __init__(self, name: str, opened: IO[bytes], digests: dict[str, str]) -> None:
        self._name, self._opened, self._digests, self._hash = name, opened, digests, hashlib.sha256()

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()
        self._digests[self._name] = self._hash.hexdigest()

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._hash.update(piece)
        self._opened.write(piece)


@action
def note_export(*, at: datetime) -> None:
    """Record that the operator of the installation begins to export the federation in scope: before, so
    that the export has this row too, and so that one that was cut off is seen."""
    record("federation.exported", subject=f"core.federation:{current_scope().federation_id}", at=at)
