import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtWidgets import QApplication

from ui.operations import Broke, Operations


@pytest.fixture
def recorder():
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


@pytest.fixture
def operations(app: QApplication, recorder):
    made = Operations(recorder.submit)
    yield made
    made.close()
    made.deleteLater()


def test_work_is_done_elsewhere_and_its_result_arrives_on_the_main_thread(operations, qtbot):
    seen: list[tuple[str, int]] = []
    main, worker = threading.get_ident(), []
    operations.run(
        lambda: worker.append(threading.get_ident()) or 42,
        lambda result: seen.append((threading.get_ident() == main, result)),
    )
    assert operations.under_way == 1
    qtbot.waitUntil(lambda: seen == [(True, 42)])
    assert worker[0] != main
    assert operations.under_way == 0


def test_results_arrive_in_the_order_of_the_work(operations, qtbot):
    seen: list[int] = []
    for number in range(50):
        operations.run(lambda number=number: number, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == list(range(50))


def test_an_exception_reaches_the_one_who_asked(operations, qtbot):
    seen: list[BaseException] = []
    operations.run(lambda: 1 / 0, lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_an_exception_that_nobody_waits_for_is_told_all_the_same(operations, qtbot):
    with qtbot.waitSignal(operations.broke) as told:
        operations.run(lambda: 1 / 0, lambda _: None)
    assert isinstance(told.args[0], Broke)


def test_cancelled_work_counts_as_failed(app: QApplication, qtbot):
    future: Future[int] = Future()
    operations = Operations(lambda work: future)
    seen: list[BaseException] = []
    operations.run(lambda: 1, lambda _: None, seen.append)
    future.cancel()
    future.set_running_or_notify_cancel()
    qtbot.waitUntil(lambda: bool(seen))
    operations.deleteLater()


def test_nothing_is_delivered_once_the_windows_go(operations, recorder, app):
    seen: list[int] = []
    gate = threading.Event()
    operations.run(lambda: gate.wait(10) and 1, seen.append)
    operations.close()
    gate.set()
    recorder.submit(lambda: None).result(10)
    app.processEvents()
    assert seen == []
