"""The story of one example federation, from its first person to what waits today. Every instant is passed
in.

The example federation's policy in its own words, written for the example, and what those who answer for
it note of how it works.

Pupils with their consents, from a list as an office exports it; permissions that owners gave, and posts
that use them, that the policy stops or asks more of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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
    asks_about_own_accounts,
    checks_and_searches,
    email_of,
    give_second_step,
    inset_days_around,
    let_in,
    misses_check_in,
    sets_rota,
    terms_around,
)
from schoolgate.cli.demo.concerns import records_breach, somebody_says
from schoolgate.cli.demo.inbox import (
    a_journalist_rings,
    a_watch_finds_a_post,
    colleagues_share,
    moderators_act,
)
from schoolgate.cli.demo.posts import (
    ANSWERS,
    announces_day,
    asks_now,
    drafted,
    goes_out_of_date,
    keeps_texts,
    sends_news,
    tell_posts,
    what_became,
)
from schoolgate.core import files
from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Refused, SchoolgateError
from schoolgate.core.models import Federation, School
from schoolgate.core.reading_once import remember_reads
from schoolgate.core.setting_up import add_federation
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.networks.capabilities import OURS
from schoolgate.people.assignments import give_assignment
from schoolgate.people.list_importer import apply, explain_columns, explain_words, keep_list, upload
from schoolgate.people.models import LeadState, Person
from schoolgate.people.persons import add_person, say_reads_welsh
from schoolgate.people.rules import can
from schoolgate.policy.acknowledging import acknowledge, ask_who_is_bound
from schoolgate.policy.adopting import adopt
from schoolgate.policy.books import pack_of
from schoolgate.policy.checks import questions_for, take_check
from schoolgate.policy.choices import choose_working_day
from schoolgate.policy.documents import Known, add_document, own_words_of, place_passages, read_own_words
from schoolgate.policy.knowing import wants
from schoolgate.policy.leads import agree_to_lead, may_agree, name_safeguarder
from schoolgate.policy.measuring import SETTLED
from schoolgate.policy.models import PolicyVersion, PracticeKind
from schoolgate.policy.permitting import ask_first, permit
from schoolgate.policy.queries import in_force
from schoolgate.policy.readings import sign_reading
from schoolgate.policy.reviewing import end_practice, note_practice
from schoolgate.policy.rules import check_may_record_training
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from schoolgate.publishing.approving import ask_for_post, submit_post
from schoolgate.publishing.drafting import withdraw_post
from schoolgate.publishing.models import OwnerPermission
from schoolgate.publishing.owners import end_owner_permission, record_owner_permission
from schoolgate.publishing.permissions import RIGHTS_DOUBT
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.models import Answer, Pupil
from schoolgate.reports.keeping import measure
from schoolgate.rulebook.working_time import DaysThatCount

HAS_ONE = "wildground"
DOCUMENT = Path(__file__).with_name("school_policy.md")
NOT_CHECKED = ("Introduction (scope)", "Process for creating new accounts")
"""Sections whose words were found and not checked yet."""
FOUND_WRONGLY = ("wildground-roles-26",)


def adds_own_words(stage: Stage, version: PolicyVersion) -> None:
    """Add the document before anyone signs; its owner has checked most clauses."""
    if stage.key != HAS_ONE:
        return
    owner = stage.people[stage.cast.first.key]
    read = read_own_words(DOCUMENT.read_bytes(), "social-media-policy.md")
    stored = files.keep(read.content, read.media_type)
    document = add_document(by=owner, at=stage.later(), version=version, read=read, digest=stored.digest)
    version.refresh_from_db()
    own = own_words_of(version)
    if own is None:
        raise ValueError("the version has its document now")
    found = {
        clause.id: passage.numbers
        for clause in pack_of(version).clauses.values()
        if clause.section not in NOT_CHECKED and clause.id not in FOUND_WRONGLY
        for passage in [own.passage(clause.id)]
        if passage.known is Known.FOUND
    }
    place_passages(by=owner, at=stage.later(), document=document, passages=found)


OWNERS = {"boroughbridge": "martin", "wootton": "karen", "wildground": "grace"}
"""Federation -> who looks after its policy or oversees it."""
RECOMMENDED_TO = {"boroughbridge": "Governors", "wootton": "Board of Directors"}
DELEGATED = {"wootton": ("Board of Directors", "Principal")}
"""Federation -> which role left the policy's daily running to which."""
MONTH = timedelta(days=30)


