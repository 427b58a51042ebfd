"""What a rehearsal found, in words: as pages translate them, and as the command prints them."""

from collections.abc import Iterator, Mapping, Sequence

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.messages import plain
from schoolgate.rulebook.rehearsal.cases import BY_KEY
from schoolgate.rulebook.rehearsal.findings import What, Wrong
from schoolgate.rulebook.rehearsal.running import Told
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.telling import HEADS, lines_of, when

WORDS: Mapping[What, str] = {
    What.NO_RULES: _("This policy has no rules yet, so nothing was tried. Give its clauses rules first."),
    What.NOT_STOPPED: _("Nothing in this policy stops this: {cases}."),
    What.NO_SUCH_ROLE: _("A step needs “{role}”, but the policy has no such role."),
    What.NO_ROLE_MAY: _("No role may {may}."),
    What.NOT_HELD: _("No one has the role “{role}”, so tasks that need it will never be done."),
    What.NOBODY_MAY: _("No one here may {may}. These roles may: {role}."),
    What.ONE_PERSON: _(
        "Only {people} may {may}, so no one can approve what they write or propose themselves."
    ),
    What.NO_DECIDER: _("This clause leaves something open. The policy names no one who rules on it."),
    What.CLASH: _("These clauses contradict each other, and neither takes precedence."),
    What.NEVER_COUNTS: _("A step of this clause’s rule never applies, because the step above always does."),
    What.READ: _("These clauses have no rule, so people have to read them each time."),
    What.IN_PART: _(
        "Rules may cover only part of these clauses. On a clause’s page, tick "
        "the sentences they cover in full."
    ),
    What.NOT_COVERED: _("The policy says nothing about these cases."),
    What.NOT_MET: _("None of these cases meets the rules of these clauses. Try them with examples."),
}
MAY: Mapping[str, str] = {
    Capacity.OWN_POLICY: _("look after the policy"),
    Capacity.ADMINISTER: _("manage people and settings"),
    Capacity.PROPOSE_ACCOUNT: _("propose an account"),
    Capacity.DECIDE_ACCOUNT: _("decide on accounts"),
    Capacity.OPEN_ACCOUNT: _("open an account"),
    Capacity.WRITE_POST: _("write a post"),
    Capacity.APPROVE_POST: _("approve a post"),
    Capacity.ATTEST_PICTURES: _("check pictures against consents"),
    Capacity.MODERATE: _("deal with comments"),
    Capacity.ANSWER: _("send a reply"),
    Capacity.SECOND_PERSON: _("read a reply before it goes out"),
    Capacity.SEE_INCIDENTS: _("read reports and concerns"),
}


def in_english(wrong: Wrong) -> str:
    """Return one thing that is wrong as an English sentence."""
    return WORDS[wrong.what].format(
        role=wrong.role,
        may=MAY.get(wrong.may, wrong.may),
        people=", ".join(wrong.people),
        cases=", ".join(BY_KEY[one].title for one in wrong.cases),
    )


def lines(book: Book, told: Sequence[Told], wrongs: Sequence[Wrong]) -> list[str]:
    """Return the whole rehearsal as lines of English text: what is wrong, then the stories."""
    covered, read = sum(one.is_covered for one in told), sum(bool(one.decision.unread) for one in told)
    rules = len(book.pack.bindings)
    return [
        f"{book.key}, {rules} rules: {len(told)} cases, {covered} answered, {read} to read",
        *(f"  {line}" for one in wrongs for line in _wrong_lines(one)),
        *(line for one in told for line in _story(one)),
    ]


def _wrong_lines(one: Wrong) -> Iterator[str]:
    yield f"{one.what}: {in_english(one)}"
    if one.clauses:
        yield f"  clauses: {', '.join(one.clauses)}"
    if one.cases and "{cases}" not in WORDS[one.what]:
        yield f"  in: {', '.join(BY_KEY[case].title for case in one.cases)}"


def _story(one: Told) -> Iterator[str]:
    yield ""
    yield one.case.title
    yield f"  {one.case.story}"
    yield f"  -> {HEADS[one.answer]}"
    for line in lines_of(one.decision):
        if line.overridden_by is None and (line.message or line.needs):
            needs = f" Needed: {'; '.join(line.needs)}" if line.needs else ""
            yield f"     {line.message}{needs} ({', '.join(line.clauses)})"
    for duty in one.decision.duties:
        yield f"     {plain(duty.who)}: {plain(duty.what)}, {when(duty.due)} ({', '.join(duty.clauses)})"
    if one.decision.unread:
        yield f"     read: {', '.join(one.decision.unread)}"
