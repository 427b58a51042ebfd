"""A page that a post links to, as a worker finds it."""

import io

from PIL import Image

from schoolgate.media.link_pages import SeenPage
from schoolgate.media.proving import ProvenPicture

LINK = "https://science.example/week"
TEXT = f"Science week starts on Monday: {LINK}."
SEEN = SeenPage("Science week", "Talks and rockets.")
_file = io.BytesIO()
Image.new("RGB", (200, 120), "#3f7d5a").save(_file, "JPEG")
PICTURE = ProvenPicture(_file.getvalue(), "image/jpeg", 200, 120, (), 0)
