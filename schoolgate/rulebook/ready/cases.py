"""People, days and units that ready rules and their examples share."""

from collections.abc import Iterable
from typing import Any

from schoolgate.rulebook.ready.model import By
from schoolgate.rulebook.sentences import gettext_noop as _

TEACHER = {"key": "teacher", "relation": "staff", "roles": ["teacher"]}
IN_ROLE = {"key": "in-role", "relation": "staff", "roles": ["{who}"]}
"""A person with the role that was filled in."""
TERM: dict[str, Any] = {
    "country": "england",
    "bank_holidays_known": {"first": "2026-01-01", "last": "2027-12-31"},
    "bank_holidays": ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29"],
    "terms_known": {"first": "2026-09-01", "last": "2027-07-31"},
    "terms": [
        {"first": "2026-09-02", "last": "2026-12-18"},
        {"first": "2027-01-05", "last": "2027-02-12"},
        {"first": "2027-02-22", "last": "2027-03-25"},
    ],
}
FRIDAY, MONDAY, TUESDAY = "2027-01-15T15:00:00Z", "2027-01-18T09:00:00Z", "2027-01-19T09:00:00Z"


def said(answer: bool) -> dict[str, Any]:
    """Return an answer given of the thing as it is now."""
    return {"answer": answer, "by": "office", "at": MONDAY, "of_this_version": True}


UNITS = {
    "hours": _("hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "school_days": _("school days"),
    "weekdays": _("working days (Monday to Friday)"),
}
SAID = {
    "hours": _("hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "school_days": _("school days"),
    "weekdays": _("working days"),
    "same_day": _("the same day"),
    "at_once": _("at once"),
    "none": _("promptly"),
}
VAGUE = (
    r"promptly|soon(?! as)|swiftly|speedily|quickly|timely|in good time|reasonable time|undue delay"
    r"|yn brydlon|yn fuan|oedi diangen"
)
"""The words of a time without a number that isn't at once either: what they mean is for people."""
_TIMES = (
    r"within|hours?|days?|weeks?|term|month|soon|promptly|quickly|swiftly|speedily|immediate\w*|once|away|delay"
    r"|asap|as possible|practicable|awr|oriau|diwrnod\w*|unwaith|syth"
)


def untimed(of: str, *, but_for: str = "never") -> str:
    """Return what finds a clause that speaks of this and names no time. `but_for`: another word of a time."""
    return rf"\A(?=.*\b(?:{of})\w*)(?!.*\b(?:{_TIMES}|{but_for})\b)\w+"


BY_WHEN = {
    **UNITS,
    "same_day": _("The same day"),
    "at_once": _("At once, or as soon as possible"),
    "none": _("The clause gives no number (promptly, soon)"),
}
NO_TIME = _("The clause gives no time, or only “promptly” or “soon”")
"""The same, of a clause that may name no time at all."""
NO_NUMBER = ("unit", "same_day", "at_once", "none")
"""With what a time has no number."""
ONE = {
    "hours": _("hour"),
    "days": _("day"),
    "weeks": _("week"),
    "school_days": _("school day"),
    "weekdays": _("working day"),
}
COMMENT = {
    "received_at": FRIDAY,
    "kind": "comment",
    "account_is_official": True,
    "improper": False,
    "from_press": False,
    "calendar": TERM,
    "now": FRIDAY,
}
FOUND = {**COMMENT, "improper": True, "improper_since": FRIDAY}
OFFICIAL = {"account_is_official": True}


OF_TERMS = {"half_terms": _("half-terms"), "terms": _("terms")}
ONE_TERM = {"half_terms": _("half-term"), "terms": _("term")}
TERM_HINTS = {
    "half_terms": r"half[ -]?terms?|half[ -]?termly|hanner tymor",
    "terms": r"terms?(?! time|-time)|termly|dd?ymor|tymhorau|thymor|thymhorau",
}
"""The words of a clause that count in terms."""


def after(fact: str, more: Iterable[str] = ()) -> By:
    """Return the time so long after a fact, in the unit that was chosen. `more`: units besides the usual."""
    return By(
        "unit",
        {
            **{one: {"after": fact, one: "{number}"} for one in more},
            "hours": {"after": fact, "hours": "{number}"},
            "days": {"after": fact, "days": "{number}"},
            "weeks": {"after": fact, "weeks": "{number}"},
            "school_days": {"after": fact, "working_days": "{number}", "counting": "school_days"},
            "weekdays": {"after": fact, "working_days": "{number}", "counting": "weekdays"},
            "same_day": {"after": fact, "same_day": True},
            "at_once": fact,
        },
    )


HINTS = {
    "at_once": "immediately|at once|straight ?away|without (?:any )?delay|as soon as|ar unwaith|yn syth"
    "|cyn gynted",
    "none": VAGUE,
    "same_day": r"(?:on |by the end of )?(?:the|that) same (?:school |working )?day"
    r"|(?:by )?(?:the )?end of the (?:school |working )?day|yr un diwrnod",
    "school_days": "school days?|diwrnod(?:au)? ysgol|ddiwrnod ysgol",
    "weekdays": "working days?|business days?|weekdays?|d?diwrnod gwaith",
    "weeks": "weeks?|weekly|wythnos(?:au|ol)?",
    "hours": "hours?|hourly|awr|oriau",
    "days": "days?|daily|dd?iwrnod(?:au)?|dydd",
}
"""The words of a clause that tell its unit."""
