"""Posts in the words of a school: their status, each network's result, and their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.events.names import EVENTS
from schoolgate.core.ledger.verifying import rows_for_subject
from schoolgate.core.models.ledger import LedgerRow
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import length
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.told import limits_with
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.people.models import Person
from schoolgate.publishing.models import Delivery, Post, PostTarget
from schoolgate.publishing.planned import Planned
from schoolgate.publishing.proof import BY_PERSON
from schoolgate.publishing.states import PostState, Purpose
from schoolgate.publishing.threads import is_begun, parts_of
from schoolgate.reports.evidence import briefly
from schoolgate.rulebook import Book
from schoolgate.web.frame.held_words import NOTHING_LEAVES, waits_for_stop
from schoolgate.web.frame.removal_words import of_removal, why_failed
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.posts.marks_wording import kind_in_words
from schoolgate.web.posts.threads import ShownPart, begun_in_words, shown_parts

Words = str | Promise

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
    """An account with how long the text is there; `most` None where the network writes no limit."""

    pk: int
    name: str
    network: str
    sign: str
    """The key of its network, whose sign stands beside its name."""
    length: int
    most: int | None
    by_hand: bool

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
        most=limits.text_max,
        by_hand=found.way("publish") == "hand",
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
                _("It’s live, but not as it was approved."),
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
