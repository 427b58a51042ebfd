"""Sheets of paper as PDF: tagged for screen readers, the same bytes for the same words."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from schoolgate.core.days import stored_instant

TEMPLATES = Path(__file__).with_name("typst")


def pdf_of(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Typeset `form` (JSON) with the template `typst/<template>.typ`; `at` (aware) is printed as the date
    made.

    What people wrote is passed as text and cannot become markup. The sheet meets PDF/UA-1. Where a letter is
    missing from all fonts of this machine, the PDF is still tagged, but may not claim to meet PDF/UA-1.
    """
    import typst  # here: seven megabytes that few processes need

    given: dict[str, Any] = {
        "input": TEMPLATES / f"{template}.typ",
        "root": TEMPLATES,
        "format": "pdf",
        "sys_inputs": {"form": json.dumps(form, ensure_ascii=False)},
        "timestamp": int(at.timestamp()),
    }
    try:
        return cast("bytes", typst.compile(pdf_standards=["ua-1"], **given))
    except typst.TypstError:
        return cast("bytes", typst.compile(**given))


def pdf_apart(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the same, typeset in a process of its own: the typesetter keeps what it did in memory, up to a
    gigabyte over many large sheets. Raises RuntimeError where that process fails."""
    done = subprocess.run(
        [sys.executable, "-m", "schoolgate.core.pdf", template, at.isoformat()],
        input=json.dumps(form, ensure_ascii=False).encode(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"typesetting {template} ended with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf_of(sys.argv[1], json.load(sys.stdin.buffer), at=stored_instant(sys.argv[2])))
