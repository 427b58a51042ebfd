"""Memory of a process that is worth large pages."""

from tests import large_pages

MAPS = """\
00400000-0041f000 r--p 00000000 fe:00 12 /usr/bin/python3.11
00945000-00a84000 rw-p 00545000 fe:00 12 /usr/bin/python3.11
01000000-01400000 rw-p 00000000 00:00 0 [heap]
7f0000100000-7f0000700000 rw-p 00000000 00:00 0
7f0001000000-7f0001100000 rw-p 00000000 00:00 0
7f0002000000-7f0002800000 rw-s 00000000 00:01 9 /dev/shm/shared
7ffc00000000-7ffc00800000 rw-p 00000000 00:00 0 [stack]
"""


def test_only_whole_large_pages_of_its_own_memory_are_taken():
    assert [(hex(begin), hex(end)) for begin, end in large_pages.own_memory(MAPS)] == [
        ("0x1000000", "0x1400000"),
        ("0x7f0000200000", "0x7f0000600000"),
    ]


def test_a_machine_that_tells_of_no_memory_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(large_pages, "MAPS", tmp_path / "maps")
    large_pages.use_large_pages()
