"""Check an evidence file of Schoolgate. Needs Python 3.9 or later and nothing else; it never goes online.

    python3 check.py                    checks the folder that this file is in
    python3 check.py FILE.zip           checks a ZIP file
    python3 check.py --heads FILE       also compares with signed heads from elsewhere: the heads.jsonl of an
                                        earlier evidence file, or the school's own
    python3 check.py --key FILE         uses the public key that the school gave you, not the one in the file

It prints what is wrong, by the number of the row, and ends with 1; or that all is well, and ends with 0.

What is checked, in this order:
 1. statement.json is signed with the key. It has the number of each row and the digest of each other file.
 2. The rows of rows.json are those of the statement: none is missing, added or in another place.
 3. Each row belongs to a signed head. Heads are signed each hour, and the newest when this file was made. A
    head has the root of a hash tree over the rows since the head before. The row's own bytes, its blind and
    its path give that root again, or the row was changed.
 4. The other files are those that were signed.
"""

import argparse
import base64
import collections
import hashlib
import json
import sys
import zipfile
from pathlib import Path

# --- Ed25519 signatures (RFC 8032, 5.1.7), on points (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _added(a, b):
    """Return the sum of two points."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P


def _times(factor, point):
    """Return a multiple of a point."""
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = _added(found, point)
        point, factor = _added(point, point), factor >> 1
    return found


def _point(given):
    """Return the point that 32 bytes stand for. Raises ValueError if there is none."""
    y = int.from_bytes(given, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if len(given) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no such point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point(bytes.fromhex("58" + "66" * 31))


def is_signed(key, content, signature):
    """Return whether `signature` (64 bytes) of `content` was made with the secret half of `key`."""
    try:
        r, a, s = _point(signature[:32]), _point(key), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + content).digest(), "little") % L
    left, right = _times(s, BASE), _added(r, _times(h, a))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


def key_of(pem):
    """Return the 32 bytes of a public key in PEM."""
    lines = [line for line in pem.decode("ascii").splitlines() if line and not line.startswith("-")]
    return base64.b64decode("".join(lines))[-32:]


# --- Heads and rows


def said_by(head):
    """Return the bytes of a head that its open signature covers."""
    said = {name: head[name] for name in ("at", "federation", "first", "number", "root")}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")


def root_over(row, head):
    """Return the root (hex) that a row's bytes, blind and path give (RFC 9162, 2.1.3.2); "" if the path
    doesn't fit its place."""
    digest = hashlib.sha256(b"\x00" + bytes.fromhex(row["blind"]) + row["body"].encode("ascii")).digest()
    place, last = row["number"] - head["first"], head["number"] - head["first"]
    for each in row["path"]:
        beside = bytes.fromhex(each)
        if last == 0:
            return ""
        if place & 1 or place == last:
            digest = hashlib.sha256(b"\x01" + beside + digest).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = hashlib.sha256(b"\x01" + digest + beside).digest()
        place, last = place >> 1, last >> 1
    return digest.hex() if last == 0 else ""


def rows_of(lines):
    """Yield the rows of rows.json, one of its lines at a time."""
    for line in lines:
        text = line.decode("utf-8").strip().rstrip(",")
        if text not in ("[", "]", "[]", ""):
            yield json.loads(text)


def wrong_order(expected, found):
    """Yield what is wrong with the numbers of the rows."""
    times, known = collections.Counter(found), set(expected)
    for number in sorted(known | set(times)):
        if number not in times:
            yield f"row {number}: removed from rows.json"
        elif times[number] > 1:
            yield f"row {number}: {times[number]} times in rows.json"
        elif number not in known:
            yield f"row {number}: added to rows.json; it wasn't there when the file was made"
    ours, theirs = [each for each in expected if each in times], [each for each in found if each in known]
    for should, is_there in zip(ours, dict.fromkeys(theirs)):
        if should != is_there:
            yield f"row {is_there}: in another place than when the file was made"


