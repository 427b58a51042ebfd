"""Words that stand on our own pages until someone changes them: guides, the register, site texts; and
what takes a pupil's name off them.

A closed list beside the data map's: each table from which such words leave is here (a gate compares).
Posts, replies and comments aren't: they are copies, each with its own way down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, AssociatedPage, Fake, SiteText
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.guiding import withdraw_guide
from schoolgate.policy.models import GuideVersion, PackText, PolicyVersion, VersionState
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE
from schoolgate.publishing.leaving import last_said
from schoolgate.publishing.looked_for import may_be_named
from schoolgate.publishing.models import MEANT, HitReply, TakeDown
from schoolgate.publishing.named_in_public import posts_that_may_name
from schoolgate.publishing.withdrawn import comments_that_may_name
from schoolgate.pupils.consents import KEPT_OFF, check_leads_on_safeguarding
from schoolgate.pupils.models import Cause, ConsentWords, Pupil, Use
from schoolgate.pupils.named import gives_away, names

STANDING = frozenset({Door.GUIDE, Door.REGISTER, Door.SITE_TEXT, Door.CONSENT_WORDS, Door.POLICY})
"""The doors behind which words stand on a page of our own that anyone can open, or all who sign in."""


@dataclass(frozen=True)
class Page:
    """One kind of such words: its rows that stand now, the fields, and the thing that people answered about
    (`core.leaving`)."""

    door: Door
    fields: tuple[str, ...]
    rows: Callable[[], Iterable[Any]]
    about: Callable[[Any], Model] = lambda row: row

    def naming(self, pupil: Pupil) -> Iterator[tuple[Any, list[str]]]:
        """Yield each row that has the pupil's full name in its words, or any part of it of which a person
        said that they may be named so, with the fields that do."""
        replies = last_said(pupil, self.door)
        for row in self.rows():
            said = replies.get(subject_of(self.about(row))) if replies else None
            told = gives_away if said in MEANT else names
            texts = {field: _text(getattr(row, field)) for field in self.fields}
            fields = [field for field, text in texts.items() if told(pupil, [text])]
            if told is gives_away and not fields and told(pupil, texts.values()):
                fields = list(texts)  # the name is over two of them
            if fields and said != HitReply.NOT_PUPIL:
                yield row, fields


def _text(value: Any) -> str:
    return "\n".join(value.values()) if isinstance(value, dict) else str(value)


def _guides() -> QuerySet[GuideVersion]:
    shown = GuideVersion.objects.filter(guide__ended_at=None, published_at__isnull=False)
    return shown.order_by("guide", "-number").distinct("guide").select_related("guide")


def _site_texts() -> QuerySet[SiteText]:
    return SiteText.objects.order_by("account", "kind", "language", "-number").distinct(
        "account", "kind", "language"
    )


def _policies() -> QuerySet[PackText]:
    """Return the text in force, where a federation brought its own."""
    versions = PolicyVersion.objects.filter(state=VersionState.IN_FORCE)
    return PackText.objects.filter(pk__in=versions.values("text"))


def _in_force(_text: PackText) -> PolicyVersion:
    return PolicyVersion.objects.get(state=VersionState.IN_FORCE)


PAGES: dict[type[Model], Page] = {
    GuideVersion: Page(Door.GUIDE, ("title", "text", "title_cy", "text_cy"), _guides, lambda row: row.guide),
    Account: Page(
        Door.REGISTER,
        ("name", "handle", "address", "purpose", "contact"),
        lambda: Account.objects.exclude(state=AccountState.CLOSED),
    ),
    AssociatedPage: Page(
        Door.REGISTER,
        ("name", "address", "purpose", "contact"),
        lambda: AssociatedPage.objects.filter(ended_at=None),
        lambda row: row.school or row.federation,
    ),
    Fake: Page(
        Door.REGISTER, ("address",), lambda: Fake.objects.filter(address_shown=True, destroyed_at=None)
    ),
    SiteText: Page(Door.SITE_TEXT, ("words",), _site_texts, lambda row: row.account),
    ConsentWords: Page(Door.CONSENT_WORDS, ("words",), ConsentWords.objects.all, lambda row: row.federation),
    PackText: Page(Door.POLICY, ("text",), _policies, _in_force),
}


KINDS = tuple(PAGES)


def standing_with(pupil: Pupil, *, kinds: Iterable[type[Model]] = KINDS) -> Iterator[tuple[Any, list[str]]]:
    """Yield what stands on our own pages with this pupil's full name, and in which fields."""
    for kind in kinds:
        yield from PAGES[kind].naming(pupil)


