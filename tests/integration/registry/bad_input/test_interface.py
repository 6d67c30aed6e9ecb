"""A few requests to every operation of the described interface; validation/registry sends 20,000."""

import pytest
from validation.registry.interface import answers_to, described_operations

pytestmark = pytest.mark.long


@pytest.mark.slow
@pytest.mark.django_db
def test_no_described_operation_answers_with_a_fault_of_ours() -> None:
    operations = described_operations()
    assert operations
    for operation in operations:
        statuses, failed = answers_to(operation, 6, {}, 7)
        assert failed == []
        assert statuses.total() > 0
