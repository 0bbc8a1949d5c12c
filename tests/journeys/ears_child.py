# SPDX-License-Identifier: Apache-2.0
"""What a screen reader hears of one program and can do to it, one JSON document a line, for tests/journeys/ears.py.

It runs under the system's own Python, which has the bindings of AT-SPI, and in a process of its own: the tests open
no sockets. Standard input says what to do, standard output answers; between the answers stands what was heard.
"""

from __future__ import annotations

import json
import os
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be chosen first

HEARD = (
    "object:state-changed:focused",
    "object:state-changed:checked",
    "object:announcement",
    "object:text-changed:insert",
)
STATES = ("CHECKABLE", "CHECKED", "EDITABLE", "ENABLED", "FOCUSABLE", "FOCUSED", "SHOWING", "VISIBLE")
MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x2066, 0x206A)))  # nobody hears what keeps directions apart
DEEPEST = 60


def say(**words):
    """Tell the parent, at once."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def told(node):
    """Return what a screen reader knows of one node; what is gone meanwhile says nothing."""
    try:
        states = node.get_state_set()
        node.clear_cache()  # names and states change, and what was remembered would be told
        return {
            "name": node.get_name() or "",
            "description": node.get_description() or "",
            "role": node.get_role_name() or "",
            "states": [name.lower() for name in STATES if states.contains(getattr(Atspi.StateType, name))],
        }
    except GLib.Error:
        return {"name": "", "description": "", "role": "", "states": []}


def on_event(event):
    """Pass on what is heard of this program."""
    kind = event.type.split(":")[1] if "focused" not in event.type else "focus"
    if kind == "focus" and not event.detail1:
        return
    words = event.any_data if isinstance(event.any_data, str) else ""
    say(heard=kind, words=words, detail=event.detail1, **told(event.source))


def program(pid):
    """Return the program of a process, once it is there."""
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(at)
        if found is not None and found.get_process_id() == pid:
            return found
    return None


def shown(node, depth=0):
    """Yield every node that is shown, from the top."""
    if depth > DEEPEST:
        return
    try:
        count = node.get_child_count()
        children = [node.get_child_at_index(at) for at in range(count)]
        for child in children:
            if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield child, depth
                yield from shown(child, depth + 1)
    except GLib.Error:
        return


def found(top, name, roles):
    """Return the first node that is shown under this name and in one of these roles."""
    for node, _depth in shown(top):
        try:
            node.clear_cache()
            if (node.get_name() or "").translate(MARKS) == name and node.get_role_name() in roles:
                return node
        except GLib.Error:
            continue
    return None


def tree(top):
    """Return everything that is shown, with what is written in it."""
    nodes = []
    for node, depth in shown(top):
        text = ""
        try:
            text = Atspi.Text.get_text(node, 0, -1) if "Text" in node.get_interfaces() else ""
        except GLib.Error:
            text = ""
        nodes.append({"depth": depth, "text": text, **told(node)})
    return nodes


def act(asked):
    """Do one thing and return the answer."""
    top = program(asked["pid"])
    if top is None:
        return None
    if asked["do"] == "tree":
        return tree(top)
    node = found(top, asked["name"], asked["roles"])
    if node is None:
        return None
    if asked["do"] == "press":
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.ENABLED):
            return None
        Atspi.Action.do_action(node, 0)
    elif asked["do"] == "focus":
        Atspi.Component.grab_focus(node)
    elif asked["do"] == "write":
        Atspi.EditableText.set_text_contents(node, asked["text"])
    return told(node)


def on_asked(_source, _condition):
    """Answer one line, or end with the parent."""
    line = sys.stdin.readline()
    if not line:
        os._exit(0)
    try:
        say(answer=act(json.loads(line)))
    except GLib.Error as error:
        say(answer=None, error=str(error))
    return True


def main():
    """Hear until the parent is gone."""
    Atspi.init()
    Atspi.set_timeout(5000, 15000)
    listener = Atspi.EventListener.new(on_event)
    for kind in HEARD:
        listener.register(kind)
    GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_asked)
    say(answer="ready")
    Atspi.event_main()


if __name__ == "__main__":
    main()
