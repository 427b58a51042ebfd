"""What a comment was found to be, its report, and the steps with its author: as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolgate.accounts.contributors import is_friend
from schoolgate.core.clock import local_day
from schoolgate.duties.queries import about
from schoolgate.inbox import judged, rules
from schoolgate.inbox.actions.judging import may_read_report, wanted_with_author
from schoolgate.inbox.duty_kinds import TAKE_DOWN
from schoolgate.inbox.models import Item, Judgement, WriterStep
from schoolgate.inbox.removal_facts import friend_of
from schoolgate.inbox.states import Relation, WriterStepKind
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.queries import book_in_scope
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.times import due_in_short
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.judged_forms import JudgeForm, WriterStepForm

WITH_PARENT = (WriterStepKind.ASKED, WriterStepKind.INVITED, WriterStepKind.REFERRED)


@dataclass(frozen=True)
class ShownStep:
    """A kind of step: what was done and when, whether the policy still wants it, by which clauses."""

    kind: WriterStepKind
    taken: Sequence[WriterStep]
    wanted: bool
    clauses: Sequence[ShownClause]
    form: WriterStepForm


def judged_shown(found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of the judgement on this comment, and the form for one."""
    last, report = judged.judgement_of(found), judged.last_report(found)
    sorts = can(rules.check_may_sort, visit.person, found, on=visit.on)
    names = book_of(visit.federation).role_names
    said = {True: "yes", False: "no"}
    start = {
        "relation": judged.relation_of(found),
        "because": last.reason if last else "",
        **{name: said.get(getattr(last, name, None), "") for name in judged.ALSO},  # type: ignore[arg-type]
        "friend": _friend(found),
    }
    return {
        "judgement": last,
        "relation": Relation(last.relation).label if last and last.relation else "",
        "take_down": _due(found, visit),
        "may_judge": sorts and found.gone_at is None,
        "judge_form": extra.get("judge_form") or JudgeForm(initial=start),
        "report_of_abuse": report,
        "reported_to": ", ".join(names.get(key, key) for key in report.roles) if report else "",
        "may_read_report": report is not None
        and report.read_at is None
        and may_read_report(visit.person, report, on=visit.on),
        "writer_steps": _steps(found, last, visit, extra.get("step_form")) if last else [],
        "may_step": sorts,
    }


def _friend(found: Item) -> str:
    """Return what is known of the author as a friend of the site: as a person said, else yes where that name
    was added as one. Not looked for where the policy gives no reason to ask."""
    if "friend" not in judged.asked_also():
        return ""
    if (said := friend_of(found)) is not None:
        return "yes" if said else "no"
    return "yes" if is_friend(found.account, found.author_name) else ""


def _due(found: Item, visit: Visit) -> Any:
    """Return when the policy wants it dealt with; None where no such task is open."""
    duty = next((one for one in about(found) if one.kind == TAKE_DOWN and one.still_to_do), None)
    return duty and due_in_short(instant=duty.due_at, day=duty.due_day, at=visit.at)


def _steps(found: Item, last: Judgement, visit: Visit, sent: WriterStepForm | None) -> list[ShownStep]:
    """Return the steps that this policy has for this author; none where it has none."""
    wanted = dict(wanted_with_author(found, last, at=visit.at))
    taken = list(found.writer_steps.select_related("by").order_by("id"))
    kinds = [kind for kind in WriterStepKind if kind in wanted or any(row.what == kind for row in taken)]
    asks_parents = last.relation == Relation.PARENT and last.reason in judged.IMPROPER
    if asks_parents and book_in_scope().bound("parent.approach"):
        kinds = list(dict.fromkeys([*WITH_PARENT, *kinds]))
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        ShownStep(
            kind,
            [row for row in taken if row.what == kind],
            kind in wanted,
            [
                clause_shown(one, basis="policy", federation=federation, quote=quote)
                for one in wanted.get(kind, ())
            ],
            sent
            if sent is not None and sent.what == kind
            else WriterStepForm(kind, initial={"on": local_day(visit.at)}),
        )
        for kind in kinds
    ]
