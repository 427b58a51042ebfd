"""The evidence file: what is in it, and that its own check finds every change."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.ledger import heads_file, public_key_pem, read_heads, sign_heads
from schoolgate.core.ledger_rows import Tree, leaf
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.reports import evidence
from schoolgate.reports.evidence import Asked, export_evidence
from schoolgate.reports.evidence_check import is_signed, key_of, root_over
from tests.cast import someone
from tests.core.rows import tamper

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
CLAUSE, OTHER = "wildground-monitoring-4", "wildground-monitoring-5"


def wrote(federation, *rows, at=AT):
    """Put rows into the record: each the subject, or the subject and more."""
    for row in rows:
        subject, more = row if isinstance(row, tuple) else (row, {})
        with scope(federation.pk):
            record("post.approved", subject=subject, at=at, clauses=[CLAUSE], **more)


def file_of(federation, **asked):
    """Return the evidence file as bytes."""
    by, at = asked.pop("by", None), asked.pop("at", AT)
    out = io.BytesIO()
    with scope(federation.pk):
        given = {"clause": CLAUSE, "words": "Replies within a day.", **asked}
        export_evidence(asked=Asked(federation, **given), out=out, at=at, by=by)
    return out.getvalue()


def unpacked(made, folder):
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        file.extractall(folder)
    return folder


def checked(folder, *more):
    """Run check.py as an inspector does; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-I", "check.py", *map(str, more)], cwd=folder, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def rows_in(folder):
    return json.loads((folder / "rows.json").read_text())


def put(folder, rows):
    """Write rows.json as Schoolgate does, with other rows."""
    (folder / "rows.json").write_text(
        "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in rows) + "\n]\n"
    )


@pytest.fixture
def filled(own_database, make_federation, home):
    """A federation with seven rows, in two hours, and others between them that don't show."""
    federation = make_federation()
    wrote(federation, "publishing.post:1", "publishing.post:2", "publishing.post:3")
    with scope(federation.pk):
        record("post.approved", subject="publishing.post:9", at=AT, clauses=[OTHER])
    sign_heads(AT)
    wrote(federation, "publishing.post:4", "publishing.post:5", "incidents.report:6", "publishing.post:7")
    sign_heads(AT + timedelta(hours=1))
    return federation


@pytest.fixture
def folder(filled, tmp_path):
    return unpacked(file_of(filled), tmp_path / "file")


def test_an_honest_file_is_sound(folder):
    code, said = checked(folder)
    assert (code, said.splitlines()[0]) == (0, f"Sound: 6 rows of Wildground, for {CLAUSE}.")


def test_a_file_is_checked_as_a_zip_and_with_the_schools_own_key(filled, folder, tmp_path):
    (tmp_path / "file.zip").write_bytes(file_of(filled))
    (tmp_path / "key.pem").write_text(public_key_pem())
    code, said = checked(folder, tmp_path / "file.zip", "--key", tmp_path / "key.pem")
    assert (code, "came with the file" in said) == (0, False)


def test_a_changed_row_is_named(folder):
    rows = rows_in(folder)
    rows[1]["body"] = rows[1]["body"].replace("post.approved", "post.refused_")
    put(folder, rows)
    code, said = checked(folder)
    assert code == 1
    assert (
        f"row {rows[1]['number']}: changed: it isn't the row that was signed at 2027-02-10T12:00:00Z" in said
    )
    assert said.count("WRONG  row ") == 1


@pytest.mark.parametrize("name", ["at", "event", "subject"])
def test_a_row_that_says_other_than_its_bytes_is_named(folder, name):
    rows = rows_in(folder)
    rows[2][name] = "2027-02-10T13:00:00.000000Z"
    put(folder, rows)
    assert f"row {rows[2]['number']}: changed: its {name} isn't that of its bytes" in checked(folder)[1]


def test_a_removed_row_is_named(folder):
    rows = rows_in(folder)
    put(folder, rows[:3] + rows[4:])
    code, said = checked(folder)
    assert (code, f"row {rows[3]['number']}: removed" in said, said.count("WRONG  row ")) == (1, True, 1)


def test_an_added_row_is_named_even_if_it_is_in_the_record(filled, folder, tmp_path):
    other = unpacked(file_of(filled, clause=OTHER), tmp_path / "other")
    rows = rows_in(folder)
    put(folder, rows[:3] + rows_in(other) + rows[3:])
    code, said = checked(folder)
    assert (code, "row 4: added to rows.json" in said, said.count("WRONG  row ")) == (1, True, 1)


def test_rows_in_another_place_are_named(folder):
    rows = rows_in(folder)
    rows[0], rows[1] = rows[1], rows[0]
    put(folder, rows)
    code, said = checked(folder)
    assert (code, "row 2: in another place" in said, "row 1: in another place" in said) == (1, True, True)


def test_a_row_that_is_there_twice_is_named(folder):
    rows = rows_in(folder)
    put(folder, [*rows[:2], *rows[1:]])
    code, said = checked(folder)
    assert (code, "row 2: 2 times" in said) == (1, True)


