"""Figures from domain values: what to draw, in words and numbers, apart from drawing it.

A ``draw_...`` function decides everything and gives a ``Figure`` with its text alternative and its data twin;
``render`` makes SVG of it, ``export`` a file, ``to_csv`` its numbers. Where a figure is a table (the forest
plot) the rows and the small drawings of its cells are here too. Colours are tokens of ``palette``; shapes
carry the class of their token and no inline style.
"""

from enthesis.report.figures.axis import Axis, IntervalMark, Tick
from enthesis.report.figures.export import EXPORTS, export
from enthesis.report.figures.figure import Figure, describe, render
from enthesis.report.figures.forest_plot import draw_forest, forest_svg
from enthesis.report.figures.forest_table import ForestRow, ForestSummary, ForestTable, forest_rows
from enthesis.report.figures.interval_cells import axis_svg, diamond_svg, interval_svg, prediction_svg
from enthesis.report.figures.tables import Provenance, Table, to_csv

__all__ = [
    "EXPORTS",
    "Axis",
    "Figure",
    "ForestRow",
    "ForestSummary",
    "ForestTable",
    "IntervalMark",
    "Provenance",
    "Table",
    "Tick",
    "axis_svg",
    "describe",
    "diamond_svg",
    "draw_forest",
    "export",
    "forest_rows",
    "forest_svg",
    "interval_svg",
    "prediction_svg",
    "render",
    "to_csv",
]
