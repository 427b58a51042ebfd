"""An account on its way to opening, as a task list: its pages and forms, profile checks, who has to be
told, leave for name and logo, what others still have to do, and the step itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, before_opening, connecting, opening, opening_facts
from schoolgate.accounts.before_opening import texts_for
from schoolgate.accounts.models import Account, AccountState, ConditionType
from schoolgate.accounts.opening import asked_before_opening
from schoolgate.accounts.opening_facts import Answered, answered, last_profile
from schoolgate.accounts.opening_questions import clauses_of, listening
from schoolgate.accounts.proposal_form import form_says_purpose, notice_to, permission_givers
from schoolgate.accounts.proposals import role_names
from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.port import NetworkError, Profile
from schoolgate.networks.privacy import privacy_settings
from schoolgate.networks.registry import capabilities
from schoolgate.networks.wording import next_step, sentence
from schoolgate.people.assignments import give_permission
from schoolgate.people.queries import holders, holders_of_capacity
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.keeping import body_of
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book, Decision
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE, YES_NO, SchoolForm, answer_to, at, form_page
from schoolgate.web.frame.paging import number_in_address
from schoolgate.web.frame.pictures import PICTURE_POLICY, Taken, take_picture
from schoolgate.web.frame.shown import ShownVerdict, instant_in_words
from schoolgate.web.frame.wording import (
    as_it_is_asked,
    clause_shown,
    federation_of,
    need_in_words,
    quote_from,
    situation_title,
)
from schoolgate.web.frame.wording import verdict as verdict_shown


def stands_in_words(one: Answered) -> str:
    """Return who answered and when, or why the answer no longer counts. Empty without an answer."""
    if one.seen is None:
        return ""
    if one.stands:
        when = instant_in_words(one.seen.at)
        if one.seen.by is None:
            return gettext("Read by Schoolgate on its page, {when}.").format(when=when)
        return gettext("Recorded by {name}, {when}.").format(name=one.seen.by.name, when=when)
    return {
        "question": gettext("The question has changed since it was answered. Please check again."),
        "page": gettext("The account has a new address. Please check again."),
        "profile": gettext("Its page has changed since it was checked. Please check again."),
    }[one.why_not]


def answer_in_words(one: Answered) -> str:
    """The answer that counts, as a page shows it; a dash where there is none."""
    if one.value is None:
        return "–"
    if one.question.type == "yes_no":
        return str(answer_to(str(one.question.label), gettext("Yes") if one.value else gettext("No")))
    return str(dict(one.question.options).get(one.value, one.value))


WHERE, SETTINGS, PAGE = "where", "settings", "page"
"""The pages of setting an account up: where it is, how it is set up, what its page shows."""


def part_of(one: Answered) -> str:
    """The page on which a question is put."""
    return PAGE if one.question.of_page else SETTINGS


class SetupForm(SchoolForm):
    """Where the account is, how it is set up, what a person saw on its page and a picture of it.

    `part`: only the questions of one page; without it, all of them.
    """

    policy_help = {
        "handle": (at("account.open", "real_name", "school_named", "name_and_logo"),),
        "contact": (at("account.open", "contact"),),
    }

    handle = forms.CharField(
        label=_("Handle"),
        help_text=_("As it appears on the network, such as @year4."),
        max_length=253,
        required=False,
    )
    address = forms.URLField(
        label=_("Address"),
        help_text=_("The full web address of its page."),
        required=False,
        assume_scheme="https",
    )
    contact = forms.CharField(
        label=_("Contact"),
        help_text=_("Shown on the public register. Use an office contact, not a person’s own number."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        account: Account,
        asked: Sequence[Answered],
        book: Book,
        part: str = "",
        **kwargs: Any,
    ) -> None:
        asked = [one for one in asked if part in ("", part_of(one))]
        initial: dict[str, Any] = {
            "handle": account.handle,
            "address": account.address,
            "contact": account.contact,
        }
        for one in asked:
            is_yes_no = one.question.type == "yes_no"
            initial[one.question.key] = typed(one.value) if is_yes_no else one.value
        super().__init__(*args, initial=initial, **kwargs)
        self.asked = asked
        ours = capabilities(account.network).ours  # this program knows where it is
        elsewhere = part not in ("", WHERE)
        if elsewhere or ours or account.state != AccountState.WAITING:  # the register's address stays
            del self.fields["handle"], self.fields["address"]
        if elsewhere:
            del self.fields["contact"]
        for one in asked:
            self.fields[one.question.key] = _field(one, book)
        if part in ("", PAGE):
            self.fields["picture"] = forms.FileField(
                label=_("Screenshot of its page"),
                help_text=_("Saved as evidence. No one outside can see it."),
                required=False,
            )

    def answers(self) -> dict[str, Any]:
        """The answers, as `save_setup` takes them."""
        given = self.cleaned_data
        return {
            one.question.key: {"yes": True, "no": False}.get(given[one.question.key])
            if one.question.type == "yes_no"
            else given[one.question.key]
            for one in self.asked
        }


def typed(value: bool | None) -> str:
    """A yes, a no or nothing, as a form's radios have it."""
    return "" if value is None else "yes" if value else "no"


