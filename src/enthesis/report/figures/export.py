"""A drawn figure as a file to take away: SVG, PNG at twice the size, or PDF with text as text.

Known limit: the renderer of PNG and PDF (usvg 0.45) sets the vowel signs of Devanagari and Bengali too close;
in the SVG itself a browser shapes them right.
"""

from typing import Literal, get_args

import vl_convert

__all__ = ["EXPORTS", "Export", "export"]

Export = Literal["svg", "png", "pdf"]
EXPORTS: tuple[str, ...] = get_args(Export)
_PNG_SCALE = 2.0


def export(svg: str, kind: Export) -> bytes:
    """The figure as a file.

    Args:
        svg: Stand-alone SVG, as ``render`` gives it.
        kind: Kind of file.

    Raises:
        ValueError: No such kind of file, or the SVG cannot be read.
    """
    match kind:
        case "svg":
            return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'.encode()
        case "png":
            return vl_convert.svg_to_png(svg, scale=_PNG_SCALE)
        case "pdf":
            return vl_convert.svg_to_pdf(svg)
    raise ValueError(f"No figure is written as '{kind}'; choose one of {', '.join(EXPORTS)}")