def wrong_row(row, heads, federation):
    """Return what is wrong with one row; "" if nothing is."""
    head = heads.get(row["head"])
    if head is None:
        return "no signed head in heads.jsonl covers it"
    if not head["first"] <= row["number"] <= head["number"] or root_over(row, head) != head["root"]:
        return "changed: it isn't the row that was signed at " + head["at"]
    body = json.loads(row["body"])
    if (body["federation"], body["number"]) != (federation, row["number"]):
        return "changed: its number isn't that of its bytes"
    for name in ("at", "event", "subject", "decision", "clauses"):
        if body[name] != row[name]:
            return f"changed: its {name} isn't that of its bytes"
    return ""


def wrong_heads(heads, others, federation):
    """Yield where heads from elsewhere don't agree with those of the file."""
    first = min((head["first"] for head in heads.values()), default=1)
    last = max(heads, default=0)
    for other in others:
        if other["federation"] != federation or not first <= other["number"] <= last:
            continue
        same = heads.get(other["number"])
        if same is None or (same["first"], same["root"]) != (other["first"], other["root"]):
            yield (
                f"rows {other['first']} to {other['number']}: the record was written anew. They aren't "
                f"those of the head signed at {other['at']}, which you gave"
            )


def problems(read, key_pem=None, others=()):
    """Yield everything that is wrong.

    Args:
        read: called with the name of a file, returns it opened for reading bytes; raises KeyError or OSError.
        key_pem: the public key, if not the one in the file.
        others: signed heads from elsewhere.
    """
    key = key_of(key_pem or read("key.pem").read())
    statement = read("statement.json").read()
    signed = bytes.fromhex(read("statement.sig").read().decode("ascii").strip())
    if not is_signed(key, statement, signed):
        yield "statement.json: not signed with this key, so nothing else can be relied on"
        return
    said = json.loads(statement)
    federation, heads = said["federation"], {}
    for line in read("heads.jsonl").read().decode("ascii").splitlines():
        head = json.loads(line)
        if head["federation"] != federation or not is_signed(
            key, said_by(head), bytes.fromhex(head["open_signature"])
        ):
            yield f"heads.jsonl: the head of row {head['number']} isn't signed with this key"
            return
        heads[head["number"]] = head
    for other in others:
        if not is_signed(key, said_by(other), bytes.fromhex(other["open_signature"])):
            yield f"the head of row {other['number']} that you gave isn't signed with this key"
            return
    yield from wrong_heads(heads, others, federation)
    found = []
    for row in rows_of(read("rows.json")):
        found.append(row["number"])
        wrong = wrong_row(row, heads, federation)
        if wrong:
            yield f"row {row['number']}: {wrong}"
    yield from wrong_order(said["rows"], found)
    for name, digest in sorted(said["files"].items()):
        made = hashlib.sha256()
        with read(name) as file:
            for piece in iter(lambda file=file: file.read(65536), b""):
                made.update(piece)
        if made.hexdigest() != digest:
            yield f"{name}: changed since the file was made"


def main(given=None):
    """Check what the command line names; return 0 if all is well, 1 if not, 2 if it can't be read."""
    parser = argparse.ArgumentParser(description="Check an evidence file of Schoolgate.")
    parser.add_argument("what", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--heads", type=Path, help="signed heads from elsewhere")
    parser.add_argument("--key", type=Path, help="the public key, from the school")
    options = parser.parse_args(given)
    try:
        read = zipfile.ZipFile(options.what).open if options.what.is_file() else _in_folder(options.what)
        key = options.key.read_bytes() if options.key else None
        lines = options.heads.read_text(encoding="ascii").splitlines() if options.heads else []
        others = [head for head in map(json.loads, lines) if head.get("root")]
        found = list(problems(read, key, others))
        said = json.loads(read("statement.json").read())
        used = key_of(key or read("key.pem").read())
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as trouble:
        print(f"This can't be read as an evidence file: {trouble!r}", file=sys.stderr)
        return 2
    for each in found:
        print("WRONG  " + each)
    if found:
        return 1
    print(f"Sound: {len(said['rows'])} rows of {said['name']}, for {said['about']}.")
    print(f"Signed with the key whose SHA-256 is {hashlib.sha256(used).hexdigest()}.")
    if not options.key:
        print("That key came with the file. Ask the school whether it is theirs (README.txt, 4).")
    return 0


def _in_folder(folder):
    return lambda name: (folder / name).open("rb")


if __name__ == "__main__":
    sys.exit(main())
