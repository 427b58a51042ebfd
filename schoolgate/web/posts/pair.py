"""The same words in two languages: the fields of the page of writing, the Welsh on the page of a post, and
which languages an account's posts have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.models import School
from schoolgate.people.rules import can
from schoolgate.publishing import digest, queries, reviewing, rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import CAN_BE_CHANGED, Post
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.posts.filled_in import LANGUAGES

ORDERS = (
    ("", _("The school’s languages")),
    ("cy,en", _("Welsh, then English")),
    ("en,cy", _("English, then Welsh")),
    ("cy", _("Welsh only")),
    ("en", _("English only")),
)


class PairForm(SchoolForm):
    """The fields of the text's language, and of the same in the other one."""

    school: School | None = None

    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES, required=False)
    other_text = forms.CharField(
        label=_("The same in the other language"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    @cached_property
    def words(self) -> dict[str, str]:
        """Return what is written for all accounts, by language; that of the text first."""
        language = str(self["language"].value() or digest.ENGLISH)
        return {
            language: one_line_end(self["text"].value() or "").strip(),
            digest.other_than(language): one_line_end(self["other_text"].value() or "").strip(),
        }

    def sent_on(self, account: Account) -> tuple[str, str]:
        """Return the text that an account gets, and its languages with a comma: its own text, or both
        languages in the account's order."""
        own = one_line_end(self[f"text-{account.pk}"].value() or "").strip()
        if own:
            return own, next(iter(self.words))
        return digest.together(self.words, digest.order_of(account, self.school) if self.school else ())


def one_line_end(text: str) -> str:
    """Return the text with single line ends: browsers send pairs, and networks count each sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def welsh_of(visit: Visit, post: Post) -> dict[str, Any] | None:
    """Return what the page of a post says about its Welsh: whether this person reads it, who has compared it,
    who may be asked; None where it has none or is out."""
    if post.state not in CAN_BE_CHANGED or not digest.has_welsh(post):
        return None
    who, on = visit.person, visit.on
    readers = digest.readers_of(post, on=on)
    readings = digest.readings_of(post)
    last = digest.last_reading(post)
    approves = can(rules.check_may_approve, who, post, on=on)
    asks = approves or can(rules.check_may_change, who, post, on=on)
    asked = [each for each in readings if each.same is None]
    return {
        "post": post,
        "approves": approves,
        "reads": who.reads_welsh,
        "last": last,
        "asked": [] if last else asked,
        "may_compare": who.pk in {each.pk for each in readers}
        and not (last is not None and last.reader_id == who.pk),
        "readers": [each for each in readers if each.pk != who.pk] if asks and not last else [],
        "seen": content_digest(post),
    }


@page(place="posts", methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask a colleague who reads Welsh."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    chosen = number_in(request.POST.get("reader", "0") or "0")
    reader = next((each for each in digest.readers_of(found, on=visit.on) if each.pk == chosen), visit.person)
    reviewing.ask_welsh_reader(by=visit.person, at=visit.at, post=found, reader=reader)
    return done(request, _("Asked. They’ll see it on their Today page."), "post", pk=pk)


@page(place="posts", methods=("POST",))
def compare(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say whether the Welsh says the same as the English."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    reviewing.say_of_welsh(
        by=visit.person,
        at=visit.at,
        post=found,
        same=request.POST.get("same") == "yes",
        seen=request.POST.get("seen", ""),
        words=request.POST.get("words", ""),
    )
    return done(request, _("Your answer has been recorded under your name."), "post", pk=pk)


@on_account_page
def languages_of_posts(visit: Visit, account: Account) -> PagePart | None:
    """Which languages its posts have, where the federation has several."""
    if len(visit.federation.languages) < 2 or account.state == AccountState.CLOSED:
        return None
    chosen = ",".join(account.post_languages)
    shown = {
        "account": account,
        "chosen": chosen,
        "said": dict(ORDERS).get(chosen, chosen),
        "orders": ORDERS,
        "may_choose": can(rules.check_may_set_slots, visit.person, account, on=visit.on),
    }
    return PagePart("posts_pair/_of_account.html", shown)


@page(place="accounts", methods=("POST",))
def choose_languages(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose the languages of an account's posts."""
    found = account_for(visit.person, pk)
    chosen = [each for each in request.POST.get("languages", "").split(",") if each]
    reviewing.choose_post_languages(by=visit.person, at=visit.at, account=found, languages=chosen)
    return done(request, _("Languages saved."), "account", pk)


urlpatterns = [
    path("posts/<int:pk>/welsh/ask", ask, name="post-welsh-ask"),
    path("posts/<int:pk>/welsh/compare", compare, name="post-welsh-compare"),
    path("accounts/<int:pk>/languages", choose_languages, name="account-languages"),
]
