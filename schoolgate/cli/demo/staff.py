"""What staff of the examples do beside posts: ask about their own accounts and contacts, swap a shift,
check the school's systems and search for a candidate, where the policy allows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from schoolgate.cli.demo.cast import Stage
from schoolgate.conduct import wording
from schoolgate.conduct.answers import ask_for_leave, ask_to_talk, keep_answer, note_talk, reminder_of
from schoolgate.conduct.leaving import answer_reminder, note_gone, remind_leavers, tell_to_remove
from schoolgate.conduct.models import KeptAnswer
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import give_word
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import Refused
from schoolgate.people.assignments import give_assignment
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.people.persons import add_person
from schoolgate.policy.advising import advise
from schoolgate.policy.choices import CANDIDATE_RESULTS, MONITORED_COPIES, choose_days, choose_reminders
from schoolgate.policy.permitting import permit
from schoolgate.rota.models import Shift
from schoolgate.rota.setting import add_shifts, make_rota
from schoolgate.rota.swapping import ask, sweep
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.yaml_text import plain
from schoolgate.searches import checks, queries, recruiting
from schoolgate.searches.checks import CheckAsked, speaks_of
from schoolgate.searches.models import SystemCheck
from schoolgate.searches.recruiting import VacancyEntered

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


DAYS = {MONITORED_COPIES: 28, CANDIDATE_RESULTS: 180}


def checks_and_searches(stage: Stage) -> None:
    """Add checks and a vacancy, as far as the policy speaks of them."""
    on = local_day(stage.clock)
    if speaks_of("personal.watch", "private_life", on=on):
        with suppress(Refused):  # the policy leaves private life alone; its answer is kept
            _asks(stage, own_account=True, names_school=False, affects_school=False)
    if speaks_of("systems.monitor", "monitoring", on=on):
        _makes(stage, _asks(stage))
    if speaks_of("recruitment.search", "candidate_search", on=on):
        for what, days in DAYS.items():
            choose_days(
                by=stage.people[stage.cast.first.key], at=stage.later(), what=what, days=days, from_day=on
            )
        for act in ("intercept", "log keystrokes"):
            with suppress(Refused):  # never done here, whatever the policy reserves to itself
                _asks(stage, act=act)
        _asks(stage, act="watch the network", assessed_on=on, assessed_by=stage.who("approver"))
        _copies(stage)
        _recruits(stage)


def _asks(stage: Stage, **changed: Any) -> SystemCheck:
    on = local_day(stage.clock)
    week = on - timedelta(days=7)
    given: dict[str, Any] = {
        "doer": stage.who("opener"), "about": stage.who("writer"), "act": "review", "target": "postings",
        "purpose": "rule compliance", "done": "off duty at work", "on_systems": True, "own_account": False,
        "range_from": week, "range_to": on, "case_from": week, "case_to": on,
        "make_by": on + timedelta(days=5), "policy_named": "IT acceptable use policy",
        "policy_of": "Federation policies", "what": "Evening posts from the staff room computer",
        "why": "The computer was left signed in",
    }  # fmt: skip
    return checks.ask_check(by=stage.who("decider"), at=stage.later(), asked=CheckAsked(**(given | changed)))


def _makes(stage: Stage, check: SystemCheck) -> None:
    told = "Two posts, both by the person who was signed in."
    checks.record_result(by=check.doer, at=stage.later(), check=check, result=told)


def _copies(stage: Stage) -> None:
    """A need of the work, agreed by a second person, with two copies: one passed on, one destroyed early."""
    need, second = "legitimate business purpose", stage.who("approver")
    check = _asks(stage, purpose=need, second=second, target="log-ins", why="Plan cover for the help desk")
    checks.agree(by=second, at=stage.later(), check=check)
    _makes(stage, check)
    copies = [
        checks.store_copy(by=check.doer, at=stage.later(), check=check, content=content)
        for content in ("Sign-ins by hour", "Sign-ins by day")
    ]
    by = stage.who("decider")
    checks.use_copy(by=by, at=stage.later(), copy=copies[0], how="print")
    checks.use_copy(
        by=by, at=stage.later(), copy=copies[0], how="disclose", recipient="IT provider",
        reason="To plan the help desk’s hours", legal_basis="UK GDPR Article 6(1)(e)",
    )  # fmt: skip
    checks.destroy_copy(by=by, at=stage.later(), copy=copies[1])


def _recruits(stage: Stage) -> None:
    """Two shortlisted candidates, told and searched for alike by a person who isn't on the panel."""
    head, on = stage.people[stage.cast.first.key], local_day(stage.clock)
    searcher = stage.who("opener")
    vacancy = recruiting.enter_vacancy(
        by=head, at=stage.later(), entered=VacancyEntered(
            title="Teacher of geography", searcher=searcher, panel=[head, stage.who("approver")],
            terms="Full name and current school, public pages only", shortlisted_on=on, on_shortlist=2,
            names=["Robin Sample", "Jamie Sample"], school=stage.schools[0],
        ),
    )  # fmt: skip
    recruiting.record_telling(by=head, at=stage.later(), vacancy=vacancy, told_on=on, told_how="email")
    recruiting.start_search(by=head, at=stage.later(), vacancy=vacancy)
    for number, found in ((1, "Runs a public geography blog for pupils"), (2, "")):
        recruiting.record_search(
            by=searcher, at=stage.later(), candidate=queries.candidate_of(vacancy, number), same_terms=True,
            found=found, relevant="Shows experience that the job asks for" if found else "",
        )  # fmt: skip
    vacancy.refresh_from_db()
    recruiting.read_results(by=head, at=stage.later(), vacancy=vacancy)
    first = queries.candidate_of(vacancy, 1)
    recruiting.record_answer(by=head, at=stage.later(), candidate=first, answer="Yes, that is my blog.")
    recruiting.decide_appointment(by=head, at=stage.later(), vacancy=vacancy, decided_on=on, appointed=[1])


MORNING, EVENING, LATE = time(8), time(18), time(10)
DAY = timedelta(days=1)


def sets_rota(stage: Stage) -> None:
    """Let the first person set the rota; its people take turns, day by day, from the end of the story."""
    if not stage.cast.on_duty:
        return
    by, starts, first = stage.people[stage.cast.first.key], _starts(stage.now), _day_on_duty(stage.now)
    rota = make_rota(by=by, at=stage.later(), school=None)
    for n in range(7):
        person = stage.people[stage.cast.on_duty[n % len(stage.cast.on_duty)]]
        add_shifts(
            by=by, at=stage.later(1), rota=rota, weekdays=[(first + n * DAY).weekday()], starts=starts,
            nights=1, ends=starts, from_day=first, person=person,
        )  # fmt: skip


def misses_check_in(stage: Stage) -> None:
    """The person on duty doesn't check in, and asks the next person to take a later shift."""
    if not stage.cast.on_duty:
        return
    sweep(at=stage.later())
    one, other = (stage.people[key] for key in stage.cast.on_duty[:2])
    day = _day_on_duty(stage.now) + len(stage.cast.on_duty) * DAY
    shift = Shift.objects.get(weekday=day.weekday())
    ask(by=one, at=stage.later(), shift=shift, day=day, to=other)


def _starts(now: datetime) -> time:
    """Return when shifts start: long enough ago for the shift of now to have been missed."""
    return EVENING if MORNING <= now.astimezone(LONDON).time() < LATE else MORNING


def _day_on_duty(now: datetime) -> date:
    """Return the day on which the shift of now started."""
    return local_day(now) - (DAY if now.astimezone(LONDON).time() < _starts(now) else timedelta())
