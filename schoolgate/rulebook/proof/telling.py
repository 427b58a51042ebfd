"""What was proven, in sentences: the case as a story, what the policy answers, and its clauses."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.messages import CHOICES, plain
from schoolgate.rulebook.proof.searching import Found, Proof, QuestionAnswered
from schoolgate.rulebook.proof.solving import Answered
from schoolgate.rulebook.proof.vocabulary import CALENDAR, label_of
from schoolgate.rulebook.sentences.words import BOUNDS, PROOFS
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.telling import headline, lines_of

LINES = 4
"""How many lines of a decision are told."""
INDENT = "    "


def story(facts: Facts, say: Callable[[str], str] = str) -> list[str]:
    """Return what is the case, one fact a line: only what is stated. `say`: the words in another language."""
    return list(_said(facts, "", say)) or [say("nothing is known")]


def _said(part: Part, before: str, say: Callable[[str], str]) -> Iterator[str]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or value == field.get_default() or value == CALENDAR:
            continue
        label = before + say(label_of(name, field))
        if isinstance(value, Part):
            yield from _said(value, f"{label}, ", say) if stated(value) else (label,)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            for place, one in enumerate(value):
                yield from _said(one, f"{label} {place + 1}, ", say)
        else:
            yield f"{label}: {_word(value, say)}"


def stated(part: Part) -> bool:
    """Whether something is stated in a part."""
    return any(True for _ in _said(part, "", str))


def _word(value: Any, say: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, tuple):
        return ", ".join(_word(one, say) for one in value) or say("none")
    if isinstance(value, datetime | date):
        return plain(value)
    return say(CHOICES.get(str(value), str(value)))


def case_lines(facts: Facts, decision: Decision) -> list[str]:
    """Return the case and the answer to it, with the clauses."""
    told = [f"{INDENT}{line}" for line in story(facts)]
    told.append(f"{INDENT}-> {headline(decision)}")
    lines = [one for one in lines_of(decision) if one.message][:LINES]
    return [*told, *(f"{INDENT}   {one.message} ({', '.join(one.clauses)})" for one in lines)]


def in_words(found: Found) -> str:
    """Return what was found as one sentence."""
    return PROOFS[found.what].format(step=(found.step or 0) + 1, facts=", ".join(found.without))


def found_lines(found: Found) -> list[str]:
    """Return one thing that was found."""
    title = SITUATIONS[found.situation].title
    rule = f" [{found.rule.id}]" if found.rule is not None else ""
    clauses = f" ({', '.join(found.clauses)})" if found.clauses else ""
    lines = [f"{found.situation}, {title}: {in_words(found)}{clauses}{rule}"]
    if found.case is not None:
        lines += case_lines(found.case.facts, found.case.decision)
    if found.beside is not None:
        where = PROOFS["without_it"] if found.without else f"{found.beside.policy}:"
        lines.append(f"{INDENT}-> {where} {headline(found.beside)}")
    return lines


def question_lines(answered: QuestionAnswered) -> list[str]:
    """Return a ready question with its answer."""
    return [answered.question.asks, *(f"  {line}" for line in _answer(answered))]


def _answer(answered: QuestionAnswered) -> list[str]:
    allowed, silent = answered.allowed, answered.silent
    if allowed.case is not None:
        return [PROOFS["in_this_case"], *case_lines(allowed.case.facts, allowed.case.decision)]
    if not allowed.is_never:
        return [PROOFS["not_proven"].format(rules=", ".join(allowed.open))]
    if silent.case is not None:
        return [PROOFS["never_but_silent"], *case_lines(silent.case.facts, silent.case.decision)]
    if not silent.is_never:
        return [PROOFS["not_proven"].format(rules=", ".join(silent.open))]
    if answered.may_be_ruled:
        return [PROOFS["never_unless_ruled"].format(clauses=", ".join(answered.may_be_ruled))]
    return [PROOFS["never"]]


def proof_lines(book: Book, proofs: list[Proof], questions: list[QuestionAnswered]) -> list[str]:
    """Return everything that was proven of a policy."""
    rules, left_out = sum(one.rules for one in proofs), [each for one in proofs for each in one.left_out]
    lines = [
        f"{book.key}: {rules} of {rules + len(left_out)} rules worked through in {len(proofs)} situations"
    ]
    lines += [f"  not worked through: {rule}: {why}" for rule, why in left_out]
    lines += [f"  {line}" for line in BOUNDS]
    for answered in questions:
        lines += ["", *question_lines(answered)]
    for one in proofs:
        for found in one.found:
            lines += ["", *found_lines(found)]
    return lines


def to_json(found: Found) -> dict[str, Any]:
    """Return one thing that was found as plain data."""
    data: dict[str, Any] = {"what": str(found.what), "situation": found.situation}
    data |= {"rule": found.rule.id if found.rule is not None else None, "step": found.step}
    data |= {"clauses": list(found.clauses), "without": list(found.without)}
    if found.case is not None:
        data["case"] = _case(found.case.facts, found.case.decision)
    if found.beside is not None:
        data["beside"] = {"policy": found.beside.policy, "outcome": str(found.beside.outcome)}
    return data


def answered_json(answered: Answered) -> dict[str, Any]:
    """Return an answer over all facts as plain data."""
    case = answered.case
    found = {"never": answered.is_never, "not_worked_through": list(answered.open)}
    return found | {"case": _case(case.facts, case.decision) if case is not None else None}


def _case(facts: Facts, decision: Decision) -> Mapping[str, Any]:
    known = facts.model_dump(mode="json", exclude_defaults=True, exclude={"calendar"})
    return {"facts": known, "outcome": str(decision.outcome), "clauses": list(decision.clauses)}
