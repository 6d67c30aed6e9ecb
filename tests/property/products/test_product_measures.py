"""Laws of derived values: scaling, conservation, and the dilution that cancels out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import measure, product_report, read_product
from enthesis.domain.products.formulas import platelet_dose_e9
from enthesis.errors import InvalidData

# Products of four or five floating-point operations agree to far better than this.
REL = 1e-9
platelets = st.floats(min_value=50, max_value=3000)
blood_platelets = st.floats(min_value=150, max_value=450)
cells = st.floats(min_value=0.01, max_value=30)
volumes = st.floats(min_value=0.5, max_value=8)


def record(*, blood=240.0, platelets=1000.0, volume=4.0, drawn=60.0, **more) -> dict:
    return {
        "whole_blood": {"platelets": blood, "volume": drawn, **more},
        "product": {"platelets": platelets, "volume_prepared": volume, "volume_injected": volume},
    }


@given(platelets, volumes, st.floats(min_value=0.1, max_value=10))
def test_dose_scales_with_volume(count, volume, factor):
    assert platelet_dose_e9(count, factor * volume) == pytest.approx(
        factor * platelet_dose_e9(count, volume), rel=REL
    )


@given(platelets, volumes, volumes)
def test_doses_of_two_syringes_add_up(count, first, second):
    both = platelet_dose_e9(count, first) + platelet_dose_e9(count, second)
    assert platelet_dose_e9(count, first + second) == pytest.approx(both, rel=REL)


@given(blood_platelets, platelets, volumes)
def test_recovery_is_fold_over_volume_reduction(blood, count, volume):
    got = measure(read_product(record(blood=blood, platelets=count, volume=volume)))
    assert got.recovery_percent == pytest.approx(100 * got.fold / got.volume_reduction, rel=REL)


@given(platelets, cells, cells)
def test_shares_of_all_cells_are_a_whole(count, leukocytes, erythrocytes):
    product = {"platelets": count, "leukocytes": leukocytes, "erythrocytes": erythrocytes}
    got = measure(read_product({"product": product}))
    leukocyte_share = 100 * leukocytes / (count + leukocytes + 1000 * erythrocytes)
    assert got.purity_percent + got.red_cell_share_percent + leukocyte_share == pytest.approx(100, rel=REL)


@given(blood_platelets, platelets, st.floats(min_value=0.5, max_value=10))
def test_counting_with_or_before_the_anticoagulant_gives_one_answer(blood, count, anticoagulant):
    diluted = blood * 60 / (60 + anticoagulant)
    before = record(
        blood=blood, platelets=count, anticoagulant_volume=anticoagulant, counted="before-anticoagulant"
    )
    after = record(
        blood=diluted, platelets=count, anticoagulant_volume=anticoagulant, counted="with-anticoagulant"
    )
    first, second = measure(read_product(before)), measure(read_product(after))
    assert second.fold == pytest.approx(first.fold, rel=REL)
    assert second.recovery_percent == pytest.approx(first.recovery_percent, rel=REL)


@given(blood_platelets, platelets, volumes)
def test_units_of_the_input_do_not_change_the_answer(blood, count, volume):
    plain = record(blood=blood, platelets=count, volume=volume)
    written = {
        "whole_blood": {"platelets": f"{blood!r} K/µL", "volume": "60 cc"},
        "product": {
            "platelets": f"{count!r} x10^6/mL",
            "volume_prepared": f"{volume!r} mL",
            "volume_injected": f"{volume!r} mL",
        },
    }
    assert measure(read_product(written)) == measure(read_product(plain))


@given(blood_platelets, platelets, volumes)
def test_a_product_is_answered_unless_it_holds_more_platelets_than_its_blood(blood, count, volume):
    product = read_product(record(blood=blood, platelets=count, volume=volume))
    if measure(product).recovery_percent > 105:
        with pytest.raises(InvalidData, match="Recovery of platelets"):
            product_report(product, load_product_rules())
    else:
        assert product_report(product, load_product_rules()).measures == measure(product)


@given(blood_platelets, st.sampled_from([1000, 1e-3, 0.01]))
def test_a_blood_count_in_the_wrong_unit_is_always_refused_with_its_cause(blood, slip):
    product = read_product({"whole_blood": {"platelets": blood * slip}})
    with pytest.raises(InvalidData, match=r"entered .* \(a slip by 1000?\)"):
        product_report(product, load_product_rules())
