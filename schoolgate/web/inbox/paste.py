"""Copying in what no program reads: one comment with a photograph, or several at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts.care import POINTS
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account, AccountState, Looked
from schoolgate.core.errors import BadInput
from schoolgate.inbox import actions, listing
from schoolgate.inbox.actions import Photo
from schoolgate.inbox.actions.pasting import same_before
from schoolgate.inbox.models import Item
from schoolgate.inbox.photo_words import ask_for_words, forget_words, words_of_photo
from schoolgate.inbox.seen_times import Seen, understand
from schoolgate.media.models import Reading
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import Intent
from schoolgate.people.queries import book_of
from schoolgate.publishing.models import Delivery, Purpose
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.pictures import Taken, take_picture
from schoolgate.web.inbox.paste_forms import AT_ONCE, OneChosen, OneSeen, PasteForm, PlaceForm, instant_of

MOST_POSTS = 30
"""Number of newest posts offered when a comment is added by hand."""
_FIELDS = {"appeared_at": "time"}


@page(place="inbox", capacity="answer", prepare=take_picture)
def paste(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Copy in a comment or message from a network that no program reads."""
    accounts = by_hand(visit)
    copies, asks = _copies(accounts), _asks_reading(visit)
    form = PasteForm(
        request.POST or None, request.FILES or None, accounts=accounts, copies=copies, asks_reading=asks
    )
    photo = _photo(request, visit)
    if isinstance(visit.prepared, BadInput):
        form.is_valid()
        form.refuse(visit.prepared)
    elif photo is not None and not request.POST.get("text", "").strip():
        return _reading(request, visit, photo, accounts=accounts, copies=copies, asks_reading=asks)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.paste_in(by=visit.person, at=visit.at, photo=photo, **form.given())
        except BadInput as error:
            form.refuse(BadInput({_FIELDS.get(k, k): words for k, words in error.fields.items()}))
        else:
            if photo is not None:
                forget_words(at=visit.at, by=visit.person, digest=photo.digest)
            if visit.person.pk in item.meant:
                return done(request, _("Saved. It may be about you, so a colleague deals with it."), "inbox")
            if item.locked_at is not None:
                words = _("Saved. A safeguarding lead reads it first: it may be about harm by an adult.")
                return done(request, words, "inbox")
            return done(request, _("Saved, with any deadline from the policy."), "item", item.pk)
    context = {"form": form, "accounts": accounts, "kept_photo": _sealed(visit, photo) if photo else ""}
    return render(request, "inbox/paste.html", context, status=422 if form.errors else 200)


def _reading(
    request: HttpRequest, visit: Visit, photo: Photo, *, accounts: list[Account], **more: Any
) -> HttpResponseBase:
    """Have the words in a photograph read, and put them into the form for the person to check. What was
    typed stays; nothing is saved yet."""
    ask_for_words(by=visit.person, at=visit.at, digest=photo.digest)
    row = words_of_photo(visit.person, photo.digest)
    reading = row.reading(at=visit.at) if row else Reading.NOT_READ
    typed = request.POST.copy()
    if row is not None and reading is Reading.WORDS:
        typed["text"] = "\n".join(row.lines or [])
    form = PasteForm(typed, accounts=accounts, **more)
    form.is_valid()
    form.errors.clear()
    context = {"form": form, "accounts": accounts, "kept_photo": _sealed(visit, photo), "reading": reading}
    return render(request, "inbox/paste.html", context)


def _photo(request: HttpRequest, visit: Visit) -> Photo | None:
    """The photograph just sent, or the one that was sent before something else on the page was wrong."""
    if isinstance(visit.prepared, Taken):
        proven = visit.prepared.proven
        return Photo(visit.prepared.digest, proven.media_type, proven.width, proven.height)
    kept = request.POST.get("kept_photo", "")
    try:
        return Photo(**signing.loads(kept, salt=_salt(visit), max_age=24 * 3600)) if kept else None
    except (signing.BadSignature, TypeError):
        return None


def _sealed(visit: Visit, photo: Photo) -> str:
    """Return the photo's future row, signed for this person, so that others' files can't be named with it."""
    return signing.dumps(asdict(photo), salt=_salt(visit))


def _salt(visit: Visit) -> str:
    return f"inbox.photo:{visit.federation.pk}:{visit.person.pk}"


@dataclass
class Row:
    """One of several items: its form, the meaning of its time, and saved items that look the same."""

    form: OneChosen
    seen: Seen | None
    same: Item | None


