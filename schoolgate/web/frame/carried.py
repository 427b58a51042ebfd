"""A file that came with a form which is shown again for another reason: it's in the store already, and the
form carries a signed note of it, so that no one chooses it twice."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest

from schoolgate.core import files

PREFIX = "carried-"
"""How the field of such a note begins, before the name of the file's own field."""
SALT, FOR = "schoolgate.web.carried", timedelta(days=1)


def carry(request: HttpRequest, name: str, kept: files.StoredFile, *, federation_id: int) -> None:
    """Have a page that answers this request carry a file that was put into the store."""
    note = signing.dumps([federation_id, kept.digest, kept.media_type, kept.size], salt=SALT)
    request.carried = carried(request) | {f"{PREFIX}{name}": note}  # type: ignore[attr-defined]


def carried(request: HttpRequest) -> dict[str, str]:
    """Return the notes of the files to carry, by the name of their field."""
    return dict(getattr(request, "carried", {}))


def carried_here(request: HttpRequest, name: str, *, federation_id: int) -> files.StoredFile | None:
    """Return the file that a form carries; None where it carries none of this federation's that is there."""
    try:
        whose, digest, media_type, size = signing.loads(
            request.POST.get(f"{PREFIX}{name}", ""), salt=SALT, max_age=FOR
        )
    except signing.BadSignature:
        return None
    if whose != federation_id or not files.path_of(digest, federation_id=federation_id).exists():
        return None
    return files.StoredFile(digest, media_type, size)
