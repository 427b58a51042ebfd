"""Somebody weighs whether private use at work may have disciplinary consequences."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Attested, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("equipment.overuse", _("Consequences of private use at work"), "overuse_discipline")
class EquipmentOveruse(Act, asked_of="weighing_person", prefix="own_"):
    """`by` weighs it. `excessive`: somebody suspects, with grounds on record, that the private use is
    excessive; `hinders_duties`: that it gets in the way of the job. `place`: where. `measure_disputed`: the
    question is how much is too much."""

    excessive: Attested | None = fact(
        _("grounds for suspecting excessive use"),
        _("Do you judge, with grounds, that it is excessive?"),
        say="private.discipline_needs_grounds",
    )
    hinders_duties: Attested | None = fact(
        _("grounds for saying that it gets in the way of the job"),
        _("Do you judge that it gets in the way of the job?"),
        say="private.discipline_needs_grounds",
    )
    place: Literal["in_school", "elsewhere"] | None = fact(_("whether it was in school"), _("Where is it?"))
    measure_disputed: Tri = fact(question=_("Is the question how much is too much?"))