@pytest.mark.parametrize("name", ["rows.csv", "evidence.html", "README.txt"])
def test_another_changed_file_is_named(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    code, said = checked(folder)
    assert (code, f"{name}: changed" in said) == (1, True)


def test_a_statement_that_was_changed_is_refused(folder):
    said = (folder / "statement.json").read_text().replace('"rows":[1,', '"rows":[')
    (folder / "statement.json").write_text(said)
    assert checked(folder)[0] == 1


def test_a_file_signed_with_another_key_is_refused_by_the_schools(folder, tmp_path):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = (
        Ed25519PrivateKey.generate()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "key.pem").write_bytes(pem)
    code, said = checked(folder, "--key", tmp_path / "key.pem")
    assert (code, "statement.json: not signed with this key" in said) == (1, True)


def test_something_else_than_an_evidence_file_is_said_to_be_that(folder, tmp_path):
    (tmp_path / "no.zip").write_bytes(b"no")
    code, said = checked(folder, tmp_path / "no.zip")
    assert (code, "can't be read as an evidence file" in said) == (2, True)


# --- A record that was written anew


def written_anew(federation):
    """Write other rows from row 5 on, sound in themselves, as who owns the database can."""
    tamper("DELETE FROM ledger_clause WHERE number >= 5")
    tamper("DELETE FROM core_ledgerrow WHERE number >= 5")
    tamper("UPDATE core_ledgerhead SET number = 4, hash = (SELECT hash FROM core_ledgerrow WHERE number = 4)")
    wrote(federation, *(f"publishing.post:{n}" for n in (44, 45, 46, 47)))


def test_no_file_is_made_of_a_record_that_is_not_the_signed_one(filled):
    written_anew(filled)
    with pytest.raises(NotNow, match="Rows 5 to 8 of the history"):
        file_of(filled)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM core_ledgerrow WHERE number = 6",
        "UPDATE core_ledgerrow SET stored = set_byte(stored, 150, 0) WHERE number = 6",
    ],
)
def test_no_file_is_made_where_a_row_beside_those_shown_was_changed_or_removed(filled, change):
    tamper(change)
    with pytest.raises(NotNow, match="Rows 5 to 8 of the history"):
        file_of(filled)


def test_a_record_written_anew_and_signed_anew_is_found_by_the_heads_of_an_earlier_file(
    filled, folder, tmp_path
):
    written_anew(filled)
    lines = heads_file().read_text().splitlines(keepends=True)
    heads_file().write_text(lines[0])
    sign_heads(AT + timedelta(hours=1))
    later = unpacked(file_of(filled), tmp_path / "later")
    assert checked(later)[0] == 0
    code, said = checked(later, "--heads", folder / "heads.jsonl")
    assert (code, "rows 5 to 8: the record was written anew" in said, "rows 1 to 4" in said) == (
        1,
        True,
        False,
    )


def test_the_heads_of_an_earlier_honest_file_agree(filled, folder, tmp_path):
    wrote(filled, "publishing.post:8", at=AT + timedelta(hours=2))
    later = unpacked(file_of(filled, at=AT + timedelta(hours=3)), tmp_path / "later")
    assert checked(later, "--heads", folder / "heads.jsonl")[0] == 0


# --- What is in it, and what isn't


def test_what_few_may_know_is_not_in_it(filled, tmp_path):
    wrote(
        filled,
        ("duties.duty:1", {"about": "incidents.report:6"}),
        "duties.duty:2",
        "breaches.breach:1",
        "conduct.keptanswer:1",
        "searches.vacancy:1",
        "press.enquiry:1",
        ("duties.duty:3", {"about": "publishing.post:1"}),
    )
    made = unpacked(file_of(filled, at=AT + timedelta(hours=2)), tmp_path / "more")
    subjects = {row["subject"] for row in rows_in(made)}
    assert subjects == {*(f"publishing.post:{n}" for n in (1, 2, 3, 4, 5, 7)), "duties.duty:3"}
    everything = b"".join(each.read_bytes() for each in made.iterdir())
    with scope(filled.pk):
        hidden = [row for row in LedgerRow.objects.all() if row.subject not in subjects]
    assert hidden
    for row in hidden:
        assert bytes(row.hash).hex().encode() not in everything  # it could be guessed from its hash
        assert sha256(bytes(row.stored)).hexdigest().encode() not in everything


def test_the_same_rows_make_the_same_file(filled):
    first = file_of(filled)
    assert file_of(filled, at=AT + timedelta(days=1)) == first


def test_rows_of_the_last_hour_are_signed_when_the_file_is_made(filled, tmp_path):
    wrote(filled, "publishing.post:8", at=AT + timedelta(hours=2))
    made = unpacked(file_of(filled, at=AT + timedelta(hours=2)), tmp_path / "new")
    assert (checked(made)[0], rows_in(made)[-1]["subject"]) == (0, "publishing.post:8")


