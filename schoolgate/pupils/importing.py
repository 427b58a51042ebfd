"""What a list of pupils would change, line by line; and applying it, by the steps of every list
(`people.list_importer`).

A yes in a list ends no no: the school's records may be behind. What will count afterwards is said with
it. A line that may be a child who is here already, on the do-not-publish list or with a no, opens
nothing that the first record keeps closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow, Text
from schoolgate.core.models import School
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.list_cells import Meaning, Reading, known_headings, may_be_other, same_number
from schoolgate.people.list_importer import (
    Events,
    Importer,
    ListPlan,
    Missing,
    PlannedLine,
    Shape,
    counted,
    seen_of,
)
from schoolgate.people.models import Person
from schoolgate.people.sheets import Sheet, same_word
from schoolgate.policy.choices import own_yes_from
from schoolgate.pupils import linking
from schoolgate.pupils.answering import ask_to_settle, withdraw
from schoolgate.pupils.consents import About, Said, answers_of, check_may_keep, standing
from schoolgate.pupils.keeping_off import ask_lead, keep_off_as_another, rename
from schoolgate.pupils.list_lines import (
    ANSWERS,
    HEADINGS,
    KINDS,
    Field,
    LineReader,
    Read,
    asks_for_a_no,
    can_mean,
    check_columns,
    consent_fields,
    label_of,
    one_pupil_a_line,
    say,
    split,
)
from schoolgate.pupils.models import (
    MOST_PUPILS,
    NAMES,
    Answer,
    Cause,
    Consent,
    Form,
    Giver,
    NotPublished,
    ParentLink,
    Pupil,
    PupilImport,
    PupilMapping,
    Use,
)
from schoolgate.pupils.named import with_other_names
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.same_name import may_be_same


class _Alike:
    """Pupils of all schools, found by names that may be theirs."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.pupils = {each.pk: each for each in pupils}
        listed = [
            Listed(each.pk, each.first_name, each.last_name, each.known_as) for each in self.pupils.values()
        ]
        self._index = NameIndex([*listed, *with_other_names(listed)] if listed else [])

    def like(self, read: Read, *, but: int | None) -> list[Pupil]:
        """Return those who may be this child: by the name or, of the same birthday, by the first name; of
        those born on another day only some (`_may_be_one`)."""
        named = may_be_same([read.first_name, read.known_as or read.first_name], read.last_name, self._index)
        firsts = {same_word(read.first_name), same_word(read.known_as or read.first_name)}
        found = []
        for pupil in self.pupils.values() if self.pupils else ():
            same_day = pupil.born_on is not None and pupil.born_on == read.born_on
            same_first = same_day and bool(firsts & {same_word(pupil.first_name), same_word(pupil.known_as)})
            if pupil.pk != but and _may_be_one(pupil, read) and (pupil.pk in named or same_first):
                found.append(pupil)
        return found


def _may_be_one(pupil: Pupil, read: Read) -> bool:
    """Return whether their school, class and birthdays leave it open that the two are one child: one who is
    typed wrongly, or comes with another number, is found again by everything else."""
    if pupil.born_on is None or read.born_on is None or _is_nearly(pupil.born_on, read.born_on):
        return True
    if pupil.school_id != read.school_id:
        return False
    forms = {same_word(pupil.form), same_word(read.form)} - {""}
    same_names = same_word(f"{pupil.first_name} {pupil.last_name}") == same_word(read.full_name)
    return len(forms) < 2 or same_names


def _is_nearly(one: date, other: date) -> bool:
    """Return whether two birthdays differ in a single figure at most, or have day and month the other way
    round."""
    a, b = one.strftime("%Y%m%d"), other.strftime("%Y%m%d")
    return sum(x != y for x, y in zip(a, b, strict=True)) < 2 or a == b[:4] + b[6:] + b[4:6]


class Walls:
    """The pupils on the do-not-publish list, of all schools. `of`: their entries by pupil."""

    def __init__(self) -> None:
        rows = NotPublished.objects.filter(ended_at=None).select_related("pupil", "by")
        self.of = {row.pupil_id: row for row in rows}
        self._alike = _Alike(row.pupil for row in self.of.values())

    def like(self, read: Read, *, but: int | None = None) -> NotPublished | None:
        """Return the entry of a pupil who may be this child; `but`: the child of the line. A child who comes
        to another school, or with another number, stays on the list."""
        return next((self.of[each.pk] for each in self._alike.like(read, but=but)), None)


