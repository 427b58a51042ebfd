"""Pupils who left, with their consents: what is due, and how it is destroyed; and what was said against
showing a child, and may not be forgotten by a restore.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.events import record
from schoolgate.core.retention import Again, Area, Columns, Declared, Happened, Part, Public, Row
from schoolgate.people.models import Person
from schoolgate.pupils.answering import ask_to_settle, withdraw
from schoolgate.pupils.consents import KEPT_OFF
from schoolgate.pupils.models import (
    Answer,
    Cause,
    Consent,
    Giver,
    NotPublished,
    ParentLink,
    Pupil,
    PupilChange,
    PupilImport,
    PupilInGroup,
    Withdrawal,
)

NUMBERED = Concat(Value("destroyed-"), Cast("pk", CharField()))
"""What takes the place of a name that must be there and must not be there twice."""


class PupilsWhoLeft(Declared):
    """Names of pupils who left, and the consents about them."""

    key, number, endings = "pupils", 9, ("pupil_period", "pupil_parts")
    area = Area.PEOPLE
    public = Public.FIRST
    name = _("Pupils who have left, and consents")
    thing = _("Pupil")
    counted = _("From the day they left.")
    goes = _(
        "The name, class and date of birth, every answer about consent with its scan, the parents’ names and "
        "addresses, and the reason on the do-not-publish list."
    )
    stays = _(
        "The pupil’s number, and when consent was withdrawn. A pupil stays while a post shows "
        "or names them, or a reply or comment on the noticeboard names them, and while "
        "they’re on the do-not-publish list."
    )
    because = _(
        "Our suggestion: seven years. A pupil who leaves at 18 can make most claims for six years more "
        "(Limitation Act 1980, sections 2, 5 and 28). Where pupils leave younger, set a longer period."
    )
    first = _(
        "Record that they’ve left. Then take down every post that shows or names them, and every reply and "
        "comment of the noticeboard that names them."
    )
    row = Row(
        Pupil,
        over=Q(left_on__isnull=False) & ~Q(KEPT_OFF),
        since="left_on",
        empties={
            "first_name": "", "last_name": NUMBERED, "known_as": "", "key": NUMBERED, "year": "", "form": "",
            "born_on": None,
        },
        parts=(
            Part(Consent, "pupil", files=("scan",)),
            Part(Withdrawal, "pupil", {"who": ""}),
            Part(ParentLink, "pupil", {"email": "", "digest": "", "who": NUMBERED, "giver": "parent"}),
            Part(
                NotPublished, "pupil", {"why_ref": None, "ended_why_ref": None},
                sealed=("why_ref", "ended_why_ref"),
            ),
            Part(PupilChange, "pupil", sealed=("why_ref",)),
            Part(PupilInGroup, "pupil"),
        ),
    )  # fmt: skip


class Noes(Again):
    """Answers that aren’t a yes: of parents and pupils, by page, letter or list, and on a day."""

    key = "pupils.no"
    undone = _(
        "A refusal for pupil {number} came after the backup, and the person who recorded it isn’t "
        "here. Ask the parents, and enter it again."
    )
    fields = ("use", "channel", "answer", "giver", "form", "by", "link", "listed_in")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the answers, without the names of parents and without the reasons."""
        rows = Consent.objects.filter(at__gte=since).exclude(answer=Answer.GIVEN).order_by("pk")
        for row in rows.values("pk", "pupil", "at", "from_day", "until", *self.fields):
            days = {name: row[name] and row[name].isoformat() for name in ("from_day", "until")}
            told = {name: row[name] for name in self.fields}
            known = {"pupil": row["pupil"], "people_know": row["pupil"], "at": row["at"].isoformat()}
            yield Happened(row["pk"], row["at"], {**told, **days, **known})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Enter the answer again, with its own day, and take down what it withdraws."""
        pupil = Pupil.objects.filter(pk=given["pupil"], destroyed_at=None).first()
        its = {name: given[name] for name in ("use", "channel", "answer")}
        its |= {"pupil": pupil, "at": stored_instant(given["at"])}
        if pupil is None or Consent.objects.filter(**its).exists():
            return True
        entered = _entered(given)
        if entered is None:
            return False
        row = Consent.objects.create(
            **its | {"from_day": stored_day(given["from_day"]), "until": _day(given["until"])} | entered
        )
        record("consent.answered", subject=row, at=at, actor=row.by, use=row.use, answer=row.answer)
        withdraw(
            at=at, pupil=pupil, cause=Cause.ANSWER, uses=[row.use], channel=row.channel, giver=row.giver,
            by=row.by,
        )  # fmt: skip
        ask_to_settle([pupil], at=at)
        return True


def _day(text: str | None) -> Any:
    return stored_day(text) if text else None


def _entered(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return who gave an answer and who entered it, as far as they’re here; None where no one is."""
    its = {"giver": given["giver"], "form": given["form"]}
    link = ParentLink.objects.filter(pk=given["link"]).first() if given["link"] else None
    if link is not None:
        return its | {"link": link, "who": link.who}
    by = Person.objects.filter(pk=given["by"]).first() if given["by"] else None
    if by is None:
        return None
    listed = PupilImport.objects.filter(pk=given["listed_in"]).first() if given["listed_in"] else None
    if given["giver"] == Giver.SETTLED or (given["giver"] == Giver.LIST and listed is None):
        # Its list isn’t here, or its reason: a no that the school settled counts as well, until it’s settled.
        why = gettext("Recorded after the last backup, lost in the restore and entered again.")
        return its | {"giver": Giver.SETTLED, "by": by, "why": why, "until": None, "answer": Answer.REFUSED}
    return its | {"by": by, "listed_in": listed}


