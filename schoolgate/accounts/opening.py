"""What is asked before an account goes live, each question only where a rule listens to its answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.rulebook import Book


@dataclass(frozen=True)
class Question:
    """One thing that somebody looks at or knows about an account that is to be opened.

    `key`: the fact of account.open, or of its profile, that the answer becomes. `points`: where rules ask for
    it.
    """

    key: str
    label: str | Promise
    type: Literal["yes_no", "choice", "text"]
    points: tuple[str, ...]
    options: tuple[tuple[str, str | Promise], ...] = ()


QUESTIONS: tuple[Question, ...] = (
    Question(
        "login_is_private", _("Does it run under somebody's private account?"), "yes_no", ("private_login",)
    ),
    Question(
        "lets_pupils_in",
        _("Will pupils be let in when it opens?"),
        "yes_no",
        ("notified", "notice_recipient"),
    ),
    Question("made_for_pupils", _("Is it made for pupils to use and write on?"), "yes_no", ("privacy",)),
    Question(
        "uses_name", _("Does it use the name of a school or of the federation?"), "yes_no", ("name_and_logo",)
    ),
    Question(
        "uses_logo", _("Does it use the logo of a school or of the federation?"), "yes_no", ("name_and_logo",)
    ),
    Question(
        "separate_account",
        _("Is it an account of its own, used for this alone?"),
        "yes_no",
        ("separate_account",),
    ),
    Question(
        "shares_with_personal",
        _("Does it share anything with a personal account?"),
        "yes_no",
        ("apart_from_personal",),
    ),
    Question("says_who_runs_it", _("Does the account say who runs it?"), "yes_no", ("says_who_runs_it",)),
    Question(
        "posts_are_signed",
        _("Will each post say who wrote it, where the account does not say who runs it?"),
        "yes_no",
        ("says_who_runs_it",),
    ),
    Question(
        "says_not_always_watched",
        _("Does it say that nobody watches it round the clock?"),
        "yes_no",
        ("not_always_watched",),
    ),
    Question(
        "says_where_concerns_go", _("Does it say whom to turn to with a worry?"), "yes_no", ("contact",)
    ),
    Question("real_name", _("Do those who run it appear under their real names?"), "yes_no", ("real_name",)),
    Question("function_stated", _("Does it say what their job at the school is?"), "yes_no", ("function",)),
    Question("school_named", _("Which school does it name? Copy the words."), "text", ("school_named",)),
    Question(
        "acceptable_use_link",
        _("Where does the link to the acceptable use policy lead?"),
        "choice",
        ("acceptable_use_link",),
        (
            ("school_website", _("To the school's own website")),
            ("elsewhere", _("Somewhere else")),
            ("none", _("There is no such link")),
        ),
    ),
    Question("shows_logo_or_brand", _("Does it show the logo or the brand?"), "yes_no", ("logo_shown",)),
    Question("terms_of_use", _("Are its terms of use shown?"), "yes_no", ("terms_of_use",)),
    Question("house_rules", _("Are its house rules shown?"), "yes_no", ("house_rules",)),
    Question(
        "privacy",
        _("How strict are its privacy settings?"),
        "choice",
        ("privacy",),
        (
            ("strongest_available", _("As strict as the network allows")),
            ("weaker", _("Less strict than that")),
        ),
    ),
)


def questions(book: Book) -> tuple[Question, ...]:
    """The questions that some rule of this policy, of the law or of the house listens to."""
    spoken = {bound.point for bound in book.bound("account.open")}
    return tuple(question for question in QUESTIONS if spoken.intersection(question.points))


def read_setup(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, each checked by its question; one without an answer is left out: it is not known.

    Raises BadInput with a sentence for each that cannot be used; a question that nobody asks here is one.
    """
    asked = {question.key: question for question in questions(book)}
    wrong: dict[str, str | Promise] = {
        key: _("Nobody asks for this here.") for key in given.keys() - asked.keys()
    }
    read: dict[str, Any] = {}
    for key in given.keys() & asked.keys():
        value, question = given[key], asked[key]
        if value is None or value == "":
            continue
        fits = {
            "yes_no": isinstance(value, bool),
            "choice": value in [option for option, _label in question.options],
            "text": isinstance(value, str) and len(value) <= 300 and "\x00" not in value,
        }
        if fits[question.type]:
            read[key] = value
        else:
            wrong[key] = _("This answer cannot be used.")
    if wrong:
        raise BadInput(wrong)
    return {key: read[key] for key in asked if key in read}
