"""Where wake-up calls lie: Huey's box, in SQLite or in Redis, that nobody puts code into.

Huey pickles its tasks, and who unpickles runs whatever the pickle says: then everybody who reaches the Redis
would reach this machine. Here a task is a line of JSON with a name and an id. A forged one can ring the bell,
and nothing else.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from pathlib import Path
from typing import Any

from alexnet.errors import DataError

_LOG = logging.getLogger("alexnet.training")
_NAME = "alexnet-explorer"


class PlainTasks:
    """Huey's serializer for tasks that carry nothing."""

    def serialize(self, message: Any) -> bytes:
        """A task as a line of JSON.

        Raises:
            ValueError: It carries something.
        """
        if message.args or message.kwargs:
            raise ValueError(f"{message.name} carries arguments")
        return json.dumps({"id": message.id, "name": message.name}).encode()

    def deserialize(self, data: bytes) -> Any:
        """The task again.

        Raises:
            ValueError: It is none of ours; a pickle for example, which is not looked into.
        """
        from huey.registry import Message

        content = json.loads(data)
        if not isinstance(content, dict) or content.keys() != {"id", "name"}:
            raise ValueError("not a task")
        id, name = content["id"], content["name"]
        if not isinstance(id, str) or not isinstance(name, str):
            raise ValueError("not a task")
        return Message(id, name)


def redis_box(url: str) -> Any:
    """A box in a Redis.

    Raises:
        DataError: redis_missing.
    """
    import huey

    try:
        return huey.RedisHuey(_NAME, url=url, results=False, serializer=PlainTasks())
    except (ImportError, huey.exceptions.ConfigurationError) as error:
        raise DataError("redis_missing") from error


def file_box(file: Path) -> Any:
    """A box in a file; one that is no database any more is made anew, as nothing in it is worth keeping."""
    try:
        return _file_box(file)
    except sqlite3.OperationalError:  # it is locked, or the disk is full
        raise
    except sqlite3.DatabaseError as error:
        _LOG.warning("The queue's file is damaged and made anew: %s", error)
        for part in ("", "-wal", "-shm"):
            file.with_name(file.name + part).unlink(missing_ok=True)
        return _file_box(file)


def _file_box(file: Path) -> Any:
    import huey

    return huey.SqliteHuey(
        _NAME, filename=str(file), strict_fifo=True, fsync=True, results=False, serializer=PlainTasks()
    )
