"""A QR code as one SVG path, so that it needs no style and prints in black."""

from dataclasses import dataclass

import qrcode  # type: ignore[import-untyped]

__all__ = ["QrPath", "qr_path"]

# Four modules of white around the code, as ISO/IEC 18004 asks.
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrPath:
    """Path of the dark modules on a square of ``size`` modules with its quiet zone."""

    path: str
    size: int


def qr_path(text: str) -> QrPath:
    """The code of a text with medium error correction (15 % may be spoilt)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = (
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return QrPath("".join(dark), len(rows) + 2 * QUIET_ZONE)
