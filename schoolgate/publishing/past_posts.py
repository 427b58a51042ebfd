"""Posts from before Schoolgate: who may read them, from which day they are known, how they are found by
their words, and those that name or show a pupil who may not be.

The search walks one index of words (see `PastWord`): a page reads a limited number of posts with the
rarest of the words searched for, and says how far back it has searched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import leads as leads_of
from schoolgate.accounts.addresses import handle_of, key_of
from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.closing import Part as ArchivePart
from schoolgate.accounts.models import Account, AccountState, FormerAddress, Part
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.rows import found_or_made
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.archives.port import Owner
from schoolgate.networks.archives.reading import archive_of
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import Where, assignments, book_for, capacities, capacities_of_roles
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import leads as safeguarding_leads
from schoolgate.policy.choices import gone_by, own_yes_from
from schoolgate.publishing.duty_kinds import OLDER_POST, OLDER_POST_GONE
from schoolgate.publishing.models import PastImport, PastPost, PastState, PastToGo, PastWordSaid, Whose
from schoolgate.publishing.sights import SEES_POSTS
from schoolgate.pupils.consents import KEPT_OFF, leads_on_safeguarding, standings_by_channel
from schoolgate.pupils.models import Answer, Cause, Consent, Pupil, Use, Withdrawal
from schoolgate.pupils.named import letters_of, may_name, names, that_may_name
from schoolgate.rulebook.adviser.search import fold

# The words by which an earlier post is found: lower case, no accents, each once. Pure.

LONGEST_TOKEN = 40
MOST_TOKENS = 400
"""Most different words stored per post: more than three thousand letters of prose."""
MOST_WORDS = 6
"""Words of one search; further ones narrow nothing that a person would notice."""
SHORTEST = 2
"""Single letters are useless in a search; single figures are allowed."""
_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of a text, each once, in their order."""
    found = (word[:LONGEST_TOKEN] for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST or word.isdigit()))[
        :MOST_TOKENS
    ]


def searched(text: str) -> str:
    """Return the words as stored in a post's row: with a space before and after each."""
    found = tokens(text)
    return f" {' '.join(found)} " if found else ""


def words_asked(typed: str) -> list[str]:
    """Return the words of a search, as they were typed."""
    return tokens(typed[:300])[:MOST_WORDS]


def version_of(text: str) -> str:
    """Return a digest that tells two texts of one post apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True)
class PostsCovered:
    """How much of an account's posts is known.

    `since`: from that day on, every post that went out through Schoolgate or is in the network's download is
    here; None: the account is not open yet. `gap`: the unknown days between the end of the newest download
    and the start of Schoolgate's own record; earlier posts are here, but may not be complete.
    """

    since: date | None
    gap: tuple[date, date] | None = None


def copies_known_from(account: Account) -> date | None:
    """Return the day since which every post of the account is known here, as far as Schoolgate and the
    network's downloads know; None where there is no such day. One query."""
    return known_of([account])[account.pk].since


def known_of(accounts: Collection[Account]) -> dict[int, PostsCovered]:
    """Return the same for several accounts, with gaps. One query."""
    rows = PastImport.objects.filter(account__in=[one.pk for one in accounts], state=PastState.DONE)
    covers: dict[int, list[tuple[date, date]]] = {one.pk: [] for one in accounts}
    for pk, found, made_on in rows.values_list("account", "found", "made_on"):
        if found.get("first") and made_on is not None:
            covers[pk].append((local_day(stored_instant(found["first"])), made_on))
    return {one.pk: _known(one, covers[one.pk]) for one in accounts}


def _known(account: Account, covers: Iterable[tuple[date, date]]) -> PostsCovered:
    if account.opened_at is None:
        return PostsCovered(None)
    since = local_day(account.opened_at)
    gap: tuple[date, date] | None = None
    # The newest download first: each reaches back from the day on which it was made to its first post.
    for first, made_on in sorted(covers, key=lambda cover: cover[1], reverse=True):
        if made_on < since:
            gap = gap or (made_on, since)
        elif first < since:
            since, gap = first, None
    return PostsCovered(since, gap)


