"""The people and schools of the five example federations, all invented; how they sign in; the school years
around a day; and where a story has come to.

What staff of the examples do beside posts: ask about their own accounts and contacts, swap a shift,
check the school's systems and search for a candidate, where the policy allows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from schoolgate.cli.examples import EXAMPLES, ExampleSignIn
from schoolgate.conduct import wording
from schoolgate.conduct.answers import ask_for_leave, ask_to_talk, keep_answer, note_talk, reminder_of
from schoolgate.conduct.leaving import answer_reminder, note_gone, remind_leavers, tell_to_remove
from schoolgate.conduct.models import KeptAnswer
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import give_word
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import Refused
from schoolgate.core.home import typed
from schoolgate.core.models import Country, Federation, School
from schoolgate.people.assignments import give_assignment
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person, User
from schoolgate.people.persons import PASSWORD, add_person, choose_password, invite
from schoolgate.people.rules import factor_is_compulsory
from schoolgate.people.sessions import note_factor
from schoolgate.policy.advising import advise
from schoolgate.policy.choices import CANDIDATE_RESULTS, MONITORED_COPIES, choose_days, choose_reminders
from schoolgate.policy.permitting import permit
from schoolgate.rota.models import Shift
from schoolgate.rota.setting import add_shifts, make_rota
from schoolgate.rota.swapping import ask, sweep
from schoolgate.rulebook import book
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.yaml_text import plain
from schoolgate.searches import checks, queries, recruiting
from schoolgate.searches.checks import CheckAsked, speaks_of
from schoolgate.searches.models import SystemCheck
from schoolgate.searches.recruiting import VacancyEntered


@dataclass(frozen=True)
class Who:
    """A person of the cast. `roles` are keys of the policy's own roles; `signs_in`: printed among the
    sign-ins."""

    key: str
    name: str
    roles: tuple[str, ...]
    relation: str = "staff"
    signs_in: bool = True
    language: str = "en"


@dataclass(frozen=True)
class Cast:
    """One federation. The parts of its story name people by key: who looks after the rest, who leads on
    safeguarding, who proposes, who decides, who opens, who writes, who approves, who replies."""

    name: str
    schools: tuple[str, ...]
    people: tuple[Who, ...]
    lead: str
    proposer: str
    decider: str
    opener: str
    writer: str
    approver: str
    answerer: str
    languages: tuple[str, ...] = ("en",)
    country: Country = Country.ENGLAND
    signers: tuple[str, ...] = ()
    notice_to: str = ""
    manages: tuple[tuple[str, str], ...] = ()
    """(line manager, the person they manage)"""
    on_duty: tuple[str, ...] = ()
    """Who takes turns on the rota; none: there is no rota."""

    @property
    def first(self) -> Who:
        """Return the federation's first person, who looks after people and the policy."""
        return self.people[0]


