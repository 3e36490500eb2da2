// Reads the demo with types that `openapi-typescript` made of its document. The compiler checks every name in here.
import createClient from "openapi-fetch";

import type { components, paths } from "./schema.js";

type Dataset = components["schemas"]["Dataset"];

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

const { data: datasets } = await client.GET("/datasets");
const penguins: Dataset | undefined = datasets?.find((dataset) => dataset.name === "penguins");

const { data: page } = await client.GET("/datasets/{name}/rows", {
  params: { path: { name: "penguins" }, query: { limit: 2 } },
});

const missing = await client.GET("/datasets/{name}", { params: { path: { name: "nothing" } } });
const { error } = missing;
const detail = error === undefined || typeof error === "string" ? error : error.detail;

const invalid = await client.POST("/query", { body: { sql: "" } });

console.log(
  JSON.stringify({
    rows: penguins?.rows,
    columns: penguins?.columns.length,
    page,
    missing: [missing.response.status, detail],
    invalid: invalid.response.status,
  }),
);
