"""Copying in what no program reads: comments by hand or as a list, and the address to which staff forward
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts import access
from schoolgate.accounts.care import POINTS
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account, AccountState, Looked
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.inbox import forwarding, listing, pasting
from schoolgate.inbox.forwarding import address_of, takes_mail, written
from schoolgate.inbox.importing import COMMENTS, Field, accounts_for, offered
from schoolgate.inbox.importing import KINDS as LIST_KINDS
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import (
    LONGEST,
    Photo,
    Seen,
    ask_for_words,
    forget_words,
    same_before,
    understand,
    words_of_photo,
)
from schoolgate.media.models import Reading
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import Intent
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can, check_capacity
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.models.states import Purpose
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, at
from schoolgate.web.frame.lists import Choices, Columns, ImportPages, Meanings
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.pictures import Taken, take_picture
from schoolgate.web.inbox.forms import KINDS
from schoolgate.web.inbox.wording import snippet

AT_ONCE = 6
"""Comments on one page of copying in."""
SKIPPED = _("The clocks go forward then, so this time doesn’t exist. Choose an hour later.")
EVERYONE, US = "everyone", "us"
READERS = ((EVERYONE, _("Everyone")), (US, _("Only us, or I’m not sure")))
READ_ALL = _("I’ve checked everything other people wrote on this account")


def instant_of(day: date, at: time) -> datetime | None:
    """The instant in UTC that clocks in London show so; None for an hour that they skip."""
    local = datetime.combine(day, at, LONDON)
    back = local.astimezone(UTC).astimezone(LONDON)
    return local.astimezone(UTC) if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


class PlaceForm(SchoolForm):
    """Where the comments were posted: the account, one of our posts, and who reads them there."""

    account = forms.ChoiceField(label=_("Account"))
    post = forms.ChoiceField(label=_("Which of our posts is it on?"), required=False)
    readers = forms.ChoiceField(label=_("Who can read it?"), choices=READERS, widget=forms.RadioSelect)
    read_all = forms.BooleanField(label=READ_ALL, required=False)

    def __init__(
        self,
        *args: Any,
        accounts: Sequence[Account],
        copies: Sequence[Delivery],
        asks_reading: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if not asks_reading:
            del self.fields["read_all"]
        self.accounts = {str(account.pk): account for account in accounts}
        self.posts = {str(copy.post_id): copy.post for copy in copies}
        self.fields["account"].choices = [(key, one.name) for key, one in self.accounts.items()]  # type: ignore[attr-defined]
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            ("", _("None of these, or not known")),
            *((str(copy.post_id), f"{copy.account.name}: {snippet(copy.text)}") for copy in copies),
        ]

    @property
    def private(self) -> bool:
        """Return whether it counts as a private message: no one said that everyone can read it."""
        return bool(self.cleaned_data["readers"] != EVERYONE)


class PasteForm(PlaceForm):
    """A comment or message from a network that no program reads."""

    policy_help = {"kind": (at("item.received", "reply_due"),)}

    field_order = (
        "account",
        "post",
        "text",
        "author",
        "day",
        "time",
        "kind",
        "readers",
        "picture",
        "address",
    )
    text = forms.CharField(
        label=_("Comment"),
        help_text=_("Copy it word for word."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        strip=False,
    )
    author = forms.CharField(
        label=_("Author, as shown on the network"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = DayField(label=_("Date posted"))
    time = TimeField(label=_("Time posted"), help_text=_("UK time"))
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect, initial="comment"
    )
    picture = forms.FileField(
        label=_("A photo or screenshot of the comment, if you have one"),
        help_text=_(
            "Saved with the comment, without location or device details. Leave the box above empty to "
            "have the words read from it."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    address = forms.CharField(
        label=_("Web address, if there is one"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check day and time together; an hour that the clocks skip is an error of the time."""
        typed = super().clean() or {}
        if typed.get("day") and typed.get("time") and self.appeared_at is None:
            self.add_error("time", str(SKIPPED))
        return typed

    @property
    def appeared_at(self) -> datetime | None:
        """The instant in UTC; None for an hour that the clocks skip."""
        return instant_of(self.cleaned_data["day"], self.cleaned_data["time"])

    def given(self) -> Mapping[str, Any]:
        """Return what was filled in, as `paste_in` takes it."""
        typed = self.cleaned_data
        return {
            "account": self.accounts[typed["account"]],
            "post": self.posts.get(typed["post"]),
            "text": typed["text"].replace("\r\n", "\n"),
            "author": typed["author"],
            "appeared_at": self.appeared_at,
            "kind": typed["kind"],
            "private": self.private,
            "address": typed["address"].strip(),
            "read_all": bool(typed.get("read_all")),
        }


