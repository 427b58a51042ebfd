"""What a watch found, each thing once: who may know of it, and what is done about it: into the inbox, to
the press, a concern, or left with a reason.

A find that a person may not know of does not exist for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.holds import is_held
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.rows import insert, reserve
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox.ingesting import Pasted, ingest, reads
from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.models import SAYABLE, Item, ItemKind, ItemState
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.seeing import SEES, locked_there
from schoolgate.incidents.keeping import LONGEST_WORDS as LONGEST_REPORTED
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import new_mark
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.listening.alerts import LONGEST_MAIL, read_alerts
from schoolgate.listening.models import (
    FIND_MOVES,
    FINDS,
    Find,
    FindState,
    How,
    LeftBecause,
    Source,
    Trouble,
    Watch,
    Way,
)
from schoolgate.networks.capabilities import Way as NetworkWay
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.confined import meant_by, not_meant
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first, names_of, take_in
from schoolgate.people.queries import book_for, holders_of_capacity, roles_of
from schoolgate.people.rules import check_capacity
from schoolgate.policy.choices import LISTENING, newest_choices
from schoolgate.press.keeping import LONGEST_WORDS, Entered, keep_by_hand
from schoolgate.press.models import Enquiry
from schoolgate.press.models import How as PressHow
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.situations.systems import IntervalChoice, ListeningSearch, SavedSearch

SETS_UP = frozenset({"answer", "second_person", "oversee"})
"""The capacities that let people set up and end a watch of a place, and deal with what it found."""


@dataclass(frozen=True)
class Reach:
    """Where a person has one of some capacities: everywhere, or at these schools by a role for the school or
    for one of its accounts."""

    everywhere: bool
    schools: frozenset[int]

    def has(self, school: School | None) -> bool:
        """Return whether it reaches a school; the whole federation is reached from everywhere alone."""
        return self.everywhere or (school is not None and school.pk in self.schools)


def reach(person: Person, wanted: frozenset[str], *, on: date) -> Reach:
    """Return where the person has one of these capacities."""
    found = reach_of(person, on=on, able=wanted)
    if found.everything:
        return Reach(True, frozenset())
    there = Account.objects.filter(pk__in=found.accounts) if found.accounts else Account.objects.none()
    return Reach(False, found.schools | {pk for pk in there.values_list("school_id", flat=True) if pk})


def may_see(person: Person, on: date, prefix: str = "") -> Q:
    """Return the condition on watches that this person may know of: those of the schools where they read an
    inbox; those of the federation for people who read all of them."""
    seen = reach(person, SEES, on=on)
    return Q(pk__isnull=False) if seen.everywhere else Q(**{f"{prefix}school_id__in": seen.schools})


def is_open_to_all(prefix: str = "") -> Q:
    """Return the condition on finds that leaves out what is in the inbox and locked to the safeguarding
    leads, whichever watch found it: they read it there."""
    there = locked_there()
    if not there:
        return Q()
    elsewhere = Q(**{f"{prefix}ref": None}) | ~Q(**{f"{prefix}ref__id__in": there})
    return elsewhere & Q(**{f"{prefix}item__locked_at": None})


def finds_seen(person: Person, on: date) -> Q:
    """Return the condition on finds that this person may know of: those of their watches, but none that is
    locked or may be about them."""
    return may_see(person, on, "watch__") & is_open_to_all() & not_meant("listening.find", person)


def check_sets_up(person: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless the person replies, stands in or oversees at the school or, for a watch of the
    whole federation, in all of it."""
    if not reach(person, SETS_UP, on=on).has(school):
        check_capacity(person, "answer", on=on, school=school)


def check_deals_with(person: Person, find: Find, *, on: date, **so: Any) -> None:
    """Raise NotFound unless the person may know of it, NotAllowed unless they set up watches there, NotNow
    where it was dealt with or a safeguarding lead reads it first; AlreadyDone where that was
    done as this step would, `so`."""
    if not Find.objects.filter(finds_seen(person, on), pk=find.pk).exists():
        raise NotFound
    check_sets_up(person, find.watch.school, on=on)
    if find.state == FindState.OPEN and so.get("way") not in (Way.CONCERN, Way.PRESS):
        check_read_first(find)
    if find.state != FindState.OPEN:
        raise done_before(
            find,
            _("This has already been dealt with."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This has been dealt with in another way."), _("Open it again to see how, and who did it.")
            ),
            **so,
        )


