"""Colours can be read, told apart by the colour-blind, and are named by one token each."""

from itertools import combinations

import numpy as np
import pytest

from enthesis.domain.evidence import Verdict
from enthesis.report.figures.palette import DARK, LIGHT, TONES, ink_on, paint, stylesheet, token_of

# Machado 2009, doi:10.1109/TVCG.2009.113, table of severity 1.0, for linear RGB.
SIMULATIONS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "no deficiency": np.eye(3),
}
# sRGB to CIE XYZ, D65 (IEC 61966-2-1).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    dark, light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (a, b))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_paper_and_on_every_tone(theme):
    for token in ("ink", "muted", "teal", "ochre"):
        assert contrast(theme[token], theme["paper"]) >= 4.5, token
    assert contrast(theme["muted"], theme["shade"]) >= 4.5
    for tone in TONES:
        assert contrast(theme[ink_on(tone)], theme[tone]) >= 4.5, tone


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_that_carry_meaning_stand_out_from_paper(theme):
    for token in ("ink", "teal", "ochre", "line"):
        assert contrast(theme[token], theme["paper"]) >= 3, token


@pytest.mark.parametrize("deficiency", SIMULATIONS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_tones_look_alike_to_the_colour_blind(theme, deficiency):
    seen = {tone: lab(np.array(SIMULATIONS[deficiency]) @ linear(theme[tone])) for tone in TONES}
    for a, b in combinations(TONES, 2):
        # About four times the difference that can just be seen side by side (2.3 in CIELAB).
        assert np.linalg.norm(seen[a] - seen[b]) >= 10, (a, b)


def test_every_verdict_has_a_tone_and_its_own_sign():
    assert {v.mark.tone for v in Verdict} == set(TONES)
    assert len({v.mark.sign for v in Verdict}) == len(Verdict)


def test_both_themes_hold_the_same_tokens_and_no_light_colour_twice():
    assert LIGHT.keys() == DARK.keys()
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert all(token_of(colour.upper()) == token for token, colour in LIGHT.items())


def test_paint_gives_attributes_and_classes_and_no_style():
    assert paint("teal", "ink") == {
        "fill": LIGHT["teal"],
        "stroke": "currentColor",
        "class": "fig-fill-teal fig-stroke-ink",
    }
    assert paint(stroke="line")["fill"] == "none"


def test_the_stylesheet_recolours_every_token_both_ways():
    rules = stylesheet()
    for token in LIGHT:
        assert f".fig-fill-{token} {{ fill: var(--{token}); }}" in rules
        assert f".fig-stroke-{token} {{ stroke: var(--{token}); }}" in rules
