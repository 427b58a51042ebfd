"""Whether a pupil may be shown, named or heard: the one way from answers to what holds; who may ask; reads of
pupils; and groups of pupils of one school, for posts and for the list before a match.

`standing` and what it calls know no rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.rows import with_words
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, capacities_by_school, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of, leads_at
from schoolgate.pupils.models import (
    ADULT,
    ANSWERING,
    Answer,
    Cause,
    Consent,
    Giver,
    NotPublished,
    ParentLink,
    Pupil,
    PupilGroup,
    PupilInGroup,
    Use,
    Why,
    Withdrawal,
)
from schoolgate.screening.folding import fold, words_of


@dataclass(frozen=True)
class Said:
    """One answer. `channel`: a network's key, "" for all official accounts; `who`: which parent, "" where
    that isn't known; `until`: its last day; `form`: how it reached the school; `hands`: the members of staff
    on whose word alone it rests, because they entered it or could have used its link."""

    use: str
    channel: str
    answer: str
    giver: str
    who: str
    from_day: date
    until: date | None = None
    form: str = ""
    hands: frozenset[int] = frozenset()

    @property
    def for_some_days(self) -> bool:
        """Whether it is a no that ends by itself: that of a pupil who objected on a day."""
        return self.answer == Answer.REFUSED and self.until is not None


@dataclass(frozen=True)
class Standing:
    """Whether a use is allowed on a day, and why. `given`: the answers that a yes rests on; `age`: the
    pupil's then."""

    may: bool
    why: Why
    given: tuple[Said, ...] = field(default=(), compare=False)
    age: int | None = field(default=None, compare=False)

    @property
    def refused(self) -> bool:
        """Whether a parent or the pupil said no."""
        return self.why in (Why.OBJECTS, Why.REFUSED, Why.DISAGREE)

    def rests_on(self, person: int) -> bool:
        """Return whether every yes went through the hands of this person alone."""
        return self.may and bool(self.given) and all(person in each.hands for each in self.given)


@dataclass(frozen=True)
class About:
    """What of a pupil a consent depends on. `own_yes_from`: the age from which the federation wants the
    pupil's own yes as well; None: it hasn't chosen one."""

    born_on: date | None = None
    left: bool = False
    listed: bool = False
    own_yes_from: int | None = None

    def age(self, on: date) -> int | None:
        """Return the age in years on a day; a birthday on 29 February counts from 1 March in other years.
        None: the date of birth isn't known."""
        if self.born_on is None:
            return None
        had = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had)

    def is_adult(self, on: date) -> bool:
        """Return whether the pupil is known to be 18 on a day."""
        age = self.age(on)
        return age is not None and age >= ADULT


def standing(
    said: Sequence[Said], about: About, *, use: str, channel: str, on: date, since: date | None = None
) -> Standing:
    """Return whether a pupil may appear in one use on one channel on a day, and how old they are then.

    `said` is in the order in which it was recorded. Any no is a no until it is settled; one for all channels
    counts on each. Of each person the latest yes counts that is for this channel or for all, one for this
    channel first. From 18 the pupil's own answer alone counts. `since`: the day of the picture; a no for some
    days that ran then counts for that picture for good.
    """
    found = _standing(said, about, use=use, channel=channel, on=on, since=since)
    return replace(found, age=about.age(on))


def _standing(
    said: Sequence[Said], about: About, *, use: str, channel: str, on: date, since: date | None
) -> Standing:
    if about.listed:
        return Standing(False, Why.LISTED)
    if about.left:
        return Standing(False, Why.LEFT)
    heard = _heard(said, about, use=use, channel=channel, on=on)
    noes = _noes(heard, since=since or on)
    if any(each.giver == Giver.PUPIL for each in noes):
        return Standing(False, Why.OBJECTS)
    if noes:
        return Standing(False, Why.DISAGREE if _disputed(heard, on=on) else Why.REFUSED)
    latest = _latest(heard)
    own = latest.pop((Giver.PUPIL, ""), None)
    own_yes = (own,) if own is not None and _runs(own, on) else ()
    age = about.age(on)
    if about.is_adult(on):
        return Standing(True, Why.GIVEN, own_yes) if own_yes else Standing(False, Why.OWN_YES)
    given = [each for each in latest.values() if each.answer == Answer.GIVEN]
    if not given:
        return Standing(False, Why.NOT_ASKED)
    running = tuple(each for each in given if _runs(each, on))
    if not running:
        return Standing(False, Why.LAPSED)
    if about.own_yes_from is not None and not own_yes and (age is None or age >= about.own_yes_from):
        return Standing(False, Why.OWN_YES)
    return Standing(True, Why.GIVEN, (*running, *own_yes))


