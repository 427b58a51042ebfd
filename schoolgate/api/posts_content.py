"""What a post contains, as requests give it: turned into what the actions take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.api.calls import Call
from schoolgate.api.posts_schemas import ContentIn, HitOut, PersonIn
from schoolgate.core.errors import BadInput, NotFound, Text
from schoolgate.core.models import School
from schoolgate.media.queries import picture_for
from schoolgate.publishing import actions
from schoolgate.publishing.hits import PostHits
from schoolgate.publishing.models import Post
from schoolgate.publishing.owner_register import permissions_at
from schoolgate.pupils import consents
from schoolgate.pupils.models import Pupil

OF_PUPILS = ("relation", "shown", "heard", "named", "at_school_activity", "leadership_agrees")
"""What an author states about a pupil of the list; the list knows the rest."""
R = TypeVar("R", bound=Model)


def content_of(call: Call, given: ContentIn, *, school: School, post: Post | None) -> dict[str, Any]:
    """Return what `draft_post` and `edit_post` take. Raises BadInput for ids that don't exist."""
    wrong: dict[str, Text] = {}
    accounts = {row.pk: row for row in Account.objects.filter(pk__in=[one.account for one in given.targets])}
    for place, each in enumerate(given.targets):
        if each.account not in accounts:
            wrong[f"targets.{place}.account"] = _(
                "This account doesn’t exist. Give the ID of one you can see."
            )
    kept = {picture.pk for picture in post.pictures} if post else set()
    pictures = []
    for place, pk in enumerate(given.pictures):
        try:
            pictures.append(picture_for(call.person, pk, school=school, kept=kept))
        except NotFound:
            wrong[f"pictures.{place}"] = _("This picture doesn’t exist. Upload it first, then give its ID.")
    people = _people(given, school, wrong)
    owners = _owners(given, school, wrong)
    for place, said in enumerate(given.described):
        if said.picture not in given.pictures:
            wrong[f"described.{place}.picture"] = _("Describe only pictures that the post has.")
    if wrong:
        raise BadInput(wrong)
    return {
        "targets": [
            actions.TargetText(accounts[each.account], each.text, each.language) for each in given.targets
        ],
        "pictures": pictures,
        "planned_at": given.planned_at,
        "answers": given.answers,
        "people": people,
        "owners": owners,
        "described": {said.picture: said.model_dump(exclude={"picture"}) for said in given.described},
        "hits": {said.hit: actions.Said(said.reply, said.words) for said in given.hits},
    }


def hits_out(found: PostHits, *, leads: bool) -> list[HitOut]:
    """Return what was found in the texts, as it is answered; a lead's reason where the caller `leads`."""
    return [
        HitOut(
            hit=each.hit.key,
            kind=str(each.hit.kind),
            strength=str(each.hit.strength),
            words=each.hit.words,
            number=len(each.hit.of),
            fields=list(each.fields),
            replies=[str(reply) for reply in each.replies],
            reply=each.answer.reply if each.answer is not None else "",
            reason=each.answer.words if each.answer is not None and (leads or not each.lead_only) else "",
            needs_reason=any(each.needs_reason(reply) for reply in each.replies),
            lead_only=each.lead_only,
            waits_for_another=each.waits_for_another,
            stops=each.stops,
        )
        for each in found.hits
    ]


def _people(given: ContentIn, school: School, wrong: dict[str, Text]) -> list[dict[str, Any]]:
    """Return everyone listed: those given one by one, then the members of the classes and groups."""
    ids = {each.pupil for each in given.people if each.pupil is not None}
    listed = {row.pk: row for row in Pupil.objects.filter(school=school, pk__in=ids)}
    found = []
    for place, each in enumerate(given.people):
        if each.pupil is not None and each.pupil not in listed:
            wrong[f"people.{place}.pupil"] = _("This pupil isn’t on the school’s list.")
        else:
            found.append(_person(each, listed))
    members = [row for name in given.classes for row in consents.pupils_of_class([school], name)]
    for place, pk in enumerate(given.groups):
        try:
            members += consents.members_of(consents.group_at([school], pk))
        except NotFound:
            wrong[f"groups.{place}"] = _("This school has no such group.")
    together = {row.pk: row for row in members if row.pk not in listed}
    said = {"relation": "pupil", "shown": True, "named": "no", "at_school_activity": True}
    return found + [{"pupil": row, **said} for row in together.values()]


def _person(each: PersonIn, listed: dict[int, Pupil]) -> dict[str, Any]:
    said = each.model_dump(exclude={"pupil"})
    if each.pupil is None:
        return said
    of_list = {name: said[name] for name in OF_PUPILS}
    return {**of_list, "relation": "pupil", "named": each.named or "no", "pupil": listed[each.pupil]}


def _owners(given: ContentIn, school: School, wrong: dict[str, Text]) -> list[Any] | None:
    if given.permissions is None:
        return None
    found = _by_id(permissions_at([school]).filter(pk__in=given.permissions))
    for place, pk in enumerate(given.permissions):
        if pk not in found:
            wrong[f"permissions.{place}"] = _("This school has no such permission.")
    return [found[pk] for pk in dict.fromkeys(given.permissions) if pk in found]


def _by_id(rows: Iterable[R]) -> dict[int, R]:
    return {row.pk: row for row in rows}
