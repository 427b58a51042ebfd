"""What the schools of a federation publish of themselves, such as a telephone number: asked about once
and never again.

House rule: the office keeps such a detail by itself. Who writes a post or a reply proposes it, and it
counts once a second person says the same, so that no one alone passes off a person's own number as the
school's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache, lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.reading_once import Written
from schoolgate.people.models import Person
from schoolgate.people.rules import can, check_may_administer
from schoolgate.policy.queries import policy_or_none
from schoolgate.publishing.models import OwnDetail
from schoolgate.pupils.models import ParentLink
from schoolgate.screening import Hit, Kind, NameIndex, screen
from schoolgate.screening.folding import simple
from schoolgate.screening.hits import OWN

LONGEST = 200
NO_ONE = NameIndex(())


def known_here(*, on: date) -> frozenset[str]:
    """Return what is no personal data in any text of the federation, as `screening.simple` has it: details
    of its schools that the office or two people kept, those in the words of its policy, and the handles of
    its open accounts. One query, beside the policy's."""
    rows = _details().values({})
    policy = policy_or_none(on)
    clauses = policy.book.clauses.values() if policy is not None else ()
    adopted = _in_policy(tuple(f"{each.says}\n{each.wording}" for each in clauses))
    return frozenset(plain for (each,) in rows for plain in _ways(each)) | adopted


@cache
def _details() -> Written:
    open_accounts = Account.objects.filter(state=AccountState.OPEN).exclude(handle="")
    return Written(_kept().values_list("plain").union(open_accounts.values_list("handle"), all=True))


def _kept() -> QuerySet[OwnDetail]:
    """Return the details that count: kept by the office, or by two people."""
    return OwnDetail.objects.filter(ended_at=None, agreed_at__isnull=False)


@lru_cache(maxsize=16)
def _in_policy(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the details in the words that a federation adopted."""
    return frozenset(hit.plain for text in texts for hit in screen(text, NO_ONE).hits if hit.kind in OWN)


@lru_cache(maxsize=4096)
def _ways(words: str) -> tuple[str, ...]:
    """Return a detail as it is compared; a telephone number also as it is written for abroad."""
    plain = simple(words)
    abroad = (f"44{plain[1:]}", f"44{plain}", f"0044{plain[1:]}")
    return (plain, *abroad) if plain.isdigit() and plain.startswith("0") else (plain,)


def own_details(schools: Collection[School]) -> list[OwnDetail]:
    """Return what these schools publish of themselves, and what waits for a second person."""
    rows = OwnDetail.objects.filter(school__in=schools, ended_at=None)
    return list(rows.select_related("school", "by", "agreed_by").order_by("school_id", "kind", "words"))


def ways_to_reach() -> dict[str, list[str]]:
    """Return the telephone numbers and e-mail addresses that count as each school's own, by its name: for
    pages that tell a stranger to ask the school. One query."""
    rows = _kept().filter(kind__in=(Kind.PHONE, Kind.EMAIL))
    found: dict[str, list[str]] = {}
    for name, words in rows.order_by("school__name", "-kind", "words").values_list("school__name", "words"):
        found.setdefault(name, []).append(words)
    return found


def speaks_for_school(person: Person, *, at: datetime) -> bool:
    """Return whether a person is of the office, whose word alone keeps a detail."""
    return can(check_may_administer, person, on=local_day(at))


def keep(hit: Hit, *, by: Person, at: datetime, school: School, second: bool = False) -> OwnDetail:
    """Keep a school's own detail, or propose it: it counts once the office or a second person keeps it too.
    `second`: `by` agrees to what someone else wrote.

    Raises BadInput (`screening`: a parent's own address).
    """
    check_not_a_familys(hit)
    row, new = OwnDetail.objects.get_or_create(
        school=school,
        plain=hit.plain[:LONGEST],
        ended_at=None,
        defaults={"kind": hit.kind, "words": hit.words[:LONGEST], "by": by, "at": at},
    )
    if new:
        record("post.own_detail_added", subject=school, at=at, actor=by, kind=str(hit.kind))
    if second or row.by_id != by.pk or speaks_for_school(by, at=at):
        agree(row, by=by, at=at)
    return row


def agree(detail: OwnDetail, *, by: Person, at: datetime) -> bool:
    """Note that a detail counts from now on, where it didn't yet. Return whether it didn't."""
    waiting = OwnDetail.objects.filter(pk=detail.pk, ended_at=None, agreed_at=None)
    if not waiting.update(agreed_by=by, agreed_at=at):
        return False
    record("post.own_detail_agreed", subject=detail.school, at=at, actor=by, kind=detail.kind)
    return True


def check_not_a_familys(hit: Hit) -> None:
    """Raise BadInput for an address to which a family's consent letters go."""
    if hit.kind is Kind.EMAIL and ParentLink.objects.filter(email__iexact=hit.words).exists():
        told = _(
            "A family here uses this address, so it isn’t the school’s own. Choose another answer or leave "
            "it out."
        )
        raise BadInput({"screening": told})


def details_in(words: str) -> list[Hit]:
    """Return the details in a text that has one on each line. Raises BadInput (`details`) naming a line
    without one."""
    found = []
    for line in filter(None, map(str.strip, words.splitlines())):
        hits = [hit for hit in screen(line, NO_ONE).hits if hit.kind in OWN]
        if not hits:
            raise BadInput(
                {
                    "details": _(
                        "“%(line)s” has no telephone number, email address, postcode, street address or "
                        "bank details. Change the line, or leave it out."
                    )
                    % {"line": line[:80]}
                }
            )
        found += hits
    return found
