"""One word for one thing, in both languages, and Korean as a teacher speaks it: in -haeyo.

A rule forbids a pattern and says what to write instead. Its exceptions are phrases, each for the reason that
stands beside it; a phrase that no text has any more is an exception to remove.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from alexnet.language import LANGUAGES, Language, catalogue, keys, prose, sections, template, text

FOLDER = catalogue.FOLDER / "en"
DOMAINS = sorted(path.stem for path in FOLDER.glob("*.po"))
PROSE = sorted(path.stem for path in FOLDER.glob("*.md"))
# A gap's name is not read. A percentage keeps its sign, which is read aloud.
GAP = re.compile(r"\{[a-z0-9_]+(?::[^}]*?(%?))?\}")
# What is code, a formula or an address has names of its own.
CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|https?://\S+", re.DOTALL)


class Rule(NamedTuple):
    """What a text may not say.

    Attributes:
        forbidden: A regular expression; it sees a gap as ``{}``, or as ``{%}`` where a percentage comes.
        instead: What to write.
        allowed: Regular expressions of phrases in which it may stand, each with the reason.
        domains: The domains that it holds for; none are all.
    """

    forbidden: str
    instead: str
    allowed: dict[str, str] = {}  # noqa: RUF012 - never changed
    domains: tuple[str, ...] = ()


KOREAN = (
    Rule(
        "네트워크",
        "신경망",
        dict.fromkeys(
            (
                "(같은|개인|학교|유선) 네트워크",
                "네트워크 (주소|연결|속성)",
                "→ 네트워크 →",
                "네트워크가 돌아오거나",
            ),
            "a network of computers",
        ),
    ),
    Rule("학습 노트", "수업 노트"),
    Rule("교과서", "교재"),
    Rule("레시피", "학습 방법"),
    Rule("옵티마이저", "최적화 방법"),
    Rule("반응", "응답 (of a kernel or a unit), 답 (of a network or a student)"),
    Rule(
        "회색",
        "무채색",
        {
            "회색조": "a picture in greys",
            "온통 같은 회색": "a picture of one grey",
            "(중간 )?회색[은이] 가중치 0": "the grey that a drawing shows",
            "회색 점선": "a line drawn in grey",
        },
    ),
    Rule("[Ss]oftmax", "소프트맥스"),
    Rule("[Ss]igmoid", "시그모이드"),
    Rule("필터", "커널", {"쌍선형 필터|다른 필터": "Pillow's name for a way to reduce pictures"}),
    Rule("커넬", "커널"),
    Rule("특징 ?맵|피처 ?맵", "특성 맵"),
    Rule("보폭", "스트라이드"),
    Rule("컨볼루션|컨벌루션", "합성곱"),
    Rule("밀집 ?층|전결합|완전 연결 ?층|덴스", "완전연결층"),
    Rule("합성곱 층", "합성곱층"),
    Rule("바이어스", "편향"),
    Rule("오버피팅|과대적합", "과적합"),
    Rule("오차율|에러율|검증 오류(?!율)", "오류율"),
    Rule("표준 편차", "표준편차"),
    Rule("정규분포", "정규 분포"),
    Rule("혼동행렬|오차 행렬", "혼동 행렬"),
    Rule("에폭", "에포크"),
    Rule("활성값", "활성화 값"),
    Rule("찍(으면|어도|기만|는 수준|을 때보다)", "아무거나 고르면"),
    Rule("녹화", "미리 해 둔 (학습)", {"화면 녹화": "a recording of the screen, in Streamlit's menu"}),
    Rule("떨어진 타워", "따로 학습한 타워"),
    Rule("미끄러지", "움직이는 (창)"),
    Rule("내가 적는", "직접 써 보는"),
    Rule("손가락", "터치"),
    Rule("나만의", "내"),
    Rule("신경망을 (직접 )?학습(하|해|한|했|할)", "신경망을 학습시키다"),
    Rule("직접 학습한 신경망", "직접 학습시킨 신경망"),
    Rule(r"\{\}번째", "{}위, {}번: 1번째 is no Korean"),
    Rule(
        r"\{\}[*’]*(이에요|예요|이었어요|였어요)",
        "…: {}, or a unit after the value: the form hangs on its last sound",
    ),
    Rule(
        r"\{\}[*’]*(을|를|은|는|이|가|으로|로|과|와)(?![가-힣(])",
        "…: {}, or a unit after the value, or 을(를)",
    ),
)
ENGLISH = (
    Rule(r"(?<![Ss]tandard )(?<![Ss]tandard\n)[Dd]eviation", "standard deviation"),
    Rule(
        r"[Aa]nswer",
        "response (of a kernel), activation (of a unit), logit",
        {
            r"Work out the answer": "a student's",
            r"the answer to the picture alone": "what the network says of a picture",
            r"(what does the network|when a network) answers?": "what the network says of a picture",
            r"final answer": "what the network says of a picture",
        },
        domains=("convolution", "kernels", "maps"),
    ),
    Rule(
        r"[Ss]ums? of (all|the) neurons|sums of (a|the) layer|negative sums|of the sums|neuron's sum|own sum",
        "pre-activation (hidden layers), logit (last layer), response (of a convolution)",
    ),
    Rule(r"[Ss]lid(es?|ing)\b", "moves, moving (window)"),
    Rule(
        r"[Ff]ilter",
        "kernel",
        {"bilinear filter|another\n  filter": "Pillow's name for a way to reduce pictures"},
    ),
    Rule(r"\b[Cc]olor|\bgray", "colour, grey"),
    Rule(r"[Oo]ptimiser|[Ii]nitialis", "optimizer, initialize"),
    Rule(r"error ratio|error frequency", "error rate"),
    Rule(r"[Ff]eature-map|[Ff]ully-connected", "feature map, fully connected"),
)
RULES: dict[Language, tuple[Rule, ...]] = {"ko": KOREAN, "en": ENGLISH}
# What a system on the reader's screen says in its own words.
QUOTED = ("“Python이 들어오는 네트워크 연결을 수락하도록 허용하겠습니까?”",)
# A final ㅂ before the endings of formal speech: 입니다, 봅니까, 하십시오, 봅시다.
FORMAL = re.compile(
    "|".join(unicodedata.normalize("NFD", ending) for ending in ("니다", "니까", "시오", "시다")).join(
        ("\u11b8(", ")")
    )
)


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """Every text of a language by its place: ``home.title``, or ``home#firewall_linux`` for prose."""
    for domain in DOMAINS:
        for key in sorted(keys(domain, language)):
            yield key, template(key, language)
    for domain in PROSE:
        for section in sections(domain, language):
            yield f"{domain}#{section}", prose(domain, section, language)


