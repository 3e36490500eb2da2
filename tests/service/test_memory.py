"""A file that is larger than the memory that it may take."""

import os
import time

import pytest

SIZE = int(os.environ.get("VERSIFY_MEMORY_TEST_MB", "256")) << 20
# Half of a gigabyte's; of a smaller file (an unoptimised build takes its time) it may not be more than this.
LIMIT_MB = 512 if SIZE >= 1 << 30 else 192


def pieces():
    """A gigabyte of CSV: numbers, text, dates and missing values, a block at a time."""
    yield b"id,name,amount,day,note\n"
    row, sent = 0, 0
    while sent < SIZE:
        block = "".join(
            f"{row + n},customer-{(row + n) % 90_001},{(row + n) * 7919 % 1_000_003 / 100},"
            f"20{10 + (row + n) % 15:02}-0{1 + (row + n) % 9}-1{(row + n) % 10},{'NA' if (row + n) % 3 else 'some text'}\n"
            for n in range(20_000)
        ).encode()
        row += 20_000
        # The same rows again: what counts is how many there are.
        for _ in range(16):
            yield block
            sent += len(block)


def peak_mb(process) -> int:
    with open(f"/proc/{process.pid}/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) >> 10


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs Linux")
def test_a_gigabyte_of_csv_is_loaded_in_half_of_that(start_demo):
    demo = start_demo()
    start = time.monotonic()
    with demo.client() as client:
        client.timeout = 900
        answer = client.post("/datasets?name=large", content=pieces())
        assert answer.status_code == 201, answer.text
        print(f"{SIZE >> 20} MB in {time.monotonic() - start:.0f} s, {peak_mb(demo.process)} MB of memory")
        types = {column["name"]: column["type"] for column in answer.json()["columns"]}
        assert types == {"id": "integer", "name": "text", "amount": "float", "day": "date", "note": "text"}
        assert client.get("/datasets/large/rows?limit=1000&offset=1000000").json()["total"] == answer.json()["rows"]
    assert peak_mb(demo.process) < LIMIT_MB
