"""The record's short names of things in words for people, never what was written or shown.

How a row is said to the person whose data it is: what its columns are called; a day, a choice or a thing
of the record, in words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model
from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from schoolgate.core.clock import LONDON
from schoolgate.core.models import FederationOwned
from schoolgate.core.subjects import SUBJECT, number_of


def subject_in_words(subject: str) -> str:
    """ "Post 417" for `publishing.post:417`, in the active language."""
    try:
        model = apps.get_model(subject.partition(":")[0])
    except LookupError:  # it was declared by an earlier release
        model = FederationOwned
    return str(getattr(model, "numbered", FederationOwned.numbered)).format(number=number_of(subject))


Words = Callable[[str], Promise | str]
LANGUAGES = {"en": _("English"), "cy": _("Welsh")}
_says: dict[str, Words] = {"language": lambda key: LANGUAGES.get(key, key)}


def say(column: str, words: Words) -> None:
    """Say what a column has by `words`, in the active language. Called once, by the room that knows them.
    `column`: its name, for all tables, or with its table's label before it."""
    _says[column] = words


def chosen(row: Model, field: Any) -> Promise | None:
    """Return what was chosen from a list that has translations, or whether something is so; else None."""
    value = getattr(row, field.attname)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    said = dict(field.flatchoices).get(value) if field.choices and value != "" else None
    return said if isinstance(said, Promise) else None


def in_words(row: Model, field: Any) -> Promise | None:
    """Return how a value is said that stands in its column as a day, a key or a name of the record; else
    None."""
    value = getattr(row, field.attname)
    if isinstance(value, date | time):
        return moment(value)
    if not isinstance(value, str) or not value:
        return None
    words = _says.get(f"{row._meta.label}.{field.name}") or _says.get(field.name)
    if words is None and field.name == "subject" and SUBJECT.fullmatch(value):
        words = subject_in_words
    said: Promise | None = _later(words, value) if words is not None else None
    return said


def moment(value: date | time, form: str = "") -> Promise:
    """Return a day, an instant or a time of day as people write it: "20 November 2026, 14:05", in London."""
    found: Promise
    if isinstance(value, datetime):
        found = _date(value.astimezone(LONDON), form or "j F Y, H:i")
    elif isinstance(value, date):
        found = _date(value, form or "j F Y")
    else:
        found = _time(value, form or "H:i")
    return found


_date: Any = lazy(formats.date_format, str)
_time: Any = lazy(formats.time_format, str)
_later: Any = lazy(lambda words, value: str(words(value)), str)


