"""Where data is corrected, or no longer used: links to the pages that this person may open."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.pupils.queries import pupil_for
from schoolgate.rights.whose import PERSON, PUPIL, named_here
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


def _sees(visit: Visit, pk: int) -> bool:
    try:
        pupil_for(visit.person, pk, on=visit.on)
    except NotFound:
        return False
    return True
