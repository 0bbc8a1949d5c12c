# SPDX-License-Identifier: Apache-2.0
"""The program contains no network code, and a test that touched the network would fail."""

from __future__ import annotations

import re
import socket
import urllib.request

import pytest

from tests.conftest import NetworkTouched
from tests.house.source import calls, imports, inside, program

NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc", "asyncio", "socketserver", "requests"}
BY_STRING = {
    "testimony_app/cli/main.py",  # the file of the command that was asked for
    "testimony_app/crypto/memory.py",  # a module that only Unix has
}
FETCHES = re.compile(r"QtNetwork|QNetwork|QTcpSocket|QUdpSocket|QLocalServer|QWebEngine|QDesktopServices")


@pytest.mark.parametrize("file", program(), ids=inside)
def test_no_file_imports_a_network(file):
    """No module of the program imports anything that opens a connection."""
    assert not [name for name, _line in imports(file) if name.split(".")[0] in NETWORK]


@pytest.mark.parametrize("file", program(), ids=inside)
def test_no_file_reaches_for_qt_s_network(file):
    """Qt's network classes, and the one that opens a browser, are named nowhere."""
    assert not FETCHES.findall(file.read_text(encoding="utf-8"))


def test_nothing_is_imported_by_a_name_made_up_at_run_time():
    """Only the two files listed import by a string, where the contracts could not see it."""
    hidden = {inside(file) for file in program() for name, _ in calls(file) if name in {"import_module", "__import__"}}

    assert hidden <= BY_STRING


def test_a_socket_in_a_test_raises():
    """The fixture that stands round every test refuses a connection."""
    with pytest.raises(NetworkTouched):
        socket.socket()
    with pytest.raises(NetworkTouched):
        urllib.request.urlopen("http://127.0.0.1:9/")
