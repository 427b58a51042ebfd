"""What is asked before an account goes live, each question only where a rule listens to its answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from schoolgate.core.errors import BadInput
from schoolgate.networks.registry import capabilities
from schoolgate.policy.keeping import digest
from schoolgate.rulebook import Book

Where = tuple[tuple[str, str], ...]
"""Situations with their points: where rules listen to an answer."""


@dataclass(frozen=True)
class Question:
    """One thing to check or know about an account before it opens.

    `key`: the fact that the answer becomes. `asked_at`: where rules ask for it. `of_page`: it is seen on
    the account's own page, so that another page asks again. `of_sign_in`: about its sign-in at the network,
    and recorded whether a rule listens or not.
    """

    key: str
    label: str | Promise
    type: Literal["yes_no", "choice", "text"]
    asked_at: Where
    options: tuple[tuple[str, str | Promise], ...] = field(default=())
    of_page: bool = False
    of_sign_in: bool = False


def _opens(*points: str) -> Where:
    return tuple(("account.open", point) for point in points)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "login_is_private",
        _("Does it run under someone’s private account?"),
        "yes_no",
        _opens("private_login"),
    ),
    Question(
        "login_address",
        _("Whose email address is used to sign in to it and recover it?"),
        "choice",
        (("account.create", "login_address"), ("login.choose", "work_and_private_apart")),
        (
            ("school", _("An address belonging to the school or federation")),
            ("other", _("Another address")),
        ),
        of_sign_in=True,
    ),
    Question(
        "second_factor",
        _("Does signing in need two-step verification, such as a code?"),
        "yes_no",
        (),
        of_sign_in=True,
    ),
    Question(
        "breaks_terms",
        _("Does it break any of the network’s own terms?"),
        "yes_no",
        (("account.create", "platform_terms"),),
    ),
    Question(
        "bears_another_name",
        _("Does it use the name or job title of someone who doesn’t run it?"),
        "yes_no",
        (("account.create", "impersonation"),),
        of_page=True,
    ),
    Question(
        "lets_pupils_in",
        _("Will pupils be given access when it opens?"),
        "yes_no",
        _opens("notified", "notice_recipient"),
    ),
    Question(
        "made_for_pupils",
        _("Is it made for pupils to use and write on?"),
        "yes_no",
        (*_opens("privacy"), ("site.prepare", "online_friends")),
    ),
    Question(
        "uses_name",
        _("Does it use the name of a school or the federation?"),
        "yes_no",
        _opens("name_and_logo"),
        of_page=True,
    ),
    Question(
        "uses_logo",
        _("Does it use the logo of a school or the federation?"),
        "yes_no",
        _opens("name_and_logo"),
        of_page=True,
    ),
    Question(
        "separate_account",
        _("Is it a separate account, used only for this?"),
        "yes_no",
        _opens("separate_account"),
    ),
    Question(
        "shares_with_personal",
        _("Does it share anything with a personal account?"),
        "yes_no",
        _opens("apart_from_personal"),
    ),
    Question(
        "says_who_runs_it",
        _("Does the account say who runs it?"),
        "yes_no",
        _opens("says_who_runs_it"),
        of_page=True,
    ),
    Question(
        "posts_are_signed",
        _("Will each post say who wrote it, if the account doesn’t say who runs it?"),
        "yes_no",
        _opens("says_who_runs_it"),
    ),
    Question(
        "says_not_always_watched",
        _("Does it say that no one monitors it round the clock?"),
        "yes_no",
        _opens("not_always_watched"),
        of_page=True,
    ),
    Question(
        "says_where_concerns_go",
        _("Does it say who to contact with a concern?"),
        "yes_no",
        _opens("contact"),
        of_page=True,
    ),
    Question(
        "real_name",
        _("Do the people who run it appear under their real names?"),
        "yes_no",
        _opens("real_name"),
        of_page=True,
    ),
    Question(
        "function_stated",
        _("Does it state their job at the school?"),
        "yes_no",
        _opens("function"),
        of_page=True,
    ),
    Question(
        "school_named",
        _("Which school does it name? Copy the exact words."),
        "text",
        _opens("school_named"),
        of_page=True,
    ),
    Question(
        "acceptable_use_link",
        _("Where does the acceptable use policy link go?"),
        "choice",
        _opens("acceptable_use_link"),
        (
            ("school_website", _("To the school’s own website")),
            ("elsewhere", _("Somewhere else")),
            ("none", _("There is no such link")),
        ),
        of_page=True,
    ),
    Question(
        "shows_logo_or_brand",
        _("Does it show the logo or the brand?"),
        "yes_no",
        _opens("logo_shown"),
        of_page=True,
    ),
    Question(
        "terms_of_use", _("Are its terms of use shown?"), "yes_no", _opens("terms_of_use"), of_page=True
    ),
    Question("house_rules", _("Are its house rules shown?"), "yes_no", _opens("house_rules"), of_page=True),
    Question(
        "privacy",
        _("How strict are its privacy settings?"),
        "choice",
        _opens("privacy"),
        (
            ("strongest_available", _("As strict as the network allows")),
            ("weaker", _("Less strict than that")),
        ),
    ),
)


def questions(book: Book, network: str = "") -> tuple[Question, ...]:
    """Return the questions that some rule of this policy, of the law or of the house listens to.

    `network`: the account's network; questions about a sign-in are asked only where it has one.
    """
    signs_in = bool(network) and not capabilities(network).ours
    return tuple(
        question
        for question in QUESTIONS
        if (signs_in if question.of_sign_in else listening(book, question.asked_at))
    )


def listening(book: Book, asked_at: Where) -> list[Any]:
    """Return the bindings of this policy, of the law and of the house that listen there."""
    return [
        bound
        for situation in dict.fromkeys(situation for situation, _point in asked_at)
        for bound in book.bound(situation)
        if (situation, bound.point) in asked_at
    ]


def clauses_of(book: Book, asked_at: Where) -> list[str]:
    """Return the clauses that ask there, each once."""
    return list(dict.fromkeys(clause for bound in listening(book, asked_at) for clause in bound.clauses))


def asked_digest(book: Book, question: Question) -> str:
    """Return a digest of a question as asked: its words, and the wording and the settings of the rules behind
    it.

    When it changes, an earlier answer does not count any more.
    """
    with override("en"):
        words = [str(question.label), *(f"{key}: {label}" for key, label in question.options)]
    behind = sorted(
        [clause, book.clause(clause).wording or book.clause(clause).says, repr(bound.settings)]
        for bound in listening(book, question.asked_at)
        for clause in bound.clauses
    )
    return digest([question.key, words, behind])


def read_setup(book: Book, given: Mapping[str, Any], network: str = "") -> dict[str, Any]:
    """Return the answers, each checked by its question; one without an answer is left out: it is not known.

    Raises BadInput with a sentence for each unusable answer, and for a question that is not asked here.
    """
    asked = {question.key: question for question in questions(book, network)}
    wrong: dict[str, str | Promise] = {
        key: _("This isn’t needed here. Leave it blank.") for key in given.keys() - asked.keys()
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
            wrong[key] = _("You can’t use that answer. Choose one from the list.")
    if wrong:
        raise BadInput(wrong)
    return {key: read[key] for key in asked if key in read}
