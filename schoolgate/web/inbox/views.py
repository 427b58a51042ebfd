"""The inbox: what arrived, for the people who look after it, and adding by hand what programs can't read; and
messages from official accounts to groups, a way of showing it with a form that posts elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotFound, Refused
from schoolgate.core.rows import key_as_text, key_in, words_of
from schoolgate.duties.models import Urgency
from schoolgate.inbox import desk, listing, messaging
from schoolgate.inbox.listing import Filters, filters_of
from schoolgate.inbox.messaging import (
    LONGEST,
    LONGEST_GROUP,
    LONGEST_NOTE,
    MOST_PEOPLE,
    Written,
    messages_for,
    process_in_force,
)
from schoolgate.inbox.models import Item, ItemLanguage, ItemState, MessagePurpose, Relation
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import lead_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.reports.pressing import first_items, urgency_of_items
from schoolgate.triage import Lane
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, at
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox import answer, listening, moderating, paste, press, triage
from schoolgate.web.inbox import desk as inbox_desk
from schoolgate.web.inbox import item as inbox_item
from schoolgate.web.inbox.desk import check_sees_some, narrowing_shown, view_asked
from schoolgate.web.inbox.moderating import several_acts
from schoolgate.web.inbox.wording import (
    STATE_KINDS,
    due_shown,
    for_reader,
    place_shown,
    sight_in_words,
    snippet,
    unsaid_decisions,
    writer,
)


class MessageForm(SchoolForm):
    """The account, the group, what it is about, why it is appropriate, and the words."""

    policy_help = {
        "to": (at("message.send", "children_at_all", "parents_from_own", "work_profile"),),
        "people": (at("message.send", "learner_group", "learner_alone"),),
        "public": (at("message.send", "learner_unseen"),),
        "purpose": (at("message.send", "learner_purpose", "work_account_only"),),
        "reason": (at("message.send", "learner_weighed"),),
    }

    to = forms.ChoiceField(label=_("Who does it go to?"), choices=Relation.choices, widget=forms.RadioSelect)
    group = forms.CharField(
        label=_("Which group?"), help_text=_("Such as Year 9 maths. No names."), max_length=LONGEST_GROUP
    )
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE)
    public = forms.BooleanField(label=_("Everyone can read it"), required=False)
    purpose = forms.ChoiceField(
        label=_("What is it about?"), choices=MessagePurpose.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why is it appropriate?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    implications = forms.CharField(
        label=_("What could result from it?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    text = forms.CharField(
        label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )

    def __init__(self, data: Any = None, *, accounts: Sequence[Account]) -> None:
        super().__init__(data)
        self.accounts = {str(account.pk): account for account in accounts}
        self.fields["account"] = forms.ChoiceField(
            label=_("From which account?"),
            choices=[(key, account.name) for key, account in self.accounts.items()],
        )
        self.order_fields(["account"])

    @property
    def chosen(self) -> Account:
        """Return the account it is sent from."""
        return self.accounts[self.cleaned_data["account"]]

    @property
    def written(self) -> Written:
        """Return the message as it was described."""
        return Written(**{key: value for key, value in self.cleaned_data.items() if key != "account"})


class ProcessForm(SchoolForm):
    """How the federation answers what others write elsewhere."""

    prefix = "process"
    policy_help = {"words": (at("item.answer", "response_process"),)}

    words = forms.CharField(
        label=_("The process"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )


MOST_SHOWN = 50


def here() -> str:
    """Return the address of the messages."""
    return f"{reverse('inbox')}?as=messages"


def shown(
    request: HttpRequest,
    visit: Visit,
    *,
    form: MessageForm | None = None,
    refused: Any = None,
    process_form: ProcessForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Show the latest messages that the visitor may know of, the form for one where they may write, and the
    process for replies elsewhere where the policy asks for one."""
    check_sees_some(visit)
    accounts = _accounts(visit)
    context = {
        "visit": visit,
        "rows": messages_for(visit.person, on=visit.on, limit=MOST_SHOWN),
        "form": (form or MessageForm(accounts=accounts)) if accounts else None,
        "refused": refused,
        "writes": {account.pk for account in accounts},
        "process": process_in_force(),
        "has_process": bool(book_of(visit.federation).at("item.answer", "response_process")),
        "process_form": (process_form or ProcessForm()) if "own_policy" in visit.capacities else None,
    }
    return render(request, "inbox/messages.html", context, status=status)


