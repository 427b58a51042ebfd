"""Lists of pupils for the tests, as an office exports them."""

from schoolgate.people.list_importer import explain_columns, explain_words
from schoolgate.people.sheets import same_word
from schoolgate.pupils.importing import PUPILS
from tests.people import lists

COLUMNS = {
    "key": "UPN",
    "first_name": "Forename",
    "last_name": "Surname",
    "known_as": "Preferred Name",
    "form": "Reg",
    "born_on": "DOB",
    "picture": "Photos",
    "name": "Name online",
    "parent": "Contact 1",
    "parent_email": "Contact 1 email",
}
HEAD = ",".join(COLUMNS.values())
WORDS = {"Yes": "given", "No": "refused", "Pending": "not_asked"}


def line(key="A1", first="Ava", last="Thomas", **more):
    said = {"key": key, "first_name": first, "last_name": last, **more}
    return ",".join(str(said.get(field, "")) for field in COLUMNS)


class Brought(lists.Brought):
    """A list of pupils of one school, its columns and words explained."""

    kind, head, name = PUPILS, HEAD, "Pupils from the office"

    def __init__(self, by, at, school, *lines, explained=True, **more):
        self.school = school
        super().__init__(by, at, *lines, **more)
        if self.importing.mapping.defaults != {"school": str(school.pk)} and not more.get("columns"):
            self.explain(name=f"{self.name} of {school.name}")  # else it's of the school of the list before
        if explained:
            self.words(picture=WORDS, name=WORDS)

    def explain(self, *, columns=None, defaults=None, name):
        return explain_columns(
            kind=PUPILS, by=self.by, at=self.at, importing=self.importing, sheet=self.kept.sheet, name=name,
            columns=columns or COLUMNS, defaults=defaults or {"school": str(self.school.pk)},
            shape=self.kept.shape,
        )  # fmt: skip

    def words(self, **meant):
        given = {field: {same_word(word): to for word, to in each.items()} for field, each in meant.items()}
        return explain_words(kind=PUPILS, by=self.by, at=self.at, importing=self.importing, words=given)
