"""A proposal as the policy in force asks for it: who gets it, signs it and decides on it, what is filled in
on the policy's own form (checked by its type, and made into the case), and what changed between its editions.
Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Proposal
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput
from schoolgate.core.subjects import person_key
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.matching import may_say
from schoolgate.rulebook.situations.accounts import Case, Runner

LONGEST = 20_000
MOST_PEOPLE = 50

Answers = Mapping[str, Any]
"""Answers by the form's keys, as JSON: texts, numbers, ISO days, lists; persons by their id."""


class Unusable(ValueError):
    """An answer that its point can't take. `.sentence` explains what is wrong."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_answers(form: Iterable[FormPoint], given: Answers) -> dict[str, Any]:
    """Return the answers, each checked by its point's type; empty ones are left out as unanswered.

    Raises BadInput with a sentence for each unusable field, including keys that the form does not have.
    """
    points = {point.key: point for point in form}
    wrong: dict[str, str | Promise] = {
        key: _("The form doesn’t ask for this. Leave it blank.") for key in given.keys() - points.keys()
    }
    read: dict[str, Any] = {}
    for key in given.keys() & points.keys():
        try:
            value = _READ[points[key].type](given[key], points[key])
        except Unusable as error:
            wrong[key] = error.sentence
            continue
        if value not in (None, "", []):
            read[key] = value
    if wrong:
        raise BadInput(wrong)
    return {key: read[key] for key in points if key in read}


def asked(form: Iterable[FormPoint], answers: Answers) -> list[FormPoint]:
    """Return the points that the form asks with these answers: a detail only where the choice is made on
    which it depends."""
    return [point for point in form if is_asked(point, answers)]


def is_asked(point: FormPoint, answers: Answers) -> bool:
    """Return whether this point is asked with these answers."""
    if point.required or not point.required_if:
        return True
    return any(
        all(_chosen(answers.get(key)) & set(values) for key, values in condition.items())
        for condition in point.required_if
    )


def _chosen(value: Any) -> set[str]:
    if isinstance(value, list):
        return {str(one) for one in value}
    return {str(value).lower() if isinstance(value, bool) else str(value)}


def people_in(form: Iterable[FormPoint], answers: Answers) -> list[int]:
    """Return the ids of all persons the answers name, each once, in the order of the form."""
    found: list[int] = []
    for point in form:
        value = answers.get(point.key)
        if point.type == "people":
            found += value or []
        elif point.type == "person" and value is not None:
            found.append(value)
    return list(dict.fromkeys(found))


def case_of(form: Iterable[FormPoint], answers: Answers, runners: Mapping[int, Runner]) -> Case:
    """Return the case for the account from the answers; what was not answered stays unknown.

    `runners`: what is on record about each person named. Raises KeyError where one is missing there.
    """
    made: dict[str, Any] = {}
    points = [*asked(form, answers)]
    for point in points:
        if point.key not in answers:
            continue
        part, _dot, detail = point.key.partition(".")
        value = _fact(point, answers[point.key], runners)
        if detail:
            made.setdefault(part, {})[detail] = value
        elif point.type == "groups":
            made.setdefault(part, {})["marked"] = value
        elif part == "host":
            made.setdefault(part, {})["kind"] = value
        else:
            made[part] = value
    for part, main in (("audience", "marked"), ("contributors", "marked"), ("host", "kind")):
        if part in made and main not in made[part]:
            del made[part]  # a detail without its main answer says nothing yet
    # A part that the form doesn't ask for has no one; one that it asks for, unanswered, is unknown.
    made |= dict.fromkeys({"run_by", "administrators", "moderators"} - {one.key for one in points}, ())
    return Case.model_validate(made)


def _fact(point: FormPoint, value: Any, runners: Mapping[int, Runner]) -> Any:
    if point.type == "people":
        return [runners[pk] for pk in value]
    if point.type == "person":
        return person_key(value)
    if point.type == "ages":
        return {"youngest": value[0], "oldest": value[1]}
    return value


def _text(value: Any, _point: FormPoint) -> str:
    if not isinstance(value, str):
        raise Unusable(_("Enter some text."))
    text = value.strip()
    if len(text) > LONGEST:
        raise Unusable(_("This is too long. Use fewer than 20,000 characters."))
    if "\x00" in text:
        raise Unusable(_("This contains a character that can’t be saved. Type it again."))
    return text


def _choice(value: Any, point: FormPoint) -> str:
    if value not in ("", *(key for key, _label in point.options)):
        raise Unusable(_("Choose one of the answers."))
    return str(value)


def _groups(value: Any, point: FormPoint) -> list[str]:
    known = [key for key, _label in point.options]
    if not isinstance(value, list) or any(one not in known for one in value):
        raise Unusable(_("Choose from the groups on the form."))
    return [key for key in known if key in value]


def _person(value: Any, _point: FormPoint) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise Unusable(_("Choose a person."))
    return value


def _people(value: Any, point: FormPoint) -> list[int]:
    if not isinstance(value, list) or len(value) > MOST_PEOPLE:
        raise Unusable(_("Choose no more than 50 people."))
    people = [_person(one, point) for one in value]
    return list(dict.fromkeys(person for person in people if person is not None))


def _names(value: Any, point: FormPoint) -> list[str]:
    if not isinstance(value, list):
        raise Unusable(_("Enter one name per line."))
    return [name for name in (_text(one, point) for one in value) if name]


def _day(value: Any, _point: FormPoint) -> str:
    if value in (None, ""):
        return ""
    try:
        return day_in(value).isoformat()
    except (TypeError, ValueError):
        raise Unusable(_("That date doesn’t exist.")) from None


def _number(value: Any, _point: FormPoint) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        raise Unusable(_("Enter a whole number."))
    return value


def _ages(value: Any, point: FormPoint) -> list[int]:
    if not value:
        return []
    if not isinstance(value, list) or len(value) != 2:
        raise Unusable(_("Enter the youngest and oldest ages."))
    youngest, oldest = (_number(one, point) for one in value)
    if youngest is None or oldest is None or youngest > oldest:
        raise Unusable(_("Enter the youngest age first, then the oldest."))
    return [youngest, oldest]


def _yes_no(value: Any, _point: FormPoint) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise Unusable(_("Answer yes or no."))
    return value


_READ: Mapping[str, Callable[[Any, FormPoint], Any]] = {
    "text": _text,
    "long_text": _text,
    "choice": _choice,
    "groups": _groups,
    "person": _person,
    "people": _people,
    "names": _names,
    "date": _day,
    "ages": _ages,
    "number": _number,
    "yes_no": _yes_no,
}


OF_PURPOSE = frozenset({"aim", "purpose_reason", "intended_audience", "audience"})
"""What a form asks about an account's purpose and audience."""
LEAVE = "written_leave"
"""The requirement of a rule that accepts only written permission, and no signature on a form."""


