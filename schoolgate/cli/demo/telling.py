"""The story of one example federation, from its first person to what waits today. Every instant is passed
in."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.accounts import (
    has_account,
    keeps_keys,
    looks_in,
    looks_in_once_more,
    people_ask,
    proposes,
    tell_register,
    thinks_again,
    topics_of_training,
    were_there,
)
from schoolgate.cli.demo.cast import (
    CAST,
    Stage,
    Who,
    email_of,
    give_second_step,
    inset_days_around,
    let_in,
    terms_around,
)
from schoolgate.cli.demo.concerns import records_breach, somebody_says
from schoolgate.cli.demo.inbox import (
    a_journalist_rings,
    a_watch_finds_a_post,
    colleagues_share,
    moderators_act,
)
from schoolgate.cli.demo.permissions import owners_agree, pupils_and_consents
from schoolgate.cli.demo.policy import adds_own_words, notes_practice
from schoolgate.cli.demo.posts import (
    announces_day,
    asks_now,
    goes_out_of_date,
    keeps_texts,
    sends_news,
    tell_posts,
    what_became,
)
from schoolgate.cli.demo.staff import asks_about_own_accounts, checks_and_searches, misses_check_in, sets_rota
from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Refused, SchoolgateError
from schoolgate.core.models import Federation, School
from schoolgate.core.reading_once import remember_reads
from schoolgate.core.setting_up import add_federation
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import OURS
from schoolgate.people.assignments import give_assignment
from schoolgate.people.models import LeadState, Person
from schoolgate.people.persons import add_person
from schoolgate.people.rules import can
from schoolgate.policy.acknowledging import acknowledge, ask_who_is_bound
from schoolgate.policy.adopting import adopt
from schoolgate.policy.checks import questions_for, take_check
from schoolgate.policy.choices import choose_working_day
from schoolgate.policy.knowing import wants
from schoolgate.policy.leads import agree_to_lead, may_agree, name_safeguarder
from schoolgate.policy.measuring import SETTLED
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.queries import in_force
from schoolgate.policy.readings import sign_reading
from schoolgate.policy.rules import check_may_record_training
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from schoolgate.reports.measuring import measure
from schoolgate.rulebook.working_time import DaysThatCount

BEGINS = timedelta(days=30)


class StoryBroken(RuntimeError):
    """An action refused a step of the story: the story or the program is wrong."""


def tell(key: str, *, now: datetime, heard: Callable[[int, int], None] = lambda _done, _of: None) -> bool:
    """Fill an example federation, all of it or nothing; return False if it is there already. `heard` is told
    how many parts of the story are done, and of how many.

    A run that was killed leaves at most the federation's line in the directory, and the next run continues
    from it.
    """
    cast = CAST[key]
    federation = Federation.objects.filter(slug=key, is_example=True).first() or add_federation(
        slug=key, name=cast.name, policy_key=key, languages=cast.languages, is_example=True
    )
    with scope(federation.pk):
        if PolicyVersion.objects.exists():
            return False
        remember_reads()
        stage = Stage(key, cast, clock=now - BEGINS, now=now)
        stage.go_on(days_ago=BEGINS.days - 1)
        parts = _parts(stage, federation)
        try:
            for number, part in enumerate(parts, 1):
                part()
                heard(number, len(parts))
        except SchoolgateError as error:
            # Such an error would save what was written so far; a story that breaks off must not be saved.
            raise StoryBroken(_why(key, error)) from error
    return True


def _parts(stage: Stage, federation: Federation) -> list[Callable[[], object]]:
    """Return the story, part by part, in order."""
    accounts: list[Account] = []
    return [
        lambda: _people(stage, federation),
        lambda: _schools(stage),
        lambda: _lead(stage),
        lambda: _policy(stage),
        lambda: accounts.extend(_accounts(stage)),
        lambda: were_there(stage),
        lambda: keeps_keys(stage, accounts[1]),
        lambda: sets_rota(stage),
        lambda: tell_register(stage),
        lambda: somebody_says(stage),
        lambda: checks_and_searches(stage),
        lambda: records_breach(stage),
        lambda: a_journalist_rings(stage),
        lambda: a_watch_finds_a_post(stage),
        lambda: pupils_and_consents(stage),
        lambda: looks_in(stage, accounts),
        lambda: keeps_texts(stage, accounts),
        lambda: owners_agree(stage, accounts[0]),
        lambda: announces_day(stage, accounts[0]),
        lambda: tell_posts(stage, accounts),
        lambda: moderators_act(stage, *accounts),
        lambda: what_became(stage, accounts[0]),
        lambda: asks_about_own_accounts(stage),
        lambda: asks_now(stage, accounts[0]),
        lambda: colleagues_share(stage, accounts[0]),
        lambda: looks_in_once_more(stage, accounts),
        lambda: sends_news(stage),
        lambda: people_ask(stage, accounts[-1]),
        lambda: thinks_again(stage, proposes(stage)),
        lambda: goes_out_of_date(stage),
        lambda: misses_check_in(stage),
        lambda: notes_practice(stage),
        lambda: counts_what_was_asked(stage),
    ]


def counts_what_was_asked(stage: Stage) -> None:
    """Count what reached each rule, as the sweep would have by now."""
    measure(at=stage.now - SETTLED)
    while measure(at=stage.now):
        pass


def _why(key: str, error: SchoolgateError) -> str:
    told = f"{key}: {error}"
    if isinstance(error, BadInput):
        told += f" { ({name: str(why) for name, why in error.fields.items()}) }"
    if isinstance(error, Refused):
        findings = getattr(error.kept, "body", {}).get("findings", [])
        told += f" {[(one['point'], one['message'], one['needs']) for one in findings if one['needs']]}"
    return told


def _people(stage: Stage, federation: Federation) -> None:
    first = _add(stage, stage.cast.first, by=None)
    for who in stage.cast.people[1:]:
        _add(stage, who, by=first)
    for manager, managed in stage.cast.manages:
        give_assignment(
            by=first,
            at=stage.later(),
            person=stage.people[manager],
            role_key="line-manager",
            from_day=local_day(stage.clock),
            managed=stage.people[managed],
        )
    for who in stage.cast.people:
        if who.signs_in:
            let_in(stage.people[who.key], by=first, at=stage.later())


def _add(stage: Stage, who: Who, *, by: Person | None) -> Person:
    person = add_person(
        by=by,
        at=stage.later(),
        name=who.name,
        email=email_of(stage.key, who),
        relation=who.relation,
        language=who.language,
    )
    for role_key in who.roles:
        give_assignment(
            by=by, at=stage.later(1), person=person, role_key=role_key, from_day=local_day(stage.clock)
        )
    stage.people[who.key] = person
    return person


def _schools(stage: Stage) -> None:
    for name in stage.cast.schools:
        school = School.objects.create(
            name=name,
            slug=name.lower().replace("'", "").replace(" ", "-"),
            country=stage.cast.country,
            languages=list(stage.cast.languages),
        )
        set_calendar(
            school=school,
            at=stage.later(),
            by=stage.people[stage.cast.first.key],
            terms=terms_around(local_day(stage.now)),
            inset_days=inset_days_around(local_day(stage.now)),
        )
        stage.schools.append(school)


def _lead(stage: Stage) -> None:
    """Name the safeguarding lead, with a second person's word."""
    first, lead = stage.people[stage.cast.first.key], stage.who("lead")
    change = name_safeguarder(by=first, at=stage.later(), person=lead, place="lead")
    if change.state == LeadState.ASKED:
        at = stage.later()
        others = may_agree(change, at=at)
        agree_to_lead(by=others[0], at=at, change=change, why="They lead on it in our schools already.")
    give_second_step(lead, at=stage.later())


