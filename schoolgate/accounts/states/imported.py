"""Values of accounts that existed before Schoolgate: what a list says about them, and the limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ACCOUNTS = 500
"""Lines of one list, its headings not included (house rule)."""
LONGEST_LEAVE = timedelta(days=366)
"""How long a permission to continue may last (house rule: no policy mentions it)."""
DECIDE_BEFORE = timedelta(days=14)
"""How long before its end the person who gave the permission is asked again (house rule)."""
SINCE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
"""Since when an account exists, as far as known: a year, a month or a day."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "no_address": _("The address is missing. It identifies the account."),
    "bad_address": _("“{value}” isn’t a web address. Copy it from the top of your browser."),
    "no_network": _("The network is missing, and the address doesn’t show it."),
    "unknown_network": _("{column}: Schoolgate doesn’t recognise “{value}”. Use one of: {known}."),
    "not_a_post": _("This leads to the network itself, not to one of your pages."),
    "network_differs": _("The address is on {told}, but the list says {said}. Correct one of them."),
    "own_network": _("Schoolgate creates the noticeboard itself. Remove this row."),
    "unknown_value": _(
        "{column}: there is no school “{value}” here. Enter its name as Schoolgate has it, or add it first."
    ),
    "unknown_kind": _("{column}: “{value}” isn’t an account type. Use one of: {known}."),
    "bad_since": _(
        "{column}: “{value}” isn’t a day, month or year. Use a format like 1/9/2016, 9/2016 or 2016."
    ),
    "since_future": _(
        "{column}: this date is in the future. For an account that starts later, make a proposal."
    ),
    "unknown_person": _(
        "{column}: no one here is called “{value}”. Add them under People first, "
        "or enter their email address as shown there."
    ),
    "two_of_the_name": _("{column}: several people here are called “{value}”. Enter the email address."),
    "has_left": _("{column}: {name} has left. Enter who runs it now."),
    "yes_or_no": _("{column}: “{value}” must be yes or no."),
    "bad_age": _("{column}: “{value}” isn’t an age."),
    "unreadable": _("{column}: this contains a character that can’t be displayed."),
    "line_twice": _("Row {line} is for the same page."),
    "was_closed": _("This account closed on {day}. To reopen it, propose it."),
    "has_moved": _("This is the former address of {name}, which is already on the register."),
    "is_fake": _("This page was confirmed as a fake account. Check it under Reported fake accounts first."),
    "is_friends": _("This is already on the register as a PTA page: {name}."),
    "is_waiting": _("{name} is already being set up with this address. Continue there."),
    # What would change
    "comes": _("Added to the register as existing before Schoolgate. It can’t post yet."),
    # What is worth knowing
    "here": _("Already on the register as {name}. The import doesn’t change it."),
    "alike": _(
        "Looks very similar to {name}, which is on the register. Check both addresses letter by letter."
    ),
    "was_found": _("This page has already been reported. Deal with it under Unofficial pages afterwards."),
    "no_pupils": _(
        "It isn’t known whether the audience includes pupils. Until it is, no "
        "one can give permission to continue."
    ),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""
