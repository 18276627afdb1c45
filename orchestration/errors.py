"""The one exception that users see: what is wrong, where, and what to do; printed as it is."""


class HosoError(Exception):
    """A clear message for a person; ``exit_code`` is what the command ends with.

    1 error, 2 wrong use, 3 a blocking check failed, 4 nothing published yet.
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        """``message`` is a full sentence that says what to do."""
        super().__init__(message)
        self.exit_code = exit_code


class BusyError(HosoError):
    """Another process is at work: what was asked for may be tried again later."""
