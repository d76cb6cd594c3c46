"""Pictures of pages (PNG, JPEG, TIFF of several pages, BMP): recognised, page by page."""

import io
from collections.abc import Iterator
from typing import Any

from corpus.errors import FormatError, PolicyError, TooLargeError
from corpus.reading import scan
from corpus.reading.printed import LaidOut
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.types import Reading

MAX_PAGES = 2000
MAX_PIXELS = 100_000_000  # of one page: A3 at 600 dpi is 70 million

_DAMAGED = "图片不完整或已损坏，无法打开。请重新获取完整的文件后添加。"
KINDS = ("png", "jpeg", "tiff", "bmp")  # as signatures and, in capitals, the library call them
WITHIN = (*KINDS, "gif")  # within other files


def read(_name: str, data: bytes) -> Reading:
    """The text recognised in a picture, a page for every picture in the file, each with its confidence.

    Raises FormatError where recognition is not installed or the file is damaged, TooLargeError past a limit.
    """
    if not scan.available():
        raise scan.needs_recognition("文件")
    pages: list[LaidOut] = []
    for number, picture in enumerate(pictures(data), 1):
        pages.append(lay_out(scan.recognised(picture, number), scan.NEAR))
    return compose(pages)


def pictures(data: bytes) -> Iterator[Any]:
    """The pictures in the file as arrays, upright as their camera says, each no larger than recognition needs.

    Raises FormatError where the file is damaged, TooLargeError past a limit.
    """
    import numpy as np
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper() for kind in WITHIN]) as file:
            count = getattr(file, "n_frames", 1)
            if count > MAX_PAGES:
                raise TooLargeError(f"图片文件有 {count} 页，超过 {MAX_PAGES} 页的上限。请拆成几个文件后添加。")
            for number in range(count):
                file.seek(number)
                if file.width * file.height > MAX_PIXELS:
                    shown = f"{file.width}×{file.height}"
                    raise TooLargeError(f"图片有 {shown} 像素，超过 {MAX_PIXELS // 10_000} 万像素的上限。请缩小后添加。")
                picture = ImageOps.exif_transpose(file) or file
                picture.thumbnail((scan.MAX_SIDE, scan.MAX_SIDE))
                yield np.ascontiguousarray(np.asarray(_on_white(picture))[:, :, ::-1])
    except (PolicyError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever it meets in a damaged file
        raise FormatError(_DAMAGED) from error


def _on_white(picture: Any) -> Any:
    """The picture in colours, what is transparent in it as white."""
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")
