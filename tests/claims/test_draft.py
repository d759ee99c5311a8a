"""Drafts: of any article's claims one can be used as it is."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from dalil.claims.claims import Claims, read_claims
from dalil.claims.draft import draft, draft_claims
from dalil.numbers.periods import Period
from dalil.project import resolve
from dalil.run.command_line import main
from dalil.text.article import Article, read_article
from scoring import LABELLED, labelled


def drafted(article: Path, folder: Path) -> tuple[Claims, Article]:
    """Draft the claims of an article and read them back."""
    read = read_article(article)
    path = folder / "draft.yml"
    path.write_text(draft_claims(read), encoding="utf-8")
    return read_claims(path, read, "half-unit"), read


@pytest.mark.parametrize("article", ["data/raw/article.uz.txt", "examples/ru.md", "examples/en.html"])
def test_a_draft_claims_every_number_or_accounts_for_it(article: str, tmp_path: Path) -> None:
    claims, _ = drafted(resolve(article), tmp_path)
    assert not any(claim.entry.reviewed for claim in claims)
    assert len(claims.claims) > 10
    assert all(mention.claim_id or mention.reason for mention in claims.mentions)


@pytest.mark.parametrize("language", ["uz", "uz-Cyrl", "ru", "en"])
def test_a_draft_of_any_text_can_be_read_back(language: str, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("\n".join(s.text for s in labelled(LABELLED / "seen" / f"{language}.jsonl")[::3]), encoding="utf-8")
    claims, _ = drafted(text, tmp_path)
    assert len(claims.claims) > 30


def test_a_draft_guesses_kind_period_base_and_sign(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "Exports were $4 billion in 2020. They fell by 5% compared with 2019. The plan is to reach $6 billion by 2030.",
        encoding="utf-8",
    )
    claims, _ = drafted(text, tmp_path)
    assert [(c.entry.kind, c.entry.value, c.entry.period, c.entry.base_period, c.entry.status) for c in claims] == [
        ("level", "4000000000", Period.parse("2020"), None, "reported"),
        ("change", "-0.05", Period.parse("2020"), Period.parse("2019"), "reported"),
        ("target", "6000000000", Period.parse("2030"), None, "aimed"),
    ]


# text, published, value and period of each claim; a period that does not stand in its sentence is in brackets
PERIODS = [
    ("It grew 0.7% in 2019. It will grow 1.4% in 2020 and 2.1% in 2021.", "", "0.007 2019, 0.014 2020, 0.021 2021"),
    ("In 2019 it grew 0.7% and in 2020 it grew 1.4%.", "", "0.007 2019, 0.014 2020"),
    (
        "Exports in 2013 and 2014 came to $5 billion and $7 billion respectively.",
        "",
        "5000000000 2013, 7000000000 2014",
    ),
    ("Экспорт в 2013 и 2014 годах составил 5 и 7 млрд евро соответственно.", "", "5000000000 2013, 7000000000 2014"),
    ("2021-yilning yanvar-may oylari yakunlandi.\nEksport 6 mlrd dollar.", "", "6000000000 [2021-01/2021-05]"),
    ("В 2014 г. экспорт вырос на 3%. Импорт составил 4 млрд евро.", "", "0.03 2014, 4000000000 [2014]"),
    ("Imports rose by 4% last year. Exports came to $3 billion.", "2024-03-01", "0.04 [2023], 3000000000 [2023]"),
    ("Joriy yilda import 4 foizga oshdi.", "2024-05-02", "0.04 [2024]"),
    ("Imports rose by 4% last year.", "", "0.04 "),
    ("The target for 2030 is $9 billion. Imports rose by 4%.", "", "9000000000 2030, 0.04 "),
    ("In 2014 it grew 3%. The plan is to reach $6 billion.", "", "0.03 2014, 6000000000 "),
    (
        "В январе-мае 2011 г. добыча по сравнению с тем же периодом 2010 г. выросла на 5,2%.",
        "",
        "0.052 2011-01/2011-05",
    ),
]


@pytest.mark.parametrize(("text", "published", "expected"), PERIODS)
def test_each_number_has_the_period_told_beside_it_or_before(
    text: str, published: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    if published:
        (tmp_path / "a.yml").write_text(f"published: {published}", encoding="utf-8")
    draft = draft_claims(read_article(tmp_path / "a.txt"))
    found = []
    for entry in draft.split("  - id: ")[1:]:
        value, period = (re.search(rf"^    {name}: '(.*?)'(.*)$", entry, re.MULTILINE) for name in ("value", "period"))
        assert value is not None
        shown = ("[{}]" if period[2] else "{}").format(period[1]) if period else ""
        found.append(f"{value[1]} {shown}")
    assert ", ".join(found) == expected


def test_sentences_that_stand_again_give_a_claim_and_its_repeats(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Exports rose by 5 percent in 2023.\n\nImports fell to 4 tonnes in 2023.\n\n" * 3, encoding="utf-8")
    claims, article = drafted(text, tmp_path)
    assert [(c.id, c.entry.repeats, c.line_start) for c in claims] == [
        ("claim_001", "", 1),
        ("claim_002", "", 3),
        ("claim_003", "claim_001", 5),
        ("claim_004", "claim_002", 7),
        ("claim_005", "claim_001", 9),
        ("claim_006", "claim_002", 11),
    ]
    assert draft(article).notices == (
        "sentences with numbers that stand more than once: 4; their claims repeat the first ones",
    )


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Nothing is counted here.", "no claims: there is no numeral in the text"),
        ("It was opened in 2023.", "no claims: all numerals are none (dates: 1)"),
        ("See section 4.2 of 2023.", "no claims: all numerals are none (names, marks and set phrases: 1, dates: 1)"),
    ],
)
def test_a_file_that_yields_no_claim_says_why(text: str, notice: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    made = draft(read_article(tmp_path / "a.txt"))
    assert made.notices == (notice,)
    assert f"# {notice}\n" in made.text


# text, and what each of its numbers measures
NAMED = [
    ("Unemployment in the valley fell from 8.4 percent to 6.2 percent in 2023.", ["unemployment in the valley"] * 2),
    ("In 2022, exports of salt, wool and wax came to $4 billion.", ["exports of salt, wool and wax"]),
    ("Salt exports rose. Exports of salt came to 5 tonnes. Salt exports were 7 tonnes.", ["exports of salt"] * 2),
    ("The fleet had 400 ships in 2021, and 12 mayors met.", ["ships", "mayors"]),
    ("The number of students rose by 4.3 thousand, or 12 percent.", ["number of students"] * 2),
    ("According to the ministry, GDP growth reached 5 percent.", ["GDP growth"]),
    ("Growth is projected at 1.4 percent in 2020 and 2.1 percent in 2021.", ["growth"] * 2),
    ("Students by year:\n• 2020: 10.5 thousand\n• 2021: 11.4 thousand", ["students"] * 2),
    ("Доля сельских жителей в крае выросла с 11 процентов до 19 процентов.", ["доля сельских жителей в крае"] * 2),
    ("По данным ведомства, в 2023 году добыча угля по сравнению с 2022 годом выросла на 5%.", ["добыча угля"]),
    ("2023-yilda paxta eksporti 5 foizga oshdi va 4 mlrd dollarga yetdi.", ["paxta eksporti"] * 2),
    ("Oʻsish boʻldi: sanoat — 7 foiz, qurilish — 8 foiz.", ["sanoat", "qurilish"]),
    ("Output was 4 tonnes. Output was 5 percent.", ["output", "output (%)"]),
    ("Exports and imports of salt rose by 5 percent and 6 percent, respectively.", ["exports", "imports of salt"]),
    ("Exports grew by 5 percent and imports by 6 percent.", ["exports", "imports"]),
    ("Salt exports were 4 tonnes. This figure rose by 5 percent.", ["salt exports"] * 2),
    (
        "Заводы увеличили общий экспорт на 15%, при этом поставки в Россию выросли на 7%.",
        ["общий экспорт", "поставки в Россию"],
    ),
    ("12 процентов составил рост экспорта.", ["рост экспорта"]),
    ("Paxta narxi aprel oyiga nisbatan 1,5 foizga oʻsgan. Bu koʻrsatkich 2 foiz edi.", ["paxta narxi"] * 2),
    ("Qoʻmita maʼlumotlariga koʻra, 2022-yilda 2021-yilning mos davriga nisbatan import 5 foizga oshdi.", ["import"]),
    ("The population of Ellery was 48,200 at the end of 2023, up 1.4 percent from 2022.", ["population of Ellery"] * 2),
    ("Exports came to $7 million, so that trade came to $19 million.", ["exports", "trade"]),
    ("К концу года экспорт соли достиг 7 млн долларов.", ["экспорт соли"]),
    ("Yil yakunida tuz eksporti 7 mln dollarga yetdi.", ["tuz eksporti"]),
    ("Exports reached $2 billion in 2017. The target for 2020 is $5 billion.", ["exports"] * 2),
    ("5 percent.", ["not named"]),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_a_measure_is_named_as_its_sentence_names_it(text: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    claims, article = drafted(tmp_path / "a.txt", tmp_path)
    assert [claim.entry.measure for claim in claims] == names
    assert draft(article).measures == Counter(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Output fell from 80 tonnes in 2021 to 60 tonnes in 2022, or by 25 percent.", "80 60 -0.25"),
        ("The number of students fell by 4,300 people.", "-4300"),
        ("Rain fell on 12 days.", "12"),
        (
            "Inflation fell from 8.7 percent in 2020 to 6.8 percent in 2021, and 5.2 percent in 2022.",
            "0.087 0.068 0.052",
        ),
        ("Exports came to $5 million (-7.4%).", "5000000 -0.074"),
        ("Exports fell by 5 percent, imports by 7 percent.", "-0.05 -0.07"),
        ("Exports fell by 5 percent, and the share of wool was 7 percent.", "-0.05 0.07"),
    ],
)
def test_a_share_goes_on_with_the_change_told_before_it(text: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    claims, _ = drafted(tmp_path / "a.txt", tmp_path)
    assert " ".join(claim.entry.value for claim in claims) == expected


def test_drafting_takes_time_and_memory_in_proportion_to_the_text(tmp_path: Path) -> None:
    def seconds(sentences: int) -> float:
        text = (
            f"Region {n % 71} had {n * 37 % 991}.{n % 10} tonnes of salt in {1990 + n % 30}." for n in range(sentences)
        )
        (tmp_path / "a.txt").write_text("\n\n".join(text), encoding="utf-8")
        begun = time.process_time()
        drafted(tmp_path / "a.txt", tmp_path)
        return time.process_time() - begun

    seconds(10)
    assert seconds(1600) < 8 * seconds(400)


def test_an_article_without_numbers_has_an_empty_draft(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing is counted here.", encoding="utf-8")
    claims, _ = drafted(tmp_path / "a.txt", tmp_path)
    assert claims.claims == {}


def test_a_draft_never_takes_the_place_of_a_claims_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("It grew 5%.", encoding="utf-8")
    (tmp_path / "a.claims.yml").write_text("mine", encoding="utf-8")
    assert main(["claims", "--article", str(tmp_path / "a.txt")]) == 2
    assert "there is a claims file already" in capsys.readouterr().err
    assert (tmp_path / "a.claims.yml").read_text(encoding="utf-8") == "mine"
    assert main(["claims", "--article", str(tmp_path / "a.txt"), "--force"]) == 0
    assert "reviewed: false" in (tmp_path / "a.claims.yml").read_text(encoding="utf-8")
