"""The paragraph for a paper and the label say what is recorded, and say what is not."""

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import (
    forbidden_words,
    label_lines,
    mibo_paragraph,
    product_report,
    read_product,
)
from enthesis.domain.products.msc import AllowedName

RULES = load_product_rules()
FULL = {
    "whole_blood": {
        "platelets": 250, "leukocytes": 6, "neutrophils": 4, "erythrocytes": 5, "volume": 54,
        "anticoagulant": "ACD-A", "anticoagulant_volume": 6, "counted": "before-anticoagulant",
        "analyser": "Cell-Dyn 3700", "storage_minutes": 15, "storage_temperature": 22,
    },
    "product": {
        "platelets": 1250, "leukocytes": 3, "neutrophils": 1, "erythrocytes": 0.1, "volume_prepared": 6,
        "volume_injected": 5, "sterility": "no growth", "growth_factors": "not measured",
    },
    "preparation": {
        "device": "Kit A", "lot": "L7", "temperature": 22, "layer_taken": "buffy coat",
        "leukoreduction": True,
        "storage": "room temperature", "minutes_to_injection": 20,
        "spins": [{"g_force": 200, "minutes": 10}, {"rpm": 2000, "radius_cm": 10, "minutes": 15}],
    },
    "activation": {"agent": "none"},
    "delivery": {
        "guidance": "ultrasound", "site": "the knee joint", "needle": "a 21 G needle", "injections": 3,
        "interval_days": 7, "anaesthetic": "no anaesthetic", "carrier": "none",
    },
}  # fmt: skip
# Worked by hand: 1250 / 250 = 5; 100 x 1250 x 6 / (250 x 54) = 55.56; 3 / 6 = 0.5;
# 100 x 1250 / 1353 = 92.39; 1250 x 5 / 1000 = 6.25; 1.118e-5 x 10 x 2000^2 = 447.2
PARAGRAPH = (
    "54 mL of whole blood was drawn with 6 mL of ACD-A. "
    "The blood held 250 x10^9/L platelets, 6 x10^9/L leukocytes, 4 x10^9/L neutrophils and "
    "5 x10^12/L erythrocytes (Cell-Dyn 3700). "
    "Platelet-rich plasma was prepared with Kit A (lot L7) by 2 spins of 200 g for 10 min and 447.2 g for "
    "15 min at 22 degrees Celsius taking buffy coat, giving 6 mL. "
    "The product held 1250 x10^9/L platelets, 3 x10^9/L leukocytes, 1 x10^9/L neutrophils and "
    "0.1 x10^12/L erythrocytes. "
    "This is 5 times the platelets of blood, 55.56 % of its platelets recovered, 0.5 times its leukocytes "
    "and 92.39 % of all cells being platelets. "
    "It was not activated. "
    "5 mL (6.25 billion platelets) was injected into the knee joint, through a 21 G needle, under ultrasound "
    "guidance, 3 times 7 days apart, 20 minutes after preparation, with no anaesthetic. "
    "Classification: DEPA ACA, activation none; Dohan Ehrenfest P-PRP; Everts 1000-1500 x10^6/mL; "
    "Mishra Type 3A; PAW P3-Bbeta. "
    "Leukocytes: rich by Dohan Ehrenfest, neither by Mishra, poor by PAW. "
    "Every data point of the product is recorded."
)


def paragraph(record: dict) -> str:
    return mibo_paragraph(product_report(read_product(record), RULES))


def lines(record: dict, **given) -> dict:
    shown = label_lines(product_report(read_product(record), RULES), **given)
    return {line.name: line.value for line in shown}


def test_a_full_record_makes_a_paragraph_ready_for_a_paper():
    assert paragraph(FULL) == PARAGRAPH


def test_an_empty_record_says_only_what_is_missing():
    text = paragraph({})
    assert text.startswith("Not recorded: volume of blood; anticoagulant; ")
    assert text.count(".") == 1


def test_what_is_left_out_of_the_record_is_named_in_the_paragraph():
    record = {**FULL, "whole_blood": {k: v for k, v in FULL["whole_blood"].items() if k != "analyser"}}
    assert paragraph(record).endswith("Not recorded: analyser.")


