"""NanoDrop files of four generations, with values checked by hand against the raw cells."""

from __future__ import annotations

from instrument_files import cell, defects, made, said, sample

from devices.instruments.nanodrop import runs_in
from devices.measured import Analyte, DateOrder, RunDefect, Says

ONE = "Date,Sample Name,Nucleic Acid(ng/uL),A260/A280,A260/A230,A260,A280\n"
TSV_2000 = (
    "#\tSample ID\tUser name\tDate and Time\tNucleic Acid Conc.\tUnit\tA260\tA280\t260/280\t260/230\t"
    "Sample Type\tFactor\n"
    "1\tIH-01\tA. Person\t10/16/2016 2:45:46 PM\t123.3\tng/µl\t2.465\t1.14\t2.16\t2.72\tDNA\t50\n"
    "2\tIH-02\tA. Person\t10/16/2016 2:46:12 PM\t9.70\tng/µl\t0.194\t0.040\t4.91\t0.03\tDNA\t50\n"
)
HEAD_8000 = (
    "Plate ID\tWell \tSample ID\tUser ID\tDate \tTime \tconc. \tunits \t260/280 \tA280 10mm\tCursor Pos.\tCursor abs.\n"
)
CURVES = "\nSample  ID\tCurve Type\tRef  conc\n 8 \tInterp\t\n"
HEAD_EIGHT = (
    "Sample Id\tSample Name\tDate & Time\tLocation\tng/µL\tA260/A280\tA260/A230\tA260\tA280\t220{0}0\t220{0}5\n"
)


def eight(*rows: str, mark: str = ".") -> str:
    head = "Application:\tdsDNA\t\t\t\t\nSerial Number:\tNDE8675309\t\t\nUser Name:\tJenny\n"
    return head + HEAD_EIGHT.format(mark) + "".join(f"{row}\n" for row in rows)


def test_a_nanodrop_one_tells_concentration_and_ratios_with_american_dates() -> None:
    (run,) = runs_in(sample("nanodrop_one_dsDNA.csv"))
    first, third = run.measured[0], run.measured[2]
    assert said(first) == ("715.462", "ng/uL", "715.462")
    assert said(first, Analyte.A260_280) == ("1.882", "", "1.882")
    assert said(first, Analyte.A260_230) == ("1.954", "", "1.954")
    assert said(first, Analyte.A260) == ("14.309", "", "14.309")
    assert said(first, Analyte.A280) == ("7.601", "", "7.601")
    assert first.at is not None
    assert (first.at.raw, str(first.at.local)) == ("7/19/2023 3:27:29 PM", "2023-07-19 15:27:29")
    assert said(third) == ("1011.898", "ng/uL", "1011.898")
    assert cell(third, Analyte.A260).says is Says.BLANK
    assert run.findings == ()
    assert {"Corrected (ng/uL)", "Baseline Absorbance", "Impurity 3 mM"} <= set(run.unread)


def test_a_sample_measured_again_under_its_name_is_two_readings() -> None:
    (run,) = runs_in(sample("nanodrop_one_dsDNA.csv"))
    named = [each for each in run.measured if each.sample == "Sample 1"]
    assert [said(each)[0] for each in named] == ["715.462", "1011.898"]


def test_a_nanodrop_2000_has_its_unit_in_a_column() -> None:
    for content in (TSV_2000.encode("utf-16"), TSV_2000.encode("latin-1"), TSV_2000.encode("utf-8-sig")):
        (run,) = runs_in(made(content, "run.tsv"))
        assert run.dialect == "NanoDrop 2000 TSV"
        assert said(run.measured[0]) == ("123.3", "ng/µl", "123.3")
        assert said(run.measured[1], Analyte.A260_280) == ("4.91", "", "4.91")
        assert run.measured[0].at is not None
        assert str(run.measured[0].at.local) == "2016-10-16 14:45:46"
        assert run.unread == ("#", "Factor")
        assert run.operator == "A. Person"


