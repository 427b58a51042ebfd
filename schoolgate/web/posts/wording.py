"""Posts in the words of a school: their status, when they go out, each network's result, their history,
the comments on their text, and the parts of a thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core.events import EVENTS
from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.models import LedgerRow, Stop
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import length
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.told import limits_with
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.people.models import Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.publishing import queries, starting
from schoolgate.publishing.by_hand import BY_PERSON
from schoolgate.publishing.calendar import Planned
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import HELD, Delivery, Post, PostMark, PostState, PostTarget, Purpose
from schoolgate.publishing.post_parts import is_begun, offered, parts_of, parts_there
from schoolgate.publishing.queries import Judged, goes_back
from schoolgate.publishing.sending import GoesOut, when_out
from schoolgate.reports.evidence import briefly
from schoolgate.rulebook import Book
from schoolgate.rulebook.messages import NEEDS
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.held_words import (
    NOTHING_LEAVES,
    clock_in_words,
    of_removal,
    waits_for_stop,
    why_failed,
)
from schoolgate.web.frame.shown import ShownClause, instant_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from


@dataclass(frozen=True)
class ShownPart:
    """One post of a thread, with its length as the network counts it."""

    text: str
    length: int
    most: int | None


@dataclass(frozen=True)
class ShownThread:
    """The thread that a text could be on one account. `chosen`: it will be sent so."""

    account: Account
    parts: Sequence[ShownPart]
    chosen: bool

    @property
    def name(self) -> str:
        """Return the name of the field that chooses it."""
        return name_of(self.account)


def name_of(account: Account) -> str:
    """Return the name of the field that chooses a thread on an account."""
    return f"thread-{account.pk}"


def thread_fields(accounts: Sequence[Account]) -> dict[str, forms.Field]:
    """Return a field for each account whose network has threads."""
    return {
        name_of(each): forms.BooleanField(required=False, label=_("Send as a thread"))
        for each in accounts
        if all_capabilities()[each.network].number("thread")
    }


def thread_of(account: Account, text: str, *, chosen: bool) -> ShownThread | None:
    """Return the thread that a text could be; None where it fits into one post, or can't be one."""
    parts = shown_parts(account, offered(account, text))
    return ShownThread(account, parts, chosen) if parts else None


def shown_parts(account: Account, parts: Sequence[str]) -> tuple[ShownPart, ...]:
    """Return the posts of a thread with their lengths on an account."""
    limits = limits_with(account.network, account.told_limits)
    return tuple(ShownPart(each, length(each, limits.text_unit), limits.text_max) for each in parts)


def begun_in_words(delivery: Delivery) -> tuple[Promise, Promise]:
    """Return the plain truth about a thread that ended too early, and what a person can do."""
    why = SENTENCES.get(delivery.because, _("The network did not accept it."))
    truth = format_lazy(
        _("{there} of {number} posts of the thread are live. The rest was not sent: {why}"),
        there=parts_there(delivery),
        number=len(delivery.parts),
        why=why,
    )
    return truth, _("Send the rest, or take down what’s there.")


