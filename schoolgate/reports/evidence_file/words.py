"""What people read in the evidence file: the page evidence.html, and README.txt in English and Welsh."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.core.days import stored_instant
from schoolgate.core.subject_words import subject_in_words
from schoolgate.reports.evidence_file.asked import Asked

STYLE = """\
body{font:1rem/1.5 Arial,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}
blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid #b1b4b6}
td{min-width:5rem}
div{overflow-x:auto}"""


def page_head(asked: Asked) -> str:
    """Return evidence.html up to its first row."""
    title = _("Evidence for a clause") if asked.clause else _("Evidence for all clauses")
    ends = [day.isoformat() if day else "" for day in (asked.first, asked.last)]
    days = " – ".join(ends) if any(ends) else ""
    heads = [_("Record"), _("When"), _("What happened"), _("Who"), _("About"), _("Decision"), _("Clauses")]
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
        _(
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
    text = Path(__file__).with_name("readme.txt").read_text(encoding="utf-8")
    return text.format(name=asked.federation.name, about=asked.about, rows=rows)
