"""Somebody weighs whether private use at work may have disciplinary consequences."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EquipmentOveruse(Act):
    """`by` weighs it. `excessive`: somebody suspects, with grounds on record, that the private use is
    excessive; `hinders_duties`: that it gets in the way of the job. `place`: where. `measure_disputed`: the
    question is how much is too much."""

    excessive: Annotated[
        Attested | None,
        Ask(
            "own_excessive",
            "weighing_person",
            gettext_noop("grounds for suspecting excessive use"),
            gettext_noop("Do you judge, with grounds, that it is excessive?"),
            "private.discipline_needs_grounds",
        ),
    ] = None
    hinders_duties: Annotated[
        Attested | None,
        Ask(
            "own_hinders_duties",
            "weighing_person",
            gettext_noop("grounds for saying that it gets in the way of the job"),
            gettext_noop("Do you judge that it gets in the way of the job?"),
            "private.discipline_needs_grounds",
        ),
    ] = None
    place: Annotated[
        Literal["in_school", "elsewhere"] | None,
        Ask(
            "own_place",
            "weighing_person",
            gettext_noop("whether it was in school"),
            gettext_noop("Where is it?"),
        ),
    ] = None
    measure_disputed: Annotated[
        Tri,
        Ask(
            "own_measure_disputed",
            "weighing_person",
            question=gettext_noop("Is the question how much is too much?"),
        ),
    ] = None


EQUIPMENT_OVERUSE = Situation(
    key="equipment.overuse",
    title=gettext_noop("Consequences of private use at work"),
    facts=EquipmentOveruse,
    points=points("overuse_discipline"),
)
