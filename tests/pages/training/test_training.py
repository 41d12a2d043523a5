"""The Training page, through app.py: settings, their cost, the start, a run watched, who may do what."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from alexnet import architecture
from alexnet.architecture import NETWORKS
from alexnet.architecture.shapes import least_size
from alexnet.data.own import making
from alexnet.language import LANGUAGES, text
from alexnet.recipes import fitted, recipe
from alexnet.runs import queue, quota, run
from alexnet.runs.config import new, with_choices
from alexnet.runs.trained_beginning import source
from alexnet.studies import ladder, tower_division
from alexnet.ui.runs import admission, entries
from alexnet.ui.server.teacher import LOCK
from tests.data.own.photographs import files, packed
from tests.runs.watched import watched

TOKEN = "0123456789abcdef" * 2
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:16]


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    """Lists that a second of age does not matter for on a server would carry over from test to test."""
    monkeypatch.setattr("alexnet.ui.server.viewer.secrets", SimpleNamespace(token_hex=lambda _: TOKEN))
    entries.forget()
    yield
    entries.forget()
    LOCK.close(ME)


def page(open_page, lang="en", **link):
    entries.forget()
    return open_page("training", lang=lang, **link)


def words(at) -> str:
    blocks = [*at.main.markdown, *at.main.caption, *at.main.info, *at.main.warning, *at.main.error]
    return "\n".join(block.value for block in blocks)


def keys(at) -> set[str]:
    return {button.key for button in at.main.button}


def charts(at) -> int:
    return len(at.main.get("plotly_chart"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_settings_what_they_cost_and_a_start(open_page, language):
    at = page(open_page, lang=language)
    assert at.title[0].value == text("training.title", language)
    assert "136,386" in words(at) and "9,000" in words(at)  # the half-minute network's parameters, the images
    assert at.button(key="training_start").disabled is False
    assert len(at.selectbox(key="training_network").options) == len(NETWORKS)


@pytest.mark.parametrize("network", [entry.id for entry in NETWORKS])
def test_every_network_can_be_chosen_and_its_least_size_is_the_fields_lower_end(open_page, network):
    at = page(open_page, network=network)
    least = least_size(architecture.network(network))
    size = at.number_input(key="training_size")
    assert size.min == least and f"at least {least}" in size.proto.help
    size.set_value(least).run()
    assert not at.main.error
    assert at.query_params["size"] == str(least)


def test_the_papers_network_is_said_to_be_long_for_a_lesson(open_page):
    at = page(open_page, network="paper_2012", recipe="five_minutes")
    assert any("is long for a lesson" in block.value for block in at.main.warning)
    assert not page(open_page).main.warning


def test_too_little_memory_is_said_before_the_start(open_page, monkeypatch):
    class Memory:
        available = 100 * 10**6

    monkeypatch.setattr("alexnet.ui.runs.start.psutil.virtual_memory", Memory)
    at = page(open_page)
    assert any("0.1 GB are free" in block.value for block in at.main.warning)


def test_start_makes_a_run_of_this_viewer_with_the_settings_shown(open_page):
    at = page(
        open_page, recipe="two_minutes", rate="0.1", seed="7", initializer="glorot_uniform", augment="0"
    )
    at.text_input(key="training_name").set_value("우리 반 *첫* 학습")
    at.button(key="training_start").click().run()
    (one,) = run.runs()
    config = one.config()
    assert (config.viewer, config.network, config.seed) == (ME, "classroom", 7)
    assert (config.initializer, config.name) == ("glorot_uniform", "우리 반 *첫* 학습")
    assert config.recipe == replace(recipe("two_minutes"), rate=0.1, augment=False)
    assert one.status().state == "queued"
    assert text("training.queue_next", "en") in words(at)
    assert at.query_params["run"] == one.id  # for whoever gets the link, though it is the default here
    assert r"우리 반 \*첫\* 학습" in words(at)


def test_a_changed_number_of_epochs_makes_one_cosine_of_that_length(open_page):
    at = page(open_page, epochs="3")
    at.button(key="training_start").click().run()
    assert run.runs()[0].config().recipe.cycles == (3,)


def test_one_run_at_a_time_for_each_viewer(open_page):
    watched(ME, "running")
    at = page(open_page, view="new")
    assert at.button(key="training_start").disabled
    assert text("training.one_each", "en") in words(at)
    at.button(key="training_show_active").click().run()
    assert text("training.state_running", "en") in words(at)


def test_a_start_that_came_too_late_is_refused_in_words(open_page, monkeypatch):
    at = page(open_page)
    other = watched(ME, "queued", epochs=0)  # in another tab, a moment ago
    monkeypatch.setattr("alexnet.ui.runs.listing.active", lambda: None)  # as a list a second old has it
    at.button(key="training_start").click().run()
    assert [one.id for one in run.runs()] == [other.id]
    (refusal,) = (block.value.replace("\\", "") for block in at.main.error)
    assert other.id not in refusal and "classroom network · 20" in refusal


def test_who_waits_sees_place_and_time(open_page):
    watched("another", "running", epochs=1)
    watched("third", "queued", epochs=0)
    mine = watched(ME, "queued", epochs=0)
    at = page(open_page, view="runs")
    assert queue.position(mine) == 2
    assert "Place 3 in the queue, counting the one at work" in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_at_work_shows_progress_curves_kernels_and_its_buttons(open_page, language):
    watched(ME, "running", epochs=1)
    at = page(open_page, lang=language, view="runs")
    assert charts(at) == 2
    sheets = [address for image in at.main.get("image") for address in image.value]
    assert [sheet.startswith("data:image/png;base64,") for sheet in sheets] == [
        True
    ] * 2  # one for each tower
    assert text("training.latest", language, epochs=2, epoch=1, accuracy=0.5, validation_accuracy=0.52,
                loss=0.7, validation_loss=0.69) in words(at)  # fmt: skip
    assert {"training_button_pause", "training_button_stop", "training_button_rate_use"} <= keys(at)


def test_pause_stop_and_a_rate_by_hand_reach_the_trainer(open_page):
    one = watched(ME, "running", epochs=1)
    at = page(open_page, view="runs")
    at.number_input(key=f"training_hand_{one.id}").set_value(0.5)
    at.button(key="training_button_rate_use").click().run()
    assert (one.control().action, one.control().rate) == ("run", 0.5)
    assert "0.5, set by hand" in words(at)
    at.button(key="training_button_rate_follow").click().run()
    assert one.control().rate is None
    at.button(key="training_button_pause").click().run()
    assert one.control().action == "pause"
    assert text("training.pausing", "en") in words(at)
    at.button(key="training_button_go_on").click().run()
    assert one.control().action == "run"
    at.button(key="training_button_stop").click().run()
    assert one.control().action == "stop"
    assert text("training.stopping", "en", seconds=10) in words(at)
    assert at.button(key="training_button_pause").disabled and at.button(key="training_button_stop").disabled


def test_the_field_for_a_rate_by_hand_starts_at_the_recipes_and_says_where_that_is_now(open_page):
    one = watched(ME, "running", epochs=1)
    at = page(open_page, view="runs")
    assert at.number_input(key=f"training_hand_{one.id}").value == one.config().recipe.rate
    assert text("training.rate_now", "en", rate=0.02) in words(at)


def test_a_waiting_run_is_stopped_at_once_resumed_and_deleted(open_page):
    one = watched(ME, "queued", epochs=0)
    at = page(open_page, view="runs")
    at.button(key="training_button_stop").click().run()
    assert one.state().state == "stopped"
    assert "The training was stopped." in words(at)
    at.button(key="training_button_resume").click().run()
    assert one.state().state == "queued"
    at.button(key="training_button_stop").click().run()
    at.button(key="training_button_delete_yes").click().run()
    assert run.runs() == []
    assert text("training.no_runs", "en") in words(at)
    assert "is deleted" in at.main.success[0].value
    assert len(at.main.error) == 0  # it is not looked for in vain


def test_a_resumption_that_is_refused_says_so_below_the_button_with_the_other_runs_name(open_page):
    stopped = watched(ME, "stopped", epochs=1)
    other = watched(ME, "queued", epochs=0, name="우리 반")
    at = page(open_page, view="runs", run=stopped.id)
    at.button(key="training_button_resume").click().run()
    (refusal,) = at.main.error
    assert "우리 반" in refusal.value and other.id not in refusal.value.replace("\\", "")
    order = [block.type for block in at.main if block.type in ("button", "error", "plotly_chart")]
    assert order[: order.index("error")].count("plotly_chart") == 0 and "button" in order


def test_a_refusal_is_seen_when_the_page_goes_to_the_other_run_that_is_in_the_way(open_page):
    watched(ME, "stopped", epochs=1)
    at = page(open_page, view="runs")
    other = watched(ME, "queued", epochs=0)  # in another tab
    at.button(key="training_button_resume").click().run()
    assert at.selectbox(key="training_run").value == other.id
    assert len(at.main.error) == 1


def test_a_finished_run_shows_its_test_its_confusion_and_the_ways_on(open_page):
    one = watched(ME)
    one.weights("last").parent.mkdir(exist_ok=True)
    one.weights("last").write_bytes(b"weights")
    at = page(open_page, view="runs")
    assert charts(at) == 3
    assert text("training.tested", "en") in words(at)
    *links, following = [(link.proto.page, link.proto.query_string) for link in at.main.get("page_link")]
    assert {page for page, _ in links} == {"prediction", "kernels", "convolution"}
    assert all(f"model={one.id}" in link for _, link in links)
    assert following[0] == "prediction"  # what is next


def test_a_finished_runs_settings_can_be_started_from(open_page):
    own = with_choices(recipe("two_minutes"), epochs=3, batch=16)
    watched(ME, initializer="he_uniform", seed=11, recipe=own)
    at = page(open_page, view="runs")
    at.button(key="training_again").click().run()
    assert at.number_input(key="training_seed").value == 11
    assert at.selectbox(key="training_initializer").value == "he_uniform"
    assert at.number_input(key="training_batch").value == 16
    at.button(key="training_start").click().run()
    assert run.runs()[0].config().recipe == own


@pytest.mark.parametrize(("id", "rung"), [("momentum", "momentum"), ("momentum_lower_rate", "momentum")])
def test_a_rung_is_started_again_on_the_ladder(open_page, id, rung):
    known = {point.id: point for point in (*ladder.RUNGS, *(trial for trial, _ in ladder.TRIALS))}[id]
    watched(ME, recipe=known.recipe, network=known.network, size=known.size, seed=11)
    at = page(open_page, view="runs")
    at.button(key="training_again").click().run()
    assert at.query_params["rung"] == rung
    at.button(key="training_start").click().run()
    config = run.runs()[0].config()
    assert (config.recipe, config.seed, config.test) == (known.recipe, 11, True)


def test_a_training_of_towers_leads_back_to_their_page(open_page):
    point = next(point for point in tower_division.TRIALS if point.id == "few_kernels")
    config = point.config(9)
    own = {name: getattr(config, name) for name in ("recipe", "network", "document", "data", "seed")}
    watched(ME, limit=None, **own)
    at = page(open_page, view="runs")
    assert "training_again" not in keys(at)
    links = {link.proto.page: link.proto.query_string for link in at.main.get("page_link")}
    assert "again=few_kernels" in links["towers"] and "again_seed=9" in links["towers"]


def test_settings_that_the_form_cannot_express_are_not_turned_into_others(open_page):
    watched(ME, recipe=replace(recipe("two_minutes"), batch=64, momentum=0.5))
    at = page(open_page, view="runs")
    assert "training_again" not in keys(at)
    assert text("training.again_not", "en") in words(at)


def test_what_a_run_answers_with_stands_in_its_settings(open_page):
    watched(ME, recipe=replace(recipe("two_minutes"), batch=64, erase=10, mirrored=True))
    said = words(page(open_page, view="runs"))
    assert text("training.augment_erase", "en") + text("training.mirrored", "en") in said


def test_somebody_elses_run_may_be_looked_at_by_link_and_not_be_changed(open_page):
    one = watched("another", "running", epochs=1)
    assert "training_button_stop" not in keys(page(open_page))
    at = page(open_page, view="runs", run=one.id)
    assert charts(at) == 2
    assert text("training.only_look", "en") in words(at)
    assert not [key for key in keys(at) if key.startswith("training_button_") and "try" not in key]


def test_a_button_of_an_old_page_is_refused_when_the_run_is_not_ones_own(open_page):
    one = watched(ME, "running", epochs=1)
    at = page(open_page, view="runs")
    run.write_json(one.path / "config.json", replace(one.config(), viewer="another").to_json())
    at.button(key="training_button_stop").click().run()
    assert one.control() is None
    assert "belongs to somebody else" in words(at)


def test_the_teacher_sees_and_stops_everybodys(open_page):
    one = watched("another", "running", epochs=1)
    LOCK.try_pin(LOCK.pin, ME, "test", 0.0)
    at = page(open_page, view="runs")
    at.button(key="training_button_stop").click().run()
    assert one.control().action == "stop"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_queue_is_said_beside_the_button_and_the_teacher_empties_it(open_page, language, monkeypatch):
    monkeypatch.setattr(admission, "MOST_WAITING", 2)
    for viewer in ("joon", "sora"):
        watched(viewer, "queued", epochs=0)
    at = page(open_page, lang=language)
    assert at.button(key="training_start").disabled
    assert text("errors.queue_full", language, waiting=2, most=2) in words(at)
    assert "training_button_queue_empty" not in keys(at)
    LOCK.try_pin(LOCK.pin, ME, "test", 0.0)
    at = page(open_page, lang=language)
    at.button(key="training_button_queue_empty").click().run()
    assert at.main.success[0].value == text("training.queue_is_empty", language, count=2)
    assert queue.waiting() == [] and not at.button(key="training_start").disabled
    assert "training_button_queue_empty" not in keys(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_training_without_room_on_the_disk_is_refused_in_words(open_page, language, monkeypatch):
    monkeypatch.setenv("ALEXNET_VIEWER_GB", "0.001")
    one = watched(ME)
    at = page(open_page, lang=language)
    assert at.button(key="training_start").disabled
    assert "0.001" in at.main.error[0].value and "GB" in at.main.error[0].value
    own = text("training.megabytes", language, size=quota.size(one) / 1e6)
    most = text("training.megabytes", language, size=1)
    said = words(page(open_page, lang=language, view="runs"))
    assert text("training.disk", language, taken=own, most=most) in said


def test_of_many_huge_kernels_some_are_drawn_and_how_many_is_said(open_page, monkeypatch):
    one = watched(ME)
    monkeypatch.setattr("alexnet.ui.runs.view.fitting", lambda *_: 10)
    at = page(open_page, view="runs")
    assert text("training.kernels_some", "en", shown=10, count=32) in words(at)
    assert one.kernels(1).shape[-1] == 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_that_is_down_is_said_where_one_waits_for_it_and_a_training_can_be_asked_for(
    open_page, language, monkeypatch
):
    monkeypatch.setattr("alexnet.ui.runs.readiness.worker_is_down", lambda: True)
    at = page(open_page, lang=language)
    assert text("training.worker_down", language) in words(at)
    assert not at.button(key="training_start").disabled
    watched(ME, "queued", epochs=0)
    assert text("training.worker_down", language) in words(page(open_page, lang=language, view="runs"))


def test_a_trainer_that_is_gone_gives_a_run_with_its_reason_and_a_way_on(open_page):
    one = watched(ME, "running", epochs=1)
    run.write_status(one.path, replace(one.status(), pid=2**22 + 1))
    at = page(open_page, view="runs")
    assert text("training.reason_process_gone", "en") in words(at)
    at.button(key="training_button_resume").click().run()
    assert one.state().state == "queued"


def test_a_run_whose_settings_are_damaged_keeps_the_page_up_and_the_teacher_deletes_it(open_page):
    one = watched(ME)
    (one.path / "config.json").write_text("{", encoding="utf-8")
    assert text("training.no_runs", "en") in words(
        page(open_page, view="runs")
    )  # nobody's, as nobody can say whose it was
    LOCK.try_pin(LOCK.pin, ME, "test", 0.0)
    at = page(open_page, view="runs")
    assert text("training.reason_config_damaged", "en") in words(at)
    at.button(key="training_button_delete_yes").click().run()
    assert run.runs() == []


def test_damaged_lines_of_the_record_are_counted_and_left_out(open_page):
    one = watched(ME)
    with one.metrics_file.open("ab") as file:
        file.write(b'{"kind": "epoch"}\nnonsense\n')
    at = page(open_page, view="runs")
    assert text("training.damaged_lines", "en", count=2) in words(at)
    assert charts(at) == 3


def test_kernels_that_cannot_be_read_are_said_and_the_rest_stands(open_page):
    one = watched(ME)
    (one.path / "kernels" / "001.npy").write_bytes(b"torn")
    at = page(open_page, view="runs")
    assert text("training.kernels_unreadable", "en", epoch=1) in words(at)
    assert charts(at) == 3


def test_a_link_to_no_run_is_explained(open_page):
    at = page(open_page, view="runs", run="../../etc/passwd")
    assert len(at.main.error) == 1
    assert text("training.no_runs", "en") in words(at)


def test_two_runs_and_more_are_compared_in_a_table(open_page):
    watched(ME)
    watched(ME, "stopped", epochs=1)
    at = page(open_page, view="runs")
    (table,) = at.main.dataframe
    assert table.value[text("training.column_validation", "en")].tolist() in ([52.0, 62.0], [62.0, 52.0])
    assert table.value[text("training.column_test", "en")].max() == 75.0


def test_an_overfitting_run_is_called_so(open_page):
    one = watched(ME, "stopped", epochs=1)
    with one.metrics_file.open("ab") as file:
        for epoch, (right, seen, loss) in enumerate([(0.8, 0.7, 0.6), (0.99, 0.7, 0.9)], start=2):
            line = {"kind": "epoch", "epoch": epoch, "loss": 0.1, "accuracy": right, "seconds": 1, "time": 1}
            line |= {"validation_loss": loss, "validation_accuracy": seen}
            file.write(run.json.dumps(line).encode() + b"\n")
    assert "The network overfits" in words(page(open_page, view="runs"))


def test_try_this_sets_a_rate_that_is_fifty_times_higher(open_page):
    at = page(open_page, view="runs")
    at.button(key="training_button_try_hot").click().run()
    assert at.number_input(key="training_rate").value == pytest.approx(1.0)
    assert at.query_params["rate"] == "1.0"


def test_a_full_disk_is_explained_at_the_start_and_at_every_button(open_page, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    watched(ME, "stopped", epochs=1)
    fresh, old = page(open_page), page(open_page, view="runs")
    monkeypatch.setattr(queue.folders, "write_json", full)
    monkeypatch.setattr(queue.folders, "create", full)
    fresh.button(key="training_start").click().run()
    assert "No space left on device" in words(fresh)
    monkeypatch.setattr(queue, "resume", full)
    old.button(key="training_button_resume").click().run()
    assert "No space left on device" in words(old)


def test_a_link_that_was_kept_from_before_opens_the_same_view(open_page):
    at = open_page("training", view="ladder")
    former = open_page("training", show="ladder")
    assert former.query_params == at.query_params
    assert [block.value for block in former.markdown] == [block.value for block in at.markdown]


@pytest.fixture
def pets():
    given = files(25, ("cat", "고양이"))
    return making.from_files([("pets.zip", packed(given))], ME, "Our pets")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_of_ones_own_is_offered_and_the_recipe_is_fitted_to_it(open_page, pets, language):
    at = page(open_page, lang=language, data=pets.id)
    expected = fitted(recipe("half_minute"), pets.train)
    assert at.number_input(key="training_epochs").value == expected.epochs == 40
    assert at.number_input(key="training_batch").value == expected.batch == 8
    assert "Our pets" in words(at)
    at.button(key="training_start").click().run()
    (one,) = run.runs()
    config = one.config()
    assert (config.data, config.rows.classes, config.validation) == (pets.id, 2, pets.validation)
    # With so few photographs the app's own network is proposed to start from, at its rate and its scale.
    gentle = source("shipped").fitted(expected)
    assert config.recipe == replace(gentle, precision=config.recipe.precision)


def test_whoever_has_its_link_may_train_on_anothers_set_and_nobody_is_offered_it_unasked(open_page):
    theirs = making.from_files([("pets.zip", packed(files(5)))], "somebody else", "Theirs")
    assert theirs.name not in str(page(open_page).selectbox(key="training_data").options)
    at = page(open_page, data=theirs.id)
    assert "Theirs" in str(at.selectbox(key="training_data").options) and not at.main.error
    at = page(open_page, data="set-20261124-130843-a1b2c3")
    assert len(at.main.error) == 1 and at.selectbox(key="training_data").value == "cats_and_dogs"


def test_a_run_on_ones_own_pictures_can_be_started_anew_from_the_form(open_page, pets):
    suited = fitted(recipe("half_minute"), pets.train)
    one = run.create(new(ME, "fitted_quick", suited, data=pets.id), one_each=False)
    run.write_status(one.path, replace(one.status(), state="stopped"))
    at = page(open_page, view="runs", run=one.id)
    at.button(key="training_again").click().run()
    assert at.selectbox(key="training_data").value == pets.id
    assert at.number_input(key="training_epochs").value == suited.epochs
