"""Public posts about the schools: a way of showing the inbox, with forms that post elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotFound, Refused
from schoolgate.core.models import School
from schoolgate.inbox.models import SAYABLE, ItemKind
from schoolgate.listening import finding, watching
from schoolgate.listening.finding import Places, search_facts, searchable_accounts
from schoolgate.listening.models import Find, FindState, LeftBecause, Watch, Way
from schoolgate.listening.watching import MOST_DAYS
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import LISTENING, days_chosen
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.rules import check_may_own
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at, radios
from schoolgate.web.frame.paging import number_in
from schoolgate.web.inbox.desk import check_sees_some
from schoolgate.web.inbox.wording import snippet, text_shown

# Forms of listening. They gather what is typed; the actions judge it.

WHOLE = "0"


def _lines(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, strip=True,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class OftenForm(SchoolForm):
    """After how many days without a search a watch is overdue, as the federation chooses."""

    policy_help = {"days": (at("listening.search", "searched_for"),)}

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="often-%s")


class WatchForm(SchoolForm):
    """A new watch."""

    policy_help = {"phrases": (at("listening.search", "searched_for", "search_covered"),)}

    name = forms.CharField(label=_("Name of the search"), max_length=100)
    phrases = _lines(
        _("School names to search for"), _("One on each line, as people write them. Never a person’s name.")
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=500)
    until = DayField(label=_("Last day"), help_text=_("At most a year ahead."))
    feeds = _lines(
        _("News feeds"),
        _("Optional. The addresses of RSS or Atom feeds, one on each line."),
        required=False, rows=2,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, places: Places) -> None:
        super().__init__(data, auto_id="watch-%s")
        self.schools: dict[str, School] = {str(each.pk): each for each in places.schools}
        choices: list[tuple[str, str | Promise]] = [(key, each.name) for key, each in self.schools.items()]
        if places.federation:
            choices.append((WHOLE, _("The federation as a whole")))
        self.fields["school"] = forms.ChoiceField(label=_("What is it about?"), choices=choices)
        self.order_fields(["school"])
        there = dict.fromkeys(one.network for one in searchable_accounts(None))
        if there:
            names = {key: all_capabilities()[key].name for key in there}
            self.fields["networks"] = forms.MultipleChoiceField(
                label=_("Networks to search"), choices=list(names.items()), initial=list(names),
                widget=forms.CheckboxSelectMultiple, required=False,
            )  # fmt: skip

    @property
    def school(self) -> School | None:
        """Return the school that was chosen; None for the whole federation."""
        return self.schools.get(self.cleaned_data.get("school", ""))

    def entered(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as the action takes it. Raises BadInput on `networks`."""
        return {
            **{name: typed[name] for name in ("name", "purpose", "until")},
            "phrases": typed["phrases"].splitlines(),
            "feeds": typed["feeds"].splitlines(),
            "school": self.school,
            "accounts": self._accounts(typed.get("networks", [])),
        }

    def _accounts(self, networks: Sequence[str]) -> list[Account]:
        """Return one account for each network: each is searched once."""
        first: dict[str, Account] = {}
        for one in searchable_accounts(self.school):
            first.setdefault(one.network, one)
        if not set(networks) <= set(first):
            raise BadInput({"networks": _("This school has no connected account there. Choose another.")})
        return [first[key] for key in networks]


class FeedForm(SchoolForm):
    """One more feed."""

    address = forms.CharField(label=_("Address of the feed"), help_text=_("It starts with https://"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="feed-%s")


class HandForm(SchoolForm):
    """Something public that a person found."""

    policy_help = {"public": (at("listening.search", "search_covered"),)}

    text = _lines(_("What does it say?"))
    address = forms.CharField(label=_("Link to it"), required=False, max_length=2000)
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("For example the name of the site."),
        required=False,
        max_length=300,
    )
    author = forms.CharField(label=_("Who wrote it?"), required=False, max_length=300)
    public = forms.BooleanField(label=_("Anyone can read it without signing in"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="hand-%s")


class AlertForm(SchoolForm):
    """An alert that came by email."""

    mail = _lines(_("Text of the email"), _("Copy the whole email, for example from Google Alerts."), rows=6)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="alert-%s")


