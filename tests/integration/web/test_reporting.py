"""How much of a product the reports tell, on the study page and on the map."""

from enthesis import catalogue
from enthesis.web.evidence.present.reporting import literature_sentence, told_of


def test_a_study_says_how_much_it_tells_of_its_product():
    (told,) = told_of(catalogue.load().studies["bennell-2021"])
    # The file states leukocytes, injections and interval, of nine points about the product.
    assert told.of_product == "3 of 9"
    assert "leukocytes" in told.stated


def test_arms_without_an_injected_product_are_not_counted():
    for study in catalogue.load().studies.values():
        assert len(told_of(study)) <= len(study.arms)


def test_the_map_says_how_little_the_literature_tells(client):
    sentence = literature_sentence(catalogue.load().studies.values())
    assert "arms that got platelet-rich plasma" in sentence
    assert sentence in client.get("/").content.decode()


def test_the_study_page_shows_the_count(client):
    assert "3 of 9 about the product itself" in client.get("/studies/bennell-2021/").content.decode()
