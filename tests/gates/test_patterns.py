"""No regular expression of the program takes more than linear time over what people and networks write.

Each is tried with texts that its own parts say are worst (`tests.pumping`). What is measured is processor
time, and only how it grows. What was tried before is tried again
only by `make storm` (`tests.gates.tried`).
"""

import re
from collections.abc import Callable

import pytest

from schoolgate.accounts.addresses import SHOWS
from schoolgate.core.models import OF_WALES
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.policy.importing import proposing, roles
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.model import Choice, Several
from schoolgate.rulebook.ready.taking import OF_THE_WHOLE
from schoolgate.triage.lists import LISTED, _packaged
from tests.gates.files import ROOT, expect_none, expect_only, name_of, own_files, text_of
from tests.gates.tried import LIST, PYTHON, digest, is_of_this_python, note, tried
from tests.own_patterns import Own, own_patterns
from tests.pace import LONG
from tests.pumping import slowest

pytestmark = pytest.mark.slow
NEW_AT_MOST = 60
"""Patterns that aren't on the list of what was tried: more take too long each time."""
LONG_PATTERN = 100
"""Characters: half of those above it take more than half a millisecond to compile, 5 of the 312 below it."""
WORDS = r"(?<!\w)Word\s+Word\s+Other(?!\w)"


def _files_of_archives() -> list[str]:
    texts = [text_of(path) for path in own_files("schoolgate/networks/archives/*.py")]
    found = [each for text in texts for each in re.findall(r'r"(\(\?:\.\*/\)\?[^"\n]{1,200})"', text)]
    assert len(found) > 5
    return [each.replace("{ending}", "json") for each in found]


def _hints() -> list[str]:
    fields = (one for each in ready_rules().values() for one in each.fields.values())
    return [words for one in fields if isinstance(one, Choice | Several) for words in one.hints.values()]


def _phrases() -> list[str]:
    every = [each.written for lane in LISTED for each in _packaged(lane).every]
    assert len(every) > 100
    most = max(every, key=lambda shape: shape.count("{0,"))
    return [most, max(every, key=len), max(every, key=lambda shape: shape.count("*"))]


MADE: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "schoolgate.accounts.addresses: SHOWS[network]": ("match", lambda: [*SHOWS.values()]),
    "schoolgate.core.backups.federation: b'\"federation\": %d[,}]' % owner": (
        "search", lambda: ['"federation": 12[,}]'],
    ),
    "schoolgate.core.models: england": ("sub", lambda: [each.pattern for each, _wales in OF_WALES]),
    "schoolgate.networks.archives.files: pattern": ("fullmatch", _files_of_archives),
    "schoolgate.networks.capabilities: self.post_address": (
        "fullmatch", lambda: [each.post_address for each in all_capabilities().values() if each.post_address],
    ),
    "schoolgate.patterns: self.pattern": ("search", list),  # each is found where it's passed to lazy_pattern
    "schoolgate.policy.importing.roles: '|'.join((f'(?P<rWord>\\\\b(?:Word)\\\\b)' for number, how in "
    "enumerate((*_OFFICES.values(), *_GROUPS.values()))))": ("finditer", lambda: [roles._NAMED.pattern]),
    "schoolgate.policy.importing.proposing: \"^(?:['’]r | i['’]r | i | y | yr | )?(?:holl |bob |pob |unrhyw |"
    "ein |y |yr |rai ){0,3}(?:\" + '|'.join((f'(?P<rWord>(?:Word))' for number, how in "
    "enumerate(_ROLES.values()))) + ')\\\\b'": (
        "match", lambda: [proposing._WHO.pattern],
    ),
    "schoolgate.publishing.reviewing: '\\\\s+'.join((re.escape(each) for each in words))": (
        "search", lambda: [WORDS],
    ),
    "schoolgate.rights.finding: '(?<!\\\\w)' + '\\\\s+'.join(parts) + '(?!\\\\w)'": (
        "finditer", lambda: [WORDS],
    ),
    "schoolgate.rulebook.ready.held: ready.holds": (
        "sub", lambda: [each.holds for each in ready_rules().values() if each.holds],
    ),
    "schoolgate.rulebook.ready.matching: ready.never": (
        "search", lambda: [each.never for each in ready_rules().values() if each.never],
    ),
    "schoolgate.rulebook.ready.taking: words": (
        "search", lambda: [one for one in _hints() if one.startswith(OF_THE_WHOLE)],
    ),
    "schoolgate.rulebook.ready.taking: amount": ("finditer", lambda: [r"\b(one|two|\d{1,3}) (?:hours?)\b"]),
    "schoolgate.screening.naming: f'(?<!\\\\w)Word(?!\\\\w)'": ("search", lambda: [WORDS]),
    "schoolgate.triage.phrases: written": ("match", _phrases),
    "schoolgate.triage.reading: re.escape(word).replace('\\\\*', '[a-z]')": (
        "fullmatch", lambda: ["w[a-z][a-z]d"],
    ),
}  # fmt: skip
"""Where a pattern is made while the program runs: how it is used, and such patterns."""

