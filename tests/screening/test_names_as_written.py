"""Every way to write a name in the table does what the table says."""

from pathlib import Path

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, screen

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if not line.startswith("#")]


REGISTER = [Listed(int(key), *(each.strip() for each in rest)) for key, *rest in rows("register.tsv")]
INDEX = NameIndex(REGISTER)


@pytest.mark.parametrize(("must", "of", "text"), rows("names_as_written.tsv"))
def test_each_way_to_write_a_name_does_what_the_table_says(must, of, text):
    hits = [hit for hit in screen(text, INDEX).hits if hit.strength is not Strength.MENTION]
    if must == "nothing":
        assert hits == []
        return
    meant = [hit for hit in hits if of == "-" or int(of) in hit.of]
    assert meant, hits
    assert must == "ask" or any(hit.strength is Strength.STOP for hit in meant), meant
