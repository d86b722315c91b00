"""Ziath readers' HTTP servers: DP5 with the replies that its maker has published, DataPaq 3 in the same form.

What DataPaq 3 answers to ``scanAsJson`` is not published: its form here is an EXAMPLE.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from devices.simulators.rack import NO_READ, NO_TUBE, SimulatedRack

CONTAINER = "mirage96sbs"
_DP5, _DATAPAQ = "/dp5/remote/v1", "/datapaq"
_NOT_FOUND, _NO_CONTAINER = 404, 453


@dataclass(frozen=True)
class ZiathFaults:
    """What is wrong with it.

    Attributes:
        status: what it says of itself; ``IDLE`` when it can be asked.
        refuses: the number of the HTTP status with which it refuses to scan.
        error: what DataPaq 3 says in place of a scan.
        answers_old: it tells the scan of before again.
        clock_s: seconds by which its clock is off.
        speaks_words: it says ``No Tube`` and ``No Read`` where it would say nothing.
        cuts_after: bytes of the body after which it ends the connection.
        silent: it does not answer.
        says: what it says in place of JSON.
        contradicts: a well whose status it gives as empty although it names a code.
    """

    status: str = "IDLE"
    refuses: int = 0
    error: str = ""
    answers_old: bool = False
    clock_s: float = 0.0
    speaks_words: bool = False
    cuts_after: int | None = None
    silent: bool = False
    says: bytes = b""
    contradicts: str = ""


class SimulatedZiath:
    """Listens from the moment it is made until closed; as DP5 and as DataPaq 3 at once.

    Args:
        rack: what stands in it.
        port: 0 for any free one.
    """

    host = "127.0.0.1"

    def __init__(self, rack: SimulatedRack, port: int = 0) -> None:
        self.rack = rack
        self.faults = ZiathFaults()
        self.asked: list[str] = []
        self.closing = threading.Event()
        self._last: dict[str, Any] | None = None
        self._server = _Server((self.host, port), self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``ZiathFaults``."""
        self.faults = replace(self.faults, **faults)

    def close(self) -> None:
        """Stop listening."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, method: str, target: str) -> tuple[int, bytes]:
        """Status and body for a request."""
        self.asked.append(f"{method} {target}")
        parts = urlsplit(target)
        uid = "".join(parse_qs(parts.query).get("container_uid", parse_qs(parts.query).get("uid", [])))
        match method, parts.path:
            case "GET", path if path in {f"{_DP5}/system/status", f"{_DATAPAQ}/status"}:
                return _json({"status": self.faults.status})
            case "GET", path if path == f"{_DATAPAQ}/scanLinearBarcode":
                return _json(
                    {"LinearBarcode": self.rack.rack_id}
                    if self.rack.rack_id
                    else {"error": "1", "message": "No barcode read"}
                )
            case ("POST", path) if path == f"{_DP5}/scan":
                return self._scanned(uid)
            case "GET", path if path == f"{_DATAPAQ}/scanAsJson":
                return _json({"error": "1", "message": self.faults.error}) if self.faults.error else self._scanned(uid)
        return _NOT_FOUND, b"{}"

    def _scanned(self, uid: str) -> tuple[int, bytes]:
        if self.faults.refuses:
            return self.faults.refuses, json.dumps({"message": "refused"}).encode()
        if uid != CONTAINER:
            return _NO_CONTAINER, json.dumps({"message": f"Container {uid} not found"}).encode()
        if self.faults.says:
            return 200, self.faults.says
        if self._last is None or not self.faults.answers_old:
            self._last = scan_of(self.rack, self.faults)
        return _json(self._last)


def scan_of(rack: SimulatedRack, faults: ZiathFaults) -> dict[str, Any]:
    """What DP5 tells of a rack, in the form of the replies that its maker has published."""
    shape = rack.shape
    places = [(row, column) for row in range(shape.rows) for column in range(shape.columns)]
    return {
        "scanId": str(uuid.uuid4()),
        "scanTime": int((time.time() + faults.clock_s) * 1000),
        "containerBarcode": rack.rack_id or None,
        "tubeBarcode": [_tube(rack, row, column, faults) for row, column in places],
        "orientationBarcode": [],
        "containerName": "96 SBS rack",
        "containerUid": CONTAINER,
        "rawImage": None,
    }


def _tube(rack: SimulatedRack, row: int, column: int, faults: ZiathFaults) -> dict[str, Any]:
    position = rack.shape.position(row, column)
    code = rack.tubes.get(position)
    status = "EMPTY" if code is None else "SUCCESS" if code else "ERROR"
    word = code or ((NO_TUBE if code is None else NO_READ) if faults.speaks_words else None)
    if position == faults.contradicts:
        status = "EMPTY"
    return {"row": row + 1, "column": column + 1, "barcode": word, "x": 0, "y": 0, "decodeStatus": status}


def _json(found: dict[str, Any]) -> tuple[int, bytes]:
    return 200, json.dumps(found).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True

    def __init__(self, address: tuple[str, int], reader: SimulatedZiath) -> None:
        self.reader = reader
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def log_message(self, *_: object) -> None:
        """Say nothing on the console."""

    def _serve(self, method: str) -> None:
        reader = self.server.reader
        if reader.faults.silent:
            reader.closing.wait(10)
            self.close_connection = True
            return
        status, body = reader.answer(method, self.path)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = reader.faults.cuts_after
        self.wfile.write(body[:cut])
        self.close_connection = cut is not None
