"""What is settled and shown of an example account before it opens, as far as its policy asks."""

from typing import Any

from schoolgate.accounts.models import Account
from schoolgate.accounts.opening_questions import questions
from schoolgate.accounts.sites import (
    RISKS,
    guidance_wanted,
    hosting,
    languages_of,
    put_word_on_record,
    settle_site,
    to_settle,
    write_site_text,
)
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.policy.queries import book_in_scope, in_force

SAW: dict[str, Any] = {
    "login_is_private": False,
    "login_address": "school",
    "second_factor": True,
    "breaks_terms": False,
    "bears_another_name": False,
    "lets_pupils_in": False,
    "made_for_pupils": False,
    "uses_name": True,
    "uses_logo": False,
    "separate_account": True,
    "shares_with_personal": False,
    "says_who_runs_it": True,
    "posts_are_signed": True,
    "says_not_always_watched": True,
    "says_where_concerns_go": True,
    "real_name": True,
    "function_stated": True,
    "acceptable_use_link": "school_website",
    "shows_logo_or_brand": True,
    "terms_of_use": True,
    "house_rules": True,
    "privacy": "strongest_available",
}
SETTLED: dict[str, Any] = {
    "users_may_write": True,
    "users_may_add_pictures": False,
    "answers_given_by": ["The school office"],
    "moderation": "before",
    "started_by": "The web team",
    "answers_for_moderation": "The web team",
    "steps_in_how": "It hides what its own rules forbid, usually after someone reports it.",
    "reporting_route": "The three dots next to a comment, then Report.",
    "own_plan": (
        "We check comments every school day, hide any that break our rules, and save any that worry us."
    ),
    "friends_note": "left_out",
    "vulnerable": False,
    "confidential_help_from": [],
    "known_of_them": "Years 9 to 13. All of them have a phone, and most read the board on it.",
    "taught_safely": "A lesson each term, on what to share and who to tell.",
    "other_risks": "None that we know of. We look again each term.",
    "in_doubt": False,
    **{f"risk {key}": "Form tutors talk about it, and we read what is written." for key, _label in RISKS},
}
RULES = {
    "en": ("Be kind. Keep to the subject. No pupils' names. We read each comment before it is shown."),
    "cy": "Byddwch yn garedig. Cadwch at y pwnc. Dim enwau disgyblion. Rydym yn darllen pob sylw cyn ei "
    "ddangos.",
}
TERMS = {
    "en": (
        "This site is for families and neighbours of the school. You are "
        "responsible for what you write, and we may take it down."
    ),
    "cy": "Mae'r safle hwn i deuluoedd a chymdogion yr ysgol. Chi sy'n gyfrifol am yr hyn a ysgrifennwch, a "
    "gallwn ei dynnu i lawr.",
}


def seen_of(stage: Stage, account: Account, school: str) -> dict[str, Any]:
    """Return answers about the account's page: one for each question of its policy."""
    known = {
        **SAW,
        "school_named": school,
        "uses_logo": bool(stage.cast.notice_to),
        "made_for_pupils": bool(account.pupils_in_audience),
    }
    return {question.key: known[question.key] for question in questions(book_in_scope(), account.network)}


def settles(stage: Stage, account: Account) -> None:
    """Settle how it is looked after, write its rules, hold it against guidance: what its policy asks for."""
    policy = in_force(local_day(stage.clock))
    opener = stage.who("opener")
    asked = to_settle(policy.book, hosting(account), for_young=account.pupils_in_audience)
    answers = {one.key: SETTLED[one.key] for one in asked if one.key in SETTLED}
    if answers:
        settle_site(account=account, by=opener, at=stage.later(5), answers=answers)
    if policy.book.at("account.open", "house_rules"):
        for kind, texts in (("house_rules", RULES), ("terms_of_use", TERMS)):
            for language in languages_of(account):
                write_site_text(
                    account=account, by=opener, at=stage.later(3), kind=kind, language=language,
                    words=texts[language],
                )  # fmt: skip
    for guidance in guidance_wanted(policy):
        put_word_on_record(account=account, by=opener, at=stage.later(10), kind="guidance", guidance=guidance)


def topics_of_training() -> list[str]:
    """What training has to be about for those who moderate or approve, where the policy says so."""
    rules = book_in_scope().at("person.entrust", "training_fits")
    return [one.stated("topics")[0] for one in rules]