def is_running(watch: Watch, *, on: date) -> bool:
    """Return whether a watch still searches on this day; its last day counts."""
    return watch.ended_at is None and on <= watch.until


LONGEST_TEXT, LONGEST_LINE, LONGEST_ADDRESS = 20_000, 300, 2000
MOST_WAITING = 300
"""Finds to read of one watch; from then on it stores no more, and says so."""
STORED_FOR = timedelta(days=90)
"""How long the words of what was dealt with are stored. House rule: no policy names a time."""
AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """Something public, before it is a row. `ref`, `version`: as its network knows it."""

    text: str
    address: str = ""
    place: str = ""
    author_id: str = ""
    author_handle: str = ""
    author_name: str = ""
    written_at: datetime | None = None
    ref: dict[str, Any] | None = None
    version: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from other finds of the same watch: its address, else its words."""
        about = self.address.strip().partition("#")[0] or self.text
        return hashlib.sha256(about.encode(errors="surrogatepass")).hexdigest()


@action
def keep_found(*, at: datetime, source: Source, found: Sequence[Found], how: str, title: str = "") -> int:
    """Store what one reading found that was not found before, and note the reading; return how many were
    new. The number of queries doesn't grow with them."""
    new, left = _store(source.watch, found, at=at, how=how, source=source)
    Source.objects.filter(pk=source.pk).update(
        read_at=at, tried_at=at, trouble=Trouble.TOO_MANY if left else Trouble.NONE,
        **({"title": title[:LONGEST_LINE]} if title else {}),
    )  # fmt: skip
    return new


@action
def note_trouble(*, at: datetime, source: Source, trouble: str) -> None:
    """Note that a place could not be searched; it is tried again at the next round."""
    Source.objects.filter(pk=source.pk).update(tried_at=at, trouble=trouble)


@action
def add_by_hand(
    *,
    by: Person,
    at: datetime,
    watch: Watch,
    text: str,
    address: str = "",
    place: str = "",
    author: str = "",
    public: bool = False,
) -> Find:
    """Add something public that a person found. The same address is added once.

    `public`: the person says that anyone can read it. Raises NotAllowed, BadInput.
    """
    check_sets_up(by, watch.school, on=local_day(at))
    wrong: dict[str, Text] = {}
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong["text"] = _("Paste the text, up to 20,000 characters.")
    if address and (not address.startswith("https://") or len(address) > LONGEST_ADDRESS):
        wrong["address"] = _("Paste the whole link, starting with https://")
    for name, line in (("place", place), ("author", author)):
        if len(line) > LONGEST_LINE:
            wrong[name] = _("Use up to 300 characters.")
    if not public:
        wrong["public"] = _(
            "Add only what anyone can read without signing in. For anything else, report a concern."
        )
    if wrong:
        raise BadInput(wrong)
    found = Found(text.strip(), address.strip(), place.strip(), author_name=author.strip())
    _store(watch, [found], at=at, how=How.HAND, by=by)
    return Find.objects.get(watch=watch, key=found.key)


@action
def add_alerts(*, by: Person, at: datetime, watch: Watch, mail: str) -> int:
    """Add each link of an alert that came by mail; return how many were new. Raises NotAllowed, BadInput on
    `mail`."""
    check_sets_up(by, watch.school, on=local_day(at))
    if not mail.strip() or len(mail) > LONGEST_MAIL:
        raise BadInput({"mail": _("Paste the text of the email, up to 100,000 characters.")})
    alerts = read_alerts(mail)
    if not alerts:
        raise BadInput({"mail": _("There’s no link in this text. Paste the whole email.")})
    found = [Found(one.text or one.address, one.address) for one in alerts]
    return _store(watch, found, at=at, how=How.ALERT, by=by)[0]


