"""What a sentence says: what it asks for, how strongly, who has to do it, and what it names."""

from dataclasses import dataclass, field
from typing import Any

from schoolgate.policy.importing.clause_or_not import why_not
from schoolgate.policy.importing.numbers import parameters
from schoolgate.policy.importing.roles import NO_TITLES, THE_SCHOOL, actor_of
from schoolgate.policy.importing.stems import asked_of, duty_in
from schoolgate.policy.importing.titles import Titles
from schoolgate.policy.importing.wording import (
    IMPERATIVE,
    condition_of,
    cue_of,
    is_only,
    main_part,
    modality,
    required_of,
    without_it_is,
)
from schoolgate.rulebook.kinds import Modality


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it was read. `why_not`: why it is no clause, "" where it is one."""

    why_not: str
    modality: Modality
    actor: str
    parameters: dict[str, Any] = field(hash=False)


def read(text: str, lead: str = "", own: Titles = NO_TITLES) -> Read:
    """Return what the sentence says. `lead`: the words before its list, which may say who has to do it;
    `own`: the document's own titles."""
    required = required_of(text)
    if required is not None:
        who = actor_of(f"{required[0].capitalize()} must", None, "", own) if required[0] else ""
        return Read("", required[1], who, dict(parameters(text, own)))
    cue, main = cue_of(text), main_part(text)
    duty = duty_in(text, own) or asked_of(main, own)
    if duty is not None and duty.modality is not None:
        return Read("", duty.modality, duty.actor, dict(parameters(text, own)))
    who = without_it_is(main)
    until = cue.end() if cue is not None and cue.start() and who == main else None
    nobody = is_only(text) or IMPERATIVE.match(who) is not None
    actor = duty.actor if duty else "" if nobody else actor_of(who, until, condition_of(text), own)
    if lead and not actor and not is_only(text):
        above = read(lead, own=own).actor
        actor = "" if above == THE_SCHOOL else above
    acts = bool(actor)
    return Read(why_not(text, acts=acts), modality(text, acts=acts), actor, dict(parameters(text, own)))
