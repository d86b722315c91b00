"""The Settings screen: as at most benches, with devices on ports, and what trying them came to."""

from gms_desktop.settings import PrinterSettings, Settings
from ui.payloads import FormView, Problem, TrialView
from ui.settings_of_printers import printers_offered

SETTINGS = FormView(
    values=(
        ("bench_name", "Bench K7 Reception"),
        ("idle_minutes", "10"),
        ("theme", "light"),
        ("volume", "70"),
        ("scanner_mode", "keyboard"),
        ("scanner_prefix", "~"),
        ("scanner_port", ""),
        ("scanner_baud", "9600"),
        ("scanner_protocol", "plain"),
        ("printer_mode", "zpl"),
        ("printer_host", "10.0.4.17"),
        ("printer_port", "9100"),
        ("printer_dpi", "300"),
        ("printer_layout", "tube-25x51"),
    ),
    saved="Saved 14:05",
)
PORTS = FormView(
    values=(
        ("bench_name", "Bench K7 Reception"),
        ("idle_minutes", "10"),
        ("theme", "dark"),
        ("volume", "30"),
        ("scanner_mode", "serial"),
        ("scanner_prefix", ""),
        ("scanner_port", "COM3"),
        ("scanner_baud", "9600"),
        ("scanner_protocol", "ssi"),
        ("printer_mode", "drop"),
        ("printer_folder", ""),
        ("printer_files", "slides.txt"),
        ("printer_dpi", "600"),
        ("printer_layout", "tube-25x51"),
    ),
    problems=(Problem("printer_folder", "Enter a folder that is there, with its whole path."),),
)
PRINTERS = FormView(
    values=(
        ("printers_many", "1"),
        ("printer2_name", "Plates"),
        ("printer2_mode", "zpl"),
        ("printer2_host", "10.0.4.18"),
        ("printer2_port", "9100"),
        ("printer2_dpi", "600"),
        ("labels_tube", "1"),
        ("labels_cryo", ""),
        ("labels_plate", "2"),
        ("labels_place", "2"),
    ),
    options=printers_offered(Settings(printers={"Plates": PrinterSettings()})),
)
TRIED_SCANNER = TrialView(
    "scanner",
    "It answers",
    (
        "Scanner: COM3, Zebra SSI, 9600 baud",
        "ready: COM3, PAABCS00-000-R00",
        "code: 'FD20024619', Data Matrix, 17 bytes 10 f3 00 00 1b 46 44 32 30 30 32 34 36 31 39 fb 9d.",
    ),
    well=True,
)
TRIED_PRINTER = TrialView(
    "printer",
    "Not ready",
    (
        "Label printer: 10.0.4.17:9100",
        "Identity: ZD421-300dpi ZPL, firmware V93.21.07Z, 300 dpi",
        "State: paper out",
        "To do: Put labels in. Clean its print head soon.",
    ),
    well=False,
)
