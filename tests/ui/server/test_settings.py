"""What a teacher may set about who speaks to the server, and what is refused."""

from __future__ import annotations

import pytest

from alexnet.errors import InputError
from alexnet.language import LANGUAGES, explain
from alexnet.ui.server.settings import Settings, read
from tools.browsing import running_app


def test_without_settings_nothing_more_is_allowed():
    assert read({}) == read({"ALEXNET_HOSTS": " ", "ALEXNET_EMBED": ","}) == Settings()


def test_values_stand_between_commas_or_spaces_and_are_written_in_one_way():
    given = {
        "ALEXNET_HOSTS": "Lab.School.KR, *.school.kr  lab.example:8443, Bücher.example",
        "ALEXNET_EMBED": "https://LMS.example/, http://localhost:8080",
        "ALEXNET_PROXIES": "127.0.0.1,::1 10.0.0.7/24",
    }
    assert read(given) == Settings(
        ("lab.school.kr", "*.school.kr", "lab.example:8443", "xn--bcher-kva.example"),
        ("https://lms.example", "http://localhost:8080"),
        ("127.0.0.1", "::1", "10.0.0.0/24"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALEXNET_HOSTS", "https://lab.school.kr"),
        ("ALEXNET_HOSTS", "lab.school.kr/alexnet"),
        ("ALEXNET_HOSTS", "*"),
        ("ALEXNET_HOSTS", "lab.school.kr:65536"),
        ("ALEXNET_HOSTS", "lab..kr"),
        ("ALEXNET_EMBED", "lms.example"),
        ("ALEXNET_EMBED", "https://lms.example/course"),
        ("ALEXNET_EMBED", "*"),
        ("ALEXNET_EMBED", "https://lms.example:70000"),
        ("ALEXNET_EMBED", "https://lms.example;"),
        ("ALEXNET_PROXIES", "proxy.school.kr"),
        ("ALEXNET_PROXIES", "*"),
        ("ALEXNET_PROXIES", "10.0.0.0/40"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(InputError) as refused:
        read({name: f"{value}"})
    for language in LANGUAGES:
        said = explain(refused.value, language)
        assert name in said and value in said


def test_a_server_with_such_a_value_does_not_start_and_the_terminal_says_why_in_both_languages(monkeypatch):
    monkeypatch.setenv("ALEXNET_PROXIES", "everybody")
    with pytest.raises(RuntimeError) as ended, running_app(seconds=60):
        pass
    printed = str(ended.value)
    wrong = InputError("setting_proxies", value="everybody")
    assert all(explain(wrong, language) in printed for language in LANGUAGES)
    assert "Traceback" not in printed
