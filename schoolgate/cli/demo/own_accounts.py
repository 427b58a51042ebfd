"""Staff ask about their own accounts and contacts, save what the policy answers, and check their profiles."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from schoolgate.cli.demo.stage import Stage
from schoolgate.conduct import wording
from schoolgate.conduct.answers import ask_for_leave, ask_to_talk, keep_answer, note_talk, reminder_of
from schoolgate.conduct.leaving import answer_reminder, note_gone, remind_leavers, tell_to_remove
from schoolgate.conduct.models import KeptAnswer
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import give_word
from schoolgate.core.clock import local_day
from schoolgate.people.actions import add_person, give_assignment, record_departure
from schoolgate.people.models import Person
from schoolgate.policy.actions.permitting import permit
from schoolgate.policy.advising import advise
from schoolgate.policy.choices import choose_reminders
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.yaml_text import plain

MORE = Path(__file__).with_name("own_answers.yaml")
"""What else the writer asks, so that each clause shows at work."""
STAFF = {"me": "staff", "channel": "personal", "other.family": "no", "other.also": "none"}
FORMER = {**STAFF, "other.left_on": "2024-07-19", "other.date_of_birth": "2008-03-14"}
FAMILY = {**STAFF, "other.family": "yes"}
PARENT = {**STAFF, "other.child_on_roll": "yes", "other.of_other_school": "no"}
GOOD_PAGE = {
    "me": "staff", "kind": "social_page", "names": "school", "links_to": "none", "affects": "none",
    "shows": "none", "disclaimer": "yes", "disclaimer_easily_seen": "yes", "privacy": "strictest",
    "contact_address": "private", "gives_own_details": "no", "has_pictures": "yes",
    "pictures_by_others": "yes", "tagged": "yes", "fits_own_picture": "yes",
    "related_fits_own_picture": "yes", "fits_conduct_expected": "yes",
    "related_fits_conduct_expected": "yes", "fits_professional_face": "yes",
}  # fmt: skip
BLOG = {**GOOD_PAGE, "kind": "blog"}
CALL = {"me": "staff", "way": "phone", "to_relation": "parent"}
MY_LIFE = {
    "me": "staff", "could_hurt": "self, personal~self, professional~federation", "unsuitable": "no",
    "gives_own_details": "yes", "own_details_risky": "no",
}  # fmt: skip
USED = {"me": "staff", "information.0.labels": "confidential", "information.0.owner": "federation"}
ASKED: dict[str, list[tuple[str, Mapping[str, str]]]] = {
    "wildground": [("former-pupil-asks", FORMER), ("own-account", STAFF)],
    "boroughbridge": [
        ("former-pupil-asks", FORMER),
        ("follow-former-pupil", FORMER),
        ("colleague-contact", {**STAFF, "wanted": "yes"}),
    ],
    "learn-to-live": [
        ("post-about-me", MY_LIFE),
        ("answer-on-private-phone", CALL),
        ("answer-on-private-phone", {**CALL, "way": "email"}),
        ("private-phone-for-work", {**CALL, "way": "email"}),
    ],
    "llanidloes": [("logo-own-page", GOOD_PAGE), ("use-work-information", USED)],
    "wootton": [
        ("say-where-i-work", GOOD_PAGE),
        ("touchy-matter", {"me": "staff", "touchy_school_matter": "yes", "marked_as_own": "yes"}),
        (
            "school-systems",
            {"me": "staff", "serves": "teaching", "what": "messages", "private_from_school": "no"},
        ),
        ("wikipedia", {"me": "staff", "for_themselves": "yes", "at_work": "yes", "connection": "school"}),
    ],
}
"""What the writer of a federation asks and saves; federations that are left out have no such page filled."""


def asks_about_own_accounts(stage: Stage) -> None:
    """Let the writer save answers and check their profile, and show what else this policy asks."""
    asked = ASKED.get(stage.key)
    if asked is None:
        return
    writer = stage.who("writer")
    for entry, said in asked:
        _save(stage, writer, entry, said)
    for one in plain(MORE.read_bytes(), MORE.name)[stage.key]:
        _save(stage, writer, one["ask"], one.get("said", {}), minutes=0.1)
    _save(stage, writer, "check-own-profile", BLOG if stage.key == "llanidloes" else GOOD_PAGE, carries=True)
    _declares(writer, at=stage.later(2))
    if stage.key == "boroughbridge":
        _talks_it_over(stage, writer)
        _save(stage, writer, "follow-pupil", FAMILY, unsure=True)
        _chooses_reminders(stage)
    if stage.key == "learn-to-live":
        _asks_for_leave(stage, writer)
    if stage.key == "wootton":
        _removes_a_post(stage, writer)
    if stage.key in ("boroughbridge", "wildground"):
        _leaves(stage)


def _save(
    stage: Stage,
    by: Person,
    entry: str,
    said: Mapping[str, str],
    *,
    carries: bool = False,
    unsure: bool = False,
    minutes: float = 4,
) -> KeptAnswer:
    """Answer the questions one by one, as on the page; what is not known, or no answer there, stays open."""
    at, given = stage.later(minutes), dict[str, list[str]]()
    while (question := advise(ENTRIES[entry], given, by=by, at=at).question) is not None:
        path = question.leaf.path
        given[path] = ["-"] if path in given else [said.get(path, "-")]
    return keep_answer(by=by, at=at, entry=ENTRIES[entry], answers=given, carries=carries, unsure=unsure)


def _declares(writer: Person, *, at: datetime) -> None:
    """The writer makes the declaration that the policy asks of them, where it asks any."""
    asked = wording.asked_of([writer], at=at)[writer.pk]
    give_word(
        by=writer, at=at, said={one.topic: "shown" if one.topic == "disclaimer" else "none" for one in asked}
    )


def _talks_it_over(stage: Stage, writer: Person) -> None:
    """A parent is a friend from before: the writer talks it over with the Senior Authoriser."""
    row = _save(stage, writer, "parent-asks", PARENT, unsure=True)
    ask_to_talk(by=writer, at=stage.later(), answer=row)
    at = stage.later(40)
    note_talk(by=stage.who("decider"), at=at, answer=row, on=local_day(at))


def _asks_for_leave(stage: Stage, writer: Person) -> None:
    """On a trip there is only the writer's own phone: the headteacher allows it for two weeks."""
    row = _save(stage, writer, "private-phone-for-work", CALL)
    asked = ask_for_leave(
        by=writer,
        at=stage.later(),
        answer=row,
        text="By phone, to parents.",
        words="For the trip to Cardiff.",
    )
    at = stage.later(30)
    permit(by=stage.who("decider"), at=at, asked=asked, until=local_day(at) + timedelta(days=14))


