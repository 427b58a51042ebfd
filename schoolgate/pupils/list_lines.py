"""What a list of pupils may tell: its columns, what their words mean, and one line of it read as a pupil.
What can't be used as given is reported with its line.

Only these columns are read. A consent column is one use on all official accounts (`picture`) or on one
network (`picture@facebook`). What its words mean is never guessed: a heading may ask for a yes or for a
no. *Do not photograph: yes* is a no. That someone hasn't said no is no yes either, so nothing below such
a heading is one; and a word that says no is no yes below any heading.

Most systems export consents a row each: the pupil again on each row, the name of the consent, and the
answer. Such a list becomes one with one pupil a row and a column for each consent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.patterns import lazy_pattern
from schoolgate.people import list_cells
from schoolgate.people.list_cells import (
    Arg,
    Cells,
    ListMessage,
    Reading,
    known_headings,
    may_be_made_a_day,
    names_apart,
    typed,
    wrong_columns,
)
from schoolgate.people.list_cells import offered as offered_for
from schoolgate.people.persons import email_is_bad, tidy_email
from schoolgate.people.sheets import Line, Sheet, same_word
from schoolgate.pupils.models import WORDS, Answer, Use, Why

_CHOICE = lazy_pattern(r"\b(?:yes|y|ie|ydy|oes|iawn)\b ?(?:/|or|neu|\|) ?\b(?:no|n|na|nac? (?:ydy|oes))\b")
"""Both answers side by side, as in *Photos (Y/N)*: this asks for either."""
_NO_NO = lazy_pattern(
    r"\b(?:no|not|never|without|dim|ddim|heb|nid|ni|nad|(?:do|does|has|have|is|are)(?: not|n'?t))"
    r"(?: (?:any|ever|been|yn|wedi|unrhyw|parental))? ?"
    r"(?:object\w*|opt(?:ed|ing|s)?[ -]?out|refus\w*|withdr\w*|restrict\w*|limit\w*|"
    r"g?wrthwyneb\w*|g?wrthod\w*|g?cyfyng\w*|gyfyng\w*)"
)
"""A no to a no: *No objection to photographs*."""
_NO = lazy_pattern(
    r"\b(?:no|not|non|never|cannot|can'?t|won'?t|don'?t|doesn'?t|mustn'?t|shouldn'?t|isn'?t|aren'?t|"
    r"without|against|opt(?:ed|ing|s)?[ -]?out\w*|object\w*|refus\w*|with(?:h[eo]ld|draw|drew)\w*|"
    r"declin\w*|exclu\w*|exempt\w*|prohibit\w*|restrict\w*|den(?:y|ied|ial|ies)\w*|forb[ai]d\w*|"
    r"disallow\w*|disagree\w*|dissent\w*|block\w*|avoid\w*|veto\w*|remov\w*|revok\w*|reject\w*|"
    r"unwilling|unable|un(?:authori[sz]ed|agreed)|non\w?consent\w*|dnp|stop|ban(?:ned)?|"
    r"dim|ddim|(?<!i )(?<!gyda )(?<!gan )ni|nid|nad|na|nac|heb|byth|peidi\w*|beidi\w*|"
    r"(?:g|ng)?wrthod\w*|(?:g|ng)?wrthwyneb\w*|eithri\w*|"
    r"(?:optio|dewis|ddewis|tynnu|dynnu|thynnu)(?: allan| n[oô]l| yn [oô]l|'n [oô]l)|"
    r"g?wahardd\w*|g?waherdd\w*|anghyt\w*|(?:g|c)?yfyng\w*|atal\w*|di-?ganiat\w*)\b"
)
"""A word that asks for a no, in English or Welsh, also mutated."""
_YES = frozenset(
    {
        "yes", "y", "true", "t", "1", "x", "✓", "✔", "☑", "✅", "tick", "ticked", "checked", "on", "agreed",
        "agree", "given", "granted", "ok", "ie", "ydy", "ydi", "oes", "do", "gwir", "cytuno",
        "wedi cytuno", "iawn",
    }
)  # fmt: skip
_NOS = frozenset(
    {
        "n", "false", "f", "0", "off", "nope", "nag oes", "nac oes", "nac ydy", "nage", "naddo", "anwir",
        "✗", "✘", "❌",
    }
)  # fmt: skip
_PARTS = lazy_pattern(r"[_./|,;:()\[\]{}*?!–—-]+")
_TURNED = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")


_SPEAKS_OF = {
    Use.PICTURE: lazy_pattern(
        r"\b(?:photo\w*|picture\w*|pics?|image\w*|portrait\w*|l?lun|l?luniau|ffoto\w*)\b"
    ),
    Use.FILM: lazy_pattern(r"\b(?:film\w*|video\w*|ffilm\w*|fideo\w*)\b"),
    Use.NAME: lazy_pattern(r"\b(?:nam(?:e|es|ed|ing)|enw\w*|henw\w*)\b"),
    Use.VOICE: lazy_pattern(r"\b(?:voices?|sound|audio|recordings?|llais|lleisiau|sain)\b"),
}


def uses_in(heading: str) -> set[Use]:
    """Return which uses a heading speaks of: *Photos* can't be a consent to a name."""
    words = " ".join(_PARTS.sub(" ", same_word(_TURNED.sub(" ", heading))).split())
    return {use for use, shape in _SPEAKS_OF.items() if shape.search(words)}


