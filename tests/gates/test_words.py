"""What no file of the project may contain."""

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator
from pathlib import Path

from tests.gates.files import expect_none, expect_only, lines_of, name_of, nodes_of, own_files, text_of

UNDONE = re.compile(r"\b(TODO|FIXME)\b|NotImplementedError|pytest\.mark\.(skip|skipif|xfail)|pytest\.skip\(")
UNDONE_WORDS = ("TODO", "FIXME", "NotImplementedError", "pytest.mark.", "pytest.skip(")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|home|Users|root)/\w")
PLACES = ("/work/", "/home/", "/Users/", "/root/")
ENVIRONMENT = re.compile(r"environb?|getenv|putenv")
ONLY_READER_OF_THE_ENVIRONMENT = "schoolgate/core/env.py"
THIS = "tests/gates/test_words.py"
STILTED = re.compile(
    r"\b(whoever|whom|somebody|anybody|everybody|nobody|thereof|therein|one's own|small letters|put right"
    r"|says? of|said of|let (in|through)|(becomes?|became|came|comes?) of (it|them|an?|the|one)"
    r"|(for|to|by|unless) who (has|is|may|can|sees|asks|runs|looks|sets|writes|signs|neither|leaves|wants))\b"
)
"""Turns of phrase that no comment needs: name the person or the role, and say what they do."""
QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"")
"""Names of the code, and the words of a page, a policy or a person."""


def lines_with(pattern: re.Pattern[str], words: Collection[str], *patterns: str) -> list[str]:
    """The lines of the files that a pattern finds. `words`: it finds nothing where none of them stands."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in own_files(*patterns)
        if name_of(path) != THIS and path.suffix != ".mo"
        if any(word in text_of(path) for word in words)
        for number, line in enumerate(lines_of(path), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_undone():
    kinds = ("*.py", "*.html", "*.scss", "*.sh", "*.mjs", "Makefile", "scripts/*")
    found = lines_with(UNDONE, UNDONE_WORDS, *kinds)
    expect_none(found, "Do it, or take it out; a test that can't run is deleted, not skipped.")


def test_no_file_names_a_place_of_one_machine():
    kinds = ("*.py", "*.html", "*.md", "*.toml", "*.yaml", "*.sh", "Makefile", "scripts/*")
    expect_none(
        lines_with(MACHINE_PATHS, PLACES, *kinds),
        "Name the place from the root of the repository, or from a home.",
    )


def test_only_one_module_reads_the_environment():
    readers = set()
    for path in own_files("schoolgate/*.py"):
        for node in nodes_of(path) if ENVIRONMENT.search(text_of(path)) else ():
            name = (
                node.attr
                if isinstance(node, ast.Attribute)
                else node.id
                if isinstance(node, ast.Name)
                else ""
            )
            if ENVIRONMENT.fullmatch(name):
                readers.add(name_of(path))
    expect_only(
        [ONLY_READER_OF_THE_ENVIRONMENT],
        readers,
        f"Make it a field of `Env` in {ONLY_READER_OF_THE_ENVIRONMENT} and read it there.",
        listed="this test",
    )


def test_comments_and_docstrings_are_in_plain_words():
    stilted = [
        f"{name_of(path)}:{number}: {found[0]!r} in {text[:80]}"
        for path in own_files("schoolgate/*.py", "scripts/*.py", "bench/*.py")
        if STILTED.search(" ".join(text_of(path).split()))  # few files: reading one's remarks is slow
        for number, text in remarks_in(path)
        for found in STILTED.finditer(QUOTED.sub("", text))
    ]
    expect_none(stilted, "Say it plainly: name the person or the role, and what they do.")


def test_a_stilted_remark_is_found_and_a_name_of_the_code_is_not():
    assert STILTED.search("Return what became of it.")
    assert STILTED.search("Raise NotAllowed for who neither runs it nor oversees.")
    assert not STILTED.search(QUOTED.sub("", "`whom`: the person it is about."))


def remarks_in(path: Path) -> Iterator[tuple[int, str]]:
    """Each comment and each docstring of a file, a field's own among them, with its line."""
    for node in nodes_of(path):
        body = getattr(node, "body", None)
        for each in body if isinstance(body, list) else ():
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                yield each.lineno, " ".join(str(each.value.value).split())
    for token in tokenize.generate_tokens(io.StringIO(text_of(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
