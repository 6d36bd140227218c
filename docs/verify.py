#!/usr/bin/env python3
"""Verifies the audit log of a cw-runbook run, by docs/audit.md alone: a journal, a hand-off's file, or an export as JSON
lines or HTML. Python 3.8 or later, nothing else. Usage: verify.py FILE [--allowed-signers FILE]. Exit code: 0 good,
7 damaged, 64 the file cannot be read."""
import hashlib
import json
import re
import subprocess
import sys
import tempfile

SEAL = re.compile(rb',"hash":"([0-9a-f]{64})"\}\Z')
TIME = re.compile(r'","at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","type":"', re.ASCII)
KNOWN = {"journal": 4, "hand-off's file": 1}  # schemas
DEEPEST = 500
LONGEST = 16 * 1024 * 1024
BLANK = re.compile(rb"[ \t\r]*\Z")
ABOUT = re.compile(rb'\{"run":"([0-9A-Za-z]+)","records":([0-9]{1,15}),"head":"([0-9a-f]{64})","text":"[0-9a-f]{64}"\}\Z')
DATA = {name: b'<script type="application/json" id="%s">' % name for name in (b"about", b"journal")}


class Damaged(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).hexdigest()


def root(hashes):
    while len(hashes) > 1:
        hashes = [sha("".join(hashes[i:i + 64]).encode()) for i in range(0, len(hashes), 64)]
    return hashes[0]


def is_deep(value):
    layer = [value]
    for _ in range(DEEPEST):
        inside = [one for outer in layer for one in (outer.values() if isinstance(outer, dict) else outer)]
        layer = [one for one in inside if isinstance(one, (dict, list))]
    return bool(layer)


def is_number(value, number):
    """Python takes true for 1."""
    return isinstance(value, float) and value == number


def is_schema(value):
    return isinstance(value, float) and 1 <= value < 2 ** 53 and not value % 1


def later(what, schema):
    return (what, schema, KNOWN[what]) if schema > KNOWN[what] else None


def refuse(constant):
    raise ValueError(constant)


def sealed(line, unique=("hash",)):
    """The record in a line, its own hash being right, and which of its members stand there twice being none of `unique`."""
    if len(line) >= LONGEST:
        raise Damaged("it is longer than any record")
    seal = SEAL.search(line)
    if not seal or not line.startswith(b"{"):
        raise Damaged("it has no hash of its own at its end")
    if sha(line[:seal.start()] + b"}") != seal.group(1).decode():
        raise Damaged("its hash is not that of its text")
    pairs = []
    try:
        value = json.loads(line.decode("utf-8"), parse_int=float, parse_constant=refuse,
                           object_pairs_hook=lambda p: (pairs.clear(), pairs.extend(p), dict(p))[2])
    except UnicodeDecodeError:
        raise Damaged("it is not in UTF-8")
    except (ValueError, RecursionError):
        raise Damaged("it is not a JSON record")
    if is_deep(value):
        raise Damaged("it is not a JSON record")
    names = [name for name, _ in pairs]  # of the outermost object: the last that was read
    if any(names.count(name) > 1 for name in unique):
        raise Damaged("a member of it stands there twice")
    return value


