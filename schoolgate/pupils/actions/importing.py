"""Apply a list of pupils. Its steps are those of every list (`people.lists.importer`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core import bulk, ids
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.lists.columns import known_headings
from schoolgate.people.lists.importer import Events, Importer
from schoolgate.people.lists.storing import Shape
from schoolgate.people.models import Person
from schoolgate.pupils import links
from schoolgate.pupils.actions.keeping_off import keep_off_as_another
from schoolgate.pupils.actions.settling import ask_to_settle
from schoolgate.pupils.actions.walling import ask_lead, rename
from schoolgate.pupils.actions.withdrawing import withdraw
from schoolgate.pupils.importing.by_consent import ANSWERS, KINDS, one_pupil_a_line
from schoolgate.pupils.importing.fields import HEADINGS, check_columns, consent_fields, split
from schoolgate.pupils.importing.headings import can_mean
from schoolgate.pupils.importing.planning import KEPT, Plan, PupilPlan, consent_of, plan_import
from schoolgate.pupils.models import Consent, ParentLink, Pupil, PupilImport, PupilMapping
from schoolgate.pupils.rules import check_may_keep
from schoolgate.pupils.states import MOST_PUPILS, NAMES, Answer, Cause, Form, Giver

AT_ONCE = 1_000
MOST_WRITTEN = 30_001
"""Lines of a list with one consent a row: six for each pupil."""


def _write(
    plan: Plan, importing: PupilImport, *, by: Person, at: datetime, left: bool = False, emptied: bool = False
) -> dict[str, int]:
    """Write the pupils and the list's answers; `left`: record who isn't in the list as no longer at the
    school; `emptied`: empty cells count. Returns how many rows and pupils wait for a safeguarding lead.

    Raises NotNow where pupils shall have left who may be in a rejected row.
    """
    if left and plan.refused:
        raise NotNow(
            _("Some rows are rejected, so it isn’t known who has left."),
            next_step=_("Correct these rows in the file, or import the list without this choice."),
        )
    here = [each for each in plan.pupils if each.pupil is not None]
    known = Pupil.objects.filter(pk__in=[each.pupil.pk for each in here if each.pupil is not None])
    list(known.order_by("pk").select_for_update().values_list("pk"))
    new = [each for each in plan.pupils if each.pupil is None]
    federation = current_scope().federation_id
    for number, each in zip(ids.reserve(Pupil, len(new)), new, strict=True):
        each.pupil = Pupil(pk=number, federation_id=federation, **_columns(each))
    bulk.insert([each.pupil for each in new if each.pupil is not None])
    for each in new:
        if each.pupil is not None and each.walled is not None:
            keep_off_as_another(each.pupil, each.walled, by=by, at=at)
    _change(here, by=by, at=at, emptied=emptied)
    for each in here:
        if each.pupil is not None and each.walled is not None and each.walled.pupil_id != each.pupil.pk:
            keep_off_as_another(each.pupil, each.walled, by=by, at=at)
    # The noes come before what the list says: its yes counts once someone settled that it's another child.
    answers = [
        Consent(
            federation_id=federation,
            pupil=each.pupil,
            use=use,
            channel=channel,
            answer=Answer.REFUSED,
            giver=Giver.LIST,
            form=Form.LIST,
            from_day=local_day(at),
            by=by,
            at=at,
            listed_in=importing,
        )
        for each in new
        for use, channel in each.refused
    ] + [
        Consent(
            federation_id=federation,
            pupil=each.pupil,
            **consent_of(name),
            answer=answer,
            giver=Giver.LIST,
            form=Form.LIST,
            from_day=local_day(at),
            by=by,
            at=at,
            listed_in=importing,
        )
        for each in plan.pupils
        for name, answer in each.answers.items()
    ]
    for number, row in zip(ids.reserve(Consent, len(answers)), answers, strict=True):
        row.pk = number
    bulk.insert(answers)
    _make_links(plan.pupils, by=by, at=at)
    for each in here:
        _withdraw(each, by=by, at=at)
    answered = [each for each in plan.pupils if each.answers and (each in here or each.refused)]
    ask_to_settle([each.pupil for each in answered if each.pupil is not None], at=at)
    gone = [each.pk for each in plan.missing] if left else []
    staying = list(Pupil.objects.filter(pk__in=set(gone) & set(plan.missing_walled)))
    Pupil.objects.filter(pk__in=set(gone) - {each.pk for each in staying}).update(left_on=local_day(at))
    for pupil in staying:
        ask_lead(pupil, {}, by=by, at=at, left=True)
    return {"held": plan.held + len(staying)}


def _make_links(plans: Iterable[PupilPlan], *, by: Person, at: datetime) -> None:
    """Make the links of the parents that the list names. Nothing is sent."""
    federation = current_scope().federation_id
    rows = [
        ParentLink(
            federation_id=federation, pupil=each.pupil, giver=Giver.PARENT, who=who, email=email, by=by,
            at=at, expires_at=at + links.LASTS,
        )
        for each in plans
        for who, email in each.parents
    ]  # fmt: skip
    for number, row in zip(ids.reserve(ParentLink, len(rows)), rows, strict=True):
        row.pk = number
        row.digest = links.digest_of(links.code_of(row))
    bulk.insert(rows)


def _withdraw(plan: PupilPlan, *, by: Person, at: datetime) -> None:
    """Record what the list no longer allows for a pupil who was here before; a new one is in no post."""
    noes: dict[str, list[str]] = {}
    for name, answer in plan.answers.items():
        if answer != Answer.GIVEN:
            use, channel = split(name)
            noes.setdefault(channel, []).append(use)
    for channel, uses in noes.items():
        if plan.pupil is not None:
            withdraw(at=at, pupil=plan.pupil, cause=Cause.LIST, uses=uses, channel=channel, by=by)


def _columns(plan: PupilPlan) -> dict[str, Any]:
    read = plan.read
    return {"school_id": read.school_id, "key": read.key, **{name: getattr(read, name) for name in KEPT}}


def _change(plans: list[PupilPlan], *, by: Person, at: datetime, emptied: bool) -> None:
    rows, names = [], {}
    for plan in plans:
        if plan.pupil is None:
            continue
        if plan.held:
            ask_lead(plan.pupil, {name: getattr(plan.read, name) for name in plan.held}, by=by, at=at)
        changed = [*plan.changed, *(plan.emptied if emptied else ())]
        if changed or plan.back:
            names[plan.pupil] = {name: getattr(plan.read, name) for name in changed if name in NAMES}
            for name in changed:
                if name not in NAMES:
                    setattr(plan.pupil, name, getattr(plan.read, name))
            plan.pupil.left_on = None
            rows.append(plan.pupil)
    rename(names, by=by, at=at)
    Pupil.objects.bulk_update(rows, [*KEPT, "left_on"], batch_size=AT_ONCE)


PUPILS = Importer(
    lists=PupilImport,
    mappings=PupilMapping,
    events=Events(
        uploaded="pupils.list_uploaded",
        explained="pupils.list_explained",
        applied="pupils.list_taken_in",
        dropped="pupils.list_dropped",
        lapsed="pupils.list_lapsed",
    ),
    may=check_may_keep,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "pupils_added"},
    meanings=lambda _by: dict.fromkeys(consent_fields(all_capabilities()), Answer.values),
    can_mean=can_mean,
    shape=Shape(
        most_rows=MOST_PUPILS + 1,
        too_short=_("The list needs a row of headings, and a row for each pupil below."),
        known=known_headings({**HEADINGS, "consent": (*KINDS, *ANSWERS)}),
        tidy=one_pupil_a_line,
        most_written=MOST_WRITTEN,
    ),
)
