"""An uploaded policy document: saved while its clauses are picked, then put into the next version."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.rows import found_or_made
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.actions.reading import save_draft, start_draft
from schoolgate.policy.actions.writing import check_seen, new_id, place_in, prepared
from schoolgate.policy.imports import (
    TAKE,
    Found,
    Pick,
    Sentence,
    as_stored,
    clause_of_pick,
    front_page_of,
    is_taken,
    may_ask_nothing,
    picks_of,
    rule_fits,
    rule_of_pick,
    sentences_of,
    with_front_page,
    with_their_roles,
    works,
)
from schoolgate.policy.imports_ready import AND, rules_of_ready, with_what_they_need
from schoolgate.policy.models import PolicyImport, PolicyVersion
from schoolgate.policy.queries import draft_of
from schoolgate.policy.writing import Writing, writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.matching import nearest

LONGEST = 2_000
"""Letters of a clause, as on the page that writes one."""


@action
def start_policy_import(*, by: Person, at: datetime, found: Found) -> PolicyImport:
    """Save the contents of a document so that its clauses can be picked. Raises NotAllowed; NotFound where
    the policy came with the program; NotNow where another import is still open."""
    rules.check_may_own(by, on=local_day(at))
    writing(local_day(at))
    said = {"name": found.name, "without_text": list(found.without_text), "sentences": as_stored(found)}
    row, new = found_or_made(PolicyImport.objects, defaults={**said, "by": by, "at": at})  # one at a time
    if not new:
        raise NotNow(_("Another document is already being imported."), _("Finish that import first."))
    return row


@action
def pick_sentence(*, by: Person, at: datetime, number: int, pick: Pick) -> PolicyImport:
    """Save the pick for a sentence; a later pick replaces it.

    Raises NotAllowed; NotFound; NotNow where its clause is already in the next version; BadInput on `says`
    where the clause has no words or the rule doesn't fit them.
    """
    return pick_sentences(by=by, at=at, picks={number: pick})


@action
def pick_sentences(*, by: Person, at: datetime, picks: Mapping[int, Pick]) -> PolicyImport:
    """Save the picks for several sentences at once, all or none. Raises as `pick_sentence`."""
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    row = _the_import()
    before, read = picks_of(row), sentences_of(row, now.text)
    for number, pick in picks.items():
        if not 1 <= number <= len(read):
            raise NotFound
        if is_taken(now, before.get(number)):
            raise NotNow(_("This clause is already in the next version."), _("Change it there."))
        row.picks[str(number)] = asdict(_checked(now, read[number - 1], pick))
    row.save(update_fields=["picks"])
    return row


@action
def leave_section(*, by: Person, at: datetime, section: str) -> int:
    """Leave out the sentences of a section that wait for a pick. Returns how many.

    Raises NotAllowed, NotFound."""
    rules.check_may_own(by, on=local_day(at))
    row = _the_import()
    picks, read = picks_of(row), sentences_of(row, writing(local_day(at)).text)
    left = [
        number
        for number, one in enumerate(read, start=1)
        if one.section == section and not one.why_not and number not in picks
    ]
    if not left:
        raise NotFound
    row.picks |= {str(number): asdict(Pick("leave")) for number in left}
    row.save(update_fields=["picks"])
    return len(left)


@action
def take_picked(*, by: Person, at: datetime, seen: str) -> tuple[PolicyVersion, int]:
    """Put the picked clauses into the version that is being prepared, and their rules into its first
    reading, with those of which a person said that they ask nothing.

    `seen`: which text was being prepared when the page was shown. Returns the version and how many clauses
    are new. Raises NotAllowed; NotFound; NotNow where nothing is picked, or the text has changed meanwhile;
    BadInput on `text`.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    row = _the_import()
    picks, read = picks_of(row), sentences_of(row, now.text)
    taken = [
        (number, read[number - 1], pick)
        for number, pick in sorted(picks.items())
        if pick.choice == TAKE and not is_taken(now, pick) and number <= len(read)
    ]
    if not taken:
        raise NotNow(_("All the clauses you picked are already in the next version."), _("Pick some first."))
    data = with_their_roles(now, [one for _number, one, _pick in taken])
    data = with_front_page(data, front_page_of(row))
    written: dict[str, list[dict[str, Any]]] = {}
    asides: list[str] = []
    sections: dict[str, str] = {}
    for number, one, pick in taken:
        key = new_id(now.text, one.section, sections)
        sections[key] = one.section
        clause = clause_of_pick(now.text, one, pick, key)
        data["clauses"].insert(place_in(data["clauses"], one.section), clause)
        rule = rule_of_pick(one, pick, key)
        ready = rules_of_ready(data, clause, pick.ready, pick.values) if pick.ready else []
        if ready:
            data, written[key] = with_what_they_need(data, clause, pick.ready, pick.values), ready
        elif rule is not None and works(data, clause, [rule]):
            written[key] = [rule]
        elif pick.aside:
            asides.append(key)
        row.picks[str(number)] = asdict(replace(pick, clause=key))
    version = prepared(now, data, by=by, at=at)
    if written or asides:
        _keep_ahead(now, version, written, asides, by=by, at=at)
    row.save(update_fields=["picks"])
    return version, len(taken)


@action
def drop_policy_import(*, by: Person, at: datetime) -> None:
    """Close an import: what was not put into the next version is deleted. Raises NotAllowed, NotFound."""
    rules.check_may_own(by, on=local_day(at))
    _the_import().delete()


def _keep_ahead(
    now: Writing,
    version: PolicyVersion,
    written: dict[str, list[dict[str, Any]]],
    asides: list[str],
    *,
    by: Person,
    at: datetime,
) -> None:
    draft = (draft_of(now.coming) if now.coming else None) or start_draft(by=by, at=at, coming=version)
    meant = {**draft.changes, "rules": {**draft.changes.get("rules", {}), **written}}
    meant["asides"] = [*draft.changes.get("asides", ()), *asides]
    meant = {name: value for name, value in meant.items() if value}
    save_draft(by=by, at=at, draft=draft, edition=draft.edition, changes=meant, because=draft.because)


def _the_import() -> PolicyImport:
    row = PolicyImport.objects.select_for_update().first()
    if row is None:
        raise NotFound
    return row


def _checked(now: Writing, one: Sentence, pick: Pick) -> Pick:
    """Return the pick as it is saved. Raises BadInput on `says`."""
    if pick.choice != TAKE:
        return Pick(pick.choice)
    says = " ".join((pick.says or one.says).split())
    if not says or len(says) > LONGEST:
        raise BadInput({"says": _("Enter what the clause says, in 2,000 characters or fewer.")})
    if pick.modality and pick.modality not in {*Modality}:
        raise BadInput({"modality": _("Choose one of these.")})
    pick = replace(pick, says="" if says == one.says else says, clause="")
    if pick.ready and not {*pick.ready.split(AND)} <= {ready.key for ready in nearest(says, one.section)}:
        raise BadInput({"says": _("That ready rule doesn’t fit this text. Choose again.")})
    if pick.aside and (pick.ready or pick.offer or not may_ask_nothing(one, pick)):
        raise BadInput({"says": _("This text asks something of someone. Choose again.")})
    if pick.offer and not rule_fits(now, one, pick):
        raise BadInput({"says": _("The rule needs a number or role that this text doesn’t name. Add it.")})
    return pick
