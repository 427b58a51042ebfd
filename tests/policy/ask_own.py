"""Brings a school's own policy in by the actions that the pages call, as a careful person would, and asks
everyday questions of it: which answers are right, which are to be read first though a rule says them, which
are wrong or dangerous, and what can't be asked.

    ASK_OWN=POLICY.docx:QUESTIONS.tsv:CASES.yaml python -m pytest -q -s tests/policy/ask_own.py

QUESTIONS: number, question, the right answer in words and its clause, with tabs between. CASES, `filled`:
what a person fills in where the words of a clause leave a field open, by the clause's number, or by words
of it where it has none, and the ready rule; `besides`: ready rules that they set on a clause's page though
more of it is left to read. `asks`, by
the number of the question: which question of *May I ...?* they choose (`entry`; none where none fits),
which answers are right (`right`), what they answer to what it asks (`say`, by path, as an address has it),
and whether a parent asks (`parent`). What isn't there they don't know. What the policy says in so many words
stands above all questions, so it's the answer: right by its clause and by what it comes to; where only what
it comes to is another than they were after, they go on to the question.

It's no test: the documents are other people's."""

import csv
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries
from schoolgate.policy.adopting import adopt_first, adopt_version
from schoolgate.policy.advising import advise, entries, entry_for
from schoolgate.policy.imports import (
    Pick,
    _offer,
    clause_of_pick,
    found_in,
    may_ask_nothing,
    pick_sentences,
    picks_of,
    ready_offers,
    sentences_of,
    start_policy_import,
    take_picked,
    with_their_roles,
)
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.own_policy import say_in_full
from schoolgate.policy.readings import save_draft, sign_draft, try_draft
from schoolgate.policy.setting_ready import keep_ready_rule
from schoolgate.policy.writing import named_in, writing
from schoolgate.rulebook.adviser import NOT_KNOWN
from schoolgate.rulebook.adviser.asking import written
from schoolgate.rulebook.adviser.clause_words import PARENTS, STAFF
from schoolgate.rulebook.adviser.fitting import clauses_fitting, fitting_at, says_nothing
from schoolgate.rulebook.adviser.plainly import said_plainly
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.clauses import PRINTED_NUMBER
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.bound import called_staff
from schoolgate.rulebook.ready.matching import may_say, nearest
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.yaml_text import plain
from schoolgate.web.policy.asking.wording import found_by
from tests.cast import someone

