"""A member of the school, and another person, plan to be in contact on social media. May they?"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self, cast

from pydantic import Field, StrictInt, model_validator

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.facts import (
    Day,
    Facts,
    Given,
    Name,
    Part,
    Person,
    Relation,
    Roles,
    SoFar,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

Act = Literal["follow", "accept", "invite", "interact", "message"]
OtherRelation = Literal[
    "pupil",
    "former_pupil",
    "earlier_school_pupil",
    "parent",
    "colleague",
    "governor",
    "organisation",
    "other",
]
Tie = Literal["family", "colleague", "old_friend"]
AT_WORK: frozenset[str] = frozenset({"staff", "governor", "volunteer", "contractor"})


def years_after(day: date, years: int) -> date:
    """Return the same day a number of years later; where there is no 29 February, 1 March: only then have
    the years passed."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """Return the same day a number of years earlier: the birthday of a person who turns this age on
    that day; where there is no 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def age_on(day: date, born: date) -> int:
    """Return the age in whole years on a day."""
    years = day.year - born.year
    return years if years_after(born, years) <= day else years - 1


class Days(Part):
    """A day of which only the first and the last that it can be are known."""

    first: Day = Field(description=_("its first day"))
    last: Day = Field(description=_("its last day"))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("the first day is later than the last")
        return self


YearGroup = Annotated[StrictInt, Field(ge=0, le=13)]
"""A year group in England and Wales, Reception as 0."""
SCHOOL_YEAR_BEGINS = 9
YEARS_OLD_IN_RECEPTION = 4


def born_in_year_group(group: int, day: date) -> Days:
    """Return the earliest and latest birth date of a pupil in this year group on a day, including pupils
    placed a year above or below their age."""
    begun = day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1
    usual = begun - YEARS_OLD_IN_RECEPTION - 1 - group
    return Days(
        first=date(usual - 1, SCHOOL_YEAR_BEGINS, 1), last=date(usual + 2, SCHOOL_YEAR_BEGINS - 1, 31)
    )


class ContactPerson(Part):
    """The person whose contact it is. `bound_as`: "leaver" for a person who has left the school. `hats`:
    what they are besides, nothing unless stated: employees are bound as staff, whatever else they are.
    `employed_to`: the last day of their work for the school."""

    key: Name | None = Field(None, description=_("which person it is"))
    bound_as: Relation | Literal["leaver"] | None = Field(
        None, description=_("which group of people the policy names")
    )
    hats: tuple[Relation, ...] = Field((), description=_("this person’s other connections with the school"))
    roles: Roles = ()
    employed_to: Day | None = Field(None, description=_("the last day of their work for the school"))


class Other(Part, asked_of="office", prefix="contact_"):
    """The other side. `also`: what they are besides, such as a parent who is a colleague, too. `left_on`:
    the last day as a pupil. `left_about`, `born_about`, `year_group`: where only this is known of it, and
    of the date of birth. `on_roll`: still at the school where the person worked before. `of_other_school`:
    than the person's; no unless stated."""

    key: Name | None = Field(None, description=_("which person it is"))
    relation: OtherRelation | None = Field(
        None, description=_("how this person is connected with the school")
    )
    also: tuple[OtherRelation | Literal["old_friend"], ...] | None = Field(
        None, description=_("this person’s other connections with the school")
    )
    family: Tri = fact(_("whether the two are family"), _("Are they related to you?"), of="contact_asker")
    left_on: Day | None = fact(
        _("the leaving date"), _("When did they leave the school (last day as a pupil)?")
    )
    date_of_birth: Day | None = fact(_("the date of birth"), _("When were they born?"))
    left_about: Days | None = Field(None, description=_("about when this person left"))
    born_about: Days | None = Field(None, description=_("about when this person was born"))
    year_group: YearGroup | None = Field(None, description=_("the year group"))
    child_on_roll: Tri = fact(
        _("whether the parent has a child at the school now"), _("Do they have a child at the school now?")
    )
    on_roll: Tri = fact(
        _("whether the pupil is still at that school"),
        _("Are they still a pupil at that school?"),
        of="contact_asker",
    )
    of_other_school: Tri = fact(
        _("which federation school the pupil attends"), need="contact_other_school", default=False
    )

    def born(self, facts: Facts) -> Days | None:
        """Between which days they were born: one and the same where the day is known."""
        if self.date_of_birth is not None:
            return Days(first=self.date_of_birth, last=self.date_of_birth)
        if self.born_about is not None or self.year_group is None or facts.day is None:
            return self.born_about
        return born_in_year_group(self.year_group, facts.day)

    def left(self) -> Days | None:
        """Between which days their last day as a pupil was."""
        return self.left_about if self.left_on is None else Days(first=self.left_on, last=self.left_on)

    @derived("contact_date_of_birth")
    def age(self, facts: Facts) -> int | None:
        """The age in whole years on the day judged; a range of ages where the date of birth is one."""
        born = self.born(facts)
        if born is None or facts.day is None:
            return None
        youngest, oldest = age_on(facts.day, born.last), age_on(facts.day, born.first)
        return oldest if youngest == oldest else cast("int", range(youngest, oldest + 1))


