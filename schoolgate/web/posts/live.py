"""A post on its networks: what people do on a network's own pages and the status they report, one card for
each post; changes made there, reactions by post and by month, and its next check, where its owner takes it
down or says that it may stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dates import MONTHS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import Whose
from schoolgate.core import vault
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.manual.client import LONGEST_COMPOSE
from schoolgate.networks.port import Reactions
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.publishing import archive, by_hand, queries, rules, starting
from schoolgate.publishing.archive import is_changed
from schoolgate.publishing.by_hand import whose_link
from schoolgate.publishing.duty_kinds import CHANGED, LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.live import let_stay, note_looked, settle_change
from schoolgate.publishing.models import Delivery, LiveChange, Post, PostReactions, PostState, Purpose
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.post_parts import is_begun
from schoolgate.publishing.taking_down import must_go, removal_by_hand
from schoolgate.web.frame.charts import bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.wording import clause_shown, quote_from
from schoolgate.web.posts.wording import PARTS, delivery_shown


class DoneByHandForm(SchoolForm):
    """The address of the post on the network."""

    address = forms.CharField(
        label=_("Link to the post"),
        help_text=_("Open the post on the network, copy its link from your browser and paste it here."),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_look(self, untold)


def add_look(form: SchoolForm, untold: str) -> None:
    """Ask whether the person looked whose page it is. `untold`: the account that the link doesn't show."""
    if untold:
        form.fields["looked"] = forms.BooleanField(
            label=format_lazy(_("I checked: the post is on {account}"), account=untold), required=False
        )


