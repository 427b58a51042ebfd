"""What came in as one text: the words of its author, and what came with them described."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation
from schoolgate.networks.port import Attachment, AttachmentKind, IncomingItem

_CALLED: Mapping[AttachmentKind, str | Promise] = {
    "picture": _("Picture"),
    "film": _("Film"),
    "sound": _("Sound"),
    "poll": _("Poll"),
    "card": _("Link"),
    "quote": _("Quoted post"),
    "other": _("Attachment"),
}
_LONGEST = 2_000
"""Letters of one description."""


def in_words(item: IncomingItem, federation: Federation) -> str:
    """Return everything that came in, in the language that the federation writes in first: a comment that is
    only a picture, poll or card is never empty."""
    with translation.override(next(iter(federation.languages), "en")):
        parts = [item.text.strip("\n"), *(_described(each) for each in item.attachments)]
    return "\n".join(part for part in parts if part) if item.attachments else item.text


def _described(each: Attachment) -> str:
    words = " ".join((each.words or " / ".join(each.options)).split())[:_LONGEST]
    if not words and each.kind in ("picture", "film"):
        words = str(_("no description"))
    told = format_lazy("[{what}: {words}]" if words else "[{what}]", what=_CALLED[each.kind], words=words)
    return f"{told} {each.link}".rstrip()
