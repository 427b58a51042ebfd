"""Phone numbers and places to report to, as data with source and day. The program itself never rings
anyone."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from schoolgate.core.own_files import said_in

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
    place: Literal["danger", "help", "pictures", "whistle", "staff"]
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
    "emergency": _("Police, ambulance or fire. For when someone is in danger now, or a crime is happening."),
    "emergency-text": _("999 for people who can’t hear or speak, using the Relay UK app."),
    "police": _("The police, when no one is in danger right now."),
    "childline": _("For anyone under 19. Free, day and night. It doesn’t show on the bill."),
    "meic": _("For anyone under 25 in Wales, in Welsh and English. Free, 8am to midnight."),
    "nspcc": _("For adults worried about a child."),
    "ceop": _(
        "Police who protect children online. For when someone asks a child for "
        "pictures, asks to meet, or talks about sex."
    ),
    "professionals": _("Advice about anything online, for people who work with children."),
    "education-support": _("For everyone who works in education. Free and confidential, day and night."),
    "iwf": _(
        "Tell them where a sexual picture of a child is. They need only the web address, not your name."
    ),
    "whistleblowing": _(
        "Advice if you work with children and worry how a concern about a child is handled. You needn’t "
        "give your name."
    ),
    "report-remove": _("Are you under 18 and the picture is of you? They can help get it taken down."),
}
"""The sentences of the file, for both languages; a test compares them."""


@cache
def all_numbers() -> tuple[Number, ...]:
    """Every line of the file."""
    return tuple(Number(**one) for one in said_in(FILE)["numbers"])


def numbers(place: str, countries: Collection[str]) -> list[Number]:
    """Those for a place of the page, for schools of these countries; all of them where no country is
    known."""
    return [
        one
        for one in all_numbers()
        if one.place == place and (not countries or not set(countries).isdisjoint(one.countries))
    ]