@page(methods=("POST",))
def rest(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have the rest of a thread sent."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    sent = starting.send_rest(by=visit.person, at=visit.at, delivery=found)
    return done(request, _("Schoolgate will send the rest."), "post", pk=sent.post_id)


urlpatterns = [path("deliveries/<int:pk>/rest", rest, name="delivery-rest")]


Words = str | Promise

WHOM: Mapping[str, Words] = {
    "pupil": _("A pupil"),
    "family": _("A pupil’s family"),
    "staff": _("A colleague"),
    "governor": _("A governor"),
    "volunteer": _("A volunteer"),
    "school": _("The school or the federation itself"),
    "partner": _("An organisation the school works with"),
    "supplier": _("Someone who sells to the school"),
    "customer": _("Someone who uses what the school offers"),
    "public": _("Someone else"),
}
"""`marks.Whom` in words."""

OF_LACK: Mapping[str, Words] = {
    "no_day": _("It doesn’t say when"),
    "no_place": _("It doesn’t say where"),
}
LAW = "law_"


@dataclass(frozen=True)
class ShownMark:
    """A mark for a page. `kind`: the colour of its tag; `judged`: a person has decided about the current
    text; `changed`: a person decided, but the text has changed since."""

    mark: PostMark
    what: str
    whom: Words
    kind: str
    state: str
    judged: bool
    changed: bool


def kind_in_words(kind: str) -> str:
    """Return what a text was marked for, to start a line; for an unknown kind the bare word."""
    if kind in OF_LACK:
        return str(OF_LACK[kind])
    phrase = NEEDS.get(f"mark.{kind}")
    if phrase is None:
        return kind
    words = gettext(phrase)
    if kind.startswith(LAW):
        return gettext("A legal question: {what}").format(what=words)
    return words[:1].upper() + words[1:]


def marks_shown(post: Post | None) -> Sequence[ShownMark]:
    """Return the marks of a post, oldest first; none of a post that was never saved."""
    if post is None:
        return []
    marks = list(post.marks.all())
    seen = content_digest(post) if marks else ""
    return [_shown(mark, seen) for mark in marks]


def _shown(mark: PostMark, seen: str) -> ShownMark:
    judged, changed = mark.judged_seen == seen, bool(mark.judged_seen) and mark.judged_seen != seen
    kind, state = "wait", gettext("Not checked yet")
    if changed:
        state = gettext("Check again: the text changed")
    elif judged:
        kind, state = (
            ("no", gettext("This is a problem")) if mark.found else ("good", gettext("Meets the policy"))
        )
    return ShownMark(mark, kind_in_words(mark.kind), WHOM.get(mark.whom, ""), kind, state, judged, changed)


MINUTE = timedelta(minutes=1)
MOST_NAMED = 3


@dataclass(frozen=True)
class ShownTime:
    """When a post goes out: one line, and what else to know where it is `held`: by a stop, or by what has
    changed since its approval."""

    words: Words
    held: bool = False
    more: tuple[Words, ...] = ()


def goes_out_shown(post: Post, visit: Visit, *, now: list[Judged]) -> ShownTime:
    """Return when an approved post goes out, or that it is held, until when, and who can lift the stop; or
    that it won't go out as it is. `now`: what the policy says about it."""
    found = when_out(post, at=visit.at)
    if not found.held:
        time = instant_in_words(_whole_minute(found.at))
        if goes_back(post, at=visit.at, now=now):
            back = _(
                "Something has changed since it was approved. Unless that’s put right, it goes back for "
                "approval at: {time}"
            )
            more = (format_lazy(back, time=time),)
            return ShownTime(_("It won’t be posted as it is"), held=True, more=more)
        return ShownTime(format_lazy(_("It will be posted at: {time}"), time=time))
    return ShownTime(HELD, held=True, more=(_until(found, visit.at), _who_lifts(found, post, visit)))


def approved_in_words(post: Post, visit: Visit) -> Words:
    """Return what an approver is told when a post was approved."""
    found = when_out(post, at=visit.at)
    if found.held:
        said = _("Approved, but held: posting is stopped. {until} {who}")
        return format_lazy(said, until=_until(found, visit.at), who=_who_lifts(found, post, visit))
    if post.planned_at:
        return _("Approved. It will be posted at its scheduled time.")
    return _("Approved. It will be posted within a minute or two.")


def _until(found: GoesOut, at: datetime) -> Words:
    if found.missed:
        return _("Its time passed while posting was stopped. It needs a new time and a new approval.")
    last = clock_in_words(found.last, at=at)
    if found.at <= at:
        said = _(
            "If the stop is lifted before {last}, it goes out then. Otherwise it needs a new time "
            "and a new approval."
        )
        return format_lazy(said, last=last)
    said = _(
        "If the stop is lifted before {last}, it goes out then, but not before {time}. Otherwise "
        "it needs a new time and a new approval."
    )
    return format_lazy(said, last=last, time=clock_in_words(_whole_minute(found.at), at=at))


def _who_lifts(found: GoesOut, post: Post, visit: Visit) -> Words:
    stop = found.held[0]
    if not isinstance(stop, Stop):
        return _("Only the person who runs the server can lift the stop.")
    school = None if stop.school_id is None else post.school
    people = holders_of_capacity("stop_everything", federation=visit.federation, on=visit.on, school=school)
    names = ", ".join(each.name for each in people[:MOST_NAMED])
    if not names:
        return _("No one has the role that lifts it. Ask an administrator to give it to someone.")
    return format_lazy(_("Who can lift the stop: {names}."), names=names)


def _whole_minute(instant: datetime) -> datetime:
    """Return the next whole minute: then the sweep that hands posts over runs."""
    return instant + (-timedelta(seconds=instant.second, microseconds=instant.microsecond)) % MINUTE


STATE_KINDS: Mapping[str, str] = {
    PostState.DRAFT: "",
    PostState.SUBMITTED: "wait",
    PostState.APPROVED: "info",
    PostState.SENDING: "info",
    PostState.PUBLISHED: "good",
    PostState.NOT_SENT: "no",
    PostState.EXPIRED: "wait",
    PostState.TAKING_DOWN: "wait",
    PostState.TAKEN_DOWN: "",
    PostState.WITHDRAWN: "",
}


def kind_of(post: Post | Planned) -> str:
    """Return the look of the tag with a post's status."""
    return "no" if post.stuck else "wait" if post.held or post.by_hand else STATE_KINDS[post.state]


REASONS: Mapping[str, Words] = {
    "mistake": _("It contains a mistake"),
    "consent": _("Consent was withdrawn or never given"),
    "safety": _("Someone’s safety"),
    "request": _("Someone asked for it to be taken down"),
    "policy": _("It is against the policy"),
    "other": _("Another reason"),
}
"""`actions.taking_down.REASONS` in words."""

OF_REMOVAL: Mapping[str, Words] = {
    "delivery.written": _("Ready to be taken down"),
    "delivery.sent": _("Network asked to take it down"),
    "delivery.confirmed": _("Confirmed as taken down"),
}
"""Sentences of events where the delivery is a removal; the other events have one sentence for both."""


def snippet(post: Post, *, letters: int = 90) -> str:
    """The beginning of what the post says, on one line."""
    text = next((target.text for target in post.targets.all() if target.text.strip()), post.text)
    return Truncator(" ".join(text.split())).chars(letters)


@dataclass(frozen=True)
class ShownText:
    """One text with the accounts that show it."""

    text: str
    language: str
    accounts: Sequence[ShownAccount]
    parts: Sequence[ShownPart] = ()

    @property
    def lang(self) -> str:
        """Return its language for a browser; empty for a text in two."""
        return "" if "," in self.language else self.language


@dataclass(frozen=True)
class ShownAccount:
    """An account with how long the text is there, counted in `unit`; `most` None where the network writes no
    limit. `stays`: the program posts there, and only a person can take it down."""

    pk: int
    name: str
    network: str
    sign: str
    """The key of its network, whose sign stands beside its name."""
    length: int
    unit: str
    most: int | None
    by_hand: bool
    stays: bool

    @property
    def over(self) -> int:
        """Return by how much the text is too long; 0 if it fits."""
        return max(0, self.length - self.most) if self.most is not None else 0


def texts(targets: Iterable[PostTarget], deliveries: Iterable[Delivery] = ()) -> list[ShownText]:
    """Return what goes out, each different text once, in the order of the accounts; as `deliveries` have it
    that were written already."""
    frozen = {each.account_id: each.parts for each in deliveries if each.purpose == Purpose.PUBLISH}
    found: dict[tuple[str, str, tuple[ShownPart, ...]], list[ShownAccount]] = {}
    for target in targets:
        parts = shown_parts(target.account, frozen.get(target.account_id, parts_of(target)))
        found.setdefault((target.text, target.language, parts), []).append(
            shown_account(target.account, target.text)
        )
    return [ShownText(text, lang, accounts, parts) for (text, lang, parts), accounts in found.items()]


def shown_account(account: Any, text: str) -> ShownAccount:
    """An account for the composer and the post page, with the length of `text` as its network counts it."""
    found = abilities_of(account)
    limits = limits_with(account.network, account.told_limits)
    return ShownAccount(
        pk=account.pk,
        name=account.name,
        network=found.name,
        sign=account.network,
        length=length(text, limits.text_unit),
        unit=limits.text_unit,
        most=limits.text_max,
        by_hand=found.way("publish") == "hand",
        stays=found.way("publish") == "program" and found.way("take_down") != "program",
    )


@dataclass(frozen=True)
class ShownDelivery:
    """One network's result: a tag, what happened, what comes next, where to see it."""

    delivery: Delivery
    network: str
    kind: str
    state: Words
    truth: Words
    next: Words = ""
    href: str = ""
    needs_somebody: bool = False
    said: str = ""
    """The network's own words, where something went wrong."""


def delivery_shown(
    delivery: Delivery, *, held_at: datetime | None = None, again: bool = False
) -> ShownDelivery:
    """One intent in words. `held_at`: the instant, where the stop button is pressed for its school then.
    `again`: it failed, and was sent again since."""
    found = all_capabilities()[delivery.account.network]
    words = of_removal(delivery) if delivery.purpose == Purpose.TAKE_DOWN else None
    kind, state, truth, following = words or _of_publishing(delivery, found, held_at=held_at)
    if again and delivery.state == Intent.FAILED:
        following = _("It was sent again: see below.")
    address = delivery.ref.address if delivery.ref and delivery.state == Intent.CONFIRMED else ""
    gone = delivery.purpose == Purpose.TAKE_DOWN or delivery.taken_down
    return ShownDelivery(
        delivery=delivery,
        network=found.name,
        kind=kind,
        state=state,
        truth=truth,
        next=following,
        href="" if gone or not address.startswith(("https://", "http://", "/")) else address,
        needs_somebody=needs_somebody(delivery) and not again,
        said="" if delivery.state == Intent.CONFIRMED else delivery.said,
    )


def needs_somebody(delivery: Delivery) -> bool:
    """Return whether a person must do something about it."""
    if delivery.state == Intent.WRITTEN:
        return delivery.by_hand
    return delivery.state in (Intent.ASKED, Intent.DIFFERENT, Intent.FAILED)


def _of_publishing(
    delivery: Delivery, found: Capabilities, *, held_at: datetime | None
) -> tuple[str, Words, Words, Words]:
    trouble = SENTENCES.get(delivery.because, "")
    match Intent(delivery.state):
        case Intent.WRITTEN if held_at:
            following = waits_for_stop(delivery, at=held_at, by_hand=delivery.by_hand)
            return "wait", _("Stopped"), NOTHING_LEAVES, following
        case Intent.WRITTEN if delivery.by_hand:
            return (
                "wait",
                _("To post by hand"),
                _("A person must post it on the network itself."),
                _("Open it for step-by-step instructions."),
            )
        case Intent.WRITTEN:
            return "info", _("Waiting to be sent"), trouble, NEXT["try_again"] if trouble else ""
        case Intent.SENT:
            return (
                "info",
                _("Sent"),
                _("Sent. Schoolgate is checking that it appears on the network."),
                _("This takes a minute or two."),
            )
        case Intent.CONFIRMED:
            return _of_published(delivery)
        case Intent.DIFFERENT if is_begun(delivery):
            return "ask", _("Thread not finished"), *begun_in_words(delivery)
        case Intent.DIFFERENT:
            return (
                "ask",
                _("Posted with differences"),
                _how_it_differs(delivery),
                _("Check it on the network and record what you see."),
            )
        case Intent.UNKNOWN:
            return (
                "wait",
                _("No response"),
                trouble or _("The network did not respond."),
                NEXT["looked_up"],
            )
        case Intent.ASKED:
            return "ask", _("Not confirmed"), *_of_asked(delivery)
        case Intent.FAILED:
            return _of_failed(delivery)
        case Intent.CANCELLED:
            return _of_cancelled(delivery)


def _of_asked(delivery: Delivery) -> tuple[Words, Words]:
    if delivery.because == "taken_down":
        return (
            _("It must not be posted. We can’t tell whether someone has already posted it."),
            _("Check the network and record what you see."),
        )
    return (
        _("The network did not respond, so we can’t tell whether the post arrived."),
        _("Check the network and record what you see. It won’t be sent again until then."),
    )


def _of_failed(delivery: Delivery) -> tuple[str, Words, Words, Words]:
    return "no", _("Not sent"), why_failed(delivery), NEXT.get(delivery.what_next, "")


def _of_cancelled(delivery: Delivery) -> tuple[str, Words, Words, Words]:
    if delivery.because == "left":
        return "", _("Left out"), _by(_("The network refused it. Left out by: {name}."), delivery), ""
    return "", _("Cancelled"), _("It was cancelled before it was sent."), ""


def _of_published(delivery: Delivery) -> tuple[str, Words, Words, Words]:
    if delivery.taken_down:
        return "", _("Taken down"), _("It was posted, then taken down."), ""
    if any(each.state in LIVE for each in delivery.take_downs.all()):
        return "wait", _("Being taken down"), _("It was posted there. See below whether it’s gone."), ""
    return "good", _("Published"), _how_seen(delivery), ""


PARTS: Mapping[str, Words] = {
    "text": _("Text"),
    "languages": _("Language"),
    "links": _("Links"),
    "pictures": _("Pictures or their descriptions"),
    "film": _("Film, its description or captions"),
    "link_card": _("Link card"),
}
"""What of a post may differ from what was approved."""


def _how_it_differs(delivery: Delivery) -> Words:
    parts = ", ".join(str(PARTS[each]) for each in delivery.differences if each in PARTS)
    said = _("It’s live, but not as it was approved.")
    return f"{said} {gettext('What differs:')} {parts}." if parts else said


def _how_seen(delivery: Delivery) -> Words:
    if delivery.because == "by_hand":
        if delivery.proof == BY_PERSON:
            return _by(_("Posted by hand. The link doesn’t show the page. Checked by: {name}."), delivery)
        return _by(_("Posted by hand. Confirmed by: {name}."), delivery)
    if delivery.because == "seen_by_person":
        return _by(_("Seen on the network. Confirmed by: {name}."), delivery)
    return _("Checked on the network: it matches the approved version.")


def _by(sentence: Words, delivery: Delivery) -> Words:
    return str(sentence).format(name=delivery.done_by.name if delivery.done_by else "")


@dataclass(frozen=True)
class ShownEvent:
    """A row of the record in words."""

    what: str
    who: str
    at: datetime
    kind: str
    clauses: Sequence[ShownClause]
    decision_href: str = ""
    more: str = ""


def history(
    post: Post, book: Book, *, seen_by: Person, all_decisions: bool, most: int = 50
) -> list[ShownEvent]:
    """Return the history of the post, its pictures and its deliveries, newest first.

    Each decision is linked for the person who asked for it; all of them with `all_decisions`.
    """
    subjects: list[Any] = [post, *post.deliveries.all()]
    subjects += post.pictures
    rows = [row for subject in subjects for row in rows_for_subject(subject, limit=most)]
    rows = sorted((row for row in rows if briefly(row.event)), key=lambda row: -row.number)[:most]
    names = _names(rows)
    sendings = {delivery.pk: delivery for delivery in post.deliveries.all()}
    return [
        _event(row, book, names, sendings, linked=all_decisions or row.actor == subject_of(seen_by))
        for row in rows
    ]


def _event(
    row: LedgerRow, book: Book, names: Mapping[str, str], sendings: Mapping[int, Delivery], *, linked: bool
) -> ShownEvent:
    federation, quote = federation_of(book.key), quote_from(book)
    what = briefly(row.event)
    if row.event.startswith("delivery."):
        sending = sendings[number_of(row.subject)]
        if sending.purpose == Purpose.TAKE_DOWN:
            what = str(OF_REMOVAL.get(row.event, what))
        what = f"{what}: {sending.account.name}"
    return ShownEvent(
        what=what,
        who=names.get(row.actor, "") or gettext("Schoolgate"),
        at=row.at,
        kind=EVENTS[row.event].look,
        clauses=[
            clause_shown(clause, basis=basis_of(book, clause), federation=federation, quote=quote)
            for clause in row.clauses
        ],
        decision_href=reverse("decision", args=[row.decision]) if row.decision and linked else "",
        more=_details(row),
    )


def _details(row: LedgerRow) -> str:
    told = row.details
    if row.event == "post.take_down_asked":
        return str(REASONS.get(str(told.get("reason")), ""))
    if row.event == "picture.attested":
        network = all_capabilities().get(str(told.get("channel")))
        answer = (
            gettext("Everyone may be shown.") if told.get("yes") else gettext("Not everyone may be shown.")
        )
        return f"{network.name if network else ''}: {answer}"
    if row.event == "post.marked":
        return kind_in_words(str(told.get("kind")))
    if row.event == "post.mark_judged":
        answer = gettext("This is a problem.") if told.get("yes") else gettext("It meets the policy.")
        return f"{kind_in_words(str(told.get('kind')))}: {answer}"
    return ""


def _names(rows: Iterable[LedgerRow]) -> dict[str, str]:
    actors = {row.actor for row in rows if row.actor.startswith("people.person:")}
    people = Person.objects.filter(pk__in=[number_of(actor) for actor in actors])
    return {f"people.person:{pk}": name for pk, name in people.values_list("pk", "name")}


def basis_of(book: Book, clause: str) -> str:
    """Return the basis of a clause: the policy, the law or the house rules."""
    return next((str(pack.basis) for pack in book.packs if clause in pack.clauses), "policy")
