"""The plain content of every page of a file and of its log, free space included: what whoever has the key can read.

SQLCipher 4 (its documentation): AES-256 in CBC mode; a page's last 80 bytes hold its initialisation vector and its
seal; the first page begins with the salt. A raw key is used as it is.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, _RESERVED, _SALT, _IV = 4096, 80, 16, 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def pages(path: Path, key: bytes) -> bytes:
    """The pages of the file, then those in its log, one after the other."""
    plain = [_plain(page, key, number == 0) for number, page in enumerate(_cut(path.read_bytes(), 0, 0))]
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        plain += [
            _plain(page[_FRAME_HEAD:], key, _first(page)) for page in _cut(log.read_bytes(), _LOG_HEAD, _FRAME_HEAD)
        ]
    return b"".join(plain)


def page_with(path: Path, key: bytes, content: bytes) -> int:
    """Which page of the file, from 0, is the first that holds a content whole.

    Raises:
        LookupError: none does.
    """
    for number, page in enumerate(_cut(path.read_bytes(), 0, 0)):
        if content in _plain(page, key, number == 0):
            return number
    raise LookupError(content)


def _first(frame: bytes) -> bool:
    return int.from_bytes(frame[:4], "big") == 1


def _cut(content: bytes, start: int, head: int) -> list[bytes]:
    size = PAGE + head
    return [content[at : at + size] for at in range(start, len(content) - size + 1, size)]


def _plain(page: bytes, key: bytes, first: bool) -> bytes:
    begin, end = _SALT if first else 0, PAGE - _RESERVED
    decryptor = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
    return decryptor.update(page[begin:end]) + decryptor.finalize()