class ToInboxForm(SchoolForm):
    """Which inbox a public post goes to, and what it is."""

    policy_help = {"kind": (at("item.received", "reply_due"),)}

    def __init__(
        self, data: Any = None, *, accounts: Sequence[Account], first: Account | None = None
    ) -> None:
        super().__init__(data, auto_id="inbox-%s")
        self.accounts = {str(each.pk): each for each in accounts}
        self.fields["account"] = forms.ChoiceField(
            label=_("Reply from this account"),
            choices=[(key, each.name) for key, each in self.accounts.items()],
            initial=str(first.pk) if first else None,
        )
        self.fields["kind"] = radios(_("What is it?"), [(one.value, one.label) for one in SAYABLE])
        self.fields["kind"].initial = ItemKind.COMMENT

    @property
    def account(self) -> Account:
        """Return the account that was chosen."""
        return self.accounts[self.cleaned_data["account"]]


class ConcernForm(SchoolForm):
    """What worries a person about a public post."""

    policy_help = {"bad_light": (at("listening.found", "found_told"),)}

    what = _lines(_("What worries you about it?"), _("The post itself is sent with it."))
    bad_light = forms.BooleanField(
        label=_("It shows the school or its people in a bad light"), required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="concern-%s")


class LeaveForm(SchoolForm):
    """Why nothing is done about a public post."""

    because = radios(_("Why?"), LeftBecause.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="leave-%s")


PAGE = 25
TABS = (("open", _("To read")), ("passed", _("Being dealt with")), ("left", _("Left")))
KINDS = {FindState.OPEN: "wait", FindState.PASSED: "good", FindState.LEFT: ""}


def here(*, watch: int | None = None, find: int | None = None) -> str:
    """Return the address of the list, of one watch, or of one find."""
    more = f"&watch={watch}" if watch else f"&find={find}" if find else ""
    return f"{reverse('inbox')}?as=listening{more}"


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what watches found, one of these posts, or one watch, as far as the visitor may know of it."""
    asked = request.GET
    check_sees_some(visit)
    if asked.get("find"):
        return find_page(
            request, visit, finding.find_for(visit.person, number_in(asked["find"]), on=visit.on)
        )
    if asked.get("watch"):
        pk = number_in(asked["watch"])
        return watch_page(request, visit, finding.watch_for(visit.person, pk, on=visit.on))
    return list_page(request, visit, asked=asked)


def list_page(
    request: HttpRequest,
    visit: Visit,
    *,
    asked: Mapping[str, str] | None = None,
    form: WatchForm | None = None,
    often: OftenForm | None = None,
    refused: Any = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page with the public posts of a status, the watches, and what the policy says."""
    asked = asked or {}
    show = asked.get("show", "open")
    if show not in dict(TABS):
        raise NotFound
    before = number_in(asked["after"]) if asked.get("after") else None
    finds, last = finding.finds_for(visit.person, on=visit.on, state=show, before=before, limit=PAGE)
    places = finding.places_for(visit.person, on=visit.on)
    decision = verdict("listening.search", search_facts(by=visit.person, at=visit.at), on=visit.on)
    says = wording.verdict(decision, at=visit.at)
    watches = finding.watches_for(visit.person, on=visit.on)
    context = {
        "tabs": TABS,
        "show": show,
        "rows": [_row(each) for each in finds],
        "following": last,
        "watches": [
            {"row": each, "href": here(watch=each.pk), "runs": finding.is_running(each, on=visit.on)}
            for each in watches
        ],
        "says": says if str(decision.outcome) != "silent" else None,
        "form": form or (WatchForm(places=places) if places.schools or places.federation else None),
        "refused": refused,
        **_how_often(visit, often),
    }
    return render(request, "inbox/listening/list.html", context, status=status)


