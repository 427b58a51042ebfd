"""The people and schools of the five example federations, all invented; how they sign in; the school years
around a day; and where a story has come to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from schoolgate.cli.examples import EXAMPLES, ExampleSignIn
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.models import Country, Federation, School
from schoolgate.core.typed import typed
from schoolgate.people.models import Person, User
from schoolgate.people.persons import PASSWORD, choose_password, invite
from schoolgate.people.rules import factor_is_compulsory
from schoolgate.people.sessions import note_factor
from schoolgate.rulebook import book


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
