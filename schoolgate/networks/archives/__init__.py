"""Read what a network offers as "your data": the posts in it and whose they are, and nothing else.

Pure: no database and no network. Nothing is ever unpacked onto the disk; a file is proven by what is in it,
never by its name, and read as a stream within the bounds of `limits.py`. `archives.yaml` records for each
network which of this was proven on real files.
"""

from schoolgate.networks.archives.port import LeftOut, OldPost, Owner, Unreadable
from schoolgate.networks.archives.reading import Archive, Download, archive_of, archives, open_download

__all__ = [
    "Archive",
    "Download",
    "LeftOut",
    "OldPost",
    "Owner",
    "Unreadable",
    "archive_of",
    "archives",
    "open_download",
]