def _how_often(visit: Visit, form: OftenForm | None) -> dict[str, Any]:
    """Return how often the federation looks, where its policy wants searches and names no number."""
    if not book_in_scope().clauses_at("listening.search", "searched_for"):
        return {}
    owns = can(check_may_own, visit.person, on=visit.on)
    return {
        "speaks": True, "days": days_chosen(LISTENING, on=visit.on),
        "often": form or (OftenForm() if owns else None),
    }  # fmt: skip


def _row(find: Find) -> dict[str, Any]:
    return {"row": find, "words": snippet(find.text), "href": here(find=find.pk), "kind": _kind_of(find)}


def _kind_of(find: Find) -> str:
    return "" if find.way == Way.CONCERN else KINDS[_state(find)]


def _state(find: Find) -> FindState:
    return FindState(find.state)


def watch_page(
    request: HttpRequest, visit: Visit, found: Watch, *, status: int = 200, **sent: Any
) -> HttpResponseBase:
    """Return the page of one watch; `sent`: forms as they were sent."""
    before = number_in(request.GET["after"]) if request.GET.get("after") else None
    finds, last = finding.finds_for(
        visit.person, on=visit.on, state="", watch=found, before=before, limit=PAGE
    )
    context = {
        "watch": found,
        "back": here(),
        "runs": finding.is_running(found, on=visit.on),
        "may": can(finding.check_sets_up, visit.person, found.school, on=visit.on),
        "sources": finding.sources_of(found),
        "rows": [_row(each) for each in finds],
        "following": last,
        "says": wording.kept_verdict(found.decision, at=visit.at),
        "feed_form": FeedForm(),
        "hand_form": HandForm(),
        "alert_form": AlertForm(),
        **sent,
    }
    return render(request, "inbox/listening/watch.html", context, status=status)


def find_page(
    request: HttpRequest, visit: Visit, found: Find, *, status: int = 200, **sent: Any
) -> HttpResponseBase:
    """Return the page of one find; `sent`: forms as they were sent."""
    may = can(finding.check_sets_up, visit.person, found.watch.school, on=visit.on)
    accounts = _accounts(found, visit) if may and found.state == FindState.OPEN else []
    context = {
        "find": found,
        "text": text_shown(found.text),
        "back": here(watch=found.watch_id),
        "kind": _kind_of(found),
        "open": found.state == FindState.OPEN,
        "may": may,
        "inbox_form": ToInboxForm(accounts=accounts, first=found.account) if accounts else None,
        "concern_form": _concern_form(),
        "leave_form": LeaveForm(),
        **sent,
    }
    return render(request, "inbox/listening/find.html", context, status=status)


def _concern_form(data: Any = None) -> ConcernForm:
    form = ConcernForm(data)
    if not book_in_scope().bound("listening.found"):
        del form.fields["bad_light"]
    return form


def _accounts(found: Find, visit: Visit) -> list[Any]:
    """Return the accounts into whose inbox the visitor may take a find, the one that found it first."""
    return [
        one
        for one in finding.accounts_to_answer(found)
        if can(check_capacity, visit.person, "answer", on=visit.on, school=one.school, account=one)
    ]


