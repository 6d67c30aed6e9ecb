"""No form here takes a file: one that is sent all the same is refused before it fills the disk."""

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler

__all__ = ["NoUploads"]


class NoUploads(FileUploadHandler):
    """Ends the request with 400 at the first file."""

    def new_file(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse it.

        Raises:
            SuspiciousOperation: Always.
        """
        raise SuspiciousOperation("No form here takes a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing: no file gets so far."""

    def file_complete(self, file_size: int) -> None:
        """Nothing: no file gets so far."""
