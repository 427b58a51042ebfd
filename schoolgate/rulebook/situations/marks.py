"""What a text may be marked for: one closed list of marks, the people they can be about, and what the
policies' own words mean among them.

A mark only says that a person or the program noticed something; whether the text really contains it is a
person's judgement of this version. A text without marks is not declared clear."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from schoolgate.rulebook.facts import Attested, Facts, Name, Part, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.yaml_text import plain

MarkKind = Literal[
    # details of people
    "email_address", "phone_number", "home_address", "date_of_birth", "full_name", "full_name_with_class",
    "health_detail", "results_with_name", "personal_facts", "colleague_details", "own_facts", "own_contact",
    "own_email", "own_name_and_post",
    # security and confidence
    "door_code", "gate_code", "alarm", "key_holder", "confidential", "regulator_duty", "work_information",
    # how it is written
    "unprofessional", "unfitting", "disrespectful", "unbalanced", "unmeasured", "little_to_say", "no_day",
    "no_place",
    # what it does to people
    "careless_remark", "derogatory", "disparaging", "defamatory", "offensive", "harassing", "discriminatory",
    "insulting", "obscene", "praising_reference", "damaging_reference", "others_rights",
    # the interests it serves
    "personal_gain", "commercial_canvassing", "personal_canvassing", "religious_canvassing",
    "political_canvassing", "outside_promotion",
    # what it speaks of
    "federation_matter", "community_matter", "internal_grievance", "divisive", "personal_opinion",
    # the school's name, and whether it is true
    "discreditable", "misreadable", "incorrect", "misleading", "deceptive", "posing", "unethical",
    # law and other policies
    "unlawful", "other_policy", "law_child_protection", "law_privacy", "law_data_protection", "law_libel",
    "law_defamation", "law_harassment", "law_copyright",
]  # fmt: skip
"""What can be marked. Each has its phrase in the sentences, under "mark." and its name."""

MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)

EVENT_DETAILS: tuple[MarkKind, ...] = ("no_day", "no_place")
"""What a post that tells of an event can lack."""

Whom = Literal[
    "school", "pupil", "family", "staff", "volunteer", "governor", "supplier", "partner", "customer", "public"
]  # fmt: skip
"""The subject of a mark. "school" is the federation or trust itself as well."""

Law = Literal[
    "child protection", "privacy", "data protection", "libel", "defamation", "harassment", "copyright"
]


class _Meant(BaseModel, extra="forbid", frozen=True):
    """What `marks.yaml` says."""

    words: Mapping[str, tuple[MarkKind, ...]]
    people: Mapping[str, frozenset[Whom]]
    laws: Mapping[Law, tuple[MarkKind, ...]]


_MEANT = _Meant.model_validate(plain(Path(__file__).with_suffix(".yaml").read_bytes(), "marks.yaml"))
WORDS, PEOPLE, RAISED_BY = _MEANT.words, _MEANT.people, _MEANT.laws


def _known_word(word: str) -> str:
    if word not in WORDS:
        raise ValueError(f"no mark is known for {word!r}")
    return word


def _known_people(word: str) -> str:
    if word not in PEOPLE:
        raise ValueError(f"nobody is known as {word!r}")
    return word


Word = Annotated[Name, AfterValidator(_known_word)]
PeopleWord = Annotated[Name, AfterValidator(_known_people)]


class Mark(Part, asked_of="reader"):
    """A mark on a text. `whom`: the people it is about. `judged`: a person's judgement whether the text
    contains it (yes: it does). A mark made with certainty counts as judged."""

    kind: MarkKind = Field(description=_("what kind of detail it is"))
    whom: Whom | None = Field(None, description=_("who it is about"))
    judged: Attested | None = Field(None, description=_("whether the text really contains this"))

    @derived("mark_judged", _("whether the text contains what was marked"))
    def judgement(self, _facts: Facts) -> Literal["open", "found", "cleared"]:
        """The judgement of the mark: the text contains it, it doesn't, or no judgement yet."""
        if self.judged is None or self.judged.of_this_version is not True:
            return "open"
        return "found" if self.judged.answer else "cleared"

    @derived("law_answer", _("whether the post breaks this law"))
    def raises(self, facts: Facts) -> tuple[Law, ...]:
        """The laws of which it raises the question."""
        if self.judgement(facts) == "cleared":
            return ()
        return tuple(law for law, kinds in RAISED_BY.items() if self.kind in kinds)

    @derived("mark_judged")
    def label(self, _facts: Facts) -> str:
        """What it was marked for, as a phrase."""
        return f"mark.{self.kind}"


Marks = Annotated[tuple[Mark, ...], BeforeValidator(lambda marks: () if marks is None else marks)]
"""What a text was marked for. A text without marks is not clear, so no one is asked for them."""
