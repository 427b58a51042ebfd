"""Facts as fields of a form: a single one, one with facts of its own, and the form of a stage, made of
them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast, get_args, get_origin

from crispy_forms_gds.layout import HTML, Field, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel

from schoolgate.core.models import Country, School, country_of
from schoolgate.core.subjects import person_key
from schoolgate.incidents.casework import SUBJECT, CaseFile, Stage, given_by
from schoolgate.incidents.keeping import LONGEST_WORDS
from schoolgate.incidents.report_facts import SAYS, likely_first
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.rulebook import Book
from schoolgate.rulebook.adviser.leaves import bare_of
from schoolgate.rulebook.facts import Attested, Given, Relation
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.facts_read import words_read
from schoolgate.rulebook.messages import CHOICES, NEEDS, QUESTIONS
from schoolgate.rulebook.situations import situation
from schoolgate.web.frame.forms import YES_NO, DayField, Drawing, HelpedField, SchoolForm

NONE = "none_of_these"
LONGEST_NAME = 300
Read = Callable[[Any], Any]
Found = tuple[forms.Field, Read, Read]
"""A field, how its answer is read (None: not answered), and how an earlier answer is shown."""


@dataclass(frozen=True)
class Around:
    """Who fills in a form and when, and which people and roles there are to choose from."""

    by: Person
    now: datetime
    on: date
    book: Book
    people: Sequence[Person]

    def at_fact(self, key: str, path: str) -> Here:
        """Return the place of a fact of a situation."""
        return Here(self, key, path)


@dataclass(frozen=True)
class Here:
    """The place of a fact: its situation and its path."""

    around: Around
    key: str
    path: str

    def inside(self, name: str) -> Here:
        """Return the place of a fact of this part."""
        return Here(self.around, self.key, f"{self.path}.{name}")

    @property
    def own_words(self) -> tuple[str, ...]:
        """The policy's own words for it."""
        return words_read(self.around.book, self.key, self.path)


@dataclass(frozen=True)
class Asked:
    """A fact as it is asked. `title`: over several fields; `shown`: what an earlier answer fills in."""

    name: str
    title: str
    fields: Mapping[str, forms.Field]
    read: Callable[[Mapping[str, Any]], Any]
    shown: Callable[[Any], Mapping[str, Any]]


def single(name: str, label: str, field: forms.Field, read: Read, shown: Read) -> Asked:
    """Return a fact that is asked with one field."""
    field.label = label
    return Asked(
        name, label, {name: field}, lambda typed: read(typed.get(name)), lambda kept: {name: shown(kept)}
    )


def question(key: str, path: str) -> str:
    """Return the question about a fact in the active language."""
    found = QUESTIONS.get(f"{key}:{path}")
    if found is None:
        last = path.rpartition(".")[2]
        said = _(NEEDS.get(f"incident.{last}", last))
        return said[:1].upper() + said[1:]
    return _(found)


def choice(key: str, path: str, word: str) -> str:
    """Return an answer to choose in the active language."""
    if word == "local_authority":
        return local_authority()
    found = CHOICES.get(f"{key}:{path}={word}") or CHOICES.get(word)
    return _(found) if found else word


def local_authority(school: School | None = None) -> str:
    """Return the local authority in the terms of the school's country: only England has a LADO."""
    country = country_of(school)
    if country == Country.WALES:
        return _("The local authority’s social services (for the regional safeguarding board)")
    if country is None:
        return _("The local authority (in England the LADO, in Wales social services)")
    return _("The local authority (LADO)")


def ticks(key: str, path: str, words: Sequence[str]) -> forms.MultipleChoiceField:
    """Return boxes to tick, "None of these" last."""
    options = [*((word, choice(key, path, word)) for word in words), (NONE, _("None of these"))]
    return forms.MultipleChoiceField(choices=options, required=False, widget=forms.CheckboxSelectMultiple)


def ticked(typed: Any) -> list[str] | None:
    """Return the boxes that were ticked: an empty list for "None of these", None where none was."""
    chosen = [word for word in typed or () if word != NONE]
    return chosen or ([] if typed else None)


