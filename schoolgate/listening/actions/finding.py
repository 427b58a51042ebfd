"""Keep what a watch found, each thing once; what people add by hand; wipe what is old."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.bulk import insert
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.holds import is_held
from schoolgate.core.ids import reserve
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox.states import ItemState
from schoolgate.listening import rules
from schoolgate.listening.alerts import LONGEST_MAIL, read_alerts
from schoolgate.listening.duty_kinds import FINDS
from schoolgate.listening.models import Find, Source, Watch
from schoolgate.listening.states import FindState, How, Trouble
from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.models import Person
from schoolgate.people.outside import names_of, take_in
from schoolgate.people.queries import book_for

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
    rules.check_sets_up(by, watch.school, on=local_day(at))
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
    rules.check_sets_up(by, watch.school, on=local_day(at))
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
    first = [watch.by] if rules.reach(watch.by, rules.SETS_UP, on=on).has(watch.school) else []
    waiting = Find.objects.filter(watch=watch, state=FindState.OPEN)
    may = [*first, *people]
    person = next((one for one in may if waiting.filter(rules.finds_seen(one, on)).exists()), None)
    if may and person is None:
        return  # each of them may be meant: the safeguarding leads have it
    roles = book_for(watch).roles
    role = next((one.key for one in roles if "answer" in one.capacities), roles[0].key)
    open_duty(
        kind=FINDS, subject=watch, at=at, due=Due.none_promised(), person=person,
        role=None if person else role, school=watch.school, decision=watch.decision,
        clauses=watch.decision.clauses,
    )  # fmt: skip
