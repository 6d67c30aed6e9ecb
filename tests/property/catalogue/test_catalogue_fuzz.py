"""Whatever a data file holds, only our own errors come out, and what passes the laws can be built."""

import random
import shutil
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from enthesis.catalogue import check, load
from enthesis.catalogue.build import build_review, build_study
from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import SHIPPED, DataFile
from enthesis.catalogue.laws import LAWS, DocumentLaw, Gravity
from enthesis.catalogue.shape import ShapeChecker
from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.errors import InvalidData

KINDS = {"study": ("studies", build_study), "review": ("reviews", build_review)}
TOKENS = [
    "- ",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "#",
    "&a",
    "*a",
    "!!",
    "|",
    ">",
    "%",
    "@",
    "\t",
]
TOKENS += [
    "NO",
    "~",
    "1e3",
    "2026-11-30",
    "---\n",
    "...\n",
    "<<",
    "? ",
    "null",
    "-1",
    "0.5",
    "\ufeff",
    "é",
    "\x00",
]
TOKENS += ["id", "arms", "results", "n", "sd", "ci", "p", "weeks", "\u2028", "\U0001f600"]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
words = st.sampled_from(
    ["id", "n", "mean", "sd", "ci", "arms", "results", "prp", "contrast", "of", "p", "weeks", "x"]
)
structures = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(words, below, max_size=5),
    max_leaves=15,
)


@cache
def vocabulary():
    return read_yaml((SHIPPED / "vocabulary.yaml").read_bytes()).value


@cache
def shape(kind):
    return ShapeChecker(kind, vocabulary())


@cache
def files(kind):
    return sorted((SHIPPED / KINDS[kind][0]).glob("*.yaml"))


def as_file(kind, raw):
    return DataFile(kind, f"{KINDS[kind][0]}/fuzzed.yaml", raw, "digest")


def paths(node, path=()):
    yield path
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in below:
        yield from paths(value, (*path, step))


def at(node, path):
    for step in path:
        node = node[step]
    return node


def mutated(document, seed, replacement):
    """The document with one to three of its nodes replaced, deleted, doubled, renamed or exchanged."""
    chance, document = random.Random(seed), deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        way = chance.choice([path for path in paths(document) if path])
        *parent, last = way
        holder, other = at(document, parent), deepcopy(at(document, chance.choice(list(paths(document)))))
        match chance.choice(["replace", "delete", "exchange", "nudge", "double"]):
            case "replace":
                holder[last] = deepcopy(replacement)
            case "delete":
                del holder[last]
            case "exchange":
                holder[last] = other
            case "nudge" if isinstance(holder[last], int | float) and not isinstance(holder[last], bool):
                holder[last] = chance.choice(
                    [0, -1, 1, holder[last] * -1, holder[last] * 10, holder[last] + 0.5]
                )
            case "double" if isinstance(holder, list):
                holder.append(deepcopy(holder[last]))
            case _ if isinstance(holder, dict):
                holder["extra"] = deepcopy(replacement)
    return document


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"[" * 3000)
def test_any_bytes_give_a_value_or_problems(raw):
    text = read_yaml(raw, with_lines=True)
    assert text.problems or text.value is not None or b"null" in raw
    assert all(problem.line >= 1 and problem.message and problem.repair for problem in text.problems)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join))
def test_any_pieces_of_yaml_give_a_value_or_problems(text):
    for kind in KINDS:
        examined = examine_document(
            as_file(kind, text.encode("utf-8", "surrogatepass")), shape(kind), tuple(Gravity)
        )
        assert examined.findings or examined.document is not None


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(KINDS)), structures)
def test_any_structure_is_told_to_be_misshapen(kind, document):
    assert shape(kind).breaches(document)
    assert ShapeChecker("vocabulary").breaches(document)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 10_000), st.integers(0, 2**32), structures)
def test_a_changed_file_is_refused_by_law_or_can_be_built(kind, which, seed, replacement):
    path = files(kind)[which % len(files(kind))]
    document = mutated(read_yaml(path.read_bytes()).value, seed, replacement)
    if shape(kind).breaches(document):
        return
    laws = [law for law in LAWS if isinstance(law, DocumentLaw) and law.kind == kind]
    broken = {law.id for law in laws for _ in law.breaches(document) if law.gravity is Gravity.ERROR}
    build = KINDS[kind][1]
    if not broken:
        assert build(document).id == document["id"]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 10_000), st.integers(0, 2**32), st.sampled_from(TOKENS))
def test_a_file_with_spoilt_bytes_is_examined_without_an_exception(kind, which, seed, token):
    chance = random.Random(seed)
    raw = files(kind)[which % len(files(kind))].read_bytes()
    start = chance.randrange(len(raw))
    end = min(len(raw), start + chance.choice([0, 0, 1, 5, 200]))
    spoilt = raw[:start] + token.encode() * chance.choice([1, 1, 3]) + raw[end:]
    examined = examine_document(as_file(kind, spoilt), shape(kind), tuple(Gravity))
    assert all(finding.line and finding.line <= spoilt.count(b"\n") + 2 for finding in examined.findings)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "studies").mkdir()
    (folder / "reviews").mkdir()
    shutil.copy(SHIPPED / "vocabulary.yaml", folder)
    shutil.copy(SHIPPED / "studies" / "bennell-2021.yaml", folder / "studies")
    return folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["studies/bennell-2021.yaml", "vocabulary.yaml"]),
    st.integers(0, 2**32),
    st.sampled_from(TOKENS),
)
def test_a_spoilt_catalogue_raises_only_invalid_data(root, file, seed, token):
    path = root / file
    whole = path.read_bytes()
    start = random.Random(seed).randrange(len(whole))
    path.write_bytes(whole[:start] + token.encode() + whole[start + 1 :])
    try:
        report = check(root)
        if report.ok:
            assert load(root, use_cache=False).vocabulary
        else:
            with pytest.raises(InvalidData, match=r"yaml"):
                load(root, use_cache=False)
    finally:
        path.write_bytes(whole)