# Takes a pupil's name off our own pages where consent to it ended: guides are withdrawn, purpose and
# contact on the register emptied, a fake's address is hidden. What can't be taken off by itself, a lead is
# asked about by the time for take-downs.


@action
def take_off_our_pages(*, at: datetime, act: TakeDown, kind: type[Model]) -> None:
    """Take a pupil's name off one kind of our own pages, and ask the safeguarding leads to look. Safe to call
    again.

    Nothing where the name isn't meant, or only on a network, or only on that day, or consent is back.
    """
    said = act.withdrawal
    if said is None or Use.NAME not in said.uses:
        return
    if said.cause == Cause.TODAY or said.channel not in ("", OURS):
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    walled = Pupil.objects.filter(KEPT_OFF, pk=pupil.pk).exists()
    if not walled and may_be_named([pupil.pk], [OURS], on=local_day(at)):
        return
    found = list(standing_with(pupil, kinds=[kind]))
    for row, fields in found:
        if (take_off := _WAYS.get(type(row))) is not None:
            take_off(row, fields, at)
            record("pupil.name_off_page", subject=row, at=at, pupil=pupil.pk)
    if found:
        _ask_leads(pupil, act, at=at)


@action
def ask_about_posts_that_stay(*, at: datetime, act: TakeDown) -> None:
    """Ask the safeguarding leads to look at the posts, comments and replies that stay although they may name
    a pupil who came to the do-not-publish list. Safe to call again."""
    said = act.withdrawal
    if said is None or said.cause != Cause.KEPT_OFF:
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    if posts_that_may_name(pupil) or comments_that_may_name(pupil):
        _ask_leads(pupil, act, at=at)


def _ask_leads(pupil: Pupil, act: TakeDown, *, at: datetime) -> None:
    due = Due.at(act.due_at) if act.due_at else Due.none_promised()
    for lead in leads(book_for(pupil.school), pupil.school, on=local_day(at)):
        open_duty(kind=NAME_ON_PAGE, subject=pupil, at=at, due=due, person=lead, school=pupil.school)


@action
def names_are_off(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that a lead looked, and that no page of ours names the pupil any more; the other leads need not.

    Raises NotAllowed; NotNow while a page does.
    """
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    if next(standing_with(pupil), None) is not None:
        raise NotNow(_("Our own pages still name this pupil."), _("Change the words listed first."))
    discharge(kind=NAME_ON_PAGE, subject=pupil, by=by, at=at, how="seen")


def _empty(row: Account | AssociatedPage, fields: Sequence[str], at: datetime) -> None:
    """Empty purpose and contact; the page's own name and address stay for a person to change."""
    words = [field for field in fields if field in ("purpose", "contact")]
    for field in words:
        setattr(row, field, "")
    if words:
        row.save(update_fields=words)


def _hide_address(row: Fake, _fields: Sequence[str], at: datetime) -> None:
    row.address_shown = False
    row.save(update_fields=["address_shown"])


def _withdraw(row: GuideVersion, _fields: Sequence[str], at: datetime) -> None:
    withdraw_guide(guide=row.guide, at=at)


_WAYS: dict[type[Model], Callable[[Any, Sequence[str], datetime], None]] = {
    GuideVersion: _withdraw,
    Account: _empty,
    AssociatedPage: _empty,
    Fake: _hide_address,
}
