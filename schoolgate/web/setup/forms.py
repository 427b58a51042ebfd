"""Forms of setting up: they gather what is typed; the actions judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.leaving import LONGEST as LONGEST_REASON
from schoolgate.core.models import (
    OTHER_SCHOOL,
    Country,
    Federation,
    SafeguardingPlace,
    School,
    place_in_words,
)
from schoolgate.notices.kinds import Security
from schoolgate.people.models import Person
from schoolgate.people.setting_up import roles_that_administer, schools_of_policy
from schoolgate.rulebook import Book, book, books
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.people.person import LANGUAGES, languages_of

ALL_LANGUAGES = list(LANGUAGES.items())
ADDRESS_HELP = _("Lowercase letters, numbers and hyphens. You can’t change this later.")


class AgreeForm(SchoolForm):
    """Why the second person agrees that someone leads on safeguarding."""

    why = forms.CharField(
        label=_("Why do you agree?"),
        help_text=_("A few words. The safeguarding leads read them."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FederationForm(SchoolForm):
    """What is set up, and the policy for it."""

    name = forms.CharField(label=_("Federation name, or school name"), max_length=200)
    slug = forms.CharField(
        label=_("Web address name, as in /oakhill/register"),
        help_text=ADDRESS_HELP,
        max_length=60,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages for pages and emails"),
        choices=ALL_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["en"],
    )
    policy_key = forms.ChoiceField(
        label=_("Which policy is yours?"),
        widget=forms.RadioSelect,
        help_text=_("You can’t change this later. Another policy needs another installation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, f"{book(key).meta.federation}: {book(key).meta.title}") for key in books()]
        ours = _("Our own policy. We enter it here, from a document or by hand.")
        named.append((BLANK, str(ours)))
        self.fields["policy_key"].choices = named  # type: ignore[attr-defined]


class SchoolDetailsForm(SchoolForm):
    """One school."""

    name = forms.CharField(label=_("School name"), max_length=200)
    slug = forms.CharField(label=_("Web address name"), help_text=ADDRESS_HELP, max_length=60)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=Country.choices,
        widget=forms.RadioSelect,
        help_text=_("This sets the bank holidays and the law that apply."),
    )
    languages = forms.MultipleChoiceField(label=_("School languages"), widget=forms.CheckboxSelectMultiple)
    in_policy = forms.ChoiceField(
        label=_("Which of the policy’s schools is it?"),
        help_text=_("Parts of the policy apply to one school only."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, federation: Federation, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = schools_of_policy(federation)
        self.fields["in_policy"].choices = [  # type: ignore[attr-defined]
            *((name, name) for name in named), (OTHER_SCHOOL, _("None of these")),
        ]  # fmt: skip
        if not named:
            del self.fields["in_policy"]
        self.fields["languages"].choices = languages_of(federation)  # type: ignore[attr-defined]
        self.initial.setdefault("languages", list(federation.languages))
        if not new:
            del self.fields["slug"]


class OwnDetailsForm(SchoolForm):
    """What a school publishes of itself."""

    details = forms.CharField(
        label=_("Add details"),
        help_text=_("One on each line: a telephone number, email address, postcode or street address."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
    )


class FirstForm(SchoolForm):
    """Who manages people first: the person at the keyboard."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email address"), help_text=_("You use this to sign in."))
    role_key = forms.ChoiceField(
        label=_("Your policy role"),
        help_text=_("People with these roles look after people here."),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language for your pages and emails"))

    def __init__(self, *args: Any, federation: Federation, policy: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.key, role.name) for role in roles_that_administer(policy)]
        self.fields["role_key"].choices = roles  # type: ignore[attr-defined]
        self.fields["language"].choices = languages_of(federation)  # type: ignore[attr-defined]


class SecondForm(SchoolForm):
    """The second person who manages people, and in which way."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email address"), help_text=_("We’ll send the invitation here."))
    role_key = forms.ChoiceField(label=_("Policy role"), widget=forms.RadioSelect)
    acting = forms.BooleanField(
        label=_("The role is still mine. This person acts for me."),
        help_text=_("Use this where the policy gives the role to one person only, such as the head."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language for pages and emails"))

    def __init__(self, *args: Any, federation: Federation, policy: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.key, role.name) for role in roles_that_administer(policy)]
        self.fields["role_key"].choices = roles  # type: ignore[attr-defined]
        self.fields["language"].choices = languages_of(federation)  # type: ignore[attr-defined]


class TermFileForm(SchoolForm):
    """Term dates as the council or the school publishes them."""

    file = forms.FileField(
        label=_("A calendar (ics) or a list (CSV, Excel)"),
        help_text=_("You can check what was read before it’s saved. Maximum 1 MB."),
    )


class CalendarForm(SchoolForm):
    """Term dates by hand, one in a line."""

    terms = forms.CharField(
        label=_("Terms"),
        help_text=_(
            "One term per line: name; first day; last day. Enter each half term "
            "separately. For example: Autumn 1; 3/9/2026; 23/10/2026"
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )
    inset = forms.CharField(
        label=_("INSET days"),
        help_text=_("One day per line, for example 4/1/2027. Leave this empty if there are none."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
        required=False,
    )


class AdoptionForm(SchoolForm):
    """When your governors, or the body that does it at your school, adopted the policy."""

    adopted_on = DayField(label=_("Date of adoption"), help_text=_("As recorded in the minutes"))
    minute_reference = forms.CharField(
        label=_("Minute reference"),
        help_text=_("Where it’s recorded, for example: Governors, 12 October 2026, item 7."),
        max_length=200,
        required=False,
    )
    text = forms.FileField(
        label=_("Your own version of the text, as a file"),
        help_text=_("Leave this empty if you use the text that comes with Schoolgate."),
        required=False,
    )


class SafeguarderForm(SchoolForm):
    """Who leads on safeguarding, and where."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Choose"))
    place = forms.ChoiceField(label=_("Role"), choices=SafeguardingPlace.choices, widget=forms.RadioSelect)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Where"), required=False, empty_label=_("All schools")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["place"]
        places.choices = [(place, place_in_words(place)) for place in SafeguardingPlace.values]
        here = Person.objects.filter(left_on=None).order_by("name")
        self.fields["person"].queryset = here  # type: ignore[attr-defined]
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]


class MailForm(SchoolForm):
    """How to reach the school's mail server."""

    host = forms.CharField(
        label=_("Email server"), help_text=_("For example smtp.office365.com"), max_length=255
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=_("Connection security"),
        choices=Security.choices,
        initial=Security.STARTTLS,
        widget=forms.RadioSelect,
    )
    user = forms.CharField(label=_("Email server username"), max_length=255, required=False)
    password = forms.CharField(
        label=_("Email server password"),
        help_text=_("It’s encrypted and never shown again. Leave this empty to use the current one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        max_length=500,
        required=False,
    )
    sender = forms.CharField(
        label=_("Sender address"),
        help_text=_("For example office@oakhill.sch.uk"),
        max_length=254,
    )


class TestMailForm(SchoolForm):
    """The address for the test mail."""

    to = forms.EmailField(label=_("Send test email to"))


class CodeForm(SchoolForm):
    """The code from the test mail."""

    code = forms.CharField(
        label=_("Code from the test email"),
        help_text=_("A 6-digit code that lasts two hours."),
        max_length=20,
    )
