"""What all events of one batch share."""

from dataclasses import dataclass
from datetime import datetime

from orchestration.eventstore.store import quoted
from orchestration.ingest.scratch import moment


@dataclass(frozen=True)
class Envelope:
    """What all events of a batch share; moments are UTC without a zone."""

    source: str
    system: str
    batch_id: str
    observed_at: datetime
    known_at: datetime
    recorded_at: datetime

    def columns(self) -> dict[str, str]:
        """Column -> SQL literal."""
        return {
            "source": quoted(self.source),
            "system": quoted(self.system),
            "batch_id": quoted(self.batch_id),
            "observed_at": moment(self.observed_at),
            "known_at": moment(self.known_at),
            "recorded_at": moment(self.recorded_at),
        }
