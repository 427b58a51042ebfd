"""What reads a file in a process of its own ends with it at each limit, and not before."""

import pytest

from schoolgate.core.outside.aside import GaveUp, Reader


@pytest.fixture
def reader(tmp_path):
    """Makes a reader of a script."""

    def make(script: str, *, megabytes: int = 200, seconds: int = 5, most: int = 1000) -> Reader:
        path = tmp_path / "script.py"
        path.write_text(script)
        return Reader(path, megabytes=megabytes, seconds=seconds, most=most)

    return make


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