class Chain:
    def __init__(self, has_header):
        self.has_header, self.hashes, self.seq, self.closed, self.closings = has_header, [], 0, 0, []
        self.signatures, self.run, self.later = [], None, None

    def header(self, line):
        value = sealed(line)
        schema = value.get("journal")
        if not line.startswith(b'{"journal":') or not is_schema(schema) or not isinstance(value.get("run"), str):
            raise Damaged("it is not the first line of a cw-runbook journal")
        self.run, self.later = value["run"], later("journal", schema)

    def record(self, line):
        seq = self.seq + 1
        value = sealed(line, ("seq", "prev", "at", "hash"))
        text, start = line.decode("utf-8"), '{"seq":%d,"prev":"' % seq
        if not text.startswith(start) or not TIME.match(text, len(start) + 64):
            raise Damaged("its number is not %d, or it is not written as cw-runbook writes a record" % seq)
        prev = text[len(start):len(start) + 64]
        begins = not self.hashes and not self.has_header
        if begins and re.fullmatch("[0-9a-f]{64}", prev):
            self.hashes.append(prev)
        if not self.hashes or prev != self.hashes[-1]:
            raise Damaged("it does not follow from the line before (the hash differs)")
        kind = value.get("type")
        if not isinstance(kind, str) or not text.startswith(kind + '"', TIME.match(text, len(start) + 64).end()):
            raise Damaged("it is not written as cw-runbook writes a record")
        if self.closed and not is_number(value.get("continues"), self.closed) or "continues" in value and not self.closed:
            raise Damaged("it does not name the closing record before it, or names one that there is not")
        self.closed = 0
        if begins and kind == "started" and isinstance(value.get("run"), str):
            self.run = value["run"]
        if kind in ("closed", "signed") and value.get("root") != root(self.hashes):
            raise Damaged("its root is not that of the records before it")
        if kind == "closed":
            if not is_number(value.get("records"), seq - 1):
                raise Damaged("it does not close the records that there are")
            self.closed = seq
            self.closings.append((seq, value["root"]))
        if kind in ("anchored", "signed") and (not is_number(value.get("record"), seq - 1) or value.get("head") != prev):
            raise Damaged("it does not name the record before it and its hash")
        if kind == "signed":
            self.signatures.append((seq, prev, value["root"], value.get("signature")))

    def take(self, line):
        first = self.has_header and not self.hashes
        (self.header if first else self.record)(line)
        self.seq += 0 if first else 1
        self.hashes.append(sha(line))


def split(data):
    """The lines, and what follows the last newline."""
    lines = data.split(b"\n")
    return lines[:-1], lines[-1]


def journal(data, has_header, may_be_torn=True):
    lines, rest = split(data)
    chain = Chain(has_header)
    for n, line in enumerate(lines, 1):
        try:
            chain.take(line)
        except Damaged as why:
            # A last line whose bytes never reached the disk was not finished, and is no record.
            if may_be_torn and n > 1 and n == len(lines) and not rest and b"\0" in line:
                rest = line
                break
            raise Damaged("line %d: %s" % (n, why))
    if not chain.hashes:
        raise Damaged("line 1: there is nothing in it, or it is cut off")
    if len(rest) >= LONGEST:
        raise Damaged("line %d: it is longer than any record" % (len(lines) + 1))
    return chain, rest


def to_end(data):
    """The lines, without blank ones behind the last."""
    lines, rest = split(data)
    if not BLANK.match(rest):
        raise Damaged("line %d: it is cut off" % (len(lines) + 1))
    while lines and BLANK.match(lines[-1]):
        lines.pop()
    return lines


def handoff(data):
    lines = to_end(data)
    first = sealed(lines[0])
    count, schema = first.get("records"), first.get("cw-runbook-handoff")
    if not is_schema(schema):
        raise Damaged("line 1: it is not the first line of a hand-off's file")
    if not isinstance(count, float) or count % 1 or count < 2 or len(lines) < count + 2:
        raise Damaged("line 1: it has not the lines that it says")
    count = int(count)
    chain, _ = journal(b"\n".join(lines[1:count + 1]) + b"\n", True, False)
    chain.later = chain.later or later("hand-off's file", schema)
    behind = [sealed(line) for line in lines[count + 1:]]
    before = b"".join(line + b"\n" for line in lines[:-1])
    if behind[-1].get("end") is not True or behind[-1].get("sha256") != sha(before):
        raise Damaged("line %d: its end is missing, or the file was changed after it was written" % len(lines))
    if len(behind) > 2 or len(behind) == 2 and (behind[0].get("end") is True or "simulated-organization" not in behind[0]):
        raise Damaged("line %d: it has not the lines that it says" % (count + 2))
    return chain, b""