@page(place="inbox", capacity="answer")
def paste_several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add several comments at once: enter them, check the time of each, then save them."""
    accounts = by_hand(visit)
    place = PlaceForm(
        request.POST or None,
        accounts=accounts,
        copies=_copies(accounts),
        asks_reading=_asks_reading(visit),
    )
    context: dict[str, Any] = {"place": place, "accounts": accounts}
    if request.method == "POST" and request.POST.get("do") == "keep":
        return _keep(request, visit, context)
    given = [OneSeen(request.POST or None, prefix=str(n)) for n in range(AT_ONCE)]
    filled = [form for form in given if form.is_bound and form.is_valid() and form.filled]
    valid = place.is_bound and place.is_valid() and all(form.is_valid() for form in given)
    if valid and filled:
        account = place.accounts[place.cleaned_data["account"]]
        rows = [_understood(form, number, account, visit) for number, form in enumerate(filled)]
        return render(request, "inbox/paste_look.html", {**context, "rows": rows})
    if valid:
        place.add_error(None, str(_("Paste at least one comment.")))
    wrong = place.is_bound
    return render(
        request, "inbox/paste_several.html", {**context, "given": given}, status=422 if wrong else 200
    )


def _understood(form: OneSeen, number: int, account: Account, visit: Visit) -> Row:
    """A comment with the time that its words mean; what they leave open is left open."""
    typed = form.cleaned_data
    seen = understand(typed["seen"], at=visit.at)
    instant = instant_of(seen.day, seen.time) if seen and seen.time else None
    near = instant or visit.at
    same = same_before(account, text=typed["text"], author=typed["author"], appeared_at=near)
    initial = {
        **typed,
        "keep": same is None,
        "day": seen.day if seen else None,
        "time": seen.time if seen else None,
        "kind": "comment",
    }
    return Row(OneChosen(initial=initial, prefix=str(number)), seen, same)


def _keep(request: HttpRequest, visit: Visit, context: dict[str, Any]) -> HttpResponseBase:
    place: PlaceForm = context["place"]
    count = sum(1 for n in range(AT_ONCE) if f"{n}-text" in request.POST)
    chosen = [OneChosen(request.POST, prefix=str(n)) for n in range(count)]
    valid = [form.is_valid() for form in chosen]  # each says what is wrong with it
    if place.is_valid() and all(valid):
        kept = [form for form in chosen if form.cleaned_data.get("keep")]
        wrong = [form for form in kept if not _keep_one(form, place, visit)]
        if kept and not wrong:
            said = ngettext(
                "{number} comment saved, with its deadline from the policy.",
                "{number} comments saved, each with its deadline from the policy.",
                len(kept),
            )
            return done(request, said.format(number=len(kept)), "inbox")
        if not kept:
            place.add_error(None, str(_("Tick at least one comment to save.")))
    rows = [Row(form, None, None) for form in chosen]
    return render(request, "inbox/paste_look.html", {**context, "rows": rows}, status=422)


def _keep_one(form: OneChosen, place: PlaceForm, visit: Visit) -> bool:
    """Save one item. Return False where something is wrong, with the errors beside its fields. Items saved
    before stay saved; the same one twice is saved once."""
    typed = form.cleaned_data
    try:
        actions.paste_in(
            by=visit.person,
            at=visit.at,
            account=place.accounts[place.cleaned_data["account"]],
            post=place.posts.get(place.cleaned_data["post"]),
            text=typed["text"].replace("\r\n", "\n"),
            author=typed["author"],
            appeared_at=form.appeared_at,  # type: ignore[arg-type]
            kind=typed["kind"],
            read_all=bool(place.cleaned_data.get("read_all")),
            private=place.private,
        )
    except BadInput as error:
        form.refuse(BadInput({_FIELDS.get(k, k): words for k, words in error.fields.items()}))
        return False
    return True


def by_hand(visit: Visit) -> list[Account]:
    """The open accounts that this person answers on and no program reads, by name."""
    reach = listing.reach_of(visit.person, on=visit.on, able=frozenset({"answer"}))
    return [
        account
        for account in Account.objects.filter(state=AccountState.OPEN).order_by("name", "pk")
        if abilities_of(account).way("read_replies") is not Way.PROGRAM
        and (reach.everything or account.school_id in reach.schools or account.pk in reach.accounts)
    ]


def _asks_reading(visit: Visit) -> bool:
    """Return whether this policy has a rule on reading what others write. If not, it isn't asked."""
    return bool(book_of(visit.federation).at("account.watch", *POINTS[Looked.CONTRIBUTIONS]))


def _copies(accounts: list[Account]) -> list[Delivery]:
    """Return the newest live posts of these accounts."""
    there = Delivery.objects.filter(
        account__in=accounts, purpose=Purpose.PUBLISH, state=Intent.CONFIRMED, by_hand=True
    )
    return list(there.select_related("account", "post").order_by("-id")[:MOST_POSTS])


urlpatterns = [
    path("inbox/paste", paste, name="inbox-paste"),
    path("inbox/paste/several", paste_several, name="inbox-paste-several"),
]
