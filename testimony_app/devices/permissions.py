# SPDX-License-Identifier: Apache-2.0
"""Asking the operating system for the microphone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QMicrophonePermission, QObject, Qt


def may_listen() -> bool:
    """Return whether the system lets us listen, or has not been asked yet; systems without such a thing say yes."""
    application = QCoreApplication.instance()
    if application is None:
        return True
    status: object = application.checkPermission(QMicrophonePermission())
    return status != Qt.PermissionStatus.Denied


def ask_to_listen(owner: QObject, answered: Callable[[bool], None]) -> None:
    """Have the system ask the person, where it does; `answered` is called on the main thread."""
    application = QCoreApplication.instance()
    if application is None:
        answered(True)
        return
    if application.checkPermission(QMicrophonePermission()) != Qt.PermissionStatus.Undetermined:
        answered(may_listen())
        return
    application.requestPermission(QMicrophonePermission(), owner, lambda _permission: answered(may_listen()))
