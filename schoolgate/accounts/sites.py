"""What is settled about how an account or site is looked after, asked only where a rule listens. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.opening import Where, listening
from schoolgate.accounts.states import FriendsNote, Moderation
from schoolgate.core.errors import BadInput
from schoolgate.rulebook import Book

Hosting = Literal["school", "third party"]
LONGEST = 4000
MOST_LINES = 50


@dataclass(frozen=True)
class Settled:
    """One thing to settle. `host`: asked only of sites with this hosting. `of_suits`: saved with the answers
    about the site's audience; else a column of its own."""

    key: str
    label: str | Promise
    type: Literal["yes_no", "choice", "lines", "text", "long_text", "several"]
    asked_at: Where
    options: tuple[tuple[str, str | Promise], ...] = ()
    host: Hosting | None = None
    of_suits: bool = False
    of_young: bool = False


def _prepares(*points: str) -> Where:
    return tuple(("site.prepare", point) for point in points)


def _suits(*points: str) -> Where:
    return tuple(("site.suits", point) for point in points)


RISKS: tuple[tuple[str, str | Promise], ...] = (
    ("skills ahead of judgement", _("They know the technology better than its dangers")),
    ("posting sensitive personal information", _("They give away sensitive facts about themselves")),
    ("treating online friends as real friends", _("They mistake online friends for real ones")),
    ("grooming", _("Adults who groom them")),
    ("cyberbullying", _("They are bullied online")),
)

NO_TIME = "none"
PLAN_HOURS: tuple[tuple[str, str | Promise], ...] = (
    ("1", _("1 hour")),
    ("4", _("4 hours")),
    ("24", _("24 hours")),
    ("48", _("48 hours")),
    ("72", _("72 hours")),
    (NO_TIME, _("The plan gives no time")),
)

SETTLED: tuple[Settled, ...] = (
    Settled("users_may_write", _("Can visitors add text or comments?"), "yes_no", _prepares("users_text")),
    Settled("users_may_add_pictures", _("Can visitors add pictures?"), "yes_no", _prepares("users_pictures")),
    Settled(
        "answers_given_by",
        _("Who deals with responses? One person or job title per line."),
        "lines",
        _prepares("comments_dealt_with"),
    ),
    Settled(
        "moderation",
        _("When do you read what others write?"),
        "choice",
        _prepares("moderation_set_up"),
        tuple(Moderation.choices),
        host="school",
    ),
    Settled("started_by", _("Which team starts the site?"), "text", _prepares("answerable_for_moderation")),
    Settled(
        "answers_for_moderation",
        _("Which team is responsible for moderation?"),
        "text",
        _prepares("answerable_for_moderation"),
    ),
    Settled(
        "steps_in_how",
        _("How does the network itself respond when something goes wrong?"),
        "long_text",
        _prepares("platform_known"),
        host="third party",
    ),
    Settled(
        "reporting_route",
        _("How do you report something to the network?"),
        "long_text",
        _prepares("platform_known"),
        host="third party",
    ),
    Settled(
        "own_plan",
        _("What do you do beyond what the network does?"),
        "long_text",
        _prepares("own_plan"),
        host="third party",
    ),
    Settled(
        "plan_hours",
        _("How soon must the team step in under your own plan?"),
        "choice",
        (("item.look", "stepped_in"),),
        PLAN_HOURS,
        host="third party",
        of_suits=True,
    ),
    Settled(
        "friends_note",
        _("Does it include a note that online friends are not always real ones?"),
        "choice",
        _prepares("online_friends"),
        tuple(FriendsNote.choices),
    ),
    Settled(
        "vulnerable",
        _("Are the people it is for vulnerable?"),
        "yes_no",
        _suits("right_channel"),
        (),
        None,
        True,
    ),
    Settled(
        "confidential_help_from",
        _("Who gives young people confidential help on the site? Leave blank if no one does."),
        "several",
        _suits("right_channel"),
        (
            ("school", _("The school")),
            ("County Council", _("The County Council")),
            ("other", _("Someone else")),
        ),
        of_suits=True,
    ),
    Settled(
        "channel_reason",
        _("Why doesn’t any other channel meet their needs?"),
        "long_text",
        _suits("right_channel"),
        of_suits=True,
    ),
    Settled(
        "known_of_them",
        _("Which young people is it for?"),
        "long_text",
        _suits("pupils_known"),
        of_suits=True,
        of_young=True,
    ),
    Settled(
        "taught_safely",
        _("How are pupils taught to use it safely?"),
        "long_text",
        _suits("taught_to_use_it"),
        of_suits=True,
        of_young=True,
    ),
    *(
        Settled(f"risk {key}", label, "long_text", _suits("site_dangers"), of_suits=True, of_young=True)
        for key, label in RISKS
    ),
    Settled(
        "other_risks",
        _("What else may endanger them, and what is done about it?"),
        "long_text",
        _suits("site_dangers"),
        of_suits=True,
        of_young=True,
    ),
    Settled(
        "in_doubt",
        _("Are you unsure whether the internet suits these young people?"),
        "yes_no",
        _suits("channel_doubt"),
        of_suits=True,
        of_young=True,
    ),
)


def to_settle(book: Book, host: Hosting, *, for_young: bool | None) -> tuple[Settled, ...]:
    """Return what some rule of this policy wants settled for a site with this hosting. `for_young`: its
    audience includes pupils; None where it is not stated."""
    return tuple(
        one
        for one in SETTLED
        if one.host in (None, host)
        and not (one.of_young and for_young is False)
        and listening(book, one.asked_at)
    )


def read_settled(asked: tuple[Settled, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers by key, each checked by its type; None or empty: not settled. Raises BadInput."""
    points = {one.key: one for one in asked}
    wrong: dict[str, str | Promise] = {
        key: _("This isn’t needed here. Leave it blank.") for key in given.keys() - points.keys()
    }
    read: dict[str, Any] = {}
    for key in given.keys() & points.keys():
        value, one = given[key], points[key]
        if _fits(one, value):
            read[key] = value.strip() if isinstance(value, str) else value
        else:
            wrong[key] = _("You can’t use that answer. Choose one from the list.")
    if wrong:
        raise BadInput(wrong)
    return read


def _fits(one: Settled, value: Any) -> bool:
    keys = [key for key, _label in one.options]
    match one.type:
        case "yes_no":
            return value is None or isinstance(value, bool)
        case "choice":
            return value in ("", *keys)
        case "several":
            return isinstance(value, list) and all(each in keys for each in value)
        case "lines":
            return (
                isinstance(value, list)
                and len(value) <= MOST_LINES
                and all(isinstance(each, str) and each.strip() and _short(each, 120) for each in value)
            )
        case "text":
            return isinstance(value, str) and _short(value, 120)
        case _:
            return isinstance(value, str) and _short(value, LONGEST)


def _short(text: str, most: int) -> bool:
    return len(text) <= most and "\x00" not in text
