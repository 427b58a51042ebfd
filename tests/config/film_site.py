"""A film of many pieces behind the gateway, served as the program serves itself. Run with a port."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces

from schoolgate.config.gateway import Gateway

PIECES, PIECE = 300, b"x" * 4096


class Film:
    """An answer in pieces, as Django's streaming ones are."""

    streaming = True

    def __iter__(self) -> Iterator[bytes]:
        return iter([PIECE] * PIECES)


def pages(_environ: dict[str, Any], start_response: Any) -> Film:
    """Answer with the film, whatever is asked."""
    start_response("200 OK", [("Content-Length", str(PIECES * len(PIECE)))])
    return Film()


application = Gateway(
    pages,  # type: ignore[arg-type]
    threads=2,
    patience=15,
    usual=1000,
    most=lambda _environ: 1000,
    folder=lambda: Path(tempfile.gettempdir()),
)

if __name__ == "__main__":
    Granian(
        "tests.config.film_site:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    ).serve()
