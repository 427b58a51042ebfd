"""Posts from before Schoolgate: imported from the networks' own downloads, unjudged, searchable.

A download is uploaded, read outside any transaction into a sealed file of posts alone (the download itself is
removed at once), shown in numbers, confirmed, and imported piece by piece: a killed or stopped import
continues where it was.
"""