CAST: dict[str, Cast] = {
    "wildground": Cast(
        name="Wildground Federation",
        schools=("Wildground Juniors", "Wildground Infants"),
        people=(
            Who("helen", "Helen Marsh", ("slt",)),
            Who("joe", "Joe Lister", ("administrator-moderator",)),
            Who("priya", "Priya Nair", ("staff",)),
            Who("tom", "Tom Ellery", ("lead-staff-member", "staff")),
            Who("grace", "Grace Obi", ("federation-leadership-team",), relation="governor"),
            Who("dilys", "Dilys Moss", ()),
        ),
        lead="dilys",
        proposer="priya", decider="helen", opener="joe", writer="priya", approver="tom", answerer="tom",
        on_duty=("tom", "joe"),
    ),
    "boroughbridge": Cast(
        name="Boroughbridge High School and King James's School Federation",
        schools=("Boroughbridge High School", "King James's School"),
        people=(
            Who("martin", "Martin Cole", ("staff-lead-director-of-business-services",)),
            Who("sue", "Sue Hart", ("senior-network-manager-senior-authoriser",)),
            Who("tom", "Tom Reed", ("lead-member-of-staff", "all-staff")),
            Who("leah", "Leah Stone", ("other-designated-lead-staff-member", "all-staff")),
            Who("ruth", "Ruth Bell", ("senior-leader",)),
            Who("ivor", "Ivor Hall", ("governors",), relation="governor"),
            Who("joan", "Joan Frith", ()),
        ),
        lead="joan",
        proposer="leah", decider="sue", opener="tom", writer="leah", approver="tom", answerer="tom",
    ),
    "learn-to-live": Cast(
        name="Learn to Live Federation",
        schools=("Harbour Primary School", "Hill Top Primary School"),
        people=(
            Who("olwen", "Olwen Price", ("headteacher",)),
            Who("dan", "Dan Frost", ("slt",)),
            Who("nia", "Nia Webb", ("network-manager",)),
            Who("rob", "Rob Keane", ("staff",)),
            Who("jo", "Jo Dean", ("staff",)),
            Who("meg", "Meg Ward", ("governor", "governing-body"), relation="governor"),
            Who("fay", "Fay Noble", ()),
        ),
        lead="fay",
        proposer="rob", decider="olwen", opener="rob", writer="rob", approver="dan", answerer="jo",
        notice_to="nia",
    ),
    "wootton": Cast(
        name="Wootton Academy Trust",
        schools=("Wootton Upper School",),
        people=(
            Who("karen", "Karen Bright", ("principal",)),
            Who("lou", "Lou Grant", ("finance-director",)),
            Who("pat", "Pat Moor", ("other-senior-manager", "nominated-senior-manager")),
            Who("ann", "Ann Field", ("site-author", "staff")),
            Who("di", "Di Rook", ("administrator", "moderator")),
            Who("ed", "Ed Shaw", ("administrator", "moderator")),
            Who("bo", "Bo Lane", ("board-of-directors",), relation="governor"),
            Who("kit", "Kit Lowe", ("legal-advisers",), relation="contractor", signs_in=False),
            Who("una", "Una Speed", ()),
        ),
        lead="una",
        proposer="ann", decider="karen", opener="di", writer="ann", approver="pat", answerer="di",
        signers=("lou", "pat"), manages=(("lou", "ann"),),
    ),
    "llanidloes": Cast(
        name="Ffederasiwn Ysgolion Llanidloes Schools Federation",
        schools=("Llanidloes High School", "Llanidloes Primary School"),
        people=(
            Who("rhian", "Rhian Evans", ("headteacher",), language="cy"),
            Who("carys", "Carys Huws", ("staff",), language="cy"),
            Who("gethin", "Gethin Lloyd", ("staff",)),
            Who("mair", "Mair Davies", ("moderator",)),
            Who("alun", "Alun Rees", ("governing-body", "chair-of-governing-body"), relation="governor"),
            Who("non", "Non Parry", (), language="cy"),
        ),
        lead="non",
        proposer="carys", decider="rhian", opener="carys", writer="carys", approver="gethin", answerer="mair",
        languages=("en", "cy"), country=Country.WALES,
    ),
}  # fmt: skip


Terms = list[tuple[str, date, date]]


def terms_around(today: date) -> Terms:
    """The terms of the school year of `today`, of the one before and of the one after."""
    year = today.year if (today.month, today.day) >= (9, 1) else today.year - 1
    return [term for first in (year - 1, year, year + 1) for term in _of(first)]


def inset_days_around(today: date) -> list[date]:
    """The first day of each autumn term, when pupils are not in yet."""
    return [begins for name, begins, _ in terms_around(today) if name.startswith("Autumn 1")]