def recipients(book: Book) -> tuple[str, ...]:
    """Return the roles that a proposal is sent to: of each clause that names recipients, the first one."""
    found = (one.roles_named[0] for one in book.at("account.propose", "recipient") if one.roles_named)
    return tuple(dict.fromkeys(found))


def steps(book: Book) -> tuple[str, ...]:
    """Return the roles that sign, in order, the last one deciding; empty where the policy asks for no
    signatures."""
    return book.stated("account.decide", "order", "roles")


def deciders(book: Book) -> tuple[str, ...]:
    """Return the roles of which one approves or refuses a proposal; empty where this policy approves none."""
    in_order = steps(book)
    if in_order:
        return in_order[-1:]
    found = (*book.stated("account.decide", "decider", "roles"), *book.roles_at("account.open", "approved"))
    return tuple(dict.fromkeys(found))


def may_ask_for_approval(book: Book) -> tuple[str, ...]:
    """Return the clauses of a school's own policy that may ask for someone's yes to an account, where no rule
    says whose; empty where one does. That none says so isn't that none is needed."""
    if book.was_read or deciders(book):
        return ()
    deciding = [one for one in ready_rules().values() if one.speaks_at("account.decide", "decider")]
    return tuple(one.id for one in book.clauses.values() if may_say(one.wording or one.says, deciding))