def accounts_seen(person: Person, *, on: date) -> Q:
    """On accounts: those whose posts this person may see on that day."""
    held = assignments(person, on=on, where=Where(anywhere=True)).values_list(
        "role_key", "scope_kind", "school_id", "account_id"
    )
    book = book_for(person)
    seen = Q(pk__in=[])
    for role_key, scope_kind, school_id, account_id in held:
        if not capacities_of_roles([role_key], book) & SEES_POSTS:
            continue
        if scope_kind == ScopeKind.FEDERATION:
            return Q()
        if scope_kind == ScopeKind.SCHOOL:
            seen |= Q(school=school_id)
        elif scope_kind == ScopeKind.ACCOUNT:
            seen |= Q(pk=account_id)
    return seen


def check_may_see(person: Person, account: Account, *, on: date) -> None:
    """Raise NotFound for people who have no part in the account's posts."""
    if not capacities(person, on=on, school=account.school, account=account) & SEES_POSTS:
        raise NotFound


def check_may_bring(person: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads or administers the account, or opens or looks after accounts
    there. A rule of this program: a download is asked for with the account's own sign-in."""
    if is_on_team(person, account, Part.LEAD, Part.ADMINISTRATOR):
        return
    if "administer" not in capacities(person, on=on, school=account.school, account=account):
        check_capacity(person, "open_account", on=on, school=account.school, account=account)


def check_takes_downloads(account: Account) -> None:
    """Raise NotNow for an account that is not on the register, or whose network's downloads are not read."""
    if account.state == AccountState.WAITING:
        raise NotNow(
            _("This account is not on the register yet."),
            _("You can import this account’s earlier posts once it is open."),
        )
    if archive_of(account.network) is None:
        raise NotNow(
            _("Schoolgate can’t read downloads from this network."),
            _("Look at its earlier posts on the network itself."),
        )


def whose(account: Account, owner: Owner, *, known: Collection[str]) -> Whose:
    """Whose a download is, by what it says itself and where the account is or was.

    Args:
        known: the network's own names of this account, as far as they are known here.
    """
    if owner.id and owner.id in known:
        return Whose.SAME
    places = [(account.address, account.handle)]
    former = FormerAddress.objects.filter(account=account)
    places += list(former.values_list("address", "handle"))
    told = {"keys": {key_of(owner.address)} - {""}, "handles": {handle_of(owner.handle)} - {""}}
    ours: Mapping[str, set[str]] = {
        "keys": {key_of(one) for place in places for one in place if one} - {""},
        "handles": {handle_of(handle) for _address, handle in places} - {""},
    }
    if told["keys"] & ours["keys"] or told["handles"] & ours["handles"]:
        return Whose.SAME
    if known and owner.id:
        return Whose.OTHER
    # Bluesky's file names the account by an id alone, without a handle.
    by_id_alone = owner.id.startswith("did:") and not owner.handle
    comparable = any(told[part] and ours[part] for part in told)
    return Whose.OTHER if comparable and not by_id_alone else Whose.NOT_TOLD


SEEN = frozenset({Use.PICTURE, Use.FILM, Use.VOICE})
"""Uses that an old post's pictures and films may be: they aren't here, so only people can look."""


def posts_of(said: Withdrawal) -> QuerySet[PastPost]:
    """Return the earlier posts on the accounts that a withdrawal is about; of that day on, if it is only
    that."""
    rows = PastPost.objects.select_related("account__school")
    if said.channel:
        rows = rows.filter(account__network=said.channel)
    return rows.filter(at__gte=begins(local_day(said.at))) if said.cause == Cause.TODAY else rows


def naming(pupil: Pupil, posts: QuerySet[PastPost]) -> list[PastPost]:
    """Return those that have the pupil's full name in their words, written in any way in which names are
    looked for everywhere."""
    some = that_may_name(posts, pupil, "text", "alts")
    return [post for post in some if names(pupil, [post.text, post.alts])]


def concerned(said: Withdrawal, posts: QuerySet[PastPost]) -> list[PastPost]:
    """Return those of these that a withdrawal is about by their words. One with a name and pictures may show
    the pupil, too."""
    return naming(said.pupil, posts if Use.NAME in said.uses else posts.filter(pictures__gt=0))


def with_pictures(said: Withdrawal, posts: QuerySet[PastPost]) -> list[Account]:
    """Return the accounts of which such posts have pictures: a person has to look through them for the
    pupil."""
    if not SEEN.intersection(said.uses):
        return []
    rows = posts.filter(pictures__gt=0).values("account")
    return list(Account.objects.filter(pk__in=rows).select_related("school").order_by("pk"))


def rows_of(said: Withdrawal) -> QuerySet[PastToGo]:
    """Return what was found for a withdrawal, newest first, whenever it came in."""
    rows = PastToGo.objects.filter(pupil=said.pupil_id).select_related("account", "post")
    if said.channel:
        rows = rows.filter(account__network=said.channel)
    if Use.NAME not in said.uses:
        rows = rows.filter(Q(post=None) | Q(post__pictures__gt=0))
    if not SEEN.intersection(said.uses):
        rows = rows.exclude(post=None)
    if said.cause == Cause.TODAY:
        rows = rows.filter(Q(post=None) | Q(post__at__gte=begins(local_day(said.at))))
    return rows.order_by("-pk")


def not_to_be_in(account: Account, posts: Iterable[PastPost], *, on: date) -> list[tuple[PastPost, Pupil]]:
    """Return which of these posts name a pupil who is on the do-not-publish list or may, by an answer, not be
    named on this account, or not be shown where the post has pictures."""
    found = _said_no(account, on=on)
    pairs = []
    for post in posts:
        letters = letters_of(f"{post.text}\n{post.alts}")
        for pupil, uses in found:
            near = (Use.NAME in uses or post.pictures) and may_name(letters, pupil)
            if near and names(pupil, [post.text, post.alts]):
                pairs.append((post, pupil))
    return pairs


def _said_no(account: Account, *, on: date) -> list[tuple[Pupil, Collection[str]]]:
    no = Consent.objects.filter(pupil=OuterRef("pk"), answer=Answer.REFUSED)
    gone = Withdrawal.objects.filter(pupil=OuterRef("pk"))
    rows = Pupil.objects.filter(KEPT_OFF | Exists(no) | Exists(gone), destroyed_at=None)
    pupils = list(rows.select_related("school"))
    if not pupils:
        return []
    uses = [Use.NAME, Use.PICTURE]
    said = standings_by_channel(
        pupils, uses=uses, channels=[account.network], on=on, own_yes_from=own_yes_from(on=on)
    )
    may_not = [
        (pupil, [use for use in uses if not said[pupil.pk][account.network][use].may]) for pupil in pupils
    ]
    return [(pupil, uses) for pupil, uses in may_not if uses]


PAGE = 25
LOOKED_AT = 500
"""Most posts with the rarest word that one page of a search reads."""
MOST_BEGINNINGS = 20
"""Different words that begin as typed; beyond them more letters are needed."""
COUNTED = 1_001
END = "\U0010ffff"
FAR = (datetime(9999, 1, 1, tzinfo=UTC), 2**63 - 1)
Key = tuple[datetime, int]

_BEGINNINGS = """
SELECT token FROM (
  WITH RECURSIVE beginning(token) AS (
    (SELECT token FROM publishing_pastword
     WHERE token >= %(word)s COLLATE "C" AND token < %(end)s COLLATE "C" ORDER BY token LIMIT 1)
    UNION ALL
    SELECT (SELECT next.token FROM publishing_pastword next
            WHERE next.token > before.token AND next.token < %(end)s COLLATE "C"
            ORDER BY next.token LIMIT 1)
    FROM beginning before WHERE before.token IS NOT NULL
  )
  SELECT token FROM beginning WHERE token IS NOT NULL LIMIT %(most)s
) words
"""
_COUNT = """
SELECT count(*) FROM (
  SELECT 1 FROM unnest(%(tokens)s::text[]) AS one(token)
  CROSS JOIN LATERAL (SELECT 1 FROM publishing_pastword w WHERE w.token = one.token COLLATE "C"
                      LIMIT %(most)s) found
  LIMIT %(most)s
) counted
"""
_WITH_WORD = """
SELECT DISTINCT found.at, found.post_id FROM unnest(%(tokens)s::text[]) AS one(token)
CROSS JOIN LATERAL (
  SELECT w.at, w.post_id FROM publishing_pastword w
  WHERE w.token = one.token COLLATE "C" AND (w.at, w.post_id) < (%(at)s, %(pk)s)
  ORDER BY w.at DESC, w.post_id DESC LIMIT %(most)s
) found
ORDER BY found.at DESC, found.post_id DESC LIMIT %(most)s
"""
_NEWEST = """
SELECT found.at, found.id FROM unnest(%(accounts)s::bigint[]) AS one(account)
CROSS JOIN LATERAL (
  SELECT p.at, p.id FROM publishing_pastpost p
  WHERE p.account_id = one.account AND (p.at, p.id) < (%(at)s, %(pk)s)
  ORDER BY p.at DESC, p.id DESC LIMIT %(most)s
) found
ORDER BY found.at DESC, found.id DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class PastPage:
    """One page of old posts, newest first.

    `older`: the key of the next page, None on the last one. `further`: it has looked at as many posts as
    one page does, and there is more behind. `beginnings`: words typed that too many words begin with.
    """

    rows: Sequence[PastPost] = ()
    older: Key | None = None
    further: bool = False
    beginnings: Sequence[str] = field(default=())


def imports_of(account: Account, *, limit: int = 10) -> list[PastImport]:
    """The last downloads of an account, newest first. One query."""
    rows = PastImport.objects.filter(account=account).select_related("by", "confirmed_by")
    return list(rows.order_by("-id")[:limit])


def import_for(person: Person, pk: int, *, on: date, lock: bool = False) -> PastImport:
    """Return one download, for people who may upload one for its account. Raises NotFound for anyone else."""
    rows = PastImport.objects.select_related("account__school", "by", "confirmed_by")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first()
    if found is None:
        raise NotFound
    try:
        check_may_bring(person, found.account, on=on)
    except NotAllowed:
        raise NotFound from None
    return found


def accounts_with_posts(person: Person, *, on: date) -> list[Account]:
    """The accounts whose old posts this person may see, by name; those without any too. One query beside
    what the person's roles cost."""
    seen = accounts_seen(person, on=on)
    return list(Account.objects.filter(seen).exclude(state="waiting").order_by("name", "id"))


def number_of(account: Account) -> int:
    """Return how many posts of the account were imported."""
    return PastPost.objects.filter(account=account).count()


def posts_page(
    *, accounts: Sequence[int], typed: str = "", before: Key | None = None, limit: int = PAGE
) -> PastPage:
    """Old posts of these accounts, newest first, with all the words typed; each word may be a beginning.

    The number of queries depends on the number of words alone.
    """
    if not accounts:
        return PastPage()
    asked = words_asked(typed)
    if typed.strip() and not asked:
        return PastPage()
    if not asked:
        found = _rows(
            _NEWEST, accounts=list(accounts), at=(before or FAR)[0], pk=(before or FAR)[1], most=limit + 1
        )
        rows = _posts([pk for _at, pk in found[:limit]])
        return PastPage(rows, found[limit - 1] if len(found) > limit else None)
    return _searched(asked, accounts, before or FAR, limit)


def _searched(asked: list[str], accounts: Sequence[int], before: Key, limit: int) -> PastPage:
    tokens = {word: _beginning_with(word) for word in asked}
    too_many = [word for word, found in tokens.items() if len(found) > MOST_BEGINNINGS]
    if not all(tokens.values()):
        return PastPage()
    for word in too_many:
        tokens[word] = tokens[word][:MOST_BEGINNINGS]
    rarest = min(asked, key=lambda word: (_number(tokens[word]), word))
    looked = _rows(_WITH_WORD, tokens=tokens[rarest], at=before[0], pk=before[1], most=LOOKED_AT)
    rows = PastPost.objects.filter(pk__in=[pk for _at, pk in looked], account__in=accounts)
    for word in asked:
        rows = rows.filter(words__contains=f" {word}")
    found = list(rows.select_related("account").order_by("-at", "-pk")[: limit + 1])
    if len(found) > limit:
        last = found[limit - 1]
        return PastPage(found[:limit], (last.at, last.pk), beginnings=too_many)
    further = len(looked) == LOOKED_AT
    return PastPage(found, looked[-1] if further else None, further, too_many)


def _beginning_with(word: str) -> list[str]:
    found = _rows(_BEGINNINGS, word=word, end=word + END, most=MOST_BEGINNINGS + 1)
    return [token for (token,) in found]


def _number(tokens: list[str]) -> int:
    [(number,)] = _rows(_COUNT, tokens=tokens, most=COUNTED)
    return int(number)


def _rows(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _posts(pks: list[int]) -> list[PastPost]:
    rows = PastPost.objects.filter(pk__in=pks).select_related("account")
    return list(rows.order_by("-at", "-pk"))


class PastPosts:
    """Earlier posts for `accounts.figures`; no figure of what went out counts them."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Old posts wait for no answer."""
        return {}

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """Return nothing: no one here posted them."""
        return {}

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Who wrote them is not known."""
        return {}

    def count(self, account: Account) -> int:
        """Return how many were imported."""
        return PastPost.objects.filter(account=account).count()

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether one of them was found since then to name a pupil who may not be named there."""
        return PastToGo.objects.filter(account=account, post__isnull=False, at__gte=since).exists()

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, ArchivePart]]:
        """The next ones, in the order in which they came in: without the words of those that name a pupil who
        may not be named there. Two queries."""
        rows = list(PastPost.objects.filter(account=account, pk__gt=after).order_by("pk")[:limit])
        others = {"said": PastWordSaid.NOTHING, "looked_at__isnull": False}
        to_go = PastToGo.objects.filter(post__in=rows).exclude(**others)
        gone = set(to_go.values_list("post", flat=True))
        return [(one.pk, _left_out(one) if one.pk in gone else _part(one)) for one in rows]


