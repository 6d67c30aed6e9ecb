"""Laws of numbers and pictures in aids."""

import unicodedata
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from enthesis.domain.counsel.numerals import Digits, Grouping, write_number
from enthesis.report.counsel.people_svg import people_svg


@given(st.integers(-(10**12), 10**12), st.sampled_from(Digits), st.sampled_from(Grouping))
def test_a_number_can_be_read_back_whatever_its_digits_and_groups(n, digits, grouping):
    shown = write_number(n, digits, grouping)
    plain = "".join(str(unicodedata.digit(c)) for c in shown if c.isdigit())
    assert int(plain) * (-1 if shown.startswith("\N{MINUS SIGN}") else 1) == n


@given(st.floats(0, 100), st.sampled_from(Digits))
def test_all_digits_of_a_number_are_of_one_script(x, digits):
    scripts = {
        unicodedata.name(c).split()[0] for c in write_number(x, digits, Grouping.INDIAN, 1) if c.isdigit()
    }
    assert len(scripts) == 1


@given(st.integers(0, 100), st.booleans())
def test_a_picture_has_a_hundred_people_and_as_many_filled_as_are_counted(count, harm):
    root = ET.fromstring(people_svg(count, harm=harm, label="x"))
    bodies = root.findall("{http://www.w3.org/2000/svg}path")
    assert len(bodies) == 100
    assert sum(body.get("fill") != "none" for body in bodies) == count


@given(st.integers(0, 100))
def test_gains_and_harms_are_drawn_in_the_same_places(count):
    def places(harm):
        svg = ET.fromstring(people_svg(count, harm=harm, label="x"))
        return [p.get("d") for p in svg.findall("{http://www.w3.org/2000/svg}path")]

    assert places(True) == places(False)
