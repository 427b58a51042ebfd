"""Backups: one sealed file with all that the program must not lose, and the way back from it.

`making` writes one, `checking` reads one through, `loading` fills a database from one. The file is an age
file (https://age-encryption.org) around a compressed tar archive, so that it can be opened without this
program too: `age -d -i KEY FILE | tar xz`."""
