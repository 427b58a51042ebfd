"""What a policy leaves open, what was chosen, and what another choice would change: as pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.page_keys import is_number
from schoolgate.people.rules import ACTS
from schoolgate.policy.books import pack_of
from schoolgate.policy.models import ReadingDraft
from schoolgate.policy.ready import ready_among
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.readings import Changes, Difference, Left, Open, left_open
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.rulebook.situations.item_received import WorkingDayChoice
from schoolgate.rulebook.working_time import DaysThatCount
from schoolgate.web.frame.answer_words import outcome_in_words
from schoolgate.web.frame.rule_words import rules_in_words
from schoolgate.web.frame.wording import duty_in_words, point_label, situation_title

WORDS: dict[str, Promise] = {
    "response_hours": _("Hours until a response is due"),
    "check_interval_hours": _("Maximum hours between account checks"),
    "interval_days": _("Interval in days"),
    "reminder_interval_days": _("Days between reminders"),
    "hint_after_own_replies": _("Our replies in one thread before Schoolgate suggests stopping"),
    "working_day_definition": _("What counts as a working day"),
    "removal_deadline_hours": _("Hours until a comment must be taken down"),
    "review_within_hours": _("Hours to review a comment"),
    "removal_within_hours": _("Hours to take a comment down"),
    "review_interval_days": _("Days between full reviews"),
    "training_interval_months": _("Months until training must be repeated"),
    "min_trained": _("People who must be trained"),
    "default_min_age": _("Minimum age where the network’s own isn’t on record"),
    "monitoring_interval_days": _("Days between monitoring checks"),
    "decision_deadline_days": _("Days to decide an application"),
    "stale_after_days": _("Days without new content before an account counts as out of date"),
    "neglected_after_days": _("Days without new content before an account counts as neglected"),
    "retention_days": _("Days to store copies"),
}
"""The meaning of a setting, by its name in the rules."""
DAYS: dict[str, Promise] = {
    DaysThatCount.WEEKDAYS: _("Monday to Friday except bank holidays, including school holidays"),
    DaysThatCount.STAFF_DAYS: _("days when staff are in: school days and INSET days"),
    DaysThatCount.SCHOOL_DAYS: _("days when pupils are in school"),
}
BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
"""An instant before every deadline: comparing two interpretations shows nothing as overdue."""

CLAUSES_SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """One thing that the policy leaves open: the rules that it fills, and the clauses that speak of it."""

    name: str
    places: tuple[Open, ...]
    clauses: tuple[Clause, ...]

    @property
    def key(self) -> str:
        """Its name in a form: the first rule's."""
        return f"{self.places[0].binding}.{self.name}"


def asked_of(pack: Pack) -> list[Asked]:
    """Return what is left open, one row for each choice: rules based on the same clauses share a value."""
    grouped: dict[tuple[str, frozenset[str]], list[Open]] = {}
    for one in left_open(pack):
        grouped.setdefault((one.name, frozenset(one.clauses)), []).append(one)
    return [
        Asked(name, tuple(places), tuple(pack.clauses[clause] for clause in places[0].clauses[:1]))
        for (name, _clauses), places in grouped.items()
    ]


def label_of(name: str) -> str:
    """Return the label of a setting."""
    return str(WORDS.get(name, name.replace("_", " ")))


def row_of(one: Asked, changes: Changes, days: WorkingDayChoice | None = None) -> dict[str, Any]:
    """Return what is left open, with the choice made for it.

    `days`: the choice of working days outside any interpretation; an interpretation that has one takes
    precedence.
    """
    value = changes.settings.get(one.places[0].binding, {}).get(one.name)
    if value is None and one.name == "working_day_definition" and days is not None:
        value = str(days.counting)
    return {"label": label_of(one.name), "clause": one.clauses[0], "value": value_in_words(value)}


def value_in_words(value: Any) -> str:
    """A chosen value in words; empty where it is left open."""
    if value is None:
        return ""
    return str(DAYS.get(value, value)) if isinstance(value, str) else str(value)