LABELS: dict[str, Promise] = {
    "about": _("About"),
    "added_at": _("Added"),
    "address": _("Address"),
    "alt": _("Alt text"),
    "answer": _("Answer"),
    "answers": _("Answers"),
    "at": _("Date"),
    "author_handle": _("Username"),
    "author_id_there": _("Number on the network"),
    "author_name": _("Name"),
    "because": _("Reason"),
    "born_on": _("Date of birth"),
    "changed_at": _("Changed"),
    "closed_at": _("Closed"),
    "confirmed_at": _("Confirmed"),
    "contact": _("Contact"),
    "content": _("Content"),
    "created_at": _("Made"),
    "decided_at": _("Decided"),
    "description": _("Description"),
    "digest": _("File"),
    "done_at": _("Done"),
    "email": _("Email address"),
    "agreed_at": _("Agreed"),
    "ended_at": _("Ended"),
    "ended_on": _("Ended"),
    "entered_at": _("Entered"),
    "facts": _("Facts of a decision"),
    "first_name": _("First name"),
    "form": _("Form"),
    "found_at": _("Found"),
    "from_day": _("From"),
    "given_on": _("Given"),
    "ip": _("Network address"),
    "kind": _("Type"),
    "known_as": _("Known as"),
    "language": _("Language"),
    "last_login": _("Last sign-in"),
    "last_name": _("Last name"),
    "left_on": _("Left on"),
    "made_at": _("Made"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Date"),
    "opened_at": _("Opened"),
    "outcome": _("Outcome"),
    "part": _("Part"),
    "post_languages": _("Languages"),
    "published_at": _("Published"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "received_at": _("Received"),
    "relation": _("Relationship"),
    "reported_at": _("Reported"),
    "role_key": _("Role"),
    "roles": _("Roles"),
    "saved_at": _("Saved"),
    "scan": _("Scanned page"),
    "sent_at": _("Sent"),
    "sent_back_because": _("Reason"),
    "setup": _("Settings"),
    "since": _("Since"),
    "state": _("Status"),
    "state_at": _("Status since"),
    "submitted_at": _("Submitted"),
    "text": _("Text"),
    "title": _("Title"),
    "to_day": _("Until"),
    "topic": _("Topic"),
    "topics": _("Topics"),
    "until": _("Until"),
    "user_agent": _("Browser"),
    "who": _("Name"),
    "whom": _("Name"),
    "wording": _("Wording"),
    "words": _("Text"),
    "written_at": _("Written"),
    "wrote_at": _("Written"),
    "year": _("Year group"),
    "account_id": _("Account number"),
    "address_shown": _("Address shown on the page"),
    "address_unproven": _("Address not confirmed"),
    "answers_for_moderation": _("Responsible for moderation"),
    "answers_given_by": _("Answered by"),
    "asked_on": _("Date asked"),
    "at_server": _("On the server"),
    "before_us": _("Before Schoolgate"),
    "begun_at": _("Started"),
    "body": _("Whole decision"),
    "by_line": _("Credit"),
    "by_mail": _("By email"),
    "called_off": _("Cancelled"),
    "came": _("Number who came"),
    "checked_in_at": _("Shift started"),
    "comparable_to": _("Similar to"),
    "covers": _("What is allowed"),
    "decided_role_key": _("Role that decided"),
    "did": _("What was done"),
    "display": _("Name shown"),
    "due": _("Due by"),
    "due_day": _("Deadline day"),
    "end_reason": _("Reason for ending"),
    "first": _("First day"),
    "for_school": _("School"),
    "found": _("What was found"),
    "giver": _("Given by"),
    "gone": _("No longer there"),
    "grown_up": _("Adult"),
    "held_on": _("Date held"),
    "implications": _("Possible consequences"),
    "is_active": _("Active"),
    "keeps": _("What is kept"),
    "known_how": _("How the school knows them"),
    "how_known": _("Known through"),
    "label": _("Class or year group"),
    "lane": _("Reading order"),
    "last": _("Last day"),
    "leaves_out": _("What is left out"),
    "let_out": _("People removed"),
    "line": _("Agreed line"),
    "logo_leads_to": _("Logo links to"),
    "looked": _("What was looked at"),
    "mailed_at": _("Emailed"),
    "moment": _("When"),
    "must_set_factor": _("Must set up two-step verification"),
    "name_identifies": _("Name identifies the person"),
    "off": _("Switched off"),
    "off_at": _("Taken off the programme"),
    "over_at": _("Ended"),
    "over_on": _("Ended"),
    "overdue_at": _("Overdue since"),
    "owes": _("Still to do"),
    "plain": _("Plain text"),
    "prints": _("Image fingerprint"),
    "ref": _("Reference on the network"),
    "returned_because": _("Reason for returning it"),
    "review_words": _("Text of the review"),
    "right": _("Number correct"),
    "said": _("What was said"),
    "said_at": _("Date said"),
    "same": _("Same meaning"),
    "says": _("Wording"),
    "scope_kind": _("Where it applies"),
    "sha256": _("Checksum"),
    "shut_at": _("Closed"),
    "stated": _("What was stated"),
    "steps_in_how": _("How we step in"),
    "suits": _("Suitable for its audience"),
    "superseded_at": _("Replaced"),
    "taken_back_at": _("Withdrawn"),
    "tension": _("Open question"),
    "text_cy": _("Text in Welsh"),
    "title_cy": _("Title in Welsh"),
    "to_role_key": _("To role"),
    "touches_school": _("Affects the school"),
    "trouble": _("Problem"),
    "uses": _("Use"),
    "walk": _("First steps"),
    "wants": _("What they need"),
    "was": _("Before"),
    "who_key": _("Name for searching"),
    "whose": _("Owner"),
    "whose_because": _("How we know whose it is"),
    "why": _("Reason"),
    "wiped_at": _("Emptied"),
    "with_factor": _("With two-step verification"),
    "works_as": _("Employment"),
}
"""By the names of columns. One that is not here has its model's name, a date without "at" or "on"."""
ROOMS: dict[str, Promise] = {
    "account": _("Sign-ins"),
    "accounts": _("Accounts"),
    "conduct": _("Own accounts of staff"),
    "core": _("Setup and record"),
    "duties": _("Tasks"),
    "inbox": _("Comments and messages"),
    "incidents": _("Concerns"),
    "listening": _("Saved searches"),
    "media": _("Pictures and films"),
    "networks": _("Noticeboard"),
    "notices": _("Emails and notifications"),
    "people": _("People and roles"),
    "policy": _("Policy and training"),
    "press": _("Press"),
    "publishing": _("Posts"),
    "pupils": _("Pupils and consents"),
    "records": _("Records"),
    "reports": _("Reports and evidence"),
    "rota": _("Rota"),
    "usersessions": _("Sign-ins"),
}
"""What the areas are called in which something is found."""


COLUMN = "column"
"""The context of a name that Django made of a column's own. `scripts/messages.py` collects those names from
the places, so that there is no second list of them."""


def _in_words(called: str, short: str) -> str:
    """Return the translation of the whole name; where there is none, as in English, the short name."""
    said = pgettext(COLUMN, called)
    return short if said == called else said


_column = lazy(_in_words, str)


def label_of(field: Any) -> str | Promise:
    """Return what a column is called."""
    if field.name in LABELS:
        return LABELS[field.name]
    called: str | Promise = capfirst(field.verbose_name)
    if isinstance(called, Promise):
        return called
    short = called
    if isinstance(field, models.DateField):
        short = called.removesuffix(" at").removesuffix(" on")
    return _column(called, short)
