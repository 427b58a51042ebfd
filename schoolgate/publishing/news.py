"""News that was sent in: who may send it and who decides about it, and reads of it with a name."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key
from schoolgate.media.pictures import check_may_send_in
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.outside import check_read_first
from schoolgate.people.queries import all_schools, capacities, held_by, roles_of
from schoolgate.people.rules import can
from schoolgate.publishing.models import News, NewsPicture
from schoolgate.publishing.news_models import MadeBy
from schoolgate.publishing.rules import check_may_write
from schoolgate.publishing.states import NewsState
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.press import NewsPassOn

DECIDES = frozenset({"write_post", "approve_post"})
"""With one of these at a school, people see what was sent in for it and may decline it; only those who write
posts can use it."""


def check_sends(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at a school of the federation."""
    if not schools_to_send_for(person, on=on):
        raise NotAllowed(
            _("You have no role at a school, so you can’t send in news."),
            next_step=_("Ask the person who looks after people and roles."),
        )


def check_may_send(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at this school."""
    check_may_send_in(person, school, on=on)


def check_may_use(person: Person, news: News, *, on: date) -> None:
    """Raise NotFound where it may be about `person`, NotAllowed unless they write posts for the school that
    it was sent in for, NotNow while a safeguarding lead reads it first."""
    _check_not_about(person, news)
    check_may_write(person, news.school, on=on)
    check_read_first(news)


def check_may_decline(person: Person, news: News, *, on: date) -> None:
    """Raise NotFound where it may be about `person`, NotAllowed unless they write or approve posts for the
    school that it was sent in for, NotNow while a safeguarding lead reads it first."""
    _check_not_about(person, news)
    if not capacities(person, on=on, school=news.school) & DECIDES:
        check_may_write(person, news.school, on=on)
    check_read_first(news)


def _check_not_about(person: Person, news: News) -> None:
    if not News.objects.filter(not_meant("publishing.news", person), pk=news.pk).exists():
        raise NotFound


def check_may_withdraw(person: Person, news: News) -> None:
    """Raise NotAllowed for everyone but its sender."""
    if news.by_id != person.pk:
        raise NotAllowed(
            _("Only the person who sent this in can withdraw it."),
            next_step=_("If it isn’t wanted, say “Not this time”."),
        )


def schools_to_send_for(person: Person, *, on: date) -> list[School]:
    """Return the schools at which this person has a role, by name. Two queries."""
    places = {(one.scope_kind, one.school_id) for one in held_by(person, on=on)}
    if any(kind == ScopeKind.FEDERATION for kind, _school in places):
        return all_schools()
    there = {pk for kind, pk in places if kind == ScopeKind.SCHOOL}
    return [school for school in all_schools() if school.pk in there]


def schools_decided_for(person: Person, *, on: date) -> list[School]:
    """Return the schools for which this person sees what was sent in, by name."""
    schools = School.objects.order_by("name", "pk")
    return [each for each in schools if capacities(person, on=on, school=each) & DECIDES]


def uses_at(person: Person, schools: list[School], *, on: date) -> set[int]:
    """Return the ids of those of these schools for which this person writes posts."""
    return {each.pk for each in schools if can(check_may_write, person, each, on=on)}


def _whole() -> QuerySet[News]:
    placed = NewsPicture.objects.select_related("picture").order_by("place")
    return News.objects.select_related("school", "by__federation", "decided_by", "post").prefetch_related(
        Prefetch("placed", placed)
    )


def news_waiting(schools: list[School], person: Person) -> QuerySet[News]:
    """Return what no one has decided about yet at these schools, to be paged by key; nothing that may be
    about this person."""
    return _whole().filter(not_meant("publishing.news", person), state=NewsState.NEW, school__in=schools)


def news_sent_by(person: Person) -> QuerySet[News]:
    """Return what this person sent in, to be paged by key."""
    return _whole().filter(not_meant("publishing.news", person), by=person)


def news_for(person: Person, pk: int, *, on: date) -> News:
    """Return one piece of news, for its sender and for those who decide about it at its school; what was
    withdrawn for its sender alone. Raises NotFound for anyone else."""
    decided = Q(school__in=schools_decided_for(person, on=on)) & ~Q(state=NewsState.WITHDRAWN)
    rows = _whole().filter(not_meant("publishing.news", person), pk=pk)
    found = rows.filter(Q(by=person) | decided).first()
    if found is None:
        raise NotFound
    return found


def facts_of_news(by: Person, *, school: School, kind: str, at: datetime) -> NewsPassOn:
    """Return news as the policy is asked about it: who has it, at which school, and its kind."""
    relation: Any = by.relation
    what: Any = kind
    person = known.Person(
        key=person_key(by.pk), relation=relation, roles=tuple(roles_of(by, on=local_day(at), school=school))
    )
    return NewsPassOn(now=at, by=person, school=school.name, kind=what)


def answers_from(news: News) -> dict[str, Any]:
    """Return what the sender stated about whose work it is, as answers of the post's author: a beginning that
    the author reads and changes. What the sender left open stays open, and so does all else: that nothing
    was made by others is the author's own statement, about the finished post."""
    if news.made_by == MadeBy.ME:
        return {}
    answers: dict[str, Any] = {"others_work": True}
    if news.owner_agreed is not None:
        answers["permission"] = news.owner_agreed
        answers["origin"] = "permission_obtained" if news.owner_agreed else "someone_elses"
    return answers


def text_from(news: News) -> str:
    """Return the text with which a post begins: the sender's, and the name to show below it."""
    return f"{news.text}\n\n{news.by_line}" if news.by_line else news.text