@action
def wipe_old(*, at: datetime) -> bool:
    """Wipe the words and authors of finds that were dealt with `STORED_FOR` ago; not of one that is held, or
    whose comment is still open. Returns whether there are more."""
    rows = Find.objects.filter(wiped_at=None, state_at__lt=at - STORED_FOR).exclude(state=FindState.OPEN)
    rows = rows.exclude(item__state__in=[ItemState.OPEN, ItemState.ANSWERING])
    some = list(rows.order_by("id")[:AT_ONCE])
    old = [one.pk for one in some if not is_held(one)]
    if old:
        Find.objects.filter(pk__in=old).update(
            text="", address="", place="", author_id_there="", author_handle="", author_name="", note="",
            ref=None, version="", wiped_at=at,
        )  # fmt: skip
        for watch in Watch.objects.filter(finds__in=old).distinct():
            record("watch.wiped", subject=watch, at=at)
    return len(some) == AT_ONCE and bool(old)


def _store(
    watch: Watch,
    found: Sequence[Found],
    *,
    at: datetime,
    how: str,
    source: Source | None = None,
    by: Person | None = None,
) -> tuple[int, int]:
    """Store what is new; return how many are, and how many there was no room for."""
    Watch.objects.select_for_update().get(pk=watch.pk)  # two readings at once find the same
    once = {one.key: one for one in found}
    known = set(Find.objects.filter(watch=watch, key__in=list(once)).values_list("key", flat=True))
    new = [one for key, one in once.items() if key not in known]
    room = max(0, MOST_WAITING - Find.objects.filter(watch=watch, state=FindState.OPEN).count())
    taken = new if by else new[:room]
    if taken:
        account = source.account if source else None
        rows = zip(reserve(Find, len(taken)), taken, strict=True)
        finds = [_row(pk, one, watch, account, at=at, how=how, by=by) for pk, one in rows]
        insert(finds)
        names = names_of(watch.federation, on=local_day(at))
        for each in finds:
            writer = [each.author_name, each.author_handle]
            take_in(
                each, each.text, at=at, federation=watch.federation, writer=writer, school=watch.school,
                names=names,
            )  # fmt: skip
        record("watch.found", subject=watch, at=at, actor=by, number=len(taken), how=str(how))
        tell(watch, at=at)
    return len(taken), len(new) - len(taken)


def _row(
    pk: int, one: Found, watch: Watch, account: Any, *, at: datetime, how: str, by: Person | None
) -> Find:
    return Find(
        pk=pk,
        watch=watch,
        how=how,
        account=account,
        key=one.key,
        address=_clean(one.address)[:LONGEST_ADDRESS],
        ref=one.ref,
        version=one.version[:128],
        place=_clean(one.place)[:LONGEST_LINE],
        author_id_there=_clean(one.author_id)[:LONGEST_LINE],
        author_handle=_clean(one.author_handle)[:LONGEST_LINE],
        author_name=_clean(one.author_name)[:LONGEST_LINE],
        text=_clean(one.text)[:LONGEST_TEXT],
        written_at=one.written_at,
        found_at=at,
        found_by=by,
        state_at=at,
    )


def _clean(text: str) -> str:
    """Return the text as a database can hold it."""
    clean = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tell(watch: Watch, *, at: datetime) -> None:
    """Open the task to read what a watch found: for the person who made it while they may still reply there,
    else for another who may, else for the role that replies; never for someone it may all be about."""
    on = local_day(at)
    people = holders_of_capacity("answer", federation=watch.federation, on=on, school=watch.school)
    first = [watch.by] if reach(watch.by, SETS_UP, on=on).has(watch.school) else []
    waiting = Find.objects.filter(watch=watch, state=FindState.OPEN)
    may = [*first, *people]
    person = next((one for one in may if waiting.filter(finds_seen(one, on)).exists()), None)
    if may and person is None:
        return  # each of them may be meant: the safeguarding leads have it
    roles = book_for(watch).roles
    role = next((one.key for one in roles if "answer" in one.capacities), roles[0].key)
    open_duty(
        kind=FINDS, subject=watch, at=at, due=Due.none_promised(), person=person,
        role=None if person else role, school=watch.school, decision=watch.decision,
        clauses=watch.decision.clauses,
    )  # fmt: skip