def lets_go_on(book: Book) -> tuple[str, ...]:
    """Return the roles of which one permits an account that existed before Schoolgate to continue: those that
    decide on proposals; where this policy approves none, those that give the permission which an account
    needs; else those that it lets decide on accounts at all."""
    found = deciders(book) or tuple(dict.fromkeys(permission_givers(book).values()))
    return found or tuple(role.name for role in book.pack.roles_with("decide_account"))


def short_of(could: Sequence[tuple[str, Sequence[int]]], *, all_of_them: bool) -> tuple[str, ...]:
    """Return the roles left without anyone, of (role, the people who could take it).

    `all_of_them`: each role is taken by a different person; otherwise one filled role is enough, and if
    none is filled all of them are short.
    """
    if not all_of_them:
        return () if any(people for _role, people in could) else tuple(role for role, _people in could)
    taken: dict[int, int] = {}

    def membership(place: int, seen: set[int]) -> bool:
        for person in could[place][1]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or membership(taken[person], seen):
                taken[person] = place
                return True
        return False

    return tuple(role for place, (role, _people) in enumerate(could) if not membership(place, set()))


def notice_to(book: Book) -> tuple[str, ...]:
    """Return the roles of which one is told an account's address; empty where the policy asks for no
    notice."""
    return book.roles_at("account.open", "notice_recipient")


def weighed_against(book: Book) -> tuple[str, ...]:
    """Return what the idea of an account is weighed against; empty where the policy does not say."""
    return book.stated("account.considered", "weighed_against", "weighed")


def form_says_purpose(book: Book) -> bool:
    """Return whether this policy's own form asks for an account's purpose or audience."""
    return any(point.key in OF_PURPOSE for point in book.proposal_form)


def permission_givers(book: Book) -> dict[str, str]:
    """Return, for each thing of the school's that an account may use only with permission (name, logo), the
    role that gives it."""
    return {
        thing: role
        for bound in book.at("account.open", "name_and_logo")
        if LEAVE in bound.stated("what")
        for thing in bound.stated("covers")
        for role in bound.roles_named
    }


def deciding_role(book: Book) -> str:
    """Return the key of the first role that decides on proposals; empty where this policy approves none."""
    return next((book.role(name).key for name in deciders(book)), "")


OWN = ("name", "school", "network", "kind", "pupils_in_audience", "youngest_pupil")
"""The fields that the program asks of any account."""
WEIGHED = "weighed."
"""The prefix of what was written about each thing that the idea was weighed against."""

APPROVED_FIELDS: Mapping[str, tuple[str, ...]] = {"aims": ("aim",), "content": ("content_description",)}
"""What a signature's declaration approves -> its fields."""

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One field that differs from before; None where it was, or is, empty."""

    key: str
    before: Any
    after: Any


def said_of(proposal: Proposal) -> dict[str, Any]:
    """Return every non-empty field of a proposal, as JSON by its key."""
    own = {
        "name": proposal.name,
        "school": proposal.school_id,
        "network": proposal.network,
        "kind": proposal.kind,
        "pupils_in_audience": proposal.pupils_in_audience,
        "youngest_pupil": proposal.youngest_pupil,
    }
    weighed = {WEIGHED + key: words for key, words in proposal.considered.items()}
    every = {**own, **proposal.answers, **weighed}
    return {key: value for key, value in every.items() if value not in (None, "", [])}


def differences(before: Said, after: Said) -> list[Difference]:
    """Return what differs, in the order of the later edition; removed fields come last."""
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Difference(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]


def still_says(what: str, changed: Iterable[str]) -> bool:
    """Return whether what a declaration approves is not among these changed fields. Raises KeyError for
    another word."""
    return not set(APPROVED_FIELDS[what]) & set(changed)
