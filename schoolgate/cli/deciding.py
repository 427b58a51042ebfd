"""`schoolgate situations [KEY]`: what can be asked, with what facts, and on which points it is answered.

`--find WORDS` finds situations by plain words.

`schoolgate decide SITUATION --policy KEY --facts FILE|-`: what a policy answers to a question.
"""

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from schoolgate.core.clock import local_day, now
from schoolgate.core.days import day_in
from schoolgate.core.env import env
from schoolgate.rulebook import (
    SITUATIONS,
    BadFacts,
    Decision,
    RulebookError,
    Situation,
    book,
    decide,
    situation,
)
from schoolgate.rulebook.adviser.everyday import is_everyday
from schoolgate.rulebook.adviser.fitting import asked_in_words, fitting_at
from schoolgate.rulebook.adviser.plainly import SaidPlainly, said_plainly
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import TELLING, check_schools
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.packs import OWN, own_policies_in
from schoolgate.rulebook.rules.offered import Readable, readable
from schoolgate.rulebook.telling import HEADS, told
from schoolgate.rulebook.unread import situations_found
from schoolgate.triage import packaged, tells_now, triage

DANGER = "incident.report"
"""The situation to which words of danger lead first, whatever else they ask."""


def situations_arguments(parser: argparse.ArgumentParser) -> None:
    """One situation or all."""
    parser.add_argument(
        "key", nargs="?", metavar="KEY", help="a situation such as post.publish (default: all of them)"
    )
    parser.add_argument(
        "--find", metavar="WORDS", help='search in plain words, such as "a parent complains in a comment"'
    )
    parser.add_argument(
        "--json", action="store_true", help="print the JSON Schema of the facts, and the points"
    )


def run_situations(options: argparse.Namespace) -> int:
    """Print them; 1 where no situation fits the words, 2 for a situation that does not exist."""
    if options.find is not None:
        return _find(options)
    try:
        asked = [situation(options.key)] if options.key else list(SITUATIONS.values())
    except RulebookError as error:
        print(f"schoolgate situations: {error}", file=sys.stderr)
        return 2
    if options.json:
        found = [one.to_json() for one in asked]
        print(json.dumps(found[0] if options.key else found, indent=2))
    elif options.key:
        print("\n".join(described(asked[0])))
    else:
        for one in asked:
            print(f"{one.key:18} {one.title}")
    return 0


def _find(options: argparse.Namespace) -> int:
    if options.key:
        print("schoolgate situations: give a KEY or --find WORDS, not both", file=sys.stderr)
        return 2
    why = triage(options.find, lists=packaged()).why
    tells = tells_now((one.lane, one.kind) for one in why) and not is_everyday(options.find)
    first = [DANGER] if tells else []
    found = [SITUATIONS[key] for key in dict.fromkeys((*first, *situations_found(options.find)))]
    if options.json:
        print(json.dumps([one.to_json() for one in found], indent=2))
    for one in found if not options.json else ():
        print(f"{one.key:18} {one.title}")
    if not found:
        print(
            "schoolgate situations: nothing matches these words. Leave out --find to list them all",
            file=sys.stderr,
        )
    return 0 if found else 1


def described(one: Situation) -> list[str]:
    """A situation for people: its points by whose rules speak there, and the names of its facts."""
    lines = [f"{one.key}: {one.title}", ""]
    for basis in dict.fromkeys(one.points.values()):
        names = ", ".join(name for name, whose in one.points.items() if whose is basis)
        lines.append(f"points ({basis}): {names}")
    found = list(readable(one.facts))
    lines += [
        "",
        ("facts a rule can read (in brackets, what is asked for and who answers if it isn't known):"),
    ]
    lines += [f"  {fact.path}: {fact.values}{_asked(fact)}" for fact in found if fact.how == "compared"]
    for how, says in OTHERWISE.items():
        names = ", ".join(fact.path for fact in found if fact.how == how)
        lines += ["", says, f"  {names}"] if names else []
    return [*lines, "", "--json prints the JSON Schema of the facts."]


def _asked(fact: Readable) -> str:
    return f" ({fact.ask.need} of {fact.ask.of})" if fact.ask is not None and fact.ask.need else ""


OTHERWISE = {
    "stated": "facts a rule can only check for being stated (stated, stated_as):",
    "no": "facts no rule can read:",
}
"""How a rule reads a fact that it can't compare -> the line above them."""