_AT_LARGE = lazy_pattern(r"\b(?:socials?|on ?line|internet|digital|cymdeithasol|ar ?lein|rhyngrwyd)\b")
_NETWORKS = {
    "noticeboard": lazy_pattern(r"\b(?:web ?sites?|web ?pages?|g?wefan\w*)\b"),
    "facebook": lazy_pattern(r"\b(?:facebook|fb)\b"),
    "instagram": lazy_pattern(r"\b(?:instagram|insta)\b"),
    "threads": lazy_pattern(r"\bthreads\b"),
    "x": lazy_pattern(r"\btwitter\b"),
    "linkedin": lazy_pattern(r"\blinked ?in\b"),
    "tiktok": lazy_pattern(r"\btik ?tok\b"),
    "youtube": lazy_pattern(r"\byou ?tube\b"),
    "bluesky": lazy_pattern(r"\bblue ?sky\b"),
    "mastodon": lazy_pattern(r"\bmastodon\b"),
}
"""A website is what the noticeboard is."""
_ELSEWHERE = lazy_pattern(
    r"\b(?:newsletters?|prospectus\w*|brochures?|leaflets?|posters?|displays?|newspapers?|press|magazines?"
    r"|yearbooks?|in school|internal\w*|classrooms?|tapestry|seesaw|class ?dojo"
    r"|g?cylchlythyr\w*|ch?ylchlythyr\w*|[pb]h?rosbectws|arddangos\w*|papurau? newydd|y wasg|yn yr ysgol)\b"
)


def counts_on(heading: str, field: str) -> bool:
    """Return whether a yes below a heading can be one to a field's accounts: *Website* is none to Facebook,
    and *Newsletter* none to any."""
    words = " ".join(_PARTS.sub(" ", same_word(_TURNED.sub(" ", heading))).split())
    if _AT_LARGE.search(words):
        return True
    places = {key for key, shape in _NETWORKS.items() if shape.search(words)}
    return split(field)[1] in places if places or _ELSEWHERE.search(words) else True


def asks_for_a_no(heading: str) -> bool:
    """Return whether a heading asks who said no, so that *yes* below it is a no."""
    words = same_word(_TURNED.sub(" ", heading)).replace("’", "'").replace("_", " ")
    words = _CHOICE.sub(" ", words)
    words = _NO_NO.sub(" ", words)
    return bool(_NO.search(words) or _NO.search(_NO_NO.sub(" ", " ".join(_PARTS.sub(" ", words).split()))))


def says_yes(word: str) -> bool:
    """Return whether a word of a list says yes by itself."""
    return same_word(word) in _YES


def says_no(word: str) -> bool:
    """Return whether a word of a list says no by itself."""
    return same_word(word) in _NOS or (not says_yes(word) and asks_for_a_no(word))


def can_mean(heading: str, word: str) -> Collection[str]:
    """Return what a word below a heading can mean, of `Answer`."""
    if asks_for_a_no(heading):
        return (Answer.REFUSED,) if says_yes(word) else (Answer.REFUSED, Answer.NOT_ASKED)
    return (Answer.REFUSED, Answer.NOT_ASKED) if says_no(word) else tuple(Answer.values)


AT = "@"


class Field(TextChoices):
    """What a column can be about, besides consent."""

    KEY = "key", _("Pupil number")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    KNOWN_AS = "known_as", _("Known as")
    SCHOOL = "school", _("School")
    YEAR = "year", _("Year group")
    FORM = "form", _("Class")
    BORN = "born_on", _("Date of birth")
    PARENT = "parent", _("Parent’s name")
    PARENT_EMAIL = "parent_email", _("Parent’s email")
    OTHER = "other_parent", _("Other parent’s name")
    OTHER_EMAIL = "other_parent_email", _("Other parent’s email")


