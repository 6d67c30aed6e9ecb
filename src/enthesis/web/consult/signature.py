"""A signature drawn on a screen: numbers come in, the drawing is made here."""

from typing import Any

__all__ = ["HEIGHT", "WIDTH", "Strokes", "read_strokes", "signature_svg"]

Strokes = tuple[tuple[tuple[int, int], ...], ...]
WIDTH, HEIGHT = 600, 200
MOST_POINTS = 20_000
FEWEST_POINTS = 5
# A pen may leave the field, on a wide screen by several times its width; it is drawn at the edge then.
FARTHEST = 20 * WIDTH


def read_strokes(value: Any) -> Strokes:
    """Strokes of lists of ``[x, y]``, held inside the field; empty where too little was drawn.

    Raises:
        ValueError: It is no list of lists of two numbers, lies far from the field, or has too many points.
    """
    strokes = tuple(tuple(_point(p) for p in _listed(stroke)) for stroke in _listed(value))
    points = sum(map(len, strokes))
    if points > MOST_POINTS:
        raise ValueError(f"{points} points; at most {MOST_POINTS} are kept")
    return strokes if points >= FEWEST_POINTS else ()


def signature_svg(strokes: Strokes) -> str:
    """The strokes as an SVG picture; empty for none."""
    if not strokes:
        return ""
    lines = "".join(f'<polyline points="{" ".join(f"{x},{y}" for x, y in stroke)}"/>' for stroke in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
        f'stroke="currentColor" stroke-width="2.5" stroke-linecap="round">{lines}</svg>'
    )


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"a {type(value).__name__} is no list")
    return value


def _point(pair: Any) -> tuple[int, int]:
    x, y = map(_number, _listed(pair))
    return min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= FARTHEST:
        raise ValueError("no place in or beside the field")
    return int(value)
