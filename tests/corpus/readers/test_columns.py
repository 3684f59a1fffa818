from __future__ import annotations

import pytest

from jobclass.corpus.readers.columns import FIELDS, Columns, folded, known_names, recognise, travelling
from jobclass.errors import InputError

JOBSPY = "id site job_url job_url_direct title company location date_posted job_type salary_source interval min_amount max_amount currency is_remote job_level job_function listing_type emails description company_industry company_url"


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (JOBSPY.split(), Columns("description", "title", "id", "date_posted", "company", "location")),
        (["refnr", "titel", "arbeitgeber", "arbeitsort", "aktuelleVeroeffentlichungsdatum", "stellenangebotsBeschreibung"], Columns("stellenangebotsBeschreibung", "titel", "refnr", "aktuelleVeroeffentlichungsdatum", "arbeitgeber", "arbeitsort")),
        (["@type", "title", "description", "datePosted", "hiringOrganization", "jobLocation", "identifier"], Columns("description", "title", "identifier", "datePosted", "hiringOrganization", "jobLocation")),
        (["Job Title", "Company", "Location", "Job Description"], Columns("Job Description", "Job Title", "", "", "Company", "Location")),
        (["Stellenbezeichnung", "Firma", "Anzeigentext"], Columns("Anzeigentext", "Stellenbezeichnung", "", "", "Firma", "")),
        (["html", "text"], Columns("text")),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_common_names(names: list[str], columns: Columns) -> None:
    assert recognise(names, {}, "ads.csv") == columns


def test_columns_that_are_named_go_before_those_that_are_recognised() -> None:
    found = recognise(["text", "Aufgaben", "id"], {"text": "Aufgaben", "title": "text"}, "ads.csv")
    assert found == Columns("Aufgaben", "text", "id")


@pytest.mark.parametrize(("chosen", "code"), [({}, "E140"), ({"text": "Txt"}, "E141")])
def test_columns_that_are_missing_are_an_error_that_lists_those_there_are(chosen: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        recognise(["eins", "zwei"], chosen, "ads.csv")
    assert caught.value.code == code
    assert "eins, zwei" in str(caught.value)


def test_columns_names_are_folded_and_stand_once() -> None:
    assert folded("Job-Title ") == folded("jobTitle") == "jobtitle"
    names = [name for field in FIELDS for name in known_names()[field]]
    assert len(names) == len(set(names)) > 80


def test_columns_travel_under_known_names_and_never_clash() -> None:
    columns = Columns("text", "title", "id", date="year", employer="Firma")
    names = ["id", "role", "Firma", "title", "year", "date", "text", "role_input"]
    assert travelling(names, columns, taken=["role"]) == {
        "year": "date", "Firma": "employer", "role": "role_input", "date": "date_input", "role_input": "role_input_input",
    }  # fmt: skip
