"""Reports as files, read with the real programs: poppler-utils, tesseract with its model vie."""

from pathlib import Path

import pytest

from orchestration.statements.files import text_of
from orchestration.statements.model import Statement
from orchestration.statements.reader import read_statement
from orchestration.statements.scoring import Score, score
from orchestration.statements.simulate import Report, simulate
from tests.report_files import draw, need, write_docx, write_pdf, write_scan

SEED, SCANNED_SEEDS = 20_003, range(30_000, 30_004)
DPI = 150


@pytest.fixture(scope="module")
def report() -> Report:
    return simulate(SEED)


def _read(path: Path) -> Statement:
    return read_statement(text_of(path), path.name)


def _is_whole(report: Report, statement: Statement) -> None:
    found = score(report.figures, statement.figures)
    assert (found.recall, found.precision) == (1.0, 1.0), found
    assert (statement.document, statement.period) == (report.document, report.period)


def test_a_docx_states_what_its_text_states(report: Report, tmp_path: Path) -> None:
    _is_whole(report, _read(write_docx(tmp_path / "bc.docx", report.clean)))


def test_a_pdf_with_a_text_layer_states_what_its_text_states(
    report: Report, tmp_path: Path
) -> None:
    need("pdftotext")
    _is_whole(report, _read(write_pdf(tmp_path / "bc.pdf", report.clean)))


@pytest.mark.slow
def test_scans_of_150_dpi_are_read_as_pictures_and_as_pdf(tmp_path: Path) -> None:
    """Four reports of seeds held back, drawn at 150 dpi and kept as poor JPEGs."""
    need("pdftotext", "pdftoppm", "tesseract")
    total = Score()
    for seed in SCANNED_SEEDS:
        report = simulate(seed)
        pages = draw(write_pdf(tmp_path / f"bc{seed}.pdf", report.clean), tmp_path, DPI)
        if seed % 2:
            statement = _read(write_scan(tmp_path / f"scan{seed}.pdf", pages))
        else:
            text = "\n".join(text_of(page) for page in pages)
            statement = read_statement(text, "scan")
        total += score(report.figures, statement.figures)
    assert total.recall >= 0.95, total
    assert total.precision >= 0.99, total
