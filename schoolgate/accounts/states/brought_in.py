"""Words of accounts that were there before Schoolgate: what a list of them says, and the limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ACCOUNTS = 500
"""Lines of one list, its headings not included (house rule)."""
LONGEST_LEAVE = timedelta(days=366)
"""How long a leave to go on meanwhile may last (house rule: no policy speaks of it)."""
DECIDE_BEFORE = timedelta(days=14)
"""How long before its end whoever gave the leave is asked again (house rule)."""
SINCE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
"""Since when an account is there, as far as it is known: a year, a month or a day."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "formula": _("{column}: this begins with = + - or @, as a formula does. Put plain words."),
    "too_many_cells": _("This line has more cells than there are headings."),
    "no_value": _("{column}: nothing is given."),
    "no_address": _("The address is missing: an account is known by it."),
    "bad_address": _("“{value}” is no address. Copy it from the top of your browser."),
    "no_network": _("The network is missing, and the address does not tell it."),
    "unknown_network": _("{column}: Schoolgate does not know “{value}”. Write one of: {known}."),
    "not_a_post": _("This leads to the network itself, not to a page of yours."),
    "network_differs": _("The address is one of {told}, and the list says {said}. Put one of them right."),
    "own_network": _("The noticeboard is made by Schoolgate itself. Leave this line out."),
    "unknown_value": _(
        "{column}: there is no school “{value}” here. Write its name as Schoolgate has it, or add it first."
    ),
    "unknown_kind": _("{column}: “{value}” is no kind of account. Write one of: {known}."),
    "bad_since": _("{column}: “{value}” is no day, month or year. Write it like 1/9/2016, 9/2016 or 2016."),
    "since_future": _("{column}: this is still to come. What begins later is proposed."),
    "unknown_person": _(
        "{column}: there is nobody here called “{value}”. Add them under People first, or write the e-mail "
        "address that they have there."
    ),
    "two_of_the_name": _("{column}: several people here are called “{value}”. Write the e-mail address."),
    "has_left": _("{column}: {name} has left. Write who runs it now."),
    "yes_or_no": _("{column}: “{value}” is neither yes nor no."),
    "bad_age": _("{column}: “{value}” is no age."),
    "too_long": _("{column}: this is too long. Use at most {most} letters."),
    "unreadable": _("{column}: there is a letter in it that cannot be shown."),
    "line_twice": _("Line {line} is about the same page."),
    "was_closed": _("This account of ours was closed on {day}. To open it again, propose it."),
    "has_moved": _("This is the former address of {name}, which is on the register already."),
    "is_fake": _("This page was confirmed to be a fake. Look at it under Fakes first."),
    "is_friends": _("This is on the register as a page of people beside the school: {name}."),
    "is_waiting": _("{name} is being set up with this address already. Go on there."),
    # What would change
    "comes": _("Comes onto the register, as there before Schoolgate. Nothing goes out on it yet."),
    # What is worth knowing
    "here": _("On the register already, as {name}. A list changes nothing about it."),
    "alike": _("Looks very like {name}, which is on the register. Read both addresses letter by letter."),
    "was_found": _("Somebody noted this page as found. Settle it under Found pages afterwards."),
    "no_pupils": _(
        "Whether pupils are among its readers is not said: until it is, nobody can let it go on meanwhile."
    ),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""
