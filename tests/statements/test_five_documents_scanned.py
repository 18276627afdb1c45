"""The five real reports as paper: drawn at 150 dpi, read back through tesseract.

Their texts come from a scanner already, with broken letters, so this is damage upon damage.
Measured against what is read from the texts: four of five whole; in 87/BC-UBND 26 of 32 figures, as
the name of the office in its head is lost, and with it the level of five.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.statements.files import text_of
from orchestration.statements.reader import read_statement
from orchestration.statements.scoring import score
from tests.report_files import draw, need, write_pdf
from tests.statements.test_five_documents import DOCUMENTS

DPI = 150
EXPECTED = dict.fromkeys(DOCUMENTS, 0.97) | {"87/BC-UBND": 0.8}


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_real_report_is_read_from_paper_as_from_its_text(
    shared: Callable[[str], Path], document: str, tmp_path: Path
) -> None:
    path = shared(f"seeds/{DOCUMENTS[document]}")
    need("pdftoppm", "tesseract")
    text = path.read_text(encoding="utf-8")
    pages = draw(write_pdf(tmp_path / "report.pdf", text), tmp_path, DPI)
    scanned = read_statement("\n".join(text_of(page) for page in pages), path.name)
    found = score(read_statement(text, path.name).figures, scanned.figures)
    assert scanned.document == document
    assert found.recall >= EXPECTED[document], found
    assert found.precision >= EXPECTED[document], found
