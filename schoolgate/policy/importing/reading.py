"""What a sentence says: what it asks for, how strongly, who has to do it, and what it names."""

from dataclasses import dataclass, field
from typing import Any

from schoolgate.policy.importing.clause_or_not import why_not
from schoolgate.policy.importing.numbers import parameters
from schoolgate.policy.importing.roles import actor_of
from schoolgate.policy.importing.wording import condition_of, cue_of, is_only, main_part, modality
from schoolgate.rulebook.kinds import Modality


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it was read. `why_not`: why it is no clause, "" where it is one."""

    why_not: str
    modality: Modality
    actor: str
    parameters: dict[str, Any] = field(hash=False)


def read(text: str) -> Read:
    """Return what the sentence says."""
    cue, main = cue_of(text), main_part(text)
    until = cue.end() if cue is not None else None
    actor = "" if is_only(text) else actor_of(main, until, condition_of(text))
    return Read(
        why_not(text, acts=bool(actor)), modality(text, acts=bool(actor)), actor, dict(parameters(text))
    )
