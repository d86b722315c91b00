"""Questions about deliveries to the register, each one statement within a limit."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_delivery = text_statement("SELECT * FROM delivery WHERE id = :id")
_booking = text_statement("SELECT * FROM booking WHERE id = :bench")
_bags = text_statement("SELECT * FROM bag WHERE id >= :low AND id < :high ORDER BY urgent IS NULL, code")
_bags_by_code = text_statement(
    "SELECT b.* FROM bag b JOIN delivery d ON d.id = b.delivery WHERE b.code = :code AND d.state = 'open' ORDER BY b.id"
)
_open = text_statement("SELECT * FROM delivery WHERE state = 'open' ORDER BY at, id LIMIT :most")
_closed_last = text_statement("SELECT * FROM delivery WHERE state = 'closed' ORDER BY id DESC LIMIT :most")
# Of the newest that are closed: what was booked from them, or passed on, after they were counted.
_count_changed = text_statement(
    "SELECT * FROM (SELECT d.*, (SELECT count(*) FROM specimen s WHERE s.delivery = d.id AND s.led_by IS NULL) + "
    "(SELECT count(*) FROM delivery_item i WHERE i.delivery = d.id AND i.sort = 'passed on') AS now FROM "
    "(SELECT * FROM delivery WHERE state = 'closed' ORDER BY id DESC LIMIT :most) d) c WHERE now <> found ORDER BY id"
)
_count_open = text_statement("SELECT count(*) FROM delivery WHERE state = 'open'")
_booked = text_statement("SELECT count(*) FROM specimen WHERE delivery = :delivery AND led_by IS NULL")
_booked_of_bag = text_statement("SELECT * FROM specimen WHERE delivery = :delivery AND bag = :bag ORDER BY id")
_items = text_statement("SELECT * FROM delivery_item WHERE delivery = :delivery ORDER BY id")
_forms = text_statement("SELECT * FROM delivery_item WHERE state = 'open' ORDER BY at, id LIMIT :most")
_forms_of = text_statement("SELECT * FROM delivery_item WHERE state = 'open' AND request = :request ORDER BY at, id")
_item = text_statement("SELECT * FROM delivery_item WHERE id = :id")


def delivery(db: Database, delivery: str) -> Row | None:
    """A delivery."""
    return db.one(_delivery, {"id": delivery})


def booking(db: Database, bench: str) -> Row | None:
    """What a bench books from; a row without a delivery when it does not."""
    return db.one(_booking, {"bench": bench})


def bags(db: Database, delivery: str) -> list[Row]:
    """The bags of a delivery, urgent ones first."""
    return db.all(_bags, {"low": f"{delivery}/", "high": f"{delivery}0"})


def open_bags_by_code(db: Database, code: str) -> list[Row]:
    """Bags of open deliveries that carry a code: bags are used again, so a closed delivery's is not meant."""
    return db.all(_bags_by_code, {"code": code})


def open_deliveries(db: Database, most: int) -> list[Row]:
    """Deliveries whose count is not settled, the oldest first."""
    return db.all(_open, {"most": most})


def closed_last(db: Database, most: int) -> list[Row]:
    """The newest deliveries that are closed."""
    return db.all(_closed_last, {"most": most})


def count_changed(db: Database, most: int) -> list[Row]:
    """Of the newest closed deliveries those of which more, or fewer, is here ``now`` than was found when they were."""
    return db.all(_count_changed, {"most": most})


def count_open(db: Database) -> int:
    """How many deliveries are open."""
    return int(db.value(_count_open))


def booked(db: Database, delivery: str) -> int:
    """How many specimens of a delivery are booked in; one with two numbers counts once."""
    return int(db.value(_booked, {"delivery": delivery}))


def specimens_of_bag(db: Database, delivery: str, bag: str) -> list[Row]:
    """The specimens that were booked in from a bag."""
    return db.all(_booked_of_bag, {"delivery": delivery, "bag": bag})


def items(db: Database, delivery: str) -> list[Row]:
    """What came in a delivery and is no specimen here."""
    return db.all(_items, {"delivery": delivery})


def open_forms(db: Database, most: int) -> list[Row]:
    """Forms whose specimen is looked for, the oldest first."""
    return db.all(_forms, {"most": most})


def forms_of(db: Database, request: str) -> list[Row]:
    """Forms that came without their specimen and belong to a request."""
    return db.all(_forms_of, {"request": request})


def item(db: Database, item: str) -> Row | None:
    """One of them."""
    return db.one(_item, {"id": item})
