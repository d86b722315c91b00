"""Checks that need more than one row: the same tube twice, one rack with several consignments, an incomplete family.

What cannot both be true keeps its rows back; what is only unlikely is a warning about the file. Rows that are kept back
for other reasons are seen too, so that a family is not called incomplete because one of its rows waits to be put right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from gms_desktop.exchange.expected import ExpectedRow, FileProblem, Role, RowProblem
from gms_desktop.exchange.layout import Cells, CrossCheck, RowCheck

FAMILY_SIZES = {"singleton": 1, "duo": 2, "trio": 3}


def listed(rows: Iterable[int]) -> str:
    """Row numbers in words: "row 3", "rows 3, 5 and 9"."""
    numbers = [str(number) for number in rows]
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"


def _grouped(rows: Sequence[ExpectedRow], key: Callable[[ExpectedRow], Hashable]) -> list[list[ExpectedRow]]:
    groups: dict[Hashable, list[ExpectedRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return list(groups.values())


def _numbers(rows: Sequence[ExpectedRow]) -> tuple[int, ...]:
    return tuple(row.row for row in rows)


def _content(row: ExpectedRow) -> Hashable:
    return tuple(sorted((heading, cell.strip()) for heading, cell in row.raw.items()))


def _identity(row: ExpectedRow) -> Hashable:
    """Everything a row says of who the person is."""
    names = (row.surname.casefold(), row.forename.casefold(), row.birth_date_iso or row.birth_date)
    return (row.ngis_participant_id.casefold(), "".join(row.nhs_number.split()), row.hospital_number, *names)


def _person(row: ExpectedRow) -> Hashable:
    """The surest thing a row says of who the person is, for counting people."""
    numbers = (row.ngis_participant_id.casefold(), "".join(row.nhs_number.split()), row.hospital_number)
    return next((number for number in numbers if number), _identity(row))


def repeated_rows(rows: Sequence[ExpectedRow]) -> Iterator[RowProblem]:
    """Rows that say exactly what an earlier row says: the first stands."""
    for group in _grouped(rows, _content):
        for row in group[1:]:
            yield RowProblem(row.row, "", "", "row-repeated", f"row {group[0].row}")


def _same_tube(rows: Sequence[ExpectedRow]) -> Iterator[list[ExpectedRow]]:
    first_of_each = [group[0] for group in _grouped(rows, _content) if group[0].specimen_codes]
    return (group for group in _grouped(first_of_each, lambda row: row.specimen_codes[0]) if len(group) > 1)


def one_row_for_each_tube(column: str) -> CrossCheck:
    """A tube travels once: two different rows with one tube code are both kept back."""

    def check(rows: Sequence[ExpectedRow]) -> Iterator[RowProblem]:
        for group in _same_tube(rows):
            for row in group:
                yield RowProblem(row.row, column, row.specimen_codes[0], "tube-code-repeated", listed(_numbers(group)))

    return check


def one_person_for_each_tube(column: str) -> CrossCheck:
    """One tube may be sent for several tests, never for two people."""

    def check(rows: Sequence[ExpectedRow]) -> Iterator[RowProblem]:
        for group in _same_tube(rows):
            if len({_identity(row) for row in group}) > 1:
                for row in group:
                    yield RowProblem(
                        row.row, column, row.specimen_codes[0], "tube-code-two-people", listed(_numbers(group))
                    )

    return check


def racks_with_several_consignments(rows: Sequence[ExpectedRow]) -> Iterator[FileProblem]:
    """A rack travels in one parcel, so it has one consignment number."""
    for group in _grouped([row for row in rows if row.rack_id and row.consignment], lambda row: row.rack_id):
        consignments = sorted({row.consignment for row in group})
        if len(consignments) > 1:
            detail = f"Rack {group[0].rack_id} has {len(consignments)} consignment numbers"
            yield FileProblem("rack-several-consignments", detail, blocks=False, rows=_numbers(group))


def repeated_wells(rows: Sequence[ExpectedRow]) -> Iterator[FileProblem]:
    """A place in a rack holds one tube."""
    placed = [row for row in rows if row.rack_id and row.rack_well]
    for group in _grouped(placed, lambda row: (row.rack_id, row.rack_well.upper())):
        if len({row.specimen_codes for row in group}) > 1:
            detail = f"Rack {group[0].rack_id}, well {group[0].rack_well}: {listed(_numbers(group))}"
            yield FileProblem("well-repeated", detail, blocks=False, rows=_numbers(group))


def _families(rows: Sequence[ExpectedRow]) -> Iterator[list[ExpectedRow]]:
    return iter(_grouped([row for row in rows if row.referral_id], lambda row: row.referral_id.casefold()))


def family_sizes(rows: Sequence[ExpectedRow]) -> Iterator[FileProblem]:
    """Singleton, Duo and Trio say how many people a referral has; tubes of one person count once."""
    for family in _families(rows):
        structures = sorted({row.family_structure for row in family if row.family_structure})
        people = len({_person(row) for row in family})
        if len(structures) > 1:
            detail = f"Referral {family[0].referral_id} is called {' and '.join(structures)}"
            yield FileProblem("family-structures-differ", detail, blocks=False, rows=_numbers(family))
        elif structures and FAMILY_SIZES.get(structures[0].casefold(), people) != people:
            detail = f"Referral {family[0].referral_id} is a {structures[0]}, the file has {people} of its people"
            yield FileProblem("family-size", detail, blocks=False, rows=_numbers(family))


def one_proband(rows: Sequence[ExpectedRow]) -> Iterator[FileProblem]:
    """A referral has one proband, wherever its roles are stated."""
    for family in _families(rows):
        probands = {_person(row) for row in family if row.role is Role.PROBAND}
        if len(probands) > 1:
            detail = f"Referral {family[0].referral_id} has {len(probands)} probands"
            yield FileProblem("several-probands", detail, blocks=False, rows=_numbers(family))


def patient_number_in_codes(*columns: str) -> RowCheck:
    """A rack, consignment or tube code that holds the patient's NHS number gives it away to whoever sees the code."""

    def check(cells: Cells, row: ExpectedRow) -> Iterator[RowProblem]:
        number = "".join(letter for letter in row.nhs_number if letter.isdigit())
        for column in columns if len(number) == 10 else ():
            code = cells.raw(column)
            if number in code:
                yield RowProblem(row.row, cells.heading(column), code, "patient-number-in-code", blocks=False)

    return check


def codes_in_state_column(rows: Sequence[ExpectedRow]) -> Iterator[FileProblem]:
    """The SNOMED CT code of the specimen type stands in the state column, as in the public dWGS example."""
    found = [row for row in rows if row.specimen_type_code and "|" not in row.specimen_type]
    if found:
        yield FileProblem("type-code-in-state", f"{len(found)} of {len(rows)} rows", blocks=False, rows=_numbers(found))