def _left_out(post: PastPost) -> ArchivePart:
    data = {"before_schoolgate": True, "published": post.at.isoformat(), "left_out": True, "text": ""}
    return ArchivePart(kind="posts", data=data | {"language": post.language, "address": post.address})


def _part(post: PastPost) -> ArchivePart:
    return ArchivePart(
        kind="posts",
        data={
            "before_schoolgate": True,
            "published": post.at.isoformat(),
            "language": post.language,
            "text": post.text,
            "descriptions": post.alts,
            "pictures_not_kept": post.pictures,
            "reply": post.reply,
            "address": post.address,
            "taken_down": False,
        },
    )


def list_older(said: Withdrawal, *, due_at: datetime, at: datetime, since: datetime | None = None) -> int:
    """Ask people about each earlier post that a withdrawal is about, once, and to look through each account
    with earlier pictures; return how many are new. Safe to call again. `since`: only what was imported from
    then on."""
    posts = posts_of(said) if since is None else posts_of(said).filter(taken_at__gte=since)
    pupil, named = said.pupil, concerned(said, posts)
    new = sum(_ask(post.account, pupil, post=post, due_at=due_at, at=at) for post in named)
    return new + sum(_ask(one, pupil, due_at=due_at, at=at) for one in with_pictures(said, posts))


