"""The terms of a country for those who keep children safe: our sentences are written in England's, and read
in those of Wales where the schools are there."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import lazy

from schoolgate.core.errors import Text
from schoolgate.core.models.directory import Country, School, country_of
from schoolgate.core.reading_once import read_once
from schoolgate.core.tenancy import in_scope

OF_WALES = tuple(
    (re.compile(england), wales)
    for england, wales in (
        (r"The local authority \(LADO\)", "The local authority’s social services"),
        (r"Yr awdurdod lleol \(LADO\)", "Gwasanaethau cymdeithasol yr awdurdod lleol"),
        (
            r"The local authority’s designated officer \(LADO\)",
            "The local authority’s Designated Officer for Safeguarding",
        ),
        (r"Swyddog dynodedig yr awdurdod lleol \(LADO\)", "Swyddog Diogelu Penodedig yr awdurdod lleol"),
        (r"\b([Dd])esignated safeguarding lead\b", r"\1esignated safeguarding person"),
        (r"\bDSL(?=s?\b)", "DSP"),
        (r"\byr arweinydd diogelu dynodedig\b", "y person diogelu dynodedig"),
        (r"\bArweinydd diogelu dynodedig\b", "Person diogelu dynodedig"),
        (r"\barweinydd diogelu dynodedig\b", "person diogelu dynodedig"),
        (r"\byr ADD\b", "y PDD"),
        (r"\bADD\b", "PDD"),
    )
)
"""What is written in the terms of England, and those of Wales, in both languages."""


def _said(text: Text, school: School | None) -> str:
    said = str(text)
    if not in_scope() or _country(school) != Country.WALES:
        return said
    for england, wales in OF_WALES:
        said = england.sub(wales, said)
    return said


def _country(school: School | None) -> str | None:
    if school is not None:
        return school.country
    return read_once(("core.country_of_all",), lambda: country_of(None))


def in_terms(text: Text, school: School | None = None) -> Any:
    """Return a sentence of ours in the terms of the school's country, when it's read; where no school is
    given, of the one country in which all schools are. Never a policy's own words or what people wrote."""
    return lazy(_said, str)(text, school)
