"""The page of one proposal: its fields by section, the pages of its form as a task list with what they
still lack, its signatures and who could sign, what differs, the policy's answer, and what the visitor
can do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals
from schoolgate.accounts.deciding import SUBJECTS, awaits_facts, considered_facts
from schoolgate.accounts.models import AccountKind, Proposal, ProposalState, SentBack, Signature
from schoolgate.accounts.papers import (
    NEEDED_OF_ANY,
    OWN_ASKED,
    OWN_PAGE,
    WEIGHED_PAGE,
    FormPage,
    SigningPart,
    asked_pages,
    form_pages,
    missing_on,
    needed_by,
    paper_of,
    progress_of,
    sections,
    signing_parts,
)
from schoolgate.accounts.proposal_form import (
    OWN,
    WEIGHED,
    Difference,
    Said,
    deciders,
    differences,
    is_asked,
    may_ask_for_approval,
    notice_to,
    people_in,
    permission_givers,
    said_of,
    steps,
    weighed_against,
)
from schoolgate.accounts.proposals import (
    Ladder,
    PartToAllow,
    ask_about_deciding,
    check_may_allow,
    decide_facts,
    propose_facts,
    shown_digest,
)
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import PolicyInForce, in_force, sees_decision
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.findings import UNKNOWN
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.rulebook.situations.accounts import AccountDecide
from schoolgate.web.accounts.proposal_form import POINT, answer_in_words, options_in_words, weighed_in_words
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm, answer_to
from schoolgate.web.frame.shown import ShownVerdict
from schoolgate.web.frame.wording import who

OWN_LABELS: Mapping[str, str | Promise] = {
    "name": _("Account name"),
    "school": _("School"),
    "network": _("Network"),
    "kind": _("Account type"),
    "pupils_in_audience": _("Is it meant for pupils?"),
    "youngest_pupil": _("Age of the youngest pupil it is meant for"),
}
NOTHING = "–"
"""Shown for a question without an answer."""
APPROVES: Mapping[str, str | Promise] = {
    "aims": _("the aims"),
    "content": _("the content"),
    "brand": _("use of the brand"),
    "logo": _("use of the logo"),
    "final approval": _("the whole form, as the final signatory"),
}


@dataclass(frozen=True)
class Row:
    """One field in words. `marks`: of a point with options to tick, each with whether it is ticked."""

    label: str
    words: str
    section: str = ""
    marks: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True)
class ShownSection:
    """A heading of the form with its rows."""

    title: str
    printed: bool
    rows: Sequence[Row]


@dataclass(frozen=True)
class ShownDifference:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownStep:
    """One signature of the form: its role, what it approves, the one that counts with its date, and those
    that no longer count."""

    number: int
    role: str
    approves: str
    declaration: str
    signature: Signature | None
    day: date | None
    fallen: Sequence[Signature]


@dataclass(frozen=True)
class WayStep:
    """One step towards a decision. `signing`: of a form with signatures; `able`: who could take it; `held`:
    who has the role; `now`: it is its turn."""

    role: str
    signing: ShownStep | None
    able: str
    held: str
    now: bool


class Words:
    """Fields of a proposal in words: names of people, schools and networks read once for all of them."""

    def __init__(self, book: Book, said: Iterable[Said], *, school: str = "") -> None:
        self.book, self.school = book, school
        self.points = {point.key: point for point in book.proposal_form}
        every = list(said)
        ids = {pk for one in every for pk in people_in(book.proposal_form, one)}
        self.names: dict[int, str] = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
        schools = {one["school"] for one in every if one.get("school")}
        self.schools: dict[int, str] = dict(School.objects.filter(pk__in=schools).values_list("pk", "name"))

    def label(self, key: str) -> str:
        """Return the label of a field."""
        if key in OWN_LABELS:
            return str(OWN_LABELS[key])
        if key.startswith(WEIGHED):
            return weighed_in_words(key.removeprefix(WEIGHED))
        return gettext(self.points[key].label) if key in self.points else key

    def value(self, key: str, value: Any) -> str:
        """Return the text of a field; "–" where it is empty."""
        if value in (None, "", []):
            return NOTHING
        match key:
            case "school":
                return self.schools.get(value, "–")
            case "network":
                found = all_capabilities().get(value)
                return found.name if found else str(value)
            case "kind":
                return str(AccountKind(value).label)
            case "pupils_in_audience":
                return str(answer_to(self.label(key), gettext("Yes") if value else gettext("No")))
        point = self.points.get(key)
        if point is None:
            return str(value)
        return answer_in_words(point, value, self.names, options_in_words(point, self.book, self.school))

    def marks(self, point: FormPoint, value: Any) -> list[tuple[str, bool]]:
        """Each option of a point with whether it is ticked; empty where it has none."""
        ticked = value if isinstance(value, list) else [value]
        return [(words, key in ticked) for key, words in options_in_words(point, self.book, self.school)]


def shown_sections(proposal: Proposal, book: Book, *, blank: bool = False) -> list[ShownSection]:
    """Return the proposal in the order of the policy's own form. `blank`: include fields that are still
    empty."""
    said = said_of(proposal)
    words = Words(book, [said], school=proposal.school.name if proposal.school else "")
    own = [Row(words.label(key), words.value(key, said.get(key))) for key in OWN if key in said or blank]
    weighed = [Row(words.label(key), str(said[key])) for key in said if key.startswith(WEIGHED)]
    found = [ShownSection(gettext("Account"), False, own)]
    if weighed:
        found.append(ShownSection(gettext("Weighed against"), False, weighed))
    for section in sections(book):
        rows = [
            Row(
                words.label(point.key),
                words.value(point.key, said.get(point.key)),
                ", ".join(dict.fromkeys(book.clause(one).section for one in point.clauses)),
                words.marks(point, said.get(point.key)),
            )
            for point in section.points
            if point.key in said or blank
        ]
        title = section.title if section.printed else gettext(section.title)
        if rows:
            found.append(ShownSection(title, section.printed, rows))
    return found


def rows_by_page(proposal: Proposal, book: Book) -> dict[str, list[Row]]:
    """Return what is asked with these answers, and what was answered, by the pages of the form."""
    said = said_of(proposal)
    words = Words(book, [said], school=proposal.school.name if proposal.school else "")
    weighed = [WEIGHED + key for key in weighed_against(book)]
    own = [key for key in OWN if key != "youngest_pupil" or proposal.pupils_in_audience]
    asked = {page.key: [point.key for point in page.points] for page in form_pages(book)}
    keys = {**asked, OWN_PAGE: own, WEIGHED_PAGE: weighed}
    hidden = {point.key for point in book.proposal_form if not is_asked(point, proposal.answers)}
    return {
        page: [Row(words.label(key), words.value(key, said.get(key))) for key in there if key not in hidden]
        for page, there in keys.items()
    }


def shown_differences(
    found: Sequence[Difference], book: Book, before: Said, after: Said
) -> list[ShownDifference]:
    """Return what differs, in words."""
    words = Words(book, [before, after])
    return [
        ShownDifference(
            words.label(one.key), words.value(one.key, one.before), words.value(one.key, one.after)
        )
        for one in found
    ]


def shown_steps(proposal: Proposal, book: Book) -> list[ShownStep]:
    """The signatures of the form in their order; empty where the policy asks for none."""
    parts = signing_parts(book)
    rows = list(proposal.signatures.all())

    def shown(number: int, role: str) -> ShownStep:
        part = parts.get(number)
        here = [row for row in rows if row.step == number]
        standing = next((row for row in here if not hasattr(row, "voided")), None)
        return ShownStep(
            number,
            role,
            approves_in_words(part),
            part.declaration if part else "",
            standing,
            local_day(standing.at) if standing else None,
            [row for row in here if hasattr(row, "voided")],
        )

    return [shown(number, role) for number, role in enumerate(steps(book), start=1)]


def approves_in_words(part: SigningPart | None) -> str:
    """Return what a signature approves, as words with commas."""
    if part is None:
        return ""
    return ", ".join(str(APPROVES.get(one, one)) for one in part.approves)


def shown_way(steps_shown: Sequence[ShownStep], ladder: Ladder) -> list[WayStep]:
    """Return the way to a decision as a short list: who has signed, whose turn it is, who could take it."""
    if not ladder.in_order:
        return [
            WayStep(rung.role, None, _names(rung.able), _names(rung.people), True) for rung in ladder.rungs
        ]
    turn = next((step.number for step in steps_shown if step.signature is None), 0)
    return [
        WayStep(step.role, step, _names(rung.able), _names(rung.people), step.number == turn)
        for step, rung in zip(steps_shown, ladder.rungs, strict=True)
    ]


def shown_ladder(ladder: Ladder) -> dict[str, Any]:
    """Return whether the proposal can be decided, in which way, and which roles have no one left."""
    return {
        "in_order": ladder.in_order,
        "rungs": bool(ladder.rungs),
        "short": [who(role) for role in ladder.short],
    }


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)


def days_between(first: date, last: date) -> int:
    """Whole days from one day to another."""
    return (last - first).days


class AllowForm(SchoolForm):
    """Until when a person may take their part."""

    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )


@dataclass(frozen=True)
class ShownPart:
    """A person who needs permission for their part. `form`: for someone who may give or end it; else None."""

    part: PartToAllow
    form: AllowForm | None


def parts_shown(
    found: Proposal, book: Book, visit: Visit, *, sent: AllowForm | None = None
) -> list[ShownPart]:
    """Return the people who need permission; `sent`: the form that was sent for one of them, with its
    errors."""
    return [
        ShownPart(part, _form(found, part.person, book, on=visit.on, by=visit.person, sent=sent))
        for part in proposals.people_to_allow(found, book, on=visit.on)
    ]


def _form(
    found: Proposal, person: Person, book: Book, *, on: date, by: Person, sent: AllowForm | None
) -> AllowForm | None:
    try:
        check_may_allow(by, found, person, book, on=on)
    except (NotAllowed, NotNow):
        return None
    prefix = f"person-{person.pk}"
    return sent if sent is not None and sent.prefix == prefix else AllowForm(prefix=prefix)


STATUS: dict[str, tuple[str | Promise, str]] = {
    "done": (_("Completed"), "plain"),
    "started": (_("In progress"), "wait"),
    "new": (_("Not started"), "info"),
    "optional": (_("Optional"), ""),
}
"""Progress of a page: the word and the colour of its tag."""
WHOLE_FORM = "filled_form"
"""What a rule waits for while anything on the form is missing."""
_FIRST_INPUT = {"groups": "_1", "choice": "_1", "yes_no": "_1"}
_OWN_FIRST_INPUT = {"kind": "_1", "pupils_in_audience": "_1"}


@dataclass(frozen=True)
class Missing:
    """A question without its answer, and the id of its first input."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Task:
    """One page of the form in the list. `quoted`: its title is the policy's own heading, in English."""

    key: str
    title: str
    quoted: bool
    status: str | Promise
    kind: str
    missing: Sequence[Missing]
    untouched: bool = False
    """Nothing on this page is answered yet."""

    @property
    def done(self) -> bool:
        """Return whether nothing is left to answer there."""
        return not self.missing


