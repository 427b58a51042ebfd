"""The list of places: those that rooms registered, and one for each other table that is about people, or has
texts about the school's own business."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst

from schoolgate.core import data_map
from schoolgate.core.data_map.entries import Kind
from schoolgate.core.disclosure.labels import LABELS
from schoolgate.core.disclosure.port import Place
from schoolgate.core.disclosure.tables import Table

_own: dict[str, Place] = {}

BY_PERSON = {
    "accounts.FakeNote": "Sealed: what was reported of a fake account is read with its report.",
    "breaches.Breach": "A breach is found by who opened it only; its readers search it (see below).",
    "breaches.Content": "Sealed for the people who deal with the breach: they look themselves.",
    "breaches.Reader": "Who deals with a breach stays with them.",
    "breaches.Step": "Steps in a breach stay with the people who deal with it.",
    "conduct.KeptAnswer": "Sealed for the person alone: they read their answers on their own page.",
    "conduct.Removal": "Sealed for the person and who told them: they read it on their own page.",
    "searches.Candidate": "Sealed for the panel: its members look themselves.",
    "searches.CheckCopy": "Sealed for the people of the check: they look themselves.",
    "searches.CopyUsed": "Sealed for the people of the check: they look themselves.",
    "searches.PanelMember": "Who is on a panel stays with the panel.",
    "searches.SystemCheck": "Sealed for the people of the check: they look themselves.",
    "searches.Vacancy": "Stays with the panel: its members look themselves.",
}
"""Tables that a job can't search, because only named people may read them: those people look by hand."""
NOT_SEARCHED = {
    "account.EmailConfirmation": "A secret of an address that is being proved.",
    "accounts.Archive": "The file of an account: its posts are found themselves.",
    "accounts.PagePicture": "Pictures of an account's own page: a person looks.",
    "core.Hold": "Who placed a ban is in the record.",
    "core.InstallationStop": "Who stopped posting is in the record.",
    "core.Restoration": "Who released a restored installation is a matter of the machine.",
    "core.Stop": "Who stopped posting is in the record.",
    "core.VaultSecret": "Sealed texts are opened through the rows that they belong to.",
    "inbox.ItemWord": "The index of words of comments, which are found themselves.",
    "mfa.Authenticator": "A secret of signing in.",
    "notices.CaughtMail": "Mails of an installation that is being tried out.",
    "notices.SignInMail": "Mails for signing in: an address until its mail is sent, and nothing else.",
    "publishing.PastWord": "The index of words of old posts, which are found themselves.",
    "rights.Answer": "Answers to requests for data: the person has them.",
    "rights.Covered": "Work on requests for data.",
    "rights.Found": "Work on requests for data.",
    "rights.Gathering": "Work on requests for data.",
    "rights.Request": "Requests for data themselves: the person has what they sent.",
    "rights.Step": "Work on requests for data.",
    "sessions.Session": "A secret of signing in.",
}
"""Tables that no request has to search, and why."""


def register(place: Place) -> None:
    """Add a place of a room's own. Called once, by its room, at start-up."""
    _own[place.code] = place
    _all.cache_clear()


def places() -> dict[str, Place]:
    """Return all places by their codes, always in the same order."""
    return _all()


def names_of_columns() -> set[str]:
    """Return the English names that Django made for columns which are read for an answer."""
    tables = [one for place in places().values() if isinstance(place, Table) for one in place.columns]
    fields: list[Any] = [
        one.model._meta.get_field(name) for one in tables for name in (*one.shown, *one.files)
    ]
    return {
        str(capfirst(field.verbose_name))
        for field in fields
        if field.name not in LABELS and not isinstance(field.verbose_name, Promise)
    }


@cache
def _all() -> dict[str, Place]:
    covered = {table for place in _own.values() for table in place.tables} | {*BY_PERSON, *NOT_SEARCHED}
    rest = [
        Table(table)
        for table, said in data_map.load().tables.items()
        if table not in covered
        and any(
            one.whose or one.kind is Kind.CONTENT for one in said.field_list(table, data_map.load().endings)
        )
    ]
    found = {place.code: place for place in [*_own.values(), *(one for one in rest if one.finds_anything)]}
    return dict(sorted(found.items()))
