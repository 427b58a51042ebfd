"""The book that answers under a version of a policy and our reading of it: packaged text or stored, with what
the federation chose."""

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope
from schoolgate.people.outside import NOTED
from schoolgate.people.queries import packaged_book
from schoolgate.policy.keeping import canonical, digest
from schoolgate.policy.models import PackText, PolicyVersion, Reading
from schoolgate.rulebook import Book, book
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.packs.building import ASIDE
from schoolgate.rulebook.readings import Changes, changed

K = TypeVar("K")
V = TypeVar("V")
KEPT_READY = 64
"""Books of stored texts and readings that are cached in each process."""


def pack_of(version: PolicyVersion) -> Pack:
    """Return the policy's own pack as this version has it, before any reading."""
    if version.text is None:
        return book(version.pack_key).pack
    ready = _packs.get(version.text.digest)
    if ready is None:  # the text itself is read only now: it is long
        text = PackText.objects.values_list("text", flat=True).get(pk=version.text.pk)
        ready = from_yaml(text, adopted=True)
        _keep(_packs, version.text.digest, ready)
    return ready


def text_of(version: PolicyVersion) -> str:
    """Return the whole text of a version as one file: as uploaded, or the program's own policy as written.

    Importing it again gives the same version. Choices made by a reading are not included.
    """
    if version.text is None:
        return to_yaml(pack_of(version))
    return PackText.objects.values_list("text", flat=True).get(pk=version.text.pk)


def book_of_reading(version: PolicyVersion, reading: Reading) -> Book:
    """Return the book that answers under this version and reading. Its decisions say which version and
    reading that was.
    """
    text = version.text.digest if version.text is not None else version.pack_key
    key = (text, canonical(reading.changes), version.number, reading.number)
    ready = _books.get(key)
    if ready is None:
        pack = pack_of(version)
        ready = book_with(pack, changes_of(reading.changes))
        meta = replace(pack.meta, version=str(version.number), reading=reading.number)
        if meta != pack.meta:
            ready = Book((replace(ready.pack, meta=meta), *ready.packs[1:]))
        _keep(_books, key, ready)
    return ready


def book_with(pack: Pack, changes: Changes) -> Book:
    """Return the book of a pack with a reading's changes. Raises BadPack where the two do not fit."""
    return book_of(pack if changes.nothing else changed(pack, changes))


def changes_of(changes: dict[str, Any]) -> Changes:
    """Return the changes that a reading makes to its pack, from its JSON. Raises BadPack where it is not
    valid."""
    try:
        return Changes.model_validate(changes)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPack("reading", f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def packaged_book_in_scope(*, whole: bool = False) -> Book:
    """Return the book of the federation in scope as packaged with the program, or as in the installation's
    own folder.

    `whole`: with every rule checked. Raises NotNow where that folder can no longer be read; what was
    adopted from it is stored and stays."""
    return packaged_book(Federation.objects.get(pk=current_scope().federation_id), whole=whole)


def policy_key_in_scope() -> str:
    """Return the key of the policy of the federation in scope."""
    return Federation.objects.only("policy_key").get(pk=current_scope().federation_id).policy_key


def text_digest(pack: Pack) -> str:
    """SHA-256 over the policy's own clauses: it changes when a clause does, not when our reading does."""
    return digest(
        [
            [clause.id, clause.section, clause.says, dict(clause.parameters)]
            for clause in pack.clauses.values()
        ]
    )


def says_the_same(pack: Pack, other: Pack) -> bool:
    """Whether two texts have the same clauses and the same roles."""
    if [*pack.clauses] != [*other.clauses] or text_digest(pack) != text_digest(other):
        return False
    return set(pack.roles) == set(other.roles) and pack.role_words == other.role_words


def bindings_digest(pack: Pack) -> str:
    """SHA-256 over the policy's own bindings: what exactly was signed as a reading."""
    return digest(
        [
            [
                one.id,
                one.control,
                list(one.clauses),
                one.point,
                list(one.situations),
                one.settings.model_dump(mode="json"),
            ]
            for one in pack.bindings
        ]
        + [["aside", *one.clauses] for one in pack.kept if one.says == ASIDE]
    )


_packs: dict[str, Pack] = {}
_books: dict[tuple[str, bytes, int, int], Book] = {}
"""Cached by content: equal texts make equal books, in any federation."""


def _keep(ready: dict[K, V], key: K, value: V) -> None:
    while len(ready) >= KEPT_READY:
        ready.pop(next(iter(ready)), None)
    ready[key] = value


# What a scope remembers of the policy, and of what follows from it.


def forget_policy() -> None:
    """Read what is in force, and all that follows from it, again: the policy or a ruling was changed. That a
    lead was told isn't read anywhere, so it stays noted."""
    memo = current_scope().memo
    for key in [key for key in memo if key != NOTED]:
        del memo[key]