def _field(one: Answered, book: Book) -> forms.Field:
    question = one.question
    label: Any = question.label
    if question.type == "text":
        return forms.CharField(label=label, max_length=300, required=False, help_text=_help(one, book))
    return forms.ChoiceField(
        label=label,
        choices=list(YES_NO if question.type == "yes_no" else question.options),
        required=False,
        widget=forms.RadioSelect,
        help_text=_help(one, book),
    )


def _help(one: Answered, book: Book) -> SafeString:
    """Return who gave the answer; where no rule asks the question, say so."""
    asks = "" if clauses_of(book, one.question.asked_at) else _("For your own records: no rule needs it.")
    return format_html("{} {}", asks, stands_in_words(one))


def setup_asked_by(form: SetupForm, book: Book) -> list[tuple[Any, list[Any]]]:
    """Each question of the page with the clauses of the policy that ask it."""
    return [
        (one.question.label, [book.clause(clause) for clause in clauses])
        for one in form.asked
        if (clauses := clauses_of(book, one.question.asked_at))
    ]


class NoticeForm(SchoolForm):
    """Tells a person the address and identity of an account."""

    policy_help = {"to": (at("account.open", "notified", "notice_recipient"),)}

    to = forms.ChoiceField(label=_("Person to notify"))
    address = forms.URLField(label=_("Address"), assume_scheme="https")
    identity = forms.CharField(label=_("Account name or handle"), max_length=253)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]


class ConditionForm(SchoolForm):
    """What an approval requires or bars besides its yes."""

    policy_help = {"words": (at("account.use", "approvals_requirements", "approvals_limits"),)}

    kind = forms.ChoiceField(
        label=_("What does the condition do?"), choices=ConditionType.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Describe it in one sentence"), max_length=300)


class TrainingForm(SchoolForm):
    """A training required of a person who runs the account, before they speak for the school."""

    policy_help = {"topic": (at("account.open", "trained"),)}

    person = forms.ChoiceField(label=_("Who needs the training?"))
    topic = forms.CharField(label=_("What should the training cover?"), max_length=120)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]


TITLES = {
    WHERE: _("Address and contact"),
    SETTINGS: _("How it is set up"),
    PAGE: _("What its page shows"),
}
DONE: tuple[str | Promise, str] = (_("Completed"), "plain")
STARTED: tuple[str | Promise, str] = (_("In progress"), "wait")
NEW: tuple[str | Promise, str] = (_("Not started"), "info")
AGAIN: tuple[str | Promise, str] = (_("Check again"), "wait")


@dataclass(frozen=True)
class SetupTask:
    """One thing to do before the account opens."""

    key: str
    title: str | Promise
    href: str
    status: str | Promise
    kind: str


def setup_tasks(account: Account, book: Book, *, may_tell: bool) -> list[SetupTask]:
    """Return the tasks of setting up the account, each with its progress. A page of settings without
    questions is left out."""
    asked = answered(account, book)
    found = [_task(account, WHERE, _where(account))]
    for key in (SETTINGS, PAGE):
        here = [one for one in asked if part_of(one) == key]
        if here or key == PAGE:
            found.append(_task(account, key, _answers(here, book, account)))
    if account.proposal_id is not None and not form_says_purpose(book):
        href = reverse("account-about", args=[account.pk])
        found.append(SetupTask("about", _("Purpose and audience"), href, *_about(account)))
    if may_tell and book.at("account.open", "notified"):
        status, kind = DONE if account.notices.exists() else NEW
        href = reverse("account-notice", args=[account.pk])
        found.append(SetupTask("notice", _("Notify someone about the account"), href, status, kind))
    return found


def setup_page(account: Account, key: str) -> str:
    """Return the address of a page of setting the account up."""
    return reverse("account-setup-part", args=[account.pk, key])


