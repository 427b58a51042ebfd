"""Names of months as people and programs write them, in the languages in which schools get lists and mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NAMES: Final = (
    ("january jan", "ionawr ion", "stycznia styczeń sty", "janvier janv", "januar jan jänner", "enero ene"),
    ("february feb", "chwefror chwef", "lutego luty lut", "février févr fév", "februar", "febrero"),
    ("march mar", "mawrth", "marca marzec", "mars", "märz mär", "marzo"),
    ("april apr", "ebrill ebr", "kwietnia kwiecień kwi", "avril avr", "april", "abril abr"),
    ("may", "mai", "maja maj", "mai", "mai", "mayo"),
    ("june jun", "mehefin meh", "czerwca czerwiec cze", "juin", "juni", "junio"),
    ("july jul", "gorffennaf gorff", "lipca lipiec lip", "juillet juil", "juli", "julio"),
    ("august aug", "awst", "sierpnia sierpień sie", "août", "august", "agosto ago"),
    ("september sep sept", "medi", "września wrzesień wrz", "septembre", "september", "septiembre setiembre"),
    ("october oct", "hydref hyd", "października październik paź", "octobre", "oktober okt", "octubre"),
    ("november nov", "tachwedd tach", "listopada listopad lis", "novembre", "november", "noviembre"),
    ("december dec", "rhagfyr rhag", "grudnia grudzień gru", "décembre déc", "dezember dez", "diciembre dic"),
)
"""English, Welsh, Polish, French, German, Spanish."""
MONTHS: Final[Mapping[str, int]] = {
    name: number for number, each in enumerate(_NAMES, 1) for words in each for name in words.split()
}
"""The name of a month in lower case -> its number."""
