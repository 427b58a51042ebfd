"""Handlers for keys: one was shown, a sealed paper made or opened, or a person who knows a key left.

Each may run twice: it tells once. `jobs/hourly/account_keys.py` finds what got lost on the way.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.keys import ask_where_known
from schoolgate.accounts.models import AccountKey, KeyShown, PaperKey
from schoolgate.accounts.queries.keys import who_is_told
from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.kinds import makes_letter
from schoolgate.notices.letters import LINK, LetterContent, LetterText, address
from schoolgate.people.models import Person

LEADS_TOO = _("You’re responsible for the account too.")
KEY_SHOWN = LetterText(
    _("a password was viewed"),
    (
        _("Account: {account}. Viewed: {what}. By: {who}."),
        _(
            "You’re being told because you manage it too. If it shouldn’t have "
            "been viewed, talk to that person."
        ),
        LINK,
    ),
)
PAPER_OPENED = LetterText(
    _("a sealed envelope was opened"),
    (
        _("Account: {account}. Envelope number: {number}."),
        _("Change these passwords on the network now, then save the new ones here:"),
        LINK,
    ),
)


def _told_of_showing(*, subject_id: int, showing: int, at: datetime, **_ids: Any) -> list[int]:
    key = AccountKey.objects.select_related("account__school", "account__federation").get(pk=subject_id)
    shown = KeyShown.objects.get(pk=showing)
    return [one.pk for one in who_is_told(key.account, but=[shown.by_id], on=local_day(at))]


@subscribes("accountkey.shown", each=_told_of_showing)
def tell_of_showing(*, showing: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell one of the account's other leads who saw what kind of key."""
    shown = KeyShown.objects.get(pk=showing)
    tell(person=Person.objects.get(pk=part), kind="accounts.key_shown", subject=shown, at=at)


@makes_letter("accounts.key_shown", _("A password was shown to someone"), because=LEADS_TOO)
def key_shown(pk: int, at: datetime) -> LetterContent | None:
    """Return who saw what kind of key. Never a key, and never why."""
    shown = KeyShown.objects.select_related("by", "key__account").get(pk=pk)
    key = shown.key
    names = {"who": shown.by.name, "what": str(key.get_kind_display()), "account": key.account.name}
    return LetterContent(KEY_SHOWN, address("account-key", key.pk), names)


def _told_of_opening(*, subject_id: int, by: int, at: datetime, **_ids: Any) -> list[int]:
    paper = PaperKey.objects.select_related("account__school", "account__federation").get(pk=subject_id)
    return [one.pk for one in who_is_told(paper.account, but=[by], on=local_day(at))]


@subscribes("paperkey.opened", each=_told_of_opening)
def tell_of_opening(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell one of the account's leads that one of its sealed papers was opened; its reporter knows."""
    paper = PaperKey.objects.get(pk=subject_id)
    tell(person=Person.objects.get(pk=part), kind="accounts.paper_opened", subject=paper, at=at)


@makes_letter("accounts.paper_opened", _("A sealed envelope was opened"), because=LEADS_TOO)
def paper_opened(pk: int, at: datetime) -> LetterContent | None:
    """Return which paper of which account."""
    paper = PaperKey.objects.select_related("account").get(pk=pk)
    names = {"number": str(paper.number), "account": paper.account.name}
    return LetterContent(PAPER_OPENED, address("account-keys", paper.account_id), names)


@subscribes("people.gone")
def change_what_a_leaver_knows(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Make the keys that a leaver saw due for change on the day of leaving."""
    ask_where_known(at=at, of=Person.objects.get(pk=subject_id))


@subscribes("people.assignment_ended")
@subscribes("account.team_changed")
def change_what_they_know(*, person: int, at: datetime, **_ids: Any) -> None:
    """Make the keys due for change that were seen by people who no longer have a part in the account."""
    ask_where_known(at=at, of=Person.objects.get(pk=person))