@page(place="inbox", methods=("POST",))
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Start a watch."""
    form = WatchForm(request.POST, places=finding.places_for(visit.person, on=visit.on))
    try:
        saved = form.save(
            lambda typed: watching.start_watch(
                by=visit.person, at=visit.at, wanted=watching.Wanted(**form.entered(typed))
            )
        )
    except Refused as error:
        kept = error.kept
        refused = wording.kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return list_page(request, visit, form=form, refused=refused, status=409)
    if saved is None:
        return list_page(request, visit, form=form, status=422)
    return done(request, _("Saved search started. It runs once an hour."), here(watch=saved.value.pk))


@page(place="inbox", methods=("POST",))
def how_often(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose how often the federation looks for public posts."""
    form = OftenForm(request.POST)
    if form.save(lambda typed: watching.choose_how_often(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Number of days saved as your federation’s own choice."), here())
    return list_page(request, visit, often=form, status=422)


@page(place="inbox", methods=("POST",))
def on_watch(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do one thing with a watch; what is refused stays in its form."""
    found = finding.watch_for(visit.person, pk, on=visit.on)
    return act_in(request.POST, WITH_WATCH)(request, visit, found)


def _end(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    watching.end_watch(by=visit.person, at=visit.at, watch=found)
    return done(request, _("Saved search ended. What it found is still here."), here(watch=found.pk))


def _feed(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = FeedForm(request.POST)
    if form.save(lambda typed: watching.add_feed(by=visit.person, at=visit.at, watch=found, **typed)):
        return done(request, _("Feed added."), here(watch=found.pk))
    return watch_page(request, visit, found, feed_form=form, wrong=form, status=422)


def _remove(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    source = number_in(request.POST.get("source", ""))
    watching.remove_feed(by=visit.person, at=visit.at, watch=found, pk=source)
    return done(request, _("Removed."), here(watch=found.pk))


def _hand(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = HandForm(request.POST)
    saved = form.save(lambda typed: finding.add_by_hand(by=visit.person, at=visit.at, watch=found, **typed))
    if saved is None:
        return watch_page(request, visit, found, hand_form=form, wrong=form, status=422)
    return done(request, _("Added."), here(find=saved.value.pk))


def _alert(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = AlertForm(request.POST)
    saved = form.save(lambda typed: finding.add_alerts(by=visit.person, at=visit.at, watch=found, **typed))
    if saved is None:
        return watch_page(request, visit, found, alert_form=form, wrong=form, status=422)
    said = ngettext("{number} post added.", "{number} posts added.", saved.value)
    return done(request, said.format(number=saved.value), here(watch=found.pk))


@page(place="inbox", methods=("POST",))
def on_find(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what is done about a find; what is refused stays in its form."""
    found = finding.find_for(visit.person, pk, on=visit.on)
    return act_in(request.POST, WITH_FIND)(request, visit, found)


def _to_inbox(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = ToInboxForm(request.POST, accounts=_accounts(found, visit))
    saved = form.save(
        lambda typed: finding.add_to_inbox(
            by=visit.person, at=visit.at, find=found, account=form.account, kind=typed["kind"]
        )
    )
    if saved is None:
        return find_page(request, visit, found, inbox_form=form, wrong=form, status=422)
    return done(request, _("Added to the inbox."), "item", saved.value.pk)


def _to_press(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    enquiry = finding.pass_to_press(by=visit.person, at=visit.at, find=found)
    return done(request, _("Passed on."), f"{reverse('inbox')}?as=press&enquiry={enquiry.pk}")


def _concern(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = _concern_form(request.POST)
    saved = form.save(
        lambda typed: finding.report_concern(
            by=visit.person, at=visit.at, find=found, what=typed["what"],
            bad_light=typed.get("bad_light", False),
        )
    )  # fmt: skip
    if saved is None:
        return find_page(request, visit, found, concern_form=form, wrong=form, status=422)
    return done(request, _("Concern reported. The people who deal with it have been told."), here())


def _leave(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = LeaveForm(request.POST)
    if form.save(lambda typed: finding.leave(by=visit.person, at=visit.at, find=found, **typed)):
        return done(request, _("Left as it is."), here())
    return find_page(request, visit, found, leave_form=form, wrong=form, status=422)


def _reopen(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    finding.reopen(by=visit.person, at=visit.at, find=found)
    return done(request, _("It’s back in the list to read."), here(find=found.pk))


WITH_WATCH: Mapping[str, Callable[[HttpRequest, Visit, Watch], HttpResponseBase]] = {
    "end": _end,
    "feed": _feed,
    "remove": _remove,
    "hand": _hand,
    "alert": _alert,
}
WITH_FIND: Mapping[str, Callable[[HttpRequest, Visit, Find], HttpResponseBase]] = {
    "inbox": _to_inbox,
    "press": _to_press,
    "concern": _concern,
    "leave": _leave,
    "reopen": _reopen,
}

urlpatterns = [
    path("inbox/listening", start, name="listening-start"),
    path("inbox/listening/often", how_often, name="listening-often"),
    path("inbox/listening/watches/<int:pk>", on_watch, name="listening-watch"),
    path("inbox/listening/posts/<int:pk>", on_find, name="listening-find"),
]
