"""Pupils with their consents, from a list as an office exports it, and what some parents said later."""

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.importer import apply, explain_columns, explain_words, upload
from schoolgate.people.lists.storing import keep_list
from schoolgate.pupils.actions import record_answer
from schoolgate.pupils.actions.importing import PUPILS
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.states import Answer

COLUMNS = {
    "key": "Admission number", "first_name": "Forename", "last_name": "Surname", "form": "Reg",
    "born_on": "DOB", "picture": "Photo", "film": "Video", "name": "Name online",
}  # fmt: skip
WORDS = {"yes": Answer.GIVEN, "no": Answer.REFUSED}
ROWS = """
1001,Ava,Thomas,4B,3/10/2017,Yes,Yes,No
1002,Tomos,Ellis,4B,21/1/2018,Yes,,No
1003,Amelia,Shah,4B,9/5/2018,No,No,No
1004,Noah,Bright,4B,30/11/2017,Yes,Yes,Yes
1005,Mali,Rees,4B,2/2/2018,,,
1006,Oskar,Nowak,5A,17/9/2016,Yes,Yes,No
1007,Grace,Obi,5A,4/12/2016,Yes,No,No
1008,Idris,Khan,5A,8/7/2017,Yes,Yes,No
1009,Freya,Lund,5A,26/4/2017,No,No,No
1010,Jac,Morgan,5A,11/11/2016,Yes,Yes,Yes
"""


def pupils_and_consents(stage: Stage) -> None:
    """Import one class list, then record a parent's later no and a pupil's own."""
    by, school = stage.people[stage.cast.first.key], stage.schools[0]
    content = "\n".join([",".join(COLUMNS.values()), ROWS.strip()]).encode()
    kept = keep_list(content, federation_id=current_scope().federation_id)
    importing = upload(kind=PUPILS, by=by, at=stage.later(), kept=kept)
    explain_columns(
        kind=PUPILS, by=by, at=stage.later(), importing=importing, sheet=kept.sheet, name="Pupils",
        columns=COLUMNS, defaults={"school": str(school.pk)}, shape=kept.shape,
    )  # fmt: skip
    words = dict.fromkeys(("picture", "film", "name"), WORDS)
    importing = PUPILS.find(by, importing.pk)
    explain_words(kind=PUPILS, by=by, at=stage.later(), importing=importing, words=words)
    at = stage.later()
    seen = PUPILS.preview(importing, kept.sheet, by=by, on=at.date()).seen
    apply(kind=PUPILS, by=by, at=at, importing=importing, sheet=kept.sheet, seen=seen)
    pupils = {each.key: each for each in Pupil.objects.all()}
    for key, giver, who in (("1007", "parent", "Ada Obi"), ("1010", "pupil", "")):
        record_answer(
            by=by, at=stage.later(), pupil=pupils[key], uses=["picture", "film"], answer=Answer.REFUSED,
            giver=giver, who=who, form="spoken",
        )  # fmt: skip
