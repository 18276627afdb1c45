"""``python -m orchestration.cli`` is ``hoso``."""

from orchestration.cli import main

main()