HEADINGS: Mapping[str, Sequence[str]] = {
    Field.KEY: (
        "upn", "admission number", "admission no", "admission no.", "adno", "pupil number", "student id",
        "pupil id", "display code", "rhif disgybl",
    ),
    Field.FIRST_NAME: ("first name", "forename", "legal forename", "legal first name", "enw cyntaf"),
    Field.LAST_NAME: ("last name", "surname", "legal surname", "legal last name", "family name", "cyfenw"),
    Field.KNOWN_AS: ("known as", "preferred forename", "preferred first name", "preferred name"),
    Field.SCHOOL: ("school", "ysgol"),
    Field.YEAR: (
        "year group", "year", "nc year", "national curriculum year", "year level", "year taught in",
        "blwyddyn",
    ),
    Field.FORM: (
        "class", "form", "reg", "registration group", "reg group", "tutor group", "registration form",
        "form group", "roll class", "roll group", "dosbarth",
    ),
    Field.PARENT: ("parent", "parent name", "parent 1", "contact 1", "priority 1 contact name"),
    Field.PARENT_EMAIL: ("parent email", "parent 1 email", "contact 1 email", "primary email"),
    Field.OTHER: ("parent 2", "contact 2", "priority 2 contact name"),
    Field.OTHER_EMAIL: ("parent 2 email", "contact 2 email"),
    Field.BORN: ("date of birth", "dob", "d.o.b.", "birth date", "dyddiad geni"),
}  # fmt: skip
"""Headings that are offered for a field; a person checks the offer before it counts. None for consents."""


def consent_fields(channels: Iterable[str]) -> list[str]:
    """Return the fields of consents: each use for all accounts, and pictures and film on each channel."""
    each = [f"{use}{AT}{channel}" for use in (Use.PICTURE, Use.FILM) for channel in channels]
    return [*Use.values, *each]


def split(field: str) -> tuple[str, str]:
    """Return the use and the channel of a consent's field; the channel "" is all of them."""
    use, _at, channel = field.partition(AT)
    return use, channel


def label_of(field: str) -> Text:
    """Return what a field is called."""
    if field in Field.values:
        return Field(field).label
    use, channel = split(field)
    if not channel:
        return format_lazy(_("Consent: {use}"), use=Use(use).label)
    return format_lazy(
        _("Consent: {use} on {network}"), use=Use(use).label, network=all_capabilities()[channel].name
    )


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


ONE_PLACE = _(
    "This column is about one place only, so a yes in it doesn’t count on all accounts. Choose it for that "
    "network (for a website: the noticeboard), or leave it out."
)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    fields = [*Field.values, *consent_fields(all_capabilities())]
    wrong: dict[str, Any] = wrong_columns(columns, headings, fields)
    why: Mapping[str, Any] = {
        Field.KEY: _("Choose the column with the pupil numbers. They identify the pupils."),
        Field.FIRST_NAME: _("Choose the column with the first names."),
        Field.LAST_NAME: _("Choose the column with the last names."),
    }
    wrong = {name: told for name, told in why.items() if name not in columns} | wrong
    for name, heading in columns.items():
        said = uses_in(heading) if split(name)[0] in Use.values else set()
        if said and Use(split(name)[0]) not in said:
            uses = ", ".join(str(use.label) for use in Use if use in said)
            wrong.setdefault(name, format_lazy(_("This column is about: {uses}."), uses=uses))
        if split(name)[0] in Use.values and not (counts_on(heading, name) or asks_for_a_no(heading)):
            wrong.setdefault(name, ONE_PLACE)
    if Field.SCHOOL not in columns and not defaults.get("school"):
        wrong["school"] = _("Choose the column, or say which school these pupils are at.")
    if wrong:
        raise BadInput({str(name): told for name, told in wrong.items()})


KINDS = (
    "consent type", "consent name", "consent description", "parental consent type", "type of consent",
    "consent", "permission", "permission type", "math o ganiatâd", "caniatâd",
)  # fmt: skip
"""Headings above the names of consents."""
ANSWERS = (
    "consent given", "consent status", "consent response", "given", "given?", "granted", "response", "answer",
    "consent value", "value", "status", "ateb",
)  # fmt: skip
"""Headings above the answers."""
MOST_KINDS = 40
BOTH = "; "
"""Between two answers to one consent: no one has explained such a word, so it's no yes."""
NO_ANSWER = "–"


_PARTS_OF_NAMES = known_headings({each: HEADINGS[each] for each in (Field.FIRST_NAME, Field.LAST_NAME)})


