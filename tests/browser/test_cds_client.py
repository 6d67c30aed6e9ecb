"""CDS Hooks through the client of an EHR that we did not write, in a browser, from another origin.

The client is Medplum's (see ``vendor/medplum``): it reads the discovery, fills the prefetch templates from a
FHIR server, calls the service and reads the cards. The FHIR server is played by this file.
"""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CLIENT = Path(__file__).parent / "vendor" / "medplum" / "core.mjs"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1961-04-02"}
SEARCHES: dict[str, list[dict[str, Any]]] = {
    "Condition": [
        {
            "resourceType": "Condition", "id": "c1", "clinicalStatus": {"coding": [{"code": "active"}]},
            "code": {"coding": [{"system": ICD, "code": "M17.12", "display": "Osteoarthritis, left knee"}]},
        }
    ],
    "Observation": [
        {
            "resourceType": "Observation", "id": "b1", "status": "final", "effectiveDateTime": "2026-10-01",
            "code": {"coding": [{"system": "http://loinc.org", "code": "777-3"}]},
            "valueQuantity": {"value": 12, "unit": "10*3/uL"},
        }
    ],
    "MedicationRequest": [],
}  # fmt: skip
ORDER = {"resourceType": "ServiceRequest", "id": "o1", "status": "draft", "code": {"text": "PRP injection"}}
ASK = """
async ([services, hook, context]) => {
  const { MedplumClient, buildCdsRequest } = await import("/core.mjs");
  const ehr = new MedplumClient({ baseUrl: location.origin + "/", cdsServicesUrl: services });
  const found = await ehr.getCdsServices();
  const service = found.services.find((s) => s.hook === hook);
  const user = { resourceType: "Practitioner", id: "1" };
  const request = await buildCdsRequest(ehr, user, service, context);
  const answer = await ehr.callCdsService(service.id, request);
  const prefetch = Object.keys(request.prefetch ?? {});
  return { services: found.services.length, prefetch, cards: answer.cards };
}
"""


def answer(path: str) -> tuple[str, str]:
    """Content type and body of an address of the EHR: its page, the client it uses, its FHIR server."""
    parts = urlparse(path)
    *_, kind = [p for p in parts.path.split("/") if p] or [""]
    if parts.path == "/":
        return "text/html", "<!doctype html><title>EHR</title>"
    if kind == "core.mjs":
        return "text/javascript", CLIENT.read_text(encoding="utf-8")
    if parts.path.endswith("/Patient/p1"):
        return "application/fhir+json", json.dumps(PATIENT)
    if kind in SEARCHES and parse_qs(parts.query).get("patient") == ["p1"]:
        rows = [{"resource": row} for row in SEARCHES[kind]]
        return "application/fhir+json", json.dumps(
            {"resourceType": "Bundle", "type": "searchset", "entry": rows}
        )
    return "", ""


class Ehr(BaseHTTPRequestHandler):
    """A record system on a port of its own, so that asking us is asking across origins."""

    def do_GET(self) -> None:
        kind, body = answer(self.path)
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is written down."""


@pytest.fixture
def ehr(chromium: Browser) -> Iterator[Page]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Ehr) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        context = chromium.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        context.close()
        server.shutdown()


def asked(ehr: Page, site: str, hook: str, context: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ehr.evaluate(ASK, [f"{site}/cds-services", hook, context])
    return found


def test_a_client_from_elsewhere_reads_a_card_for_an_order(ehr: Page, site: str) -> None:
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": ORDER}]}
    context = {
        "userId": "Practitioner/1",
        "patientId": "p1",
        "selections": ["ServiceRequest/o1"],
        "draftOrders": drafts,
    }
    found = asked(ehr, site, "order-select", context)
    assert found["services"] == 2
    assert {"patient", "conditions", "observations"} <= set(found["prefetch"])
    (card,) = found["cards"]
    assert card["indicator"] == "critical", "12 platelets of the record's laboratory were read"
    assert card["summary"].startswith("Do not give it: platelet-rich plasma for knee osteoarthritis (left)")


def test_a_client_from_elsewhere_reads_what_trials_say_when_a_chart_is_opened(ehr: Page, site: str) -> None:
    found = asked(ehr, site, "patient-view", {"userId": "Practitioner/1", "patientId": "p1"})
    (card,) = found["cards"]
    assert "Platelet-rich plasma" in card["detail"]


def test_feedback_of_a_client_from_elsewhere_is_taken(ehr: Page, site: str) -> None:
    (card,) = asked(ehr, site, "patient-view", {"userId": "Practitioner/1", "patientId": "p1"})["cards"]
    told = {"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": "2026-11-22T10:00:00Z"}
    status = ehr.evaluate(
        "async ([address, body]) => (await fetch(address, {method: 'POST', body, "
        "headers: {'Content-Type': 'application/json'}})).status",
        [f"{site}/cds-services/enthesis-evidence/feedback", json.dumps({"feedback": [told]})],
    )
    assert status == 200