def notes_practice(stage: Stage) -> None:
    """Watch how the policy works; where the policy asks for it, recommend a change, and record the schools'
    plans, what is to be done and whether training had an effect."""
    if stage.key not in OWNERS:
        return
    by, on = stage.people[OWNERS[stage.key]], local_day(stage.clock)
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.WATCHED, on=on, due=on + 3 * MONTH,
        words="Looked at late replies and at refused posts. Mondays are the slowest day.",
        figures={"incidents": None, "overdue tasks": 1, "training coverage": 4},
    )  # fmt: skip
    if stage.key not in RECOMMENDED_TO:
        return
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.CHANGE, on=on, words="Only one person replies on Mondays.",
        advice="Put two people on the rota for Mondays.", to_role=RECOMMENDED_TO[stage.key],
    )  # fmt: skip
    if stage.key in DELEGATED:
        delegates, to = DELEGATED[stage.key]
        note_practice(
            by=by, at=stage.later(), kind=PracticeKind.DELEGATION, on=on, due=on + 12 * MONTH,
            from_role=delegates, to_role=to, words="The policy’s daily running.",
            reference="Minutes of the Board, item 14",
        )  # fmt: skip
    if stage.key != "boroughbridge":
        return
    for school in stage.schools:
        plan = note_practice(
            by=by, at=stage.later(), kind=PracticeKind.PLAN, on=on, school=school,
            words="Pupils learn to judge what they read online.", reference="Governors’ minutes, item 6",
        )  # fmt: skip
        end_practice(
            by=by, at=stage.later(), row=plan, outcome="The sections on pupils and parents follow it."
        )
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.TASK, on=on, due=on + MONTH,
        words="Put the policy into the staff handbook.",
    )  # fmt: skip
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.TRAINING, on=on,
        words="Most could say who to ask about a photo.", advice="Practise with real posts next time.",
        figures={"asked": 12, "right": 9},
    )  # fmt: skip


COLUMNS = {
    "key": "Admission number", "first_name": "Forename", "last_name": "Surname", "form": "Reg",
    "born_on": "DOB", "picture": "Photo", "film": "Video", "name": "Name online",
}  # fmt: skip
WORDS = {"yes": Answer.GIVEN, "no": Answer.REFUSED}
ROWS = """
1001,Ava,Thomas,4B,3/10/2017,Yes,Yes,No
1002,Tomos,Ellis,4B,21/1/2018,Yes,,No
1003,Amelia,Shah,4B,9/5/2018,No,No,No
1004,Noah,Bright,4B,30/11/2017,Yes,Yes,Yes
1005,Mali,Rees,4B,2/2/2018,,,
1006,Oskar,Nowak,5A,17/9/2016,Yes,Yes,No
1007,Grace,Obi,5A,4/12/2016,Yes,No,No
1008,Idris,Khan,5A,8/7/2017,Yes,Yes,No
1009,Freya,Lund,5A,26/4/2017,No,No,No
1010,Jac,Morgan,5A,11/11/2016,Yes,Yes,Yes
"""