def difference_in_words(one: Difference, pack: Pack) -> dict[str, Any]:
    """A difference between two readings, clause by clause, as a page shows it."""
    if one.what == "role":
        before, after = ("; ".join(str(ACTS[each]) for each in side) for side in (one.before, one.after))
        return {"label": _role_label(one.name), "section": "", "before": before, "after": after}
    clause = pack.clauses[one.clauses[0]]
    if one.what == "rule":
        before, after = (_said(each, clause, pack) for each in (one.before, one.after))
        return {
            "label": RULES,
            "section": clause.section,
            "says": clause.says,
            "short": Truncator(clause.says).words(12),
            "before": before,
            "after": after,
        }
    if one.what == "aside":
        before, after = (str(ASIDE) if each else "" for each in (one.before, one.after))
        return {"label": str(RULES), "section": clause.section, "says": clause.says,
                "short": Truncator(clause.says).words(12), "before": before, "after": after}  # fmt: skip
    return {
        "label": PRINTED if one.what == "wording" else label_of(one.name),
        "section": clause.section,
        "before": value_in_words(one.before),
        "after": value_in_words(one.after),
        "quoted": one.what == "wording",
    }


def _said(rules: Sequence[Mapping[str, Any]], clause: Clause, pack: Pack) -> str:
    """Return the rules of a clause in words: a ready rule as its own sentence, any other piece by piece."""
    found = {one.place: one for one in ready_among(rules, clause.id, pack)}
    said, place = [], 0
    while place < len(rules):
        ready = found.get(place)
        said.append(
            sentence(ready.ready, ready.values, gettext)
            if ready
            else rules_in_words(rules[place : place + 1], pack.clauses)
        )
        place += ready.count if ready else 1
    return " ".join(said)


def left_in_words(one: Left, before: Pack) -> dict[str, Any]:
    """Something that was chosen under the version before and does not fit this one."""
    if one.what == "role":
        acts = "; ".join(str(ACTS[each]) for each in one.value if each in ACTS)
        return {"label": _role_label(one.name), "section": "", "value": acts}
    section = next((before.clauses[each].section for each in one.clauses if each in before.clauses), "")
    if one.what == "rule":
        return {"label": RULES, "section": section, "value": rules_in_words(one.value, before.clauses)}
    label = PRINTED if one.what == "wording" else label_of(one.name)
    quoted = one.what == "wording"
    return {"label": label, "section": section, "value": value_in_words(one.value), "quoted": quoted}


ASIDE = _("The clause doesn’t say what anyone may or must do")
PRINTED = _("Exact wording")
RULES = _("Rules")


def _role_label(name: str) -> str:
    return str(_("What {role} may do here")).format(role=name)


def tried_in_words(draft: ReadingDraft | None) -> dict[str, Any] | None:
    """Return what a draft would change, for the page."""
    tried: dict[str, Any] | None = draft.tried if draft else None
    if draft is None or tried is None:
        return None
    titles = {"past": _("Past decisions"), "stored": _("Test cases for this policy")}
    groups = [
        {
            "title": title,
            "rows": [_differs(one) for one in tried[name]["shown"]],
            "count": tried[name]["differ"],
            "more": tried[name]["differ"] - len(tried[name]["shown"]),
        }
        for name, title in titles.items()
    ]
    past = tried["past"]
    clauses = _by_clause(past.get("clauses", {}), draft)
    return {
        **tried,
        "groups": groups,
        "past": {**past, "seen": past["asked"] + past["gone"]},
        "clauses": clauses[:CLAUSES_SHOWN],
        "more_clauses": len(clauses[CLAUSES_SHOWN:]),
    }


def _by_clause(counted: Mapping[str, Any], draft: ReadingDraft) -> list[dict[str, Any]]:
    """How many past decisions differ under each clause, most first, with some of them."""
    known = {**pack_of(draft.version).clauses, **pack_of(draft.based_on.version).clauses}
    rows = [{**counted[key], "clause": known[key]} for key in counted if key in known]
    return sorted(rows, key=lambda row: (-row["times"], row["clause"].id))


def _differs(one: Mapping[str, Any]) -> dict[str, Any]:
    owed = [list(_owed(each)) for each in one["owed"]]
    changes: list[dict[str, Any]] = [
        {"label": point_label(point), "before": outcome_in_words(was), "after": outcome_in_words(now)}
        for point, (was, now) in one["points"].items()
    ]
    if owed[0] != owed[1]:
        only = [[each for each in owed[side] if each not in owed[1 - side]] for side in (0, 1)]
        changes.append({"label": _("Due"), "before": " ".join(only[0]), "after": " ".join(only[1])})
    return {
        "key": one["key"],
        "decision": one["key"] if is_number(one["key"]) else "",
        "situation": situation_title(one["situation"]),
        "changes": changes,
    }


def _owed(duties: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Return the duties in words, seen from an instant before every deadline, so that none is overdue."""
    return (str(duty_in_words(duty, at=BEFORE_ALL)) for duty in duties)
