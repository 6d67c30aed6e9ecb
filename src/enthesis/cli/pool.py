"""``enthesis pool FILE.csv``: the statistics engine alone, on any table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from enthesis.cli.printing import console, print_json
from enthesis.cli.table import numbers_of, read_table
from enthesis.errors import InvalidData
from enthesis.statistics import effects, pooling

if TYPE_CHECKING:
    import polars as pl

__all__ = ["run"]

METHODS = ("REML", "DL", "PM", "ML", "EB", "HE", "HS", "SJ", "EE")
INTERVALS = {"z": "wald", "knha": "hartung-knapp", "adhoc": "hartung-knapp-floor"}
FILE = typer.Argument(help="A CSV file with a header.")
MEASURES = ("OR", "RR", "RD", "MD", "SMD", "ROM", "PETO")


def run(
    file: Path = FILE,
    y: str = typer.Option(None, "--y", help="Column of effects."),
    v: str = typer.Option(None, "--v", help="Column of sampling variances."),
    measure: str = typer.Option(None, "--measure", help=f"Compute effects: {', '.join(MEASURES)}."),
    columns: str = typer.Option(
        None, "--columns", help="ai=COL,bi=COL,ci=COL,di=COL or m1=COL,sd1=COL,n1=COL,m2=..."
    ),
    moderators: str = typer.Option(None, "--moderators", help="Columns of a meta-regression, comma between."),
    method: str = typer.Option(
        "REML", "--method", help=f"Estimator of tau2: {', '.join(METHODS)}; EE is common effect."
    ),
    ci: str = typer.Option(
        "knha", "--ci", help="z, knha (Hartung-Knapp) or adhoc (Hartung-Knapp, never narrower than z)."
    ),
    level: float = typer.Option(0.95, "--level", help="Coverage of the intervals, between 0 and 1."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object, full double precision."),
) -> None:
    """Pool the studies of a table: random effects, heterogeneity, prediction interval, meta-regression."""
    _check_choice("--method", method, METHODS)
    _check_choice("--ci", ci, tuple(INTERVALS))
    wanted = _wanted(y, v, measure, columns)
    names = [name.strip() for name in moderators.split(",")] if moderators else []
    table = read_table(file, [*wanted.values(), *names])
    effect_rows, where = _effects(file, table, wanted, measure)
    yi, vi = [r["y"] for r in effect_rows], [r["v"] for r in effect_rows]
    interval = INTERVALS[ci]
    fit = pooling.pool(yi, vi, method=method, interval=interval, level=level)
    result = pooled_object(fit)
    result["caveats"] += where
    if names:
        X = [[numbers_of(file, table, name)[r["row"] - 1] for name in names] for r in effect_rows]
        regression = pooling.meta_regression(yi, vi, X, names, method=method, interval=interval, level=level)
        result |= _moderated(regression)
    if measure:
        result["effects"] = effect_rows
    print_json(result) if as_json else _print(result, measure)


def _check_choice(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidData(f"{option} is '{value}'; it is one of {', '.join(allowed)}.")


def _wanted(y: str | None, v: str | None, measure: str | None, columns: str | None) -> dict[str, str]:
    """Figures the analysis needs, with the column each stands in."""
    if measure is None:
        if y is None or v is None:
            raise InvalidData("Give --y and --v, or --measure and --columns.")
        return {"y": y, "v": v}
    _check_choice("--measure", measure, MEASURES)
    if not columns:
        raise InvalidData(
            f"--measure {measure} needs --columns, as m1=COL,sd1=COL,n1=COL,m2=COL,sd2=COL,n2=COL."
        )
    pairs = [part.partition("=") for part in columns.split(",")]
    if any(not sign or not name.strip() or not column.strip() for name, sign, column in pairs):
        raise InvalidData(f"--columns is '{columns}'; write NAME=COLUMN with commas between.")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _effects(
    file: Path, table: "pl.DataFrame", wanted: dict[str, str], measure: str | None
) -> tuple[list[dict[str, Any]], list[str]]:
    figures = {name: numbers_of(file, table, column) for name, column in wanted.items()}
    if measure is None:
        rows = [
            {"row": i + 1, "y": y, "v": v}
            for i, (y, v) in enumerate(zip(figures["y"], figures["v"], strict=True))
        ]
        return rows, []
    found = effects.compute(measure, figures)
    rows = [
        {"row": i + 1, "y": float(y), "v": float(v)}
        for i, (y, v, kept) in enumerate(zip(found.y, found.v, found.estimable, strict=True))
        if kept
    ]
    return rows, [str(note) for note in (*found.caveats, *found.not_estimable)]


def pooled_object(fit: pooling.PooledEffect) -> dict[str, Any]:
    """The contract of ``enthesis pool --json``; keys may be added, none renamed."""
    return {
        "k": fit.k,
        "mu": fit.mu,
        "se": fit.se,
        "statistic": fit.statistic,
        "p": fit.p,
        "ci": list(fit.ci),
        "level": fit.level,
        "tau2": fit.tau2,
        "tau2_ci": list(fit.tau2_ci) if fit.tau2_ci else None,
        "q": fit.q,
        "q_df": fit.q_df,
        "q_p": fit.q_p,
        "i2": fit.i2,
        "h2": fit.h2,
        "prediction_interval": list(fit.prediction_interval) if fit.prediction_interval else None,
        "prediction_df": fit.prediction_df,
        "prediction_distribution": fit.prediction_distribution,
        "method": fit.method,
        "ci_method": fit.ci_method,
        "df": fit.df,
        "converged": fit.converged,
        "weights": list(fit.weights),
        "caveats": [c.text for c in fit.caveats],
    }


def _moderated(fit: pooling.MetaRegression) -> dict[str, Any]:
    test, rest = fit.moderators, fit.residual
    fields = ("name", "estimate", "se", "statistic", "p")
    return {
        "coefficients": [{f: getattr(c, f) for f in fields} | {"ci": list(c.ci)} for c in fit.coefficients],
        "moderator_test": {
            "statistic": test.statistic,
            "df": test.df,
            "residual_df": test.residual_df,
            "p": test.p,
        },
        "residual": {
            "tau2": rest.tau2,
            "tau2_ci": list(rest.tau2_ci),
            "q": rest.q,
            "q_p": rest.p,
            "i2": rest.i2,
            "h2": rest.h2,
        },
        "r2": fit.r2,
        "moderator_caveats": [c.text for c in fit.caveats],
    }


def _print(result: dict[str, Any], measure: str | None) -> None:
    out = console()
    lo, hi = result["ci"]
    scale = " (logarithm of the ratio)" if measure in ("OR", "RR", "ROM", "PETO") else ""
    out.print(
        f"Pooled effect{scale}: {result['mu']:.6g}, {result['level']:.0%} interval {lo:.6g} to {hi:.6g}"
    )
    out.print(f"k {result['k']}, p {result['p']:.4g}, {result['method']}, {result['ci_method']}")
    if result["tau2"] is not None:
        out.print(
            f"tau2 {result['tau2']:.6g}, I2 {result['i2']:.1%}, Q {result['q']:.4g} (p {result['q_p']:.4g})"
        )
    if result["prediction_interval"]:
        a, b = result["prediction_interval"]
        out.print(
            f"Prediction interval: {a:.6g} to {b:.6g} (t, {result['prediction_df']} degrees of freedom)"
        )
    for c in result.get("coefficients", ()):
        out.print(
            f"  {c['name']}: {c['estimate']:.6g} ({c['ci'][0]:.6g} to {c['ci'][1]:.6g}), p {c['p']:.4g}"
        )
    for caveat in (*result["caveats"], *result.get("moderator_caveats", ())):
        out.print(f"Note: {caveat}")
