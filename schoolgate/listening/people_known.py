"""The names of everyone who is known here, so that no watch searches for one of them."""

from __future__ import annotations

from collections.abc import Iterator

from schoolgate.accounts.access import open_accounts
from schoolgate.core.models import Federation, School
from schoolgate.listening.words import Names
from schoolgate.people.models import Person
from schoolgate.pupils.looked_for import with_other_names
from schoolgate.pupils.models import Consent, ParentLink, Pupil
from schoolgate.screening.names import Listed, NameIndex


def known_names(federation: Federation) -> Names:
    """Return what a watch may search for: the names of the schools and the federation, and the handles of
    their open accounts."""
    schools = School.objects.values_list("name", flat=True)
    handles = open_accounts().exclude(handle="").values_list("handle", flat=True)
    return Names((federation.name, *schools), tuple(handles))


def known_people() -> NameIndex:
    """Return the names of pupils, also those that they had before, of their parents, and of everyone with a
    place here: staff, governors, volunteers, parents. People who left are among them."""
    rows = Pupil.objects.values_list("pk", "first_name", "last_name", "known_as")
    pupils = [Listed(*row) for row in rows]
    return NameIndex([*pupils, *with_other_names(pupils), *_adults()])


def _adults() -> Iterator[Listed]:
    names = {
        *Person.objects.values_list("name", flat=True),
        *ParentLink.objects.exclude(who="").values_list("who", flat=True),
        *Consent.objects.exclude(who="").values_list("who", flat=True),
    }
    for name in sorted(names):
        words = [word for word in name.split() if word.strip(".").lower() not in _TITLES]
        if len(words) > 1:
            yield Listed(0, words[0], words[-1])
            if len(words) > 2:
                yield Listed(0, words[0], " ".join(words[1:]))


_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "dame"})
