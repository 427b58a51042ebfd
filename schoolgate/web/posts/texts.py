"""Texts that are ready for use: a way of showing the list of posts, with forms that post elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import emergency, queries, ready, rules
from schoolgate.publishing.author_questions import options_for
from schoolgate.publishing.emergency import SentAlready, rehearsals, version_to_send
from schoolgate.publishing.models import Post, ReadyState, ReadyText, ReadyVersion
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.publishing.ready import BLANKS, CLOSED, LONGEST_VALUE, Value
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.parts import PagePart, on_today_page
from schoolgate.web.posts.filled_in import chosen_in, usual
from schoolgate.web.posts.forms import field_for
from schoolgate.web.posts.written import ShownAnswer, clauses_that_ask, kind_of

ALL = "all"
"""The choice "every school" of a text's school."""
TRI: Mapping[str, bool] = {"yes": True, "no": False}


def braces(names: Sequence[str]) -> str:
    """Return these blanks as people write them."""
    return ", ".join(f"{{{name}}}" for name in names)


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class TextForm(SchoolForm):
    """The words of a text. Of an emergency text also where it may be sent, by which people, and how long."""

    title = forms.CharField(label=_("Title"), max_length=80)
    english = forms.CharField(
        label=_("English text"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    welsh = forms.CharField(label=_("Welsh text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        schools: Sequence[School | None],
        emergency: bool,
        for_replies: bool = False,
        accounts: Sequence[Account] = (),
        senders: Sequence[Person] = (),
        fixed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.emergency = emergency
        self.kind = "emergency" if emergency else "reply" if for_replies else "reusable"
        self.schools = {str(each.pk) if each else ALL: each for each in schools}
        self.accounts = {str(each.pk): each for each in accounts}
        self.people = {str(each.pk): each for each in senders}
        names = [name for name in BLANKS if not emergency or name in CLOSED]
        self.fields["english"].help_text = format_lazy(
            _("You can leave blanks to fill in: {blanks}."), blanks=braces(names)
        )
        if not fixed and len(self.schools) > 1:
            choices = [(key, each.name if each else _("Every school")) for key, each in self.schools.items()]
            self.fields = {"school": forms.ChoiceField(label=_("For"), choices=choices), **self.fields}
        if emergency:
            self.fields["accounts"] = _several(_("Where may it be sent?"), self.accounts)
            self.fields["senders"] = _several(_("Who may send it?"), self.people)
            self.fields["until"] = DayField(
                label=_("May be sent until"), help_text=_("At most a year ahead. Then it is read again.")
            )

    @property
    def school(self) -> School | None:
        """The school that was chosen, or the only one there is; None is every school."""
        if "school" not in self.fields:
            return next(iter(self.schools.values()))
        return self.schools[self.cleaned_data["school"]]

    def content(self) -> dict[str, Any]:
        """What was typed, as `keep_text` takes it."""
        typed = self.cleaned_data
        content = {name: typed[name] for name in ("title", "english", "welsh")}
        if self.emergency:
            content["accounts"] = [self.accounts[each] for each in typed["accounts"]]
            content["senders"] = [self.people[each] for each in typed["senders"]]
            content["until"] = typed["until"]
        return content


def _several(label: Any, among: Mapping[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(key, _called(each)) for key, each in among.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )


def _called(each: Account | Person) -> str:
    """Return a person's or an account's name; of an account that isn't open, its status too."""
    if isinstance(each, Account) and each.state != AccountState.OPEN:
        return f"{each.name} ({each.get_state_display()})"
    return each.name


def initial_of(version: ReadyVersion) -> dict[str, Any]:
    """Return what the form of a text begins with."""
    return {
        "title": version.title,
        "english": version.english,
        "welsh": version.welsh,
        "accounts": [str(each.pk) for each in version.accounts.all()],
        "senders": [str(each.pk) for each in version.senders.all()],
        "until": version.until,
    }


class AnswersForm(SchoolForm):
    """Its writer's answers to what the policy asks of a post with these words."""

    def __init__(
        self, *args: Any, asked: Sequence[str], book: Book, school: School | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for name in self.asked:
            self.fields[f"answer-{name}"] = field_for(name, options_for(name, book, school))

    def said(self, name: str) -> str:
        """The answer as the form has it: chosen, or confirmed with the others."""
        value = chosen_in(self[f"answer-{name}"])
        typed: Any = self.data
        if not value and typed.get("confirmed") and name in typed.getlist("confirms"):
            return usual(name)
        return str(value)

    def answers(self) -> dict[str, Any]:
        """The answers, as `ask_for_text` takes them."""
        found: dict[str, Any] = {}
        for name in self.asked:
            said = self.said(name)
            if said:
                found[name] = TRI.get(said, said) if QUESTIONS[name].kind in ("attested", "tri") else said
        return found


class BlanksForm(SchoolForm):
    """What fills in the blanks of a text, and for which school. `accounts`: where an emergency text goes."""

    def __init__(
        self,
        *args: Any,
        blanks: Sequence[str],
        schools: Sequence[School],
        accounts: Sequence[Account] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        self.accounts = {str(each.pk): each for each in accounts}
        self.blanks = [name for name in blanks if name != "school"]
        if len(self.schools) > 1:
            self.fields["school"] = forms.ChoiceField(
                label=_("School"), choices=[(key, each.name) for key, each in self.schools.items()]
            )
        for name in self.blanks:
            self.fields[f"blank-{name}"] = _field_of(name)
        if accounts:
            self.fields["accounts"] = _several(_("Where"), self.accounts)

    @property
    def school(self) -> School | None:
        """The school that was chosen, or the only one there is."""
        chosen = self.data.get("school") if self.is_bound else self.initial.get("school")
        return self.schools.get(str(chosen)) if chosen else next(iter(self.schools.values()), None)

    def values(self) -> dict[str, Value]:
        """What was filled in, by blank."""
        return {name: self.cleaned_data[f"blank-{name}"] for name in self.blanks}

    def chosen(self) -> list[Account]:
        """The accounts that were ticked."""
        return [self.accounts[each] for each in self.cleaned_data.get("accounts", ())]


def _field_of(name: str) -> forms.Field:
    blank = BLANKS[name]
    if blank.kind == "day":
        return DayField(label=blank.label)
    if blank.kind == "clock":
        return TimeField(label=blank.label)
    return forms.CharField(label=str(blank.label), max_length=LONGEST_VALUE)


TAGS = {
    ReadyState.READY: "good",
    ReadyState.DRAFT: "",
    ReadyState.WAITING: "wait",
    ReadyState.APPROVED: "good",
}

KINDS = ("emergency", "reusable", "reply")


def here(pk: int | None = None, **more: Any) -> str:
    """Return the address of the list of texts, or of one text in it."""
    query = {"as": "texts", **({"text": pk} if pk else {}), **more}
    return f"{reverse('posts')}?" + "&".join(f"{name}={value}" for name, value in query.items())


def shown(request: HttpRequest, visit: Visit, asked: Mapping[str, str]) -> HttpResponseBase:
    """Show every text, or one of them with what can be done with it."""
    if asked.get("text"):
        return one_page(request, visit, text_asked(visit, number_in(asked["text"])), asked=asked)
    return list_page(request, visit)


def text_asked(visit: Visit, pk: int) -> ReadyText:
    """Return the text of this number, for people who may see it. Raises NotFound."""
    return ready.text_for(visit.person, pk, on=visit.on)


def list_page(
    request: HttpRequest, visit: Visit, *, form: TextForm | None = None, status: int = 200
) -> HttpResponseBase:
    """Return the page with every text; `form`: a new one that was refused."""
    schools = ready.schools_to_keep_for(visit.person, on=visit.on)
    forms = (
        {
            kind: new_form(visit, schools, emergency=kind == "emergency", for_replies=kind == "reply")
            for kind in KINDS
        }
        if schools
        else {}
    )
    if form is not None:
        forms[form.kind] = form
    sends = {each.pk for each in ready.to_send(visit.person, on=visit.on)}
    context = {
        "texts": [_row(each, visit, sends) for each in ready.texts_for(visit.person, on=visit.on)],
        "forms": [(kind, each, bool(each.errors)) for kind, each in forms.items()],
        "wrong": form,
    }
    return render(request, "posts_texts/list.html", context, status=status)


def _row(text: ReadyText, visit: Visit, sends: set[int]) -> dict[str, Any]:
    version = ready.newest(text)
    approved = ready.sendable(text)
    return {
        "text": text,
        "version": version,
        "tag": TAGS[ReadyState(version.state)],
        "sends": text.pk in sends,
        "over": bool(approved and approved.until and approved.until < visit.on),
        "changed": approved is not None and approved != version,
        "uses": not text.emergency and not text.for_replies and "write_post" in visit.capacities,
    }


def new_form(
    visit: Visit,
    schools: Sequence[School | None],
    *,
    emergency: bool,
    for_replies: bool = False,
    data: Any = None,
) -> TextForm:
    """Return the form of a new text. Everything that any of these schools could choose is offered; the action
    checks that it fits the one that was chosen."""
    return TextForm(
        data,
        schools=schools,
        emergency=emergency,
        for_replies=for_replies,
        auto_id=f"{'emergency' if emergency else 'reply' if for_replies else 'reusable'}-%s",
        **(_offered(visit, schools) if emergency else {}),
    )


def _offered(visit: Visit, schools: Sequence[School | None]) -> dict[str, Any]:
    accounts, people = {}, {}
    for school in schools:
        for account in queries.accounts_to_post_on(school) if school else open_accounts():
            accounts[account.pk] = account
        for person in ready.senders_offered(school, visit.person, on=visit.on):
            people[person.pk] = person
    return {"accounts": list(accounts.values()), "senders": list(people.values())}


def one_page(
    request: HttpRequest,
    visit: Visit,
    text: ReadyText,
    *,
    asked: Mapping[str, str] | None = None,
    form: TextForm | None = None,
    answers: AnswersForm | None = None,
    blanks: BlanksForm | None = None,
    reason: str = "",
    problems: Mapping[str, Any] | None = None,
    before: Post | None = None,
    refused: Exception | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page of one text with what the visitor may do with it; the forms given are shown as sent.

    `before`: the post with the same words that went out a moment ago.
    """
    version, approved = ready.newest(text), ready.sendable(text)
    keeps = can(ready.check_may_keep, visit.person, text.school, on=visit.on) and text.retired_at is None
    sends = text in ready.to_send(visit.person, on=visit.on)
    mine = version.by_id == visit.person.pk
    context: dict[str, Any] = {
        "text": text,
        "version": version,
        "tag": TAGS[ReadyState(version.state)],
        "keeps": keeps,
        "retires": text.retired_at is None and can(ready.check_may_retire, visit.person, text, on=visit.on),
        "retires_alone": ready.retires_alone(visit.person, text, on=visit.on),
        "approves": version.state == ReadyState.WAITING
        and not mine
        and text.retired_at is None
        and can(ready.check_may_approve, visit.person, version, on=visit.on),
        "seen": ready.seen_of(version),
        "may_write": "write_post" in visit.capacities,
        "form": form or (change_form(visit, text) if keeps else None),
        "reason": reason,
        "problems": problems or {},
        "before": before,
        "refused": refused,
        "older": [each for each in text.versions.all() if each != version],
        "over": bool(approved and approved.until and approved.until < visit.on),
        "changed": approved if approved != version else None,
    }
    if version.state == ReadyState.DRAFT and mine and keeps:
        context |= _questions(visit, version, answers)
    if sends and approved is not None:
        context |= _sending(visit, approved, asked or {}, blanks)
    elif not text.emergency and not text.for_replies and text.retired_at is None:
        schools = schools_to_use(visit, text)
        if schools:
            context["use"] = blanks or BlanksForm(
                blanks=ready.blanks_of(version), schools=schools, initial=dict(asked or {})
            )
    return render(request, "posts_texts/one.html", context, status=status)


def _sending(
    visit: Visit, version: ReadyVersion, asked: Mapping[str, str], form: BlanksForm | None
) -> dict[str, Any]:
    """Return the schools to choose from, or what is sent for the one that was chosen."""
    schools = ready.schools_to_send_for(version, visit.person, on=visit.on)
    school = form.school if form else chosen_school(schools, asked.get("school", ""))
    if school is None:
        return {"choose": schools}
    form = form or send_form(visit, version, school)
    held = rules.stopped(school.pk, at=visit.at)
    return {"send": form, "words": _preview(version, form, visit), "held": held}


def schools_to_use(visit: Visit, text: ReadyText) -> list[School]:
    """Return the schools for which the visitor may start a post from this text."""
    among = queries.schools_to_write_for(visit.person, on=visit.on)
    return [each for each in among if text.school_id in (None, each.pk)]


def change_form(visit: Visit, text: ReadyText, data: Any = None) -> TextForm:
    """Return the form with the newest words of a text."""
    return TextForm(
        data,
        schools=[text.school],
        emergency=text.emergency,
        fixed=True,
        auto_id="change-%s",
        initial=initial_of(ready.newest(text)),
        **(_offered(visit, [text.school]) if text.emergency else {}),
    )


def _questions(visit: Visit, version: ReadyVersion, form: AnswersForm | None) -> dict[str, Any]:
    """Return what the policy asks the writer of these words; with its answers, if they were sent."""
    asked: dict[str, Any] = {}
    for each in rehearsals(version, at=visit.at):
        asked |= each.asked
    book = in_force(visit.on).book
    form = form or answers_form(version, asked, visit)
    questions = [
        ShownAnswer(
            name=name,
            field=form[f"answer-{name}"],
            kind=kind_of(name, form[f"answer-{name}"]),
            clauses=clauses_that_ask(book, by),
            open=not form.said(name),
            statement=QUESTIONS[name].statement,
            other=bool(QUESTIONS[name].statement) and form.said(name) not in ("", usual(name)),
        )
        for name, by in asked.items()
    ]
    together = [each for each in questions if each.statement]
    return {
        "finish": True,
        "answers": form,
        "questions": questions,
        "apart": [each for each in questions if not each.statement],
        "together": together,
        "confirmed": bool(together) and not any(each.open for each in together),
        "shown": ",".join(asked),
    }


def answers_form(
    version: ReadyVersion, asked: Mapping[str, Any], visit: Visit, data: Any = None
) -> AnswersForm:
    """Return the form of these questions, with the answers known."""
    given = {name: each["answer"] for name, each in version.answers.items()}
    initial = {f"answer-{name}": {True: "yes", False: "no"}.get(each, each) for name, each in given.items()}
    book, school = in_force(visit.on).book, version.text.school
    return AnswersForm(data, asked=list(asked), book=book, school=school, initial=initial)


def chosen_school(schools: Sequence[School], asked: str) -> School | None:
    """Return the school that was asked for, or the only one there is."""
    return next((each for each in schools if str(each.pk) == asked or len(schools) == 1), None)


def send_form(visit: Visit, version: ReadyVersion, school: School, data: Any = None) -> BlanksForm:
    """Return the form of sending for one school: today, and every open account."""
    accounts = ready.accounts_of(version, school)
    initial = {
        "blank-date": visit.on,
        "accounts": [str(each.pk) for each in accounts if each.state == AccountState.OPEN],
    }
    return BlanksForm(
        data, blanks=ready.blanks_of(version), schools=[school], accounts=accounts, initial=initial
    )


def _preview(version: ReadyVersion, form: BlanksForm, visit: Visit) -> str:
    """Return the words as they would go out today; times are shown as they are filled in."""
    school = form.school
    values: dict[str, Any] = {name: f"{{{name}}}" for name in form.blanks} | {"date": visit.on}
    if form.is_bound and form.is_valid():
        values |= form.values()
    return ready.words_of(version, school, {**values, "school": school}) if school else ""


@page(place="posts")
def texts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Keep a new text. Opened, it leads to the list."""
    if request.method != "POST":
        return redirect(here())
    schools = ready.schools_to_keep_for(visit.person, on=visit.on)
    if not schools:
        ready.check_may_keep(visit.person, None, on=visit.on)
    kind = request.POST.get("kind")
    emergency, for_replies = kind == "emergency", kind == "reply"
    form = new_form(visit, schools, emergency=emergency, for_replies=for_replies, data=request.POST)
    saved = form.save(
        lambda _typed: ready.keep_text(
            by=visit.person,
            at=visit.at,
            school=form.school,
            emergency=emergency,
            for_replies=for_replies,
            **form.content(),
        )
    )
    if saved is None:
        return list_page(request, visit, form=form, status=422)
    told = _("Saved. Answer the questions, then send it for approval.") if emergency else _("Text saved.")
    return done(request, told, here(saved.value.pk))


@page(place="posts", methods=("POST",))
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Write the next version of a text."""
    text = text_asked(visit, pk)
    ready.check_may_keep(visit.person, text.school, on=visit.on)
    form = change_form(visit, text, request.POST)
    number = number_in(request.POST.get("version", ""))
    saved = form.save(
        lambda _typed: ready.change_text(
            by=visit.person, at=visit.at, text=text, version=number, **form.content()
        )
    )
    if saved is None:
        return one_page(request, visit, text, form=form, status=422)
    told = _("Saved. This version needs approval.") if text.emergency else _("Text saved.")
    return done(request, told, here(pk))


@page(place="posts", methods=("POST",))
def retire(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Retire a text, or ask for that; `do=keep` keeps one that someone asked to retire."""
    text = text_asked(visit, pk)
    if request.POST.get("do") == "keep":
        ready.keep_in_use(by=visit.person, at=visit.at, text=text)
        return done(request, _("Kept. It can be sent as before."), here(pk))
    if ready.retire_text(by=visit.person, at=visit.at, text=text).retired_at is None:
        return done(request, _("Request sent. Until someone agrees, this text can be sent."), here(pk))
    return done(request, _("Retired. It can no longer be used."), here())


@page(place="posts", methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send an emergency text for approval, with the answers to what the policy asks."""
    text = text_asked(visit, pk)
    asked = [name for name in request.POST.get("shown", "").split(",") if name in QUESTIONS]
    form = answers_form(ready.newest(text), dict.fromkeys(asked), visit, request.POST)
    try:
        emergency.ask_for_text(by=visit.person, at=visit.at, text=text, answers=form.answers())
    except BadInput as error:
        return one_page(
            request,
            visit,
            ready.read_text(pk),
            problems=error.fields,
            answers=_same(form, text, visit),
            status=422,
        )
    return done(request, _("Sent for approval. The approvers see it on their Today page."), here(pk))


def _same(form: AnswersForm, text: ReadyText, visit: Visit) -> AnswersForm:
    """Return the form as it was sent, with every question that is asked by now."""
    asked: dict[str, Any] = {}
    for each in rehearsals(ready.newest(ready.read_text(text.pk)), at=visit.at):
        asked |= each.asked
    return answers_form(ready.newest(text), asked, visit, form.data)


@page(place="posts", methods=("POST",))
def decide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Approve an emergency text as it was shown, or give it back with a reason."""
    text = text_asked(visit, pk)
    if request.POST.get("do") == "back":
        reason = request.POST.get("reason", "")
        try:
            emergency.return_text(by=visit.person, at=visit.at, text=text, reason=reason)
        except BadInput as error:
            return one_page(request, visit, text, reason=reason, problems=error.fields, status=422)
        return done(request, _("Changes requested."), here(pk))
    version = emergency.approve_text(
        by=visit.person, at=visit.at, text=text, seen=request.POST.get("seen", "")
    )
    if version.state == ReadyState.APPROVED:
        return done(request, _("Approved. The people named can send it."), here(pk))
    return done(request, _("Approved. Another role must agree too."), here(pk))


@page(place="posts", methods=("POST",))
def send(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send an emergency text at once. Where the same went out a moment ago, it asks first."""
    text = text_asked(visit, pk)
    version = version_to_send(text, visit.person, at=visit.at)
    schools = ready.schools_to_send_for(version, visit.person, on=visit.on)
    school = chosen_school(schools, request.POST.get("school", ""))
    if school is None:
        return redirect(here(pk))
    form = send_form(visit, version, school, request.POST)
    if not form.is_valid():
        return one_page(request, visit, text, blanks=form, status=422)
    again = request.POST.get("again", "")
    try:
        post = emergency.send_emergency(
            by=visit.person,
            at=visit.at,
            text=text,
            school=school,
            accounts=form.chosen(),
            values=form.values(),
            again_after=number_in(again) if again else None,
        )
    except BadInput as error:
        form.refuse(error)
        return one_page(request, visit, text, blanks=form, status=422)
    except SentAlready as asked:
        return one_page(request, visit, text, blanks=form, before=asked.post, status=409)
    except (NotNow, NotAllowed) as error:
        return one_page(request, visit, text, blanks=form, refused=error, status=409)
    if post.state == "submitted":
        told = _(
            "Not sent yet: the policy asks for approval of this post too. The approvers see it on Today."
        )
        return done(request, told, "post", pk=post.pk)
    return done(request, _("Sent. The approver and the leadership have been told."), "post", pk=post.pk)


@page(place="posts", methods=("POST",))
def use(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Start a draft from a text."""
    text = text_asked(visit, pk)
    schools = schools_to_use(visit, text)
    form = BlanksForm(request.POST, blanks=ready.blanks_of(ready.newest(text)), schools=schools)
    school = form.school
    if school is None:
        raise NotFound
    saved = form.save(
        lambda _typed: ready.start_from_text(
            by=visit.person, at=visit.at, text=text, school=school, values=form.values()
        )
    )
    if saved is None:
        return one_page(request, visit, text, blanks=form, status=422)
    told = _("Draft started. Choose where to post it, then check it.")
    return done(request, told, "post-edit", pk=saved.value.pk)


@on_today_page
def to_send(visit: Visit) -> PagePart | None:
    """Return the line on Today that leads to the emergency texts which the visitor may send."""
    found = ready.named_to_send(visit.person, on=visit.on) if "write_post" in visit.capacities else []
    if not found:
        return None
    href = here(found[0]) if len(found) == 1 else here()
    return PagePart("posts_texts/_today.html", {"href": href}, first=True)


def to_start_from(visit: Visit, school: School) -> list[dict[str, str]]:
    """Return the reusable texts from which a post of this school can be started, for the page of writing."""
    return [
        {"title": ready.newest(each).title, "href": here(each.pk, school=school.pk)}
        for each in ready.texts_for(visit.person, on=visit.on)
        if not each.emergency and not each.for_replies and each.school_id in (None, school.pk)
    ]


urlpatterns = [
    path("posts/texts", texts, name="posts-texts"),
    path("posts/texts/<int:pk>/change", change, name="posts-text-change"),
    path("posts/texts/<int:pk>/retire", retire, name="posts-text-retire"),
    path("posts/texts/<int:pk>/ask", ask, name="posts-text-ask"),
    path("posts/texts/<int:pk>/decide", decide, name="posts-text-decide"),
    path("posts/texts/<int:pk>/send", send, name="posts-text-send"),
    path("posts/texts/<int:pk>/use", use, name="posts-text-use"),
]
