"""Which posts and pictures a person may see. Every list, count, search, calendar, page and program asks
here, and so does a request for data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from schoolgate.core.disclosure import Columns, File, Piece, Sought, Table, Why
from schoolgate.core.rows import LOOKED_AT, with_words
from schoolgate.media.models import Picture
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import book_for, capacities, capacities_of_roles, held_by
from schoolgate.people.safeguarding import lead_of
from schoolgate.policy.models import STILL_ASKED, PermissionAsked
from schoolgate.publishing.models import (
    Approval,
    Post,
    PostPerson,
    PostPicture,
    PostState,
    PostTarget,
    PostWriter,
)

SEES_POSTS = frozenset({
    "write_post", "approve_post", "attest_pictures", "stop_everything", "moderate", "answer", "second_person",
    "see_incidents", "own_policy", "oversee", "administer", "be_told", "advise",
})  # fmt: skip
"""People with one of these in a school, or in the federation, see the posts there, unpublished ones too."""
DECIDED = frozenset({PostState.SUBMITTED, PostState.APPROVED})
"""States in which its approvers decide about a post that is kept to the leads (`Post.leads_only`)."""
KEPT_CLOSE = DECIDED | {PostState.DRAFT, PostState.EXPIRED, PostState.NOT_SENT, PostState.WITHDRAWN}
"""States in which nothing of such a post is public. It holds what only a safeguarding lead lets out, and none
has (`hits.PostHits.for_leads`)."""
NOTHING = Q(pk__in=[])
ALL = ~NOTHING
"""Not an empty condition, which would disappear beside an alternative."""


def visible_to(person: Person, on: date) -> Q:
    """Return the condition for the posts that this person may see on a day."""
    return reduce(or_, sights(person, on))


def sights(person: Person, on: date) -> list[Q]:
    """Which posts the person may see, as conditions that an index serves one by one: their own, those of the
    schools and accounts where they have a part, and those whose safeguarding they lead. A part over the
    federation is one condition: all that is open to them."""
    book, held_now = book_for(person), held_by(person, on=on)
    leads = lead_of(person, held_now)
    if None in leads:
        return [Q()]
    able = {held.pk: capacities_of_roles([held.role_key], book) for held in held_now}
    has_part = [held for held in held_now if able[held.pk] & SEES_POSTS]
    approves = [held for held in has_part if "approve_post" in able[held.pk]]
    is_open = _open_to(person, leads, approves) | _asked_for_leave(person, has_part)
    if any(held.scope_kind == ScopeKind.FEDERATION for held in has_part):
        return [is_open]
    seen: dict[tuple[str, int | None], Q] = {("author", person.pk): Q(author=person)}
    seen |= {_key(held): _part(held) & is_open for held in has_part}
    seen |= {(str(ScopeKind.SCHOOL), pk): Q(school=pk) for pk in leads if pk is not None}
    return list(seen.values())


def _open_to(person: Person, leads: Collection[int | None], approves: Iterable[RoleAssignment]) -> Q:
    """Return the condition for posts that are open to people with a part in them: all but those kept to the
    leads, which are their writers', the leads' and, once sent for approval, their approvers'."""
    writes = PostWriter.objects.filter(person=person, added_by__isnull=False, ended_at=None).values("post")
    decides = reduce(or_, map(_part, approves), NOTHING)
    return (
        Q(leads_only=False)
        | ~Q(state__in=KEPT_CLOSE)
        | Q(author=person)
        | Q(pk__in=writes)
        | Q(school__in=[pk for pk in leads if pk is not None])
        | Q(state__in=DECIDED) & decides
    )


def _asked_for_leave(person: Person, held: Iterable[RoleAssignment]) -> Q:
    """Return the condition for posts for which a permission is asked of one of these roles, as long as it is:
    who gives it reads first what they let go out."""
    here = Concat(Value("publishing.post:"), Cast(OuterRef("pk"), TextField()))
    asked = PermissionAsked.objects.filter(
        not_meant("policy.permissionasked", person), about=here, state__in=STILL_ASKED
    )
    ways = (_part(one) & Q(Exists(asked.filter(roles__contains=[one.role_key]))) for one in held)
    return reduce(or_, ways, NOTHING)


def may_see_picture(person: Person, picture: Picture, *, on: date) -> bool:
    """Return whether a person may see a picture: who added it, who sees a post with it, and people with a
    part in its school, unless it is in a post that is kept to the leads."""
    if picture.added_by_id == person.pk:
        return True
    posts = Post.objects.filter(placed__picture=picture)
    has_part = bool(capacities(person, on=on, school=picture.school) & SEES_POSTS)
    if has_part and not posts.filter(leads_only=True, state__in=KEPT_CLOSE).exists():
        return True
    return posts.filter(visible_to(person, on)).exists()