BOUND = (
    "Bound what it repeats ({0,300}), let it keep what it took (++), or let it start only where a run begins."
)


@pytest.fixture(scope="module")
def found():
    return own_patterns(ROOT, own_files("schoolgate/*.py"))


def test_every_pattern_that_is_made_while_the_program_runs_is_known(found):
    _own, unknown = found
    expect_only(
        MADE,
        [each.where for each in unknown],
        "Name it in MADE here, with how it's used and patterns as it makes them.",
        listed="MADE here",
    )


def test_patterns_are_compiled_by_the_standard_library_alone_and_by_its_name():
    other = re.compile(
        r"^\s*(?:from re import|import (?:re as|regex|re2)\b|from (?:regex|re2) import)", re.MULTILINE
    )
    expect_none(
        [name_of(path) for path in own_files("schoolgate/*.py") if other.search(text_of(path))],
        "Write `import re`: these tests find a pattern by that name.",
    )


def test_long_patterns_are_compiled_when_they_are_first_used(found):
    """All that were compiled as the program was read took an eighth of each start."""
    own, _unknown = found
    assert sum(each.when == "use" for each in own) > 200
    expect_none(
        [each.name for each in own if each.when == "start" and len(each.pattern.pattern) > LONG_PATTERN],
        "Write lazy_pattern(...) instead of re.compile(...) (schoolgate/patterns.py).",
    )


def test_no_pattern_has_a_pair_of_numbers_where_it_should_count(found):
    """`{1,5}` in an f-string is the pair (1, 5), and the pattern looks for that."""
    own, _unknown = found
    wrong = [each.name for each in own if re.search(r"\(\d+, \d*\)", str(each.pattern.pattern))]
    expect_none(wrong, "Double the braces of how often something may come: {{1,5}}.")


def test_no_pattern_takes_more_than_linear_time(found):
    own, _unknown = found
    made = [Own(name, re.compile(text), {how}) for name, (how, texts) in MADE.items() for text in texts()]
    assert len(own) > 250
    every, known = [*own, *made], set() if LONG else tried()
    new = [each for each in every if digest(each) not in known]
    slow = {each.name: bad for each in new if (bad := slowest(each.pattern, each.methods))}
    expect_none(slow, BOUND)
    if LONG:
        note(every)
    assert len(new) <= NEW_AT_MOST or LONG or not is_of_this_python(), (
        f"SCHOOLGATE_TEST_STORM=1 pytest {__name__} tries all again and writes {LIST.name}: commit that"
    )


def test_only_a_pattern_that_was_tried_as_it_is_counts_as_tried(tmp_path):
    was = Own("schoolgate.core.days:12 DAY", re.compile(r"a+b"), {"match"})
    note([was], tmp_path / "list")
    assert (tmp_path / "list").read_text() == f"{PYTHON}\n{digest(was)} schoolgate.core.days DAY\n"
    assert is_of_this_python(tmp_path / "list")
    assert tried(tmp_path / "list") == {digest(was)}
    assert digest(Own("elsewhere", re.compile(r"a+b"), {"match"})) == digest(was)
    others = (
        (re.compile(r"a+c"), {"match"}),
        (re.compile(rb"a+b"), {"match"}),
        (re.compile(r"a+b", re.IGNORECASE), {"match"}),
        (re.compile(r"a+b"), {"match", "search"}),
    )
    assert digest(was) not in {digest(Own(was.name, *other)) for other in others}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(a+)+$", "match"),
        (r"(?:fwd?|fw)*:", "match"),
        (r"\s*-->", "search"),
        (r"\s+$", "search"),
        (r"<v[^>]*>", "finditer"),
        (r"\d+:\d\d", "search"),
        (r"[.!?]+(?:\s|$)", "split"),
        (r"^(.*?)\s*#*\s*$", "match"),
        (r"x\s*,?\s*y", "match"),
        (r"\w+@\w+\.example", "search"),
        (r"(?:\.\s?){4,}\s*\d", "search"),
        (rb"\xff+[^\xff]", "search"),
    ],
)
def test_a_pattern_that_takes_more_than_linear_time_is_found(pattern, method):
    assert slowest(re.compile(pattern), {method}) is not None


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s{0,9}-->", "search"),
        (r"\s+x", "match"),
        (r"(?<![.!?])[.!?]++(?:\s|$)", "split"),
        (r"<v[^<>]{0,300}>", "finditer"),
        (r"(?<!\d)\d{1,6}:\d\d", "search"),
        (r"[^\W_]+(?:'[^\W_]+)*", "findall"),
    ],
)
def test_a_pattern_that_takes_linear_time_is_not(pattern, method):
    assert slowest(re.compile(pattern), {method}) is None