def one_field(here: Here, bare: Any, label: str) -> Found | None:
    """Return the field of a single fact of this type; None for one that no form asks."""
    if bare is Attested:
        return (
            _yes_no(label),
            lambda typed: attested(typed == "yes", here.around) if typed else None,
            as_typed,
        )
    if bare is bool:
        return _yes_no(label), {"yes": True, "no": False}.get, as_typed
    if words := words_of(bare):
        return (
            _options(label, [(word, choice(here.key, here.path, word)) for word in words]),
            as_text,
            as_typed,
        )
    if isinstance(bare, type) and issubclass(bare, date) and not issubclass(bare, datetime):
        return (
            DayField(label=label, required=False),
            lambda typed: typed.isoformat() if typed else None,
            as_typed,
        )
    if bare is not str:
        return None
    if here.path.endswith(".procedure_of"):
        return one_school(label), as_text, as_typed
    if here.path == "rank" and here.own_words:
        ranks = [*((word, word) for word in here.own_words), ("other", _("Less serious"))]
        return _options(label, ranks), as_text, as_typed
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False), as_text, as_typed


def one_school(label: str) -> forms.Field:
    """Return the choice of a school, by the short name that facts have."""
    schools = [(one.slug, one.name) for one in School.objects.order_by("name")]
    return forms.ChoiceField(label=label, choices=[("", "–"), *schools], required=False)


def lead(around: Around) -> Found:
    """Return the choice of a person, as facts have them: their connection and roles, and a key."""
    people = {str(one.pk): one for one in (around.by, *around.people)}
    options = [("", _("Not decided")), *((pk, one.name) for pk, one in people.items())]

    def read(typed: Any) -> Any:
        person = people.get(typed or "")
        if person is None:
            return None
        roles = roles_of(person, on=around.on, anywhere=True)
        return {"key": person_key(person.pk), "relation": person.relation, "roles": roles}

    return (
        forms.ChoiceField(choices=options, required=False),
        read,
        lambda kept: kept["key"].rpartition("-")[2],
    )


def attested(answer: bool, around: Around) -> dict[str, Any]:
    """Return a person's judgement as facts have it: of what there is now."""
    by = person_key(around.by.pk)
    return {"answer": answer, "by": by, "at": around.now.isoformat(), "of_this_version": True}


def as_text(typed: Any) -> Any:
    """Return a word or a text as an answer; None where it is empty."""
    return (typed or "").strip() or None


def as_typed(kept: Any) -> Any:
    """Return an answer as a field has it."""
    if isinstance(kept, Mapping) and "answer" in kept:
        kept = kept["answer"]
    if isinstance(kept, bool):
        return "yes" if kept else "no"
    return kept


def as_list(field: forms.Field) -> forms.Field:
    """Draw the choices of a field as a list to open, so that many of them stay short."""
    if isinstance(field.widget, forms.RadioSelect) and isinstance(field, forms.ChoiceField):
        options = [("", "–"), *list(cast("Iterable[Any]", field.choices))]
        return forms.ChoiceField(label=field.label, choices=options, required=False)
    return field


def is_part(bare: Any) -> bool:
    """Whether a type is a part with facts of its own."""
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def words_of(bare: Any) -> tuple[str, ...]:
    """Return the words of a closed vocabulary; empty for any other type."""
    return tuple(map(str, get_args(bare))) if get_origin(bare) is Literal else ()


def _yes_no(label: str) -> forms.Field:
    return _options(label, YES_NO)


