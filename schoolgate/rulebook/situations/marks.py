"""What a text may be marked for: one closed list of marks, the people they can be about, and what the
policies' own words mean among them.

A mark only says that somebody or something noticed a thing; whether the text really holds it is a person's
judgement of the text as it stands. That nothing is marked clears no text."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator

from schoolgate.rulebook.facts import Attested, Facts, Name, Part, derived
from schoolgate.rulebook.sentences import gettext_noop as _

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
    # whom it serves
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
"""Whom a mark is about. "school" is the federation or trust itself as well."""

WORDS: Mapping[str, tuple[MarkKind, ...]] = {
    "e-mail address": ("email_address",),
    "email address": ("email_address",),
    "phone number": ("phone_number",),
    "home address": ("home_address",),
    "date of birth": ("date_of_birth",),
    "full name of a pupil": ("full_name", "full_name_with_class"),
    "full name of pupil with class": ("full_name_with_class",),
    "health detail": ("health_detail",),
    "pupil results with name": ("results_with_name",),
    "personal information": ("own_facts", "own_name_and_post"),
    "home contact details": ("own_contact",),
    "home email addresses": ("own_email",),
    "door code": ("door_code",),
    "gate code": ("gate_code",),
    "alarm": ("alarm",),
    "key holder": ("key_holder",),
    "confidentiality": ("confidential",),
    "work information": ("work_information",),
    "privacy": ("personal_facts",),
    "rights of others": ("others_rights",),
    "professional": ("unprofessional",),
    "appropriate": ("unfitting",),
    "respectful": ("disrespectful", "insulting"),
    "balanced": ("unbalanced",),
    "measured": ("unmeasured",),
    "derogatory": ("derogatory",),
    "disparaging": ("disparaging",),
    "defamatory": ("defamatory",),
    "offensive": ("offensive",),
    "harassing": ("harassing",),
    "discriminatory": ("discriminatory",),
    "discriminatory comments": ("discriminatory",),
    "insults": ("insulting",),
    "obscenity": ("obscene",),
    "positive": ("praising_reference",),
    "negative": ("damaging_reference",),
    "personal gain": ("personal_gain",),
    "commercial solicitation": ("commercial_canvassing",),
    "personal solicitation": ("personal_canvassing",),
    "religious solicitation": ("religious_canvassing",),
    "political solicitation": ("political_canvassing",),
    "promotion of unrelated outside organisation": ("outside_promotion",),
    "specific matters of the federation": ("federation_matter",),
    "specific matters of community members": ("community_matter",),
    "internal grievances": ("internal_grievance",),
    "disrepute": ("discreditable",),
    "facts": ("incorrect",),
    "misleading statements": ("misleading",),
    "posing as another person": ("posing",),
    "other relevant legislation": ("unlawful",),
}
"""A policy's word for what a text is not to hold, or for what it is to be -> the marks that tell."""

PEOPLE: Mapping[str, frozenset[Whom]] = {
    "Trust": frozenset({"school"}),
    "staff": frozenset({"staff"}),
    "colleagues": frozenset({"staff"}),
    "colleagues' personal information": frozenset({"staff"}),
    "pupils": frozenset({"pupil"}),
    "students": frozenset({"pupil"}),
    "pupils' personal information": frozenset({"pupil"}),
    "family members' personal information": frozenset({"family"}),
    "volunteers": frozenset({"volunteer"}),
    "customers": frozenset({"customer", "pupil", "family"}),
    "clients": frozenset({"customer", "pupil", "family"}),
    "business partners": frozenset({"partner"}),
    "affiliates": frozenset({"partner"}),
    "suppliers": frozenset({"supplier"}),
    "vendors": frozenset({"supplier"}),
    "suppliers and vendors": frozenset({"supplier"}),
    "other stakeholders": frozenset({"family", "governor", "volunteer", "public"}),
    "affiliates and other stakeholders": frozenset({"partner", "family", "governor", "volunteer", "public"}),
}
"""A policy's word for those whom a clause protects -> the people whom a mark can be about."""


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


Law = Literal[
    "child protection", "privacy", "data protection", "libel", "defamation", "harassment", "copyright"
]

RAISED_BY: Mapping[Law, tuple[MarkKind, ...]] = {
    "child protection": ("law_child_protection",),
    "privacy": ("law_privacy", "personal_facts", "phone_number", "home_address", "email_address"),
    "data protection": (
        "law_data_protection",
        "full_name",
        "full_name_with_class",
        "date_of_birth",
        "health_detail",
        "results_with_name",
        "personal_facts",
    ),
    "libel": ("law_libel", "defamatory"),
    "defamation": ("law_defamation", "defamatory"),
    "harassment": ("law_harassment", "harassing"),
    "copyright": ("law_copyright", "others_rights"),
}
"""The marks that raise the question of a law, unless somebody has found them untrue."""


class Mark(Part, asked_of="reader"):
    """Something that a text was marked for. `whom`: whom that is about. `judged`: somebody's judgement
    whether the text holds it (yes: it does). Who marks and is sure has judged."""

    kind: MarkKind
    whom: Whom | None = None
    judged: Attested | None = None

    @derived("mark_judged", _("whether the text contains what was marked"))
    def judgement(self, _facts: Facts) -> Literal["open", "found", "cleared"]:
        """What came of it: somebody found that the text holds it or that it does not, or nobody has said."""
        if self.judged is None or self.judged.of_this_version is not True:
            return "open"
        return "found" if self.judged.answer else "cleared"

    @derived("law_answer", _("whether it breaks this law"))
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
"""What a text was marked for. That it has no mark clears nothing, so nobody is asked for them."""
