"""Decodes one picture from standard input and re-encodes it, after a line of JSON that says what it is.

It runs as a separate process (`core.outside.aside`): a small file can have thousands of layers that all have
to be decoded, and what decodes pictures is a large library in C. It imports nothing of the program.
"""

import io
import json
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError


class Refused(Exception):
    """The picture is not taken. Its text is a short code."""


def main(most_pixels: int, longest_edge: int) -> int:
    """Write `{"refused": code}`, or size and type and then the picture; returns the exit status."""
    try:
        image = _open(sys.stdin.buffer.read(), most_pixels)
        picture, kind = _redrawn(image, longest_edge)
    except Refused as refused:
        print(json.dumps({"refused": str(refused)}))
        return 0
    said = {"width": picture.width, "height": picture.height, "media_type": f"image/{kind.lower()}"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(encode(picture, kind, quality=90))
    return 0


def _open(content: bytes, most_pixels: int) -> Image.Image:
    """Open and decode, with Pillow's own guard against bombs turned from a warning into an error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
            if image.width * image.height > most_pixels:
                raise Refused("too_many_pixels")
            if getattr(image, "n_frames", 1) > 1:
                raise Refused("moving")
            image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("no_picture") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("damaged") from error
    return image


def _redrawn(image: Image.Image, longest_edge: int) -> tuple[Image.Image, str]:
    upright = ImageOps.exif_transpose(image)
    if max(upright.size) > longest_edge:
        upright.thumbnail((longest_edge, longest_edge), Image.Resampling.LANCZOS)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    clean = Image.new("RGBA" if see_through else "RGB", upright.size)
    clean.paste(upright.convert(clean.mode))
    return clean, "PNG" if see_through else "JPEG"


def encode(image: Image.Image, kind: str, *, quality: int) -> bytes:
    """The picture as a file, PNG or JPEG."""
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
