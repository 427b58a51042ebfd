"""What a report may say and be asked, and the facts that are made of it and of who was told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, cast

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.models import country_of
from schoolgate.core.subjects import person_key
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import LETS_IN, Danger, Reader, Report, Step, StepKind, Whose
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders, ids_of_line_managers, roles_of
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy.choices import agreed_route_is_here, chosen_times
from schoolgate.rulebook import Book
from schoolgate.rulebook.adviser.leaves import Ask, Leaf, leaves_of
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations.incidents import ChildPart, IncidentKind, IncidentReport, PersonTold
from schoolgate.rulebook.situations.systems import ListeningFound
from schoolgate.triage import Lane, triage

# What reporters may tick, and what each means in the rulebook's facts. Nothing is ticked in advance, and
# what is not ticked stays unknown: reporters need not classify what they saw.


@dataclass(frozen=True)
class Says:
    """One line of the form. `unacceptable`: unacceptable in another way than those that a policy lists;
    `outside`: for visitors as well as for people who are signed in; `today`: a child may come to harm that
    day, so that it's danger unless the reporter says that no one is in any."""

    label: str | Promise
    kinds: tuple[IncidentKind, ...] = ()
    child: tuple[ChildPart, ...] = ()
    suffered: bool = False
    did: bool = False
    broke: bool = False
    unacceptable: bool = False
    outside: bool = True
    today: bool = False


SAYS: Mapping[str, Says] = {
    "hurtful": Says(_("Nasty or threatening words"), ("offensive",)),
    "abuse": Says(_("Abuse or bullying"), ("abuse",)),
    "keeps_on": Says(_("Someone won’t leave me or another person alone"), ("harassing",)),
    "child_written_to": Says(
        _("Someone is messaging a child in a way that isn’t right"),
        ("worry",),
        ("improper_communication",),
        today=True,
    ),
    "child_saw": Says(
        _("A child has seen something upsetting or frightening"), ("worry",), ("exposed_to_information",)
    ),
    "child_treated": Says(
        _("Someone is treating a child badly"), ("worry",), ("exposed_to_behaviour",), today=True
    ),
    "child_told": Says(
        _("A child told me something that worries me"), ("worry",), ("discloses_information",), today=True
    ),
    "child_seems": Says(_("A child seems to be in trouble"), ("worry",), ("displays_behaviour",), today=True),
    "private": Says(
        _("Something private is showing: a name, an address, a picture"), ("data_protection_breach",)
    ),
    "confidential": Says(_("Something confidential has got out"), ("confidentiality_breach",)),
    "copied": Says(_("Someone’s picture, text or music was used without permission"), ("copyright_breach",)),
    "lie": Says(_("A lie about someone"), ("defamatory",)),
    "unfair": Says(_("It treats people unfairly because of who they are"), ("discriminatory",)),
    "taken_over": Says(_("A school account has been hacked or misused"), ("account_abuse",)),
    "misuse": Says(
        _("Someone who works for the school is doing something wrong online"), ("misuse",), broke=True
    ),
    "pupil_wrote": Says(
        _("A pupil contacted a member of staff’s own account"),
        ("worry",),
        ("sent_to_own_account",),
        outside=False,
    ),
    "pestered": Says(
        _("I’m being harassed or targeted because of my work"),
        ("pestered", "targeted"),
        suffered=True,
        outside=False,
    ),
    "mistake": Says(_("I made a mistake on a school account"), ("mistake",), did=True, outside=False),
    "picture_by_mistake": Says(
        _("I took a picture by mistake that could be misunderstood or misused"),
        ("worry",),
        did=True,
        outside=False,
    ),
    "unsure": Says(_("I’m not sure what to do about something"), ("unsure",), outside=False),
    "other": Says(_("Something else that isn’t acceptable"), unacceptable=True),
}
"""Short key, as stored with the report -> what it means."""


def known_kinds(keys: Iterable[str], *, inside: bool) -> list[str]:
    """Return those of these keys that the form offers, each once, in its order."""
    given = set(keys)
    return [key for key, one in SAYS.items() if key in given and (inside or one.outside)]


def lines(*, inside: bool) -> list[tuple[str, str | Promise]]:
    """Return key and words of each line offered to a person inside, or a visitor."""
    return [(key, one.label) for key, one in SAYS.items() if inside or one.outside]


# Which kinds a concern most likely is, so that these are offered first. It decides nothing.

BY_LANE: Mapping[Lane, tuple[str, ...]] = {
    Lane.DANGER: ("worry", "abuse"),
    Lane.THREAT: ("offensive", "harassing"),
    Lane.ABUSE: ("offensive", "abuse"),
    Lane.NAMES_PUPIL: ("data_protection_breach",),
    Lane.PERSONAL_DATA: ("data_protection_breach",),
}
USUAL = ("worry", "offensive", "abuse")
"""What comes next where nothing more is known."""