def title_of(page: FormPage, book: Book) -> tuple[str, bool]:
    """Return the title of a page, and whether it is the policy's own heading in English."""
    if page.key == OWN_PAGE:
        return gettext("Account"), False
    if page.key == WEIGHED_PAGE:
        return gettext("What you compared it with"), False
    if paper_of(book) is None and sum(bool(each.sections) for each in form_pages(book)) == 1:
        return gettext("What the policy asks"), False
    printed = page.sections[0].printed
    titles = [section.title if printed else gettext(section.title) for section in page.sections]
    if len(titles) == 1:
        return titles[0], printed
    if printed:  # several headings of the policy are no title
        several = [
            each.key for each in form_pages(book) if len(each.sections) > 1 and each.sections[0].printed
        ]
        more = gettext("What else the policy asks")
        return f"{more} ({several.index(page.key) + 1})" if len(several) > 1 else more, False
    first, *others = titles
    for other in others:
        first = gettext("{first} and {second}").format(first=first, second=other[:1].lower() + other[1:])
    return first, False


def tasks_of(proposal: Proposal, book: Book, decision: Decision) -> list[Task]:
    """The pages that ask something of this proposal, each with its status."""
    needed = needed_by(decision)
    found = []
    for page in asked_pages(book, proposal.answers):
        missing = missing_on(page, proposal, needed)
        progress = progress_of(page, proposal, book, missing)
        status, kind = STATUS[progress]
        title, quoted = title_of(page, book)
        named = _named(page, missing)
        found.append(Task(page.key, title, quoted, status, kind, named, progress == "new"))
    return found


