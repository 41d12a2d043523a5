"""The Class page, through app.py."""

from __future__ import annotations

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.ui.pages import PAGES
from alexnet.ui.server import address
from alexnet.ui.server.address import Address
from pages.classroom import invitation, plan


def written(at):
    return [block.value for block in at.main.markdown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_students_are_given_the_network_address_its_code_and_a_firewall_hint(
    open_page, monkeypatch, language
):
    monkeypatch.setattr(invitation, "class_address", lambda: Address("http://192.168.0.7:8501", True))
    at = open_page("classroom", lang=language)
    assert [code.value for code in at.main.code] == ["http://192.168.0.7:8501"]
    assert any(block.startswith('<div><svg role="img"') for block in written(at))
    firewall = "\n".join(written(at))
    assert "-LocalPort 8501" in firewall and "ufw allow 8501/tcp" in firewall and "{port}" not in firewall
    assert not at.main.warning


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_server_that_nobody_else_reaches_says_so_and_gives_no_address(open_page, monkeypatch, language):
    monkeypatch.setattr(address, "local_host", lambda: "localhost")
    monkeypatch.setattr(invitation, "class_address", address.server_address)
    at = open_page("classroom", lang=language)
    assert len(at.main.warning) == 1
    assert "--server.address localhost" in at.main.warning[0].value
    assert not at.main.code


@pytest.mark.parametrize("length", plan.LENGTHS)
def test_the_plan_fills_its_lesson_without_a_gap_from_joining_to_a_closing_question(open_page, length):
    place = plan.LENGTHS.index(length)
    assert sum(step.minutes[place] for step in plan.STEPS) == int(length)
    shown = [step for step in plan.STEPS if step.minutes[place]]
    assert (shown[0].id, shown[-1].id) == ("join", "closing")
    at = open_page("classroom", lang="en", length=length)
    begin = 0
    for step in shown:
        end = begin + step.minutes[place]
        assert f"**{text('classroom.plan_minutes', 'en', begin=begin, end=end)}**" in written(at)
        assert text(f"classroom.plan_{step.id}", "en") in written(at)
        begin = end
    assert [link.proto.page for link in at.main.get("page_link")] == [
        "" if step.page == "home" else step.page for step in shown
    ]


def test_every_lesson_has_its_share_of_the_longer_plan():
    assert {step.page for step in plan.STEPS} == {page.id for page in PAGES if page.section != "look_up"}


@pytest.mark.parametrize("step", plan.STEPS, ids=lambda step: step.id)
def test_a_link_of_the_plan_opens_its_view(open_page, step):
    at = open_page(step.page, "en", **step.query)
    assert not at.exception and not at.error
    for name, value in step.query.items():
        owner = "common" if name == "model" else step.page
        assert at.session_state[f"{owner}_{name}"] == value


def test_a_class_whose_trainings_do_not_fit_works_in_teams_of_four(open_page):
    assert plan.team(25, seconds=23, minutes=7) == 4  # 25 take 9:35; seven teams 2:41
    assert plan.team(12, seconds=23, minutes=7) == 1  # 4:36
    assert plan.team(25, seconds=110, minutes=7) == 9  # three teams
    assert plan.team(5, seconds=1000, minutes=7) == 5
    said = "\n".join(written(open_page("classroom", lang="en", students="25")))
    assert "In teams of 4 there are 7" in said
    alone = "\n".join(written(open_page("classroom", lang="en", students="3")))
    assert "everybody can train alone" in alone