class KeptOff(Again):
    """Pupils put on the do-not-publish list."""

    key = "pupils.kept_off"
    undone = _(
        "Pupil {number} was put on the do-not-publish list after the backup. A safeguarding lead must do it "
        "again."
    )

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the entries, without their reasons."""
        for row in NotPublished.objects.filter(at__gte=since).order_by("pk"):
            given = {"pupil": row.pupil_id, "people_know": row.pupil_id, "by": row.by_id}
            yield Happened(row.pk, row.at, given | {"at": row.at.isoformat()})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Put the pupil on the list again, without the reason."""
        pupil = Pupil.objects.filter(pk=given["pupil"], destroyed_at=None).first()
        if pupil is None or NotPublished.objects.filter(pupil=pupil, ended_at=None).exists():
            return True
        by = Person.objects.filter(pk=given["by"]).first()
        if by is None:
            return False
        row = NotPublished.objects.create(pupil=pupil, by=by, at=stored_instant(given["at"]))
        record("pupil.kept_off", subject=row, at=at, actor=by)
        withdraw(at=at, pupil=pupil, cause=Cause.KEPT_OFF, by=by)
        return True


class KeepingOffEnded(Again):
    """Pupils taken off the do-not-publish list: only a lead opens that wall again."""

    key = "pupils.off_the_list"
    undone = _(
        "Pupil {number} was taken off the do-not-publish list after the backup, and is on it again. A "
        "safeguarding lead decides."
    )

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the entries that ended."""
        for row in NotPublished.objects.filter(ended_at__gte=since).order_by("pk"):
            if row.ended_at is not None:
                yield Happened(row.pk, row.ended_at, {"pupil": row.pupil_id, "people_know": row.pupil_id})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Say whether the pupil isn’t on the list."""
        return not NotPublished.objects.filter(pupil=given["pupil"], ended_at=None).exists()


class LinksRevoked(Columns):
    """Consent links that were revoked."""

    key, model, when = "pupils.link_revoked", ParentLink, "revoked_at"
    undone = _("Consent link {number} was revoked after the backup. Revoke it again, on the pupil’s page.")


class PupilsLeft(Columns):
    """Pupils who left: they aren’t shown any more."""

    key, model, when = "pupils.left", Pupil, "left_on"
    undone = _("Pupil {number} left after the backup. Record it again, on their page.")