def folded_sections(proposal: Proposal, book: Book) -> list[ShownSection]:
    """Return the proposal's content by the pages of its form; unanswered questions are left out."""
    rows = rows_by_page(proposal, book)
    found = []
    for page in form_pages(book):
        here = [row for row in rows[page.key] if row.words != NOTHING]
        if here:
            found.append(ShownSection(*title_of(page, book), here))
    return found


def rest_of(decision: Decision, tasks: Iterable[Task], shown: ShownVerdict) -> ShownVerdict:
    """Return what the policy says besides what the task list already names."""
    linked = {one.anchor for task in tasks for one in task.missing}
    if linked & set(_anchors("pupils_in_audience")):
        linked |= set(_anchors("youngest_pupil"))
    needs = [
        wording.need_in_words(need.what, need.source, unknown=finding.message == UNKNOWN)
        for finding in decision.findings
        if finding.overridden_by is None
        for need in finding.needs
        if not linked & set(_anchors(need.what)) and not (linked and need.what == WHOLE_FORM)
    ]
    left = set(needs)
    return replace(
        shown,
        needs=[need for need in shown.needs if need in left],
        points=[point for point in shown.points if not point.needs or left & set(point.needs)],
        waiting=[point for point in shown.waiting if left & set(point.needs)],
    )


