"""Reads the words and the QR codes in a picture from standard input and writes a JSON list of lines. Runs as
a process of its own, like `faces_child.py`; it imports nothing of the program, fetches nothing and keeps
nothing."""

import json
import sys

import cv2
import numpy as np
import zxingcpp
from rapidocr import RapidOCR

LONGEST_EDGE = 2048
"""Letters are read in a picture of this size: what the browser sends is no larger."""
LOOKED_AT = 960
"""Places with letters are looked for in a smaller copy, which takes half the time and memory."""
SURE = 0.5
CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.AllMatrix)
"""What a telephone opens. A bar code on a book says nothing of a child."""


def lines_in(content: bytes) -> list[str]:
    """Return the lines that are read, with the settings that were measured (docs/adr/0042), and below them
    what each code says."""
    cv2.setNumThreads(1)
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    codes = [each.text for each in zxingcpp.read_barcodes(image, formats=CODES)]
    scale = LONGEST_EDGE / max(image.shape)
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    engine = "EngineConfig.onnxruntime"
    read = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": SURE,
            "Global.max_side_len": LONGEST_EDGE,
            "Det.limit_type": "max",
            "Det.limit_side_len": LOOKED_AT,
            f"{engine}.intra_op_num_threads": 1,
            f"{engine}.inter_op_num_threads": 1,
        }
    )
    return [*(read(image).txts or ()), *codes]


if __name__ == "__main__":
    print(json.dumps(lines_in(sys.stdin.buffer.read())))
