"""Waiting for jobs."""

from server import until


def finished(client, answer, within=60.0):
    """The job that an answer of 202 names, at its end."""
    assert answer.status_code == 202, answer.text
    location = answer.headers["location"]
    assert location == f"/jobs/{answer.json()['id']}"

    def ended():
        job = client.get(location).json()
        return job if job["state"] not in ("queued", "running") else None

    return until(ended, within)
