"""Letting everybody read a comment, or nobody: the network is told outside any transaction, then it is noted.

`prepare` checks who may and tells the network; `actions.note_released` and `actions.note_hidden` note it
afterwards. A program that dies in between loses nothing: the next reading of the network finds what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.inbox import rules
from schoolgate.inbox.actions.releasing import check_why
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import KeptBack
from schoolgate.networks.capabilities import Action, Way, all_capabilities
from schoolgate.networks.port import Author, IncomingItem, Network, NetworkError
from schoolgate.networks.wording import next_step, sentence
from schoolgate.people.models import Person

Connect = Callable[[Account], Network]
LET_THROUGH = "released"
ACTIONS: dict[str, Action] = {
    LET_THROUGH: "release",
    KeptBack.HIDDEN: "hide",
    KeptBack.REMOVED: "remove",
}
"""What a person asks for -> what the network is asked for."""


def ways(item: Item) -> dict[str, Way]:
    """What can be done with this item as it stands, and by whom; what nobody can do is left out."""
    able = all_capabilities()[item.account.network]
    possible = [how for how in ACTIONS if _why_not(item, how) is None]
    return {how: way for how in possible if (way := able.way(ACTIONS[how])) is not Way.NO}


def prepare(
    person: Person,
    item_id: int,
    how: str,
    *,
    on: date,
    at: datetime,
    because: str = "",
    connect: Connect = client_for,
) -> NetworkError | None:
    """Tell the network, outside any transaction; None where it did it, or where a person does it by hand.

    Args:
        how: a key of ACTIONS.
        because: for hiding and removing, one of `WhyKeptBack`: asked before anything happens.

    Returns the network's trouble, where it has one. Raises NotFound, NotAllowed, BadInput, NotNow.
    """
    with scope(cast("int", person.federation_id), person.pk):
        item = item_for(person, item_id, on=on)
        if how == LET_THROUGH:  # hiding and removing go on under a stop
            rules.check_not_stopped(item, at=at)
        check(person, item, how, on=on, because=because)
        account, given = item.account, _as_the_network_has_it(item)
        by_program = ways(item)[how] is Way.PROGRAM
    if not by_program:
        return None
    try:
        network = connect(account)
        {LET_THROUGH: network.release, KeptBack.HIDDEN: network.hide, KeptBack.REMOVED: network.remove}[how](
            given
        )
    except NetworkError as error:
        return error
    return None


def check(person: Person, item: Item, how: str, *, on: date, because: str) -> None:
    """Raise NotAllowed, BadInput or NotNow unless this person may do this with the item now."""
    rules.check_may_moderate(person, item, on=on)
    if how not in ACTIONS:
        raise BadInput({"how": _("Choose what is to be done with it.")})
    if how != LET_THROUGH:
        check_why(how, because)
    why_not = _why_not(item, how)
    if why_not is not None:
        raise NotNow(why_not, _("Its own page shows what can be done with it."))
    if how not in ways(item):
        raise NotNow(
            _("Nobody can do that on this network."), _("Its own page shows what can be done with it.")
        )


def in_words(error: NetworkError) -> NotNow:
    """The network's trouble as an error of ours, with what to do next."""
    return NotNow(sentence(error.code), _step(error))


def _step(error: NetworkError) -> str | Promise:
    # The program does not try this again by itself: the person is still looking at the page.
    if error.what_next == "try_again" or error.outcome_unknown:
        return _("Try again in a few minutes. Doing it twice does no harm.")
    return next_step(error.what_next)


def _why_not(item: Item, how: str) -> str | Promise | None:
    """Why this cannot be done with it as it stands; None where it can."""
    if item.private:
        return _("Nobody else can read a private message.")
    if item.root is None and item.pasted_by_id is None:
        return _("It does not stand under a post of ours.")
    if item.kept_back == KeptBack.REMOVED:
        return _("It has been removed already.")
    if item.gone_at is not None:
        return _("Its writer took it away already.")
    if how == LET_THROUGH and item.released and not item.kept_back:
        return _("Everybody can read it already.")
    if how == KeptBack.HIDDEN and item.kept_back == KeptBack.HIDDEN:
        return _("It is hidden already.")
    return None


def _as_the_network_has_it(item: Item) -> IncomingItem:
    """The item as the port takes it."""
    return IncomingItem(
        network=item.account.network,
        ref=item.where,
        author=Author(item.author_id_there, item.author_handle, item.author_name),
        text=item.versions.all()[item.versions_seen - 1].text,
        created_at=item.received_at,
        root=item.root["id"] if item.root else "",
    )