def test_a_nanodrop_8000_has_wells_and_a_second_block_that_is_told_as_unread() -> None:
    (run,) = runs_in(sample("nanodrop_8000_example03.txt"))
    assert [each.well for each in run.measured] == ["A01", "B01", "C01", "D01", "E01", "F01"]
    third = run.measured[2]
    assert (third.sample, third.plate, said(third)) == ("charlie", "", ("5.024", "ng/ul", "5.024"))
    assert said(third, Analyte.A260_230) == ("26.94", "", "26.94")
    assert third.at is not None
    assert (third.at.raw, str(third.at.local)) == ("4/14/2022 3:48 PM", "2022-04-14 15:48:00")
    assert (run.assay, run.findings) == ("DNA-50", ())
    assert {"340 raw", "Curve Type", "Std 7 Abs"} <= set(run.unread)


def test_an_8000_that_writes_milligrams_is_a_thousand_times_more() -> None:
    row = "\tA1\t8\tDefault\t9/13/2022\t2:25 PM\t4.142\tmg/ml\t0.54\t4.142\t280\t4.142\n"
    (run,) = runs_in(made(HEAD_8000 + row + CURVES, "run.txt"))
    assert said(run.measured[0]) == ("4.142", "mg/ml", "4142.000")
    assert (run.measured[0].sample, run.measured[0].plate) == ("8", "")


def test_an_8000_that_could_not_say_a_ratio_says_so() -> None:
    row = "\t\tSAMPLE2\tDefault\t1/13/2023\t1:47 PM\t0.000\tmg/ml\tNaN\t0.000\t260\t0.982\n"
    (run,) = runs_in(made(HEAD_8000 + row, "run.txt"))
    assert (cell(run.measured[0], Analyte.A260_280).says, run.measured[0].well) == (Says.NOT_AVAILABLE, "")
    assert cell(run.measured[0]).says is Says.NUMBER


def test_a_blank_line_between_rows_of_an_8000_loses_none_of_them() -> None:
    rows = "\tA{0}\ts{0}\tDefault\t9/13/2022\t2:25 PM\t{0}.0\tng/ul\t1.8\t1.0\t280\t4.1\n"
    (run,) = runs_in(made(HEAD_8000 + rows.format(1) + "\n" + rows.format(2) + CURVES, "run.txt"))
    assert [said(each)[0] for each in run.measured] == ["1.0", "2.0"]


def test_a_well_that_an_8000_measured_twice_is_named() -> None:
    row = "\tA3\t6\tDefault\t9/13/2022\t2:39 PM\t{}\tng/ul\t0.77\t41.724\t280\t41.7\n"
    (run,) = runs_in(made(HEAD_8000 + row.format("41.72") + row.format("4.919"), "run.txt"))
    assert defects(run) == [RunDefect.WELL_TWICE]
    assert [said(each)[0] for each in run.measured] == ["41.72", "4.919"]


def test_a_nanodrop_eight_says_who_measured_what_on_which_instrument() -> None:
    (run,) = runs_in(sample("nanodrop_eight_example01.txt"))
    assert (run.assay, run.serial, run.operator) == ("dsDNA", "NDE8675309", "Jenny")
    first = run.measured[0]
    assert (first.sample, first.sample_id) == ("Sample 1", "c36ca1fb-0722-4f79-9eb5-2509e091dd92")
    assert said(first) == ("-0.4122906551025096", "ng/µL", "-0.4122906551025096")
    assert said(first, Analyte.A260_280) == ("-43.64513059797263", "", "-43.64513059797263")
    assert first.at is not None
    assert (first.at.raw, str(first.at.local)) == ("06/16/2022 04:38:28 PM(-07:00)", "2022-06-16 16:38:28")
    assert (first.well, first.raw_well) == ("", "A")
    assert run.measured[4].sample == ""
    assert run.unread == ("220.0 to 350.0",)
    assert run.findings == ()


def test_an_eight_with_decimal_commas_is_read_by_its_own_mark_and_dated_by_its_own_evidence() -> None:
    rows = ("a\tS1\t13.10.2022 16:38:28\tA\t41,229\t1,88\t2,15\t0,825\t0,439\t0,01\t0,02",)
    (run,) = runs_in(made(eight(*rows, mark=","), "run.txt"))
    assert said(run.measured[0]) == ("41,229", "ng/µL", "41.229")
    assert said(run.measured[0], Analyte.A260_280) == ("1,88", "", "1.88")
    assert run.measured[0].at is not None
    assert run.measured[0].at.order is DateOrder.DAY_FIRST
    assert run.unread == ("220,0 to 220,5",)


