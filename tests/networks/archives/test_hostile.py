"""Files that are damaged, made to do harm, or something else than their name says: told, and nothing used."""

from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile

import pytest

from schoolgate.networks.archives import port
from schoolgate.networks.archives.port import Unreadable
from schoolgate.networks.archives.reading import open_download
from tests.limited import in_limits
from tests.networks.archives import makers
from tests.networks.archives.makers import put, status, tar_of, toot, tweet, zip_of

GOOD = {"outbox.json": makers.outbox(toot(1, "Hello")), "actor.json": makers.actor()}


def told(path, network="mastodon") -> str:
    """Why the file is no use."""
    with pytest.raises(Unreadable) as why, open_download(path, network) as download:
        list(download.posts())
    return why.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xff\xd8\xff\xe0 a picture called repo.car", "not_known"),
        (b"MZ a program", "not_known"),
        (b"%PDF-1.7", "not_known"),
        (b"<!doctype html><title>Your posts</title>", "html"),
        (b"\xef\xbb\xbf  <html>", "html"),
        (b"PK\x03\x04 not a zip after all", "broken"),
        (b"\x1f\x8b not packed after all", "broken"),
        ("[]".encode("utf-16"), "encoding"),
        (b'{"orderedItems": [{"type": "Create", "x": "\xe9"}]}', "no_posts"),
        (b'{"some": "thing"}', "no_posts"),
        (b"[1, 2, 3]", "no_posts"),
        (zip_of({"letter.txt": "Dear parents"}), "no_posts"),
        (zip_of({}), "no_posts"),
        (tar_of({"letter.txt": "Dear parents"}), "no_posts"),
    ],
)
def test_what_is_no_download_is_told_as_what_it_is(tmp_path, content, code):
    assert told(put(tmp_path, content, "archive.zip")) == code


def test_a_download_made_as_pages_is_told_to_be_asked_for_as_json(tmp_path):
    path = put(tmp_path, zip_of({"posts/your_posts_1.html": "<html>"}))
    assert told(path, "facebook") == "html"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\..\\b", "C:\\b", "\\\\host\\b"]
)
@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_names_that_lead_out_of_the_file(tmp_path, name, pack):
    assert told(put(tmp_path, pack({**GOOD, name: "x"}))) == "leads_out"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar(tmp_path, kind):
    member = tarfile.TarInfo("media/1.jpg")
    member.type, member.linkname = kind, "/etc/passwd"
    assert told(put(tmp_path, tar_of(GOOD, member))) == "leads_out"


def test_a_link_in_a_zip(tmp_path):
    out = io.BytesIO(zip_of(GOOD))
    with zipfile.ZipFile(out, "a") as bundle:
        info = zipfile.ZipInfo("media/1.jpg")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        bundle.writestr(info, "/etc/passwd")
    assert told(put(tmp_path, out.getvalue())) == "leads_out"


