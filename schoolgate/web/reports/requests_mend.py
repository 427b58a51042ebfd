"""Where data is corrected, or no longer used, and what was: links to the pages that this person may open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.subject_words import subject_in_words
from schoolgate.inbox.listing import item_for
from schoolgate.media.queries import picture
from schoolgate.people.queries import person as person_by_id
from schoolgate.publishing.queries import post_for
from schoolgate.pupils.consents import pupil_for
from schoolgate.rights.answering import name_of
from schoolgate.rights.finding import PERSON, PUPIL, named_here
from schoolgate.rights.models import Thing
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.numbers import number_in

LISTS = {
    PERSON: ("people-import", _("Import people")),
    PUPIL: ("pupils-import", _("Import pupils and consents")),
}
"""Names come from lists: the page that takes one in, by whose entry it changes."""
PAGES = (
    ("posts", _("Posts, with their pictures and captions")),
    ("inbox", _("Comments and messages")),
)
"""What is searched by hand there: a name is never in an address."""


OWN_PAGES: Mapping[Thing, tuple[str, Callable[[Visit, int], object]]] = {
    Thing.PERSON: ("person", lambda _visit, pk: person_by_id(pk)),
    Thing.PUPIL: ("pupil", lambda visit, pk: pupil_for(visit.person, pk, on=visit.on)),
    Thing.POST: ("post", lambda visit, pk: post_for(visit.person, pk, on=visit.on)),
    Thing.PICTURE: ("picture", lambda _visit, pk: picture(pk)),
    Thing.COMMENT: ("item", lambda visit, pk: item_for(visit.person, pk, on=visit.on)),
}
"""The page of one thing, and how it is found for a person."""


def places_to_mend(visit: Visit, about: str) -> list[dict[str, Any]]:
    """Return links: to the entries of people and pupils whose whole name was entered, then to the pages where
    their entries, posts and comments are."""
    found: list[dict[str, Any]] = []
    pages = []
    for key, said in named_here(about):
        kind, _sep, number = key.partition("-")
        pk = number_in(number)
        if opens(visit, kind, pk) and (kind != PUPIL or _sees(visit, pk)):
            found.append({"label": said, "href": reverse(kind, args=[pk]), "named": True})
            pages += [LISTS[kind]] if LISTS[kind] not in pages else []
    pages += PAGES
    return found + [{"label": said, "href": reverse(name)} for name, said in pages if opens(visit, name)]


def thing_mended(visit: Visit, thing: str, number: int | None) -> tuple[str, str] | None:
    """Return what one thing is called that something was done about, and the address of its own page: empty
    where this person can't open it. None where it has no number."""
    if number is None:
        return None
    kind = Thing(thing)
    page, _find = OWN_PAGES[kind]
    link = reverse(page, args=[number]) if opens(visit, page, number) and _finds(visit, kind, number) else ""
    return subject_in_words(name_of(kind, number)), link


def _sees(visit: Visit, pk: int) -> bool:
    return _finds(visit, Thing.PUPIL, pk)


def _finds(visit: Visit, kind: Thing, pk: int) -> bool:
    try:
        OWN_PAGES[kind][1](visit, pk)
    except NotFound:
        return False
    return True
