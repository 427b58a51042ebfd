"""Numbers to ring and places to tell, as data with source and day. The program itself never rings anybody."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("numbers.yaml")


class Number(BaseModel):
    """One of them. `telephone` and `text` as people read them; `source` and `read`: where from, and when it
    was last looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    telephone: str = ""
    text: str = ""
    address: str = ""
    says: str
    countries: tuple[Literal["england", "wales"], ...]
    who: Literal["child", "adult", "all"]
    place: Literal["danger", "help", "pictures"]
    source: str
    read: str

    @property
    def dial(self) -> str:
        """The telephone number for a link."""
        return self.telephone.replace(" ", "")

    @property
    def in_words(self) -> str | Promise:
        """What it is for, in the reader's language."""
        return WORDS.get(self.key, self.says)


WORDS: dict[str, str | Promise] = {
    "emergency": _("Police, ambulance or fire. Somebody is in danger now, or a crime is happening."),
    "emergency-text": _("999 for people who cannot hear or speak, with the Relay UK app."),
    "police": _("The police, when nobody is in danger at this moment."),
    "childline": _("For anybody under 19. Free, day and night. It does not show on the bill."),
    "meic": _(
        "For anybody under 25 in Wales, in Welsh and English. Free, from 8 in the morning to midnight."
    ),
    "nspcc": _("For adults who are worried about a child."),
    "ceop": _("Police for children online: somebody asks a child for pictures, to meet, or talks about sex."),
    "professionals": _("Advice for people who work with children, about anything online."),
    "iwf": _(
        "Tell them where a sexual picture of a child is. They need the address only, and not who you are."
    ),
    "report-remove": _("Are you under 18 and it is a picture of you? They help to take it down."),
}
"""The sentences of the file, for both languages; a test compares them."""


@cache
def all_numbers() -> tuple[Number, ...]:
    """Every line of the file."""
    return tuple(Number(**one) for one in yaml.safe_load(FILE.read_text("utf-8"))["numbers"])


def numbers(place: str, countries: Collection[str]) -> list[Number]:
    """Those for a place of the page, for schools of these countries; all of them where no country is
    known."""
    return [
        one
        for one in all_numbers()
        if one.place == place and (not countries or not set(countries).isdisjoint(one.countries))
    ]