@moment(
    "contact.accept",
    _("Being in contact with someone on social media"),
    """pupil_contact former_pupil parent_contact leaver_contact earlier_school_pupil student_friend
    colleague_contact contact_doubt contact_employment contact_children school_follows request_told
    followers""",
    asks=Asks.ACT,
)
class ContactAccept(Facts, asked_of="contact_asker", prefix="contact_"):
    """`account_level` and `used_for_work` tell the kind of an official account. `unsure`: no unless the
    person says so; `talked_over`: with which person."""

    person: ContactPerson | None = Field(None, description=_("the member of staff who is in contact"))
    channel: Literal["personal", "official"] | None = fact(
        _("whether it is a private account or an official one")
    )
    account_level: Literal["school", "department", "unregistered"] | None = fact(
        _("whether it is a school account, a department account or neither"),
        _("Whose account is it?"),
        of="office",
    )
    used_for_work: Tri = fact(_("whether the account is used for work"), _("Is the account used for work?"))
    act: Act | None = fact(
        _("what you are about to do: follow, accept, invite, talk"), _("What is going to be done?")
    )
    connection: Literal["friend", "follower", "subscriber", "similar"] | None = fact(
        _("what kind of connection it would be"), _("What would the connection be?")
    )
    other: Other = Field(Other(), description=_("the other person"))
    unsure: Tri = fact(
        _("whether the person is in doubt"), _("Are you unsure whether it is right?"), default=False
    )
    talked_over: tuple[Given, ...] | None = fact(_("a conversation about the doubt"), need="contact_talk")

    @property
    def actor(self) -> Person | None:
        """The person whose contact is judged, as what they are on the day."""
        one, worn = self.person, self._worn()
        if one is None:
            return None
        relation: Relation | None = None
        if worn is not None:
            relation = "staff" if "staff" in worn else (*worn, "other")[0]
        return Person(key=one.key or "person", relation=relation, roles=one.roles)

    @derived("contact_has_left", _("whether the person has left the school"), of="office")
    def left(self, _facts: Facts) -> bool | None:
        """Whether the person has left and does no other work for the school."""
        one, worn = self.person, self._worn()
        if one is None or worn is None:
            return None
        left = one.bound_as == "leaver" or len(worn) < 1 + len(one.hats)
        return left and AT_WORK.isdisjoint(worn)

    def _worn(self) -> list[Relation] | None:
        """What the person is to the school on the day: without relations that have ended."""
        one = self.person
        if one is None or one.bound_as is None:
            return None
        hats = [hat for hat in (one.bound_as, *one.hats) if hat != "leaver"]
        ended = "staff" if "staff" in hats else one.bound_as
        if one.employed_to is None or ended not in AT_WORK:
            return hats
        if self.day is None:
            return None
        return [hat for hat in hats if hat != ended] if self.day > one.employed_to else hats

    @derived("relation", of="office")
    def acts_as(self, _facts: Facts) -> Relation | None:
        """What the person is to the school on the day."""
        return self.actor.relation if self.actor is not None else None

    @derived("contact_relation", _("what connection the other person has with the school"))
    def other_kinds(self, _facts: Facts) -> tuple[OtherRelation | Literal["old_friend"], ...] | None:
        """What the other is, first of all and besides, as far as that is known."""
        one = self.other
        if one.relation is None:
            return None if one.also is None else SoFar.of(one.also)
        return SoFar.of((one.relation,)) if one.also is None else (one.relation, *one.also)

    @derived("contact_ties", _("whether the two are family, colleagues or old friends"))
    def family_or_colleague(self, _facts: Facts) -> bool | None:
        """Whether the two are family or colleagues."""
        return self._tied_by("family", "colleague")

    @derived("contact_ties")
    def tied(self, _facts: Facts) -> bool | None:
        """Whether the two are family, colleagues or old friends."""
        return self._tied_by("family", "colleague", "old_friend")

    @derived("day", of="office")
    def leave_from(self, _facts: Facts) -> tuple[str, ...]:
        """The clauses with a permission on the day judged."""
        return tuple(one.clause for one in self.leaves if in_force(one, self))

    @derived("contact_has_left", of="office")
    def free_from(self, _facts: Facts) -> date | None:
        """The day after the person's last day of work."""
        last = self.person.employed_to if self.person is not None else None
        return None if last is None else last + timedelta(days=1)

    def _tied_by(self, *ties: Tie) -> bool | None:
        """Whether one of these ties binds the two; None where that is not known."""
        found = [self._tie(tie) for tie in ties]
        if True in found:
            return True
        return None if None in found else False

    def _tie(self, tie: Tie) -> bool | None:
        if tie == "family":
            return self.other.family
        known = (self.other.relation, *(self.other.also or ()))
        if tie in known:
            return True
        return None if self.other.also is None or self.other.relation is None else False