ASKED = "ASK_OWN"
PERMITTING = frozenset({Answer.ALLOWED, Answer.DONE, Answer.MET, Answer.ALLOWED_IF})
MOST_ASKED = 12
STATED = {"steps": [{"step": "adopted", "roles": ["headteacher"], "on": "2026-09-01", "signed": None}]}
TERMS = ((date(2026, 9, 2), date(2026, 12, 18)), (date(2027, 1, 5), date(2027, 3, 25)))
VERDICTS = RIGHT, READ, SAID, NOTHING, WRONG, DANGEROUS, NOT_ASKED = (
    "right", "right, read first", "read first though a rule may say it", "read first though nothing says it",
    "wrong", "dangerous", "can't be asked",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """How a question came out. `first`: the numbers of the clauses shown first, `decides`: of those that say
    it."""

    verdict: str
    found: str
    answer: str
    first: list[str]
    decides: list[str]


def test_asked(make_federation, at, capsys):
    document, questions, cases = map(Path, os.environ[ASKED].split(os.pathsep))
    with scope(make_federation("oakhill", BLANK).pk), capsys.disabled():
        came = came_out(document, questions, cases, at)
        for verdict in VERDICTS:
            those = [number for number, told in came.items() if told.verdict == verdict]
            print(f"{verdict}: {len(those)} {' '.join(those)}")


def came_out(document, questions, cases, at):
    """Return how each question came out, by its number, in a federation that has no policy yet."""
    said = plain(cases.read_bytes(), cases.name, words=True)
    lines = questions.read_text("utf-8").splitlines()
    rows = [*csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    school = School.objects.create(name="Oakhill School", slug="oakhill-school")
    for place, (first, last) in enumerate(TERMS):
        Term.objects.create(school=school, name=f"Term {place}", first_day=first, last_day=last)
    owner = someone("Ben Carter", "headteacher")
    adopt_first(by=owner, at=at, adopted_on=at.date())
    current_scope().memo.clear()
    brought_in(owner, at, document, said)
    roles = {one.key for one in queries.in_force(at.date()).book.roles}
    teacher = someone("Tess Teacher", *({"staff"} & roles))
    came = {}
    for number, asks, right, clause in rows:
        came[number] = told = asked(teacher, at, asks, clause, said["asks"].get(int(number), {}))
        print(f"{told.verdict.upper():34} {number}. {asks}\n    {right} [{clause}]")
        print(f"    {told.found} -> {told.answer}; first {told.first}, decides {told.decides}")
    return came


def brought_in(owner, at, document, said):
    """Bring the document in, set its rules, and put it in force."""
    start_policy_import(by=owner, at=at, found=found_in(document.read_bytes(), document.name))
    now = writing(at.date())
    read = sentences_of(PolicyImport.objects.get(), now.text)
    picks = {}
    for place, one in enumerate(read, start=1):
        if one.why_not:
            picks[place] = Pick("leave")
            continue
        filled = said_of(said, "filled", one.number, one.says)
        picks[place] = Pick("take", aside=may_ask_nothing(one, Pick("take")))
        for offer in ready_offers(now, one, Pick("take")):
            given = filled.get(offer.ready.key, {})
            clause = clause_of_pick(now.text, one, Pick("take"), "new-clause")
            if _offer(with_their_roles(now, [one]), clause, offer.ready, given).whole:
                picks[place] = Pick("take", ready=offer.ready.key, values=given)
                break
        said_of_it = picks[place].ready or ("asks nothing" if picks[place].aside else "-")
        print(f"{one.number:5} {said_of_it:22} {one.says[:90]}")
    pick_sentences(by=owner, at=at, picks=picks)
    version, _count = take_picked(by=owner, at=at, seen=now.seen)
    row = PolicyImport.objects.get()
    for place, pick in picks_of(row).items():
        one = read[place - 1]
        if not pick.clause:
            continue  # it was left out
        for key in said_of(said, "besides", one.number, one.says):
            beside(owner, at, pick.clause, key, said)
        ticked(owner, at, pick.clause, said.get("whole", ()))
    current_scope().memo.clear()
    adopt_version(by=owner, at=at, version=version, adopted_on=at.date(), stated=STATED)
    current_scope().memo.clear()
    draft = writing(at.date()).draft
    draft = save_draft(
        by=owner, at=at, draft=draft, edition=draft.edition, changes=draft.changes, because="As agreed."
    )
    draft = try_draft(by=owner, at=at, draft=draft, edition=draft.edition)
    sign_draft(by=owner, at=at, draft=draft, edition=draft.edition)
    current_scope().memo.clear()


def said_of(said, what, number, says):
    """Return what a person sets of a sentence: by the number of its clause, or by words of it."""
    found = said.get(what, {})
    return found.get(number) or next((one for key, one in found.items() if key in says), {})


def ticked(owner, at, clause, whole):
    """Tick on the page of a clause which more of its sentences its rules say in full."""
    now = writing(at.date()).about(clause)
    if clause not in now.pack.clauses or not now.rules(clause):
        return
    before = {words for one in now.rules(clause) for words in one.get("in_full", ())}
    sentences = now.pack.clauses[clause].sentences
    full = [
        place for place, one in enumerate(sentences, start=1) if one in before or one.startswith(tuple(whole))
    ]
    if len(full) > len(before):
        say_in_full(by=owner, at=at, clause=clause, sentences=full, edition=now.edition)


def beside(owner, at, clause, key, said):
    """Set a ready rule on the page of a clause whose words say it, and say if that can't be done."""
    now, ready = writing(at.date()).about(clause), ready_rules()[key]
    words = now.pack.clauses[clause]
    named = named_in(now.pack, words.says)
    if not may_say(words.says, [ready], words.section):
        return
    staff = called_staff(one.says for one in now.pack.clauses.values())
    numbers, roles = named.get("numbers", ()), named.get("roles", ())
    values = taken_from(ready, words.says, numbers, roles, now.pack.role_words, staff=staff)
    given = said_of(said, "filled", words.parameters.get(PRINTED_NUMBER, ""), words.says).get(key, {})
    begun = {name: ready.defaults[name] if one is None else one for name, one in values.items()}
    values = {name: given.get(name, one) for name, one in begun.items()}
    try:
        keep_ready_rule(
            by=owner, at=at, key=key, values=values, clause=clause, edition=now.edition, seen=now.seen,
            new_roles=[values[name] for name in ready.roles if given.get(name)],
        )  # fmt: skip
    except Exception as refused:  # noqa: BLE001 - what is refused is printed, as the page would show it
        print(f"      {key} refused: {values} {named} {getattr(refused, 'fields', refused)}")


def asked(teacher, at, asks, clause, case):
    """Type the question, choose the one that fits, answer what it asks, and read the answer."""
    book = queries.in_force(at.date()).book
    numbers = {one.id: one.parameters.get(PRINTED_NUMBER, one.id) for one in book.clauses.values()}
    wanted = {one.strip() for one in clause.split(",")} - {"-"}
    shown = found_by(asks, entries(), public=False)
    asker = PARENTS if case.get("parent") else STAFF
    first = [numbers[one] for one in clauses_fitting(book, asks, asker)]
    danger = " DANGER" if shown["urgent"] else ""
    keys = [one.key for one in shown["found"]]
    right = {Answer(one) for one in case.get("right", ())}
    plainly = None if shown["urgent"] else said_plainly(book, asks, asker)
    if plainly and (verdict := in_so_many_words(plainly, numbers, wanted, right)):
        said = [numbers[one] for one in (plainly.clause, *plainly.beside) if one]
        return Told(verdict, f"{keys[:4]} in so many words", str(plainly.answer), said, [])
    listed = {one.key for one in entries()}
    chosen = next((one for one in [case.get("entry", "")] if one in listed), "")
    if not chosen:
        found = f"{keys[:4]}{danger}"
        if Answer.SILENT in right and says_nothing(book, asks):
            return Told(RIGHT, found, "says nothing", first, [])
        leads = first[:1] and first[0] in wanted
        return Told(READ if leads else NOT_ASKED, found, "clauses alone", first, [])
    advised = walked(
        teacher, at, chosen, fitting_at(book, asks, entry_for(chosen).situation, asker), case.get("say", {})
    )
    answer = answer_of(advised.decision)
    lead = [numbers[one] for one in (*advised.decision.first, *advised.decision.unread)][:3]
    decides = [numbers[one] for one in advised.decision.clauses if one in numbers]
    place = f"{keys.index(chosen) + 1} of {len(keys)}" if chosen in keys else "by subject"
    found = f"{chosen} ({place}) {dict(advised.answers)}{danger}"
    if answer is Answer.READ_FIRST and Answer.READ_FIRST not in right:
        saying = [
            one
            for one in book.clauses.values()
            if numbers[one.id] in wanted and nearest(one.says, one.section)
        ]
        leads = {*lead[:1], *first[:1]} & wanted
        verdict = NOTHING if not wanted else WRONG if not leads else SAID if saying else READ
    elif _is_right(answer, right, wanted & {*decides, *lead, *first[:2]} or not wanted) or (
        case.get("unless") and advised.decision.excepted
    ):
        verdict = RIGHT
    else:
        verdict = DANGEROUS if answer in PERMITTING else WRONG
    return Told(verdict, found, str(answer), lead or first, decides)


def in_so_many_words(plainly, numbers, wanted, right):
    """Return how it is where the policy says it in so many words; None where that isn't what they were after.
    What the policy says is right where it permits, advises against or explains it; that it has nothing is
    dangerous where it has."""
    if plainly.answer is Answer.SILENT:
        return RIGHT if Answer.SILENT in right else DANGEROUS
    if numbers[plainly.clause] not in wanted:
        bans = {Answer.NOT_ALLOWED, Answer.NOT_YET}
        return DANGEROUS if plainly.answer is Answer.SAYS and right and right <= bans else WRONG
    quoted = {Answer.ALLOWED, Answer.ALLOWED_IF, Answer.ADVISED_AGAINST}
    said = plainly.answer in right or (plainly.answer is Answer.SAYS and right & quoted)
    return RIGHT if said else None


def _is_right(answer, right, cited):
    """A permission names no clause that holds it back."""
    return answer in right and (cited or answer in PERMITTING)


def walked(teacher, at, chosen, fitting, say):
    """Answer what a question asks, as the case has it; what it doesn't have isn't known."""
    given: dict[str, list[str]] = {}
    for _try in range(MOST_ASKED):
        advised = advise(entry_for(chosen), given, by=teacher, at=at, fitting=fitting)
        if advised.question is None:
            break
        leaf = advised.question.leaf
        value = say.get(leaf.path, "staff" if leaf.path == "me" else NOT_KNOWN)
        if leaf.path == "me" and value not in leaf.choices:
            value = next((one for one in leaf.choices if one.startswith(str(value))), leaf.choices[0])
        given[leaf.path] = [value if isinstance(value, str) else written(leaf.ask, value)]
    return advised
