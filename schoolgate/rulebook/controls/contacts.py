"""Private contact with pupils, former pupils and parents: who may follow, accept or talk to whom?"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.controls.base import Control, NoSettings, Said, day_or_unknown, forbids, met, unknown
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.contact_accept import Act, ContactAccept, OtherRelation, Tie

Word = Literal["follow", "engage", "invite", "accept"]
ConnectionKind = Literal["friend", "follower", "subscriber", "similar"]
EVERY_KIND: frozenset[str] = frozenset({"friend", "follower", "subscriber", "similar"})


class PrivateContact(NoSettings):
    """What a rule on private contact is about.

    `act`: the policy's own word for what is done, None where it means any contact; `covers`: the acts of the
    facts that this word stands for. `connection_kinds`: the kinds of connection that it lists, None where it
    lists none. `pupil_of`: whose pupils it speaks of; where it says "school", a case of another school of the
    federation turns on the binding's tension, or is left to a binding of its own (`elsewhere_apart`).
    `ties`: the ties whose bearing the words leave open, or that another clause excepts; `ties_apart`: tied
    cases are left to a binding of their own, which carries that tension."""

    act: Word | None
    covers: tuple[Act, ...]
    connection_kinds: tuple[ConnectionKind, ...] | None
    pupil_of: str | None
    ties: tuple[Tie, ...]
    ties_apart: bool
    elsewhere_apart: bool


class _Contact(Control):
    """What the rules on private contact share: of which account, act, person and tie a binding speaks."""

    version = 2
    listens_to = ("contact.accept",)
    plumbing = frozenset({"covers", "ties", "ties_apart", "elsewhere_apart"})
    tied_only: ClassVar[bool] = False
    elsewhere_only: ClassVar[bool] = False
    relation: ClassVar[OtherRelation]
    wording: ClassVar[str]
    told_apart: ClassVar[frozenset[str]]
    """The words for what is done that have a sentence of their own; the others share one."""
    Settings: ClassVar[type[NoSettings]] = PrivateContact

    def judge(self, facts: ContactAccept, settings: Any) -> Iterable[Said]:
        covered = self._covered(facts, settings)
        if isinstance(covered, Said):
            if not self.tied_only:  # the binding beside it asks
                yield covered
        elif covered:
            for said in self._said(facts, settings):
                yield from self._with_tie(said, facts, settings)

    def _covered(self, facts: ContactAccept, settings: PrivateContact) -> bool | Said:
        """Whether the binding speaks of this contact, or which fact is missing for that."""
        if facts.other_is(self.relation) is False or facts.channel == "official":
            return False
        if facts.act is not None and facts.act not in settings.covers:
            return False
        kinds = frozenset(settings.connection_kinds or EVERY_KIND)
        if facts.connection is not None and facts.connection not in kinds:
            return False
        elsewhere = facts.other.of_other_school is True
        if elsewhere != self.elsewhere_only and (self.elsewhere_only or settings.elsewhere_apart):
            return False
        if facts.other.relation is None:
            return unknown("contact_relation", "contact_asker")
        if facts.channel is None:
            return unknown("contact_channel", "contact_asker")
        if facts.act is None:
            return unknown("contact_act", "contact_asker")
        if facts.connection is None and kinds != EVERY_KIND:
            return unknown("contact_connection", "contact_asker")
        return True

    def _with_tie(self, said: Said, facts: ContactAccept, settings: PrivateContact) -> Iterator[Said]:
        """What is said, unless the tie between the two gives the case to another binding; no ban is said
        before it is known whether they are tied."""
        tied = facts.tied_by(settings.ties)
        if said.kind is Kind.MET:
            if not self.tied_only:
                yield said
        elif settings.pupil_of == "school" and facts.other.of_other_school is None:
            if not self.tied_only:
                yield unknown("contact_other_school", "office")
        elif tied is None:
            if not self.tied_only:
                family = settings.ties == ("family",)
                yield unknown("contact_family" if family else "contact_ties", "contact_asker")
        elif tied == self.tied_only or (tied and not settings.ties_apart):
            if self.tied_only:
                said.turns, said.message = True, f"contact.{self.wording}_tied"
            elif other_school(facts, settings):
                said.turns, said.message = True, f"contact.{self.wording}_elsewhere"
            yield said

    def _said(self, facts: ContactAccept, settings: PrivateContact) -> Iterator[Said]:
        yield forbids(self._message(settings), turns=False)

    def _message(self, settings: PrivateContact) -> str:
        word = "connection" if settings.connection_kinds else settings.act
        return f"contact.{self.wording}_{word if word in self.told_apart else 'any'}"


class PupilContact(_Contact):
    """May somebody be in private contact with a present pupil?

    Settings: those of private contact, and `age_limit_years`, the age in whole years from which the words
    leave it open whether the ban reaches a present pupil, None where age plays no part. `advised_by`: the
    clause that only advises against the same; where leave from that one is on record, the case turns on the
    binding's tension."""

    key = "contact.pupil"
    points = ("pupil_contact",)
    plumbing = _Contact.plumbing | {"advised_by"}
    relation = "pupil"
    wording = "pupil"
    told_apart = frozenset({"follow", "engage", "invite", "accept", "connection"})

    class Settings(PrivateContact):
        age_limit_years: int | None
        advised_by: str | None

    def _said(self, facts: ContactAccept, settings: Any) -> Iterator[Said]:
        if settings.age_limit_years is not None:
            day = day_or_unknown(facts)
            if isinstance(day, Said):
                yield day
                return
            if facts.other.date_of_birth is None:
                yield unknown("contact_date_of_birth", "office")
                return
            if day >= years_after(facts.other.date_of_birth, settings.age_limit_years):
                yield forbids("contact.pupil_of_age", age=settings.age_limit_years)
                return
        if any(one.clause == settings.advised_by and in_force(one, facts) for one in facts.leaves):
            yield forbids("contact.pupil_left_advice")
        else:
            yield forbids(self._message(settings), turns=False)