def likely_first(kinds: Sequence[str], *, ticked: Collection[str], words: str) -> list[str]:
    """Return all of `kinds`, the likely ones first: what was ticked, then what the words of the concern
    show."""
    ranked = triage(words)
    read = [kind for lane in (ranked.lane, *ranked.also) for kind in BY_LANE.get(lane, ())]
    return [kind for kind in dict.fromkeys([*ticked, *read, *USUAL, *kinds]) if kind in kinds]


# What a report may be asked beside the two sentences: only facts that rules of the policy in force read.
# Which facts there are and what they can be is declared with the situation; here are the words in which a
# reporter is asked. An answer left out stays unknown.

SITUATION, FOUND = "incident.report", "listening.found"
NO_ONE = "none"
"""The answer that leaves a list empty: known, and no one."""
EARLIEST = date(1990, 1, 1)


IT_IS: Mapping[str, str | Promise] = {
    "yes": pgettext_lazy("it is", "Yes"),
    "no": pgettext_lazy("it is", "No"),
}
THERE_IS: Mapping[str, str | Promise] = {
    "yes": pgettext_lazy("there is somebody", "Yes"),
    "no": pgettext_lazy("there is nobody", "No"),
}
"""Welsh answers each question with its own verb."""


@dataclass(frozen=True)
class Words:
    """How a reporter is asked for a fact. `title`: of its fold; `choices`: its words, all of them; `read_as`:
    facts worked out from it; `yes_no`: a list of which is asked only whether it is empty; `situation`: where
    rules read it."""

    title: Any
    label: Any
    choices: Mapping[str, str | Promise] = field(default_factory=lambda: IT_IS)
    read_as: tuple[str, ...] = ()
    yes_no: bool = False
    situation: str = SITUATION


@dataclass(frozen=True)
class Question:
    """One question: the fact, how it is asked, its words."""

    fact: str
    ask: Ask
    words: Words

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        """Return the answers to choose from."""
        return list(self.words.choices.items())


ASKED: Mapping[str, Words] = {
    "done_by": Words(
        _("Who did it?"),
        _("Who did it, as far as you know?"),
        {
            "staff": _("A member of staff"),
            "pupil": _("A pupil"),
            "parent": _("A parent or carer"),
            "governor": _("A governor"),
            "volunteer": _("A volunteer"),
            "friend": _("A member of the Friends of the school"),
            "contractor": _("A contractor"),
            "other": _("Someone else, or a stranger"),
        },
    ),
    "part": Words(
        _("Your part in it"),
        _("Did it happen to you?"),
        {
            "suffered": _("Yes, it happened to me"),
            "saw": _("No, I saw it or heard about it"),
            "did": _("I did it myself"),
        },
    ),
    "child": Words(
        _("Is a child involved?"),
        _("Is a child involved in any way?"),
        THERE_IS,
        read_as=("perhaps_a_child", "touches_a_child"),
        yes_no=True,
    ),
    "child_is_family": Words(_("Your own family?"), _("Is the child in your own family?")),
    "harmed": Words(
        _("Who was harmed?"),
        _("Who was harmed, as far as you know?"),
        {
            "child": _("A child"),
            "young_person": _("A young person"),
            "vulnerable_adult": _("An adult who needs support"),
            "staff": _("A member of staff"),
            "parent": _("A parent or carer"),
            "governor": _("A governor"),
            "volunteer": _("A volunteer"),
            "friend": _("A member of the Friends of the school"),
            "other": _("Someone else"),
            NO_ONE: _("No one"),
        },
    ),
    "may_be_illegal": Words(_("Is it against the law?"), _("Could it be against the law?")),
    "breach": Words(
        _("Does it break the policy?"),
        _("Does it break the social media policy?"),
        {"discovered": IT_IS["yes"], "suspected": _("I think so"), "none": IT_IS["no"]},
    ),
    "aimed_at_account": Words(
        _("Is a school account the target?"),
        _("Is it aimed at a school account, or at the people who run it?"),
    ),
    "put_right": Words(
        _("Has it been put right?"), _("Has the abuse of the account been stopped and put right?")
    ),
    "first_happened": Words(
        _("When did it start?"), _("When did it first happen?"), read_as=("days_known", "days_to_report")
    ),
    "bad_light": Words(
        _("Does it look bad for the school?"),
        _("Is it something online that shows the school or its people in a bad light?"),
        situation=FOUND,
    ),
    "route": Words(
        _("Line manager or whistleblowing?"),
        _("If it shows the school in a bad light, how will you pass it on?"),
        {
            "line_manager": _("I tell my line manager"),
            "whistleblowing": _("I follow the whistleblowing policy"),
        },
        situation=FOUND,
    ),
}
"""Fact -> its words, in the order of the form. A fact that rules read is here, is ticked (`said`), or is
known from rows: a test compares."""


