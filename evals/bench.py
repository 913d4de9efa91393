"""Measure the budgets: start, one cold article, throughput and memory, and the throughput of bare spaCy in the same run.

    python -m evals.bench [--articles N] [--workers N]

The throughput runs over articles made of the bundled sample reports, cut and joined to 600 words each, so that anybody can
repeat it; the start of the workers is told apart from the reading. The encoder with the linking head, and the parser's model with all
of its components (``nlp.pipe``), read the same articles in as many processes at once: each is ready and has read one article before the
clock starts, which stops when the last is done. Times are wall time on this machine as loaded as it is.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files as resources
from itertools import cycle
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

WORDS = 600
LONGEST_SECONDS = 1800
"""A process that has told nothing for so long has died."""


def seconds(command: Sequence[str], *, rounds: int = 5) -> float:
    """Return the median wall time of a command, in seconds, after one round that does not count."""
    times = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        times.append(time.perf_counter() - started)
    return sorted(times[1:])[rounds // 2]


def paragraphs() -> Iterator[str]:
    """Yield the paragraphs of the plain-text sample reports, over and over."""
    texts = [
        p.read_text(encoding="utf-8")
        for p in resources("onrecord").joinpath("samples").iterdir()
        if p.name.endswith(".txt")
    ]
    return cycle([p for text in sorted(texts) for p in text.split("\n\n")])


def write_articles(path: Path, count: int) -> int:
    """Write articles of 600 words to a JSONL file; return how many words they hold."""
    source, total = paragraphs(), 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            parts: list[str] = []
            while sum(len(p.split()) for p in parts) < WORDS:
                parts.append(next(source))
            total += sum(len(p.split()) for p in parts)
            out.write(
                json.dumps({"id": f"bench-{number:05}", "published": "2024-03-01", "text": "\n\n".join(parts)}) + "\n"
            )
    return total


Work = Callable[[], object]


def encoding(texts: list[str]) -> Work:
    """Return what finds the attributions of parsed texts: the encoder, the tagger and the linking head."""
    from onrecord.attribution import find
    from onrecord.parse import parse
    from onrecord.reading import read

    parses = [parse(text) for text in texts]
    find(read(texts[0], parses[0]))
    return lambda: deque(map(find, map(read, texts, parses)), maxlen=0)


def bare_spacy(texts: list[str]) -> Work:
    """Return what sends texts through the parser's model and nothing else."""
    import spacy

    from onrecord.parse import MODEL

    nlp = spacy.load(MODEL)
    nlp(texts[0])
    return lambda: deque(nlp.pipe(texts), maxlen=0)


def at_once(prepare: Callable[[list[str]], Work], texts: Sequence[str], processes: int) -> float:
    """Return the seconds from when all of the processes are ready until the last has read its share of the texts."""
    context = multiprocessing.get_context("spawn")
    ready, times = context.Barrier(processes), context.Queue()
    started = [
        context.Process(target=_read_share, args=(prepare, list(texts[n::processes]), ready, times), daemon=True)
        for n in range(processes)
    ]
    for process in started:
        process.start()
    told: list[tuple[float, float]] = [times.get(timeout=LONGEST_SECONDS) for _ in started]
    for process in started:
        process.join()
    return max(end for _, end in told) - min(start for start, _ in told)


def _read_share(
    prepare: Callable[[list[str]], Work],
    texts: list[str],
    ready: Barrier,
    times: Queue[tuple[float, float]],
) -> None:
    work = prepare(texts)
    ready.wait(LONGEST_SECONDS)
    start = time.monotonic()
    work()
    times.put((start, time.monotonic()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    python, onrecord = sys.executable, [sys.executable, "-m", "onrecord"]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"import onrecord        {seconds([python, '-c', 'import onrecord']) - seconds([python, '-c', '']):6.2f} s  (budget 0.15)"
    )
    print(f"onrecord --help        {seconds([*onrecord, '--help']):6.2f} s  (budget 0.3)")
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.jsonl", Path(folder) / "many.jsonl"
        write_articles(one, 1)
        words = write_articles(many, args.articles)
        cold = seconds([*onrecord, "extract", "--workers", "1", str(one)], rounds=3)
        print(f"extract, one article   {cold:6.2f} s  (budget 4)")
        start = seconds([*onrecord, "extract", "--workers", str(args.workers), str(one)], rounds=1)
        whole = seconds([*onrecord, "extract", "--workers", str(args.workers), str(many)], rounds=1)
        texts = [json.loads(line)["text"] for line in many.read_text(encoding="utf-8").splitlines()]
    reading = whole - start
    rate = (args.articles - 1) / reading
    print(
        f"extract, {args.articles} articles of {words // args.articles} words, {args.workers} workers: {whole:.1f} s, start {start:.1f} s"
    )
    print(f"articles a second      {rate:6.1f}    (budget 10)")
    print(f"wall time a word       {1e6 * reading / words:6.0f} µs")
    print(f"peak memory, largest process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    encoded, spacy = (at_once(reader, texts, args.workers) for reader in (encoding, bare_spacy))
    print(f"encoder and linking: {words / encoded:.0f} words a second on {args.workers} processes (budget 9,000)")
    print(f"bare spaCy: {words / spacy:.0f} words a second on {args.workers} processes")
    print(
        f"against bare spaCy: extract takes {reading / spacy:.2f} times as long, encoder and linking {encoded / spacy:.2f}"
    )
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
