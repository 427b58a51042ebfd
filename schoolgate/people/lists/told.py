"""What a person has to know of a file beside its rows: what its workbook hides, and what isn't read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext, ngettext

from schoolgate.people.sheets import Sheet

MOST_NAMED = 20


def told_of(sheet: Sheet) -> Iterator[str]:
    """Yield a sentence for each."""
    hidden = sheet.hidden
    if hidden.rows:
        yield ngettext(
            "{number} row is hidden or filtered out in this workbook. It’s read like the others: row {rows}.",
            "{number} rows are hidden or filtered out in this workbook. They’re read like the others: rows "
            "{rows}.",
            len(hidden.rows),
        ).format(number=len(hidden.rows), rows=_some(map(str, hidden.rows)))
    if hidden.columns:
        yield ngettext(
            "{number} column is hidden in this workbook. It’s read like the others: {columns}.",
            "{number} columns are hidden in this workbook. They’re read like the others: {columns}.",
            len(hidden.columns),
        ).format(number=len(hidden.columns), columns=_some(hidden.columns))
    if hidden.sheets:
        yield gettext("Only the first sheet is read. Not read: {sheets}.").format(sheets=_some(hidden.sheets))
    if sheet.aside:
        yield gettext("Above or below the table, so not read: {words}").format(words=_some(sheet.aside))


def _some(words: Iterable[str]) -> str:
    found = list(words)
    return ", ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")