def list_imported(account: Account, posts: Iterable[PastPost], *, at: datetime) -> None:
    """Ask people about each of these posts, which are just being imported, that names a pupil who may not
    be."""
    due_at = gone_by(book_for(account), account.school, at=at)
    for post, pupil in not_to_be_in(account, posts, on=local_day(at)):
        _ask(account, pupil, post=post, due_at=due_at, at=at)


def _ask(
    account: Account, pupil: Pupil, *, post: PastPost | None = None, due_at: datetime, at: datetime
) -> bool:
    row, new = found_or_made(
        PastToGo.objects, account=account, pupil=pupil, post=post, defaults={"at": at, "due_at": due_at}
    )
    since = PastPost.objects.filter(account=account, pictures__gt=0, taken_at__gt=row.said_at or at)
    if not new and post is None and row.looked_at is not None and since.exists():
        row.said, row.said_by, row.said_at, row.looked_by, row.looked_at = "", None, None, None, None
        row.at, row.due_at, new = at, due_at, True
        row.save()
    if new:
        record("past.must_go", subject=row, at=at, account=account.pk, pupil=pupil.pk)
        _open(OLDER_POST, row, at=at)
    return new


def _open(kind: str, row: PastToGo, *, at: datetime) -> None:
    school, due = school_of(row), Due.at(row.due_at)
    for role in book_for(school).pack.roles_with("approve_post"):
        open_duty(
            kind=kind, subject=row, at=at, due=due, role=role.key, school=school, account=row.account_id
        )
    people = list(leads_of(row.account))
    if Pupil.objects.filter(KEPT_OFF, pk=row.pupil_id).exists():
        people += safeguarding_leads(book_for(school), row.pupil.school, on=local_day(at))
    for each in dict.fromkeys(people):
        open_duty(kind=kind, subject=row, at=at, due=due, person=each, school=school, account=row.account_id)