class PupilContactTied(PupilContact):
    """The same of a pupil to whom there is a tie, where the words have no exception for it."""

    key = "contact.pupil_tied"
    tied_only = True


class PupilContactElsewhere(PupilContact):
    """The same of a pupil of another school of the federation, where the words say "the school"."""

    key = "contact.pupil_elsewhere"
    elsewhere_only = True


class FormerPupilContact(_Contact):
    """May somebody be in private contact with a former pupil, and from which day?

    Settings: those of private contact, and `years_since_leaving`, `age_years`: whole years since the pupil
    left, and the pupil's age, from which it may be, None where the policy gives none; where it gives neither,
    no time ends it. `combine`: which of the two counts where both are given."""

    key = "contact.former_pupil"
    points = ("former_pupil",)
    relation = "former_pupil"
    wording = "former"
    told_apart = frozenset({"follow", "engage", "connection"})

    class Settings(PrivateContact):
        years_since_leaving: int | None
        age_years: int | None
        combine: Literal["later"] | None

    def _said(self, facts: ContactAccept, settings: Any) -> Iterator[Said]:
        needed = [
            (years, since, what)
            for years, since, what in (
                (settings.years_since_leaving, facts.other.left_on, "contact_left_on"),
                (settings.age_years, facts.other.date_of_birth, "contact_date_of_birth"),
            )
            if years is not None
        ]
        if not needed:
            yield forbids(self._message(settings), turns=False)
            return
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        missing = [what for _, since, what in needed if since is None]
        days = [years_after(since, years) for years, since, _ in needed if since is not None]
        if any(day < one for one in days):  # what is missing could only make it later
            message = self._message(settings)
            if missing:
                yield forbids(message, turns=False)
            else:
                until = f"{message.replace('connection', 'any')}_until"
                yield forbids(until, turns=False, lifts_on=max(days), day=max(days))
        elif missing:
            for what in missing:
                yield unknown(what, "office")
        else:
            yield met("contact.former_free", day=max(days))


class FormerPupilContactTied(FormerPupilContact):
    """The same of a former pupil to whom there is a tie, where the words have no exception for it."""

    key = "contact.former_pupil_tied"
    tied_only = True


class FormerPupilElsewhere(FormerPupilContact):
    """The same of a former pupil of another school of the federation, where the words say "the school"."""

    key = "contact.former_pupil_elsewhere"
    elsewhere_only = True


class ParentContact(_Contact):
    """May somebody be in private contact with a parent of a present pupil?

    Settings: those of private contact.
    """

    key = "contact.parent"
    points = ("parent_contact",)
    relation = "parent"
    wording = "parent"
    told_apart = frozenset({"follow", "engage", "invite", "accept"})

    def _said(self, facts: ContactAccept, settings: PrivateContact) -> Iterator[Said]:
        if facts.other.child_on_roll is None:
            yield unknown("contact_child_on_roll", "office")
        elif facts.other.child_on_roll:
            yield from super()._said(facts, settings)
        else:
            yield met("contact.parent_free")


class ParentContactTied(ParentContact):
    """The same of a parent to whom there is a tie, where the words have no exception for it."""

    key = "contact.parent_tied"
    tied_only = True


class ParentContactElsewhere(ParentContact):
    """The same of a parent at another school of the federation, where the words say "the school"."""

    key = "contact.parent_elsewhere"
    elsewhere_only = True


def other_school(facts: ContactAccept, settings: PrivateContact) -> bool:
    """Whether the pupil belongs to another school of the federation, where the words say "the school"."""
    return settings.pupil_of == "school" and facts.other.of_other_school is True


def years_after(day: date, years: int) -> date:
    """The same day so many years later; where there is no 29 February, 1 March: the years have passed then
    only."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
