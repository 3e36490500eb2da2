//! Reads the demo with a client that progenitor made of its document.

progenitor::generate_api!(spec = "openapi.json");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).unwrap_or_default();
    let client = Client::new(&base);
    let datasets = client.list_datasets_datasets_get().await?.into_inner();
    let penguins =
        datasets.iter().find(|dataset| dataset.name.as_str() == "penguins").ok_or("there are no penguins")?;
    let page = client
        .read_rows_datasets_name_rows_get("penguins", None, None, Some(2), None, None, None, None, None, None)
        .await?
        .into_inner();
    let missing = match client.read_dataset_datasets_name_get("nothing", None).await {
        Err(Error::UnexpectedResponse(response)) => (response.status().as_u16(), response.json().await?),
        Err(Error::ErrorResponse(error)) => (error.status().as_u16(), serde_json::Value::Null),
        other => return Err(format!("{other:?}").into()),
    };
    let missing: (u16, serde_json::Value) = missing;
    let said = serde_json::json!({
        "rows": penguins.rows,
        "columns": penguins.columns.len(),
        "page": page,
        "missing": [missing.0, missing.1["detail"]],
    });
    println!("{said}");
    Ok(())
}
