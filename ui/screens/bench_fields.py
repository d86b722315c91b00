"""The fields that Settings and the first set-up share."""

from __future__ import annotations

from ui.widgets.form import Asked, Section

BENCH_NAME = Asked("bench_name", "Name of this bench", "As people say it: Bench K7 Reception")

_ON_A_PORT = ("scanner_mode", ("serial",))

SCANNER = Section(
    "Scanner",
    (
        Asked(
            "scanner_mode",
            "How it is connected",
            options=(("keyboard", "Types like a keyboard"), ("serial", "Serial or USB serial port")),
            wide=True,
        ),
        Asked(
            "scanner_port",
            "Port",
            "COM3, /dev/ttyACM0, socket://address:port or rfc2217://address:port",
            only_if=_ON_A_PORT,
        ),
        Asked("scanner_baud", "Speed of the port", "9600 on most scanners, 115200 on a Honeywell", only_if=_ON_A_PORT),
        Asked(
            "scanner_protocol",
            "What it speaks on its port",
            "With the last two its own beep says that the tube was right",
            options=(("plain", "Codes alone"), ("ssi", "Zebra SSI"), ("host-ack", "Honeywell Host ACK")),
            wide=True,
            only_if=_ON_A_PORT,
        ),
        Asked(
            "scanner_prefix",
            "Prefix before each code",
            "Empty where it sends none; one that types should have one",
        ),
    ),
)


def _of_a_printer(prefix: str, only_if: tuple[str, tuple[str, ...]] | None = None) -> tuple[Asked, ...]:
    """What is asked of a printer, whichever it is."""
    mode = f"{prefix}_mode"
    network, serial, queue, drop = ((mode, (one,)) for one in ("zpl", "serial", "queue", "drop"))
    return (
        Asked(
            mode,
            "How it is connected",
            "By network or serial cable it tells how it is, and whether a label arrived",
            options=(
                ("folder", "None: labels are files"),
                ("zpl", "Network"),
                ("serial", "Serial cable"),
                ("queue", "Print queue"),
                ("drop", "Watched folder"),
            ),
            wide=True,
            only_if=only_if,
        ),
        Asked(f"{prefix}_host", "Address", "Its name or number on the network", only_if=network),
        Asked(f"{prefix}_port", "Port number", "9100 on most label printers", only_if=network),
        Asked(
            f"{prefix}_serial",
            "Port",
            "COM4, /dev/ttyUSB0, socket://address:port or rfc2217://address:port",
            only_if=serial,
        ),
        Asked(f"{prefix}_baud", "Speed of the port", "As set on the printer; 9600 on most", only_if=serial),
        Asked(f"{prefix}_queue", "Name of the queue", "As the computer's printer settings show it", only_if=queue),
        Asked(f"{prefix}_folder", "Folder", "The one that the printer's own program watches", only_if=drop),
        Asked(
            f"{prefix}_files",
            "Names of its files",
            "*.zpl for a name to each label, or the one name that its program looks for",
            only_if=drop,
        ),
        Asked(
            f"{prefix}_dpi",
            "Dots per inch",
            "On its configuration label: 8 dots a millimetre are 203, 12 are 300, 24 are 600",
            options=(("300", "300"), ("203", "203"), ("600", "600")),
            only_if=only_if,
        ),
    )


def _model(prefix: str) -> Asked:
    return Asked(
        f"{prefix}_model",
        "Model",
        "As it stands on the printer: on this way it does not tell it itself",
        only_if=(f"{prefix}_mode", ("queue", "drop")),
    )


PRINTER = Section(
    "Label printer",
    (
        *_of_a_printer("printer"),
        Asked(
            "printer_layout",
            "Label",
            "The labels that lie in it",
            options=(
                ("tube-25x51", "Tube, on its side, 51 by 25 mm"),
                ("cryo-cap-11", "Cap of a cryotube, 11 mm"),
            ),
            wide=True,
        ),
        _model("printer"),
    ),
)


FURTHER = ("printer2", "printer3", "printer4")
"""The printers beside the first one that the form has room for."""


def _further(place: int) -> tuple[Asked, ...]:
    prefix = FURTHER[place - 1]
    shown = ("printers_many", tuple(str(many) for many in range(place, len(FURTHER) + 1)))
    called = "As people say it: Plates" if place == 1 else ""
    return (
        Asked(f"{prefix}_name", f"Name of printer {place + 1}", called, wide=True, only_if=shown),
        *_of_a_printer(prefix, shown),
        _model(prefix),
    )


PRINTERS = Section(
    "More printers",
    (
        Asked(
            "printers_many",
            "More printers at this bench",
            "One for each roll of labels that would have to be changed otherwise",
            options=(("0", "None"), *((str(many), str(many)) for many in range(1, len(FURTHER) + 1))),
            wide=True,
        ),
        *(asked for place in range(1, len(FURTHER) + 1) for asked in _further(place)),
    ),
)

