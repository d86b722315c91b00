"""What a person does at the Send away screen: opens, scans in, closes, hands over and asks Find."""

from __future__ import annotations

from importlib.resources import files

from bench_top import WAIT_S, BenchTop
from rack_work import bound

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Draft
from gms_desktop.rehearsal import made_up
from gms_desktop.send_desk import SendDesk
from gms_desktop.services import site_rules
from gms_desktop.services.send_lines import SendView
from gms_desktop.services.views import Answer, WorkItem

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"
PROBAND, MOTHER = "Q26-118834-1", "Q26-118835-1"
FIRST, SECOND = "FD20024619", "FD20024620"
PARTICIPANTS = {"9990000018": "p10000000001", "9990000026": "p10000000002"}


def scans(bench: BenchTop, code: str, entered: Entered = Entered.SCANNED) -> Verdict:
    """Scan on the Send away screen."""
    bench.clock.forward(5)
    said = Scan(code.encode(), code, None, bench.clock.now(), "Scanner", entered)
    return bench.bench.scan(said, "send_away").result(WAIT_S).verdict


def says(
    bench: BenchTop, given: Command, *choices: str, argument: str = "", reason: str = "", **fields: str
) -> Verdict:
    """Give a command with its answer."""
    bench.clock.forward(1)
    bench.bench.command(given, None, argument).result(WAIT_S)
    answer = Answer(choices, reason, fields=tuple(fields.items()), subject=argument)
    return bench.bench.command(given, answer, argument).result(WAIT_S).verdict


def view(bench: BenchTop) -> SendView:
    return SendDesk(bench.bench).view().result(WAIT_S)


def opens(bench: BenchTop, destination: str, *more: str) -> str:
    """Open a consignment; its number."""
    said = says(bench, Command.SEND_OPEN, destination, *more)
    assert said.title == "Consignment open", said
    return view(bench).heading.partition(" ")[0]


def closes(bench: BenchTop) -> Verdict:
    return bench.asks_for(Command.SEND_CLOSE)


def hands_over(bench: BenchTop, **more: str) -> Verdict:
    said = {"courier": "EXAMPLE courier", "reference": "C-77", "signed": "J. Rider", "at": ""} | more
    return says(bench, Command.SEND_HAND_OVER, **said)


def arrives(bench: BenchTop, **more: str) -> Verdict:
    said = {"how": "Their reception, by telephone", "at": "", "missing": "", "damaged": "", "rejected": "", "words": ""}
    return says(bench, Command.SEND_ARRIVED, **(said | more))


def find(bench: BenchTop, query: str) -> list[tuple[str, str]]:
    return list(bench.bench.find(query).result(WAIT_S).facts)


def with_participants(bench: BenchTop) -> None:
    """The family of the rehearsal is expected with participant ids."""
    name, content, mapping = made_up.expected_file()
    heading, *lines = content.decode().splitlines()
    told = [f"{heading},Participant"]
    told += [f"{line},{PARTICIPANTS.get(line.split(',')[7], '')}" for line in lines if "OYELARAN" in line]
    columns = mapping["columns"] | {"ngis_participant_id": "Participant"}
    bench.takes_in(name, ("\n".join(told) + "\n").encode(), mapping | {"columns": columns})


def tube_of(bench: BenchTop, code: str, tube: str) -> str:
    """A specimen is received and accepted, and its DNA put into a FluidX tube; the specimen's number."""
    number = bench.receives(code)
    assert bound(bench, number, tube).title == "Bound"
    return number


def approves(bench: BenchTop, rule: str, text: str) -> None:
    """The laboratory approves its own rule set."""
    who = operator(bench)
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, rule, who)], who))


def own(rule: str, *changes: tuple[str, str]) -> str:
    """A rule set of the product with changes, as a laboratory's own."""
    text = files("resources").joinpath("rules", f"{rule}.toml").read_text("utf-8").replace("EXAMPLE-1", "OWN-1")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def operator(bench: BenchTop) -> str:
    """Who is signed in."""
    return next(row["operator"] for row in bench.rows("SELECT operator FROM session WHERE operator IS NOT NULL"))


def in_dispute(bench: BenchTop, tube: str) -> str:
    """Another story of where a tube stands came in: its case."""
    [row] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=tube)
    body = {"tube": row["id"], "rack": None, "well": None, "former": None, "how": "hand", "bench": "another"}
    moved = Draft("tube.moved", body | {"follows": [[f"tube:{row['id']}", "another/1"]]})
    who = operator(bench)
    return bench.write(lambda ledger: ledger.append([moved], who))[0].id


def today(bench: BenchTop, title: str) -> tuple[WorkItem, ...]:
    """One list of Today."""
    return next(one.items for one in bench.bench.today().result(WAIT_S).lists if one.title == title)