LARGEST = 10_000_000
AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def decide_arguments(parser: argparse.ArgumentParser) -> None:
    """The question."""
    parser.add_argument("situation", metavar="SITUATION", help="such as post.publish; see `situations`")
    parser.add_argument(
        "--policy", required=True, metavar="KEY", help="such as wildground; see `policy list`"
    )
    parser.add_argument("--facts", required=True, metavar="FILE", help="a JSON file, or - for standard input")
    parser.add_argument(
        "--on", metavar="DATE", help="the date to decide for (default: the date in the facts, or today)"
    )
    parser.add_argument(
        "--asked",
        default="",
        metavar="WORDS",
        help="the question in plain words: what the policy says to them, and the clauses to read first",
    )
    parser.add_argument("--all", action="store_true", help="also show what is met, and all advice")
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")


class NoDay(RulebookError):
    """The day to judge is none."""


def day(text: str | None) -> date | None:
    """A day as 2027-05-05, and in no other way of writing it; None for none. Raises NoDay."""
    try:
        if text is None or AS_WRITTEN.fullmatch(text):
            return None if text is None else day_in(text)
    except ValueError:
        pass  # such as 30 February
    raise NoDay(f"--on: {text!r} is not a date such as 2027-05-05")


def run_decide(options: argparse.Namespace) -> int:
    """Print the decision, whatever its outcome; 2 for a question that cannot be put."""
    own_policies_in(env().home / OWN)
    try:
        on = day(options.on)
        text = facts_text(options.facts)
        decided = answer(options.situation, options.policy, text, on, asked_in=options.asked)
        plainly = in_so_many_words(options.policy, options.asked, options.situation)
    except RulebookError as error:
        print(f"schoolgate decide: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"schoolgate decide: cannot read {options.facts}: {error.strerror}", file=sys.stderr)
        return 2
    if options.json:
        print(
            json.dumps(
                {"answer": str(answer_of(decided)), **plainly_as_json(plainly), **decided.to_json()},
                indent=2,
                ensure_ascii=False,
            )
        )
    else:
        print("\n".join([*plainly_told(plainly), *told(decided, everything=options.all)]))
    return 0


def answer(situation_key: str, policy: str, text: bytes, on: date | None, *, asked_in: str = "") -> Decision:
    """The decision. `asked_in`: the words in which it was asked. Raises RulebookError."""
    asked = situation(situation_key)
    under = book(policy)
    facts = read_facts(asked, plain_json(text))
    check_schools(under, facts)
    decided = decide(under, situation_key, facts, on=on or facts.day or local_day(now()))
    return asked_in_words(under, decided, fitting_at(under, asked_in, situation_key))


def in_so_many_words(policy: str, asked_in: str, situation_key: str) -> SaidPlainly | None:
    """Return what the policy says so to the words in which it was asked; nothing where someone may be in
    danger."""
    return said_plainly(book(policy), asked_in) if asked_in and situation_key != TELLING else None


def plainly_told(said: SaidPlainly | None) -> list[str]:
    """Return this as lines of text."""
    if said is None:
        return []
    if said.answer is Answer.SILENT:
        return ["In so many words: the policy sets no time for this"]
    return [f"In so many words: {HEADS[said.answer]}: {', '.join((said.clause, *said.beside))}"]


def plainly_as_json(said: SaidPlainly | None) -> dict[str, Any]:
    """Return this as a part of the answer; of nothing none."""
    if said is None:
        return {}
    clauses = [one for one in (said.clause, *said.beside) if one]
    return {"plainly": {"answer": str(said.answer), "clauses": clauses}}


def facts_text(name: str) -> bytes:
    """What the file (or standard input) holds. Raises OSError, BadFacts."""
    text = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else Path(name).read_bytes()[: LARGEST + 1]
    if len(text) > LARGEST:
        raise BadFacts("", f"larger than {LARGEST} bytes")
    return text


def plain_json(text: bytes) -> dict[str, Any]:
    """Return the facts as a mapping. Raises BadFacts with the line, also for a duplicate name."""
    try:
        found = json.loads(text, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadFacts):
            raise
        raise BadFacts("", f"not JSON: {' '.join(str(error).split())}") from None
    if not isinstance(found, dict):
        raise BadFacts("", "the facts must be a JSON object")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadFacts("", "a name appears twice")
    return found
