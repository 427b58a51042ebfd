"""Lists of people that nobody confirms are gone after a day, whatever came in between."""

from datetime import timedelta

from schoolgate.core import files
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import imports
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import drop, keep_list, upload
from schoolgate.people.models import PeopleImport
from tests.cast import someone

DAY = timedelta(days=1)


def test_the_sweep_erases_what_nobody_confirmed_and_what_was_left_of_the_others(federation, home, at):
    with scope(federation.pk):
        amina = someone("Amina", "slt")
        kept = [
            keep_list(f"Name,Email\nDan,d{n}@b.org".encode(), federation_id=federation.pk) for n in range(3)
        ]
        old, dropped, young = (
            upload(kind=PEOPLE, by=amina, at=when, kept=each)
            for each, when in zip(kept, (at, at, at + DAY), strict=True)
        )
        # As if the program had stopped between the transaction and the erasing.
        drop(kind=PEOPLE, by=amina, at=at, importing=dropped)
    imports(at + DAY)
    imports(at + DAY)
    there = sorted(path.name for path in (home / "files").rglob("*") if path.is_file())
    assert there == [young.file]
    with scope(federation.pk):
        states = dict(PeopleImport.objects.values_list("pk", "state"))
    assert states == {old.pk: "lapsed", dropped.pk: "dropped", young.pk: "open"}
    assert files.is_there(young.file, federation_id=federation.pk)
