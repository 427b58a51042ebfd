"""The stages of a concern after it was reported, and what is asked at each: what the rules of the policy in
force read, and the little that every case needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.incidents.states import StepKind
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.contact_accept import AT_WORK

FILLED = frozenset(
    {
        "by", "now", "reported_at", "taken_up", "told", "assessments", "chosen", "calendar", "school",
        "suspected", "found_unacceptable", "passed_to_manager_at", "writer_relation",
    }
)  # fmt: skip
"""Facts that the program knows: no one is asked for them."""


@dataclass(frozen=True)
class Stage:
    """A stage. `situation`: what the policy is asked; `always`: facts asked even where no rule reads them;
    `optional`: it is shown only where the policy has rules for it; `about`: only where the person it is about
    is this to the school. `asks_too`: facts asked here although the program may know them; `leaves_out`:
    facts that aren't asked here. `judges`: it says what the conduct was, so that a rule that forbids such
    conduct doesn't stop the saving. `of_work`: it is about someone who works for the school, and is shown
    only where a rule binds them."""

    key: str
    situation: str
    step: StepKind
    title: str | Promise
    event: str
    always: tuple[str, ...] = ()
    optional: bool = False
    about: str = ""
    asks_too: tuple[str, ...] = ()
    judges: bool = False
    leaves_out: tuple[str, ...] = ()
    of_work: bool = False

    def asks(self, book: Book) -> tuple[str, ...]:
        """Return the facts that a person is asked for under this policy, in the situation's order: none that
        an earlier stage asks for."""
        wanted = {*facts_read(book, self.situation), *self.always} - (FILLED - {*self.asks_too})
        wanted -= {*self.leaves_out}
        for earlier in STAGES.values():
            if earlier is self:
                break
            wanted -= set(earlier.asks(book))
        return tuple(name for name in situation(self.situation).facts.model_fields if name in wanted)

    def is_about(self, book: Book, relation: str | None) -> bool:
        """Whether a concern about someone who is this to the school has this stage."""
        if self.of_work:
            return relation in AT_WORK and bool(facts_read(book, self.situation, relation))
        return self.about in ("", relation)


STAGES: Mapping[str, Stage] = {
    one.key: one
    for one in (
        Stage("assess", "incident.assess", StepKind.ASSESSED, _("Assessment"), "report.assessed",
            always=("kinds", "subject", "harmed")),
        Stage("investigate", "incident.investigate", StepKind.INVESTIGATED, _("Investigation"),
            "report.investigated", always=("lead", "investigation")),
        Stage("judge", "conduct.judge", StepKind.JUDGED, _("Conduct"), "report.judged",
            optional=True, judges=True),
        Stage("use", "equipment.use", StepKind.USED, _("Use of equipment and working time"),
            "report.use_judged", optional=True, judges=True, of_work=True),
        Stage("systems", "systems.use", StepKind.SYSTEMS, _("Use of the school’s systems"),
            "report.use_judged", optional=True, judges=True, of_work=True,
            leaves_out=("what", "recorded_as")),
        Stage("overuse", "equipment.overuse", StepKind.WEIGHED, _("Private use at work"), "report.weighed",
            optional=True, about="staff", judges=True),
        Stage("parent", "parent.approach", StepKind.APPROACHED, _("Talking to the parent"),
            "report.approached", optional=True, about="parent", asks_too=("school",)),
        Stage("conclude", "incident.conclude", StepKind.CONCLUDED, _("Outcome"),
            "report.concluded", always=("found",)),
    )
}  # fmt: skip


def stages_here(book: Book, subject: Mapping[str, Any] | None = None) -> list[Stage]:
    """Return the stages that a concern has under this policy, in order. `subject`: the person it is about, as
    far as that was answered."""
    relation = (subject or {}).get("relation")
    return [
        one
        for one in STAGES.values()
        if (not one.optional or one.asks(book)) and one.is_about(book, relation)
    ]
