"""The SQLite file under the library: opened, brought up to date, read and written. The only module that imports sqlite3."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import LibraryError, NewerLibraryError
from corpus.faults import reason
from corpus.migrations import MIGRATIONS

FILE = "library.db"
_PATIENCE = 50  # times a tenth of a second
Connection = sqlite3.Connection
T = TypeVar("T")

_REASONS = {  # primary result codes: sqlite.org/rescode.html
    sqlite3.SQLITE_ERROR: f"{FILE} 的结构与本程序不符",
    sqlite3.SQLITE_BUSY: "正被其他程序占用",
    sqlite3.SQLITE_READONLY: "没有写入权限",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_CORRUPT: f"{FILE} 已损坏",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_CANTOPEN: f"无法打开 {FILE}",
    sqlite3.SQLITE_NOTADB: f"{FILE} 不是文件库，或已损坏",
}


def row(*values: Any) -> tuple[Any, ...]:
    """A row as it is."""
    return values


class Database:
    """One connection, used by several threads: what is being written is read by none of them before it is whole."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`, making both where they are missing.

        Raises LibraryError where it cannot be opened, NewerLibraryError where a newer version made it.
        """
        self.folder = folder
        self._lock = threading.RLock()
        self._seen: tuple[int, int] | None = None
        self._generation = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(folder / FILE, timeout=30, check_same_thread=False)
            self._version()
            self._write_ahead()
            self._db.execute("PRAGMA synchronous=NORMAL")  # with WAL never damages; sqlite.org/pragma.html#pragma_synchronous
            self._db.execute("PRAGMA foreign_keys=ON")
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"无法打开文件库 {folder}：{_reason(error)}。请检查文件夹是否存在、可写，或用 --library 指定其他文件夹。"
            ) from error

    def close(self) -> None:
        """Close the connection, which cannot be used afterwards."""
        self._db.close()

    def read(self, sql: str, values: tuple[Any, ...], load: Callable[..., T]) -> list[T]:
        """Every row as `load` makes it. Raises LibraryError where the database or a row is damaged."""
        try:
            with self._lock:
                rows = self._db.execute(sql, values).fetchall()
            return [load(*each) for each in rows]
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            raise LibraryError(
                f"文件库 {self.folder} 无法读取：{_reason(error)}。请用备份恢复其中的 {FILE}，或用 --library 指定新文件夹，重新添加文件。"
            ) from error

    def first(self, sql: str, values: tuple[Any, ...]) -> Any | None:
        """The first column of the first row, None where there is no row. Raises as `read` does."""
        found: list[Any] = self.read(sql, values, lambda value, *_: value)
        return found[0] if found else None

    @contextmanager
    def steady(self) -> Iterator[None]:
        """What is read inside is of one moment. For reading alone. Raises as `read` does."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.rollback()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing; inside another, a part of that. Raises LibraryError where it cannot be written."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.commit()
            except BaseException as error:
                self._db.rollback()
                if not isinstance(error, sqlite3.Error) or isinstance(error, sqlite3.IntegrityError):
                    raise
                raise LibraryError(
                    f"文件库 {self.folder} 未能写入：{_reason(error)}。请检查磁盘空间和写入权限后再试；文件库未作改动。"
                ) from error

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """As `write`, of something that `generation` counts."""
        with self.write() as db:
            yield db
            db.execute("UPDATE generation SET number=number+1")

    def generation(self) -> int:
        """Differs after every `change`, by this connection or another, and after nothing else."""
        with self._lock:
            seen = self.read("PRAGMA data_version", (), int)[0], self._db.total_changes
            if seen != self._seen:
                self._generation = self.read("SELECT number FROM generation", (), int)[0]
                self._seen = seen
            return self._generation

    def _write_ahead(self) -> None:
        """Switch to WAL, for which SQLite does not wait where another program switches at the same moment."""
        for patience in range(_PATIENCE, -1, -1):
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if not patience or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(0.1)

    def _version(self) -> int:
        """The version of the schema, 0 of an empty file. Both are asked at once: another program may be making it."""
        sql = "SELECT user_version, EXISTS(SELECT 1 FROM sqlite_master) FROM pragma_user_version"
        version, filled = self._db.execute(sql).fetchone()
        if not version and filled:
            raise LibraryError(f"{self.folder / FILE} 不是本程序建立的，未作改动。请用 --library 指定其他文件夹。")
        if version > len(MIGRATIONS):
            raise NewerLibraryError(
                f"文件库 {self.folder} 由较新版本的程序建立（库版本 {version}，本程序支持到 {len(MIGRATIONS)}）。请升级本程序后再打开；文件库未作改动。"
            )
        return int(version)

    def _migrate(self) -> None:
        """All steps that are missing, or none; of several programs that open an old library at once, the first makes them."""
        if self._version() == len(MIGRATIONS):
            return
        with self.write() as db:
            for number in range(self._version(), len(MIGRATIONS)):
                MIGRATIONS[number](db)
                db.execute(f"PRAGMA user_version={number + 1}")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason(error)
    if not isinstance(error, sqlite3.Error):
        return "有一条记录已损坏"
    return _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error))