def test_cells_are_called_what_their_documents_allow():
    text = paragraph(
        {"kind": "msc-adipose", "donor": "allogeneic", "product": {"nucleated": 20, "volume_injected": 2}}
    )
    assert text.startswith("Allogeneic culture-expanded cells from adipose tissue were prepared.")
    assert "The minimal ISCT criteria are not all documented" in text
    assert "2 mL (40 million nucleated cells) was injected." in text


def test_marrow_concentrate_is_not_called_cells_of_culture():
    text = paragraph(
        {"kind": "bmac", "donor": "autologous", "harvest": {"site": "iliac crest", "volume": 60}}
    )
    assert text.startswith(
        "Autologous bone marrow aspirate concentrate was prepared out of 60 mL from iliac crest."
    )
    assert "The cells were not expanded in culture." in text


def test_injections_without_cells_have_a_paragraph_too():
    prolotherapy = {
        "kind": "prolotherapy-dextrose",
        "product": {"dextrose_percent": 25, "points": 8, "volume_per_point": 0.5},
    }
    assert paragraph(prolotherapy).startswith(
        "Prolotherapy: 25 % dextrose in 8 points of 0.5 mL each. 4 mL (1 g of dextrose)"
    )
    hyaluronate = {
        "kind": "hyaluronic-acid",
        "product": {"name": "Brand", "molecular_weight_kda": 1500, "cross_linked": False, "volume": 2},
    }
    assert paragraph(hyaluronate).startswith(
        "Hyaluronic acid: Brand (1500 kDa, not cross-linked). 2 mL was injected."
    )
    steroid = {"kind": "corticosteroid", "product": {"agent": "triamcinolone", "dose_mg": 40, "volume": 1}}
    assert paragraph(steroid).startswith("Corticosteroid: triamcinolone. 1 mL (40 mg) was injected.")


def test_a_label_names_its_person_product_and_dose():
    label = lines(FULL, identifier="A-17", prepared="2026-11-22 10:30")
    assert label["For"] == "A-17"
    assert label["Prepared"] == "2026-11-22 10:30"
    assert label["Product"] == "platelet-rich plasma"
    assert label["Volume"] == "5 mL"
    assert label["Dose"] == "6.25 billion platelets"
    assert label["Device, lot"] == "Kit A, lot L7"
    assert label["Leukocytes by PAW"] == "poor"
    assert label["Use"] == "Autologous: only for the person named above"


def test_a_label_leaves_no_needed_line_out():
    label = lines({})
    needed = (
        "For",
        "Prepared",
        "Volume",
        "Platelets",
        "Dose",
        "Leukocytes",
        "Anticoagulant",
        "Activation",
        "Device, lot",
    )
    assert {name: label[name] for name in needed} == dict.fromkeys(needed, "not recorded")


def test_donor_cells_are_not_labelled_autologous():
    assert "Use" not in lines({"kind": "msc-adipose", "donor": "allogeneic"})
    assert "Use" in lines({"kind": "bmac", "donor": "autologous"})


def test_words_that_were_not_earned_are_found():
    concentrate = AllowedName("bone marrow aspirate concentrate", False, "")
    cultured = AllowedName("mesenchymal stromal cells (MSC) from bone marrow", True, "")
    advert = "Our stem cells and MSCs regenerate: mesenchymal stem-cell therapy."
    assert forbidden_words(advert, concentrate) == ("stem cells", "stem-cell", "mesenchymal", "MSCs")
    assert forbidden_words(advert, cultured) == ("stem cells", "stem-cell")
    assert forbidden_words("Bone marrow aspirate concentrate", concentrate) == ()


def test_no_text_of_ours_uses_a_word_that_was_not_earned():
    for kind in (
        "bmac",
        "svf",
        "microfragmented-fat",
        "msc-bone-marrow",
        "msc-adipose",
        "msc-umbilical",
        "msc-other",
    ):
        report = product_report(read_product({"kind": kind}), RULES)
        assert forbidden_words(mibo_paragraph(report), report.allowed) == ()
        assert all(forbidden_words(line.value, report.allowed) == () for line in label_lines(report))
