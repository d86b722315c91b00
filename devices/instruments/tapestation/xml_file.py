"""The XML that TapeStation Analysis writes: tapes, the units of the assay, and for each lane its peaks and regions."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from devices.files.given import GivenFile
from devices.files.table import MAX_BYTES
from devices.instruments.cells import Mark, mark_of, quantity
from devices.instruments.dates import Order, order_of, own_time
from devices.instruments.headed import Known, cell_findings
from devices.instruments.rows import well_of
from devices.measured import (
    Analyte,
    InstrumentRun,
    Measured,
    OwnTime,
    Quantity,
    RefusedRun,
    Role,
    RunDefect,
    RunFinding,
    RunRefusal,
)

INSTRUMENT, DIALECT = "TapeStation", "TapeStation XML"
_SIGNS = (b"<ScreenTape", b"<File")
_GZIP = b"\x1f\x8b"
_NOT_TAKEN = (b"<!DOCTYPE", b"<!ENTITY")
_MARKERS = ("lower marker", "upper marker", "sample well")
_OF_SAMPLE = {"DIN": Analyte.DIN, "RNA/RINe": Analyte.RIN, "RNA/Ratio28S18SArea": Analyte.RRNA_RATIO}
_OF_PEAK = {
    "Size": Analyte.PEAK_SIZE,
    "CalibratedQuantity": Analyte.CONCENTRATION,
    "Molarity": Analyte.MOLARITY,
    "PercentOfTotal": Analyte.PERCENT_OF_TOTAL,
}
_OF_REGION = {
    "AverageSize": Analyte.AVERAGE_SIZE,
    "Concentration": Analyte.CONCENTRATION,
    "Molarity": Analyte.MOLARITY,
    "PercentOfTotal": Analyte.PERCENT_OF_TOTAL,
}
_ALSO_READ = frozenset(
    {
        "WellNumber",
        "Comment",
        "Concentration",
        "Observations",
        "Alert",
        "ScreenTapeID",
        "Peaks",
        "Regions",
        "RNA",
        "DIN",
    }
)


def run_in_xml(file: GivenFile, known: Known) -> InstrumentRun | RefusedRun | None:
    """The run in a TapeStation's XML; None for any other file."""
    content = _unpacked(file.content)
    if content is None or not all(sign in content[:100_000] for sign in _SIGNS):
        return None
    if any(each in content for each in _NOT_TAKEN):
        return RefusedRun(INSTRUMENT, DIALECT, RunRefusal.DAMAGED, "it defines entities of its own")
    try:
        root = ET.fromstring(content)  # noqa: S314  (no document type, no entities: refused above)
    except ET.ParseError as fault:
        cut = content.rstrip().endswith(b"</File>")
        return RefusedRun(INSTRUMENT, DIALECT, RunRefusal.DAMAGED if cut else RunRefusal.CUT, str(fault))
    return _run(root, known)


def _unpacked(content: bytes) -> bytes | None:
    if content.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            return None
    if len(content) > MAX_BYTES:
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode().replace(b"utf-16", b"utf-8", 1)
    return content if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else None


@dataclass(frozen=True)
class _Context:
    """What holds for all lanes: units, the order of dates, the decimal mark, and when each tape was run."""

    units: dict[str, str]
    order: Order
    mark: Mark | None
    tape_times: dict[str, str]
    assay: str


def _run(root: ET.Element, known: Known) -> InstrumentRun | RefusedRun:
    samples = root.findall("Samples/Sample")
    tapes = {_text(tape, "ScreenTapeID"): _text(tape, "TapeRunDate") for tape in root.findall(".//ScreenTape")}
    strange = {_text(sample, "ScreenTapeID") for sample in samples} - set(tapes) - {""}
    if strange:
        detail = f"lanes of {', '.join(sorted(strange))}, tapes run {', '.join(sorted(tapes)) or 'none'}"
        return RefusedRun(INSTRUMENT, DIALECT, RunRefusal.TAPES_DISAGREE, detail)
    if not samples:
        return RefusedRun(INSTRUMENT, DIALECT, RunRefusal.NOTHING_MEASURED)
    context = _context(root, tapes, known)
    measured = tuple(_lane(sample, number, context) for number, sample in enumerate(samples, 1))
    environment = root.find(".//ScreenTape/Environment")
    end = _text(root, "FileInformation/RunEndDate")
    return InstrumentRun(
        instrument=INSTRUMENT,
        dialect=DIALECT,
        measured=measured,
        unread=_unread(samples),
        findings=(*cell_findings(measured, context.mark), *_lane_twice(samples)),
        serial=_text(environment, "InstrumentSerialNumber"),
        software=_text(environment, "AnalysisVersion"),
        operator=_text(environment, "Experimenter"),
        run_id=_text(root, "FileInformation/FileName"),
        assay=context.assay,
        at=own_time(end, context.order),
    )


