"""Messages about a line: a code and the words that fit in, translated when displayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Arg = str | int | date | None

COMMON: Mapping[str, str | Promise] = {
    # Why a line is refused
    "formula": _("{column}: this is a formula. Save the list with its values and upload it again."),
    "too_many_cells": _("This row has more cells than there are headings."),
    "no_value": _("{column}: empty."),
    "too_long": _("{column}: this is too long. Use up to {most} characters."),
    "bad_day": _("{column}: “{value}” isn’t a date. Use a format like 1/9/2026."),
    "month_first": _(
        "{column}: “{value}” has the month first. Other dates in the list may be wrong too. Save the list "
        "with UK dates and upload it again."
    ),
    "either_first": _(
        "{column}: “{value}” may have the month first, as other dates in this column do. Save the "
        "list with UK dates and upload it again."
    ),
    "serial_day": _(
        "{column}: “{value}” is how a spreadsheet counts {day}. Format the column as dates and upload the "
        "list again."
    ),
    "shortened": _(
        "{column}: the spreadsheet shortened this number to “{value}”. Format the column as text, enter the "
        "whole numbers and upload the list again."
    ),
    "damaged": _(
        "{column}: letters in “{value}” are damaged. Save the list again as CSV UTF-8 or Excel and upload it."
    ),
    # What a person is asked
    "other_name": _("Is this still {old}?"),
    "number_like": _("The number {number} is already here for {name}. Is this the same pupil?"),
}
"""What may be said about a line of every kind of list: code -> sentence."""


@dataclass(frozen=True)
class ListMessage:
    """`code` of `words` or `COMMON`; `args` speak no language: days, names, codes of ours. Each kind of list
    has its own `words`."""

    words: ClassVar[Mapping[str, str | Promise]] = {}

    code: str
    args: dict[str, Arg] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        shown = {name: self.shown(name, arg) for name, arg in self.args.items()}
        said = self.words.get(self.code) or COMMON[self.code]
        return str(said).format(**shown)

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        return date_format(arg, "j F Y") if isinstance(arg, date) else str(arg)

    def plain(self) -> list[object]:
        """Return it as JSON data, the same in every language."""
        return [self.code, {name: str(arg) for name, arg in sorted(self.args.items())}]
