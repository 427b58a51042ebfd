"""Posts: what one contains, turned from requests into what the actions take; write, check, send for
approval, approve, take down.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from schoolgate.accounts.models import Account
from schoolgate.api.calls import Call, changes, inside
from schoolgate.api.fields import LARGEST, NO_NUL, Before, Limit, PathId
from schoolgate.api.posts_schemas import (
    ApproveIn,
    ChangedPostIn,
    Choices,
    ContentIn,
    Deliveries,
    GroupOut,
    HitOut,
    NewPostIn,
    PersonIn,
    PostOut,
    Posts,
    PupilOut,
    SendBackIn,
    TakeDownIn,
    VerdictOut,
    Verdicts,
    delivery_out,
    post_out,
    post_row,
)
from schoolgate.api.problems import findings_in_words
from schoolgate.core import leaving
from schoolgate.core.errors import BadInput, NotFound, Text
from schoolgate.core.leaving import Said
from schoolgate.core.models import School
from schoolgate.media.pictures import picture_for
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.keeping import body_of
from schoolgate.policy.queries import book_in_scope, ruling_words
from schoolgate.publishing import approving, drafting, hit_answers, queries, taking_down
from schoolgate.publishing.author_questions import AskedBy, asked_of_author
from schoolgate.publishing.hits import PostHits, hits_of
from schoolgate.publishing.library import permissions_at
from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.queries import Judged, answer_beside, kept_back, kept_back_now
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.sending import note_held
from schoolgate.pupils import consents
from schoolgate.pupils.consents import check_may_choose
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
            drafting.TargetText(accounts[each.account], each.text, each.language) for each in given.targets
        ],
        "pictures": pictures,
        "planned_at": given.planned_at,
        "answers": given.answers,
        "people": people,
        "owners": owners,
        "described": {said.picture: said.model_dump(exclude={"picture"}) for said in given.described},
        "hits": {said.hit: leaving.Said(said.reply, said.words) for said in given.hits},
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


router = Router(tags=["posts"], by_alias=True)


def _as_it_is(call: Call, pk: int) -> PostOut:
    return _out(call, _post(call, pk))


@router.get("", response=Posts)
@inside
def list_posts(
    call: Call,
    before: Before,
    limit: Limit,
    state: Annotated[PostState | None, Query(None, description="Only posts in this state.")],
) -> Posts:
    """The posts that you may see, newest first."""
    found, following = queries.posts_page(
        before=before, limit=limit, state=state, seen_by=call.person, on=call.on
    )
    note_held(found, at=call.at)
    return Posts(rows=[post_row(each) for each in found], next=following)


@router.post("", response={201: PostOut})
@changes(_as_it_is)
def start_post(call: Call, new: NewPostIn) -> int:
    """Start a draft."""
    school = _school(new.school)
    given = content_of(call, new, school=school, post=None)
    return drafting.draft_post(by=call.person, at=call.at, school=school, **given).pk


@router.post("/preview", response=Verdicts)
@inside
def preview_post(call: Call, new: NewPostIn) -> Verdicts:
    """What the policy would say about a post with this content. Saves nothing."""
    school = _school(new.school)
    given = content_of(call, new, school=school, post=None)
    tried = drafting.try_out(by=call.person, at=call.at, school=school, post=None, **given)
    leads = leads_at(call.person, school.pk, on=call.on)
    held = kept_back(
        tried.judged, school=school.pk, problems=tried.problems, left=tried.hits.to_approve, at=call.at
    )
    return _verdicts(
        tried.judged, dict(tried.asked), tried.hits, tried.problems, leads=leads, held=bool(held)
    )


@router.get("/choices", response=Choices)
@inside
def list_choices(
    call: Call,
    school: Annotated[int, Query(..., ge=1, le=LARGEST, description="The school that the post is for.")],
    form: Annotated[str, Query("", max_length=100, pattern=NO_NUL, description="A class of it.")],
    group: Annotated[int | None, Query(None, ge=1, le=LARGEST, description="A group of it.")],
) -> Choices:
    """The classes and groups of a school's list, and the pupils of one of them. Whether each may be shown is
    said by the verdict on the post."""
    found = _school(school)
    check_may_choose(call.person, found, on=call.on)
    rows = consents.members_of(consents.group_at([found], group)) if group else []
    rows += consents.pupils_of_class([found], form) if form else []
    return Choices(
        classes=consents.forms_at([found]),
        groups=[GroupOut(id=each.pk, name=each.name) for each in consents.groups_at([found])],
        pupils=[PupilOut(id=each.pk, name=each.name, form=each.form) for each in rows],
    )


@router.get("/{post_id}", response=PostOut)
@inside
def get_post(call: Call, post_id: PathId) -> PostOut:
    """One post."""
    return _out(call, _post(call, post_id))


@router.put("/{post_id}", response=PostOut)
@changes(_as_it_is)
def change_post(call: Call, post_id: PathId, changed: ChangedPostIn) -> int:
    """Change your own post of which nothing has been sent. It becomes a draft again, no longer approved.

    Statements that its author confirmed about the text or picture before, and what they said that it shows,
    are left out of `answers` if these change: send them again once the author has answered for the new
    content. Its purpose stays.
    """
    post = _post(call, post_id)
    given = content_of(call, changed, school=post.school, post=post)
    drafting.edit_post(by=call.person, at=call.at, post=post, version=changed.version, **given)
    return post_id


@router.get("/{post_id}/verdict", response=Verdicts)
@inside
def get_verdict(call: Call, post_id: PathId) -> Verdicts:
    """What the policy says about the post as it is now. Advice only: saves nothing."""
    post = _post(call, post_id)
    judged = queries.judged(post, at=call.at)
    return _verdicts(
        judged,
        dict(asked_of_author(post, at=call.at)),
        hits_of(post, on=call.on),
        problems_of(post, on=call.on),
        leads=leads_at(call.person, post.school_id, on=call.on),
        held=bool(kept_back_now(post, judged, at=call.at)),
    )


@router.post("/{post_id}/submit", response=PostOut)
@changes(_as_it_is)
def submit_post(call: Call, post_id: PathId) -> int:
    """Hand the post in for approval."""
    approving.submit_post(by=call.person, at=call.at, post=_post(call, post_id))
    return post_id


@router.post("/{post_id}/approve", response=PostOut)
@changes(_as_it_is)
def approve_post(call: Call, post_id: PathId, given: ApproveIn) -> int:
    """Approve the post as you read it; never your own."""
    post = _post(call, post_id)
    if given.hits:
        said = {each.hit: Said(each.reply, each.words) for each in given.hits}
        post = hit_answers.answer_hits(by=call.person, at=call.at, post=post, said=said)
    approving.approve_post(by=call.person, at=call.at, post=post, seen=given.seen, discussed=given.discussed)
    return post_id


@router.post("/{post_id}/send-back", response=PostOut)
@changes(_as_it_is)
def send_back(call: Call, post_id: PathId, given: SendBackIn) -> int:
    """Give the post back to its author with a reason."""
    post = _post(call, post_id)
    approving.send_back(by=call.person, at=call.at, post=post, reason=given.reason)
    return post_id


@router.post("/{post_id}/withdraw", response=PostOut)
@changes(_as_it_is)
def withdraw_post(call: Call, post_id: PathId) -> int:
    """Take back a post of your own that nothing has been sent of."""
    drafting.withdraw_post(by=call.person, at=call.at, post=_post(call, post_id))
    return post_id


@router.post("/{post_id}/take-down", response=PostOut)
@changes(_as_it_is)
def take_down(call: Call, post_id: PathId, given: TakeDownIn) -> int:
    """Take the post down from every account that shows it."""
    post = _post(call, post_id)
    taking_down.take_down(by=call.person, at=call.at, post=post, reason=given.reason)
    return post_id


@router.get("/{post_id}/deliveries", response=Deliveries)
@inside
def list_deliveries(call: Call, post_id: PathId) -> Deliveries:
    """The result on each network."""
    return Deliveries(rows=[delivery_out(each) for each in _post(call, post_id).deliveries.all()])


def _post(call: Call, pk: int) -> Post:
    return queries.post_for(call.person, pk, on=call.on)


def _out(call: Call, post: Post) -> PostOut:
    waits = post.state == PostState.SUBMITTED
    note_held([post], at=call.at)
    return post_out(post, seen=queries.seen_now(post, at=call.at) if waits else None, at=call.at)


def _school(pk: int) -> School:
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise BadInput({"school": _("This school doesn’t exist. Give the ID of one you can see.")})
    return found


def _verdicts(
    judged: list[Judged],
    asked: dict[str, tuple[AskedBy, ...]],
    found: PostHits,
    problems: Mapping[str, Text],
    *,
    leads: bool,
    held: bool,
) -> Verdicts:
    return Verdicts(
        hits=hits_out(found, leads=leads),
        problems={name: str(said) for name, said in problems.items()},
        verdicts=[_verdict(each, held=held) for each in judged],
        asked={name: [by.clause for by in clauses] for name, clauses in asked.items()},
    )


def _verdict(judged: Judged, *, held: bool) -> VerdictOut:
    decision = judged.decision
    words = book_in_scope()
    wordings = {}
    for clause in decision.clauses:
        worded = words.clause(clause)
        wordings[clause] = (worded.section, worded.says)
    body = body_of(decision)
    told = {
        name: body[name] for name in ("policy", "version", "reading", "outcome", "silent_because", "points")
    }
    return VerdictOut.model_validate(
        {
            **told,
            "answer": answer_beside(decision, held=held),
            "rulings": ruling_words(decision.ruled),
            "account": judged.target.account_id,
            "findings": findings_in_words(body, wordings),
        }
    )
