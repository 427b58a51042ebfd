"""Texts to begin a guide from, as data: one for each kind of reader and topic, in English and Welsh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from pydantic import BaseModel, ConfigDict

from schoolgate.core.models import in_terms
from schoolgate.core.own_files import said_in
from schoolgate.policy.states import GuideAbout

FOLDER = Path(__file__).with_name("guide_starts")
_GAP = re.compile(r"\[[^\]\n]*\]?")


class Start(BaseModel):
    """A title and a text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    text: str
    title_cy: str
    text_cy: str

    def filled(self, on: date, numbers: Mapping[str, object]) -> Start:
        """Return it with the month of a day, and with phone numbers and addresses, by key, put in, in
        the terms of the schools' country."""
        texts = {}
        for name, language in (("text", "en"), ("text_cy", "cy")):
            with translation.override(language):
                month = date_format(on, "F Y")
            text = getattr(self, name).format_map({**numbers, "month": month})
            texts[name] = str(in_terms(text)).strip()
        return self.model_copy(update=texts)


@cache
def starts() -> Mapping[tuple[str, str], Start]:
    """Return every text to begin from, by readers and topic."""
    return {
        (audience, about): Start(**words)
        for about in GuideAbout.values
        if (file := FOLDER / f"{about}.yaml").exists()
        for audience, words in said_in(file).items()
    }


def gaps_in(*texts: str) -> list[str]:
    """Return what still stands in square brackets in these texts: what the school has yet to write."""
    return [found for text in texts for found in _GAP.findall(text)]
