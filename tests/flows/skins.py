"""Command line, Tcl package and Python module: the same commands, and the same JSON for the same call.
Arguments: the sources, the build."""

import json
import os
import subprocess
import sys

sources, build = sys.argv[1:3]
os.chdir(sources)
sys.path.insert(0, os.path.join(build, "python"))
import marquetry  # noqa: E402

program = os.path.join(build, "marquetry")


def tcl(calls):
    env = dict(os.environ, TCLLIBPATH=os.path.join(build, "tcl"))
    ran = subprocess.run(["tclsh", "tests/flows/skins.tcl"], input="".join(" ".join(c) + "\n" for c in calls),
                         env=env, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def command_line(call):
    ran = subprocess.run([program, *call, "--json"], capture_output=True, text=True, timeout=300)
    return ran.stdout


def python(call):
    options = {word[1:]: call[i + 1] for i, word in enumerate(call) if word.startswith("-")}
    places = [word for i, word in enumerate(call[1:], 1)
              if not word.startswith("-") and not call[i - 1].startswith("-")]
    try:
        return json.dumps(getattr(marquetry, call[0])(*places, **options))
    except marquetry.Error as error:
        return error.id


def settled(text):
    """What may differ between two runs stands under the key `run`."""
    value = json.loads(text)
    if "error" in value:
        return value["error"]["id"]
    value.pop("run", None)
    return value


def loaded(text):
    return text if text.startswith("MQY-") else settled(text)


# Everywhere.
calls = [["check", "designs/h200.toml"],
         ["evaluate", "designs/h200.toml"],
         ["evaluate", "designs/stacked-cache.toml", "-preset", "catch-2025"],
         ["explain", "cost.unit_usd", "designs/h200.toml", "-depth", "3"],
         ["library", "show", "tsmc-n7"],
         ["library", "show", "no-such-row"],
         ["sensitivity", "designs/h200.toml"],
         ["compare", "designs/h200.toml", "designs/ascend-910.toml"],
         ["route", "-topology", "mesh", "-size", "4x4"],
         ["evaluate", "no-such-file.toml"],
         ["explore", "designs/h200.toml", "-epsilon", "small"]]
for call, from_tcl in zip(calls, tcl(calls)):
    expected = settled(command_line(["--" + w[1:] if w.startswith("-") else w for w in call]))
    assert loaded(from_tcl) == expected, f"Tcl differs: {call}"
    assert loaded(python(call)) == expected, f"Python differs: {call}"

# Of a session.
session = [["read_design", "designs/accelerator.toml"], ["set_constraint", "power.total_w", "-max", "800"],
           ["get_variables"], ["undo"], ["redo"], ["get_constraints"], ["set_choice", "no-such-variable", "1"]]
for call, from_tcl in zip(session, tcl(session)):
    from_python = python(call)
    same = from_tcl if from_tcl.startswith("MQY-") else json.loads(from_tcl)
    assert same == (from_python if from_python.startswith("MQY-") else json.loads(from_python)), call

# Names of files need not be UTF-8; text that is none at all is refused by Python itself.
for name, kind in ((os.fsdecode(b"caf\xe9.toml"), marquetry.Error), ("\ud800.toml", UnicodeEncodeError)):
    try:
        marquetry.check(name)
    except kind as error:
        assert kind is UnicodeEncodeError or error.id == "MQY-0201", error
    else:
        assert False, "a file that is not there is read"

# The same commands in each.
listed = json.loads(command_line(["help"]))["commands"]
in_tcl = json.loads(tcl([["help"]])[0])["commands"]
in_python = marquetry.help()["commands"]
assert in_tcl == in_python
assert set(listed) - set(in_tcl) == {"shell"}
for name in in_python:
    name = name + "_" if name == "import" else name
    assert callable(getattr(marquetry, name)) and callable(getattr(marquetry.Session, name)), name
    assert getattr(marquetry, name).__doc__
with open(os.path.join(build, "python/marquetry/__init__.pyi"), encoding="utf-8") as file:
    compile(file.read(), "__init__.pyi", "exec")
print(len(calls), "calls agree;", len(in_python), "commands")