def _context(root: ET.Element, tapes: dict[str, str], known: Known) -> _Context:
    names = {"ConcentrationUnit": "concentration", "MolarityUnit": "molarity", "MolecularWeightUnit": "size"}
    units = {short: _text(root, f"Assay/Units/{tag}") for tag, short in names.items()}
    cells = [element.text or "" for element in root.findall("Samples//*") if element.tag != "Comment"]
    mark = mark_of(cells) or known.mark or (None if any("," in cell for cell in cells) else Mark.POINT)
    dates = [*tapes.values(), _text(root, "FileInformation/RunEndDate")]
    order = order_of(dates, (), known.date_order)
    return _Context(units, order, mark, tapes, _text(root, "FileInformation/Assay"))


def _lane(sample: ET.Element, number: int, context: _Context) -> Measured:
    well, name = _text(sample, "WellNumber"), _text(sample, "Comment")
    remarks = (_text(sample, "Alert"), _text(sample, "Observations"))
    is_ladder = "ladder" in (name.casefold(), remarks[1].casefold())
    return Measured(
        line=number,
        sample=name,
        quantities=tuple(_quantities(sample, context)),
        plate=_text(sample, "ScreenTapeID"),
        well=well_of(well),
        raw_well=well,
        role=Role.LADDER if is_ladder else Role.SAMPLE,
        at=_time(sample, context),
        assay=context.assay,
        flags=tuple(each for each in remarks if each),
    )


def _time(sample: ET.Element, context: _Context) -> OwnTime | None:
    return own_time(context.tape_times.get(_text(sample, "ScreenTapeID"), ""), context.order)


def _quantities(sample: ET.Element, context: _Context) -> Iterator[Quantity]:
    yield _read(sample, "Concentration", Analyte.CONCENTRATION, "", context)
    for tag, analyte in _OF_SAMPLE.items():
        if sample.find(tag) is not None:
            yield _read(sample, tag, analyte, "", context)
    for number, peak in enumerate(_own_peaks(sample), 1):
        part = f"peak {number}"
        yield from (_read(peak, tag, analyte, part, context) for tag, analyte in _OF_PEAK.items())
    for region in sample.findall("Regions/Region"):
        part = f"region {_text(region, 'From')} to {_text(region, 'To')}"
        yield from (_read(region, tag, analyte, part, context) for tag, analyte in _OF_REGION.items())


def _own_peaks(sample: ET.Element) -> list[ET.Element]:
    """The sample's own peaks: the markers are the tape's, and what stayed in the well is no size."""
    peaks = sample.findall("Peaks/Peak")
    return [peak for peak in peaks if _text(peak, "Observations").casefold() not in _MARKERS]


def _read(element: ET.Element, tag: str, analyte: Analyte, part: str, context: _Context) -> Quantity:
    found = element.find(tag)
    raw = "" if found is None else (found.text or "").strip()
    return quantity(analyte, raw, tag, _unit(analyte, context.units), part, context.mark)


def _unit(analyte: Analyte, units: dict[str, str]) -> str:
    match analyte:
        case Analyte.CONCENTRATION:
            return units["concentration"]
        case Analyte.MOLARITY:
            return units["molarity"]
        case Analyte.PEAK_SIZE | Analyte.AVERAGE_SIZE:
            return units["size"]
        case Analyte.PERCENT_OF_TOTAL:
            return "%"
    return ""


def _lane_twice(samples: list[ET.Element]) -> tuple[RunFinding, ...]:
    places = [(_text(sample, "ScreenTapeID"), _text(sample, "WellNumber")) for sample in samples]
    twice = sorted({place for place in places if places.count(place) > 1})
    return tuple(
        RunFinding(RunDefect.WELL_TWICE, tuple(n for n, each in enumerate(places, 1) if each == place), place[1])
        for place in twice
    )


def _unread(samples: list[ET.Element]) -> tuple[str, ...]:
    """The tags of lanes, peaks and regions from which nothing was read."""
    read = {f"Peak/{tag}" for tag in _OF_PEAK} | {f"Region/{tag}" for tag in (*_OF_REGION, "From", "To")}
    read |= {f"Sample/{tag}" for tag in _ALSO_READ} | {f"RNA/{tag.partition('/')[2]}" for tag in _OF_SAMPLE}
    read |= {"Peak/Observations", "Peaks/Peak", "Regions/Region"}
    seen = {f"{parent.tag}/{child.tag}": None for sample in samples for parent in sample.iter() for child in parent}
    return tuple(each for each in seen if each not in read)


def _text(element: ET.Element | None, path: str) -> str:
    return (element.findtext(path) or "").strip() if element is not None else ""