class Refused:
    """The pupils with a no by anyone who aren't on the list, with what was refused."""

    def __init__(self, walled: Collection[int], *, on: date) -> None:
        noes = Consent.objects.filter(answer=Answer.REFUSED).values("pupil")
        pupils = list(Pupil.objects.filter(pk__in=noes, destroyed_at=None).exclude(pk__in=list(walled)))
        self._noes: dict[int, set[tuple[str, str]]] = {}
        for pk, said, about in answers_of(pupils, on=on):
            self._noes[pk] = {
                (one.use, one.channel)
                for one in said
                if one.answer == Answer.REFUSED
                and standing(said, about, use=one.use, channel=one.channel, on=on).refused
            }
        self._alike = _Alike(each for each in pupils if self._noes[each.pk])

    def like(self, read: Read) -> list[tuple[str, str]]:
        """Return the uses and channels that are refused for a pupil who may be this child."""
        found = [self._noes[each.pk] for each in self._alike.like(read, but=None)]
        return sorted(set().union(*found))


KEPT = ("first_name", "last_name", "known_as", "year", "form", "born_on")
"""Fields of a pupil that a list may change, each only where the list has a column for it."""
KEPT_ALWAYS = frozenset({"first_name", "last_name"})


@dataclass
class PupilPlan:
    """What happens to one pupil. `pupil` None: new; `kept`: the fields of the pupil that the line speaks of;
    `answers`: consent field -> the list's new answer; `held`: names that a safeguarding lead decides about;
    `emptied`: fields with an empty cell, emptied where the person says that empty cells count; `walled`: the
    entry on the do-not-publish list of a pupil who may be this child; `refused`: uses and channels to which
    someone said no about a pupil who may be this one."""

    read: Read
    pupil: Pupil | None
    kept: Collection[str] = ()
    changed: list[str] = field(default_factory=list)
    back: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)
    """Parents who had no link before."""
    held: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    walled: NotPublished | None = None
    refused: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has the pupils to write, the headings that nothing is read from, and those of the
    missing who are on the do-not-publish list."""

    pupils: Sequence[PupilPlan]
    unread: Sequence[str]
    consents: Sequence[ConsentColumn]
    missing_walled: Collection[int]

    @property
    def emptied(self) -> int:
        """Return how many rows have empty cells for something that is known here."""
        return sum(bool(each.emptied) for each in self.pupils)

    @property
    def held(self) -> int:
        """Return how many rows have a name about which a safeguarding lead decides."""
        return sum(bool(each.held) for each in self.pupils)

    @property
    def changes(self) -> bool:
        """Return whether anything may be written: also what waits for a lead, is emptied, or who has left."""
        return super().changes or bool(self.pupils or self.missing)


@dataclass(frozen=True)
class ConsentColumn:
    """How a column of consents is read. `asks_for_a_no`: its heading does; `examples`: up to two rows, with
    different words where there are two, each with its number, the pupil, the word and what it means."""

    field: str
    heading: str
    asks_for_a_no: bool
    examples: Sequence[tuple[int, str, str, str]]

    @property
    def label(self) -> Text:
        """Return what the consent is called."""
        return label_of(self.field)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the examples for a page."""
        return [
            {"number": number, "name": name or "–", "word": word, "means": str(Answer(answer).label).lower()}
            for number, name, word, answer in self.examples
        ]


