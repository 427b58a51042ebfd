"""Posts from before Schoolgate: the card on an account's page, and the list that is searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.errors import NotFound
from schoolgate.core.page_keys import key_as_text, key_in
from schoolgate.networks.archives.reading import archive_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.rules import can
from schoolgate.publishing import past_posts
from schoolgate.publishing.models import PastPost
from schoolgate.publishing.past_posts import known_of
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.posts.past_wording import known_in_words


class SearchForm(SchoolForm):
    """Words and an account. The words never go into an address, because they may be a child's name."""

    words = forms.CharField(
        label=_("Search words"),
        help_text=_("Finds posts with all of these words. The start of a word is enough."),
        required=False,
        max_length=300,
    )
    account = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All accounts")), *((str(one.pk), one.name) for one in accounts)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]


@on_account_page
def from_before(visit: Visit, account: Account) -> PagePart | None:
    """Return a card of the account's posts from before Schoolgate, and since when they are complete."""
    may_see = can(past_posts.check_may_see, visit.person, account, on=visit.on)
    may_bring = can(past_posts.check_may_bring, visit.person, account, on=visit.on)
    if account.state == AccountState.WAITING or not (may_see or may_bring):
        return None
    shown = {
        "account": account,
        "number": past_posts.number_of(account),
        "known": known_in_words(known_of([account])[account.pk]),
        "may_see": may_see,
        "may_bring": may_bring and archive_of(account.network) is not None,
        "unread": archive_of(account.network) is None,
        "network": all_capabilities()[account.network].name,
    }
    return PagePart("past/_card.html", shown, aside=True)


def listed(request: HttpRequest, visit: Visit, context: dict[str, Any]) -> HttpResponseBase:
    """List the old posts of all accounts that the visitor may see, newest first; or those with all the search
    words. `context`: of the list of posts, which this is one heading of."""
    accounts = past_posts.accounts_with_posts(visit.person, on=visit.on)
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(
        {
            "words": asked.get("words", "") if request.method == "POST" else "",
            "account": asked.get("account", ""),
        },
        accounts=accounts,
    )
    if not form.is_valid():
        if "account" in form.errors:
            raise NotFound
        return render(request, "past/posts.html", context | {"form": form, "rows": []}, status=422)
    words, chosen = form.cleaned_data["words"], form.cleaned_data["account"]
    before = key_in(asked["older"]) if "older" in asked else None
    shown = [number_in(chosen)] if chosen else [one.pk for one in accounts]
    found = past_posts.posts_page(accounts=shown, typed=words, before=before)
    context |= {
        "page": None,
        "form": form,
        "words": words,
        "chosen": chosen,
        "rows": [_row(post) for post in found.rows],
        "older": key_as_text(*found.older) if found.older else "",
        "further": found.further,
        "beginnings": found.beginnings,
        "any": bool(accounts),
        "known": known_of_shown(accounts, shown),
    }
    return render(request, "past/posts.html", context)


def known_of_shown(accounts: list[Account], shown: list[int]) -> list[tuple[str, str]]:
    """Return from which day on the posts of each account shown are known. One query."""
    each = [one for one in accounts if one.pk in set(shown)]
    known = known_of(each)
    return [(one.name, known_in_words(known[one.pk])) for one in each]


def _row(post: PastPost) -> dict[str, Any]:
    opened = post.account.opened_at
    return {"post": post, "before": opened is None or post.at < opened}