def page(data):
    lines = to_end(data)
    seal = b"<!-- SHA-256 of all lines before this one: %s -->" % sha(b"".join(one + b"\n" for one in lines[:-1])).encode()
    if lines[-1] != seal or any(one.startswith(b"<!-- SHA-256") for one in lines[:-1]):
        raise Damaged("line %d: the page was changed after it was written" % len(lines))
    found = {name: [one for one in lines if one.startswith(start)] for name, start in DATA.items()}
    if any(len(ones) != 1 or ones[0].find(b"</script>") != len(ones[0]) - 9 for ones in found.values()):
        raise Damaged("line %d: the page was changed after it was written" % len(lines))
    about, text = (found[name][0][len(DATA[name]):-9] for name in (b"about", b"journal"))
    try:
        inside = json.loads(text.decode("utf-8"), parse_constant=refuse)
        if inside is None:
            raise Damaged("line 1: the journal is not in this page: verify the journal itself")
        if not isinstance(inside, str):
            raise ValueError
        inside = inside.encode("utf-8")
    except (ValueError, RecursionError):
        raise Damaged("line %d: the page was changed after it was written" % len(lines))
    chain, rest = journal(inside, True, False)
    if rest:
        raise Damaged("line 1: the journal in this page is cut off")
    told = ABOUT.match(about)
    if not told or told.group(1).decode() != chain.run or int(told.group(2)) != chain.seq \
            or told.group(3).decode() != chain.hashes[-1]:
        raise Damaged("line 1: the page describes another journal than the one in it")
    return chain, b""


def checkpoint(run, record, head, tree):
    return "cw-runbook-checkpoint/1\nrun %s\nrecord %d\nhead %s\nroot %s\n" % (run, record, head, tree)


def verify(data):
    if data.startswith(b'{"cw-runbook-handoff":'):
        return handoff(data)
    if data.startswith(b"<!doctype html>"):
        return page(data)
    return journal(data, not data.startswith(b'{"seq":'))


def check_signatures(chain, signers):
    for seq, head, tree, signature in chain.signatures:
        text = checkpoint(chain.run, seq - 1, head, tree).encode("utf-8", "replace")
        with tempfile.NamedTemporaryFile("w", suffix=".sig", errors="replace") as file:
            file.write(str(signature))
            file.flush()
            who = subprocess.run(["ssh-keygen", "-Y", "find-principals", "-s", file.name, "-f", signers],
                                 capture_output=True, text=True).stdout.split("\n")[0]
            done = subprocess.run(["ssh-keygen", "-Y", "verify", "-f", signers, "-I", who, "-n", NAMESPACE,
                                   "-s", file.name], input=text, capture_output=True)
        if not who or done.returncode != 0:
            raise Damaged("record %d: the signature is not one of an allowed signer's over this journal" % seq)
        print("Signed: records 1 to %d, by %s" % (seq - 1, who))


NAMESPACE = "cw-runbook-checkpoint@cw-runbook"


def main(arguments):
    try:
        with open(arguments[0], "rb") as file:
            data = file.read()
    except OSError as why:
        print("It cannot be read: %s" % why)
        return 64
    try:
        chain, rest = verify(data)
        if len(arguments) > 2 and arguments[1] == "--allowed-signers":
            check_signatures(chain, arguments[2])
    except Damaged as why:
        print("Damaged: %s" % why)
        return 7
    print("Good: %d records, root %s, SHA-256 of the last %s" % (chain.seq, root(chain.hashes), chain.hashes[-1]))
    if chain.later:
        print("LATER SCHEMA: this %s is of schema %d, and this verifier knows 1 to %d. Only the rules of schema %d were "
              "checked: what a later one adds was not judged. Verify it with the version that wrote it, too."
              % (chain.later + chain.later[2:]))
    if data.startswith(b"<!doctype html>"):
        print("The journal in the page is what is verified. What the page shows is as good as whoever sent it.")
    for seq, tree in chain.closings:
        print("Closed at record %d, root %s%s" % (seq, tree, "" if seq == chain.seq else ", and continued"))
    if not chain.closed or rest:
        print("NOT CLOSED: the run has not come to its end, or its end was cut off.%s"
              % (" %d bytes of an unfinished line follow." % len(rest) if rest else ""))
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
