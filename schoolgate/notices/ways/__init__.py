"""The ways in which somebody can be told, all behind the same door."""