def is_disputed(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> bool:
    """Return whether a no and a yes stand against each other, so that someone has to settle which holds: a
    yes was given after a no, or two parents answered differently. Two without a name are two."""
    return _disputed(_heard(said, about, use=use, channel=channel, on=on), on=on)


def yeses(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> list[Said]:
    """Return the yeses that run and stand for one use on one channel, whatever no there is."""
    latest = _latest(_heard(said, about, use=use, channel=channel, on=on)).values()
    return [each for each in latest if _runs(each, on)]


def own_no(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> bool:
    """Return whether the pupil's own no counts on a day and they haven't said yes since: then no one else
    settles it to a yes."""
    heard = _heard(said, about, use=use, channel=channel, on=on)
    standing_noes = _noes(heard, since=on)
    return any(
        no.giver == Giver.PUPIL
        and no in standing_noes
        and not any(each.giver == Giver.PUPIL and each.answer == Answer.GIVEN for each in heard[n + 1 :])
        for n, no in _open_noes(heard)
    )


def _disputed(heard: Sequence[Said], *, on: date) -> bool:
    latest = set(_latest(heard).values())
    yeses = [(n, each) for n, each in enumerate(heard) if each in latest and _runs(each, on)]
    return any(
        n_yes > n_no or _are_two_parents(no, yes)
        for n_no, no in _open_noes(heard)
        if not no.for_some_days and not any(_settles(later, no) for later in heard[n_no + 1 :])
        for n_yes, yes in yeses
    )


def _are_two_parents(one: Said, other: Said) -> bool:
    parents = one.giver == other.giver == Giver.PARENT
    return parents and (not one.who or one.who.casefold() != other.who.casefold())


def _heard(said: Iterable[Said], about: About, *, use: str, channel: str, on: date) -> list[Said]:
    """Return what counts here on a day, in its order: of an adult only what they and the school said."""
    adult = about.is_adult(on)
    return [
        each
        for each in said
        if each.use == use
        and each.channel in ("", channel)
        and each.from_day <= on
        and (not adult or each.giver in (Giver.PUPIL, Giver.SETTLED))
    ]


def _open_noes(heard: Sequence[Said]) -> list[tuple[int, Said]]:
    """Return the noes that nothing has settled since, each with its place. That a no was settled to stay is
    one itself; the pupil's own then stays beside it, because only their own yes ends it."""
    return [
        (n, each)
        for n, each in enumerate(heard)
        if each.answer == Answer.REFUSED
        and not any(
            _settles(later, each) and (later.answer == Answer.GIVEN or each.giver != Giver.PUPIL)
            for later in heard[n + 1 :]
        )
    ]


def _settles(later: Said, no: Said) -> bool:
    """Return whether this was settled for the channel of the no; for all of them it leaves one for a single
    channel as it is."""
    return later.giver == Giver.SETTLED and not (no.channel and not later.channel)


def _noes(heard: Sequence[Said], *, since: date) -> list[Said]:
    """Return the noes that stand; one for some days ends by itself, or once its giver takes it back."""
    return [
        each
        for n, each in _open_noes(heard)
        if not each.for_some_days
        or (each.until is not None and each.until >= since and not _taken_back(each, heard[n + 1 :]))
    ]


def _taken_back(no: Said, after: Sequence[Said]) -> bool:
    return any(each.giver == no.giver and each.answer == Answer.NOT_ASKED for each in after)


def _runs(each: Said, on: date) -> bool:
    return each.answer == Answer.GIVEN and (each.until is None or on <= each.until)


def _latest(heard: Iterable[Said]) -> dict[tuple[str, str], Said]:
    """Return of each person the answer that isn't a no and counts. The school's records speak for parents
    until a parent has answered here."""
    found: dict[tuple[str, str], Said] = {}
    for each in heard:
        if each.giver == Giver.SETTLED or each.answer == Answer.REFUSED:
            continue
        key = (each.giver, "" if each.giver == Giver.PUPIL else each.who.casefold())
        if key not in found or each.channel or not found[key].channel:
            found[key] = each
    if any(giver == Giver.PARENT for giver, _who in found):
        found.pop((Giver.LIST, ""), None)
    return found


OFFICE = frozenset({"administer", "attest_pictures"})
"""Who keeps consents: those who look after people here, and those who confirm pictures."""


def check_may_keep(person: Person, *, on: date, school: School | None = None) -> None:
    """Raise NotAllowed unless the person keeps pupils and consents of this school, or of all of them."""
    if not capacities(person, on=on, school=school) & OFFICE:
        raise NotAllowed(
            _("The people who look after pupils’ consents here do this."),
            _("Ask the school office."),
        )


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person keeps consents, writes posts or leads on safeguarding: they see yes
    or no, not why."""
    if lead_of(person, held_by(person, on=on)):
        return
    if not capacities(person, on=on, anywhere=True) & (OFFICE | {"write_post"}):
        check_capacity(person, "write_post", on=on, anywhere=True)


def check_may_choose(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless the person writes posts at this school or keeps consents there: they choose
    pupils, group them, and record that a child doesn't want to be shown today."""
    if not capacities(person, on=on, school=school) & (OFFICE | {"write_post"}):
        check_capacity(person, "write_post", on=on, school=school)


def schools_seen(person: Person, *, on: date) -> list[School]:
    """Return the schools whose pupils the person may see, by name."""
    able = capacities_by_school(person, on=on)
    leads = lead_of(person, held_by(person, on=on))
    return [
        school for school, may in able.items() if may & (OFFICE | {"write_post"}) or leads & {None, school.pk}
    ]


def leads_on_safeguarding(person: Person, school: School, *, on: date) -> bool:
    """Return whether the person is the safeguarding lead, or a deputy, of this school or of all of them, or
    has the role that the policy makes that."""
    return leads_at(person, school.pk, on=on)


def check_leads_on_safeguarding(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless the person leads on safeguarding at this school."""
    if not leads_on_safeguarding(person, school, on=on):
        raise NotAllowed(
            _("Only the safeguarding lead and deputies can do this."),
            _("Ask the safeguarding lead."),
        )


KEPT_OFF = Exists(NotPublished.objects.filter(pupil=OuterRef("pk"), ended_at=None))
"""Of a pupil: they are on the do-not-publish list."""
LOOKED_AT = 200
"""Pupils whose answers are looked at together."""


def pupil_for(person: Person, pk: int, *, on: date) -> Pupil:
    """Return a pupil of a school whose pupils the person may see. Raises NotFound, also once destroyed."""
    found = Pupil.objects.select_related("school").filter(pk=pk, destroyed_at=None).first()
    if found is None or found.school not in schools_seen(person, on=on):
        raise NotFound
    return found


def has_pupils(school: School) -> bool:
    """Return whether the pupils of a school are here, so that no list on paper speaks for them."""
    return Pupil.objects.filter(school=school, left_on=None, destroyed_at=None).exists()


def pupils_page(
    schools: Collection[School],
    *,
    form: str = "",
    words: Sequence[str] = (),
    after: Pupil | None = None,
    limit: int,
    left: bool = False,
) -> tuple[list[Pupil], bool]:
    """Return pupils at these schools by name, and whether more follow. `words`: of their names. `left`: those
    who left too."""
    rows = Pupil.objects.select_related("school").filter(school__in=schools, destroyed_at=None)
    if not left:
        rows = rows.filter(left_on=None)
    if form:
        rows = rows.filter(form=form)
    if words:
        rows = _with_names(rows, words)
    found = list(_further(rows, after).order_by("last_name", "first_name", "pk")[: limit + 1])
    return found[:limit], len(found) > limit


def pupils_with(schools: Collection[School], words: Sequence[str]) -> QuerySet[Pupil, int]:
    """Return the ids of all pupils with these words in their names, those who left too, for a search of what
    they are in."""
    rows = Pupil.objects.filter(school__in=schools, destroyed_at=None)
    return _with_names(rows, words).values_list("pk", flat=True)


def _with_names(rows: QuerySet[Pupil], words: Sequence[str]) -> QuerySet[Pupil]:
    return with_words(rows, words, "first_name", "last_name", "known_as")


def forms_at(schools: Collection[School]) -> list[str]:
    """Return the classes at these schools."""
    rows = Pupil.objects.filter(school__in=schools, left_on=None).exclude(form="")
    return list(rows.order_by("form").values_list("form", flat=True).distinct())


def pupils_of_class(schools: Collection[School], form: str) -> list[Pupil]:
    """Return the pupils of a class by name."""
    rows = Pupil.objects.select_related("school").filter(school__in=schools, form=form, left_on=None)
    return list(rows.order_by("last_name", "first_name", "pk"))


def pupils_by_id(schools: Collection[School], ids: Collection[int]) -> list[Pupil]:
    """Return these pupils of these schools by name, those who have left included. Raises NotFound if one of
    them isn't at any."""
    rows = Pupil.objects.select_related("school").filter(school__in=schools, pk__in=ids)
    found = list(rows.order_by("last_name", "first_name", "pk"))
    if len(found) < len(set(ids)):
        raise NotFound
    return found


def groups_at(schools: Collection[School]) -> list[PupilGroup]:
    """Return the groups at these schools by name."""
    return list(PupilGroup.objects.select_related("school").filter(school__in=schools).order_by("name", "pk"))


def group_at(schools: Collection[School], pk: int) -> PupilGroup:
    """Return one group at these schools. Raises NotFound."""
    found = PupilGroup.objects.select_related("school").filter(school__in=schools, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def members_of(group: PupilGroup) -> list[Pupil]:
    """Return the pupils of a group who are still at the school, by name."""
    rows = Pupil.objects.select_related("school").filter(pk__in=group.members.values("pupil"), left_on=None)
    return list(rows.order_by("last_name", "first_name", "pk"))


def consents_of(pupil: Pupil) -> list[Consent]:
    """Return all answers about a pupil, newest first."""
    return list(Consent.objects.filter(pupil=pupil).select_related("by").order_by("-id"))


def newest_answer(pupil: Pupil) -> int:
    """Return the number of the newest answer about a pupil; 0 without any."""
    return Consent.objects.filter(pupil=pupil).order_by("-id").values_list("id", flat=True).first() or 0


def links_of(pupil: Pupil) -> list[ParentLink]:
    """Return the links about a pupil that weren't revoked, the oldest first."""
    rows = ParentLink.objects.filter(pupil=pupil, revoked_at=None)
    return list(rows.select_related("pupil__school", "federation").order_by("id"))


def link_of(pupil: Pupil, pk: int) -> ParentLink:
    """Return one link about a pupil. Raises NotFound."""
    found = next((each for each in links_of(pupil) if each.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def own_answers(link: ParentLink, channel: str) -> dict[str, Consent]:
    """Return the latest answer of a link's own person to each use, for a channel or else for all accounts."""
    rows = Consent.objects.filter(
        pupil=link.pupil_id, giver=link.giver, who__iexact=link.who, channel__in={"", channel}
    ).order_by("id")
    found: dict[str, Consent] = {}
    for row in rows:
        if row.use not in found or row.channel or not found[row.use].channel:
            found[row.use] = row
    return found


def standings(
    pupils: Iterable[Pupil], *, uses: Sequence[str], channel: str, on: date, own_yes_from: int | None
) -> Mapping[int, Mapping[str, Standing]]:
    """Return for each pupil whether they may appear in each use on a channel. Two queries."""
    found = standings_by_channel(pupils, uses=uses, channels=[channel], on=on, own_yes_from=own_yes_from)
    return {pk: by_channel[channel] for pk, by_channel in found.items()}


def standings_by_channel(
    pupils: Iterable[Pupil],
    *,
    uses: Sequence[str],
    channels: Collection[str],
    on: date,
    own_yes_from: int | None,
    since: date | None = None,
) -> Mapping[int, Mapping[str, Mapping[str, Standing]]]:
    """Return for each pupil and channel whether they may appear in each use on it. `since`: the day of the
    picture. Two queries."""
    return {
        pk: {
            channel: {
                use: standing(said, about, use=use, channel=channel, on=on, since=since) for use in uses
            }
            for channel in channels
        }
        for pk, said, about in answers_of(pupils, on=on, own_yes_from=own_yes_from)
    }


def disputes_of(pupils: Iterable[Pupil], *, on: date) -> dict[int, dict[str, list[str]]]:
    """Return for each of these pupils the uses on which a yes stands against a no, with the channels ("" for
    all). Two queries."""
    found: dict[int, dict[str, list[str]]] = {}
    for pk, said, about in answers_of(pupils, on=on):
        by_use = {use: _disputed_on(said, about, use=use, on=on) for use in Use.values}
        if disputed := {use: channels for use, channels in by_use.items() if channels}:
            found[pk] = disputed
    return found


def _disputed_on(said: Sequence[Said], about: About, *, use: str, on: date) -> list[str]:
    """Return the channels to settle: "" where all of them are, and those that would be left."""
    found = []
    if is_disputed(said, about, use=use, channel="", on=on):
        found.append("")
        said = [*said, Said(use, "", Answer.GIVEN, Giver.SETTLED, "", on)]
    channels = sorted({each.channel for each in said if each.channel})
    return found + [each for each in channels if is_disputed(said, about, use=use, channel=each, on=on)]


def disputed_at(
    schools: Collection[School], *, on: date, after: Pupil | None = None, limit: int
) -> tuple[list[Pupil], bool]:
    """Return pupils at these schools with a yes that stands against a no, by name, and whether more follow.
    Three queries for each two hundred pupils with a no that it has to look at."""
    noes = Consent.objects.filter(answer=Answer.REFUSED, pupil__school__in=schools)
    rows = Pupil.objects.filter(pk__in=noes.values("pupil"), left_on=None).select_related("school")
    found: list[Pupil] = []
    while len(found) <= limit:
        some = list(_further(rows, after).order_by("last_name", "first_name", "pk")[:LOOKED_AT])
        disputed = disputes_of(some, on=on)
        found += [each for each in some if each.pk in disputed]
        if len(some) < LOOKED_AT:
            break
        after = some[-1]
    return found[:limit], len(found) > limit


def _further(rows: QuerySet[Pupil], after: Pupil | None) -> QuerySet[Pupil]:
    """Return the pupils that come after one, by name."""
    if after is None:
        return rows
    further = Q(first_name__gt=after.first_name) | Q(first_name=after.first_name, pk__gt=after.pk)
    return rows.filter(Q(last_name__gt=after.last_name) | Q(last_name=after.last_name) & further)


def answers_of(
    pupils: Iterable[Pupil], *, on: date, own_yes_from: int | None = None
) -> Iterator[tuple[int, list[Said], About]]:
    """Yield each pupil with what was answered about them and what of them it depends on. Two queries."""
    pupils = list(pupils)
    said: dict[int, list[Said]] = defaultdict(list)
    for row in Consent.objects.filter(pupil__in=pupils).order_by("id"):
        said[row.pupil_id].append(
            Said(
                row.use,
                row.channel,
                row.answer,
                row.giver,
                row.who,
                row.from_day,
                row.until,
                row.form,
                hands_of(row),
            )
        )
    listed = listed_of([pupil.pk for pupil in pupils])
    for pupil in pupils:
        gone = pupil.left_on is not None and pupil.left_on <= on
        yield pupil.pk, said[pupil.pk], About(pupil.born_on, gone, pupil.pk in listed, own_yes_from)


def hands_of(row: Consent) -> frozenset[int]:
    """Return the members of staff on whose word alone an answer rests: who entered it without a copy of the
    paper, or could have given it by its link. No one's is what the school's records say."""
    if row.giver not in ANSWERING:
        return frozenset()
    entered = [row.by_id] if row.by_id is not None and not row.scan else []
    return frozenset([*row.hands, *entered])


def listed_of(pupils: Collection[int]) -> set[int]:
    """Return those of these pupils who are on the do-not-publish list."""
    if not pupils:
        return set()
    rows = NotPublished.objects.filter(pupil__in=pupils, ended_at=None)
    return set(rows.values_list("pupil_id", flat=True))


def not_named_since(pupils: Collection[int]) -> dict[int, datetime]:
    """Return since when these pupils may not be named: since they are on the do-not-publish list, or else
    since their newest withdrawal. What one person said before, that another is meant, counts no more."""
    if not pupils:
        return {}
    gone = Withdrawal.objects.filter(pupil__in=pupils, uses__contains=[Use.NAME]).exclude(cause=Cause.TODAY)
    listed = NotPublished.objects.filter(pupil__in=pupils, ended_at=None)
    rows = [*gone.order_by("at").values_list("pupil_id", "at"), *listed.values_list("pupil_id", "at")]
    return dict(rows)


def left_without_a_no(pupils: Collection[int], *, on: date) -> set[int]:
    """Return those of these pupils who have left, and about whose name no one said no: whether they agree to
    be named now is no longer in the school's records."""
    if not pupils:
        return set()
    noes = Consent.objects.filter(pupil__in=pupils, use=Use.NAME, answer=Answer.REFUSED)
    rows = Pupil.objects.filter(pk__in=pupils, left_on__lte=on).exclude(pk__in=noes.values("pupil"))
    return set(rows.values_list("pk", flat=True))


def channels_here() -> list[str]:
    """Return the networks on which this federation has an account that is open, first the one with most; its
    own noticeboard where there is none."""
    rows = Account.objects.filter(state=AccountState.OPEN).values("network")
    counted = rows.annotate(number=Count("id")).order_by("-number", "network")
    return [row["network"] for row in counted] or [OURS]


def parts_of_names(on: date) -> frozenset[str]:
    """Return the words of the names of the pupils here on a day, folded: to tell them from others'."""
    rows = Pupil.objects.exclude(left_on__lte=on).values_list("first_name", "known_as", "last_name")
    return frozenset(word for names in rows for name in names for word in words_of(fold(name).text).plain)


LONGEST_NAME = 60
MOST = 200
"""Pupils of one group (house rule): a whole year group, not a school."""


@action
def save_group(
    *, by: Person, at: datetime, name: str, pupils: Collection[Pupil], group: PupilGroup | None = None
) -> PupilGroup:
    """Make a group of these pupils, or give a group this name and these pupils.

    Raises NotAllowed for people who neither write posts nor keep consents at the school, BadInput (`name`,
    `pupils`: none, too many, or of several schools).
    """
    tidy = " ".join(name.split())
    schools = {each.school_id: each.school for each in pupils}
    if group is not None:
        schools[group.school_id] = group.school
    wrong = {}
    if not pupils or len(pupils) > MOST:
        wrong["pupils"] = _("Tick from 1 to 200 pupils.")
    elif len(schools) > 1:
        wrong["pupils"] = _("Choose pupils of one school.")
    if not tidy or len(tidy) > LONGEST_NAME:
        wrong["name"] = _("Enter a name of up to 60 characters.")
    if not wrong:
        (school,) = schools.values()
        check_may_choose(by, school, on=local_day(at))
        same = PupilGroup.objects.filter(school=school, name=tidy)
        if (same.exclude(pk=group.pk) if group else same).exists():
            wrong["name"] = _("Choose another name: there’s already a group with this one.")
    if wrong:
        raise BadInput(wrong)
    if group is None:
        group = PupilGroup.objects.create(school=school, name=tidy, by=by, at=at)
    else:
        group.name, group.by, group.at = tidy, by, at
        group.save(update_fields=["name", "by", "at"])
        group.members.all().delete()
    PupilInGroup.objects.bulk_create([PupilInGroup(group=group, pupil=each) for each in pupils])
    record("pupils.group_saved", subject=group, at=at, actor=by)
    return group


@action
def drop_group(*, by: Person, at: datetime, group: PupilGroup) -> None:
    """Delete a group; its pupils and their consents stay. Raises NotAllowed."""
    check_may_choose(by, group.school, on=local_day(at))
    record("pupils.group_dropped", subject=group, at=at, actor=by)
    group.delete()
