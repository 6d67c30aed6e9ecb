"""A CSV file as columns of numbers, with errors that name file, row and column."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import Fault, InvalidData, NotFound

if TYPE_CHECKING:
    import polars as pl

__all__ = ["numbers_of", "read_table"]

SHOWN = 5


def read_table(file: Path, columns: Iterable[str]) -> "pl.DataFrame":
    """The named columns of a CSV file as text, one row per study.

    Raises:
        NotFound: There is no such file.
        InvalidData: It is no table, holds no row, or lacks a column.
    """
    if not file.is_file():
        raise NotFound("file", str(file))
    import polars as pl  # here, because it takes a quarter of a second that no other command needs

    wanted = list(dict.fromkeys(columns))
    try:
        header = pl.read_csv(file, n_rows=0).columns
        absent = [name for name in wanted if name not in header]
        table = pl.read_csv(file, columns=wanted, infer_schema=False) if not absent else pl.DataFrame()
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise InvalidData(
            Fault(f"This is not a CSV table: {str(error).splitlines()[0]}.", str(file))
        ) from None
    if absent:
        has = ", ".join(header) or "none"
        raise InvalidData(
            [Fault(f"There is no column '{name}'; the columns are {has}.", str(file)) for name in absent]
        )
    if table.height == 0:
        raise InvalidData(Fault("The table holds no row below its header.", str(file)))
    return table


def numbers_of(file: Path, table: "pl.DataFrame", column: str) -> NDArray[np.float64]:
    """One column as numbers.

    Raises:
        InvalidData: Cells that are empty or no numbers, each with its row (counted below the header).
    """
    import polars as pl

    text = table[column].str.strip_chars()
    values = text.cast(pl.Float64, strict=False)
    bad = (values.is_null() | ~values.is_finite().fill_null(False)).arg_true().to_list()
    if bad:
        faults = [
            Fault(
                f"'{text[i] if text[i] is not None else ''}' is no number.",
                f"{file}, row {i + 1}, column {column}",
            )
            for i in bad[:SHOWN]
        ]
        if len(bad) > SHOWN:
            faults.append(
                Fault(f"... and {len(bad) - SHOWN} more cells like these.", f"{file}, column {column}")
            )
        raise InvalidData(faults)
    return values.to_numpy()