def school_of(row: PastToGo) -> School:
    """Return the school whose people are asked: the account's, or the pupil's where it belongs to all."""
    return row.account.school or row.pupil.school


def older_for(person: Person, pk: int, *, on: date) -> PastToGo:
    """Return one, for people who are asked about it. Raises NotFound for anyone else."""
    rows = PastToGo.objects.select_related("account__school", "post", "pupil__school", "said_by", "looked_by")
    row = rows.filter(pk=pk).first()
    if row is None or not may_deal(person, row, on=on):
        raise NotFound
    return row


def may_deal(person: Person, row: PastToGo, *, on: date) -> bool:
    """Return whether a person approves posts there, may stop everything, leads the account, or leads on
    safeguarding at the pupil's school."""
    held = capacities(person, on=on, school=school_of(row), account=row.account)
    return (
        bool({"approve_post", "stop_everything"} & held)
        or is_on_team(person, row.account, Part.LEAD)
        or leads_on_safeguarding(person, row.pupil.school, on=on)
    )


@action
def say_older(*, by: Person, at: datetime, row: PastToGo, said: str) -> PastToGo:
    """Record one person's word: it is gone, or isn't this pupil. It counts once another has looked.

    Raises NotFound, BadInput (`said`), NotNow (someone said so already).
    """
    row = older_for(by, row.pk, on=local_day(at))
    if said not in PastWordSaid.values:
        raise BadInput({"said": _("Choose what you found.")})
    if not PastToGo.objects.filter(pk=row.pk, said="").update(said=said, said_by=by, said_at=at):
        raise done_before(
            row,
            _("Someone has already done this."),
            _("Open it again to see its status."),
            said=said,
        )
    row.said, row.said_by, row.said_at = said, by, at
    discharge(kind=OLDER_POST, subject=row, by=by, at=at, how="by_hand" if said == "gone" else "nothing")
    record("past.went_said", subject=row, at=at, actor=by, account=row.account_id, said=said)
    _open(OLDER_POST_GONE, row, at=at)
    return row


@action
def look_at_older(*, by: Person, at: datetime, row: PastToGo, right: bool) -> PastToGo:
    """Record a second person's look: it is as the first one said, or has to be dealt with again.

    Raises NotFound, NotAllowed (the person who said so), NotNow (no one said so yet, or it was looked at).
    """
    row = older_for(by, row.pk, on=local_day(at))
    if not row.said or row.looked_at is not None:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    if row.said_by_id == by.pk:
        raise NotAllowed(
            _("You reported it yourself, so someone else must check."),
            _("Ask a colleague who approves posts to check and confirm it."),
        )
    waiting = PastToGo.objects.filter(pk=row.pk, said=row.said, looked_at=None)
    new = {"looked_by": by, "looked_at": at} if right else {"said": "", "said_by": None, "said_at": None}
    if not waiting.update(**new):
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    discharge(kind=OLDER_POST_GONE, subject=row, by=by, at=at, how="gone" if right else "still_there")
    if right:
        record("past.went", subject=row, at=at, actor=by, account=row.account_id, said=row.said)
    else:
        record("past.still_there", subject=row, at=at, actor=by, account=row.account_id)
        _open(OLDER_POST, row, at=at)
    row.refresh_from_db()
    return row