def _task(account: Account, key: str, how_far: tuple[str | Promise, str]) -> SetupTask:
    return SetupTask(key, TITLES[key], setup_page(account, key), *how_far)


def _where(account: Account) -> tuple[str | Promise, str]:
    ours = capabilities(account.network).ours
    given = [bool(account.contact), ours or bool(account.address)]
    return DONE if all(given) else STARTED if account.contact or account.address else NEW


def _about(account: Account) -> tuple[str | Promise, str]:
    if account.purpose and account.audience:
        return DONE
    return STARTED if account.purpose or account.audience else NEW


def _answers(asked: Sequence[Answered], book: Book, account: Account) -> tuple[str | Promise, str]:
    """Return how far the questions of a page are. Those that no rule asks block nothing."""
    if any(one.seen is not None and not one.stands for one in asked):
        return AGAIN
    needed = [one for one in asked if listening(book, one.question.asked_at)]
    given = [one for one in asked if one.value is not None]
    if all(one.value is not None for one in needed) and (given or account.page_pictures.exists()):
        return DONE
    return STARTED if given else NEW


MOST_NAMED = 5
GOES_AHEAD = ("good", "plain")
ASSETS = {"name": _("the name"), "logo": _("the logo")}


def reads_its_page(account: Account) -> bool:
    """Return whether the program can read the account's page: its network allows it and keys are there."""
    connector = capabilities(account.network).connector
    return connector == OURS or (connector != "manual" and account.vault_ref is not None)


def _account_before(request: HttpRequest) -> Account:
    """Return the account, before the page's scope opens, for a person who may set it up. Raises NotFound,
    NotAllowed, NotNow."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    with scope(visit.federation.pk, visit.person.pk):
        found = access.account_for(visit.person, pk)
        opening_facts.check_may_look_after(visit.person, found, on=visit.on)
        return found


def take_page_picture(request: HttpRequest) -> Any:
    """Check and store the picture sent with the form by a person who may set up the account."""
    if request.method != "POST" or not request.FILES.get("picture"):
        return None
    _account_before(request)
    return take_picture(request)


def read_its_page(request: HttpRequest) -> Profile | NetworkError | None:
    """The account's page as its network gives it now; None where the program cannot read it."""
    found = _account_before(request)
    if not reads_its_page(found):
        return None
    try:
        client = connecting.client_for(found)
        profile = client.profile()
        connecting.keep_session(found, client)
    except NetworkError as error:
        return error
    return profile


