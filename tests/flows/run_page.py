"""Runs the blocks of a page as they stand: ```LANGUAGE FILE``` is written, ```sh``` is run; `needs=` names what
it needs beside the program. Arguments: the page, the sources, the build, a folder to work in."""

import os
import re
import shutil
import subprocess
import sys

page, sources, build, folder = sys.argv[1:5]
BLOCK = re.compile(r"^```(\S+) ?([^\n]*)\n(.*?)^```$", re.M | re.S)


def has(need):
    if need == "python-module":
        return os.path.isdir(os.path.join(build, "python"))
    if need == "sbatch":  # the commands may be there without a cluster behind them
        return shutil.which("sinfo") is not None and subprocess.run(
            ["timeout", "10", "sinfo"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    return shutil.which(need) is not None


def environment():
    env = dict(os.environ, TCLLIBPATH=os.path.join(build, "tcl"), PYTHONPATH=os.path.join(build, "python"))
    env["PATH"] = build + ":/usr/bin:" + env["PATH"]  # Debian's Python is the one that the module is for
    return env


shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
shutil.copytree(os.path.join(sources, "designs"), os.path.join(folder, "designs"))
ran = 0
for language, argument, text in BLOCK.findall(open(page, encoding="utf-8").read()):
    if language != "sh":
        with open(os.path.join(folder, argument), "w", encoding="utf-8") as file:
            file.write(text)
        continue
    need = argument.removeprefix("needs=")
    if need and not has(need):
        print(f"left out, there is no {need}:\n{text}")
        continue
    result = subprocess.run(["sh", "-ec", text], cwd=folder, env=environment(), stdin=subprocess.DEVNULL,
                            capture_output=True, text=True, timeout=300)
    print(f"$ {text}{result.stdout}{result.stderr}")
    if result.returncode != 0:
        sys.exit(f"ended with {result.returncode}: {text}")
    ran += 1
if ran < 5:
    sys.exit(f"only {ran} blocks were run: has the page changed its form?")
