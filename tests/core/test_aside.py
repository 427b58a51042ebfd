"""What reads a file in a process of its own ends with it at each limit, and not before."""

import ast
import re
import sys
import tempfile
from contextlib import nullcontext

import pytest

from schoolgate.core.outside import documents
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.media import proving
from schoolgate.people import sheets
from tests.copied_readers import copies_read
from tests.documents import pdf, word
from tests.gates.files import ROOT, own_files
from tests.media.test_proving import picture_file
from tests.people.workbooks import workbook


@pytest.fixture(params=["started", "copied"])
def reader(tmp_path, request):
    """Makes a reader of a script, whose process is started as the program does it, or copied as in tests."""

    def make(script: str, *, megabytes: int = 200, seconds: int = 5, most: int = 1000) -> Reader:
        path = tmp_path / "script.py"
        path.write_text(script)
        return Reader(path, megabytes=megabytes, seconds=seconds, most=most)

    with copies_read(lambda _script: True) if request.param == "copied" else nullcontext():
        yield make


def test_what_is_read_comes_back(reader):
    script = "import sys; print(sys.stdin.buffer.read()[::-1].decode(), sys.argv[1:])"
    assert reader(script)(b"olleh", 1, 2) == b"hello ['1', '2']\n"


def test_nothing_to_read_is_read(reader):
    assert reader("import sys; assert sys.stdin.buffer.read() == b''")(b"") == b""


def test_it_may_write_as_much_as_the_limit_and_no_more(reader):
    write = "import sys; sys.stdout.buffer.write(bytes({}))"
    assert len(reader(write.format(1000))(b"")) == 1000
    with pytest.raises(GaveUp):
        reader(write.format(1001))(b"")


def test_it_may_take_as_much_memory_as_the_limit_and_no_more(reader):
    take = "found = bytearray({} << 20)"
    assert reader(take.format(100))(b"") == b""
    with pytest.raises(GaveUp):
        reader(take.format(200))(b"")


@pytest.mark.parametrize(
    "script",
    [
        "while True: pass",
        "import time\nwhile True: time.sleep(1)",
        "import os; os.abort()",
        "1 / 0",
        "exit(1)",
    ],
    ids=["busy", "asleep", "crashed", "mistaken", "unwilling"],
)
def test_it_is_given_up_however_it_ends(reader, script):
    with pytest.raises(GaveUp):
        reader(script, seconds=1)(b"")


def test_it_finds_nothing_where_it_was_called_from(reader):
    assert reader("import sys; assert '' not in sys.path and '.' not in sys.path")(b"") == b""


def test_what_it_loads_is_not_compiled_for_others_and_cut_off_at_the_limit(reader, tmp_path):
    (tmp_path / "library.py").write_text("VALUES = (" + "'x', " * 2000 + ")")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import library; print(len(library.VALUES))"
    assert reader(script)(b"") == b"2000\n"
    assert list(tmp_path.rglob("*.pyc")) == []


def test_what_a_copy_finds_in_tests_a_process_of_the_programs_finds_too():
    as_the_program = vars(Reader.between)["started"]
    given = [
        (documents.TAKE_APART, word(("Normal", "Staff must ask.")), (0, 10, 1000)),
        (documents.TAKE_APART, pdf([(11, "All staff must keep to this policy.")]), (1, 10, 1000)),
        (documents.TAKE_APART, word(("Normal", "Staff must ask."))[:900], (0, 10, 1000)),
        (proving.REDRAW, picture_file(), (proving.MOST_PIXELS, 4096, proving.MOST_BYTES)),
        (sheets.TAKE_APART, workbook([["Name"], ["Amina Khan"]]), (100, 10)),
    ]
    for read, content, told in given:
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as found:
            source.write(content)
            as_the_program(read, source, found, *told)
            found.seek(0)
            assert found.read() == read(content, *told) != b"", read


def test_all_that_limited_readers_load_is_compiled_when_it_is_installed():
    """They compile nothing themselves, and would read source each time."""
    readers = [(path, path.read_text("utf-8")) for path in own_files("schoolgate/**/*.py")]
    scripts = [
        path.with_name(name)
        for path, text in readers
        if " Reader(" in text
        for name in re.findall(r"with_name\(\"(\w+\.py)\"\)", text)
        if name != "child.py"
    ]
    loaded = {
        name.partition(".")[0]
        for path in scripts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    said = re.search(r"for name in (PIL .+); do\n", (ROOT / "scripts" / "env").read_text("utf-8"))
    assert len(scripts) == 7
    assert loaded - sys.stdlib_module_names - {"schoolgate"} <= set(said[1].split())
