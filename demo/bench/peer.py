"""The same three jobs as a FastAPI app, with pandas or with polars (`PEER`): what one would write without this service."""

import io
import os
from pathlib import Path

import pandas
import polars
from fastapi import FastAPI, Request

app = FastAPI()
folder = Path(os.environ["STORE"])
PANDAS = os.environ["PEER"] == "pandas"
frames = {}


@app.post("/datasets", status_code=201)
async def create_dataset(name: str, request: Request):
    content = await request.body()
    if PANDAS:
        frame = pandas.read_csv(io.BytesIO(content), compression="gzip")
        frame.to_parquet(folder / f"{name}.parquet")
    else:
        frame = polars.read_csv(content, null_values=["NA"], infer_schema_length=None)
        frame.write_parquet(folder / f"{name}.parquet")
    frames[name] = frame
    return {"name": name, "rows": len(frame)}


@app.get("/datasets/{name}/delay")
def delay(name: str):
    if PANDAS:
        groups = frames[name].groupby(["carrier", "month"], as_index=False)
        result = groups.agg(mean=("dep_delay", "mean"), p90=("arr_delay", "median"), n=("year", "size"))
        return result.to_dict("records")
    result = frames[name].group_by("carrier", "month").agg(
        mean=polars.col("dep_delay").mean(), p90=polars.col("arr_delay").median(), n=polars.len()
    )
    return result.sort("carrier", "month").to_dicts()


@app.get("/datasets/{name}/rows")
def rows(name: str, offset: int = 0, limit: int = 1000):
    frame = frames[name]
    if PANDAS:
        page = frame.iloc[offset : offset + limit]
        # NaN is no JSON.
        return page.astype(object).where(page.notna(), None).to_dict("records")
    return frame.slice(offset, limit).to_dicts()
