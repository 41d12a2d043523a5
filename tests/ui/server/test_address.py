"""Where other devices reach the server."""

from __future__ import annotations

import socket

import pytest
from streamlit import config

from alexnet.ui.server import address
from alexnet.ui.server.address import Address, is_loopback, local_host, server_address
from pages.classroom import invitation


@pytest.fixture
def settings(monkeypatch):
    """Streamlit's settings, as the test says."""
    given = {"server.port": 8501}
    monkeypatch.setattr(config, "get_option", lambda name: given.get(name))
    monkeypatch.setattr(config, "is_manually_set", lambda name: name in given)
    monkeypatch.setattr(address, "local_host", lambda: "192.168.0.7")
    return given


class NoRoute(socket.socket):
    def connect(self, where):
        raise OSError("Network is unreachable")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("localhost", True), ("LOCALHOST", True), ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True),
     ("::ffff:127.0.0.1", True), ("::ffff:192.168.0.7", False),
     ("192.168.0.7", False), ("fe80::1%eth0", False), ("school.example", False)],
)  # fmt: skip
def test_loopback_is_told_from_the_network(host, loopback):
    assert is_loopback(host) is loopback


def test_the_network_address_is_given_with_the_port(settings):
    assert server_address() == Address("http://192.168.0.7:8501", True)


@pytest.mark.parametrize("anywhere", ["0.0.0.0", "::", ""])
def test_a_server_that_listens_everywhere_is_found_at_the_network_address(settings, anywhere):
    settings["server.address"] = anywhere
    assert server_address().url == "http://192.168.0.7:8501"


def test_a_server_on_one_address_is_found_there(settings):
    settings["server.address"] = "10.1.2.3"
    assert server_address() == Address("http://10.1.2.3:8501", True)
    settings["server.address"] = "fd00::5"
    assert server_address() == Address("http://[fd00::5]:8501", True)


def test_a_server_for_this_machine_only_says_so(settings):
    settings["server.address"] = "localhost"
    assert server_address() == Address("http://localhost:8501", False)


def test_the_path_the_scheme_and_a_name_given_by_hand_are_kept(settings):
    settings.update(
        {
            "browser.serverAddress": "lab.school.kr",
            "server.sslCertFile": "c.pem",
            "server.baseUrlPath": "/alexnet/",
        }
    )
    found = server_address()
    assert found == Address("https://lab.school.kr:8501/alexnet", True)
    assert (found.path, found.port) == ("/alexnet", 8501)


def test_without_any_route_or_name_only_localhost_is_left(monkeypatch):
    def no_name(name):
        raise OSError("Name or service not known")

    monkeypatch.setattr(socket, "socket", NoRoute)
    monkeypatch.setattr(socket, "gethostbyname", no_name)
    assert local_host() == "localhost"
    monkeypatch.setattr(socket, "gethostbyname", lambda name: "127.0.1.1")
    assert local_host() == "localhost"
    monkeypatch.setattr(socket, "gethostbyname", lambda name: "192.168.1.20")
    assert local_host() == "192.168.1.20"


@pytest.mark.parametrize(
    ("came_by", "given"),
    [
        (None, "http://192.168.0.7:8501"),
        ("http://localhost:8501/kernels", "http://192.168.0.7:8501"),
        ("http://localhost/alexnet", "http://192.168.0.7:8501"),
        ("http://10.0.0.9:8501", "http://10.0.0.9:8501"),
        ("https://lab.school.kr/", "https://lab.school.kr"),
        ("https://lab.school.kr:8443/alexnet", "https://lab.school.kr:8443/alexnet"),
        ("https://[fd00::5]/a/b/", "https://[fd00::5]/a/b"),
    ],
)
def test_the_address_that_a_reader_came_by_is_the_one_given(settings, monkeypatch, came_by, given):
    monkeypatch.setattr(type(invitation.st.context), "url", property(lambda self: came_by))
    assert invitation.class_address() == Address(given, True)


def test_an_app_under_a_path_of_its_own_keeps_it(settings, monkeypatch):
    settings["server.baseUrlPath"] = "training"  # a page's name too, which Streamlit takes off
    monkeypatch.setattr(type(invitation.st.context), "url", property(lambda self: "https://lab.school.kr"))
    assert invitation.class_address() == Address("https://lab.school.kr/training", True)


def test_the_code_holds_the_address_and_nothing_else():
    import segno

    svg = invitation.qr_code("http://192.168.0.7:8501")
    path = segno.make("http://192.168.0.7:8501", micro=False, error="m").svg_inline(
        scale=6, border=3, dark="#000000", light="#FFFFFF", omitsize=True
    )
    assert svg.startswith("<svg ") and path.partition("viewBox")[2] == svg.partition("viewBox")[2]
