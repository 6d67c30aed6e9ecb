"""Figures from domain values: what to draw, in words and numbers, apart from drawing it.

A ``draw_...`` function decides everything and gives a ``Figure`` with its text alternative and its data twin;
``render`` makes SVG of it, ``export`` a file, ``to_csv`` its numbers. Where a figure is a table (the forest
plot) the rows and the small drawings of its cells are here too. Colours are tokens of ``palette``; shapes
carry the class of their token and no inline style.
"""

from enthesis.report.figures.axis import Axis, IntervalMark, Tick
from enthesis.report.figures.benefit_curve import draw_benefit_curve
from enthesis.report.figures.export import EXPORTS, export
from enthesis.report.figures.figure import Figure, describe, render
from enthesis.report.figures.forest_plot import draw_forest, forest_svg
from enthesis.report.figures.forest_table import (
    ForestRow,
    ForestSummary,
    ForestTable,
    RowEffect,
    forest_rows,
)
from enthesis.report.figures.funnel import draw_funnel
from enthesis.report.figures.icon_array import Fate, IconGroup, IconPanel, draw_icon_array
from enthesis.report.figures.interval_cells import axis_svg, diamond_svg, interval_svg, prediction_svg
from enthesis.report.figures.map_picture import draw_map
from enthesis.report.figures.map_tiles import MapTile, map_tile
from enthesis.report.figures.palette import stylesheet
from enthesis.report.figures.tables import Provenance, Table, to_csv
from enthesis.report.figures.timeline import draw_timeline
from enthesis.report.figures.verdict_marks import certainty_dots_svg, verdict_mark

__all__ = [
    "EXPORTS",
    "Axis",
    "Fate",
    "Figure",
    "ForestRow",
    "ForestSummary",
    "ForestTable",
    "IconGroup",
    "IconPanel",
    "IntervalMark",
    "MapTile",
    "Provenance",
    "RowEffect",
    "Table",
    "Tick",
    "axis_svg",
    "certainty_dots_svg",
    "describe",
    "diamond_svg",
    "draw_benefit_curve",
    "draw_forest",
    "draw_funnel",
    "draw_icon_array",
    "draw_map",
    "draw_timeline",
    "export",
    "forest_rows",
    "forest_svg",
    "interval_svg",
    "map_tile",
    "prediction_svg",
    "render",
    "stylesheet",
    "to_csv",
    "verdict_mark",
]
