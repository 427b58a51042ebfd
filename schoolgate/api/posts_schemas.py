"""Posts as they are sent and answered."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from schoolgate.api.fields import NO_NUL, Id, In, Instant, Long, Out, Short
from schoolgate.api.problems import FindingOut
from schoolgate.publishing.models import MOST_PICTURES, Delivery, HitReply, Post, PostState
from schoolgate.publishing.queries import goes_back, judged, standing_approval
from schoolgate.publishing.sending import when_out


class TargetIn(In):
    """What to post on one account."""

    account: Id
    text: Long
    language: Literal["en", "cy"] = "en"


class PersonIn(In):
    """A person shown in a picture or named in the text, or `number` people alike, such as a crowd; never a
    name. What is left out is unknown. `pupil`: one of the school's list, whose consents then count, and not
    what is said here of consent."""

    pupil: Id | None = None
    number: int = Field(default=1, ge=1, le=999)

    relation: Literal["", "pupil", "staff", "governor", "parent", "volunteer", "other"] = ""
    shown: bool | None = None
    heard: bool | None = None
    named: Literal["", "no", "initials", "first", "full"] = ""
    consent: bool | None = None
    consent_written: bool | None = None
    consent_by: Literal["", "parent", "carer", "self"] = ""
    leadership_agrees: bool | None = None
    opted_out: bool | None = None
    do_not_publish: bool | None = None
    at_school_activity: bool | None = None


class DescribedIn(In):
    """What is new about a picture of the post: its description, and who can be seen in it. No people and no
    pupils: false, false. `hears_pupils`: of a film; null leaves it."""

    picture: Id
    alt: Annotated[str, Field(max_length=1000, pattern=NO_NUL)] = ""
    shows_people: bool | None = None
    shows_pupils: bool | None = None
    hears_pupils: bool | None = None


class HitIn(In):
    """Why words found in the texts may stay. `hit`, `reply`: as a verdict gives them."""

    hit: Annotated[str, Field(max_length=32, pattern=NO_NUL)]
    reply: HitReply
    words: Short = ""


class ContentIn(In):
    """The content of a post. `answers`: by the names that a verdict asks for. `people`: those listed one by
    one; `classes` and `groups` add their members, shown and not named. `hits`: answers about words found.
    `permissions`: those of owners that it uses; null leaves them."""

    targets: list[TargetIn] = Field(max_length=50)
    pictures: list[Id] = Field(default=[], max_length=MOST_PICTURES)
    planned_at: Instant | None = None
    answers: dict[str, bool | Short | None] = Field(default={}, max_length=100)
    people: list[PersonIn] = Field(default=[], max_length=100)
    classes: list[Short] = Field(default=[], max_length=20)
    groups: list[Id] = Field(default=[], max_length=20)
    described: list[DescribedIn] = Field(default=[], max_length=MOST_PICTURES)
    hits: list[HitIn] = Field(default=[], max_length=100)
    permissions: list[Id] | None = Field(default=None, max_length=50)


class NewPostIn(ContentIn):
    """A post to start."""

    school: Id


class ChangedPostIn(ContentIn):
    """The new content of a post. `version`: of the post that you changed, so that no one's change is lost."""

    version: int = Field(ge=1, le=2**31 - 1)


class ApproveIn(In):
    """`seen`: of the post as it was read; an approval holds for exactly that. `hits`: what you answer
    about words found in it, such as that you agree with its author. `discussed`: its content was discussed
    with you first, where your policy asks for that."""

    seen: str = Field(pattern=r"^[0-9a-f]{64}$")
    discussed: bool = False
    hits: list[HitIn] = Field(default=[], max_length=100)


class SendBackIn(In):
    """Why it goes back to its author."""

    reason: Long


class TakeDownIn(In):
    """Why it has to go."""

    reason: Literal["mistake", "consent", "safety", "request", "policy", "other"]


class TargetOut(Out):
    """What is posted on one account."""

    account: int
    network: str
    text: str
    language: str


class ApprovalOut(Out):
    """Who approved it, in which of the policy's roles, and which content."""

    by: int
    roles: list[str]
    at: datetime
    seen: str


class DeliveryOut(Out):
    """The result on one network. `because`: a short code where something is wrong; `said`: what the network
    said about it."""

    id: int
    account: int
    purpose: str
    state: str
    by_hand: bool
    written_at: datetime
    sent_at: datetime | None
    because: str
    said: str
    address: str


class GoesOutOut(Out):
    """When an approved post goes out: `at`; or, if it is `held` because posting is stopped, as soon as
    posting is allowed again, but not before `at` and only before `latest`. `missed`: it needs a new time."""

    at: datetime
    latest: datetime
    held: bool
    missed: bool


class PostOut(Out):
    """A post. `seen`: the value that an approval must give, while the post needs one. `goes_out`: of an
    approved post. `goes_back`: an approved post has changed, so that it goes back for approval at its time
    unless someone answers for the change; then no time is promised."""

    id: int
    school: int
    author: int
    state: str
    needs_action: bool
    held: bool
    version: int
    planned_at: datetime | None
    goes_out: GoesOutOut | None
    goes_back: bool
    created_at: datetime
    pictures: list[int]
    targets: list[TargetOut]
    answers: dict[str, bool | str]
    people: list[dict[str, Any]]
    permissions: list[int]
    sent_back_because: str
    approval: ApprovalOut | None
    seen: str | None


