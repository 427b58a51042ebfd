"""A saved post as its form shows it: the choices of its fields, and what each field begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.media.models import Picture
from schoolgate.publishing.digest import order_of, other_than, together
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.web.posts.films import initial_of_film

Choices = Sequence[tuple[str, str | Promise]]


YES_NO: Choices = (("yes", _("Yes")), ("no", _("No")))


NOT_SAID: tuple[str, str | Promise] = ("", _("Not answered yet"))


LANGUAGES: Choices = (("en", "English"), ("cy", "Cymraeg"))


RELATIONS: Choices = (
    NOT_SAID,
    ("pupil", _("A pupil")),
    ("staff", _("A member of staff")),
    ("governor", _("A governor")),
    ("parent", _("A parent or carer")),
    ("volunteer", _("A volunteer")),
    ("other", _("Someone else")),
)


NAMED: Choices = (
    NOT_SAID,
    ("no", _("Not named")),
    ("initials", _("By initials")),
    ("first", _("By first name")),
    ("full", _("By full name")),
)


CONSENT: Choices = (NOT_SAID, ("yes", _("Yes, on record")), ("no", _("No, nothing on record")))


CONSENT_IN_WRITING: Choices = (
    NOT_SAID,
    ("written", _("Yes, in writing")),
    ("spoken", _("Yes, but not in writing")),
    ("no", _("No, nothing on record")),
)


ADDED: Mapping[str, Mapping[str, str]] = {
    "add-person": {},
    "add-crowd": {"relation": "other", "shown": "yes", "named": "no", "number": "20"},
    "add-staff": {"relation": "staff", "shown": "yes"},
}
"""Button -> what the entry that it adds begins with. The policy asks about a crowd as about anyone else."""


CONSENT_BY: Choices = (
    NOT_SAID,
    ("parent", _("A parent")),
    ("carer", _("A carer")),
    ("self", _("The person themselves")),
)


ABOUT_PEOPLE: Mapping[str, tuple[str | Promise, Choices]] = {
    "relation": (_("Who is it?"), RELATIONS),
    "shown": (_("Can they be seen in the picture?"), (NOT_SAID, *YES_NO)),
    "named": (_("Does the post name them?"), NAMED),
    "consent": (_("Is there consent for this use?"), CONSENT),
    "consent_by": (_("Who gave it?"), CONSENT_BY),
    "opted_out": (_("Have they asked not to be photographed or filmed?"), (NOT_SAID, *YES_NO)),
    "do_not_publish": (_("Are they on the list of children who must not be published?"), (NOT_SAID, *YES_NO)),
    "at_school_activity": (_("Are they taking part in a school activity here?"), (NOT_SAID, *YES_NO)),
    "leadership_agrees": (_("Has a member of the leadership agreed to this picture?"), (NOT_SAID, *YES_NO)),
}
"""Column of `PostPerson` -> the question on the page. Consent and its form are one question."""


NO_ONE, ADULTS, PUPILS = "none", "adults", "pupils"


WHO: Choices = ((NO_ONE, _("No one recognisable")), (ADULTS, _("Adults only")), (PUPILS, _("Pupils")))


SEEN: Mapping[str, tuple[bool | None, bool | None]] = {
    NO_ONE: (False, False),
    ADULTS: (True, False),
    PUPILS: (True, True),
    "": (None, None),
}
"""The answer about the picture -> whether it shows people, and pupils among them."""


ON_THE_LIST: Mapping[str, Any] = {
    "relation": "pupil", "shown": True, "named": "no", "consent": True, "consent_written": True,
    "consent_by": "parent", "opted_out": False, "do_not_publish": False, "at_school_activity": True,
    "leadership_agrees": True,
}  # fmt: skip
"""The answers for each pupil in the one entry for those who are all on the consent list."""


ON_THE_LIST_IN_WORDS: Mapping[str, str | Promise] = {
    "consent": _("consent for this use is on record"),
    "consent_written": _("it is in writing"),
    "consent_by": _("a parent gave it"),
    "named": _("the post doesn’t name them"),
    "opted_out": _("they haven’t asked to be left out of pictures"),
    "do_not_publish": _("they aren’t on the list of children who must not be published"),
    "at_school_activity": _("they’re taking part in a school activity"),
    "leadership_agrees": _("the leadership has agreed to the picture"),
}


def usual(name: str) -> str:
    """The answer that an author gives by confirming this question's statement, as the form writes it."""
    return str(_back(QUESTIONS[name].usual))