def questions_for(book: Book, *, relation: str | None) -> list[Question]:
    """Return the questions that this policy's rules give a reason to ask. `relation`: what the reporter is to
    the school; None for a visitor, who is asked nothing for a rule that binds staff alone."""
    read = {one: facts_read(book, one, relation) for one in (SITUATION, FOUND)}
    return [
        Question(name, _ask(leaf, words), words)
        for name, words in ASKED.items()
        if (leaf := _LEAVES.get(name)) is not None
        and not read[words.situation].isdisjoint((name, *words.read_as))
    ]


def known_answers(given: Mapping[str, Any], *, asked: Sequence[Question], at: datetime) -> dict[str, Any]:
    """Return the answers that fit their questions, as plain data: yes and no, words of a closed list, days.
    Everything else is left out."""
    return {one.fact: value for one in asked for value in _answer(one, given.get(one.fact), at)}


def _answer(one: Question, said: Any, at: datetime) -> Iterator[Any]:
    """Yield the answer, if there is one that fits."""
    if one.ask is Ask.YES_NO:
        if said in ("yes", "no"):
            yield said == "yes"
    elif one.ask is Ask.DAY:
        if isinstance(said, date) and EARLIEST <= said <= local_day(at):
            yield said.isoformat()
    elif one.ask is Ask.SOME_OF:
        ticked = [word for word in one.words.choices if isinstance(said, list | tuple) and word in said]
        if ticked:
            yield [word for word in ticked if word != NO_ONE]
    elif said in one.words.choices:
        yield said


def in_words(answers: Mapping[str, Any]) -> list[tuple[str | Promise, list[str | Promise]]]:
    """Return what was answered, as the questions and their answers in words; a day as it is."""
    rows: list[tuple[str | Promise, list[str | Promise]]] = []
    for name, words in ASKED.items():
        if name not in answers:
            continue
        value = answers[name]
        if isinstance(value, bool):
            rows.append((words.title, [words.choices["yes" if value else "no"]]))
        elif isinstance(value, list):
            rows.append(
                (words.title, [words.choices[one] for one in value if one in words.choices] or [_("No one")])
            )
        else:
            rows.append((words.title, [words.choices.get(value, value)]))
    return rows


def _ask(leaf: Leaf, words: Words) -> Ask:
    return Ask.YES_NO if words.yes_no else leaf.ask


_LEAVES = {leaf.path: leaf for one in (FOUND, SITUATION) for leaf in leaves_of(one, {})}
_LEAVES["child_is_family"] = Leaf("child_is_family", Ask.YES_NO)
"""A fact that is no unless stated is asked all the same."""


REPORTER = "reporter"
"""What facts call the reporter: a decision never says who it was."""


def report_facts(
    report: Report,
    *,
    by: Person | None,
    at: datetime,
    told: tuple[PersonTold, ...] = (),
) -> IncidentReport:
    """Return a report's facts, for the question of who must be told. `by`: the person signed in, even if they
    leave their name out; None for a visitor, who is unknown. `told`: who was told so far (`told_of`)."""
    said, answers = [SAYS[key] for key in report.said if key in SAYS], report.answers
    on = local_day(at)
    return IncidentReport(
        by=reporter_in_facts(report, by, on=on),
        part=answers.get("part") or _part(said),
        kinds=tuple(dict.fromkeys(kind for one in said for kind in one.kinds)) if said else None,
        unacceptable=_unacceptable(report, said),
        breach=answers.get("breach") or ("suspected" if any(one.broke for one in said) else None),
        done_by=answers.get("done_by"),
        aimed_at_account=answers.get("aimed_at_account"),
        harmed=tuple(answers["harmed"]) if "harmed" in answers else None,
        line_manager_involved=line_manager_involved(report, by, on=on),
        child=_child(said, answers.get("child")),
        child_is_family=answers.get("child_is_family", False),
        may_be_illegal=answers.get("may_be_illegal"),
        in_danger=_in_danger(report),
        country=cast("Any", country_of(report.school)),
        noticed_at=report.reported_at,
        first_happened=stored_day(answers["first_happened"]) if "first_happened" in answers else None,
        told=told,
        lead_was_told=_lead_was_told(report) if told else None,
        agreed_route=agreed_route_is_here(on=on),
        put_right=answers.get("put_right"),
        chosen=chosen_times(on=on),
        now=at,
    )


def touches_a_child(report: Report) -> bool:
    """Return whether a child's safety may be at stake in a report, as the law's rule asks."""
    said = [SAYS[key] for key in report.said if key in SAYS]
    facts = IncidentReport(child=_child(said, report.answers.get("child")), in_danger=_in_danger(report))
    return bool(facts.touches_a_child(facts))