@page(place="accounts", prepare=take_page_picture)
def setup(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the task list of setting up the account. Answers sent all at once are saved too."""
    found = access.account_for(visit.person, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    book = in_force(visit.on).book
    if request.method == "POST":
        return _setup_part(request, visit, found, "")
    may_tell = found.being_set_up and can(access.check_may_set_up, visit.person, found, on=visit.on)
    tasks = setup_tasks(found, book, may_tell=may_tell)
    context = {"account": found, "tasks": tasks, **before_opening_shown(visit, found)}
    return render(request, "accounts/setup.html", context)


@page(place="accounts", prepare=take_page_picture)
def setup_part(request: HttpRequest, visit: Visit, pk: int, task: str) -> HttpResponseBase:
    """One page of setting the account up, saved on its own, with what helps to answer it."""
    found = access.account_for(visit.person, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    if task not in TITLES:
        raise NotFound
    return _setup_part(request, visit, found, task)


def _setup_part(request: HttpRequest, visit: Visit, found: Account, key: str) -> HttpResponseBase:
    book = in_force(visit.on).book
    form = SetupForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        account=found,
        asked=answered(found, book),
        book=book,
        part=key,
    )
    if form.save(lambda typed: _keep(visit, found, form, typed)):
        said = _("What you saw has been recorded under your name.")
        tasks = setup_tasks(found, book, may_tell=False)
        keys = [task.key for task in tasks]
        later = tasks[keys.index(key) + 1 :] if key in keys else []
        if following := next((task.key for task in later if task.kind != "plain"), ""):
            return done(request, said, "account-setup-part", found.pk, following)
        return done(request, said, "account-setup", found.pk)
    context = {
        "account": found,
        "key": key,
        "title": TITLES.get(key, _("Set up account")),
        "asked_by": setup_asked_by(form, book),
        **_beside(visit, found, book),
    }
    return form_page(request, "accounts/setup_part.html", form, context)


def before_opening_shown(visit: Visit, account: Account) -> dict[str, Any]:
    """Return what the policy says about opening the account now, what others still have to do, and who may
    open it."""
    if not account.being_set_up:
        return {"open_verdict": None}
    asked = asked_before_opening(account, in_force(visit.on), by=visit.person, at=visit.at)
    decisions = [(key, verdict(key, facts, on=visit.on)) for key, facts in asked]
    shown = [(situation_title(key), verdict_shown(decision, at=visit.at)) for key, decision in decisions]
    may_open = can(access.check_may_open, visit.person, account, on=visit.on)
    return {
        "still_needed": _still_needed(account, visit, [decision for _key, decision in decisions], shown),
        "open_verdict": shown[0][1],
        "waits": [(title, each) for title, each in shown[1:] if each.kind not in GOES_AHEAD],
        "in_order": list(dict.fromkeys(title for title, each in shown[1:] if each.kind == "good")),
        "may_set_up": can(access.check_may_set_up, visit.person, account, on=visit.on),
        "may_open": may_open,
        "opened_by": "" if may_open else _who_opens(visit, account),
    }


def _still_needed(
    account: Account, visit: Visit, decisions: Sequence[Decision], shown: Sequence[tuple[Any, ShownVerdict]]
) -> list[tuple[str, str]]:
    """Return all that the account still needs before it opens, once each, with the field that asks it where
    there is one."""
    at = {
        one.question.key: f"{setup_page(account, part_of(one))}#id_{one.question.key}_1"
        for one in answered(account, in_force(visit.on).book)
    }
    at |= {name: f"{setup_page(account, WHERE)}#id_{name}" for name in ("contact", "address")}
    fields = {
        need_in_words(need["what"], need["from"], unknown=unknown): at.get(need["what"], "")
        for body in map(body_of, decisions)
        for finding in body["findings"]
        for need in as_it_is_asked(body["situation"], finding)["needs"]
        for unknown in (False, True)
    }
    needs = (need for _title, each in shown if each.kind not in GOES_AHEAD for need in each.needs)
    return [(need, fields.get(need, "")) for need in dict.fromkeys(needs)]


def _who_opens(visit: Visit, account: Account) -> str:
    """Return the names of the people whose role opens accounts there, for people waiting for them."""
    found = holders_of_capacity(
        "open_account", federation=visit.federation, on=visit.on, school=account.school, account=account
    )
    return ", ".join(one.name for one in found[:MOST_NAMED])


def _keep(visit: Visit, found: Account, form: SetupForm, typed: dict[str, Any]) -> None:
    """The picture first: what is vouched for names it. Raises BadInput."""
    picture = visit.prepared
    if isinstance(picture, BadInput):
        raise picture
    if isinstance(picture, Taken):
        before_opening.keep_page_picture(
            account=found,
            by=visit.person,
            at=visit.at,
            digest=picture.digest,
            media_type=picture.proven.media_type,
        )
    before_opening.save_setup(
        account=found,
        by=visit.person,
        at=visit.at,
        answers=form.answers(),
        handle=typed.get("handle", found.handle),
        address=typed.get("address", found.address),
        contact=typed.get("contact", found.contact),
        asked={one.question.key for one in form.asked},
    )


def _beside(visit: Visit, found: Account, book: Book) -> dict[str, Any]:
    """Return help for the answers: texts to copy, the network's privacy settings, its minimum age."""
    return {
        "network": capabilities(found.network).name,
        "texts": texts_for(found, book),
        "privacy": privacy_settings(found.network),
        "age": _lowest_age(visit, found, book),
        "may_read": reads_its_page(found),
        "profile": last_profile(found),
        "pictures": list(found.page_pictures.exclude(digest="").select_related("by").order_by("-id")[:1]),
    }


def _lowest_age(visit: Visit, found: Account, book: Book) -> dict[str, Any] | None:
    country = found.school.country if found.school else None
    age = opening_facts.lowest_age(book, found.network, country, visit.on)
    if age is None:
        return None
    row, source, clauses = age
    quote, federation = quote_from(book), federation_of(book.key)
    shown = [clause_shown(each, basis="law", federation=federation, quote=quote) for each in clauses]
    return {"years": row.age, "since": row.from_day, "source": source, "clauses": shown}


@page(methods=("POST",), prepare=read_its_page)
def read(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let the program read the account's page at its network."""
    found = access.account_for(visit.person, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    profile = visit.prepared
    if profile is None:
        raise NotFound
    if isinstance(profile, NetworkError):
        words = f"{sentence(profile.code)} {next_step(profile.what_next)}"
        return done(request, words, "account-setup-part", pk, PAGE)
    before_opening.note_profile(account=found, profile=profile, by=visit.person, at=visit.at)
    said = _("Page read. Questions it answers are filled in below.")
    return done(request, said, "account-setup-part", pk, PAGE)


@page(methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask each person for what is still missing."""
    found = access.account_for(visit.person, pk)
    opening.check_account(account=found, by=visit.person, at=visit.at)
    return done(request, _("Everyone with a task for it will see it on their Today page."), "account", pk)


@page(methods=("POST",), prepare=read_its_page)
def open_it(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let the account go live; where the program can read its page, it reads it once more beforehand."""
    found = access.account_for(visit.person, pk)
    if isinstance(visit.prepared, Profile):
        before_opening.note_profile(account=found, profile=visit.prepared, by=visit.person, at=visit.at)
    was_there = found.state == AccountState.OPEN
    opening.open_account(account=found, by=visit.person, at=visit.at)
    opened = _("The account is open and on the register.")
    return done(request, _("The account meets the policy.") if was_there else opened, "account", pk)


@page(place="accounts")
def notice(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Tell a person the address and identity of the account."""
    found = access.account_for(visit.person, pk)
    access.check_may_set_up(visit.person, found, on=visit.on)
    people = _to_be_told(visit)
    initial = {"address": found.address, "identity": found.handle or found.name}
    form = NoticeForm(request.POST or None, people=people, initial=initial)
    if form.save(
        lambda typed: opening.give_notice(
            account=found,
            by=visit.person,
            at=visit.at,
            to=person_by_id(int(typed["to"])),
            address=typed["address"],
            identity=typed["identity"],
        )
    ):
        return done(request, _("Notice saved."), "account", pk)
    return form_page(request, "accounts/notice.html", form, {"account": found})


def _to_be_told(visit: Visit) -> list[tuple[int, str]]:
    """Return everyone else here. First come the people with a role that the policy requires to be told. They
    are listed with their roles."""
    book = in_force(visit.on).book
    named: dict[int, list[str]] = {}
    for role in notice_to(book):
        for person in holders(book.role(role).key, on=visit.on, anywhere=True):
            named.setdefault(person.pk, []).append(role)
    first, others = opening_facts.people_to_tell(visit.person, list(named), most=MOST_PEOPLE)
    return [*((pk, f"{name} ({', '.join(named[pk])})") for pk, name in first), *others]


def assets_to_allow(book: Book, visit: Visit, found: Account) -> list[tuple[str, Any, str]]:
    """Return what the person may give written permission for: they hold the policy's own role for it."""
    if not found.being_set_up:
        return []
    held = role_names(visit.person, book, on=visit.on, school=found.school)
    return [(asset, ASSETS[asset], role) for asset, role in permission_givers(book).items() if role in held]


@page(methods=("POST",))
def leave(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give written permission for the name or the logo, in the person's own role."""
    found = access.account_for(visit.person, pk)
    book = in_force(visit.on).book
    given = {asset: role for asset, _words, role in assets_to_allow(book, visit, found)}
    asset = request.POST.get("asset", "")
    if asset not in given:
        raise NotFound
    give_permission(
        by=visit.person,
        at=visit.at,
        role_key=book.role(given[asset]).key,
        written=True,
        covers=asset,
        subject=subject_of(found),
        from_day=visit.on,
    )
    return done(request, _("Your permission has been recorded."), "account", pk)


@page(place="accounts", methods=("GET", "HEAD"))
def page_picture(request: HttpRequest, visit: Visit, pk: int, picture_pk: int) -> HttpResponseBase:
    """Return a picture of the account's page, for people who see the account from the inside."""
    found = opening_facts.page_picture_for(visit.person, pk, picture_pk, on=visit.on)
    answer = FileResponse(files.opened(found.digest), content_type=found.media_type)
    kind = found.media_type.rpartition("/")[2]
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Content-Disposition"] = f'inline; filename="page-{found.pk}.{kind}"'
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


urlpatterns = [
    path("accounts/<int:pk>/setup", setup, name="account-setup"),
    path("accounts/<int:pk>/setup/<slug:task>", setup_part, name="account-setup-part"),
    path("accounts/<int:pk>/read", read, name="account-read"),
    path("accounts/<int:pk>/ask", ask, name="account-ask"),
    path("accounts/<int:pk>/open", open_it, name="account-open"),
    path("accounts/<int:pk>/notice", notice, name="account-notice"),
    path("accounts/<int:pk>/leave", leave, name="account-leave"),
    path("accounts/<int:pk>/pictures/<int:picture_pk>", page_picture, name="account-picture"),
]