def on_the_list(columns: Iterable[str]) -> dict[str, Any]:
    """Return a row of `PostPerson` about pupils who meet everything that these columns ask."""
    return {column: ON_THE_LIST[column] for column in columns}


def initial_of(post: Post | None, languages: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """Return the form's initial values for a saved post, or for a new one."""
    if post is None:
        return {"language": languages[0] if languages else "en", "rows": 0}
    targets = list(post.targets.all())
    texts = [target.text for target in targets]
    common = post.text or (max(texts, key=texts.count) if texts else "")
    language = post.language or (targets[0].language.partition(",")[0] if targets else "en")
    words = {language: common, other_than(language): post.other_text}
    initial: dict[str, Any] = {
        "text": common,
        "other_text": post.other_text,
        "accounts": [str(target.account_id) for target in targets],
        "language": language,
    }
    if post.planned_at:
        local = post.planned_at.astimezone(LONDON)
        initial |= {"day": local.date(), "time": local.time()}
    sent = {t.account_id: together(words, order_of(t.account, post.school))[0] for t in targets}
    initial |= {f"text-{t.account_id}": t.text for t in targets if t.text not in (common, sent[t.account_id])}
    initial |= {f"thread-{t.account_id}": t.as_thread for t in targets}
    for name, given in post.answers.items():
        initial[f"answer-{name}"] = _back(given["answer"])
    preset = on_the_list(columns)
    people = [each for each in post.people.all() if each.pupil_id is None]
    alike = [each for each in people if preset and all(getattr(each, k) == v for k, v in preset.items())]
    if alike:
        initial["pupils"] = sum(each.number for each in alike)
    single = [each for each in people if each not in alike]
    for number, person in enumerate(single):
        initial |= _person_initial(number, person)
    return initial | {"rows": len(single)}


def people_in_words(post: Post, *, names: bool) -> list[list[tuple[str, str]]]:
    """Return for each person listed the questions and answers; nothing where nothing was answered. Of a pupil
    of the school's list the name, or with `names` False only that it is one."""
    found = []
    for number, person in enumerate(post.people.all()):
        typed = _person_initial(number, person)
        lines = [(str(_("How many:")), str(person.number))] if person.number > 1 else []
        if person.pupil is not None:
            name = person.pupil.name if names else str(_("From the school’s list"))
            lines.append((str(_("Pupil:")), name))
        for column, (question, choices) in ABOUT_PEOPLE.items():
            words = dict(CONSENT_IN_WRITING) | dict(choices)
            value = typed[f"person-{number}-{column}"]
            if value and not (person.pupil_id and column == "relation"):
                lines.append((str(question), str(words[value])))
        found.append(lines)
    return found


def said_of(picture: Picture) -> dict[str, Any]:
    """Return the answers about a picture, as the form shows them."""
    seen = (picture.shows_people, False if picture.shows_people is False else picture.shows_pupils)
    who = next((who for who, each in SEEN.items() if each == seen), "")
    return {"alt": picture.alt, "who": who}


def initial_of_picture(picture: Picture) -> dict[str, Any]:
    """Return what the fields of a picture, or of a film, are filled with."""
    said = {f"{name}-{picture.pk}": each for name, each in said_of(picture).items()}
    return said | initial_of_film(picture)


def with_new(sent: QueryDict | None, pictures: Sequence[Picture]) -> QueryDict | None:
    """Return a form as it was sent, with what is known of the pictures that its page didn't show yet: a film
    that has just arrived brings its captions."""
    if sent is None:
        return None
    filled, shown = sent.copy(), sent.getlist("kept_picture")
    for picture in pictures:
        if str(picture.pk) not in shown:
            for name, value in initial_of_picture(picture).items():
                if value:
                    filled.setdefault(name, str(value))
    return filled


def _person_initial(number: int, person: PostPerson) -> dict[str, Any]:
    found = {f"person-{number}-{column}": _back(getattr(person, column)) for column in ABOUT_PEOPLE}
    found[f"person-{number}-number"] = person.number
    if person.consent and person.consent_written is not None:
        found[f"person-{number}-consent"] = "written" if person.consent_written else "spoken"
    return found


def _back(value: Any) -> Any:
    return {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, str) else value


def options_of(field: forms.Field) -> list[tuple[Any, Any]]:
    """Return the answers that a field offers; none where it takes any words."""
    return list(getattr(field, "choices", ()))


def chosen_in(field: BoundField) -> str:
    """Return what a field of an answer has; nothing where it is none of the answers offered."""
    value = str(field.value() or "")
    offered = [word for word, _label in options_of(field.field)]
    return "" if offered and value not in offered else value