LAST_FINDS = 5


def running(on: date) -> list[Watch]:
    """Return the watches that search on this day, oldest first."""
    rows = Watch.objects.filter(ended_at=None, until__gte=on).select_related("school", "by")
    return list(rows.order_by("id"))


def watch_of_alert(text: str, *, school: School | None, on: date) -> Watch | None:
    """Return the running watch to which an alert belongs: the oldest of this school, or of the federation,
    whose words are in it. Without such words the only one there is; None where that isn't settled."""
    here = [each for each in running(on) if each.school_id in (None, school.pk if school else None)]
    said = " ".join(text.casefold().split())
    named = [each for each in here if any(phrase.casefold() in said for phrase in each.phrases)]
    if named:
        return named[0]
    return here[0] if len(here) == 1 else None


def watches_for(person: Person, *, on: date, limit: int = 100) -> list[Watch]:
    """Return the watches that the person may know of, those that end last first, each with `waiting`, the
    number of its finds to read."""
    rows = Watch.objects.filter(may_see(person, on), destroyed_at=None)
    rows = rows.select_related("school", "by", "ended_by")
    theirs = not_meant("listening.find", person, prefix="finds__")
    waiting = Count("finds", filter=Q(finds__state=FindState.OPEN) & is_open_to_all("finds__") & theirs)
    return list(rows.annotate(waiting=waiting).order_by("ended_at", "-until", "-id")[:limit])