class _Numbers:
    """Who has which number, here and in the list so far. A spreadsheet takes away leading zeros, so 4512 may
    be 004512: a person says whether it is."""

    def __init__(self, here: Iterable[Pupil], reads: Iterable[Read]) -> None:
        self.here = {(each.school_id, each.key): each for each in here}
        self.alike: dict[tuple[int, str], list[Pupil]] = {}
        for each in self.here.values():
            self.alike.setdefault((each.school_id, same_number(each.key)), []).append(each)
        self.rows: dict[tuple[int, str], list[Read]] = {}
        for read in reads:
            if number := self._number_of(read):
                self.rows.setdefault(number, []).append(read)

    def _number_of(self, read: Read) -> tuple[int, str] | None:
        """Return the number by which a line is one pupil's. Two who were here before with numbers like these
        each keep their own."""
        if not read.key or not read.school_id:
            return None
        own, alike = (read.school_id, read.key), (read.school_id, same_number(read.key))
        return own if own in self.here and len(self.alike.get(alike, ())) > 1 else alike

    def find(self, line: PlannedLine, read: Read) -> Pupil | None:
        """Return the pupil of a line; what is in doubt is said with it."""
        number = self._number_of(read)
        if number is None or not read.school_id:
            return None
        known = self.here.get((read.school_id, read.key))
        alike = self.alike.get((read.school_id, same_number(read.key)), [])
        other = next((each for each in self.rows[number] if each is not read), None)
        if other is not None:  # neither is taken: which of them is right, a person says
            line.wrong.append(say("line_twice" if other.key == read.key else "line_alike", line=other.line))
        elif known is None and len(alike) > 1:
            line.wrong.append(say("numbers_alike"))
        elif known is None and alike:
            known = alike[0]
            line.asks.append(say("number_like", number=known.key, name=known.name))
        return known

    def missing(self) -> list[Missing]:
        """Return the pupils who are here and in no line."""
        gone = [
            each
            for (school, key), each in self.here.items()
            if each.left_on is None
            and (school, key) not in self.rows
            and (school, same_number(key)) not in self.rows
        ]
        return [Missing(each.pk, each.name) for each in sorted(gone, key=lambda one: (one.last_name, one.pk))]


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would change on a day; `content` is the digest of the file."""
    consents = tuple(sorted(name for name in meaning.columns if split(name)[0] in Use.values))
    reading = Reading.of(sheet, meaning, _known(consents))
    reads = [LineReader(reading, each, consents=consents, on=on).read() for each in sheet.lines[1:]]
    schools = {each.school_id for each in reads if each.school_id}
    here = {(each.school_id, each.key): each for each in Pupil.objects.filter(school__in=schools)}
    before = _answers_of_lists(here.values())
    answered = {pk: (said, about) for pk, said, about in answers_of(here.values(), on=on)}
    linked, from_age = _linked(here.values()), own_yes_from(on=on)
    walls = Walls()
    refused = Refused(walls.of, on=on)
    lines: list[PlannedLine] = []
    pupils: list[PupilPlan] = []
    numbers = _Numbers(here.values(), reads)
    for read in reads:
        line = PlannedLine(number=read.line, name=read.name, address=read.key, wrong=list(read.wrong))
        known = numbers.find(line, read)
        line.pk = known.pk if known else None
        if not line.wrong:
            if known and may_be_other(f"{known.first_name} {known.last_name}", read.full_name):
                line.asks.append(say("other_name", old=f"{known.first_name} {known.last_name}"))
            plan = _planned(
                line, read, known, before, walls=walls, refused=refused,
                has=KEPT_ALWAYS | meaning.columns.keys(),
            )  # fmt: skip
            line.notes.extend(read.unused)
            _say_what_counts(line, plan, answered, on=on, own_yes_from=from_age)
            _plan_links(line, plan, linked)
            if line.is_new or line.changes or plan.held or plan.emptied:
                pupils.append(plan)
        elif known:
            _say_what_is_left_out(line, read, known, before)
        lines.append(line)
    missing = numbers.missing()
    staying = sum(each.left_on is None for each in here.values())
    new = sum(each.pupil is None or each.back for each in pupils)
    counts = {
        **counted(lines),
        "pupils_before": staying,
        "pupils_added": new,
        "pupils_after": staying + new,
        "answers_given": _number(pupils, Answer.GIVEN),
        "answers_no": _number(pupils, Answer.REFUSED) + _number(pupils, Answer.NOT_ASKED),
        "missing": len(missing),
        "held": sum(bool(each.held) for each in pupils),
    }
    looked_at = {*Field.values, *consents}
    taken = {same_word(heading) for name, heading in meaning.columns.items() if name in looked_at}
    unread = [each for each in sheet.lines[0].cells if each and same_word(each) not in taken]
    return Plan(
        lines=lines, pupils=pupils, missing=missing, unknown=reading.unknown, counts=counts, unread=unread,
        consents=[_column(each, reading, sheet, reads) for each in consents if each in reading.places],
        missing_walled={each.pk for each in missing if each.pk in walls.of},
        seen=seen_of(
            lines, counts, meaning, content, [each.pk for each in missing], sheet.encoding
        ),
    )  # fmt: skip


def _column(name: str, reading: Reading, sheet: Sheet, reads: Sequence[Read]) -> ConsentColumn:
    heading, place = reading.meaning.columns[name], reading.places[name]
    rows = [
        (
            read.line,
            read.name,
            " ".join(line.cells[place].split())[:40] if place < len(line.cells) else "",
            read,
        )
        for line, read in zip(sheet.lines[1:], reads, strict=True)
    ]
    first = {word: (number, whose, word, read.answers[name]) for number, whose, word, read in reversed(rows)}
    said = sorted(first.values(), key=lambda one: (not one[2], one[0]))
    return ConsentColumn(name, heading, asks_for_a_no(heading), said[:2])


def _planned(
    line: PlannedLine,
    read: Read,
    known: Pupil | None,
    before: Mapping[tuple[int, str], str],
    *,
    walls: Walls,
    refused: Refused,
    has: Collection[str],
) -> PupilPlan:
    """`has`: the fields that the list has a column for; the others stay as they are."""
    kept = [name for name in KEPT if name in has and name not in read.left_out]
    plan = PupilPlan(read, known, kept)
    if known is None:
        line.is_new = True
        line.changes.append(say("comes"))
        plan.walled = walls.like(read)
        plan.refused = [] if plan.walled is not None else refused.like(read)
        if plan.walled is not None or plan.refused:
            line.notes.append(say("kept_off"))
    else:
        plan.walled = walls.of.get(known.pk)
        _plan_fields(line, plan, known)
        if plan.walled is None and set(plan.changed) & set(NAMES):
            plan.walled = walls.like(read, but=known.pk)
            if plan.walled is not None:
                line.notes.append(say("kept_off"))
        plan.back = known.left_on is not None
        if plan.back:
            line.changes.append(say("back"))
    for name, answer in read.answers.items():
        was = before.get((known.pk, name), Answer.NOT_ASKED) if known else Answer.NOT_ASKED
        if answer == was:
            continue
        plan.answers[name] = answer
        code = "taken_back" if answer == Answer.NOT_ASKED else "answer"
        line.changes.append(say(code, use=name, **({} if code == "taken_back" else {"answer": answer})))
    return plan


def _say_what_is_left_out(
    line: PlannedLine, read: Read, known: Pupil, before: Mapping[tuple[int, str], str]
) -> None:
    """Note which yes stays on record though a rejected row no longer says it: a person has to end it."""
    for name, answer in read.answers.items():
        if answer != Answer.GIVEN and before.get((known.pk, name)) == Answer.GIVEN:
            line.wrong.append(say("no_left_out", use=name))


def _plan_fields(line: PlannedLine, plan: PupilPlan, known: Pupil) -> None:
    """Note which fields change, and which have an empty cell. The names of a pupil on the do-not-publish list
    change by a safeguarding lead's word alone, and none of their empty cells counts."""
    for name in plan.kept:
        old, new = getattr(known, name), getattr(plan.read, name)
        if old == new:
            continue
        if name not in KEPT_ALWAYS and not new:
            if plan.walled is None:
                plan.emptied.append(name)
                line.notes.append(say("emptied", use=name, old=old))
        elif name in NAMES and plan.walled is not None:
            plan.held.append(name)
            line.notes.append(say("held", use=name, new=new))
        else:
            plan.changed.append(name)
            code = "changed" if name not in NAMES else "renamed" if old else "named"
            line.changes.append(say(code, use=name, **_words(code, old, new)))


