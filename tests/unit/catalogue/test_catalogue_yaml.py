"""What the reader of data files takes, and what it refuses with line and repair."""

import pytest

from enthesis.catalogue.strict_yaml import MAX_BYTES, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: -0.25", {"a": -0.25}),
        ("a: true", {"a": True}),
        ("a: null", {"a": None}),
        ("a: 'NO'", {"a": "NO"}),
        ("a: '2026-11-30'", {"a": "2026-11-30"}),
        ("a: '012'", {"a": "012"}),
        ("a: KL 2-3, age 50 or older", {"a": "KL 2-3, age 50 or older"}),
        ("a: [0, 10]", {"a": [0, 10]}),
        ("n: 5", {"n": 5}),
        ("on: 5", {"on": 5}),
        ("# only a remark\na: b # another", {"a": "b"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("'5': level five", {"5": "level five"}),
    ],
)
def test_plain_yaml_is_read_as_written(text, value):
    assert read_yaml(text.encode()).value == value
    assert read_yaml(text.encode()).problems == ()


def test_whole_and_decimal_numbers_keep_their_type():
    value = read_yaml(b"a: 3\nb: 3.0").value
    assert type(value["a"]) is int
    assert type(value["b"]) is float


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"", 1, "the file is empty"),
        (b"# nothing but a remark\n", 1, "the file is empty"),
        (b"a: NO", 1, "read as yes or no"),
        (b"x: 1\na: yes", 2, "read as yes or no"),
        (b"a: Off", 1, "read as yes or no"),
        (b"a: TRUE", 1, "read as yes or no"),
        (b"a: ~", 1, "read as yes or no"),
        (b"a: 2026-11-30", 1, "read as a date"),
        (b"a: 2026-11-30T10:00:00Z", 1, "read as a date"),
        (b"a: 012", 1, "no plain decimal number"),
        (b"a: 0x1F", 1, "no plain decimal number"),
        (b"a: 0o17", 1, "no plain decimal number"),
        (b"a: 1e3", 1, "no plain decimal number"),
        (b"a: 1.0e-05", 1, "no plain decimal number"),
        (b"a: 1_000", 1, "no plain decimal number"),
        (b"a: +5", 1, "no plain decimal number"),
        (b"a: .5", 1, "no plain decimal number"),
        (b"a: 5.", 1, "no plain decimal number"),
        (b"a: .inf", 1, "no plain decimal number"),
        (b"a: .nan", 1, "no plain decimal number"),
        (b"a: 1234567890123456789", 1, "no plain decimal number"),
        (b"a: 12:30", 1, "in base 60"),
        (b"a: =", 1, "a bare equals sign"),
        (b"a:\nb: 1", 1, "a field without a value"),
        (b"a: 1\nb: 2\na: 3", 3, "the field 'a' stands twice"),
        (b"a: &x 1", 1, "the anchor &x"),
        (b"a: &x 1\nb: *x", 2, "the alias *x"),
        (b"<<: {a: 1}", 1, "a merge key"),
        (b"a: !!python/object/apply:os.system [ls]", 1, "the tag"),
        (b"a: !x 1", 1, "the tag !x"),
        (b"a: 1\n---\nb: 2", 2, "a second document"),
        (b"? [a]\n: 1", 1, "a field name that is no text"),
        (b"a: [1, 2", 2, "no valid YAML"),
        (b"a: b: c", 1, "a colon followed by a space"),
        (b"a:\n\t- 1", 2, "a tab"),
        (b'a: "\\x07"', 1, "a control character"),
        (b"a: \x07", 1, "a character that YAML does not allow"),
        (b"\xef\xbb\xbfa: 1", 1, "a byte order mark"),
        ("a: 1".encode("utf-16"), 1, "saved as UTF-16"),
        (b"a: 1\nb: Caf\xe9", 2, "is no UTF-8"),
        ("a: 1\nb: x\u2028y".encode(), 2, "an invisible character, U+2028"),
        ("a: x\u202ey".encode(), 1, "an invisible character, U+202E"),
        ("a: x\u200by".encode(), 1, "an invisible character, U+200B"),
        (b"[" * 100_000, 1, "nested too deep"),
        (b"{" * 100_000, 1, "nested too deep"),
        (b"a: " + b"x" * MAX_BYTES, 1, "bytes"),
    ],
)
def test_what_readers_understand_differently_is_refused_with_its_line(text, line, said):
    problems = read_yaml(text).problems
    assert any(problem.line == line and said in problem.message for problem in problems), problems
    assert all(problem.repair for problem in problems)


def test_every_problem_of_a_file_is_told_at_once():
    problems = read_yaml(b"a: NO\nb: 012\nc: 1\nc: 2\n").problems
    assert [problem.line for problem in problems] == [1, 2, 4]


def test_an_alias_bomb_is_refused_without_being_unfolded():
    bomb = b"a: &a [x, x]\n" + b"".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n".encode() for i in range(20)
    )
    assert any("the alias" in problem.message for problem in read_yaml(bomb).problems)


def test_lines_of_fields_and_items_are_known():
    lines = read_yaml(b"# remark\na:\n- x: 1\n  y: 2\n- x: 3\nb: [4, 5]\n", with_lines=True).lines
    assert lines == {
        (): 1,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 0, "x"): 3,
        ("a", 0, "y"): 4,
        ("a", 1): 5,
        ("a", 1, "x"): 5,
        ("b",): 6,
        ("b", 0): 6,
        ("b", 1): 6,
    }
