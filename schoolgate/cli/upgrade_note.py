"""How far an upgrade came: a note in the home, which `up` reads too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schoolgate.core.postgres.server import ServerTrouble
from schoolgate.core.typed import typed

NOTE = "upgrade.json"


def cut_off(run_folder: Path) -> str | None:
    """What a start has to say first where an upgrade of this home was cut off; None where none was."""
    said = read_note(run_folder / NOTE)
    if not said:
        return None
    return (
        f"An upgrade of this installation was interrupted. Run `{typed('upgrade')}` to continue. It was "
        f"at: {said['step']}."
    )


def read_note(note: Path) -> dict[str, Any]:
    """What the note says; nothing where there is none. Raises ServerTrouble where it cannot be read."""
    try:
        found: dict[str, Any] = json.loads(note.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ServerTrouble(f"{note} can't be read. Delete it and run `{typed('upgrade')}` again.") from error
    return found