def test_rows_from_before_there_were_roots_are_proven_by_the_first_root(
    own_database, make_federation, home, tmp_path, monkeypatch
):
    federation = make_federation()
    wrote(federation, "publishing.post:1", "publishing.post:2")
    with monkeypatch.context() as patch:
        patch.setattr("schoolgate.core.ledger.root_of", lambda *_: "")
        sign_heads(AT)
    assert "root" in heads_file().read_text()
    wrote(federation, "publishing.post:3")
    made = unpacked(file_of(federation, at=AT + timedelta(hours=1)), tmp_path / "old")
    assert (checked(made)[0], len(rows_in(made))) == (0, 3)


def test_days_can_be_chosen_and_their_ends_count(filled, tmp_path):
    wrote(filled, "publishing.post:8", at=datetime(2027, 2, 11, 0, 0, tzinfo=UTC))
    days = {"first": date(2027, 2, 10), "last": date(2027, 2, 10), "at": AT + timedelta(days=2)}
    assert len(rows_in(unpacked(file_of(filled, **days), tmp_path / "one"))) == 6
    days["last"] = date(2027, 2, 11)
    assert len(rows_in(unpacked(file_of(filled, **days), tmp_path / "two"))) == 7


def test_all_clauses_are_in_one_file(filled, tmp_path):
    made = unpacked(file_of(filled, clause=""), tmp_path / "all")
    assert (checked(made)[0], [row["number"] for row in rows_in(made)]) == (0, [1, 2, 3, 4, 5, 6, 8])


def test_a_clause_without_rows_makes_a_file_that_says_so(filled, tmp_path):
    code, said = checked(unpacked(file_of(filled, clause="wildground-monitoring-6"), tmp_path / "none"))
    assert (code, said.startswith("Sound: 0 rows")) == (0, True)


def test_too_many_rows_are_refused_and_just_enough_are_not(filled, monkeypatch):
    monkeypatch.setattr(evidence, "MOST", 7)
    assert file_of(filled)
    monkeypatch.setattr(evidence, "MOST", 6)
    with pytest.raises(NotNow, match="Choose a shorter period"):
        file_of(filled)


def test_making_it_is_on_record_with_its_digest(filled):
    made = file_of(filled)
    with scope(filled.pk):
        row = LedgerRow.objects.get(event="evidence.exported")
    assert row.details == {"clause": CLAUSE, "digest": sha256(made).hexdigest(), "rows": 6}
    assert list(row.clauses) == []


def test_only_who_may_see_evidence_makes_a_file(filled):
    with scope(filled.pk):
        adopt(by=someone("Sam Slater", "slt"), at=AT - timedelta(days=9))
        gwen = someone("Gwen Governor", "federation-leadership-team")
        tom = someone("Tom Teacher", "staff")
    assert file_of(filled, by=gwen)
    with pytest.raises(NotAllowed):
        file_of(filled, by=tom)


def test_a_name_in_the_page_is_text_and_no_markup(filled, tmp_path):
    made = unpacked(file_of(filled, words="<script>alert(1)</script>"), tmp_path / "page")
    page = (made / "evidence.html").read_text()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


# --- The parts


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.data())
def test_each_leaf_of_a_tree_of_any_size_proves_itself_and_at_no_other_place(size, data):
    bodies = [b'{"number":%d}' % n for n in range(1, size + 1)]
    paths, tree = [[] for _ in bodies], Tree()
    for body, path in zip(bodies, paths, strict=True):
        tree.add(leaf(bytes(32), body), [path])
    head = {"first": 1, "number": size, "root": tree.root().hex()}
    number = data.draw(st.integers(1, size))
    row = {
        "number": number, "body": bodies[number - 1].decode(), "blind": "00" * 32,
        "path": [each.hex() for each in paths[number - 1]],
    }  # fmt: skip
    assert root_over(row, head) == head["root"]
    other = data.draw(st.integers(1, size))
    if other != number:
        assert root_over(row | {"number": other}, head) != head["root"]
    assert root_over(row | {"path": [*row["path"], "00" * 32]}, head) != head["root"]


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 511))
def test_a_signature_counts_only_for_what_was_signed(content, bit):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = Ed25519PrivateKey.generate()
    pem = secret.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signature = secret.sign(content)
    assert is_signed(key_of(pem), content, signature)
    assert not is_signed(key_of(pem), content + b" ", signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not is_signed(key_of(pem), content, bytes(changed))


def test_heads_of_another_federation_are_not_read(filled, make_federation):
    other = make_federation("wootton", "wootton")
    wrote(other, "publishing.post:1")
    sign_heads(AT + timedelta(hours=2))
    assert {head.federation for head in read_heads(heads_file(), of=other.pk)} == {other.pk}


def test_the_schools_own_heads_are_compared_too_and_one_of_another_school_is_refused(
    filled, folder, tmp_path
):
    (tmp_path / "heads.jsonl").write_text(heads_file().read_text())
    assert checked(folder, "--heads", tmp_path / "heads.jsonl")[0] == 0
    (tmp_path / "heads.jsonl").write_text(heads_file().read_text().replace('"number": 4', '"number": 3'))
    code, said = checked(folder, "--heads", tmp_path / "heads.jsonl")
    assert (code, "the head of row 3 that you gave isn't signed" in said) == (1, True)
