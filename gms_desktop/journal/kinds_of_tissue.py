"""What entries about tissue state: cases and their pieces, times, assessments, what was cut, scraped, and its end.

What was done at a piece follows the newest entry about it that was known: two benches that cut one block without
knowing of each other are contested, since both would count their sections from the same number on.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

MOST_PIECES = 60
"""In one cutting: each is a subject of its own, and an entry has at most 200 of them."""


def _case(body: Body) -> str:
    return f"tissue_case:{body['case']}"


def _piece(body: Body) -> str:
    return f"piece:{body['piece']}"


def _follows(body: Body) -> tuple[str, str]:
    return f"last:{_piece(body)}", body["follows"]


def case_opened(body: Body) -> Premises:
    """A case begins, under a number of ours."""
    case = _case(body)
    return Premises((case,), (exists(case), (f"accession:{body['number']}", case)))


def about_a_case(body: Body) -> Premises:
    """What is known of a case, or was done between two."""
    case = _case(body)
    return Premises((case,), expects=(exists(case),))


def told_apart(body: Body) -> Premises:
    """A person said that cases with the same number of another laboratory are two."""
    case, others = _case(body), tuple(f"tissue_case:{one}" for one in body["others"])
    return Premises((case, *others), requires=tuple(exists(one) for one in (case, *others)))


def piece_moved(body: Body) -> Premises:
    """A piece was taken into the wrong case, and is one of another: decided on what was known of it."""
    piece, cases = _piece(body), (f"tissue_case:{body['earlier']}", _case(body))
    known = (f"last:{piece}", body["rests_on"])
    return Premises((piece, *cases), requires=(exists(piece), *(exists(one) for one in cases), known))


def piece_joined(body: Body) -> Premises:
    """A specimen that arrived is a piece of a case, under the number that it has: one piece for each specimen."""
    piece, case, specimen = _piece(body), _case(body), f"specimen:{body['specimen']}"
    claims = (exists(piece), (f"tissue:{body['specimen']}", piece))
    return Premises((piece, case), claims, requires=(exists(case), exists(specimen)))


def about_a_piece(body: Body) -> Premises:
    """What was stated of a piece, or done with it, on what was known of it."""
    piece = _piece(body)
    return Premises((piece,), expects=(exists(piece), _follows(body)))


def assessed(body: Body) -> Premises:
    """Somebody assessed a piece: assessments stand beside each other, none in another's place."""
    piece, assessment = _piece(body), f"tissue_assessment:{body['assessment']}"
    return Premises((assessment, piece), (exists(assessment),), (), (exists(piece),))


def assessment_corrected(body: Body) -> Premises:
    """An assessment was recorded wrongly, or was of another piece: decided on what it said by then."""
    piece, assessment = _piece(body), f"tissue_assessment:{body['assessment']}"
    follows = (f"last:{assessment}", body["follows"])
    return Premises((assessment, piece), expects=(exists(assessment), follows))


def agreed(body: Body) -> Premises:
    """A pathologist agreed to something: decided on what was known of the piece."""
    piece = _piece(body)
    return Premises((piece,), requires=(exists(piece), (f"last:{piece}", body["rests_on"])))


def cut(body: Body) -> Premises:
    """Sections were cut from a piece, or tissue scraped off it: each new piece has a number of ours.

    Raises:
        ValueError: nothing or too much was cut, or a piece or number stands twice.
    """
    made = [(f"piece:{one['piece']}", f"accession:{one['number']}") for one in body["cut"]]
    every = [name for pair in made for name in pair]
    if not 1 <= len(made) <= MOST_PIECES or len(set(every)) < len(every):
        raise ValueError(f"1 to {MOST_PIECES} pieces are cut at once, each with a number of its own")
    claims = tuple(claim for piece, number in made for claim in (exists(piece), (number, piece)))
    about = (_piece(body), *(piece for piece, _ in made))
    return Premises(about, claims, (), (exists(_piece(body)), _follows(body)))


_FACT = Nature.FACT
ROWS = (
    kind(
        "tissue.case_opened",
        _FACT,
        "case number histology hospital clinician referred_on tumour report_follows urgency flags receiver comment "
        "bench",
        case_opened,
        version=2,
    ),
    kind(
        "tissue.case_changed",
        _FACT,
        "case tumour report_follows urgency flags receiver comment bench",
        about_a_case,
        version=2,
    ),
    kind(
        "tissue.case_corrected",
        _FACT,
        "case earlier histology hospital clinician referred_on reason bench",
        about_a_case,
        version=2,
    ),
    kind("tissue.told_apart", Nature.DECISION, "case others of reason bench", told_apart),
    kind("tissue.blade_changed", _FACT, "case bench", about_a_case),
    kind("tissue.piece_joined", Nature.DECISION, "piece case specimen number sort outside bench", piece_joined),
    kind("tissue.piece_moved", Nature.DECISION, "piece case earlier reason rests_on bench", piece_moved),
    kind("tissue.timed", _FACT, "piece acquired into_formalin out_of_formalin follows bench", about_a_piece),
    kind(
        "tissue.assessed",
        _FACT,
        "assessment piece slide neoplastic method cellularity necrosis area_marked macrodissect representative "
        "assessor on comment rules bench",
        assessed,
        version=2,
    ),
    kind("tissue.left_stated", _FACT, "piece left_um follows bench", about_a_piece),
    kind("tissue.cut", _FACT, "piece case cut left_um exhausted agreement follows bench", cut),
    kind("tissue.scraped", _FACT, "piece case cut agreement follows bench", cut),
    kind("tissue.stained", _FACT, "piece stain follows bench", about_a_piece),
    kind("tissue.imaged", _FACT, "piece sha256 size type of file reference follows bench", about_a_piece),
    kind("tissue.report_compared", _FACT, "piece report agrees follows bench", about_a_piece),
    kind(
        "tissue.agreed",
        Nature.DECISION,
        "piece agreement to pathologist on how how_open rests_on bench",
        agreed,
        version=2,
    ),
    kind(
        "tissue.piece_corrected",
        _FACT,
        "piece corrected earlier sort acquired into_formalin out_of_formalin thickness_um first_section "
        "last_section stain outside agrees reason follows bench",
        about_a_piece,
        version=2,
    ),
    kind(
        "tissue.assessment_corrected",
        _FACT,
        "assessment piece earlier withdrawn slide neoplastic method cellularity necrosis area_marked macrodissect "
        "representative assessor on comment reason follows bench",
        assessment_corrected,
        version=2,
    ),
    kind("tissue.ended", _FACT, "piece code state comment to follows bench", about_a_piece),
)