class OneSeen(SchoolForm):
    """One of several comments, as it is first put in."""

    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
        strip=False,
    )
    author = forms.CharField(
        label=_("Author, as shown on the network"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(
        label=_("Time, as the network shows it"),
        help_text=_("For example 2 h, yesterday 14:10, 3 d or 20 November at 14:10."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def filled(self) -> bool:
        """Return whether anything was filled in."""
        return bool(str(self.cleaned_data.get("text", "")).strip())


class OneChosen(OneSeen):
    """The same with the time that a person has chosen. What is not ticked is left out."""

    keep = forms.BooleanField(label=_("Save this one too"), required=False)
    day = DayField(label=_("Date posted"))
    time = TimeField(label=_("Time posted"))
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, initial="comment")

    def clean(self) -> dict[str, Any]:
        """Check day and time together, only where the item was chosen for saving."""
        typed = super().clean() or {}
        if not typed.get("keep"):
            for name in list(self.errors):
                del self.errors[name]
        elif typed.get("day") and typed.get("time") and self.appeared_at is None:
            self.add_error("time", str(SKIPPED))
        return typed

    @property
    def appeared_at(self) -> datetime | None:
        """The instant in UTC; None for an hour that the clocks skip."""
        return instant_of(self.cleaned_data["day"], self.cleaned_data["time"])


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
            item = pasting.paste_in(by=visit.person, at=visit.at, photo=photo, **form.given())
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
        pasting.paste_in(
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


def _accounts(visit: Visit) -> Choices:
    return [(str(pk), one.name) for pk, one in accounts_for(visit.person, on=visit.on).items()]


def _columns(visit: Visit) -> Columns:
    accounts = _accounts(visit)
    return Columns(
        fields=Field.choices,
        offered=offered,
        for_all={
            Field.ACCOUNT.value: (
                _("If there’s no such column, the comments were on"),
                [("", _("Choose")), *accounts],
            ),
            Field.KIND.value: (
                _("If there’s no such column, the comments are"),
                [("", _("Choose")), *LIST_KINDS.items()],
            ),
        },
        chosen={Field.ACCOUNT.value: accounts[0][0]} if len(accounts) == 1 else {},
        name=_("Comments"),
        name_help=_("For example, Comments. The next list with the same headings will be read the same way."),
    )


def _meanings(visit: Visit) -> Meanings:
    choices: Mapping[str, Choices] = {Field.ACCOUNT: _accounts(visit), Field.KIND: list(LIST_KINDS.items())}
    return Meanings(lambda field: choices[field], lambda field: Field(field).label)


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["added"]
    told = ngettext("List imported. {number} new comment.", "List imported. {number} new comments.", number)
    return told.format(number=number)


PAGES = ImportPages(
    kind=COMMENTS,
    place="inbox",
    back="inbox",
    name="comments-import",
    path="inbox/import",
    templates="inbox/import/",
    title=_("Import comments and messages"),
    lead=_("For downloads from networks that Schoolgate can’t read. You check the list, then confirm it."),
    ended=_("List of comments"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At most 2,000 rows and 10 MB."
    ),
    columns=_columns,
    heads=(_("Author"), _("Comment")),
    applied=_applied,
    after="inbox",
    choices=lambda request: {"dealt_with": request.POST.get("dealt_with") == "yes"},
    meanings=_meanings,
    asks_again=(Field.ACCOUNT,),
)


@on_account_page
def mail_card(visit: Visit, account: Account) -> PagePart | None:
    """Return the card for those who reply on an open account, where this installation receives email."""
    if account.state != AccountState.OPEN or not takes_mail():
        return None
    place = {"school": account.school, "account": account}
    if not can(check_capacity, visit.person, "answer", on=visit.on, **place):
        return None
    row = address_of(account)
    return PagePart(
        "inbox/_mail_address.html", {"account": account, "row": row, "address": written(row) if row else ""}
    )


@page(place="inbox", capacity="answer", methods=("POST",))
def make(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give the account an address, in place of the one it has."""
    account = access.account_for(visit.person, pk)
    forwarding.make_address(by=visit.person, at=visit.at, account=account)
    return done(request, _("Email address created. Forward comments there."), "account", pk)


@page(place="inbox", capacity="answer", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End the account's address."""
    account = access.account_for(visit.person, pk)
    forwarding.end_address(by=visit.person, at=visit.at, account=account)
    return done(request, _("Email address ended. Emails sent there are refused."), "account", pk)


urlpatterns = [
    path("inbox/paste", paste, name="inbox-paste"),
    path("inbox/paste/several", paste_several, name="inbox-paste-several"),
    path("inbox/mail/<int:pk>", make, name="mail-address"),
    path("inbox/mail/<int:pk>/end", end, name="mail-address-end"),
]