def pupils_and_consents(stage: Stage) -> None:
    """Import one class list, then record a parent's later no and a pupil's own."""
    by, school = stage.people[stage.cast.first.key], stage.schools[0]
    content = "\n".join([",".join(COLUMNS.values()), ROWS.strip()]).encode()
    kept = keep_list(content, federation_id=current_scope().federation_id)
    importing = upload(kind=PUPILS, by=by, at=stage.later(), kept=kept)
    explain_columns(
        kind=PUPILS, by=by, at=stage.later(), importing=importing, sheet=kept.sheet, name="Pupils",
        columns=COLUMNS, defaults={"school": str(school.pk)}, shape=kept.shape,
    )  # fmt: skip
    words = dict.fromkeys(("picture", "film", "name"), WORDS)
    importing = PUPILS.find(by, importing.pk)
    explain_words(kind=PUPILS, by=by, at=stage.later(), importing=importing, words=words)
    at = stage.later()
    seen = PUPILS.preview(importing, kept.sheet, by=by, on=at.date()).seen
    apply(kind=PUPILS, by=by, at=at, importing=importing, sheet=kept.sheet, seen=seen)
    pupils = {each.key: each for each in Pupil.objects.all()}
    for key, giver, who in (("1007", "parent", "Ada Obi"), ("1010", "pupil", "")):
        record_answer(
            by=by, at=stage.later(), pupil=pupils[key], uses=["picture", "film"], answer=Answer.REFUSED,
            giver=giver, who=who, form="spoken",
        )  # fmt: skip


PERMISSIONS: tuple[dict[str, Any], ...] = (
    {
        "what": "text", "title": "The Pool at Dusk", "owner": "Rowan Hale", "form": "written",
        "by_line": "Poem: Rowan Hale", "limits": "Printed leaflets",
    },
    {
        "what": "music", "title": "March of the Lanterns", "owner": "Small Hours Music", "form": "licence",
        "by_line": "Music: Small Hours",
    },
    {"what": "name", "title": "Hill Bakery", "owner": "Hill Bakery", "form": "written"},
    {"what": "logo", "title": "Badge of the rowing club", "owner": "The rowing club", "form": "spoken"},
)  # fmt: skip
USES = (
    "Thursday's assembly ended with a poem and a march. Poem: Rowan Hale. Music: Small Hours. Rolls came"
    " from Hill Bakery. More: https://assembly.example/thursday"
)
LINKS = {"links_fitting": True, "links_safe": True, "links_blocked": False, "links_own_business": False}


@dataclass(frozen=True)
class Written:
    """A post that the writer sends for approval and withdraws; the policy may stop it. `only`: the
    federations whose writers do; empty: all. `alt`: it has a picture of the people listed."""

    text: str
    answers: Mapping[str, Any]
    people: Sequence[Mapping[str, Any]] = ()
    only: tuple[str, ...] = field(default=())
    alt: str = ""


def _shown(relation: str) -> dict[str, Any]:
    return {
        "relation": relation, "shown": True, "named": "no", "at_school_activity": True,
        "consent": True, "consent_written": True, "consent_by": "self",
        "opted_out": False, "do_not_publish": False,
    }  # fmt: skip


COLLEAGUE = {"relation": "staff", "shown": False, "named": "full", "consent": True, "consent_by": "self"}
POSTS = (
    Written(
        "The reading scheme is worth every hour, I think. Views are my own.",
        {"personal_view": True, "disclaimer": True, "may_be_controversial": True},
    ),
    Written("Our pupils came second in the county quiz.", {"tells_success_or_news": True}),
    Written("The staffing plan for next year is attached.", {"labelled": "confidential"}),
    Written("What the new kitchen will cost us.", {"labelled": "commercially sensitive"}),
    Written("Our supplier's price list.", {"labelled": "business-sensitive"}, only=("learn-to-live",)),
    Written("A page of the trust's own scheme of work.", {
        "labelled": "intellectual property of the trust",
    }, only=("wootton",)),
    Written("A design that a company sent us.", {"labelled": "company"}, only=("llanidloes",)),
    Written("Aim higher. The open evening is on Tuesday.", {"uses_mark": "slogan"}, only=("wootton",)),
    Written("The crest, as it was in 1902.", {"uses_mark": "trademark"}, only=("wootton",)),
    Written("Who took this photograph of the old hall?", {"rights_in_doubt": True}, only=("wootton",)),
    Written("There will be a sixth minibus next year.", {"discloses": True}, only=("wootton",)),
    Written("Carved spoons for the fair: https://spoons.example/shop", {
        **LINKS, "links_own_business": True,
    }, only=("wildground", "boroughbridge")),
    Written("We promise a reply within a week.", {"commits": True}, only=("wootton",)),
    Written("Our autumn giveaway begins today.", {"starts_something": True}, only=("wootton",)),
    Written("We're looking for guest writers.", {"calls_for_people": True}, only=("wootton",)),
    Written("Ed Shaw leaves the team after nine years.", {"names_somebody": True}, [
        {**COLLEAGUE, "consent_written": True},
    ], only=("wootton",)),
    Written("Planting day with everyone who came.", {"connected": True}, [
        _shown(each) for each in ("staff", "governor", "other")
    ], only=("learn-to-live",), alt="Three grown-ups with spades beside a row of young trees."),
)  # fmt: skip
"""By these and the answers of a careful author."""


