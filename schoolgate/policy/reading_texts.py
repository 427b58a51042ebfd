"""A policy's text from a file: read, checked, and its error reported in a line."""

import hashlib

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.lint import lint_pack
from schoolgate.rulebook.one_file import from_yaml
from schoolgate.rulebook.packs import Pack

SHOWN = 5
"""Problems reported at once: the rest follow when these are fixed."""


def read_text(text: str, *, key: str) -> Pack:
    """Return the pack in a file, for the federation whose policy has this key.

    Raises BadInput on `text` with the line where it is not such a file, and with the errors of a pack that
    can be read: an inconsistent pack never comes into force.
    """
    try:
        pack = from_yaml(text)
    except BadPack as bad:
        raise BadInput({"text": str(bad)}) from None
    if pack.meta.key != key or pack.basis is not Basis.POLICY:
        raise BadInput({"text": _("This is another federation’s policy. Choose the text of your own.")})
    check(pack, field="text")
    return pack


def check(pack: Pack, *, field: str) -> None:
    """Raise BadInput on `field` with the first few things that are wrong with a pack that can be read."""
    problems = lint_pack(pack)
    if problems:
        raise BadInput({field: "; ".join(f"{one.where}: {one.what}" for one in problems[:SHOWN])})


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of the file as uploaded, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
