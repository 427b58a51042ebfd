"""What not every author may say about the people in a post: consent on paper, and the leadership’s word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.publishing.models import Post
from schoolgate.pupils.consents import has_pupils
from schoolgate.rulebook import Book

FROM_THE_LIST = _("Choose these pupils from the school’s list: it knows who may be shown.")
BY_THE_LEADERSHIP = _(
    "Only the leadership can say that it agreed. Leave this empty, and ask on the post’s page."
)


def wrong_with_claims(
    people: Iterable[Mapping[str, Any]], *, by: Person, school: School, book: Book, on: date
) -> dict[str, str | Promise]:
    """Return what someone may not claim about the people in a post, by field.

    Consent on paper ends for pupils of a school whose pupils are here. That the leadership agreed is said by
    no one else where the policy asks for it: without their word its rule asks them.
    """
    people = list(people)
    if any(_is_on_paper(each) for each in people) and has_pupils(school):
        return {"people": FROM_THE_LIST}
    if any(each.get("leadership_agrees") for each in people) and not may_speak(by, school, book, on=on):
        return {"people": BY_THE_LEADERSHIP}
    return {}


def has_paper_pupils(post: Post) -> bool:
    """Return whether a post says that consent for pupils is on paper, at a school whose pupils are here."""
    rows = [vars(each) | {"pupil": each.pupil_id} for each in post.people.all()]
    return any(_is_on_paper(each) for each in rows) and has_pupils(post.school)


def leadership_of(book: Book) -> str | None:
    """Return the role whose agreement to pictures the policy asks for; None if it asks for none."""
    return next(iter(book.roles_at("post.publish", "leadership_consent")), None)


def may_speak(person: Person, school: School, book: Book, *, on: date) -> bool:
    """Return whether a person may say that the leadership agreed: they belong to it, or no clause asks."""
    role = leadership_of(book)
    return role is None or role in roles_of(person, on=on, school=school)


def _is_on_paper(said: Mapping[str, Any]) -> bool:
    return said.get("relation") == "pupil" and said.get("pupil") is None and bool(said.get("consent"))