def watch_for(person: Person, pk: int, *, on: date) -> Watch:
    """Return one watch, for a person who may know of it. Raises NotFound for anyone else."""
    rows = Watch.objects.select_related("school", "by", "ended_by", "decision", "federation")
    found = rows.filter(may_see(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def sources_of(watch: Watch) -> list[Source]:
    """Return the places that a watch searches, networks before feeds."""
    return list(watch.sources.select_related("account__school").order_by("address", "id"))


def last_reading(watch: Watch) -> datetime | None:
    """Return when a watch was last looked at: its last good reading, or what a person added."""
    read: datetime | None = watch.sources.aggregate(last=Max("read_at"))["last"]
    by_hand = watch.finds.filter(how__in=[How.HAND, How.ALERT]).aggregate(last=Max("found_at"))["last"]
    return max((one for one in (read, by_hand) if one), default=None)


def _finds() -> QuerySet[Find]:
    return Find.objects.select_related(
        "watch__school", "watch__by", "account__school", "found_by", "settled_by", "item", "enquiry"
    )


def find_for(person: Person, pk: int, *, on: date) -> Find:
    """Return one find, for a person who may know of its watch. Raises NotFound for anyone else."""
    found = _finds().filter(finds_seen(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def finds_for(
    person: Person,
    *,
    on: date,
    state: str = FindState.OPEN,
    watch: Watch | None = None,
    before: int | None = None,
    limit: int = 25,
) -> tuple[list[Find], int | None]:
    """Return the finds that the person may know of, newest first, older than the id `before`; with the id to
    continue from. `state` "": all of them."""
    rows = _finds().filter(finds_seen(person, on), wiped_at=None)
    if state:
        rows = rows.filter(state=state)
    if watch is not None:
        rows = rows.filter(watch=watch)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


@dataclass(frozen=True)
class Places:
    """Where a person may set up watches: these schools, and the whole federation."""

    schools: list[School]
    federation: bool


def places_for(person: Person, *, on: date) -> Places:
    """Return where the person may set up watches."""
    there = reach(person, SETS_UP, on=on)
    rows = School.objects.order_by("name")
    return Places([one for one in rows if there.has(one)], there.everywhere)


def accounts_to_answer(find: Find) -> list[Account]:
    """Return the open accounts from which a find can be answered: the one that found it, and those whose
    replies people post by hand. Others would look for it on a network that doesn't have it."""
    school = find.watch.school
    rows = open_accounts().filter(Q(school=school) | Q(school=None)) if school else open_accounts()
    able = [one for one in rows if one.pk == find.account_id or not reads(one)]
    return sorted(able, key=lambda one: (one.pk != find.account_id, one.name))


def searchable_accounts(school: School | None) -> list[Account]:
    """Return the open accounts through which the program can search their network for a watch of this school
    or, for None, of the federation: the school's own, and those of no single school."""
    rows = open_accounts().exclude(vault_ref=None)
    if school is not None:
        rows = rows.filter(Q(school=school) | Q(school=None))
    return [one for one in rows if abilities_of(one).way("search") is NetworkWay.PROGRAM]


LONGEST_NOTE = 500
LONGEST_WHERE = 500


@action
def add_to_inbox(*, by: Person, at: datetime, find: Find, account: Account, kind: str) -> Item:
    """Add a find to an account's inbox, where the policy's own clock and process begin: it counts as received
    when it was found, and its reply as one to something found elsewhere.

    Raises NotFound, NotAllowed, NotNow (dealt with already), BadInput on `account` and `kind`.
    """
    check_deals_with(by, find, on=local_day(at), way=Way.ITEM, item__account=account)
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if kind not in SAYABLE:
        raise BadInput({"kind": _("Choose a type.")})
    if account.pk not in {one.pk for one in accounts_to_answer(find)}:
        raise BadInput({"account": _("Choose an account of this school.")})
    if find.ref is not None and account.pk == find.account_id:
        item = _ingested(find, account, by=by, at=at, kind=kind)
    else:
        item = paste_in(
            by=by, at=at, account=account, text=find.text, appeared_at=find.found_at,
            author=find.author_handle or find.author_name, kind=kind,
            address=find.address if _is_short_https(find.address) else "", private=False,
        )  # fmt: skip
    if meant := meant_by([subject_of(find)]):
        item.meant = sorted(set(item.meant).union(*meant.values()))
        item.save(update_fields=["meant"])
    _pass(find, Way.ITEM, by=by, at=at, item=item)
    return item


@action
def pass_to_press(*, by: Person, at: datetime, find: Find) -> Enquiry:
    """Pass a find on to the roles that the policy names for the press. Raises NotFound, NotAllowed, NotNow
    (dealt with already)."""
    check_deals_with(by, find, on=local_day(at), way=Way.PRESS)
    about = f"\n\n{find.address}" if find.address else ""
    enquiry = keep_by_hand(
        by=by, at=at, entered=Entered(
            how=PressHow.FOUND, wants=find.text[: LONGEST_WORDS - len(about)] + about,
            outlet=find.place[:200], journalist=(find.author_name or find.author_handle)[:200],
            school=find.watch.school,
        ),
    )  # fmt: skip
    _pass(find, Way.PRESS, by=by, at=at, enquiry=enquiry)
    return enquiry


@action
def report_concern(*, by: Person, at: datetime, find: Find, what: str, bad_light: bool) -> Report:
    """Report a find as a concern, with its words and its address; the policy says who is told. Nothing here
    says who reported it. Raises NotFound, NotAllowed, NotNow (dealt with already), BadInput on `what`."""
    check_deals_with(by, find, on=local_day(at), way=Way.CONCERN)
    if not what.strip() or len(what) > LONGEST_NOTE:
        raise BadInput({"what": _("Say what worries you about it, up to 500 characters.")})
    report = report_wrong(
        at=at,
        reporter=by,
        said_here=ReportContent(
            what=f"{what.strip()}\n\n{find.text}"[:LONGEST_REPORTED],
            where=find.address if len(find.address) <= LONGEST_WHERE else find.place,
            mark=new_mark(),
            answers={"bad_light": True} if bad_light else {},
            school=find.watch.school,
        ),
    )
    _pass(find, Way.CONCERN, by=None, at=at)
    return report


@action
def leave(*, by: Person, at: datetime, find: Find, because: str, note: str = "") -> Find:
    """Leave a find as it is, with the reason. Raises NotFound, NotAllowed, NotNow (dealt with already),
    BadInput."""
    check_deals_with(by, find, on=local_day(at), state=FindState.LEFT)
    wrong = {}
    if because not in LeftBecause.values:
        wrong["because"] = _("Choose a reason.")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("Use up to 500 characters.")
    if wrong:
        raise BadInput(wrong)
    move(find, to=FindState.LEFT, moves=FIND_MOVES, at=at, because=because, note=note.strip(), settled_by=by)
    record("find.left", subject=find, at=at, actor=by, because=because)
    _done(find, by=by, at=at)
    return find


@action
def reopen(*, by: Person, at: datetime, find: Find) -> Find:
    """Put a find that was left back to be read. Raises NotFound, NotAllowed, NotNow (not left)."""
    seen = Find.objects.filter(finds_seen(by, local_day(at)), wiped_at=None)
    if not seen.filter(pk=find.pk).exists():
        raise NotFound
    check_sets_up(by, find.watch.school, on=local_day(at))
    move(find, to=FindState.OPEN, moves=FIND_MOVES, at=at, because="", note="", settled_by=None)
    record("find.reopened", subject=find, at=at, actor=by)
    tell(find.watch, at=at)
    return find


def _ingested(find: Find, account: Account, *, by: Person, at: datetime, kind: str) -> Item:
    given = IncomingItem(
        network=account.network,
        ref=Ref.from_json(find.ref or {}),
        author=Author(find.author_id_there, find.author_handle, find.author_name),
        text=find.text,
        created_at=find.written_at or find.found_at,
        seen_at=find.found_at,
        kind="mention",
        attachments=(),
        visibility="public",  # a search of what everyone can read found it
    )
    ingest(at=at, account=account, items=[given], pasted=Pasted(by, ItemKind(kind)))
    return Item.every.select_related("account__school", "school").get(
        account=account, network_id=given.ref.id
    )


def _is_short_https(address: str) -> bool:
    return address.startswith("https://") and len(address) <= 480


def _pass(find: Find, way: Way, *, by: Person | None, at: datetime, **to: Any) -> None:
    move(find, to=FindState.PASSED, moves=FIND_MOVES, at=at, way=way, settled_by=by, **to)
    record("find.passed", subject=find, at=at, actor=by, way=str(way))
    _done(find, by=by, at=at)


def _done(find: Find, *, by: Person | None, at: datetime) -> None:
    """End the task to read what a watch found, once everything is dealt with; what is left and kept from the
    person who did so is another's to read."""
    left = Find.objects.filter(watch=find.watch, state=FindState.OPEN)
    if not left.exists():
        discharge(kind=FINDS, subject=find.watch, by=by, at=at, how="read")
    elif by is not None and not left.filter(finds_seen(by, local_day(at))).exists():
        discharge(kind=FINDS, subject=find.watch, by=by, at=at, how="read")
        tell(find.watch, at=at)


def search_facts(*, by: Person | None, at: datetime, also: Iterable[Watch] = ()) -> ListeningSearch:
    """Return the facts of all watches that run, with those that are about to start. A watch reads public
    posts alone. How often they are to search is the federation's own choice."""
    on = local_day(at)
    watches = [*running(on), *also]
    return ListeningSearch(
        now=at,
        by=_person(by, at) if by else None,
        searches=tuple(_search(watch) for watch in watches),
        schools=tuple(School.objects.order_by("name").values_list("name", flat=True)),
        interval=_interval(on),
    )


def _interval(on: date) -> IntervalChoice | None:
    row = newest_choices(on=on).get(LISTENING)
    if row is None:
        return None
    return IntervalChoice(days=int(row.value), by=person_key(row.by_id), from_day=row.from_day)


def _search(watch: Watch) -> SavedSearch:
    last = last_reading(watch) or watch.at  # one that never searched counts from the day it was started
    return SavedSearch(
        key=f"watch:{watch.pk}",
        subject="school" if watch.school else "federation",
        school=watch.school.name if watch.school else None,
        reads="public",
        active=True,
        last_run=local_day(last),
    )


def _person(person: Person, at: datetime) -> PersonFact:
    relation: Any = person.relation
    roles = roles_of(person, on=local_day(at), anywhere=True)
    return PersonFact(key=person_key(person.pk), relation=relation, roles=tuple(roles))