def _named(page: FormPage, keys: Collection[str]) -> list[Missing]:
    if page.key == OWN_PAGE:
        return [Missing(str(OWN_LABELS[key]), f"id_{key}{_OWN_FIRST_INPUT.get(key, '')}") for key in keys]
    points = {point.key: point for point in page.points}
    return [Missing(gettext(points[key].label), _anchor(points[key])) for key in keys]


def _anchor(point: FormPoint) -> str:
    return f"id_{POINT}{point.key}{_FIRST_INPUT.get(point.type, '')}"


def _anchors(key: str) -> list[str]:
    if key in {*NEEDED_OF_ANY, *OWN_ASKED}:
        return [f"id_{key}{_OWN_FIRST_INPUT.get(key, '')}"]
    return [f"id_{POINT}{key}{end}" for end in ("", "_0", "_1")]


TAGS = {
    "draft": "",
    "submitted": "wait",
    "approved": "good",
    "noted": "good",
    "refused": "no",
    "withdrawn": "",
}
TALKED = {
    "audience": _("who it is for"),
    "contributors": _("who may take part"),
    "purpose": _("what it is for"),
    "content": _("what will be posted on it"),
}


def context_of(found: Proposal, visit: Visit) -> dict[str, Any]:
    """Everything that the page of a proposal, and those of its signing and deciding, show."""
    policy = in_force(visit.on)
    book = policy.book
    waiting, draft = found.state == ProposalState.SUBMITTED, found.state == ProposalState.DRAFT
    mine = found.by_id == visit.person.pk
    ladder = proposals.ladder(found, book, on=visit.on)
    signed = shown_steps(found, book)
    return {
        "visit": visit,
        "proposal": found,
        "network": network_in_words(found),
        "tag": TAGS[found.state],
        "paper": paper_of(book),
        "sections": [] if draft else folded_sections(found, book),
        "steps": signed,
        "way": shown_way(signed, ladder),
        "ladder": shown_ladder(ladder) if draft or waiting else None,
        "seen": shown_digest(found),
        "owed": _owed(found, visit) if waiting else None,
        "waited": days_between(local_day(found.submitted_at), visit.on) if found.submitted_at else 0,
        "first_try": first_try(found, book),
        "back": _sent_back(found) if mine and waiting else None,
        "may_edit": mine and draft,
        "may_change": mine and waiting,
        "may_try_again": mine and found.state == ProposalState.REFUSED and found.destroyed_at is None,
        "may_withdraw": mine and (waiting or draft),
        "may_sign": waiting and bool(steps(book)) and can_sign(visit.person, found, book, visit),
        "may_decide": waiting and can(proposals.check_may_decide, visit.person, found, book, on=visit.on),
        "may_talk": waiting
        and _asks_for_talks(book)
        and can(proposals.check_may_talk_over, visit.person, found, on=visit.on),
        "parts": [] if draft else parts_shown(found, book, visit),
        "subjects": [(key, TALKED[key]) for key in SUBJECTS],
        "sees_decision": sees_decision(visit.person, found.decision_id, on=visit.on),
        "deciders": deciders(book),
        "unruled": wording.clauses_to_read(
            may_ask_for_approval(book), federation=book.meta.federation, quote=wording.quote_from(book)
        ),
        "notice_to": notice_to(book),
        "permission_givers": sorted(set(permission_givers(book).values())),
        "account": getattr(found, "account", None),
        **(_of_a_draft(found, policy, visit) if draft else {"verdict": _verdict(found, policy, visit)}),
    }


