"""Whether an XML document declares a type. Each reader of XML from outside asks this first, and refuses one
that does: no feed or Word document needs it, and a few entities, each made of the one before, become
gigabytes.

It imports nothing of the program: the process that reads Word documents loads it by its path.
"""

import re

_SPACE = re.compile(r"\s*")
_BEFORE = (("<?", "?>"), ("<!--", "-->"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def declares(text: str) -> bool:
    """Whether something else than comments and instructions stands before a document's first element, as the
    declaration of a type. In linear time."""
    at = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        begin, end = next((pair for pair in _BEFORE if text.startswith(pair[0], at)), ("", ""))
        if not begin:
            return not text.startswith("<", at) or text.startswith("<!", at)
        ends = text.find(end, at + len(begin))
        if ends < 0:
            return True
        at = ends + len(end)


def bytes_declare(content: bytes) -> bool:
    """Return the same for a document as it is stored, also where it can't be told."""
    if content.startswith(_UTF_16):
        return declares(content.decode("utf-16", "replace"))
    return b"\x00" in content or declares(content.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))
