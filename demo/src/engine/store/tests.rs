use std::io::Write;

use super::*;

fn table(store: &Store) -> Table {
    let mut file = store.temporary_file().unwrap();
    file.write_all(b"rows").unwrap();
    Table { file, columns: Vec::new(), rows: 1 }
}

async fn create(store: &Store, name: &str) -> Result<Dataset> {
    let origin = Origin::Upload { format: crate::engine::load::Format::Csv };
    store.create(name.parse().unwrap(), table(store), origin, Along::Nothing).await
}

fn count(folder: &Path, part: &str) -> usize {
    files(&folder.join(part)).unwrap().len()
}

#[tokio::test]
async fn datasets_outlast_the_store_and_leftovers_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let dataset = create(&store, "a").await.unwrap();
    let unfinished = folder.path().join(TABLES).join("unfinished.parquet");
    fs::write(&unfinished, "half").unwrap();
    let upload = store.temporary_file().unwrap().into_temp_path().keep().unwrap();
    store.close().await;
    drop(store);

    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.catalog().list().await.unwrap(), [dataset]);
    assert!(!unfinished.exists() && !upload.exists());
    assert_eq!(count(folder.path(), TABLES), 1);
}

#[tokio::test]
async fn a_name_is_given_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let results = futures_util::future::join_all((0..8).map(|_| create(&store, "a"))).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for error in results.into_iter().filter_map(Result::err) {
        assert!(matches!(error, Error::AlreadyExists { .. }), "{error:?}");
    }
    assert_eq!((count(folder.path(), TABLES), count(folder.path(), STAGING)), (1, 0));
}

#[tokio::test]
async fn versions_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let first = create(&store, "a").await.unwrap();
    let origin = || Origin::Append { format: crate::engine::load::Format::Csv, rows: 1 };
    let version = store.catalog().version("a", None).await.unwrap();
    let second = store.append(version.clone(), table(&store), origin(), Along::Nothing).await.unwrap();
    assert_eq!((second.version, second.rows, second.bytes), (2, 2, 8));
    let late = store.append(version, table(&store), origin(), Along::Nothing).await;
    assert!(matches!(late, Err(Error::Superseded { .. })), "{late:?}");
    assert_eq!(store.catalog().version("a", Some(1)).await.unwrap().dataset, first);
    assert_eq!(store.catalog().versions("a").await.unwrap(), [second, first]);
    let none = store.catalog().version("a", Some(3)).await.map(|_| ());
    assert!(matches!(none, Err(Error::NoVersion { version: 3, .. })), "{none:?}");
    assert_eq!(count(folder.path(), TABLES), 2);

    store.delete("a").await.unwrap();
    assert!(matches!(store.catalog().version("a", None).await.map(|_| ()), Err(Error::NotFound { .. })));
    assert!(matches!(store.delete("a").await, Err(Error::NotFound { .. })));
    // The name is free again, and counts from 1.
    assert_eq!(create(&store, "a").await.unwrap().version, 1);
}

#[tokio::test]
async fn an_upload_is_answered_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let upload = Idempotency { key: "k".into(), fingerprint: "f".into() };
    let origin = || Origin::Upload { format: crate::engine::load::Format::Csv };
    let name = |name: &str| name.parse().unwrap();
    let first = store.create(name("a"), table(&store), origin(), Along::Upload(&upload)).await.unwrap();
    assert_eq!(store.catalog().answered(&upload).await.unwrap(), Some(first));
    let other = Idempotency { fingerprint: "g".into(), ..upload.clone() };
    assert!(matches!(store.catalog().answered(&other).await, Err(Error::KeyReused { .. })));
    let raced = store.create(name("b"), table(&store), origin(), Along::Upload(&upload)).await;
    assert!(matches!(raced, Err(Error::InProgress { .. })), "{raced:?}");
    assert!(!store.catalog().exists("b").await.unwrap());
}

#[tokio::test]
async fn a_folder_has_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    assert!(matches!(Store::open(folder.path()).await.map(|_| ()), Err(Error::Storage(_))));
    store.close().await;
    drop(store);
    assert!(Store::open(folder.path()).await.is_ok());
}

#[tokio::test]
async fn staged_files_go_when_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let staged = store.staging_file().unwrap();
    fs::write(staged.path(), "half").unwrap();
    assert_eq!(count(folder.path(), STAGING), 1);
    drop(staged);
    assert_eq!(count(folder.path(), STAGING), 0);
}
