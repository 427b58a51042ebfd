"""The public register: every open official account of a federation, as page, data and feed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from schoolgate.accounts.models import Account
from schoolgate.accounts.register import known_to_us, news, notices_of_fakes, public_register
from schoolgate.networks.registry import capabilities
from schoolgate.web.accounts.register_wording import (
    fake_shown,
    hours_in_words,
    known_shown,
    news_in_words,
    not_confirmed,
    proofs_as_data,
    proofs_in_words,
    there_before,
)
from schoolgate.web.accounts.views import after, following_link, own_board
from schoolgate.web.frame.doors import Visit, public_page

PAGE = 50


@public_page
def register(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the register as a page, with fake accounts and PTA pages beside it."""
    found, following = public_register(after=after(request), limit=PAGE)
    missing = not_confirmed(found, on=visit.on)
    context = {
        "federation": visit.federation,
        "rows": [
            {
                **account_shown(account, visit, request),
                "proofs": proofs_in_words(account),
                "not_confirmed": account.pk in missing,
            }
            for account in found
        ],
        "following": following_link(following),
        "fakes": [fake_shown(fake) for fake in notices_of_fakes()],
        "known": [known_shown(page) for page in known_to_us(at=visit.at)],
        "hours": hours_in_words(visit.on),
    }
    return render(request, "register/register.html", context)


@public_page
def register_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The register for machines: the same rows, `next` names the following page or is null."""
    found, following = public_register(after=after(request), limit=PAGE)
    missing = not_confirmed(found, on=visit.on)
    rest = f"{request.path}?{following_link(following)}" if following else None
    hours = hours_in_words(visit.on)
    body = {
        "federation": visit.federation.name,
        "accounts": [
            {
                **account_shown(account, visit, request),
                "network_key": account.network,
                "open_since": account.opened_at,
                "there_since": since_of(account),
                "proofs": proofs_as_data(account),
                "confirmed": account.pk not in missing,
                "hours": hours,
            }
            for account in found
        ],
        "fakes": [_as_data(fake_shown(fake)) for fake in notices_of_fakes()],
        "known_to_us": [known_shown(page) for page in known_to_us(at=visit.at)],
        "next": request.build_absolute_uri(rest) if rest else None,
    }
    return JsonResponse(body)


@public_page
def register_atom(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Return news of the register as a feed: openings, closings, new addresses, notices about fakes."""
    there = request.build_absolute_uri(reverse("register", args=[visit.federation.slug]))
    title = gettext("Official accounts of %(federation)s") % {"federation": visit.federation.name}
    feed = Atom1Feed(
        title=title,
        link=there,
        description=title,
        feed_url=request.build_absolute_uri(),
        language=visit.federation.languages[0],
        author_name=visit.federation.name,
    )
    for one in news():
        told = news_in_words(one)
        feed.add_item(
            title=told.title,
            link=there,
            unique_id=f"{there}#{one.key}",
            description=told.words,
            pubdate=timezone.localtime(one.at),
            updateddate=timezone.localtime(one.at),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def account_shown(account: Account, visit: Visit, request: HttpRequest) -> dict[str, Any]:
    """Return what the public may know of an account; no person's name is in it."""
    return {
        "name": account.name,
        "network": capabilities(account.network).name,
        "handle": account.handle,
        "address": account.address or own_board(account, visit, request),
        "school": account.school.name if account.school else visit.federation.name,
        "purpose": account.purpose,
        "contact": account.contact,
        "there_before": there_before(account),
    }


def since_of(account: Account) -> str | None:
    """Since when an account is there that was there before Schoolgate: a year, a month or a day as ISO has
    them; None for one that was opened here."""
    before = getattr(account, "imported", None)
    return before.since if before is not None else None


def _as_data(fake: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fake.items() if key != "pk"}


urlpatterns = [
    path("<slug:federation>/register", register, name="register"),
    path("<slug:federation>/register.json", register_json, name="register-json"),
    path("<slug:federation>/register.atom", register_atom, name="register-atom"),
]