def one_pupil_a_line(sheet: Sheet) -> Sheet:
    """Return the list with a column for each consent, and for each part of a name; as it is where it doesn't
    have one consent a row."""
    sheet = names_apart(sheet, known=_PARTS_OF_NAMES)
    head = [same_word(cell) for cell in sheet.lines[0].cells] if sheet.lines else []
    kind, answer = (next((head.index(each) for each in of if each in head), None) for of in (KINDS, ANSWERS))
    key = next((head.index(each) for each in HEADINGS[Field.KEY] if each in head), None)
    if kind is None or answer is None or key is None or kind == answer:
        return sheet
    about = {head.index(word) for words in HEADINGS.values() for word in words if word in head}
    about -= {kind, answer}
    names: dict[str, str] = {}
    pupils: dict[tuple[str, ...], tuple[Line, dict[str, str]]] = {}
    before: tuple[str, ...] = ()
    for line in sheet.lines[1:]:
        who = tuple(_at(line, place) for place in sorted(about))
        # Merged cells say the pupil once, above all their consents.
        who = who if any(who) else before
        before = who
        said = pupils.setdefault(who, (line, {}))[1]
        word = same_word(_at(line, kind))
        title = _at(line, kind)
        names.setdefault(word, f"{sheet.lines[0].cells[kind]}: {title}" if word in head else title)
        given = _at(line, answer)
        if said.setdefault(word, given) != given:
            said[word] = f"{said[word] or NO_ANSWER}{BOTH}{given or NO_ANSWER}"
    names.pop("", None)
    answers = all(says_yes(word) or says_no(word) or not typed(word) for word in names)
    if answers or len(names) > MOST_KINDS:
        return sheet  # no consents, or no names of consents but the answers to one
    kept = [place for place in range(len(head)) if place not in (kind, answer)]
    titles = [*_cells(sheet.lines[0], kept), *names.values()]
    lines = [
        Line(line.number, (*_cells(line, kept), *(said.get(word, "") for word in names)))
        for line, said in pupils.values()
    ]
    return replace(sheet, lines=(Line(sheet.lines[0].number, tuple(titles)), *lines))


