"""Threads on the pages: the offer to send a long text as several posts, each part as it will go out, and
how a thread stands that ended too early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import length
from schoolgate.networks.told import limits_with
from schoolgate.networks.wording import SENTENCES
from schoolgate.publishing import queries, starting
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.post_parts import offered, parts_there
from schoolgate.web.frame.doors import Visit, done, page


@dataclass(frozen=True)
class ShownPart:
    """One post of a thread, with its length as the network counts it."""

    text: str
    length: int
    most: int | None


@dataclass(frozen=True)
class ShownThread:
    """The thread that a text could be on one account. `chosen`: it will be sent so."""

    account: Account
    parts: Sequence[ShownPart]
    chosen: bool

    @property
    def name(self) -> str:
        """Return the name of the field that chooses it."""
        return name_of(self.account)


def name_of(account: Account) -> str:
    """Return the name of the field that chooses a thread on an account."""
    return f"thread-{account.pk}"


def thread_fields(accounts: Sequence[Account]) -> dict[str, forms.Field]:
    """Return a field for each account whose network has threads."""
    return {
        name_of(each): forms.BooleanField(required=False, label=_("Send as a thread"))
        for each in accounts
        if all_capabilities()[each.network].number("thread")
    }


def thread_of(account: Account, text: str, *, chosen: bool) -> ShownThread | None:
    """Return the thread that a text could be; None where it fits into one post, or can't be one."""
    parts = shown_parts(account, offered(account, text))
    return ShownThread(account, parts, chosen) if parts else None


def shown_parts(account: Account, parts: Sequence[str]) -> tuple[ShownPart, ...]:
    """Return the posts of a thread with their lengths on an account."""
    limits = limits_with(account.network, account.told_limits)
    return tuple(ShownPart(each, length(each, limits.text_unit), limits.text_max) for each in parts)


def begun_in_words(delivery: Delivery) -> tuple[Promise, Promise]:
    """Return the plain truth about a thread that ended too early, and what a person can do."""
    why = SENTENCES.get(delivery.because, _("The network did not accept it."))
    truth = format_lazy(
        _("{there} of {number} posts of the thread are live. The rest was not sent: {why}"),
        there=parts_there(delivery),
        number=len(delivery.parts),
        why=why,
    )
    return truth, _("Send the rest, or take down what’s there.")


@page(methods=("POST",))
def rest(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have the rest of a thread sent."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    sent = starting.send_rest(by=visit.person, at=visit.at, delivery=found)
    return done(request, _("Schoolgate will send the rest."), "post", pk=sent.post_id)


urlpatterns = [path("deliveries/<int:pk>/rest", rest, name="delivery-rest")]