def _of_a_draft(found: Proposal, policy: PolicyInForce, visit: Visit) -> dict[str, Any]:
    """The pages of the form with their progress, and the first that is not completed."""
    decision = verdict("account.propose", propose_facts(found, policy, at=visit.at), on=visit.on)
    tasks = tasks_of(found, policy.book, decision)
    finished = [task for task in tasks if task.done]
    return {
        "tasks": tasks,
        "finished": len(finished),
        "next": next((task.key for task in tasks if not task.done), "") if finished else tasks[0].key,
    }


def network_in_words(found: Proposal) -> str:
    """Return the network's name; empty where none is chosen."""
    network = all_capabilities().get(found.network)
    return network.name if network else ""


def first_try(found: Proposal, book: Book) -> list[ShownDifference] | None:
    """Return what differs from the refused proposal that this one was based on; None for a first proposal."""
    if found.second_try_of is None or found.second_try_of.destroyed_at or found.destroyed_at:
        return None
    before, after = said_of(found.second_try_of), said_of(found)
    return shown_differences(differences(before, after), book, before, after)


def _sent_back(found: Proposal) -> SentBack | None:
    """Why it came back unsigned, until the applicant has changed it."""
    last: SentBack | None = next(iter(found.sent_back.all()), None)
    if last is None or found.editions.filter(at__gt=last.at).exists():
        return None
    return last


def can_sign(person: Person, found: Proposal, book: Book, visit: Visit) -> bool:
    """Return whether a part of the form before the last one is this person's to sign."""
    try:
        step, role = proposals.part_to_sign(person, found, book, on=visit.on)
        proposals.check_signs_as(person, found, book, role, on=visit.on)
    except (NotAllowed, NotNow):
        return False
    return step < len(steps(book))


def _verdict(found: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about an approval while the proposal waits for one; otherwise None."""
    if found.state != ProposalState.SUBMITTED or not deciders(policy.book):
        return None
    answer = verdict("account.decide", _facts_of_a_yes(found, policy, visit), on=visit.on)
    return wording.verdict(answer, at=visit.at)


def idea_of(found: Proposal, policy: PolicyInForce, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about the idea itself; None if nothing."""
    answer = verdict("account.considered", considered_facts(found, policy, at=visit.at), on=visit.on)
    return wording.verdict(answer, at=visit.at) if answer.findings else None


def _owed(found: Proposal, visit: Visit) -> ShownVerdict | None:
    """Return what the policy says about the wait; None if nothing."""
    answer = verdict("account.awaits", awaits_facts(found, at=visit.at), on=visit.on)
    return wording.verdict(answer, at=visit.at) if answer.findings else None


def _facts_of_a_yes(found: Proposal, policy: PolicyInForce, visit: Visit) -> AccountDecide:
    """Return facts of a yes by the person who reads this page, if they may decide; otherwise by the first
    person allowed to by the policy, so that the page never asks who decides. Where no one is left, name no
    decider."""
    rungs = proposals.ladder(found, policy.book, on=visit.on).rungs
    able = (each for rung in rungs if rung.role in deciders(policy.book) for each in rung.able)
    for person in (visit.person, *able):
        try:
            role = proposals.check_may_decide(person, found, policy.book, on=visit.on)
        except NotAllowed:
            continue
        return decide_facts(
            found, policy, by=person, act="approve", acting_role=role, seen=shown_digest(found),
            reason_is_strong=None, at=visit.at,
        )  # fmt: skip
    return ask_about_deciding(found, policy, at=visit.at)


def _asks_for_talks(book: Book) -> bool:
    return bool(book.at("account.decide", "talked_over"))
