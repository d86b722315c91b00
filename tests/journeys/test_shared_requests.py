"""A request that two laboratories share: its other half as last told, and a cancellation that waits until confirmed."""

from __future__ import annotations

import pypdfium2
import pytest
from bench_top import WAIT_S, BenchTop
from send_work import today

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer

CODE = "Q26-118901"
OTHER = "West Laboratory RTH"


def request(bench: BenchTop) -> str:
    [row] = bench.rows("SELECT request FROM request_code WHERE code = :code", code=CODE)
    return str(row["request"])


def says(bench: BenchTop, given: Command, *choices: str, **fields: str) -> Verdict:
    bench.clock.forward(1)
    subject = request(bench)
    bench.bench.command(given, None, subject).result(WAIT_S)
    answer = Answer(choices, fields=tuple(fields.items()), subject=subject)
    return bench.bench.command(given, answer, subject).result(WAIT_S).verdict


def shares(bench: BenchTop, to: str = "West Laboratory", ods: str = "rth") -> None:
    said = says(bench, Command.SHARE_REQUEST, "telephone", to=to, ods=ods, asked_by="Dr Ash", reason="Their half")
    assert said.title == "Shared"


def cancels(bench: BenchTop) -> None:
    said = says(bench, Command.CANCEL_REQUEST, "telephone", asked_by="Dr Ash", reason="Sent twice")
    assert said.title == "Request cancelled", said


def their_half(bench: BenchTop) -> list[str]:
    facts = bench.bench.find(CODE).result(WAIT_S).facts
    return [value for name, value in facts if name.startswith(("West", "North"))]


@pytest.fixture
def shared(bench: BenchTop) -> BenchTop:
    shares(bench)
    return bench


def test_the_other_half_stands_as_it_was_told_last_with_its_day(shared: BenchTop) -> None:
    bench = shared
    assert their_half(bench) == ["nothing told of their half yet"]
    says(bench, Command.SHARE_HEARD, words="DNA received", who="Dr Elm", day="22/11/2026")
    assert their_half(bench) == ["their half as told 22-Nov-2026 by Dr Elm: DNA received"]
    assert says(bench, Command.SHARE_HEARD, words="Sequencing", who="Dr Oak").title == "Recorded"
    assert their_half(bench) == ["their half as told 23-Nov-2026 by Dr Oak: Sequencing"]
    # Whatever was said before stays in the history, and no entry says it in the open.
    assert bench.count("request.share_told") == 2
    assert not any(b"Sequencing" in entry or b"Dr Oak" in entry for entry in bench.entries())


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"words": "", "who": "Dr Elm"}, "Enter what they said"),
        ({"words": "DNA received", "who": " "}, "Enter who at the other"),
        ({"words": "DNA received", "who": "Dr Elm", "day": "24/11/2026"}, "Enter a day that has come"),
        ({"words": "DNA received", "who": "Dr Elm", "day": "soon"}, "Enter a day that has come"),
    ],
)
def test_what_is_missing_is_asked_again(shared: BenchTop, fields: dict[str, str], problem: str) -> None:
    assert problem in says(shared, Command.SHARE_HEARD, **fields).sentence
    assert shared.count("request.share_told") == 0


def test_a_cancellation_waits_on_today_until_the_other_laboratory_confirmed_it(shared: BenchTop) -> None:
    bench = shared
    assert today(bench, "Tell the other laboratory") == ()
    cancels(bench)
    [item] = today(bench, "Tell the other laboratory")
    assert (item.detail, item.kind) == (f"{OTHER}: is to be told that it is cancelled", VerdictKind.REFUSED)
    assert their_half(bench)[0].endswith("NOT TOLD that it is cancelled")
    assert says(bench, Command.SHARE_TOLD, who="Dr Elm, by post", words="DNA of Monday, too").title == "Letter drafted"
    [item] = today(bench, "Tell the other laboratory")
    assert (item.detail, item.kind) == (f"{OTHER}: told 23-Nov-2026, confirmation awaited", VerdictKind.ATTENTION)
    assert says(bench, Command.SHARE_CONFIRMED, who="").title != "Confirmed"
    assert says(bench, Command.SHARE_CONFIRMED, who="Dr Oak, telephone").title == "Confirmed"
    assert today(bench, "Tell the other laboratory") == ()
    assert their_half(bench)[0].endswith("confirmed 23-Nov-2026 (Dr Oak, telephone) that it is cancelled")
    assert says(bench, Command.SHARE_CONFIRMED, who="Dr Oak").title == "Nobody to tell"


def test_who_heard_of_the_cancellation_hears_too_that_it_is_wanted_again(shared: BenchTop) -> None:
    bench = shared
    shares(bench, "North Laboratory", "")
    cancels(bench)
    assert len(today(bench, "Tell the other laboratory")) == 2
    [west, _north] = bench.rows("SELECT id FROM request_share ORDER BY at, id")
    assert says(bench, Command.SHARE_TOLD, west["id"], who="Dr Elm").title == "Letter drafted"
    assert says(bench, Command.SHARE_CONFIRMED, west["id"], who="Dr Elm").title == "Confirmed"
    said = says(bench, Command.REVIVE_REQUEST, "telephone", asked_by="Dr Ash", reason="Cancelled by mistake")
    assert said.title == "Wanted again"
    # North never heard of the cancellation.
    [item] = today(bench, "Tell the other laboratory")
    assert item.detail == f"{OTHER}: is to be told that it is wanted again"
    assert says(bench, Command.SHARE_TOLD, who="Dr Elm").title == "Letter drafted"
    assert says(bench, Command.SHARE_CONFIRMED, who="Dr Elm").title == "Confirmed"
    assert today(bench, "Tell the other laboratory") == ()


def test_the_letter_says_how_the_request_stands_and_names_no_patient(shared: BenchTop) -> None:
    bench = shared
    cancels(bench)
    says(bench, Command.SHARE_TOLD, who="Dr Elm", words="The DNA of Monday, too")
    [row] = bench.rows("SELECT told_document FROM request_share")
    kept = max(bench.bench.file.files.every(), key=lambda one: one.made_at)
    with pypdfium2.PdfDocument(b"".join(bench.bench.file.files.content(kept.sha256))) as document:
        assert len(document) == 1
        said = " ".join(document[0].get_textpage().get_text_bounded().split())
    wanted = ("A shared request is cancelled", f"To {OTHER}", CODE, "Stop what you do for it", "The DNA of Monday, too")
    assert [part for part in wanted if part not in said] == []
    patient = bench.bench.find(CODE).result(WAIT_S).banner
    assert patient is not None
    assert patient.name.split(",")[0].casefold() not in said.casefold()
    assert bench.bench.find(str(row["told_document"])).result(WAIT_S).hits[0].title.startswith("Letter about a shared")


def test_what_is_shared_with_nobody_has_nobody_to_tell(bench: BenchTop) -> None:
    cancels(bench)
    assert today(bench, "Tell the other laboratory") == ()
    assert says(bench, Command.SHARE_TOLD, who="Dr Elm").title == "Nobody to tell"
    assert says(bench, Command.SHARE_HEARD, words="DNA", who="Dr Elm").title == "Not shared"
