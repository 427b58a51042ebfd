"""What personal data the program keeps: whose, of what kind, why, how long, and what ends it.

Plain data, read by one loader (`entries.load`): `tables/*.yaml` classify every field of every model, those of
the sign-in library and of the jobs included; `places.yaml` says what lies outside the models; `endings.yaml`
names the code that ends what is kept. `checks` compares all of it with the models and with the code that it
names, `shown` writes it down for people. Only `counting` asks the database, for numbers of rows.
"""

from schoolgate.core.data_map.entries import (
    DataMap,
    Ending,
    FieldSaid,
    Kind,
    Place,
    Special,
    TableSaid,
    Whose,
    load,
)

__all__ = ["DataMap", "Ending", "FieldSaid", "Kind", "Place", "Special", "TableSaid", "Whose", "load"]