_WHICH = (("1", "Label printer"), *((str(place + 2), f"Printer {place + 2}") for place in range(len(FURTHER))))
_PDF = (("", "None: PDF"),)
UNNAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "tube": (),
    "cryo": (("", "As tubes"),),
    "plate": _PDF,
    "place": _PDF,
}
"""What stands first where no printer need be named: the label is a file, or there is none."""
NO_PRINTER = (("", "None"),)
_SO_FAR = "So far its test label alone, on Labels (F7)"
_OF_SORTS = {
    "tube": "Tubes",
    "cryo": "Cryotubes: plasma, cells, DNA",
    "plate": "Plates",
    "place": "Places of storage",
    "rack": "Racks of FluidX tubes",
    "block": "Blocks and cassettes",
    "slide": "Slides",
    "bag": "Bags",
    "box": "Boxes that are sent",
    "badge": "Badges",
    "card": "Command cards",
}

_NOT_YET = frozenset({"block", "slide", "bag", "box", "badge", "card"})

LABELS = Section(
    "Which printer prints what",
    tuple(
        Asked(
            f"labels_{sort}",
            words,
            _SO_FAR if sort in _NOT_YET else "",
            options=(*UNNAMED.get(sort, NO_PRINTER), *_WHICH),
            wide=True,
        )
        for sort, words in _OF_SORTS.items()
    ),
)

_AT = ("rack_reader", ("fluidx", "intellicode", "dp5", "datapaq3", "visionmate"))

RACK_READER = Section(
    "Rack reader",
    (
        Asked(
            "rack_reader",
            "What it is",
            "A reader whose program writes files is watched; any file can also be chosen by hand on Racks",
            options=(
                ("none", "None"),
                ("fluidx", "FluidX"),
                ("intellicode", "IntelliCode"),
                ("dp5", "Ziath DP5"),
                ("datapaq3", "DataPaq 3"),
                ("visionmate", "VisionMate"),
                ("folder", "Watched folder"),
            ),
            wide=True,
        ),
        Asked("rack_reader_at", "Address and port", "10.1.1.9:201, as its program shows them", only_if=_AT),
        Asked(
            "rack_reader_profile",
            "What it is set to",
            "Tube type (FluidX), rack (Ziath), instrument/profile (IntelliCode); empty to leave it as it is",
            only_if=_AT,
        ),
        Asked(
            "rack_reader_folder",
            "Folder of its files",
            "The one that its program writes to",
            only_if=("rack_reader", ("intellicode", "folder")),
        ),
        Asked(
            "rack_reader_ways",
            "In what it is otherwise",
            "FluidX: says no Reading..., no line end, two steps, feels orientation; VisionMate: by row, suffix CR; "
            "files: turned. Empty for most",
            only_if=("rack_reader", ("fluidx", "visionmate", "intellicode", "folder")),
        ),
    ),
)

FOLDERS = 6
_COUNTS = tuple(str(many) for many in range(FOLDERS + 1))


def _folder(place: int) -> tuple[Asked, Asked]:
    shown = ("instruments_many", _COUNTS[place:])
    which = "It stands beside its files on Measure: Qubit 2" if place == 1 else ""
    where = "Where its program exports to; a network share works too" if place == 1 else ""
    return (
        Asked(f"instruments_name_{place}", f"Instrument {place}", which, only_if=shown),
        Asked(f"instruments_folder_{place}", f"Folder of instrument {place}", where, only_if=shown),
    )


INSTRUMENTS = Section(
    "Measuring instruments",
    (
        Asked(
            "instruments_many",
            "Watched folders",
            "What comes there is offered on Measure. None: files are chosen by hand",
            options=(("0", "None"), *((many, many) for many in _COUNTS[1:])),
            wide=True,
        ),
        *(asked for place in range(1, FOLDERS + 1) for asked in _folder(place)),
    ),
)

_BALANCE = ("balance", ("mt-sics", "sbi"))

BALANCE = Section(
    "Balance",
    (
        Asked(
            "balance",
            "What it speaks",
            "Its menu names it; as the maker delivers it a Mettler Toledo speaks MT-SICS, a Sartorius SBI",
            options=(("none", "None"), ("mt-sics", "MT-SICS"), ("sbi", "SBI")),
            wide=True,
        ),
        Asked("balance_port", "Port", "COM5, /dev/ttyUSB0 or rfc2217://address:port", only_if=_BALANCE),
        Asked("balance_baud", "Speed of the port", "Empty: as its maker delivers it, 9600", only_if=_BALANCE),
        Asked(
            "balance_parity",
            "Parity",
            "As its menu shows it",
            options=(("", "As delivered"), ("N", "None"), ("E", "Even"), ("O", "Odd")),
            wide=True,
            only_if=_BALANCE,
        ),
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

INTEGRATION = Section(
    "Integration engine",
    (
        Asked(
            "fhir_folder",
            "Folder for FHIR status (draft)",
            "Booked in, sent, received, rejected: with NHS numbers, for the engine alone. Empty: nothing is written",
        ),
    ),
)

SAVING = Section(
    "Files that are saved, and what is copied",
    (
        Asked(
            "exports_folder",
            "Folder for saved files",
            "Empty: exports, beside the bench's own file. From the next start",
        ),
        Asked(
            "exports_days",
            "Days that a saved file stays there",
            "7 unless the laboratory has a rule of its own. From the next start",
        ),
        Asked(
            "clipboard_seconds", "Seconds on the clipboard", "Then what was copied is taken off. From the next start"
        ),
    ),
)
