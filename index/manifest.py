"""What an index folder says of itself; an index that does not fit is refused or rebuilt, never used."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexStateError
from index.base import Encoder

FORMAT = 4  # of the folder; raise it whenever the files change their meaning
FILE = "manifest.json"
BUILTIN = "builtin"
BUILTIN_NAME = "内置编码器"
REBUILD = "请运行：policy index --rebuild"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`state`: the library's state when it was built. `files`: name → (bytes, sha256). Counts are for people."""

    format: int
    encoder: str
    fingerprint: str
    dim: int
    tokens: str
    passages: str
    state: str
    documents: int
    clauses: int
    texts: int
    files: Mapping[str, tuple[int, str]]

    def check_encoder(self, encoder: Encoder) -> None:
        """Raises IndexStateError, naming both and the command to run, unless `encoder` made the vectors."""
        if (self.fingerprint, self.dim) == (encoder.fingerprint, encoder.dim):
            return
        made, asked = _called(self.encoder, self.dim), _called(encoder.name, encoder.dim)
        if made == asked:
            raise IndexStateError(f"索引由{made}的另一版本建立，与当前版本的向量不能混用。{REBUILD}")
        raise IndexStateError(f"索引由{made}建立，当前设置为{asked}。{REBUILD}")

    def write(self, folder: Path) -> None:
        """Writes FILE, which a whole index has: it is written last."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises FileNotFoundError if there is none, IndexStateError if it cannot be understood."""
        try:
            row = json.loads((folder / FILE).read_text(encoding="utf-8"))
            files = {str(name): (int(size), str(digest)) for name, (size, digest) in row.pop("files").items()}
            made = cls(files=files, **row)
        except FileNotFoundError:
            raise
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexStateError(f"索引说明文件 {FILE} 已损坏（{error}）。{REBUILD}") from error
        if made.format != FORMAT:
            raise IndexStateError(f"索引格式为第 {made.format} 版，本程序使用第 {FORMAT} 版。{REBUILD}")
        return made

    def check_sizes(self, folder: Path) -> None:
        """Quick: raises FileNotFoundError or IndexStateError unless every file is there with its length."""
        for name, (size, _) in self.files.items():
            found = (folder / name).stat().st_size
            if found != size:
                raise IndexStateError(f"索引文件 {name} 应为 {size} 字节，实为 {found} 字节。{REBUILD}")

    def check_contents(self, folder: Path) -> None:
        """Reads every file: raises IndexStateError unless each is what was written."""
        self.check_sizes(folder)
        for name, (_, digest) in self.files.items():
            if file_hash(folder / name) != digest:
                raise IndexStateError(f"索引文件 {name} 的内容已改变。{REBUILD}")


def file_hash(path: Path) -> str:
    """sha256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_files(folder: Path) -> dict[str, tuple[int, str]]:
    """name → (bytes, sha256) of every file in `folder`."""
    return {path.name: (path.stat().st_size, file_hash(path)) for path in sorted(folder.iterdir())}


def _called(name: str, dim: int) -> str:
    return f"{BUILTIN_NAME if name == BUILTIN else ' ' + name}（{dim} 维）"