def _words(code: str, old: str, new: str) -> dict[str, str]:
    return {"renamed": {"old": old, "new": new}, "named": {"new": new}}.get(code, {})


def _say_what_counts(
    line: PlannedLine,
    plan: PupilPlan,
    answered: Mapping[int, tuple[list[Said], About]],
    *,
    on: date,
    own_yes_from: int | None,
) -> None:
    """Note where something else than the list says will count afterwards, with the reason: what was answered
    here before, the pupil's age, the do-not-publish list, or another column."""
    said, about = answered[plan.pupil.pk] if plan.pupil else ([], About())
    born = (plan.read.born_on if "born_on" in plan.kept else None) or about.born_on
    about = replace(about, left=False, born_on=born, own_yes_from=own_yes_from)
    listed = [Said(*split(name), answer, Giver.LIST, "", on) for name, answer in plan.answers.items()]
    for name, answer in plan.read.answers.items():
        use, channel = split(name)
        after = standing([*said, *listed], about, use=use, channel=channel, on=on)
        if answer == Answer.GIVEN and not after.may:
            line.notes.append(say("stays_no", use=name, why=after.why))
        elif answer != Answer.GIVEN and after.may and (name in plan.answers or answer == Answer.REFUSED):
            line.notes.append(say("stays_yes", use=name))


