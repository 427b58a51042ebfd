"""The public register: every open official account of a federation, as page, data and feed; how to tell
that one is genuine; and for visitors a check of an address or handle, and a report of a page that
pretends to be ours.

What they ask is only in the address of the answer: not logged, not saved, and no link passes it on.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, connecting
from schoolgate.accounts.models import Account, AccountCode, AccountMark, AccountState, Mark, SeenThere
from schoolgate.accounts.register import (
    Genuine,
    check_may_vouch,
    give_code,
    known_to_us,
    look_up,
    move_account,
    news,
    notices_of_fakes,
    public_register,
    vouch_for_mark,
)
from schoolgate.accounts.unofficial import LONGEST_WORDS, Copy, report_fake
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.registry import capabilities
from schoolgate.people.outside import may_cry_out
from schoolgate.people.rules import can
from schoolgate.policy.queries import policy_or_none
from schoolgate.web.accounts.account import after, following_link, own_board, where_in
from schoolgate.web.accounts.register_wording import (
    answer_in_words,
    clauses_behind,
    fake_shown,
    hours_in_words,
    known_shown,
    news_in_words,
    not_confirmed,
    proofs_as_data,
    proofs_in_words,
    there_before,
)
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import LONGEST_READ, limited, open_to_anybody
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import number_in_address
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.pictures import take_copy

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


KINDS = {
    Genuine.OURS: "good",
    Genuine.MOVED: "wait",
    Genuine.CLOSED: "wait",
    Genuine.FAKE: "no",
    Genuine.ALIKE: "wait",
}


class AskForm(SchoolForm):
    """One line."""

    q = forms.CharField(
        label=_("Account address or name"),
        help_text=_("For example www.facebook.com/ourschool or @ourschool."),
        max_length=1000,
        required=False,
        strip=False,
    )


class ReportForm(SchoolForm):
    """Where it is, what was seen, and a picture if there is one."""

    address = forms.CharField(label=_("Web address of the page"), max_length=500, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Which school does it pretend to be?"), required=False,
        empty_label=_("I’m not sure, or all of them"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Two sentences are enough. Don’t write a child’s name."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label=_("Picture of the page, if you have one"),
        help_text=_("JPEG, HEIC, PNG, WebP or AVIF. Only the people looking into this can see it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]


@limited("genuine", rate="300/m", looks=True)
@public_page(methods=("GET", "HEAD"))
def genuine(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The question, and the answer to what was typed."""
    asked = "q" in request.GET
    form = AskForm({"q": request.GET.get("q", "")} if asked else None)
    context: dict[str, Any] = {"federation": visit.federation, "form": form, "asked": asked}
    if asked and form.is_valid() and form.cleaned_data["q"].strip():
        context |= _answer(form.cleaned_data["q"], visit, request)
    elif asked and not form.errors:
        form.add_error("q", str(_("Enter an address or name")))
    response = render(request, "register/genuine.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(text: str, visit: Visit, request: HttpRequest) -> dict[str, Any]:
    told = look_up(text, at=visit.at, where=where_in(visit, request))
    return {
        "told": told,
        "said": answer_in_words(told),
        "kind": KINDS.get(told.answer, "info"),
        "strange": bool(told.typed and told.typed.strange),
        "as_sent": _as_sent(told.typed.host) if told.typed else "",
        "rows": [
            {**account_shown(one, visit, request), "proofs": proofs_in_words(one)} for one in told.accounts
        ]
        if told.answer != Genuine.CLOSED
        else [],
        "page": known_shown(told.page) if told.page else None,
        "clauses": clauses_behind(told, on=visit.on),
        "may_report": told.answer in (Genuine.UNKNOWN, Genuine.ALIKE, Genuine.CLOSED, Genuine.MOVED)
        and bool(told.typed and told.typed.key),
    }


def _as_sent(host: str) -> str:
    """Return a host with letters of another alphabet as browsers spell it; empty where it has none."""
    try:
        spelled = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return spelled if spelled != host else ""


@public_page
def _report(request: HttpRequest, visit: Visit, copy: Copy | BadInput | None) -> HttpResponseBase:
    begun = request.POST.get("do") == "begin"
    sent = request.method == "POST" and not begun
    initial = {"address": request.POST.get("address", "")[:500]} if begun else None
    form = ReportForm(request.POST if sent else None, initial=initial)
    if sent and request.POST.get("website"):
        # A bot that fell into the trap gets the same answer as everyone, without a reference.
        return done(request, _("Thank you. Someone will look into it."), "register", visit.federation.slug)
    if sent and form.is_valid():
        typed = form.cleaned_data
        try:
            if isinstance(copy, BadInput):
                raise copy
            fake = report_fake(
                at=visit.at, address=typed["address"], words=typed["words"], school=typed["school"],
                copy=copy, where=where_in(visit, request),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            thanks = _("Thank you. Someone will look into it. Your reference is {reference}.")
            said = str(thanks).format(reference=fake.reference)
            return done(request, said, "register", visit.federation.slug)
    context = {"federation": visit.federation, "form": form}
    return render(request, "register/report.html", context, status=422 if form.errors else 200)


def _cries_out(request: HttpRequest) -> bool:
    """Return whether a report may tell of danger, by as much of it as can be saved."""
    return may_cry_out(request.POST.get("words", "")[:LONGEST_READ])


@open_to_anybody
@limited("fake", rate="30/m", cries=_cries_out)
@limited("fake-day", rate="300/d", cries=_cries_out)
def report(request: HttpRequest, federation: str) -> HttpResponseBase:
    """Report a page that pretends to be ours. The picture is proven before the page's scope opens."""
    return _report(request, federation=federation, copy=take_copy(request))


NAMES = {
    Mark.LINK: _("Link back to our register"),
    Mark.TEXT: _("Code in the profile text"),
    Mark.POLICY_LINK: _("Link that identifies our official accounts"),
}


class MoveForm(SchoolForm):
    """The new address of the account."""

    address = forms.CharField(label=_("New address"), help_text=_("Starting with https://"), max_length=500)
    handle = forms.CharField(label=_("Handle"), max_length=253, required=False)


@on_account_page
def marks(visit: Visit, account: Account) -> PagePart | None:
    """Return the card for people who run or open the account. Our own board needs no proof."""
    if account.state == AccountState.WAITING or account.network == OURS:
        return None
    if not can(check_may_vouch, visit.person, account, on=visit.on):
        return None
    rows = {row.mark: row for row in AccountMark.objects.filter(account=account).select_related("by")}
    code = AccountCode.objects.filter(account=account).values_list("code", flat=True).first()
    reads = connecting.reads(account.network)
    shown = {
        "account": account,
        "live": account.state == AccountState.OPEN,
        "register": connecting.register_address(visit.federation),
        "code": code,
        "marks": [_shown(mark, rows.get(mark), mark in reads) for mark in _asked(account, visit)],
        "program_looks": bool(reads),
        "may_move": account.state == AccountState.OPEN
        and can(access.check_may_open, visit.person, account, on=visit.on),
    }
    return PagePart("register/_marks.html", shown)


def _asked(account: Account, visit: Visit) -> list[Mark]:
    """The marks that make sense here: the policy's own link only where the policy in force has one."""
    policy = policy_or_none(visit.on)
    has_own = policy is not None and bool(policy.book.at("account.looked_up", "official_mark"))
    asked = [Mark.LINK] if Mark.LINK in connecting.reads(account.network) else []
    return [*asked, Mark.TEXT, *([Mark.POLICY_LINK] if has_own and account.kind == "teaching" else [])]


def _shown(mark: Mark, row: AccountMark | None, program: bool) -> dict[str, Any]:
    seen = SeenThere(row.seen) if row else None
    return {
        "key": str(mark),
        "name": NAMES[mark],
        "row": row,
        "kind": {
            SeenThere.THERE: "good",
            SeenThere.MISSING: "no",
            SeenThere.UNREADABLE: "wait",
            None: "wait",
        }[seen],
        "word": seen.label if seen else _("Not checked yet"),
        "by_person": not program,
    }


@page(methods=("POST",))
def code(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the code for the profile."""
    give_code(account=access.account_for(visit.person, pk), by=visit.person, at=visit.at)
    return done(request, _("Add the code to the account’s profile text."), "account", pk)


@page(methods=("POST",))
def vouch(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what I saw on the account's page."""
    found = access.account_for(visit.person, pk)
    said = request.POST.get("there")
    if said not in ("yes", "no"):
        raise BadInput({"there": _("Record whether it’s there.")})
    vouch_for_mark(
        account=found, by=visit.person, at=visit.at,
        mark=request.POST.get("mark", ""), there=said == "yes",
    )  # fmt: skip
    return done(request, _("What you saw has been recorded under your name."), "account", pk)


def look_there(request: HttpRequest) -> bool:
    """Read the account's page, before the page's scope opens, for people who may vouch."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    with scope(visit.federation.pk, visit.person.pk):
        check_may_vouch(visit.person, access.account_for(visit.person, pk), on=visit.on)
    return bool(connecting.look(visit.federation.pk, pk, at=visit.at))


@limited("account-look", rate="10/m")
@page(methods=("POST",), prepare=look_there)
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have the program look now."""
    if not visit.prepared:
        raise NotNow(
            _("Schoolgate can’t check this network itself."), _("Check for yourself and record what you see.")
        )
    return done(request, _("Schoolgate has checked. See the results below."), "account", pk)


@page(place="accounts")
def move(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give the account its new address."""
    found = access.account_for(visit.person, pk)
    access.check_may_open(visit.person, found, on=visit.on)
    if found.state != AccountState.OPEN:
        raise NotNow(
            _("Only an open account can move to a new address."),
            _("While an account is being set up, change its address there."),
        )
    form = MoveForm(request.POST or None, initial={"handle": found.handle})
    if request.method == "POST" and form.is_valid():
        try:
            move_account(account=found, by=visit.person, at=visit.at, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            said = _("The register shows the new address. Anyone who checks the old one sees where we are.")
            return done(request, said, "account", pk)
    context = {"form": form, "account": found}
    return render(request, "register/move.html", context, status=422 if form.errors else 200)


_ONE = "accounts/<int:pk>"


urlpatterns = [
    path("<slug:federation>/register", register, name="register"),
    path("<slug:federation>/register.json", register_json, name="register-json"),
    path("<slug:federation>/register.atom", register_atom, name="register-atom"),
    path("<slug:federation>/genuine", genuine, name="genuine"),
    path("<slug:federation>/register/fake", report, name="report-fake"),
    path(f"{_ONE}/code", code, name="account-code"),
    path(f"{_ONE}/vouch", vouch, name="account-vouch"),
    path(f"{_ONE}/look-now", look, name="account-look-now"),
    path(f"{_ONE}/move", move, name="account-move"),
]