class LookForm(SchoolForm):
    """What the person saw on the network."""

    there = forms.ChoiceField(
        label=_("Is it there?"),
        choices=[("yes", _("Yes, it is there")), ("no", _("No, it isn’t there"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asks_address: bool, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.untold = untold if asks_address else ""
        if asks_address:
            self.fields["address"] = forms.CharField(
                label=_("Link to the post, if it’s there"),
                help_text=_(
                    "Open the post on the network, copy its link from your browser and paste it here."
                ),
                max_length=2000,
                required=False,
            )
        add_look(self, self.untold)


class MendForm(SchoolForm):
    """Corrects the address of a post that was posted by hand."""

    address = forms.CharField(
        label=_("Correct link to the post"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "id": "id_mended"}),
    )

    def __init__(self, *args: Any, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_look(self, untold)


def card_context(visit: Visit, found: Delivery) -> dict[str, Any]:
    """The texts, links and steps of a card; which forms it has is the view's."""
    network = all_capabilities()[found.account.network]
    removes = found.purpose == Purpose.TAKE_DOWN
    stopped = rules.stopped(found.post.school_id, at=visit.at)
    post = queries.post(found.post_id)
    waits = found.by_hand and found.state == Intent.WRITTEN
    said = (
        found.removal_said if (waits and removes) or found.state in (Intent.ASKED, Intent.DIFFERENT) else None
    )
    return {
        "visit": visit,
        "delivery": found,
        "post": post,
        "shown": delivery_shown(found, held_at=visit.at if stopped and not removes else None),
        "network": network.name,
        "removes": removes,
        "pictures": [] if removes else found.pictures,
        "alt_field": network.number("alt") != 0,
        "open_address": open_address(found),
        "there": found.ref.address if found.ref else "",
        "waits": waits,
        "said": said,
        "own_word": said is not None and said.by_id == visit.person.pk,
        "stopped": stopped and not removes,
        "consent_gone": waits and not removes and is_without_consent(found, on=visit.on),
        "not_to_post": found.by_hand
        and not removes
        and found.state in (Intent.CANCELLED, Intent.ASKED)
        and must_go(found),
        "beside": [
            {
                "delivery": each,
                "network": all_capabilities()[each.account.network].name,
                "open_address": open_address(each),
                "same_text": each.text == found.text,
                "form": DoneByHandForm(auto_id=f"id_{each.pk}_%s"),
            }
            for each in (queries.beside_it(found) if waits and not removes else [])
        ],
        "may_mend": _may_mend(visit, found),
        "mended": list(found.addresses_mended.select_related("by").order_by("-id")),
        "until": instant_in_words(found.not_before) if found.not_before else "",
    }


def is_without_consent(found: Delivery, *, on: date) -> bool:
    """Return whether a pupil in a post may no longer appear on the account of this copy."""
    return any(each.network == found.account.network for each in noes_in(found.post, on=on))


def open_address(found: Delivery) -> str:
    """Return where the network lets a person post, with the text filled in where it allows that."""
    network = all_capabilities()[found.account.network]
    address = network.compose_address(found.text)
    return address if len(address) <= LONGEST_COMPOSE else network.compose_address("")


def _may_mend(visit: Visit, found: Delivery) -> bool:
    by_hand = found.purpose == Purpose.PUBLISH and found.because == "by_hand"
    if found.state != Intent.CONFIRMED or not by_hand or found.taken_down:
        return False
    may_write = can(rules.check_may_write, visit.person, found.post.school, on=visit.on)
    return may_write or can(rules.check_may_approve, visit.person, found.post, on=visit.on)


@page(place="posts")
def delivery(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the card of one delivery: its status and what a person can do about it. A change made on
    its network leads to the page of its post."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    if is_changed(found):
        return redirect("post", pk=found.post_id)
    return _card(request, visit, found)


@page(place="posts", methods=("POST",))
def done_by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the post was posted or taken down on the network's own pages."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    if found.purpose == Purpose.TAKE_DOWN:
        by_hand.say_removed(by=visit.person, at=visit.at, delivery=found)
        return done(
            request,
            _("Saved under your name. A colleague will be asked to check that it’s gone."),
            "post",
            pk=found.post_id,
        )
    form = DoneByHandForm(request.POST, untold=_untold(request, found))
    before_stop = request.POST.get("before_stop") == "yes"
    if form.save(
        lambda typed: by_hand.done_by_hand(
            by=visit.person, at=visit.at, delivery=found, before_stop=before_stop, **typed
        )
    ):
        return _must_go(request, visit, found) or _next_card(request, visit, found)
    return _card(request, visit, found, form=form, status=422)


def _must_go(request: HttpRequest, visit: Visit, found: Delivery) -> HttpResponseBase | None:
    """Lead to what takes a copy down if it may not stay: nothing else is said before it. None if it may."""
    found = queries.delivery_for(visit.person, found.pk, on=visit.on)
    consent_gone = is_without_consent(found, on=visit.on)
    if found.purpose != Purpose.PUBLISH or not (consent_gone or must_go(found)):
        return None
    why = (
        _("A pupil in this post may no longer be shown or named there.")
        if consent_gone
        else _("Someone took it down in the meantime.")
    )
    name = found.account.name
    removal = removal_by_hand(found)
    if removal is not None:
        words = _("Take this post down on {account} now. {why} What you entered is saved.")
        said = str(words).format(account=name, why=why)
        return done(request, said, "delivery", pk=removal.pk, warns=True)
    words = _(
        "This post must come off {account} now. {why} What you entered is saved. See below what is "
        "being done."
    )
    said = str(words).format(account=name, why=why)
    return done(request, said, "post", pk=found.post_id, warns=True)


def _untold(request: HttpRequest, found: Delivery) -> str:
    """Return the account's name where the pasted link doesn't show whose page it is on."""
    untold = whose_link(found.account, request.POST.get("address", "")) is Whose.UNTOLD
    return found.account.name if untold else ""


def _next_card(request: HttpRequest, visit: Visit, found: Delivery) -> HttpResponseBase:
    """Go on to the post's other accounts, then to the next post; back to the post when nothing waits."""
    beside = queries.beside_it(found)
    following = beside[0] if beside else queries.next_by_hand(visit.person, on=visit.on)
    if following is None:
        return done(request, _("Thank you. Saved under your name."), "post", pk=found.post_id)
    if beside:
        words = _("Thank you. Saved under your name. The same post is waiting for another account.")
    else:
        words = _("Thank you. Saved under your name. Here is the next one.")
    return done(request, words, "delivery", pk=following.pk)


@page(place="posts", methods=("POST",))
def gone(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A second person looked whether what was taken down by hand is really gone."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    is_gone = request.POST.get("gone")
    if is_gone not in ("yes", "no"):
        return _card(request, visit, found, status=422)
    by_hand.look_after_removal(by=visit.person, at=visit.at, delivery=found, gone=is_gone == "yes")
    if is_gone == "yes":
        return done(request, _("Thank you for checking. It’s gone."), "post", pk=found.post_id)
    return done(
        request, _("Saved: it’s still there. We’ll ask for it to be removed again."), "delivery", pk=pk
    )


@page(place="posts", methods=("POST",))
def mend(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Put a pasted address right."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    form = MendForm(request.POST, untold=_untold(request, found))
    if form.save(lambda typed: by_hand.mend_address(by=visit.person, at=visit.at, delivery=found, **typed)):
        said = _("Link corrected. The old one is saved too.")
        return _must_go(request, visit, found) or done(request, said, "delivery", pk=pk)
    return _card(request, visit, found, mend_form=form, status=422)


@page(place="posts", methods=("POST",))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record the status that a person saw on the network."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    form = LookForm(request.POST, asks_address=found.ref is None, untold=_untold(request, found))
    if form.save(
        lambda typed: by_hand.say_how_it_stands(
            by=visit.person,
            at=visit.at,
            delivery=found,
            there=typed["there"] == "yes",
            address=typed.get("address", ""),
            looked=typed.get("looked", False),
        )
    ):
        there = form.cleaned_data["there"] == "yes"
        said = _("Thank you. Saved under your name.")
        return (there and _must_go(request, visit, found)) or done(request, said, "post", pk=found.post_id)
    return _card(request, visit, found, look_form=form, status=422)


@page(methods=("POST",))
def again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Try once more what the network did not take."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    sent = starting.send_again(by=visit.person, at=visit.at, delivery=found)
    return done(request, _("Schoolgate will try again."), "post", pk=sent.post_id)


@page(methods=("POST",))
def leave(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Leave the post off an account that refused it."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    starting.leave_unsent(by=visit.person, at=visit.at, delivery=found)
    return done(request, _("Left out. It won’t be posted there."), "post", pk=found.post_id)


def _card(
    request: HttpRequest,
    visit: Visit,
    found: Delivery,
    *,
    form: DoneByHandForm | None = None,
    look_form: LookForm | None = None,
    mend_form: MendForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    asks = found.state in (Intent.ASKED, Intent.DIFFERENT)
    takes_down = can(rules.check_may_take_down, visit.person, found.post, on=visit.on)
    context: dict[str, Any] = {
        **card_context(visit, found),
        "form": form or DoneByHandForm(),
        "may_take_down": takes_down,
        "post_stands": found.post.state in queries.STANDS,
        "asks": asks and takes_down,
        "look_form": look_form or LookForm(asks_address=found.ref is None),
        "mend_form": mend_form or MendForm(initial={"address": found.ref.address if found.ref else ""}),
        "begun": is_begun(found) and found.post.state == PostState.SENDING,
        "failed": queries.may_go_again(found),
        "may_leave": queries.may_be_left(found),
    }
    return render(request, "byhand/card.html", context, status=status)


def out_of_date_shown(visit: Visit, post: Post) -> dict[str, Any] | None:
    """Return what the page of a post that waits for a check shows; None for every other post."""
    row = archive.to_check(post)
    if row is None:
        return None
    book = book_of(visit.federation)
    kind = OUT_OF_DATE if row.out_of_date else LOOK_AGAIN
    clauses = [one for duties in standing(kind, [post]).values() for duty in duties for one in duty.clauses]
    return {
        "last": row.last_day if row.out_of_date else None,
        "looked": row.looked_at,
        "may_settle": can(rules.check_may_take_down, visit.person, post, on=visit.on),
        "clauses": [
            clause_shown(one, basis="policy", federation=book.meta.federation, quote=quote_from(book))
            for one in dict.fromkeys(clauses)
        ],
    }


@page(place="posts", methods=("POST",))
def may_stay(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a post may stay although the day it announces has passed."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    let_stay(by=visit.person, at=visit.at, post=found)
    return done(request, _("Noted under your name. The post stays."), "post", pk=pk)


@page(place="posts", methods=("POST",))
def looked_at(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Note that a live post was checked again and is still right."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    note_looked(by=visit.person, at=visit.at, post=found)
    return done(request, _("Noted under your name. The post stays."), "post", pk=pk)


MOST_DAYS = 14


def changes_shown(visit: Visit, post: Post) -> list[dict[str, Any]]:
    """Return the changes that wait for a person, each with what its network shows now."""
    found = archive.open_changes(post)
    if not found:
        return []
    tasks = standing(CHANGED, [each.delivery for each in found])
    rows = zip(found, tasks.values(), strict=True)
    return [
        _change(visit, post, each, [one for duty in duties for one in duty.clauses]) for each, duties in rows
    ]


def _change(visit: Visit, post: Post, change: LiveChange, clauses: Sequence[str]) -> dict[str, Any]:
    book = book_of(visit.federation)
    quote, name = quote_from(book), book.meta.federation
    check = rules.check_may_take_down if change.gone else rules.check_may_approve
    now = vault.opened(change.words_ref)
    delivery = change.delivery
    return {
        "change": change,
        "account": delivery.account.name,
        "network": all_capabilities()[delivery.account.network].name,
        "address": delivery.ref.address if delivery.ref else "",
        "parts": [PARTS[each] for each in change.parts if each in PARTS],
        "now": now,
        "may_settle": can(check, visit.person, post, on=visit.on),
        "may_take_down": not change.gone and can(rules.check_may_take_down, visit.person, post, on=visit.on),
        "clauses": [clause_shown(one, basis="policy", federation=name, quote=quote) for one in clauses],
    }


def reactions_shown(post: Post) -> list[dict[str, Any]]:
    """Return the reactions to each published copy of a post, with those of the last days. Two queries."""
    out = [
        each
        for each in post.deliveries.all()
        if each.purpose == Purpose.PUBLISH and each.state == Intent.CONFIRMED
    ]
    if not out:
        return []
    counted, checks = archive.reactions_to(out), archive.checks_of(out)
    return [
        {
            "account": each.account.name,
            "told": all_capabilities()[each.account.network].connected().tells_reactions and not each.by_hand,
            "days": counted[each.pk][:MOST_DAYS],
            "views": any(row.views is not None for row in counted[each.pk][:MOST_DAYS]),
            "parts": _by_part(each, counted[each.pk]),
            "check": checks.get(each.pk),
        }
        for each in out
    ]


def _by_part(delivery: Delivery, counted: Sequence[PostReactions]) -> list[tuple[str, Any]]:
    """Return the words of each post of a thread with what was counted for it last; none for a single post."""
    newest = [each or asdict(Reactions()) for each in counted[0].parts] if counted else []
    return list(zip(delivery.parts, newest, strict=True)) if len(newest) == len(delivery.parts) else []


def total_of(shown: list[dict[str, Any]]) -> int:
    """Return the reactions on all networks together, as last read."""
    newest = [each["days"][0] for each in shown if each["days"]]
    return sum(row.total for row in newest)


def reach(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the reactions to an account's posts by month: a way of showing the list of posts."""
    accounts = archive.accounts_counted(visit.person, on=visit.on)
    wanted = number_in(request.GET["account"]) if request.GET.get("account") else None
    chosen = next((each for each in accounts if wanted in (None, each.pk)), None)
    if wanted is not None and chosen is None:
        raise NotFound
    context: dict[str, Any] = {"accounts": accounts, "chosen": chosen, "months": []}
    if chosen is not None:
        first = visit.on.replace(day=1)
        since = first.replace(year=first.year - 1)
        months = archive.by_month(chosen, since, seen_by=visit.person, on=visit.on)
        named = [(f"{MONTHS[each.first.month]} {each.first.year}", each) for each in months]
        context |= {
            "told": all_capabilities()[chosen.network].connected().tells_reactions,
            "months": list(reversed(named)),
            "views": any(each.counts.views is not None for each in months),
            "chart": bar_chart(
                [(name, each.counts.total) for name, each in named],
                title=_("Reactions by month"),
                description=_("Likes, shares, replies and quotes of the posts that came out in each month."),
                label_head=_("Month"),
                value_head=_("Reactions"),
            ),
        }
    return render(request, "posts_live/reach.html", context)


@page(place="posts", methods=("POST",))
def settle(request: HttpRequest, visit: Visit, pk: int, change: int) -> HttpResponseBase:
    """Accept what a network shows now, or note that a post is gone there."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    settled = settle_change(by=visit.person, at=visit.at, change=archive.change_on(found, change))
    told = _("Noted. The post is no longer there.") if settled.gone else _("Accepted as it is now.")
    return done(request, told, "post", pk=pk)


urlpatterns = [
    path("deliveries/<int:pk>", delivery, name="delivery"),
    path("deliveries/<int:pk>/done", done_by_hand, name="delivery-done"),
    path("deliveries/<int:pk>/gone", gone, name="delivery-gone"),
    path("deliveries/<int:pk>/address", mend, name="delivery-address"),
    path("deliveries/<int:pk>/look", look, name="delivery-look"),
    path("deliveries/<int:pk>/again", again, name="delivery-again"),
    path("deliveries/<int:pk>/leave", leave, name="delivery-leave"),
    path("posts/<int:pk>/may-stay", may_stay, name="post-may-stay"),
    path("posts/<int:pk>/looked-at", looked_at, name="post-looked-at"),
    path("posts/<int:pk>/changes/<int:change>", settle, name="post-change-settle"),
]
