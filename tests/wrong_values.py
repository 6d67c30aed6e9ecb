"""Wrong values that are tried in every field: by form, by query, in a path, and in JSON."""

from typing import Any

__all__ = ["BROKEN", "NEVER", "NONSENSE", "ODD", "REPEATED"]

# Sent in forms and queries.
NONSENSE = {
    "null byte": "a\x00b",
    "control sign": "a\x07b",
    "long": "9" * 5000,
    "huge": "x" * 300_000,
    "future": "2999-12-31",
    "past": "0001-01-01",
    "negative": "-1",
    "unit slip": "5000000",
    "not a number": "NaN",
    "infinite": "Infinity",
    "overflow": "1e400",
    "script": "<script>alert(1)</script>",
    "half of a surrogate pair": "%ED%A0%80",
    "formula": "=1+1",
    "key of nobody": "00000000-0000-4000-8000-000000000000",
}
# These no field of any form takes.
NEVER = {"null byte", "control sign", "huge", "long"}
# As they stand in an address: bytes that are no UTF-8.
BROKEN = {"half of a surrogate pair": "%ED%A0%80", "lone byte": "%FF", "overlong": "%C0%AF"}
REPEATED = "repeated"
# Values of JSON, of every type.
ODD: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    4.5,
    1e308,
    float("inf"),
    float("nan"),
    10**30,
    10**400,
    "",
    "x",
    "é٣",
    "\x00",
    "\x07",
    "\ud800",
    "9" * 5000,
    "x" * 70_000,
    "2999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "00000000-0000-4000-8000-000000000000",
    [],
    [4],
    [[]],
    [None],
    ["x"],
    {},
    {"a": 4},
    {"": None},
]
