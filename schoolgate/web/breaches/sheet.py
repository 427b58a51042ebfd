"""The report to the ICO on paper: the headings of its form, filled in from a breach.

What only the school knows (its registration number, the training of those involved) is left for it to
write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.breaches.cases import DATA, OF_KEY, WHOSE
from schoolgate.breaches.models import Breach, NotTold, Risk, StepKind
from schoolgate.breaches.queries import Shown, details_in, last_of
from schoolgate.people.models import Person
from schoolgate.web.breaches.shown import hours_in_words
from schoolgate.web.frame.times import instant_in_words

Row = dict[str, Any]


def sheet_of(
    breach: Breach, steps: list[Shown], by: Person, federation: str, language: str
) -> dict[str, Any]:
    """Return the form as the template of the PDF takes it, in the active language."""
    details = details_in(steps)
    school = breach.school.name if breach.school else federation
    sections = (
        (_("About your report"), _about_report(breach)),
        (_("About the breach"), _about_breach(breach, details)),
        (_("Potential consequences"), _consequences(breach, details, last_of(steps, StepKind.RISK))),
        (_("Taking action"), _action(breach, details, steps)),
        (_("About you"), _about_you(school, federation, by)),
    )
    return {
        "language": language,
        "federation": federation,
        "printed": False,
        "title": _("Report a personal data breach to the ICO"),
        "source": _("UK GDPR Article 33(3)"),
        "note": "",
        "heads": [_("Question"), _("Answer")],
        "sections": [{"title": title, "printed": False, "rows": rows} for title, rows in sections],
        "steps": [],
        "stands": _(
            "Add before you send it: your registration number with the ICO, your data protection officer’s "
            "contact details, and what data protection training the people involved had in the last two "
            "years. Leave out names and other personal data from the breach. Reference here: {reference}."
        ).format(reference=breach.reference),
        "words": {
            "approval": _("Still to be added"),
            "part": "", "name": "", "signature": "", "date": "", "marked": _("(ticked)"),
        },
    }  # fmt: skip


def _row(label: str, words: str = "", marks: Iterable[tuple[str, bool]] = ()) -> Row:
    return {"label": label, "words": words, "section": "", "marks": [list(mark) for mark in marks]}


def _ticks(label: str, among: Mapping[str, Any], ticked: Any) -> Row:
    chosen = set(ticked or ())
    return _row(label, marks=[(str(words), key in chosen) for key, words in among.items()])


def _text(details: Mapping[str, Any], key: str) -> Row:
    return _row(str(OF_KEY[key].label), str(details.get(key, "")))


def _when(at: datetime | None) -> str:
    return instant_in_words(at) if at is not None else _("Not yet known")


def _about_report(breach: Breach) -> list[Row]:
    again = breach.authority_told_at is not None
    rows = [_row(_("Report type"), marks=[(_("Initial report"), not again), (_("Follow-up report"), again)])]
    if again:
        rows.append(_row(_("ICO case reference"), breach.authority_reference))
    return rows


def _about_breach(breach: Breach, details: Mapping[str, Any]) -> list[Row]:
    return [
        _text(details, "what"),
        _text(details, "found"),
        _row(_("When did you discover the breach?"), _when(breach.aware_at)),
        _row(_("When did the breach happen?"), _when(breach.happened_at)),
        _text(details, "before"),
        _ticks(str(OF_KEY["data"].label), DATA, details.get("data")),
        _text(details, "records"),
        _text(details, "people"),
        _ticks(str(OF_KEY["whose"].label), WHOSE, details.get("whose")),
        _text(details, "children"),
    ]


def _consequences(breach: Breach, details: Mapping[str, Any], risk: Shown | None) -> list[Row]:
    marks = [(str(one.label), breach.risk == one.value) for one in Risk]
    return [
        _text(details, "consequences"),
        _row(_("Risk to people"), marks=marks),
        _row(_("Why?"), risk.words.get("words", "") if risk else ""),
    ]


def _action(breach: Breach, details: Mapping[str, Any], steps: list[Shown]) -> list[Row]:
    told = breach.people_told_at is not None
    people = last_of(steps, StepKind.PEOPLE, StepKind.NOT_TOLD)
    how = people.words.get("words", "") if people else ""
    if told:
        how = f"{_when(breach.people_told_at)}. {how}"
    elif breach.not_told:
        how = f"{NotTold(breach.not_told).label}. {how}"
    rows = [
        _text(details, "measures"),
        _text(details, "prevention"),
        _row(_("Have you told the people affected?"), marks=[(_("Yes"), told), (_("No"), not told)]),
        _row(_("How were they told, or why not?"), how),
        _text(details, "others"),
    ]
    delay = next(
        (one.words["words"] for one in reversed(steps)
         if one.step.kind == StepKind.AUTHORITY and one.words.get("words")), "",
    )  # fmt: skip
    if breach.authority_told_at is not None:
        took = hours_in_words(breach.authority_told_at - breach.aware_at)
        rows.append(_row(_("Time from becoming aware to telling the ICO"), took))
    rows.append(_row(_("Reasons for the delay, if it is later than 72 hours"), delay))
    return rows


def _about_you(school: str, federation: str, by: Person) -> list[Row]:
    return [
        _row(_("Organisation"), ", ".join(dict.fromkeys((school, federation)))),
        _row(_("Sector"), _("Education and childcare")),
        _row(_("Person making this report"), by.name),
        _row(_("Email"), by.email or ""),
    ]