def _at(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _cells(line: Line, places: Sequence[int]) -> list[str]:
    return [_at(line, place) for place in places]


@dataclass(frozen=True)
class PupilMessage(list_cells.ListMessage):
    """`code` of `states.WORDS`; `use`: a field of a consent, `answer`: one of `Answer`, `why`: of `Why`."""

    words: ClassVar[Mapping[str, str | Promise]] = WORDS

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        if name == "use":
            return str(label_of(str(arg)))
        if name == "answer":
            return str(Answer(str(arg)).label).lower()
        if name == "why":
            # Who is on the do-not-publish list isn't the office's to know.
            return "" if arg == Why.LISTED else str(Why(str(arg)).label)
        return super().shown(name, arg)


def say(code: str, **args: Arg) -> PupilMessage:
    """Return a message about a line."""
    return PupilMessage(code, args)


LONGEST: Mapping[Field, int] = {
    Field.KEY: 40,
    Field.FIRST_NAME: 80,
    Field.LAST_NAME: 80,
    Field.KNOWN_AS: 80,
    Field.YEAR: 20,
    Field.FORM: 40,
}
PARENTS = ((Field.PARENT, Field.PARENT_EMAIL), (Field.OTHER, Field.OTHER_EMAIL))
LONGEST_PARENT = 120
NEEDED = (Field.FIRST_NAME, Field.LAST_NAME)
BESIDE = frozenset({Field.YEAR, Field.FORM})
"""Texts without which it's known who the pupil is: what can't be used of them is left out by itself."""
T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """The content of a line. `answers`: consent field -> one of `Answer`."""

    line: int
    key: str
    first_name: str
    last_name: str
    known_as: str
    school_id: int | None
    year: str
    form: str
    born_on: date | None
    answers: Mapping[str, str]
    parents: tuple[tuple[str, str], ...]
    """Name and email of each, "" where the list has no email."""
    wrong: tuple[ListMessage, ...]
    unused: tuple[ListMessage, ...] = ()
    """Why something was left out of the line: a date of birth that can't be right refuses itself, not the
    pupil."""
    left_out: frozenset[str] = frozenset()
    """The fields that were: what is here about them stays as it is."""

    @property
    def full_name(self) -> str:
        """The name of the records."""
        return f"{self.first_name} {self.last_name}"

    @property
    def name(self) -> str:
        """The name people use."""
        return f"{self.known_as or self.first_name} {self.last_name}".strip()


class LineReader(Cells):
    """Reads one line. `consents`: the consent fields that the list has a column for."""

    says = staticmethod(say)
    names = frozenset({Field.FIRST_NAME, Field.LAST_NAME, Field.KNOWN_AS, Field.PARENT, Field.OTHER})

    def __init__(self, reading: Reading, line: Line, *, consents: tuple[str, ...], on: date) -> None:
        super().__init__(reading, line)
        self.consents, self.on = consents, on
        self.unused: list[ListMessage] = []
        self.left_out: set[str] = set()

    def read(self) -> Read:
        """Return the content of the line."""
        school = self._school()
        texts = {
            name: (self._alone(name, partial(self._text, name)) or "") if name in BESIDE else self._text(name)
            for name in LONGEST
        }
        if not texts[Field.KEY] and not self.wrong:
            self.wrong.append(say("no_key"))
        for name in NEEDED:
            if not texts[name] and not any(
                each.args.get("column") == self.column(name) for each in self.wrong
            ):
                self.wrong.append(say("no_value", column=self.column(name)))
        born = self._alone(Field.BORN, self._born)
        parents = [self._alone(name, partial(self._parent, name, email)) for name, email in PARENTS]
        return Read(
            line=self.line.number,
            key=texts[Field.KEY],
            first_name=texts[Field.FIRST_NAME],
            last_name=texts[Field.LAST_NAME],
            known_as=texts[Field.KNOWN_AS],
            school_id=int(school) if school else None,
            year=texts[Field.YEAR],
            form=texts[Field.FORM],
            born_on=born,
            answers={name: self._answer(name) for name in self.consents},
            parents=tuple(filter(None, parents)),
            wrong=tuple(self.wrong),
            unused=tuple(self.unused),
            left_out=frozenset(self.left_out),
        )

    def _alone(self, name: Field, read: Callable[[], T]) -> T | None:
        """Return what is read of a field; None where it can't be used, which refuses nothing else."""
        before = len(self.wrong)
        found = read()
        if len(self.wrong) == before:
            return found
        self.unused += self.wrong[before:]
        del self.wrong[before:]
        self.left_out.add(name)
        return None

    def _text(self, name: Field) -> str:
        words = " ".join(self.cell(name).split())
        if len(words) > LONGEST[name]:
            self.wrong.append(say("too_long", column=self.column(name), most=LONGEST[name]))
            return ""
        if name in BESIDE and may_be_made_a_day(words):
            self.wrong.append(say("made_a_day", column=self.column(name), value=words))
            return ""
        return words

    def _parent(self, name: Field, email: Field) -> tuple[str, str] | None:
        who, written = " ".join(self.cell(name).split()), self.cell(email).strip()
        if len(who) > LONGEST_PARENT:
            self.wrong.append(say("too_long", column=self.column(name), most=LONGEST_PARENT))
        address = tidy_email(written) if written else ""
        if address and email_is_bad(address):
            self.wrong.append(say("bad_email", column=self.column(email)))
        if address and not who:
            self.wrong.append(say("no_value", column=self.column(name)))
        return (who, address) if who else None

    def _born(self) -> date | None:
        born = self.day(Field.BORN)
        if born is not None and born > self.on:
            self.wrong.append(say("born_future", column=self.column(Field.BORN)))
        return born

    def _school(self) -> str:
        before = len(self.wrong)
        found = self.word(Field.SCHOOL)
        if not found and len(self.wrong) == before:
            self.wrong.append(say("no_value", column=self.column(Field.SCHOOL)))
        return found

    def _answer(self, name: str) -> str:
        """Return the answer in the cell: blank is not asked, and so is what says that there's nothing, unless
        it was explained. A word that no one has explained refuses the line, and so does one that can't mean
        what it was explained as below this heading."""
        words = self.cell_quietly(name)
        found = self.meant(name, words) if words else Answer.NOT_ASKED
        if found is None and not typed(words):
            return Answer.NOT_ASKED
        if words and (found is None or found not in can_mean(self.column(name), words)):
            self.unknown(name, words)
            return Answer.NOT_ASKED
        if found == Answer.GIVEN and not counts_on(self.column(name), name):
            self.wrong.append(say("one_place", column=self.column(name)))
            return Answer.NOT_ASKED
        return found or Answer.NOT_ASKED

    def unknown(self, name: str, words: str) -> None:
        """Report a word that no one has explained; a school's name is corrected in the list instead."""
        if name == Field.SCHOOL:
            code = "unknown_school" if words else "no_value"
            self.wrong.append(say(code, column=self.column(name), value=words[:40]))
            return
        super().unknown(name, words)
