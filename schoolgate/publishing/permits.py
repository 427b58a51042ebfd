"""Permissions that posts wait for: whether one is still for the current text, and what follows a yes."""

from datetime import date, datetime
from typing import Any, cast

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.people.models import Person
from schoolgate.people.queries import permissions_for, roles_of
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, First, Permit, Place, declare, place_of
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_if_complete
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post
from schoolgate.publishing.permissions import REUSE, RIGHTS_DOUBT, place_of_post
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.sharing import Advice, PermissionCounts, RightsQuestion


def _thing(pk: int) -> tuple[Post, Place]:
    found = queries.post(pk)
    return found, place_of_post(found)


def _current(asked: PermissionAsked) -> bool:
    post = queries.post(number_of(asked.about))
    return asked.covers.partition(":")[2] in ("", content_digest(post))


def _given(asked: PermissionAsked, by: Person, at: datetime) -> None:
    approve_if_complete(by=by, at=at, post=queries.post(number_of(asked.about)))


def _sees(person: Person, pk: int, on: date) -> bool:
    try:
        queries.post_for(person, pk, on=on)
    except NotFound:
        return False
    return True


def _rights_question(asked: PermissionAsked, by: Person, at: datetime) -> RightsQuestion:
    """Return the facts of a question about the rights in a post: who decides, and the advice on this text."""
    on, names = local_day(at), book_in_scope().role_names
    covers, place = ADVICE.covering(asked.covers.partition(":")[2]), place_of(asked)
    decides = known.Person(
        key=person_key(by.pk),
        relation=cast("Any", by.relation),
        roles=tuple(roles_of(by, on=on, school=place.school, account=place.account, about=place.owner)),
    )
    return RightsQuestion(
        now=at,
        by=decides,
        answers=tuple(
            Advice(
                by=person_key(leave.given_by_id),
                roles=(names[leave.role_key],),
                at=leave.at,
                written=leave.written,
                covers=(ADVICE.covers,),
                of_this_version=True,
            )
            for leave in permissions_for(covers=covers, subject=subject_of(asked), on=on)
            if leave.role_key in names
        ),
    )


def _permission_counts(asked: PermissionAsked, by: Person, at: datetime) -> PermissionCounts:
    """Return the facts of the permission that `by` is about to give in writing, before the post goes out."""
    on, place = local_day(at), place_of(asked)
    roles = tuple(roles_of(by, on=on, school=place.school, account=place.account, about=place.owner))
    person = known.Person(key=person_key(by.pk), relation=cast("Any", by.relation), roles=roles)
    given = known.Given(by=person.key, roles=roles, at=at, written=True, covers=(asked.kind,))
    several = place.school is None and School.objects.count() > 1
    return PermissionCounts(
        now=at, by=person, given=given, used_at=at, medium="internet", several_schools=several
    )


ADVICE = Permit(covers="advice", at=("rights_advice",), needs=frozenset({"advisers_answer"}))
FIRST = {
    RIGHTS_DOUBT: First("rights.question", _rights_question, (ADVICE,)),
    REUSE: First("permission.counts", _permission_counts, ()),
}
declare("publishing.post", Area("post", _sees, _thing, _current, _given, FIRST))
