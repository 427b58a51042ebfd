"""Files that a page leads to, and addresses asked for beside it (`scriptless_page`)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from django.test import Client


class Download:
    """A file that came instead of a page."""

    def __init__(self, answer: Any) -> None:
        self.content: bytes = answer.getvalue()
        self._file = tempfile.NamedTemporaryFile(prefix="schoolgate-download-")  # noqa: SIM115 - it goes with this
        self._file.write(self.content)
        self._file.flush()
        named = re.search(r'filename="?([^";]+)', answer.get("Content-Disposition", ""))
        self.suggested_filename = named[1] if named else ""

    @staticmethod
    def is_in(answer: Any) -> bool:
        """Whether this answer is a file."""
        head = getattr(answer, "headers", {})
        return "attachment" in head.get("Content-Disposition", "") or not head.get(
            "Content-Type", "text/html"
        ).startswith("text/html")

    def path(self) -> Path:
        """Where it lies."""
        return Path(self._file.name)


class Coming:
    """A file that is awaited: `value`, once it's there."""

    value: Download


class Asking:
    """Asks for addresses with the cookies of a page, and leaves it where it is."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, path: str) -> Answered:
        """Ask for an address."""
        return Answered(self._client.get(path, follow=True))


class Answered:
    """What came, in the words of Playwright."""

    def __init__(self, answer: Any) -> None:
        self.status, self._content = answer.status_code, answer.getvalue()

    def body(self) -> bytes:
        """Its bytes."""
        return bytes(self._content)

    def text(self) -> str:
        """Its text."""
        return self.body().decode()
