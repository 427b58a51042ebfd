"""The description of a breach: its parts in the order of the ICO's form, and what may be ticked in two of
them.

The headings are those of the ICO's "Report a personal data breach", read in a copy of its Word form; those
after the categories of people are from memory, to be checked. They are declared here once, for the page, the
PDF and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

DATA: Mapping[str, Words] = {
    "basic": _("Names, contact details"),
    "pictures": _("Photographs, films, recordings"),
    "identification": _("Login names, passwords"),
    "health": _("Health, special educational needs"),
    "welfare": _("Care, adoption, safeguarding"),
    "ethnic": _("Racial or ethnic origin"),
    "beliefs": _("Religious or philosophical beliefs"),
    "politics": _("Political opinions"),
    "union": _("Trade union membership"),
    "sex_life": _("Sex life, sexual orientation, gender reassignment"),
    "economic": _("Bank details, finances"),
    "documents": _("Official documents"),
    "location": _("Location, home address"),
    "biometric": _("Genetic or biometric data"),
    "criminal": _("Criminal convictions, offences"),
    "unknown": _("Not yet known"),
    "other": _("Other"),
}
"""Categories of personal data. "pictures" and "welfare" are ours: the ICO's form has them under "other"."""

WHOSE: Mapping[str, Words] = {
    "children": _("Children"),
    "students": _("Students aged 18 or over"),
    "parents": _("Parents and carers"),
    "employees": _("Staff"),
    "governors": _("Governors and volunteers"),
    "vulnerable": _("Vulnerable adults"),
    "unknown": _("Not yet known"),
    "other": _("Other"),
}
"""Categories of people."""


@dataclass(frozen=True)
class Part:
    """One question. `kind`: "text", "number", or "ticks" of `among`."""

    key: str
    label: Words
    kind: str = "text"
    hint: Words = ""
    among: Mapping[str, Words] | None = None


PARTS: tuple[Part, ...] = (
    Part("what", _("What happened?"), hint=_("Don’t give names or other personal data from the breach.")),
    Part("found", _("How did you find out about the breach?")),
    Part("before", _("What preventative measures did you have in place?")),
    Part("data", _("Categories of personal data"), "ticks", among=DATA),
    Part("records", _("Number of personal data records"), "number", hint=_("Estimate if you don’t know.")),
    Part("whose", _("Categories of people affected"), "ticks", among=WHOSE),
    Part("people", _("Number of people affected"), "number", hint=_("Estimate if you don’t know.")),
    Part("children", _("Number of children among them"), "number"),
    Part("consequences", _("Potential consequences of the breach")),
    Part("measures", _("Action taken, or to be taken, to contain it and to limit its effects")),
    Part("prevention", _("Steps to prevent a recurrence")),
    Part("others", _("Other organisations told")),
)
OF_KEY = {part.key: part for part in PARTS}
LONGEST = 4000
"""Letters in one part."""
MOST_PEOPLE = 10_000_000


def facts_of(written: list[str]) -> dict[str, bool]:
    """Return what the law wants described, and whether the record has it: the facts, the effects, what was
    done."""
    there = set(written)
    return {
        "described": {"what", "data", "whose", "people"} <= there,
        "consequences": "consequences" in there,
        "measures": "measures" in there,
    }
