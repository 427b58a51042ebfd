"""The form for writing a post, with the same words in two languages. It collects what is typed; the
actions judge it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.media.models import Picture
from schoolgate.people.rules import can
from schoolgate.publishing import digest, queries, reviewing, rules
from schoolgate.publishing.author_questions import not_listed, options_for
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText
from schoolgate.publishing.models import CAN_BE_CHANGED, Post
from schoolgate.publishing.of_pupils import pupils_in
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.publishing.rules import MOST_ALIKE
from schoolgate.publishing.rules import PUPILS as CHOSEN
from schoolgate.pupils.consents import has_pupils
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, Drawing, SchoolForm, TimeField, at
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.posts.filled_in import (
    ABOUT_PEOPLE,
    ADULTS_HERE,
    CONSENT_IN_WRITING,
    LANGUAGES,
    OF_ADULTS,
    ON_THE_LIST_IN_WORDS,
    PUPILS,
    SEEN,
    WHO,
    YES_NO,
    Choices,
    Choosing,
    chosen_in,
    fields_of_film,
    initial_of,
    initial_of_picture,
    on_the_list,
    options_of,
    said_of_film,
    usual,
    with_new,
)
from schoolgate.web.posts.wording import name_of, thread_fields

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


MOST_PEOPLE = 30
"""House rule: a list that is longer than that is a class list, and no post needs one."""

TRI = {"yes": True, "no": False}


class PostForm(PairForm):
    """Text, accounts, pictures, people, time and the author's answers. Nothing is compulsory: a draft may be
    saved half done, and the policy strip says what is missing."""

    policy_help = {
        "text": (
            at(
                "post.publish",
                "tone", "professional", "truth", "text_details", "suitable_for_any_reader",
                "suitable_for_children", "suits_ages", "school_purpose", "purpose", "author_shown",
                "trips", "tagging", "politics",
            ),
            at("policy.remind", "child_safety", "safeguarding_law", "it_rules", "trust_in_school"),
        ),
        "pictures": (
            at(
                "post.publish",
                "image_judged", "image_permission", "school_material", "copyright", "leavers_shown",
            ),
            at("image.share", "picture_rules", "picture_guidance", "pupil_pictures"),
        ),
        "who-*": (at("post.publish", "photo_consent", "do_not_publish", "opt_out", "leadership_consent"),),
        "day": (at("post.publish", "posting_hours"),),
        "person-*-named": (at("post.publish", "naming"),),
        "person-*-consent": (at("post.publish", "image_permission", "photo_consent", "consent_age"),),
        "person-*-opted_out": (at("post.publish", "opt_out"),),
        "person-*-do_not_publish": (at("post.publish", "do_not_publish"),),
        "person-*-leadership_agrees": (at("post.publish", "leadership_consent"),),
    }  # fmt: skip

    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    pictures = forms.FileField(label=_("Pictures"), required=False, allow_empty_file=True)
    film = forms.FileField(label=_("Film"), required=False, allow_empty_file=True)
    pupils = forms.IntegerField(
        label=_("How many pupils, all on the consent list?"),
        required=False,
        min_value=1,
        max_value=MOST_ALIKE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    confirmed = forms.BooleanField(label=_("I confirm this"), required=False)
    day = DayField(label=_("Day"), required=False)
    time = TimeField(label=_("Time"), help_text=_("UK time"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        accounts: Sequence[Account],
        columns: Sequence[str],
        languages: Sequence[str],
        book: Book | None = None,
        post: Post | None = None,
        rows: int | None = None,
        pictures: Sequence[Picture] = (),
        choosing: Choosing | None = None,
        school: School | None = None,
    ) -> None:
        super().__init__(with_new(data, pictures), initial=initial_of(post, languages, columns))
        self.film_captions = ""
        self.school, self.languages = school, languages
        self.counts = school is None or not has_pupils(school)
        self.choosing = choosing
        if len(accounts) == 1 and post is None:
            self.initial["accounts"] = [str(accounts[0].pk)]
        self.open_accounts = accounts
        self.chosen = list(pictures)
        self._add_pictures()
        self.asked_columns = list(columns)
        self.columns = [column for column in ABOUT_PEOPLE if column in columns]
        self.rows = min(self.initial["rows"] if rows is None else rows, MOST_PEOPLE)
        self.fields["accounts"] = forms.MultipleChoiceField(
            label=_("Where"),
            required=False,
            choices=[(str(account.pk), account.name) for account in accounts],
            error_messages={"invalid_choice": _("Choose open accounts that belong to this school.")},
        )
        self.fields["language"].choices = [each for each in LANGUAGES if each[0] in languages]  # type: ignore[attr-defined]
        self.fields |= thread_fields(accounts)
        for account in accounts:
            self.fields[f"text-{account.pk}"] = forms.CharField(
                label=account.name, required=False, widget=forms.Textarea(attrs={"rows": 5})
            )
        for number in range(self.rows):
            for column in self.columns:
                question, choices = ABOUT_PEOPLE[column]
                if column == "consent" and "consent_written" in columns:
                    choices = CONSENT_IN_WRITING
                self.fields[f"person-{number}-{column}"] = forms.ChoiceField(
                    label=str(question), choices=choices, required=False
                )
            self.fields[f"person-{number}-number"] = forms.IntegerField(
                label=_("How many people is this true of?"),
                required=False,
                min_value=1,
                max_value=MOST_ALIKE,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"person-{number}-gone"] = forms.BooleanField(
                label=_("Remove this person"), required=False
            )
        for name, asked in QUESTIONS.items():
            options = options_for(name, book, school) if book is not None else asked.options
            self.fields[f"answer-{name}"] = field_for(name, options)

    def _add_pictures(self) -> None:
        """Add two fields for each picture: its description, and who can be seen."""
        for place, picture in enumerate(self.chosen, start=1):
            several = {"number": place} if len(self.chosen) > 1 else None
            self.fields[f"alt-{picture.pk}"] = forms.CharField(
                label=gettext("Describe picture {number} for people who can’t see it").format(**several)
                if several
                else _("Describe the picture for people who can’t see it"),
                required=False,
            )
            self.fields[f"who-{picture.pk}"] = forms.ChoiceField(
                label=gettext("Who can be seen in picture {number}?").format(**several)
                if several
                else _("Who can be seen in it?"),
                choices=WHO,
                required=False,
            )
            if fields := fields_of_film(picture):
                self.fields |= fields
                self.fields[f"alt-{picture.pk}"].label = _("Describe the film for people who can’t see it")
            self.initial.update(initial_of_picture(picture))

    @property
    def helper_of_time(self) -> Drawing:
        """Draws day and time alone."""
        helper = Drawing(self)
        helper.layout = Layout("day", "time")
        return helper

    def clean(self) -> dict[str, Any]:
        """Check the time, and the answers about the picture; add each error beside its field."""
        typed = super().clean() or {}
        if typed.get("day") or typed.get("time") or self.errors.keys() & {"day", "time"}:
            self._check_time(typed)
        if self.chosen and (typed.get("pupils") or (self.choosing is not None and self.choosing.pupils)):
            self._check_pupils(typed)
        return typed

    def _check_pupils(self, typed: dict[str, Any]) -> None:
        """Pupils, by number or by name, say who can be seen in a single picture; of several they don't say in
        which."""
        first = f"who-{self.chosen[0].pk}"
        if len(self.chosen) == 1 and not typed.get(first):
            typed[first] = PUPILS
        if typed.get("pupils") and not any(
            typed.get(f"who-{picture.pk}") == PUPILS for picture in self.chosen
        ):
            self.add_error(
                first, str(_("You gave a number of pupils. Choose “Pupils”, or remove the number."))
            )

    def _check_time(self, typed: Mapping[str, Any]) -> None:
        if not typed.get("day") and "day" not in self.errors:
            self.add_error("day", str(_("Enter a date")))
        if typed.get("time") is None and "time" not in self.errors:
            self.add_error("time", str(_("Enter the time like this: 15:30")))
        if typed.get("day") and typed.get("time") and self.planned_at is None:
            self.add_error(
                "time",
                str(_("The clocks go forward then, so this time doesn’t exist. Choose an hour later.")),
            )

    @property
    def planned_at(self) -> datetime | None:
        """The instant in UTC; None for "as soon as it is approved", and for an hour that the clocks skip."""
        typed = self.cleaned_data
        day, clock = typed.get("day"), typed.get("time")
        if day is None or not isinstance(clock, time):
            return None
        local = datetime.combine(day, clock, LONDON)
        back = local.astimezone(UTC).astimezone(LONDON)
        return local.astimezone(UTC) if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None

    def theirs(self, post: Post) -> dict[str, Any]:
        """Return the values of this form for the post as it is saved now."""
        return initial_of(post, self.languages, self.asked_columns)

    @property
    def schedules(self) -> bool:
        """Return whether a day or a time was given, so that their fields are shown open."""
        day, clock = self["day"].value(), self["time"].value()
        return bool(clock or (any(day) if isinstance(day, list | tuple) else day))

    @property
    def has_text(self) -> bool:
        """Return whether any text was written, for all accounts or for one."""
        typed = self.cleaned_data
        own = (typed.get(f"text-{account.pk}") for account in self.open_accounts)
        return bool(typed.get("text") or typed.get("other_text") or any(own))

    def as_thread(self, account: Account) -> bool:
        """Return whether its text is to go out as a thread where it is too long."""
        return name_of(account) in self.fields and bool(self[name_of(account)].value())

    def has_own_text(self, field: str) -> bool:
        """Return whether something was written in the text of one account (`text-<number>`)."""
        return field in self.fields and bool(self[field].value())

    @property
    def on_the_list(self) -> list[str | Promise]:
        """Return the answers for each pupil on a consent list on paper: all that the policy asks. None where
        the school's pupils are here."""
        asked = self.asked_columns if self.counts else ()
        return [words for column, words in ON_THE_LIST_IN_WORDS.items() if column in asked]

    def content(self) -> dict[str, Any]:
        """Texts, time, answers and people, as `draft_post` takes them."""
        chosen = set(self.cleaned_data.get("accounts") or [])
        language = self.cleaned_data.get("language") or "en"
        return {
            "text": one_line_end(self.cleaned_data.get("text") or ""),
            "language": language,
            "other_text": one_line_end(self.cleaned_data.get("other_text") or ""),
            "targets": [
                TargetText(account, *self.sent_on(account), self.as_thread(account))
                for account in self.open_accounts
                if str(account.pk) in chosen
            ],
            "planned_at": self.planned_at,
            "answers": {name: given for name in QUESTIONS if (given := self._answer(name)) is not None},
            "people": [row for _number, row in self.entries()],
        }

    def entries(self) -> list[tuple[int | None, dict[str, Any]]]:
        """Return the people listed, as rows of `PostPerson`: the pupils on the list (None), then each entry
        by its number on the page."""
        pupils = self.cleaned_data.get("pupils")
        found: list[tuple[int | None, dict[str, Any]]] = []
        if pupils and self.asked_columns:
            found.append((None, {**on_the_list(self.asked_columns), "number": pupils}))
        return found + [(number, row) for number in range(self.rows) if (row := self._person(number))]

    def described(self) -> dict[int, dict[str, Any]]:
        """Return by a picture's id new answers about it, as `describe_picture` takes them. A picture about
        which the page asked nothing stays as it is."""
        found = {}
        for picture in self.chosen:
            if f"alt-{picture.pk}" not in self.data:
                continue
            shows_people, shows_pupils = SEEN[self.cleaned_data.get(f"who-{picture.pk}") or ""]
            said = {
                "alt": one_line_end(self.cleaned_data.get(f"alt-{picture.pk}") or ""),
                "shows_people": shows_people,
                "shows_pupils": shows_pupils,
            }
            of_film = said_of_film(picture, self.cleaned_data)
            if of_film or said != {name: getattr(picture, name) for name in said}:
                found[picture.pk] = said | of_film
        return found

    @property
    def pupils_seen(self) -> bool:
        """Return whether pupils can be seen in a picture, as far as is said: no only if that was denied of
        each."""
        seen = [self[f"who-{picture.pk}"].value() for picture in self.chosen]
        return any(who in ("", PUPILS, None) for who in seen)

    def pupil_places(self, post: Post | None) -> list[int]:
        """Return where the pupils chosen are among the post's people: after the entries typed."""
        if not self.is_bound:
            return [row.place for row in pupils_in(post)] if post else []
        first = len(self.entries())
        chosen = len(self.choosing.pupils) if self.choosing is not None else 0
        return list(range(first, first + chosen))

    def said(self, name: str) -> str:
        """The author's answer to this question as the form has it: chosen, or confirmed with the others."""
        value = chosen_in(self[f"answer-{name}"])
        typed: Any = self.data  # empty, and then without lists, where nothing was sent
        if not value and typed.get("confirmed") and name in typed.getlist("confirms"):
            return usual(name)
        return str(value)

    def own_words(self, name: str) -> str:
        """The answer saved in the author's own words to a question for which the policy lists answers: kept
        until one of these is chosen."""
        field = self.fields[f"answer-{name}"]
        if QUESTIONS[name].kind != "text" or not isinstance(field, forms.ChoiceField):
            return ""
        saved = str(self.initial.get(f"answer-{name}") or "")
        return "" if saved in [word for word, _label in options_of(field)] else saved

    def _answer(self, name: str) -> bool | str | None:
        if f"answer-{name}" in self.errors:
            return None
        typed = self.cleaned_data.get(f"answer-{name}") or self.said(name) or self.own_words(name)
        if QUESTIONS[name].kind in ("attested", "tri"):
            return TRI.get(typed)
        return typed or None

    def _person(self, number: int) -> dict[str, Any]:
        """Return the row in the columns of `PostPerson`; empty where nothing was entered or it goes."""
        typed = {column: self.cleaned_data.get(f"person-{number}-{column}") or "" for column in self.columns}
        if self.cleaned_data.get(f"person-{number}-gone") or not any(typed.values()):
            return {}
        if typed.get("relation") in ADULTS_HERE:
            agreed = typed.get("consent") not in ("", "no", None)
            typed |= {
                each: said
                for each, said in OF_ADULTS.items()
                if each in typed and (agreed or each != "consent_by")
            }
        row: dict[str, Any] = {"number": self.cleaned_data.get(f"person-{number}-number") or 1}
        for column, value in typed.items():
            if column in ("relation", "named", "consent_by"):
                row[column] = value
            elif column == "consent":
                row["consent"] = None if not value else value != "no"
                row["consent_written"] = {"written": True, "spoken": False}.get(value)
            else:
                row[column] = TRI.get(value)
        return row

    def refuse(self, error: BadInput) -> None:
        """Add errors as every form does; an impossible time beside the day, a text beside its own field."""
        names = {"planned_at": "day", "people": "pupils" if self.counts else CHOSEN}
        for account in self.open_accounts:
            if not self.cleaned_data.get(f"text-{account.pk}"):
                names[f"text-{account.pk}"] = "text"
        super().refuse(BadInput({names.get(name, name): said for name, said in error.fields.items()}))

    def not_judged(self) -> None:
        """Show what was typed without errors: nothing was to be saved yet."""
        self.full_clean()
        self._errors = ErrorDict()


def field_for(name: str, offered: Choices) -> forms.Field:
    """The field of the question of this name to the author. `offered`: what a choice offers under this
    policy; a question in their own words is a choice where it lists any."""
    question = QUESTIONS[name]
    said: dict[str, Any] = {"label": str(question.label), "help_text": str(question.help), "required": False}
    if question.kind != "text":
        return forms.ChoiceField(**said, choices=offered if question.kind == "choice" else YES_NO)
    if not offered:
        return forms.CharField(**said, max_length=200)
    wrong = {"invalid_choice": str(not_listed(name, tuple(offered)))}
    return forms.ChoiceField(**said, choices=offered, error_messages=wrong)