def _plan_links(line: PlannedLine, plan: PupilPlan, linked: set[tuple[int, str]]) -> None:
    """Note the parents who get a link; one that was revoked isn't made again by a list."""
    pk = plan.pupil.pk if plan.pupil else 0
    for who, email in {who.casefold(): (who, email) for who, email in plan.read.parents}.values():
        if (pk, who.casefold()) not in linked:
            plan.parents.append((who, email))
            line.changes.append(say("link", who=who))


def _linked(pupils: Iterable[Pupil]) -> set[tuple[int, str]]:
    rows = ParentLink.objects.filter(pupil__in=[each.pk for each in pupils], giver=Giver.PARENT)
    return {(pk, who.casefold()) for pk, who in rows.values_list("pupil_id", "who")}


def _known(consents: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the words that need no explaining: schools by name. `Cells.ours` takes from it what a word of a
    consent may mean, so each answer stands in it under a key that no list has."""
    schools = {
        same_word(word): str(each.pk)
        for each in School.objects.order_by("pk")
        for word in (each.slug, each.name)
    }
    answers = {f"\0{answer}": answer for answer in Answer.values}
    return {Field.SCHOOL: schools, **dict.fromkeys(consents, answers)}


def _answers_of_lists(pupils: Iterable[Pupil]) -> dict[tuple[int, str], str]:
    """Return the last answer that a list gave: pupil and consent field -> answer. A no that was settled to
    be a yes since isn't among them: a list that still says no says it again."""
    rows = Consent.objects.filter(pupil__in=[each.pk for each in pupils])
    found: dict[tuple[int, str], str] = {}
    for row in rows.filter(giver__in=(Giver.LIST, Giver.SETTLED)).order_by("id"):
        if row.giver == Giver.LIST:
            found[row.pupil_id, field_of(row)] = row.answer
        elif row.answer == Answer.GIVEN:
            for name in {row.use, field_of(row)}:
                if found.get((row.pupil_id, name)) == Answer.REFUSED:
                    del found[row.pupil_id, name]
    return found


def field_of(row: Consent) -> str:
    """Return the field of lists that a consent belongs to."""
    return f"{row.use}@{row.channel}" if row.channel else row.use


def _number(pupils: Iterable[PupilPlan], answer: str) -> int:
    return sum(each == answer for plan in pupils for each in plan.answers.values())


def consent_of(name: str) -> dict[str, str]:
    """Return the columns of a consent for a field of lists."""
    use, channel = split(name)
    return {"use": use, "channel": channel}


AT_ONCE = 1_000
MOST_WRITTEN = 30_001
"""Lines of a list with one consent a row: six for each pupil."""


def _write(
    plan: Plan, importing: PupilImport, *, by: Person, at: datetime, left: bool = False, emptied: bool = False
) -> dict[str, int]:
    """Write the pupils and the list's answers; `left`: record who isn't in the list as no longer at the
    school; `emptied`: empty cells count. Returns how many rows and pupils wait for a safeguarding lead.

    Raises NotNow where pupils shall have left who may be in a rejected row.
    """
    if left and plan.refused:
        raise NotNow(
            _("Some rows are rejected, so it isn’t known who has left."),
            next_step=_("Correct these rows in the file, or import the list without this choice."),
        )
    here = [each for each in plan.pupils if each.pupil is not None]
    known = Pupil.objects.filter(pk__in=[each.pupil.pk for each in here if each.pupil is not None])
    list(known.order_by("pk").select_for_update().values_list("pk"))
    new = [each for each in plan.pupils if each.pupil is None]
    federation = current_scope().federation_id
    for number, each in zip(reserve(Pupil, len(new)), new, strict=True):
        each.pupil = Pupil(pk=number, federation_id=federation, **_columns(each))
    insert([each.pupil for each in new if each.pupil is not None])
    for each in new:
        if each.pupil is not None and each.walled is not None:
            keep_off_as_another(each.pupil, each.walled, by=by, at=at)
    _change(here, by=by, at=at, emptied=emptied)
    for each in here:
        if each.pupil is not None and each.walled is not None and each.walled.pupil_id != each.pupil.pk:
            keep_off_as_another(each.pupil, each.walled, by=by, at=at)
    # The noes come before what the list says: its yes counts once someone settled that it's another child.
    answers = [
        Consent(
            federation_id=federation,
            pupil=each.pupil,
            use=use,
            channel=channel,
            answer=Answer.REFUSED,
            giver=Giver.LIST,
            form=Form.ALIKE,
            from_day=local_day(at),
            by=by,
            at=at,
            listed_in=importing,
        )
        for each in new
        for use, channel in each.refused
    ] + [
        Consent(
            federation_id=federation,
            pupil=each.pupil,
            **consent_of(name),
            answer=answer,
            giver=Giver.LIST,
            form=Form.LIST,
            from_day=local_day(at),
            by=by,
            at=at,
            listed_in=importing,
        )
        for each in plan.pupils
        for name, answer in each.answers.items()
    ]
    for number, row in zip(reserve(Consent, len(answers)), answers, strict=True):
        row.pk = number
    insert(answers)
    _make_links(plan.pupils, by=by, at=at)
    for each in here:
        _withdraw(each, by=by, at=at)
    answered = [each for each in plan.pupils if each.answers and (each in here or each.refused)]
    ask_to_settle([each.pupil for each in answered if each.pupil is not None], at=at)
    gone = [each.pk for each in plan.missing] if left else []
    staying = list(Pupil.objects.filter(pk__in=set(gone) & set(plan.missing_walled)))
    Pupil.objects.filter(pk__in=set(gone) - {each.pk for each in staying}).update(left_on=local_day(at))
    for pupil in staying:
        ask_lead(pupil, {}, by=by, at=at, left=True)
    return {"held": plan.held + len(staying)}


def _make_links(plans: Iterable[PupilPlan], *, by: Person, at: datetime) -> None:
    """Make the links of the parents that the list names. Nothing is sent."""
    federation = current_scope().federation_id
    rows = [
        ParentLink(
            federation_id=federation, pupil=each.pupil, giver=Giver.PARENT, who=who, email=email, by=by,
            at=at, expires_at=at + linking.LASTS,
        )
        for each in plans
        for who, email in each.parents
    ]  # fmt: skip
    for number, row in zip(reserve(ParentLink, len(rows)), rows, strict=True):
        row.pk = number
        row.digest = linking.digest_of(linking.code_of(row))
    insert(rows)


def _withdraw(plan: PupilPlan, *, by: Person, at: datetime) -> None:
    """Record what the list no longer allows for a pupil who was here before; a new one is in no post."""
    noes: dict[str, list[str]] = {}
    for name, answer in plan.answers.items():
        if answer != Answer.GIVEN:
            use, channel = split(name)
            noes.setdefault(channel, []).append(use)
    for channel, uses in noes.items():
        if plan.pupil is not None:
            withdraw(at=at, pupil=plan.pupil, cause=Cause.LIST, uses=uses, channel=channel, by=by)


def _columns(plan: PupilPlan) -> dict[str, Any]:
    read = plan.read
    return {"school_id": read.school_id, "key": read.key, **{name: getattr(read, name) for name in KEPT}}


def _change(plans: list[PupilPlan], *, by: Person, at: datetime, emptied: bool) -> None:
    rows, names = [], {}
    for plan in plans:
        if plan.pupil is None:
            continue
        if plan.held:
            ask_lead(plan.pupil, {name: getattr(plan.read, name) for name in plan.held}, by=by, at=at)
        changed = [*plan.changed, *(plan.emptied if emptied else ())]
        if changed or plan.back:
            names[plan.pupil] = {name: getattr(plan.read, name) for name in changed if name in NAMES}
            for name in changed:
                if name not in NAMES:
                    setattr(plan.pupil, name, getattr(plan.read, name))
            plan.pupil.left_on = None
            rows.append(plan.pupil)
    rename(names, by=by, at=at)
    Pupil.objects.bulk_update(rows, [*KEPT, "left_on"], batch_size=AT_ONCE)


PUPILS = Importer(
    lists=PupilImport,
    mappings=PupilMapping,
    events=Events(
        uploaded="pupils.list_uploaded",
        explained="pupils.list_explained",
        applied="pupils.list_taken_in",
        dropped="pupils.list_dropped",
        lapsed="pupils.list_lapsed",
    ),
    may=check_may_keep,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "pupils_added"},
    meanings=lambda _by: dict.fromkeys(consent_fields(all_capabilities()), Answer.values),
    can_mean=can_mean,
    shape=Shape(
        most_rows=MOST_PUPILS + 1,
        too_short=_("The list needs a row of headings, and a row for each pupil below."),
        known=known_headings({**HEADINGS, "consent": (*KINDS, *ANSWERS)}),
        tidy=one_pupil_a_line,
        most_written=MOST_WRITTEN,
    ),
)