def test_ragged_lines_of_an_eight_keep_what_they_have() -> None:
    rows = (
        "a\tS1\t10/13/2022 16:38:28\tA\t41.2\t1.88\t2.15\t0.8\t0.4",
        "b\tS2\t10/13/2022 16:39:28\tB\t12.5\t1.9\t2.0",
    )
    (run,) = runs_in(made(eight(*rows), "run.txt"))
    assert [said(each)[0] for each in run.measured] == ["41.2", "12.5"]
    assert cell(run.measured[1], Analyte.A260).says is Says.BLANK


def test_two_runs_of_an_eight_in_one_file_are_two_runs_each_with_its_own_head() -> None:
    row = "a\tS1\t10/13/2022 16:38:28\tA\t41.2\t1.88\t2.15\t0.8\t0.4\t0.1\t0.2"
    second = eight(row.replace("41.2", "12.5")).replace("Jenny", "Ola")
    one, two = runs_in(made(eight(row) + "\n" + second, "run.txt"))
    assert (one.operator, said(one.measured[0])[0], two.operator, said(two.measured[0])[0]) == (
        "Jenny", "41.2", "Ola", "12.5",
    )  # fmt: skip
    assert len(one.measured) == len(two.measured) == 1


def test_a_comma_in_a_sample_name_without_quotes_never_moves_a_value_into_another_column() -> None:
    (run,) = runs_in(made(ONE + "7/19/2023,Smith, left,715.4,1.8,1.9,14.3,7.6\n7/19/2023,S2,5.0,1.8,1.9,1.0,0.5\n"))
    assert [each.sample for each in run.measured] == ["S2"]
    assert defects(run) == [RunDefect.LINE_NOT_UNDERSTOOD]


def test_a_missing_comma_is_named_since_values_may_stand_in_the_wrong_column() -> None:
    whole = "7/19/2023,S{0},715.4,1.8,1.9,14.3,7.6\n"
    (run,) = runs_in(made(ONE + whole.format(1) + "7/19/2023,S2,715.41.8,1.9,14.3,7.6\n" + whole.format(3)))
    assert RunDefect.ROW_SHORT in defects(run)


def test_a_quotation_mark_that_nothing_closes_swallows_no_row() -> None:
    whole = "7/19/2023,{0},715.4,1.8,1.9,14.3,7.6\n"
    (run,) = runs_in(made(ONE + whole.format("S1") + whole.format('"S2') + whole.format("S3")))
    assert [each.sample for each in run.measured] == ["S1", '"S2', "S3"]


def test_two_quotation_marks_on_two_lines_are_named_and_give_no_value() -> None:
    text = ONE + '7/19/2023,"S1,715.4,1.8,1.9,14.3,7.6\n7/19/2023,S2",5.0,1.8,1.9,1.0,0.5\n'
    (run,) = runs_in(made(text))
    assert run.measured == ()
    assert defects(run) == [RunDefect.LINE_NOT_UNDERSTOOD]


def test_half_a_number_at_the_end_of_a_cut_file_is_no_number() -> None:
    text = ONE + "7/19/2023,S1,715.462,1.882,1.9,14.3,7.6\n7/19/2023,S2,715.4"
    (run,) = runs_in(made(text))
    assert defects(run)[0] is RunDefect.CUT
    assert (cell(run.measured[1]).says, cell(run.measured[1]).raw) == (Says.NOT_READABLE, "715.4")
    assert said(run.measured[0]) == ("715.462", "ng/uL", "715.462")


def test_half_a_date_at_the_end_of_a_cut_file_is_no_date() -> None:
    (run,) = runs_in(made(ONE + "7/19/2023,S1,715.4,1.8,1.9,14.3,7.6\n7/19/20"))
    assert run.measured[1].at is not None
    assert run.measured[1].at.local is None


def test_a_concentration_of_protein_is_never_taken_for_one_of_dna() -> None:
    row = "\tA1\t8\tDefault\t9/13/2022\t2:25 PM\t4.142\tmg/ml\t0.54\t4.142\t280\t4.142\n"
    (run,) = runs_in(made(HEAD_8000 + row, "run.txt"))
    assert (run.dialect, run.assay) == ("NanoDrop 8000 TXT, protein by A280", "protein")
