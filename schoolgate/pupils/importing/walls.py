"""Who of a list may be a child who is here already, on the do-not-publish list or with a no: a second
record of a child opens nothing that the first one keeps closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from schoolgate.people.sheets import same_word
from schoolgate.pupils.consents import standing
from schoolgate.pupils.importing.reading import Read
from schoolgate.pupils.looked_for import with_other_names
from schoolgate.pupils.models import Consent, NotPublished, Pupil
from schoolgate.pupils.queries import answers_of
from schoolgate.pupils.states import Answer
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.same_name import may_be_same


class _Alike:
    """Pupils of all schools, found by names that may be theirs."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.pupils = {each.pk: each for each in pupils}
        listed = [
            Listed(each.pk, each.first_name, each.last_name, each.known_as) for each in self.pupils.values()
        ]
        self._index = NameIndex([*listed, *with_other_names(listed)] if listed else [])

    def like(self, read: Read, *, but: int | None) -> list[Pupil]:
        """Return those who may be this child: by the name or, of the same birthday, by the first name; of
        those born on another day only some (`_may_be_one`)."""
        named = may_be_same([read.first_name, read.known_as or read.first_name], read.last_name, self._index)
        firsts = {same_word(read.first_name), same_word(read.known_as or read.first_name)}
        found = []
        for pupil in self.pupils.values() if self.pupils else ():
            same_day = pupil.born_on is not None and pupil.born_on == read.born_on
            same_first = same_day and bool(firsts & {same_word(pupil.first_name), same_word(pupil.known_as)})
            if pupil.pk != but and _may_be_one(pupil, read) and (pupil.pk in named or same_first):
                found.append(pupil)
        return found


def _may_be_one(pupil: Pupil, read: Read) -> bool:
    """Return whether their school, class and birthdays leave it open that the two are one child: one who is
    typed wrongly, or comes with another number, is found again by everything else."""
    if pupil.born_on is None or read.born_on is None or pupil.born_on == read.born_on:
        return True
    if pupil.school_id != read.school_id:
        return _is_mistyped(pupil.born_on, read.born_on)
    forms = {same_word(pupil.form), same_word(read.form)} - {""}
    same_names = same_word(f"{pupil.first_name} {pupil.last_name}") == same_word(read.full_name)
    return len(forms) < 2 or same_names or _is_mistyped(pupil.born_on, read.born_on)


def _is_mistyped(one: date, other: date) -> bool:
    """Return whether two birthdays differ in a single figure, or have day and month the other way round."""
    a, b = one.strftime("%Y%m%d"), other.strftime("%Y%m%d")
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or a == b[:4] + b[6:] + b[4:6]


class Walls:
    """The pupils on the do-not-publish list, of all schools. `of`: their entries by pupil."""

    def __init__(self) -> None:
        rows = NotPublished.objects.filter(ended_at=None).select_related("pupil", "by")
        self.of = {row.pupil_id: row for row in rows}
        self._alike = _Alike(row.pupil for row in self.of.values())

    def like(self, read: Read, *, but: int | None = None) -> NotPublished | None:
        """Return the entry of a pupil who may be this child; `but`: the child of the line. A child who comes
        to another school, or with another number, stays on the list."""
        return next((self.of[each.pk] for each in self._alike.like(read, but=but)), None)


class Refused:
    """The pupils with a no by anyone who aren't on the list, with what was refused."""

    def __init__(self, walled: Collection[int], *, on: date) -> None:
        noes = Consent.objects.filter(answer=Answer.REFUSED).values("pupil")
        pupils = list(Pupil.objects.filter(pk__in=noes, destroyed_at=None).exclude(pk__in=list(walled)))
        self._noes: dict[int, set[tuple[str, str]]] = {}
        for pk, said, about in answers_of(pupils, on=on):
            self._noes[pk] = {
                (one.use, one.channel)
                for one in said
                if one.answer == Answer.REFUSED
                and standing(said, about, use=one.use, channel=one.channel, on=on).refused
            }
        self._alike = _Alike(each for each in pupils if self._noes[each.pk])

    def like(self, read: Read) -> list[tuple[str, str]]:
        """Return the uses and channels that are refused for a pupil who may be this child."""
        found = [self._noes[each.pk] for each in self._alike.like(read, but=None)]
        return sorted(set().union(*found))
