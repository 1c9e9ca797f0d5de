from pathlib import Path

import pytest

from tests.helpers.sample_agreement import SAMPLE


@pytest.fixture
def sample(tmp_path) -> Path:
    path = tmp_path / "prov.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    return path