def _policy(stage: Stage) -> None:
    owner = stage.people[stage.cast.first.key]
    version = adopt(by=owner, at=stage.later(60))
    adds_own_words(stage, version)
    sign_reading(by=owner, at=stage.later())
    choose_working_day(
        by=owner, at=stage.later(), counting=DaysThatCount.WEEKDAYS, from_day=local_day(stage.clock)
    )
    _known(stage, version)
    trainer, on = stage.who("decider"), local_day(stage.clock)
    second = [
        each
        for each in stage.people.values()
        if each.pk != trainer.pk and can(check_may_record_training, each, on=on)
    ]
    for person in stage.people.values():
        by = [trainer] if person.pk != trainer.pk else second[:1]
        if person.relation == "staff" and by:
            record_training(person=person, by=by[0], at=stage.later(2), topics=topics_of_training())


def _known(stage: Stage, version: PolicyVersion) -> None:
    """Ask the people bound by the policy to read it, if it asks for that; its staff have done so."""
    following: int | None = 0
    while following is not None:
        following = ask_who_is_bound(at=stage.later(2), after=following)
    policy = in_force(local_day(stage.clock))
    wanted = wants(policy, on=local_day(stage.clock))
    for person in stage.people.values():
        if person.relation != "staff":
            continue
        asked = questions_for(policy.book, person=person.pk, version=version.pk, number=1)
        if wanted.understanding and asked:
            take_check(by=person, at=stage.later(2), number=1, given=[str(one.answer) for one in asked])
        if (wanted.asks or wanted.for_account) and (asked or not wanted.understanding):
            acknowledge(by=person, at=stage.later(2), version=version, answer=True, to_end=True)
        if wanted.understood_for_account:
            attest(kind="policy_understood", about=version, by=person, at=stage.later(2), seen={})


def _accounts(stage: Stage) -> Iterator[Account]:
    """The school's own noticeboard, and a page on a network that a person has to post on by hand."""
    school = stage.schools[0]
    yield has_account(stage, school, network=OURS, name=f"{school.name} noticeboard")
    yield has_account(stage, school, network="facebook", name=f"{school.name} on Facebook")
