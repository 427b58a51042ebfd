"""Words that stand on our own pages until someone changes them: guides, the register, site texts.

A closed list beside the data map's: each table from which such words leave is here (a gate compares). Posts,
replies and comments aren't: they are copies, each with its own way down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from schoolgate.accounts.models import Account, AccountState, AssociatedPage, Fake, SiteText
from schoolgate.core.doors import Door
from schoolgate.core.subjects import subject_of
from schoolgate.policy.models import GuideVersion, PackText, PolicyVersion
from schoolgate.policy.states import VersionState
from schoolgate.publishing.last_said import last_said
from schoolgate.publishing.states import MEANT, HitReply
from schoolgate.pupils.models import ConsentWords, Pupil
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