def _accounts(visit: Visit) -> list[Account]:
    """Return the open accounts on which this person replies, by name."""
    reach = listing.reach_of(visit.person, on=visit.on, able=frozenset({"answer"}))
    return [
        account
        for account in open_accounts().select_related("school").order_by("name", "pk")
        if reach.everything or account.school_id in reach.schools or account.pk in reach.accounts
    ]


@page(place="inbox", capacity="answer", methods=("POST",))
def write(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask the policy about a message and keep it. What is refused stays in the form, with its clause."""
    form = MessageForm(request.POST, accounts=_accounts(visit))
    if not form.is_valid():
        return shown(request, visit, form=form, status=422)
    try:
        messaging.write_message(by=visit.person, at=visit.at, account=form.chosen, written=form.written)
    except BadInput as error:
        form.refuse(error)
        return shown(request, visit, form=form, status=422)
    except Refused as error:
        refused = kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        return shown(request, visit, form=form, refused=refused, status=409)
    return done(request, _("The policy allows it. Send it on the network now, then confirm below."), here())


@page(place="inbox", methods=("POST",))
def sent(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person sent it by hand."""
    row = next((one for one in messages_for(visit.person, on=visit.on, limit=1, pk=pk)), None)
    if row is None:
        raise NotFound
    messaging.message_sent(by=visit.person, at=visit.at, message=row)
    return done(request, _("Saved: the message was sent."), here())


@page(place="inbox", capacity="own_policy", methods=("POST",))
def process(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Adopt the process for replying to what others write elsewhere."""
    form = ProcessForm(request.POST)
    if form.save(lambda typed: messaging.adopt_process(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Process adopted. It applies from now on."), here())
    return shown(request, visit, process_form=form, status=422)


PAGE = 25
BESIDE = "beside"
"""The list as part of an item's page."""
FOUND = 50
"""Most items that a search shows; more words find fewer."""
LONGEST_SEARCH = 200
NAMED_LANGUAGES = frozenset({ItemLanguage.WELSH, ItemLanguage.MIXED, ItemLanguage.OTHER})
"""The languages that a row names: not everyone reads them."""


@dataclass(frozen=True)
class Tab:
    """One heading of the list."""

    key: str
    label: str | Promise
    state: ItemState | None
    by_due: bool = False
    lane: str = ""


TABS = (
    Tab("", _("Most urgent"), ItemState.OPEN, by_due=True),
    Tab("newest", _("Newest"), ItemState.OPEN),
    Tab("complaints", _("Complaints"), ItemState.OPEN, lane=Lane.COMPLAINT),
    Tab("hidden", _("Awaiting moderation"), ItemState.OPEN),
    Tab("going", _("Reply being sent"), ItemState.ANSWERING),
    Tab("all", _("All"), None),
)


@dataclass(frozen=True)
class Way:
    """Another way of showing the inbox, beside the list of comments."""

    key: str
    label: str | Promise
    shown: Callable[[HttpRequest, Visit], HttpResponseBase]
    leads: bool = False
    """Only for people who lead on safeguarding."""


WAYS = (
    Way("press", _("The press"), press.shown),
    Way("listening", _("Public posts"), listening.shown),
    Way("messages", _("Messages to groups"), shown),
    Way("locked", _("Locked"), triage.locked, leads=True),
    Way("words", _("Word lists"), triage.shown),
    Way("figures", _("Figures"), inbox_desk.shown),
)


@page(place="inbox")
def inbox(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the items that I may read, under the chosen heading and filters, or those that contain the search
    words; with `as` one of `WAYS`.

    The words come by POST and never go into an address, because they may be a child's name.
    """
    if way := next((each for each in WAYS if each.key == request.GET.get("as")), None):
        return way.shown(request, visit)
    check_sees_some(visit)
    if request.GET.get("as") == BESIDE:
        return _beside(request, visit)
    view = view_asked(visit, request.GET)
    given = {**request.GET.dict(), **view.chosen} if view else request.GET.dict()
    tab, chosen = _tab(given.get("show", "")), filters_of(given)
    typed = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
    urgent = urgency_of_items(visit.person, on=visit.on)
    following: dict[str, str] = {}
    if typed:
        found = listing.search(visit.person, words_of(typed), on=visit.on, limit=FOUND + 1, chosen=chosen)
    else:
        found, following = _page(request, visit, tab, chosen)
        if not (chosen or tab.lane):
            found = _urgent_first(found, urgent, visit, tab, later="after" in request.GET)
    more, found = bool(typed) and len(found) > FOUND, found[:FOUND] if typed else found
    leads = bool(lead_of(visit.person, visit.held))
    context = {
        "tabs": TABS,
        "ways": [each for each in WAYS if leads or not each.leads],
        "tab": tab,
        "rows": _rows(found, visit, urgent),
        "words": typed,
        "more": FOUND if more else 0,
        "several": several_acts(visit),
        "following": urlencode({"show": tab.key, **chosen.as_text(), **following}) if following else "",
        "on_later_page": "after" in request.GET,
        "may_paste": "answer" in visit.capacities,
        **narrowing_shown(visit, chosen, tab=tab.key, view=view),
    }
    return render(request, "inbox/list.html", context)


def _beside(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Return the start of the list of the most urgent, as it stands beside an open item on a desk."""
    urgent, tab = urgency_of_items(visit.person, on=visit.on), TABS[0]
    found, _following = _page(request, visit, tab, Filters())
    rows = _rows(_urgent_first(found, urgent, visit, tab)[:PAGE], visit, urgent)
    context = {"rows": rows, "open_item": number_in(request.GET.get("open", "0"))}
    return render(request, "inbox/_list_beside.html", context)


def _tab(key: str) -> Tab:
    for each in TABS:
        if each.key == key:
            return each
    raise NotFound


def _page(request: HttpRequest, visit: Visit, tab: Tab, chosen: Filters) -> tuple[list[Item], dict[str, str]]:
    chosen = replace(chosen, lane=tab.lane) if tab.lane else chosen
    order = listing.order_of(chosen, by_due=tab.by_due)
    after = request.GET.get("after")
    rows, key = listing.narrowed(
        visit.person, chosen, on=visit.on, state=tab.state, by_due=tab.by_due, unread=tab.key == "hidden",
        after=key_in(after, order.kinds) if after else None, limit=PAGE,
    )  # fmt: skip
    return rows, {"after": key_as_text(*key)} if key else {}


def _urgent_first(
    found: Sequence[Item], urgent: dict[int, Urgency], visit: Visit, tab: Tab, *, later: bool = False
) -> list[Item]:
    """Return a page of the list with what is urgent at the beginning of its first page, and on none after."""
    first = first_items(urgent, visit.person, on=visit.on, state=tab.state or "")
    return [*([] if later else first), *(item for item in found if item not in first)]


def _rows(found: Sequence[Item], visit: Visit, urgent: Mapping[int, Urgency]) -> list[dict[str, Any]]:
    unsaid, shows_words = unsaid_decisions(found), desk.shows_words(visit.person)
    return [
        {**_row(item, unsaid, at=visit.at, shows_words=shows_words), "urgency": urgent.get(item.pk)}
        for item in found
    ]


def _row(item: Item, unsaid: dict[int, Any], *, at: datetime, shows_words: bool) -> dict[str, Any]:
    words: str = item.words  # type: ignore[attr-defined]
    return {
        "item": item,
        "words": snippet(for_reader(item, words, shows_words=shows_words)),
        "place": place_shown(item, words),
        "writer": writer(item),
        "due": due_shown(item, unsaid.get(item.decision or 0), at=at, short=True),
        "kind": STATE_KINDS[item.state],
        "sight": sight_in_words(item),
        "language": ItemLanguage(item.language).label if item.language in NAMED_LANGUAGES else "",
    }


urlpatterns = [
    path("inbox", inbox, name="inbox"),
    *paste.urlpatterns,
    *paste.PAGES.urls(),
    *inbox_item.urlpatterns,
    *moderating.urlpatterns,
    path("inbox/messages/process", process, name="reply-process"),
    path("inbox/messages", write, name="message-write"),
    path("inbox/messages/<int:pk>/sent", sent, name="message-sent"),
    *answer.urlpatterns,
    *inbox_desk.urlpatterns,
    *press.urlpatterns,
    *listening.urlpatterns,
    *triage.urlpatterns,
]