def _options(label: str, options: Sequence[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=list(options), required=False, widget=forms.RadioSelect)


ROWS = 2
"""How many things of an open list one form takes."""
BY_PROGRAM = frozenset({"by", "at", "on"})
"""What the program knows of a thing entered: who enters it, and when."""
Fields = tuple[dict[str, forms.Field], Callable[[Mapping[str, Any]], dict[str, Any] | None]]
"""Fields by name, and how a thing is read from them (None: nothing was entered)."""


def part(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Return a fact with facts of its own."""
    fields, read = _fields(here, model, here.path)
    return Asked(here.path, label, fields, read, lambda kept: _filled(kept, here.path))


def listed(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Return a list of things: boxes to tick where each has nothing more to say, else fields for each."""
    types = {name: bare_of(info.annotation) for name, info in model.model_fields.items()}
    head = next((name for name, bare in types.items() if words_of(bare)), "")
    named = [name for name, info in model.model_fields.items() if types[name] is str and info.is_required()]
    if not head or set(named) - BY_PROGRAM:
        return _open_list(here, label, model)
    others = {name: bare for name, bare in types.items() if name != head and name not in BY_PROGRAM}
    if set(others.values()) <= {Attested}:
        return _boxes(here, label, model, head)
    return _each_in_turn(here, label, model, head)


def _boxes(here: Here, label: str, model: type[BaseModel], head: str) -> Asked:
    field = ticks(here.key, here.path, words_of(bare_of(model.model_fields[head].annotation)))

    def read(typed: Any) -> Any:
        chosen = ticked(typed)
        return None if chosen is None else [_entered({head: word}, model, here) for word in chosen]

    return single(here.path, label, field, read, lambda kept: [one[head] for one in kept] or [NONE])


def _each_in_turn(here: Here, label: str, model: type[BaseModel], head: str) -> Asked:
    """Ask about each thing of a closed list, such as each outside body. Those with an open answer stay in the
    list, so that going through them means answering each."""
    words = words_of(bare_of(model.model_fields[head].annotation))
    fields: dict[str, forms.Field] = {}
    reads: dict[str, Callable[[Mapping[str, Any]], dict[str, Any] | None]] = {}
    for word in words:
        said = choice(here.key, f"{here.path}.{head}", word)
        found, reads[word] = _fields(here, model, f"{here.path}.{word}", leave_out=head)
        for at, field in found.items():
            field.label = said if len(found) == 1 else f"{said}: {field.label}"
            fields[at] = as_list(field)
    stay = "answer" in model.model_fields

    def read(typed: Mapping[str, Any]) -> Any:
        given = {word: reads[word](typed) for word in words}
        if not any(given.values()):
            return None
        return [{head: word, **(given[word] or {})} for word in words if stay or given[word] is not None]

    def shown(kept: Any) -> Mapping[str, Any]:
        return {at: value for one in kept for at, value in _filled(one, f"{here.path}.{one[head]}").items()}

    return Asked(here.path, label, fields, read, shown)


def _open_list(here: Here, label: str, model: type[BaseModel]) -> Asked:
    """Ask for a few things with names of their own. The policy's own names are filled in to start with."""
    first = next(iter(model.model_fields))
    is_name = bare_of(model.model_fields[first].annotation) is str
    named = here.inside(first).own_words if is_name else ()
    rows = range(max(ROWS, len(named)))
    none_at = f"{here.path}.{NONE}"
    fields: dict[str, forms.Field] = {none_at: forms.BooleanField(label=_("None"), required=False)}
    reads: list[Callable[[Mapping[str, Any]], dict[str, Any] | None]] = []
    for row in rows:
        found, read_row = _fields(here, model, f"{here.path}.{row}", asks_day=True)
        reads.append(read_row)
        for at, field in found.items():
            field.label = f"{field.label} ({row + 1})"
            fields[at] = as_list(field)
        if row < len(named):
            fields[f"{here.path}.{row}.{first}"].initial = named[row]

    def read(typed: Mapping[str, Any]) -> Any:
        found = [thing for one in reads if (thing := one(typed)) is not None]
        only_named = [one for one in found if set(one) == {first} and one[first] in named]
        given = [one for one in found if one not in only_named]
        return given or ([] if typed.get(none_at) else None)

    def shown(kept: Any) -> Mapping[str, Any]:
        if not kept:
            return {none_at: True}
        return {
            at: value
            for row, one in enumerate(kept)
            for at, value in _filled(one, f"{here.path}.{row}").items()
        }

    return Asked(here.path, label, fields, read, shown)


def _fields(
    here: Here, model: type[BaseModel], before: str, *, leave_out: str = "", asks_day: bool = False
) -> Fields:
    """Return the fields of a thing, named after `before`, without those that the program fills in.

    `asks_day`: its day is asked for, because it may not be the day on which it is entered."""
    by_program = BY_PROGRAM - {"on"} if asks_day else BY_PROGRAM
    fields: dict[str, forms.Field] = {}
    reads: dict[str, Read] = {}
    for name, info in model.model_fields.items():
        bare = bare_of(info.annotation)
        if (
            name == leave_out
            or (name in by_program and bare is not InFacts)
            or (bare is InFacts and name != "by")
        ):
            continue
        inside = here.inside(name)
        label = question(here.key, inside.path)
        if bare is InFacts:
            field, reads[name], _shown = lead(here.around)
        elif get_origin(bare) is tuple:
            field, reads[name] = _roles(here), lambda typed: list(typed or ()) or None
        elif (found := one_field(inside, bare, label)) is not None:
            field, reads[name], _shown = found
        else:
            continue
        field.label = label
        fields[f"{before}.{name}"] = field

    def read(typed: Mapping[str, Any]) -> dict[str, Any] | None:
        found = {name: one(typed.get(f"{before}.{name}")) for name, one in reads.items()}
        given = {name: value for name, value in found.items() if value is not None}
        return _entered(given, model, here) if given else None

    return fields, read


def _roles(here: Here) -> forms.Field:
    options = [(role.name, role.name) for role in here.around.book.roles]
    return forms.MultipleChoiceField(choices=options, required=False, widget=forms.CheckboxSelectMultiple)


def _filled(kept: Mapping[str, Any], before: str) -> dict[str, Any]:
    """Return what the fields of a thing show of an earlier answer."""
    return {
        f"{before}.{name}": value["key"].rpartition("-")[2]
        if isinstance(value, Mapping) and "key" in value
        else as_typed(value)
        for name, value in kept.items()
    }


def _entered(given: Mapping[str, Any], model: type[BaseModel], here: Here) -> dict[str, Any]:
    """Return a thing with who entered it and when, where it says so; ticked means judged to be so."""
    around = here.around
    program = {"by": person_key(around.by.pk), "at": around.now.isoformat(), "on": around.on.isoformat()}
    types = {name: bare_of(info.annotation) for name, info in model.model_fields.items()}
    entered: dict[str, Any] = {
        name: value for name, value in program.items() if name in types and types[name] is not InFacts
    }
    entered |= {name: attested(True, around) for name, bare in types.items() if bare is Attested}
    return {**entered, **given}


# The form of a stage of a concern, made from the declarations of the facts that the policy in force reads.
# A fact becomes one field, or a few that belong together. What is left empty stays unknown; "None of these"
# is an answer.

MOST_LIKELY = 3
TICKS = "wrong/_likely_first.html"


class StageForm(SchoolForm):
    """The answers of one stage, and a note. `asks`: the facts in order."""

    def __init__(self, data: Any = None, *, stage: Stage, case: CaseFile, around: Around) -> None:
        super().__init__(data)
        self.case = case
        self.missing: frozenset[str] = frozenset()
        self.asks: list[Asked] = []
        for name in stage.asks(around.book):
            asked = _asked(stage.situation, name, case, around)
            if asked is not None:
                self.asks.append(asked)
                self.fields.update(asked.fields)
                if name in case.answers:
                    self.initial.update(asked.shown(case.answers[name]))
        self.fields["words"] = forms.CharField(
            label=gettext_lazy("Note"),
            help_text=gettext_lazy("What you know, and who told you. Encrypted, and saved with your name."),
            max_length=LONGEST_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def helper(self) -> Drawing:
        """Draw each fact under its question, folded: open where it is missing or wrong."""
        drawn = Drawing(self)
        parts: list[Any] = []
        for one in self.asks:
            wrong = any(name in self.errors for name in one.fields) if self.is_bound else False
            begin = _begin(
                one, is_open=wrong or one.name in self.missing, answered=one.name in self.case.answers
            )
            parts += [HTML(begin), *map(_drawn, one.fields.items()), HTML("</details>")]
        drawn.layout = Layout(*parts, "words")
        return drawn

    def answers(self) -> dict[str, Any]:
        """Return the answers by the name of their fact, in the form that the situation's schema has; None for
        one that is empty."""
        return {one.name: one.read(self.cleaned_data) for one in self.asks}

    def missing_here(self, names: Iterable[str]) -> None:
        """Open the questions of these facts."""
        self.missing = frozenset(names)

    def field_of(self, name: str) -> str:
        """Return the first field of a fact, for a link to it; empty where it is not asked here."""
        return next((next(iter(one.fields)) for one in self.asks if one.name == name), "")


def _drawn(named: tuple[str, forms.Field]) -> Any:
    name, field = named
    return Field(name, template=TICKS) if isinstance(field, LikelyFirst) else name


def _begin(asked: Asked, *, is_open: bool, answered: bool) -> str:
    """Return the start of the fold of a question. A single field's own label stays for screen readers."""
    kind = "sg-ask sg-ask--one" if len(asked.fields) == 1 else "sg-ask"
    start = '<details class="sg-fold {}" open>' if is_open else '<details class="sg-fold {}">'
    said = format_html(' <span class="sg-quiet">{}</span>', _("Answered")) if answered else ""
    fold = format_html(f"{start}<summary>{{}}{{}}</summary>", kind, asked.title, said)
    return f"{{% verbatim %}}{fold}{{% endverbatim %}}"


def _asked(key: str, name: str, case: CaseFile, around: Around) -> Asked | None:
    """Return how a fact is asked; None for one that a form can't ask."""
    label, bare = question(key, name), bare_of(situation(key).facts.model_fields[name].annotation)
    if name in OF_THEIR_OWN:
        return OF_THEIR_OWN[name](key, label, case, around)
    if bare is InFacts:
        return _relation(key, name, label)
    if get_origin(bare) is tuple:
        inner = bare_of(get_args(bare)[0])
        if words := words_of(inner):
            return _some_of(key, name, label, words)
        return (
            listed(around.at_fact(key, name), label, inner) if is_part(inner) and inner is not Given else None
        )
    if is_part(bare) and bare is not Attested:
        return part(around.at_fact(key, name), label, bare)
    found = one_field(around.at_fact(key, name), bare, label)
    return single(name, label, *found) if found is not None else None


def _relation(key: str, name: str, label: str) -> Asked:
    """Ask what a person is to the school: a fact never says who it is."""
    options = [(word, choice(key, name, word)) for word in words_of(Relation) if word != "other"]
    field = forms.ChoiceField(
        choices=[("", _("Not known")), *options, ("other", _("Another person"))], required=False
    )
    return single(
        name, label, field, lambda typed: {"key": SUBJECT, "relation": typed} if typed else None,
        lambda kept: kept.get("relation"),
    )  # fmt: skip


def _some_of(key: str, name: str, label: str, words: tuple[str, ...]) -> Asked:
    return single(name, label, ticks(key, name, words), ticked, lambda kept: list(kept) or [NONE])


def _lead(_key: str, label: str, _case: CaseFile, around: Around) -> Asked:
    return single("lead", label, *lead(around))


def _handled_by(_key: str, label: str, _case: CaseFile, _around: Around) -> Asked:
    return single("handled_by", label, one_school(label), as_text, as_typed)


def _school(_key: str, label: str, case: CaseFile, _around: Around) -> Asked:
    field = one_school(label)
    field.initial = case.report.school.slug if case.report.school else None
    return single("school", label, field, as_text, as_typed)


class _Ticked(HelpedField):
    """Boxes as they are drawn, some of them folded."""

    @property
    def shows_others(self) -> bool:
        """Return whether one of the folded boxes is ticked."""
        ticked = set(self.value() or ())
        return any(word in ticked for word, _said in getattr(self.field, "others", ()))


class LikelyFirst(forms.MultipleChoiceField):
    """Boxes to tick, of which only the first are shown: the others are behind one fold."""

    bound_field_class = _Ticked

    def __init__(self, *, first: int, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.first, self.others = choices[:first], choices[first:]


def _kinds(key: str, label: str, case: CaseFile, around: Around) -> Asked:
    """Ask what kind of thing it is: of many, the likely ones first."""
    words = words_of(get_args(bare_of(situation(key).facts.model_fields["kinds"].annotation))[0])
    known = case.report.answers.get("kinds") or ()
    said = [kind for line in case.report.said if line in SAYS for kind in SAYS[line].kinds]
    begun = case.steps[0].words.get("what", "") if case.steps else ""
    ordered = likely_first(words, ticked=[*known, *said], words=begun)
    boxes = [*((word, choice(key, "kinds", word)) for word in ordered), (NONE, _("None of these"))]
    field = LikelyFirst(choices=boxes, first=MOST_LIKELY, required=False, widget=forms.CheckboxSelectMultiple)
    return single("kinds", label, field, ticked, lambda kept: list(kept) or [NONE])


def _documents_broken(key: str, _label: str, _case: CaseFile, around: Around) -> Asked:
    words = around.at_fact(key, "documents_broken").own_words
    return _some_of(key, "documents_broken", _("Does it break one of these?"), words)


def _body_decisions(key: str, label: str, case: CaseFile, around: Around) -> Asked:
    """Ask about which people the governing body has decided. A body meets and doesn't sign in: its word
    counts as the body's own, and the record says who entered it."""
    body = around.at_fact(key, "body_decisions.roles").own_words
    words = tuple(case.answers.get("harmed_reputations") or ())
    field = ticks(key, "harmed_reputations", words)
    before = list(case.answers.get("body_decisions") or ())
    done = {word for one in before for word in one["covers"]}

    def read(typed: Any) -> Any:
        new = [word for word in ticked(typed) or () if word not in done]
        if not new:
            return before or None
        entered = given_by(around.by, case.report, at=around.now, covers=new)
        given = entered.model_copy(update={"roles": tuple(dict.fromkeys((*entered.roles, *body)))})
        return [*before, given.model_dump(mode="json")]

    return single("body_decisions", label, field, read, lambda _kept: sorted(done))


OF_THEIR_OWN: dict[str, Callable[[str, str, CaseFile, Around], Asked]] = {
    "kinds": _kinds,
    "lead": _lead,
    "handled_by": _handled_by,
    "school": _school,
    "documents_broken": _documents_broken,
    "body_decisions": _body_decisions,
}
"""Facts that are chosen from what is here: a person, a school, the policy's own documents, a decision of the
governing body."""
