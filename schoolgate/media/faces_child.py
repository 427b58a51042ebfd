"""Counts the faces in a picture from standard input and writes the number. Runs as a process of its own, like
`redrawing.py`; it imports nothing of the program, keeps nothing and compares with nothing."""

import sys

import cv2
import numpy as np

LONGEST_EDGE = 1024
SMALLEST = 20
"""A face is at least so many pixels wide, of a picture whose longest edge is `LONGEST_EDGE`."""


def count(content: bytes) -> int:
    """Return how many faces are found, with the settings that were measured (docs/adr/0039)."""
    cv2.setNumThreads(1)
    grey = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    scale = LONGEST_EDGE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    found = cascade.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=5, minSize=(SMALLEST, SMALLEST))
    return len(found)


if __name__ == "__main__":
    print(count(sys.stdin.buffer.read()))
