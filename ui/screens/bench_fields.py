"""The fields that Settings and the first set-up share."""

from __future__ import annotations

from ui.widgets.form import Asked, Section

BENCH_NAME = Asked("bench_name", "Name of this bench", "As people say it: Bench K7 Reception")

SCANNER = Section(
    "Scanner",
    (
        Asked(
            "scanner_mode",
            "How it is connected",
            options=(("keyboard", "Types like a keyboard"), ("serial", "Serial or USB serial port")),
        ),
        Asked("scanner_prefix", "Prefix it types before each code", "With a prefix, a scan is never taken for typing"),
        Asked("scanner_port", "Port", "COM3, /dev/ttyACM0 or rfc2217://address:port; only for a serial scanner"),
        Asked("scanner_baud", "Speed of the port", "9600 on most scanners, 115200 on a Honeywell"),
        Asked(
            "scanner_protocol",
            "What it speaks on its port",
            "With the last two its own beep says that the tube was right",
            options=(("plain", "Codes alone"), ("ssi", "Zebra SSI"), ("host-ack", "Honeywell Host ACK")),
        ),
    ),
)

PRINTER = Section(
    "Label printer",
    (
        Asked("printer_host", "Address", "Its name or number on the network; empty when there is none"),
        Asked("printer_port", "Port number", "9100 on most label printers"),
        Asked("printer_model", "Model", "As it stands on the printer; only for one that does not tell it itself"),
    ),
)

HUB = Section(
    "Central database",
    (
        Asked(
            "hub_code",
            "Enrolment code",
            "Scan or type the code that the hub gave for this bench: GMS1/… Empty for a bench on its own",
        ),
        Asked("hub_certificate", "Its certificate authority's file", "Empty when this computer trusts it already"),
    ),
)