def test_a_locked_zip(tmp_path):
    content = bytearray(zip_of({"outbox.json": GOOD["outbox.json"]}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    assert told(put(tmp_path, bytes(content))) == "locked"


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_file_that_ends_too_early(tmp_path, pack):
    big = makers.outbox(*(toot(n, f"Post {n} {'x' * (n % 97)}") for n in range(3000)))
    content = pack({"outbox.json": big, "actor.json": makers.actor()})
    assert told(put(tmp_path, content[: len(content) // 2])) == "broken"


def test_a_zip_whose_posts_are_damaged(tmp_path):
    content = bytearray(zip_of({"outbox.json": makers.outbox(*(toot(n, str(n * n)) for n in range(500)))}))
    for place in range(200, 260):
        content[place] ^= 0xFF
    assert told(put(tmp_path, bytes(content))) == "broken"


def test_a_zip_bomb_is_stopped_early_and_in_little_memory(tmp_path):
    bomb = b'{"orderedItems": [' + b" " * 60_000_000
    content = zip_of({"outbox.json": bomb})
    del bomb
    assert len(content) < 1_000_000
    tracemalloc.start()
    begun = time.process_time()
    assert told(put(tmp_path, content)) == "too_much"
    spent, (_now, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (most < 40_000_000, spent < 10) == (True, True)


def test_a_bomb_in_a_tar_that_only_has_to_be_passed_over(tmp_path):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as packed:
        info = tarfile.TarInfo("media/film.mp4")
        info.size = 60_000_000
        packed.write(info.tobuf())
        for _ in range(15):
            packed.write(b"\0" * 4_000_000)
    assert told(put(tmp_path, out.getvalue())) == "too_much"


def test_a_header_of_a_tar_that_asks_for_the_machines_memory(tmp_path):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1_000_000_000
    content = gzip.compress(info.tobuf(tarfile.PAX_FORMAT) + b"\0" * 1_000_000)
    tracemalloc.start()
    assert told(put(tmp_path, content)) in ("broken", "too_much")
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_a_zip_whose_list_of_contents_fills_the_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(port, "MOST_DIRECTORY", 1000)
    assert told(put(tmp_path, zip_of({f"media/{n}.jpg": "" for n in range(100)}))) == "too_many"


def test_a_zip_that_lies_about_its_list_of_contents(tmp_path):
    content = bytearray(zip_of(GOOD))
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 3_000_000_000)
    assert told(put(tmp_path, bytes(content))) == "too_many"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"orderedItems": [' + "[" * 100_000, "too_deep"),
        ('{"orderedItems": [{"type": "Create", "object": ' + '{"a":' * 100_000, "too_deep"),
        ('{"orderedItems": [{"type": "Create", "object": "' + "x" * 9_000_000, "item_too_large"),
        ('{"orderedItems": [{"type": "Create"}, {"type": ]', "broken"),
        ('{"orderedItems": [{"type": "Create"}', "broken"),
        ('{"orderedItems": [{"type": "Create"}]}{}', "broken"),
        ('{"orderedItems": [{"type": "Create"}]} more', "broken"),
        ('{"orderedItems": [{"type": 12' + "3" * 5000 + "}]}", "broken"),
    ],
)
def test_json_that_was_made_to_do_harm(tmp_path, text, code):
    # In a zip the name says which file it is, so that the damage is not first met when kinds are told apart.
    assert told(put(tmp_path, zip_of({"outbox.json": text}))) == code


def test_letters_that_no_database_takes_become_a_sign(tmp_path):
    post = json.dumps(status("x")).replace('"x"', '"a\\u0000b\\ud800c"')
    with open_download(put(tmp_path, f"[{post}]".encode()), "facebook") as download:
        [found] = download.posts()
    assert found.text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("seconds", [1e400, -1, 10**30, True, "1714988000", None, 4_102_444_800])
def test_times_that_are_none_leave_a_post_out(tmp_path, seconds):
    with open_download(put(tmp_path, makers.facebook(status("x", seconds)).encode()), "facebook") as download:
        assert [one.why for one in download.posts()] == ["no_time"]


def test_more_posts_than_any_school_has(tmp_path, monkeypatch):
    monkeypatch.setattr(port, "MOST_POSTS", 3)
    path = put(tmp_path, makers.tweets(*(tweet(n + 1, "x") for n in range(4))).encode())
    assert told(path, "x") == "too_many"


@pytest.mark.parametrize("number", ["1" * 5000, "0" * 5000 + "1114112", "x" + "f" * 5000])
def test_a_sign_with_a_number_that_no_sign_has(tmp_path, number):
    posts = makers.tweets(tweet(1, f"Dŵr &#{number}; &amp; &#119;&#x77;"))
    with open_download(put(tmp_path, posts.encode()), "x") as download:
        [found] = download.posts()
    assert found.text == "Dŵr \ufffd & ww"


@pytest.mark.parametrize("content", ["<![", "&#" + "1" * 5000 + ";", "<a b='" * 10_000, "", " "])
def test_a_post_of_odd_html_takes_nothing_else_with_it(tmp_path, content):
    path = put(tmp_path, zip_of({"outbox.json": makers.outbox(toot(1, content), toot(2, "<p>Hello</p>"))}))
    with open_download(path, "mastodon") as download:
        assert [post.text for post in download.posts()][1] == "Hello"


def test_a_post_of_html_nested_without_end(tmp_path):
    path = put(tmp_path, zip_of({"outbox.json": makers.outbox(toot(1, "<div>" * 1000))}))
    assert told(path) == "too_deep"


# --- Bluesky's file--

CAR = makers.car_of({f"app.bsky.feed.post/3k{n:03}": makers.skeet(f"Post {n}") for n in range(50)})


@pytest.mark.parametrize("cut", [30, 100, len(CAR) // 2, len(CAR) - 1])
def test_a_repository_file_that_ends_too_early(tmp_path, cut):
    assert told(put(tmp_path, CAR[:cut]), "bluesky") == "broken"


def test_a_repository_file_in_which_a_word_was_changed(tmp_path):
    assert told(put(tmp_path, CAR.replace(b"Post 7", b"Post 8")), "bluesky") == "broken"


def test_a_repository_tree_that_leads_to_itself_a_thousand_ways(tmp_path):
    """Each level names the one below twice: 2 to the 60th ways through sixty nodes."""
    blocks = []

    def keep(value):
        content = makers.tree(value)
        cid = bytes([1, 0x71, 0x12, 0x20]) + makers.hashlib.sha256(content).digest()
        blocks.append((cid, content))
        return makers.link(cid)

    below = keep({"l": None, "e": []})
    for _ in range(60):
        below = keep({"l": below, "e": [{"p": 0, "k": b"a/b", "v": below, "t": below}]})
    commit = keep({"did": makers.DID, "version": 3, "data": below, "rev": "x", "prev": None})
    path = put(tmp_path, makers.car(commit, blocks))
    with open_download(path, "bluesky") as download:
        assert list(download.posts()) == []


def test_a_repository_file_nested_without_end(tmp_path):
    content = b"\x81" * 1_000_000
    cid = bytes([1, 0x71, 0x12, 0x20]) + makers.hashlib.sha256(content).digest()
    assert told(put(tmp_path, makers.car(cid, [(cid, content)])), "bluesky") == "broken"


def test_a_section_that_says_it_is_as_long_as_the_machines_memory(tmp_path):
    header = makers.car(bytes([1, 0x71, 0x12, 0x20]) + b"\0" * 32, [])
    assert told(put(tmp_path, header + makers.varint(2**34)), "bluesky") == "item_too_large"


# --- A tar.gz that was made to keep the program busy--

READ = """
import sys
from pathlib import Path
from schoolgate.networks.archives import Unreadable, open_download
for network, path in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        with open_download(Path(path), network) as download:
            print(sum(1 for _ in download.posts()), flush=True)
    except Unreadable as error:
        print(error.code, flush=True)
"""


def read(tmp_path, *downloads: tuple[str, bytes], **limited) -> list[str]:
    """What a process of its own says of each; where one takes too long, those before it are told."""
    words = []
    for number, (network, content) in enumerate(downloads):
        (tmp_path / f"{number}").mkdir()
        words += [network, str(put(tmp_path / f"{number}", content))]
    return in_limits(READ, *words, **limited).splitlines()


def extended(kind: bytes, text: bytes) -> bytes:
    member = tarfile.TarInfo("x")
    member.type, member.size = kind, len(text)
    return member.tobuf(tarfile.GNU_FORMAT) + text.ljust(-(-len(text) // 512) * 512, b"\0")


def test_headers_of_hundreds_of_kilobytes(tmp_path):
    headers = {
        "figures": (extended(b"x", b"1" * 200_000), "broken"),
        "figures for all": (extended(b"g", b"1" * 200_000), "1"),
        "a name": (extended(b"L", b"n" * 900_000) + tarfile.TarInfo("y").tobuf(), "broken"),
    }
    plain = gzip.decompress(tar_of(GOOD))
    given = [("mastodon", gzip.compress(before + plain)) for before, _code in headers.values()]
    said = read(tmp_path, *given, seconds=4)
    assert dict(zip(headers, said, strict=True)) == {name: code for name, (_, code) in headers.items()}


def test_a_tar_with_names_that_fill_the_machine(tmp_path):
    one = extended(b"L", b"n" * 4000) + tarfile.TarInfo("y").tobuf()
    content = gzip.compress(one * 20_000 + gzip.decompress(tar_of(GOOD)), compresslevel=1)
    [code] = read(tmp_path, ("mastodon", content), megabytes=250)
    assert code in ("too_many", "too_much")


def test_a_tar_of_which_each_file_costs_another_pass_and_one_that_was_packed_again_on_a_mac(tmp_path):
    """macOS writes attributes of files into extended headers, some thousand bytes each."""

    def of_lists(lists: int) -> bytes:
        files = {f"data/tweets-part{n}.js": makers.tweets(tweet(n + 1, "x"), part=n) for n in range(lists)}
        return tar_of(files | {"data/account.js": "window.YTD.account.part0 = []"})

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT) as bundle:
        for name, content in GOOD.items():
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = (
                len(content),
                {"LIBARCHIVE.xattr.com.apple.quarantine": "A" * 5000, "mtime": "1.5"},
            )
            bundle.addfile(info, io.BytesIO(content.encode()))
    given = ("x", of_lists(40)), ("x", of_lists(60)), ("mastodon", out.getvalue())
    assert read(tmp_path, *given) == ["40", "too_many", "1"]