def _of(year: int) -> Terms:
    """A school year of six half-terms; every one begins on a Monday or after a holiday and ends on a
    Friday."""
    after = year + 1
    return [
        (f"Autumn 1 {year}", _monday(date(year, 9, 1)), _friday(date(year, 10, 23))),
        (f"Autumn 2 {year}", _monday(date(year, 11, 2)), _friday(date(year, 12, 18))),
        (f"Spring 1 {after}", _monday(date(after, 1, 4)), _friday(date(after, 2, 12))),
        (f"Spring 2 {after}", _monday(date(after, 2, 22)), _friday(date(after, 3, 24))),
        (f"Summer 1 {after}", _monday(date(after, 4, 12)), _friday(date(after, 5, 28))),
        (f"Summer 2 {after}", _monday(date(after, 6, 7)), _friday(date(after, 7, 21))),
    ]


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


MORNING = time(8, 40)


@dataclass
class Stage:
    """Where a story has come to: who is who, the schools, and a clock that only goes forward."""

    key: str
    cast: Cast
    clock: datetime
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    schools: list[School] = field(default_factory=list)

    def who(self, part: str) -> Person:
        """The person who has a part in the story, such as `writer`."""
        return self.people[getattr(self.cast, part)]

    def go_on(self, *, days_ago: int) -> None:
        """Let the morning of a day come, if it has not gone by already: schools write in the daytime."""
        morning = datetime.combine(local_day(self.now) - timedelta(days=days_ago), MORNING, tzinfo=LONDON)
        self.clock = max(self.clock, min(morning.astimezone(UTC), self.now - timedelta(hours=2)))

    def later(self, minutes: float = 7) -> datetime:
        """Let some minutes pass, and say what time it is."""
        self.clock += timedelta(minutes=minutes)
        return self.clock


def email_of(key: str, who: Who) -> str:
    """An address that no mail can reach (RFC 2606)."""
    return f"{who.key}@{key}.example"


def let_in(person: Person, *, by: Person | None, at: datetime) -> None:
    """Give a person of the cast the password, and two-step verification if one of their roles requires it."""
    choose_password(by=person, at=at, invitation=invite(by=by, at=at, person=person), password=PASSWORD)
    give_second_step(person, at=at)


def give_second_step(person: Person, *, at: datetime) -> None:
    """Give a person of the cast, who has signed in, two-step verification if they need it and have none."""
    User.objects.filter(pk=person.user_id, last_login=None).update(last_login=at)
    has_one = Authenticator.objects.filter(user=person.user_id).exists()
    if factor_is_compulsory(person, on=local_day(at)) and not has_one:
        TOTP.activate(person.user, generate_totp_secret())
        note_factor(by=person, at=at, change="added", kind="totp")


def sign_ins() -> list[ExampleSignIn]:
    """Return everyone who can sign in, federation by federation, in the order of the cast: of one that is
    still being made, no one can."""
    there = set(Federation.objects.filter(is_example=True).values_list("slug", flat=True))
    users = set(User.objects.values_list("email", flat=True))
    with_step = set(
        User.objects.filter(pk__in=Authenticator.objects.values("user_id")).values_list("email", flat=True)
    )
    return [
        ExampleSignIn(
            key=key,
            federation=CAST[key].name,
            name=who.name,
            role=_roles(key, who),
            email=email_of(key, who),
            password=PASSWORD,
            second_step=typed("code", email_of(key, who)) if email_of(key, who) in with_step else "",
        )
        for key in EXAMPLES
        if key in there
        for who in CAST[key].people
        if who.signs_in and email_of(key, who) in users
    ]


def _roles(key: str, who: Who) -> str:
    """Return the policy's own names of the roles held by members of the cast, or that they lead on
    safeguarding, which no policy gives."""
    if who.key == CAST[key].lead:
        return "safeguarding lead"
    keys = [*who.roles, *("line-manager" for manager, _ in CAST[key].manages if manager == who.key)]
    return ", ".join(role.name for role in book(key).roles if role.key in keys)


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


EARLY, EVENING, LATE = time(8), time(18), time(10)
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
    return EVENING if EARLY <= now.astimezone(LONDON).time() < LATE else EARLY


def _day_on_duty(now: datetime) -> date:
    """Return the day on which the shift of now started."""
    return local_day(now) - (DAY if now.astimezone(LONDON).time() < _starts(now) else timedelta())
