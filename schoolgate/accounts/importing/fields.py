"""What a list of accounts may tell, how its headings are recognised, and which words we know already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.states import AccountKind
from schoolgate.core.errors import BadInput
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.lists.columns import offered as offered_for
from schoolgate.people.lists.columns import wrong_columns
from schoolgate.people.sheets import same_word


class Field(TextChoices):
    """What a column can be about."""

    NETWORK = "network", _("Network")
    ADDRESS = "address", _("Address")
    SCHOOL = "school", _("School")
    SINCE = "since", _("Start date")
    RUN_BY = "run_by", _("Who runs it")
    SECOND = "second", _("Second person")
    NAME = "name", _("Account name")
    HANDLE = "handle", _("Handle")
    PURPOSE = "purpose", _("Purpose")
    AUDIENCE = "audience", _("Audience")
    PUPILS = "pupils", _("Audience includes pupils")
    YOUNGEST = "youngest", _("Age of the youngest pupil")
    KIND = "kind", _("Account type")
    KNOWN_TO = "known_to", _("People who know the passwords")


NEEDED = (Field.ADDRESS, Field.SINCE, Field.RUN_BY)
"""Columns without which no account can be imported."""
FOR_ALL = (Field.SCHOOL, Field.KIND)
"""Fields that may be set once for the whole list."""

HEADINGS: Mapping[Field, Sequence[str]] = {
    Field.NETWORK: ("network", "platform", "site", "social network", "rhwydwaith", "platfform"),
    Field.ADDRESS: ("address", "web address", "url", "link", "page", "cyfeiriad", "dolen"),
    Field.SCHOOL: ("school", "ysgol"),
    Field.SINCE: ("since", "since when", "started", "start date", "opened", "date set up", "ers pryd", "ers"),
    Field.RUN_BY: ("who runs it", "run by", "owner", "account lead", "lead", "pwy sy'n ei redeg"),
    Field.SECOND: ("second person", "deputy", "cover", "backup", "ail berson"),
    Field.NAME: ("name", "account", "account name", "enw"),
    Field.HANDLE: ("handle", "username", "user name"),
    Field.PURPOSE: ("purpose", "what it is for", "aim", "diben", "pwrpas"),
    Field.AUDIENCE: ("audience", "whom it is for", "who it is for", "cynulleidfa"),
    Field.PUPILS: ("pupils", "pupils among readers", "pupils follow", "disgyblion"),
    Field.YOUNGEST: ("youngest", "youngest pupil", "age of the youngest pupil", "yr ieuengaf"),
    Field.KIND: ("kind", "kind of account", "math o gyfrif"),
    Field.KNOWN_TO: ("keys known to", "password known to", "who has the password", "pwy sy'n gwybod"),
}
"""Headings that are offered for a field; a person checks the offer before it counts."""

ALSO = {
    "facebook": "facebook fb meta", "instagram": "instagram insta ig", "x": "x twitter", "bluesky": "bsky",
    "youtube": "youtube yt", "linkedin": "linkedin", "tiktok": "tiktok", "threads": "threads",
    "mastodon": "mastodon fediverse",
}  # fmt: skip
"""network -> what schools call it besides its own name."""
YES = ("yes", "y", "true", "1", "ie", "oes", "ydy")
NO = ("no", "n", "false", "0", "na", "nac oes", "nac ydy")
WHOLE_FEDERATION = ("whole federation", "federation", "all schools", "ffederasiwn", "y ffederasiwn")
BY_WORD = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    wrong = wrong_columns(columns, headings, Field.values)
    why: Mapping[Field, Any] = {
        Field.ADDRESS: _("Choose the column with the addresses. They identify the accounts."),
        Field.SINCE: _("Choose the column that shows when each account started."),
        Field.RUN_BY: _("Choose the column that shows who runs each account."),
    }
    wrong = {each.value: why[each] for each in NEEDED if each not in columns} | wrong
    if Field.SCHOOL not in columns and "school" not in defaults:
        wrong["school"] = _("Choose the column, or say whose accounts these are.")
    if defaults.get("kind") and defaults["kind"] not in AccountKind.values:
        wrong["kind"] = _("Choose a type.")
    if wrong:
        raise BadInput(wrong)


def known_networks() -> dict[str, str]:
    """Return each network's names in the words of lists -> its key."""
    found = {
        same_word(word): key
        for key, one in all_capabilities().items()
        for word in (key, one.name, *ALSO.get(key, "").split())
    }
    return found | {same_word(f"{word} page"): key for word, key in found.items()}


def known_words(federation: str, schools: Iterable[tuple[int, str, str]]) -> dict[str, dict[str, str]]:
    """Return the words that need no explaining: field -> {word: ours}.

    `schools`: number, name and slug; `federation`: its name, which means all of them.
    """
    kinds: dict[str, str] = {value: value for value in AccountKind.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kinds |= {same_word(str(label)): value for value, label in AccountKind.choices}
    return {
        Field.SCHOOL: {
            **dict.fromkeys(map(same_word, (federation, *WHOLE_FEDERATION)), ""),
            **{same_word(word): str(pk) for pk, name, slug in schools for word in (slug, name)},
        },
        Field.KIND: kinds,
    }
