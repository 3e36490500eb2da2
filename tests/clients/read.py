"""Reads the demo with a client that `openapi-python-client` made of its document, which lies beside this script."""

import json
import sys

from datasets_client import Client
from datasets_client.api.datasets import list_datasets_datasets_get, read_dataset_datasets_name_get
from datasets_client.api.rows import read_rows_datasets_name_rows_get, run_query_query_post
from datasets_client.models import Sql

client = Client(base_url=sys.argv[1])
penguins = next(dataset for dataset in list_datasets_datasets_get.sync(client=client) if dataset.name == "penguins")
page = read_rows_datasets_name_rows_get.sync("penguins", client=client, limit=2)
missing = read_dataset_datasets_name_get.sync_detailed("nothing", client=client)
invalid = run_query_query_post.sync_detailed(client=client, body=Sql(sql=""))
print(
    json.dumps(
        {
            "rows": penguins.rows,
            "columns": len(penguins.columns),
            "page": page.to_dict(),
            "missing": [missing.status_code, missing.parsed.detail],
            "invalid": invalid.status_code,
        }
    )
)