def found_facts(report: Report, *, by: Person, at: datetime) -> ListeningFound | None:
    """Return the facts of something about the school that the reporter saw online; None unless they say that
    it shows the school in a bad light. Who was told is read from the report."""
    answers = report.answers
    if not answers.get("bad_light"):
        return None
    misuse = "misuse" in {kind for key in report.said if key in SAYS for kind in SAYS[key].kinds}
    breach = answers.get("breach") in ("discovered", "suspected")
    also: Any = tuple(word for word, there in (("misuse", misuse), ("breach", breach)) if there)
    roles = tuple(dict.fromkeys(role for one in told_of(report, at=at) for role in one.roles))
    return ListeningFound(
        now=at,
        by=reporter_in_facts(report, by, on=local_day(at)),
        bad_light=True,
        also=also,
        route=answers.get("route"),
        told=None if answers.get("route") == "whistleblowing" else roles,
    )


def told_of(report: Report, *, at: datetime) -> tuple[PersonTold, ...]:
    """Return the people and outside bodies that were told of a report so far, people with the policy's own
    roles: whether they opened it, and when.

    A role told as a whole counts as opened once any of its holders has opened it."""
    on = local_day(at)
    opened = dict(Reader.objects.filter(report=report).values_list("person_id", "since"))
    names = book_for(report).role_names
    kinds = [*LETS_IN, StepKind.BODY_TOLD]
    steps = report.steps.filter(kind__in=kinds).select_related("person__federation").order_by("id")
    return tuple(_told(report, one, names, opened, on) for one in steps)


def _told(report: Report, step: Step, names: Any, opened: dict[int, datetime], on: date) -> PersonTold:
    if step.kind == StepKind.BODY_TOLD:
        body: Any = step.body
        return PersonTold(key=step.body, body=body, at=step.at)
    role = (names[step.role_key],) if step.role_key in names else ()
    if step.person is not None:
        roles = (*role, *roles_of(step.person, on=on, school=report.school, about=report.by))
        read_at = opened.get(step.person.pk)
        key = person_key(step.person.pk)
    else:
        roles = role
        read_at = _first(opened.get(one.pk) for one in holders(step.role_key, on=on, school=report.school))
        key = f"role:{step.role_key}"
    return PersonTold(
        key=key, roles=tuple(dict.fromkeys(roles)), at=step.at, read=read_at is not None, read_at=read_at
    )


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in instants if one is not None), default=None)


def line_manager_involved(report: Report, by: Person | None, *, on: date) -> bool | None:
    """Return whether it is about the reporter's line manager; None if no line manager is entered."""
    if by is None:
        return None
    ids = ids_of_line_managers(by, on=on)
    if not ids:
        return None
    return bool(ids & meant_in(report))


def reporter_in_facts(report: Report, by: Person | None, *, on: date) -> InFacts | None:
    """Return the reporter as facts have them, without who it is; None for a visitor."""
    if by is None:
        return None
    roles = tuple(roles_of(by, on=on, anywhere=True)) if report.by_id is not None else ()
    relation: Any = by.relation
    return InFacts(key=REPORTER, relation=relation, roles=roles)


def _part(said: list[Says]) -> Literal["suffered", "did"] | None:
    """Return whether they suffered or did it, where a line says so and no other line says the opposite."""
    suffered, did = any(one.suffered for one in said), any(one.did for one in said)
    if suffered == did:
        return None
    return "suffered" if suffered else "did"


def _child(said: list[Says], involved: bool | None) -> tuple[Any, ...] | None:
    """Return how a child is involved; empty where the reporter says that none is and ticks nothing else."""
    parts = tuple(dict.fromkeys(part for one in said for part in one.child))
    return parts or (() if involved is False else None)


def _lead_was_told(report: Report) -> bool:
    leads = safeguarding_roles(book_for(report))
    return report.steps.filter(Q(whose=Whose.LAW) | Q(role_key__in=leads), kind__in=LETS_IN).exists()


def counts_as_danger(report: Report) -> bool:
    """Return whether a concern counts as a danger: where someone is in danger, or it wasn't said and what was
    ticked can hurt a child the same day."""
    unsaid = report.danger == Danger.UNKNOWN
    return report.danger == Danger.YES or (
        unsaid and any(SAYS[key].today for key in report.said if key in SAYS)
    )


def _in_danger(report: Report) -> bool | None:
    return {Danger.YES: True, Danger.NO: False}.get(Danger(report.danger))


def _unacceptable(report: Report, said: list[Says]) -> Attested | None:
    """Return the reporter's own word that it is unacceptable in another way than those listed."""
    if not any(one.unacceptable for one in said):
        return None
    return Attested(answer=True, by=REPORTER, at=report.reported_at, of_this_version=True)