def broken(rule: Rule, place: str, said: str) -> str | None:
    """The forbidden word that stands in a text, if one does."""
    if rule.domains and re.split("[.#]", place)[0] not in rule.domains:
        return None
    said = GAP.sub(r"{\1}", CODE.sub("", said))
    for phrase in rule.allowed:
        said = re.sub(phrase, "", said)
    found = re.search(rule.forbidden, said)
    return found and found.group()


def formal(said: str) -> str | None:
    """The formal ending that stands in a Korean text, if one does."""
    for quotation in QUOTED:
        said = said.replace(quotation, "")
    said = CODE.sub("", said)
    found = FORMAL.search(unicodedata.normalize("NFD", said))
    return found and unicodedata.normalize("NFC", found.group())


@pytest.mark.parametrize(
    ("language", "rule"),
    [(language, rule) for language in LANGUAGES for rule in RULES[language]],
    ids=lambda one: one.forbidden if isinstance(one, Rule) else one,
)
def test_each_thing_has_one_word(language, rule):
    wrong = [f"{place}: {word!r}" for place, said in texts(language) if (word := broken(rule, place, said))]
    assert not wrong, f"write {rule.instead}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exception_still_stands_somewhere(language):
    everything = "\n".join(said for _, said in texts(language))
    unused = [
        phrase for rule in RULES[language] for phrase in rule.allowed if not re.search(phrase, everything)
    ]
    assert not unused


def test_korean_is_spoken_in_haeyo():
    assert not [f"{place}: {ending}" for place, said in texts("ko") if (ending := formal(said))]
    everything = "\n".join(said for _, said in texts("ko"))
    assert all(quotation in everything for quotation in QUOTED)


@pytest.mark.parametrize(
    "said",
    [
        "학습합니다.",
        "값은 {value:.2f}입니다",
        "고르십시오.",
        "어떻게 됩니까?",
        "올라가 봅시다.",
        "**없습니다.** 끝",
    ],
)
def test_a_formal_ending_is_noticed(said):
    assert formal(said)


@pytest.mark.parametrize(
    "said", ["학습해요.", "어려우니까 천천히 하세요.", "시오리가 왔어요.", "`니다`", *QUOTED]
)
def test_other_endings_and_quotations_are_left_alone(said):
    assert formal(said) is None


@pytest.mark.parametrize(
    ("language", "place", "said"),
    [
        ("ko", "maps.title", "이 유닛의 반응이에요."),
        ("ko", "home.title", "네트워크를 고르세요."),
        ("ko", "layers.title", "값은 {value}예요."),
        ("ko", "layers.title", "{rank}번째로 커요."),
        ("en", "maps.title", "Its strongest answer."),
        ("en", "initializers#source", "The deviation is 1."),
    ],
)
def test_a_forbidden_word_is_noticed(language, place, said):
    assert any(broken(rule, place, said) for rule in RULES[language])


@pytest.mark.parametrize(
    ("language", "place", "said"),
    [
        ("ko", "home.title", "같은 네트워크에 연결하세요."),
        ("ko", "layers.title", "`softmax`를 쓰고 {share:.0%}예요."),
        ("en", "maps.title", "Which class does it name? That is the final answer."),
        ("en", "initializers#source", "The standard deviation is 1."),
        ("en", "models.title", "What it answers."),
    ],
)
def test_an_exception_and_another_domain_are_left_alone(language, place, said):
    assert not any(broken(rule, place, said) for rule in RULES[language])


@pytest.mark.parametrize(
    "key",
    [
        "convolution.dense_one_view",
        "ladder.change_mirrored",
        "ladder.besides_mirrored",
        "prediction.mirrored",
        "training.mirrored",
    ],
)
def test_averaging_with_the_mirror_image_is_called_test_time_augmentation(key):
    assert "test-time augmentation" in text(key, "en").lower()
    assert "테스트 시 증강" in text(key, "ko")


@pytest.mark.parametrize("key", ["ladder.name_half_precision", "ladder.change_half_precision"])
def test_arithmetic_in_16_bits_is_called_mixed_precision(key):
    assert "mixed precision" in text(key, "en")
    assert "혼합 정밀도" in text(key, "ko")