def _key(held: RoleAssignment) -> tuple[str, int | None]:
    return str(held.scope_kind), held.school_id or held.account_id or held.managed_id


def _part(held: RoleAssignment) -> Q:
    """Return the condition for the posts of the place where someone holds a role."""
    if held.scope_kind == ScopeKind.FEDERATION:
        return ALL
    if held.scope_kind == ScopeKind.SCHOOL:
        return Q(school=held.school_id)
    if held.scope_kind == ScopeKind.ACCOUNT:
        return Q(pk__in=PostTarget.objects.filter(account=held.account_id).values("post"))
    return Q(author=held.managed_id)


MOST_ACCOUNTS = 10
"""Accounts on which one post is counted."""


@dataclass(frozen=True)
class FoundPost:
    """A post that a search found, with the text in which the words are."""

    pk: int
    text: str
    accounts: str
    state: str


def search(person: Person, words: Sequence[str], *, on: date, limit: int) -> list[FoundPost]:
    """Return posts with all these words, newest first, of those that this person may see on a day. Two
    queries; the newest `LOOKED_AT` posts are looked at."""
    newest = Post.objects.filter(visible_to(person, on)).order_by("-id").values("pk")[:LOOKED_AT]
    rows = with_words(PostTarget.objects.filter(post__in=newest), words, "text").order_by("-post_id", "id")
    found: dict[int, FoundPost] = {}
    for pk, text, name, state in rows.values_list("post_id", "text", "account__name", "post__state")[
        : limit * MOST_ACCOUNTS
    ]:
        before = found.get(pk)
        found[pk] = FoundPost(
            pk, before.text if before else text, f"{before.accounts}, {name}" if before else name, state
        )
    return list(found.values())[:limit]


PARTS = {
    "publishing.PostTarget": "post",
    "publishing.PostPerson": "post",
    "publishing.PostMark": "post",
    "publishing.PassageComment": "post",
    "publishing.PostWriter": "post",
    "publishing.Approval": "post",
    "publishing.HitAnswer": "post",
    "publishing.WelshReading": "post",
    "publishing.LinkCard": "post",
    "publishing.CardWords": "card__post",
    "publishing.Delivery": "post",
}


class Posts(Table):
    """Posts that a person wrote or approved, that name them, or that show a pupil."""

    def __init__(self) -> None:
        super().__init__(
            "publishing.Post",
            PARTS,
            shown={
                "publishing.Post": ["text", "other_text", "answers", "sent_back_because", "created_at"],
                "publishing.Delivery": ["sent_at"],
                "publishing.Approval": ["at"],
                "publishing.PostWriter": ["wrote_at"],
                "publishing.PostPerson": ["shown", "named"],
            },
        )

    def asked(self, columns: Columns, sought: Sought) -> list[tuple[Why, QuerySet[Post]]]:
        """Add the posts that a person approved: an approval has no words of its own."""
        found = super().asked(columns, sought)
        if columns.model is Approval and sought.person is not None:
            found.append((Why.WROTE, Approval.objects.filter(by=sought.person)))
        return found

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return the posts with their pictures."""
        files: dict[int, list[File]] = defaultdict(list)
        placed = PostPicture.objects.filter(post__in=numbers).order_by("pk")
        for post, digest in placed.values_list("post", "picture__digest"):
            files[post].append(File(digest, _("Picture")))
        found = super().read(numbers, sought)
        return [replace(one, files=(*one.files, *files.get(one.number, ()))) for one in found]

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return the drafts that are kept to the leads, such as one that tells where a child on the
        do-not-publish list is: a father who asks is answered by someone."""
        kept = Post.objects.filter(pk__in=numbers, leads_only=True, state__in=KEPT_CLOSE)
        return super().for_lead(numbers) | set(kept.values_list("pk", flat=True))

    def others(self, numbers: Collection[int]) -> Mapping[int, Collection[str]]:
        """Return the names of who wrote them, and of the pupils that they show or name."""
        found: dict[int, list[str]] = defaultdict(list)
        for pk, name in Post.objects.filter(pk__in=numbers).values_list("pk", "author__name"):
            found[pk].append(name)
        shown = PostPerson.objects.filter(post__in=numbers, pupil__isnull=False)
        for pk, first, last in shown.values_list("post", "pupil__first_name", "pupil__last_name"):
            found[pk].append(f"{first} {last}")
        return found