ADVISED = {"wootton": ("lou", "kit")}
"""Federation -> who answers a doubt about rights, and whose advice they need first."""
TUNE = "The band closes the year with the old marching tune of our town."


def owners_agree(stage: Stage, account: Account) -> None:
    """Record what owners agreed to, use three of these in a post, and end one; then write what the policy
    stops or has more questions about. That is withdrawn again, so that it doesn't wait for an approver."""
    rows = [_records(stage, said) for said in PERMISSIONS]
    answers = {**ANSWERS, **LINKS}
    post = drafted(stage, USES, account, answers=answers, owners=rows[:3])
    submit_post(by=stage.who("writer"), at=stage.later(2), post=post)
    end_owner_permission(by=stage.who("writer"), at=stage.later(2), permission=rows[3])
    for one in POSTS:
        if not one.only or stage.key in one.only:
            _sends(stage, one, account)
    if stage.key in ADVISED:
        _rights_settled(stage, account)


def _rights_settled(stage: Stage, account: Account) -> None:
    """The writer doubts who owns a tune; the role that answers asks its advisers first, and says yes."""
    answers, expert = ADVISED[stage.key]
    director, adviser = (stage.people[key] for key in (answers, expert))
    post = drafted(stage, TUNE, account, answers={**ANSWERS, "rights_in_doubt": True})
    asked = ask_for_post(
        by=stage.who("writer"), at=stage.later(2), post=post, covers=RIGHTS_DOUBT, words="Is the tune free?"
    )
    put = ask_first(by=director, at=stage.later(20), asked=asked, words="Who owns the tune?")
    permit(by=adviser, at=stage.later(40), asked=put, words="It has been free since 1994.")
    permit(by=director, at=stage.later(9), asked=asked, words="Yes. Our advisers have looked at it.")


def _records(stage: Stage, said: Mapping[str, Any]) -> OwnerPermission:
    at = stage.later(2)
    named = said["what"] == "name"  # the bakery agreed to two accounts
    return record_owner_permission(
        by=stage.who("writer"), at=at, school=stage.schools[0],
        accounts=_open_at(stage.schools[0]) if named else (), given_on=local_day(at) - timedelta(days=9),
        until=local_day(stage.now) + timedelta(days=365), **said,
    )  # fmt: skip


def _open_at(school: School) -> list[Account]:
    return list(Account.objects.filter(school=school, state="open").order_by("pk"))


def _sends(stage: Stage, one: Written, account: Account) -> None:
    post = drafted(
        stage, one.text, account, answers={**ANSWERS, **one.answers}, people=one.people,
        pictures=(one.alt,) if one.alt else (),
    )  # fmt: skip
    with suppress(Refused):
        post = submit_post(by=stage.who("writer"), at=stage.later(1), post=post)
    withdraw_post(by=stage.who("writer"), at=stage.later(1), post=post)


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
    if who.language == "cy":
        say_reads_welsh(by=person, at=stage.later(), reads=True)
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