def _chooses_reminders(stage: Stage) -> None:
    owner = stage.people[stage.cast.first.key]
    choose_reminders(by=owner, at=stage.later(), topic="settings", each_term=False, days=182)
    choose_reminders(by=owner, at=stage.later(), topic="connections", each_term=False, days=182)
    remind_of_own_accounts(at=stage.later())


def _removes_a_post(stage: Stage, writer: Person) -> None:
    at = stage.later()
    row = tell_to_remove(
        by=stage.who("decider"), at=at, person=writer, words="The joke about the inspection.",
        reply_by=at + timedelta(hours=4),
    )  # fmt: skip
    note_gone(by=writer, at=stage.later(30), removal=row)


def _leaves(stage: Stage) -> None:
    """A teaching assistant leaves at the end of the month, and confirms what stays confidential."""
    first = stage.people[stage.cast.first.key]
    leaver = add_person(
        by=first, at=stage.later(1), name="Ned Fry", email=f"ned.fry@{stage.key}.example", relation="staff",
        language="en",
    )  # fmt: skip
    on = local_day(stage.clock)
    role = next(who.roles[-1] for who in stage.cast.people if who.key == stage.cast.writer)
    give_assignment(by=first, at=stage.later(1), person=leaver, role_key=role, from_day=on)
    record_departure(
        by=first, at=stage.later(1), person=leaver, left_on=local_day(stage.now) + timedelta(days=21)
    )
    remind_leavers(at=stage.later(1))
    reminder = reminder_of(leaver)
    if reminder is not None:
        answer_reminder(by=leaver, at=stage.later(4), reminder=reminder, confirms=True)