class PostRow(Out):
    """A post in a list. `needs_action`: a network refused it on an account, so a person has to decide;
    `held`: it would go out, but posting is stopped."""

    id: int
    school: int
    author: int
    state: str
    needs_action: bool
    held: bool
    planned_at: datetime | None
    targets: list[TargetOut]


class Posts(Out):
    """A page of posts, newest first. `next`: what to give as `before`; null on the last page."""

    rows: list[PostRow]
    next: int | None


class Deliveries(Out):
    """Every intent of a post, oldest first."""

    rows: list[DeliveryOut]


class VerdictOut(Out):
    """What the policy says about the post on one account, now. Advice only: nothing is saved.
    `answer`: the strongest there is: `not_yet` where the policy allows it and something else keeps the post
    back, such as a name in it or a stop. `rulings`: the words of those on which an answer `allowed_if` rests;
    it holds only as far as they go."""

    account: int
    policy: str
    version: str
    reading: int
    outcome: str
    answer: str
    rulings: list[str]
    silent_because: str | None
    points: dict[str, str]
    findings: list[FindingOut]


class HitOut(Out):
    """Words found in the texts of a post, a picture like one that must not be shown (`picture`), or one in
    which a face was counted, or that may be part of one with people, and no one is said to be recognisable
    (`face`). `fields`: where;
    `number`: how many pupils have the name; `replies`: the answers there are; `reply`, `reason`: the one that
    was given; `needs_reason`: none counts without a reason; `lead_only`: only a safeguarding lead gives one;
    `waits_for_another`: an approver has to say the same; `stops`: the post can't go on without one. That
    nothing is found doesn't mean that the text is safe."""

    hit: str
    kind: str
    strength: str
    words: str
    number: int
    fields: list[str]
    replies: list[str]
    reply: str
    reason: str
    needs_reason: bool
    lead_only: bool
    waits_for_another: bool
    stops: bool


class Verdicts(Out):
    """`asked`: what the author has to answer under this policy -> the clauses that ask. `problems`: what
    else is to be changed or said, by field."""

    verdicts: list[VerdictOut]
    hits: list[HitOut]
    problems: dict[str, str]
    asked: dict[str, list[str]]


class PupilOut(Out):
    """A pupil of the school's list."""

    id: int
    name: str
    form: str


class GroupOut(Out):
    """A saved group of pupils."""

    id: int
    name: str


class Choices(Out):
    """The pupils that a post can show: the classes and groups of a school, and the members of the one asked
    for."""

    classes: list[str]
    groups: list[GroupOut]
    pupils: list[PupilOut]


PERSON = tuple(name for name in PersonIn.model_fields if name != "pupil")


def targets_out(post: Post) -> list[TargetOut]:
    """The texts of a post."""
    return [
        TargetOut(
            account=each.account_id, network=each.account.network, text=each.text, language=each.language
        )
        for each in post.targets.all()
    ]


def post_row(post: Post) -> PostRow:
    """A post in a list."""
    return PostRow(
        id=post.pk,
        school=post.school_id,
        author=post.author_id,
        state=post.state,
        needs_action=post.stuck,
        held=post.held,
        planned_at=post.planned_at,
        targets=targets_out(post),
    )


def post_out(post: Post, *, seen: str | None, at: datetime) -> PostOut:
    """A post as it is answered at an instant."""
    approval = standing_approval(post)
    approved = post.state == PostState.APPROVED
    back = approved and goes_back(post, at=at, now=judged(post, at=at))
    goes = when_out(post, at=at) if approved and not back else None
    return PostOut(
        **post_row(post).model_dump(),
        version=post.version,
        goes_out=GoesOutOut(at=goes.at, latest=goes.last, held=bool(goes.held), missed=goes.missed)
        if goes
        else None,
        goes_back=back,
        created_at=post.created_at,
        pictures=[picture.pk for picture in post.pictures],
        answers={name: given["answer"] for name, given in post.answers.items()},
        people=[
            {"pupil": person.pupil_id, **{name: getattr(person, name) for name in PERSON}}
            for person in post.people.all()
        ],
        permissions=[each.permission_id for each in post.used_permissions.all()],
        sent_back_because=post.sent_back_because,
        approval=ApprovalOut(
            by=approval.by_id, roles=approval.roles, at=approval.at, seen=approval.seen
        ) if approval else None,
        seen=seen,
    )  # fmt: skip


def delivery_out(delivery: Delivery) -> DeliveryOut:
    """One intent as it is answered."""
    return DeliveryOut(
        id=delivery.pk,
        account=delivery.account_id,
        purpose=delivery.purpose,
        state=delivery.state,
        by_hand=delivery.by_hand,
        written_at=delivery.written_at,
        sent_at=delivery.sent_at,
        because=delivery.because,
        said=delivery.said,
        address=delivery.ref.address if delivery.ref else "",
    )
