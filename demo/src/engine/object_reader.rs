//! [`ObjectReader`]: a Parquet file in an object store.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectStore, ObjectStoreExt};
use datafusion::parquet::arrow::arrow_reader::ArrowReaderOptions;
use datafusion::parquet::arrow::async_reader::AsyncFileReader;
use datafusion::parquet::errors::{ParquetError, Result};
use datafusion::parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::store::Part;

/// A Parquet file in an object store.
pub(super) struct ObjectReader {
    objects: Arc<dyn ObjectStore>,
    path: Path,
    bytes: u64,
}

impl ObjectReader {
    pub(super) fn new(objects: Arc<dyn ObjectStore>, part: &Part) -> Self {
        Self { objects, path: Path::from(part.object.as_str()), bytes: part.bytes }
    }
}

impl AsyncFileReader for ObjectReader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, Result<Bytes>> {
        self.objects.get_range(&self.path, range).map(|bytes| bytes.map_err(external)).boxed()
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, Result<Vec<Bytes>>> {
        async move { self.objects.get_ranges(&self.path, &ranges).await.map_err(external) }.boxed()
    }

    fn get_metadata<'a>(
        &'a mut self,
        _: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, Result<Arc<ParquetMetaData>>> {
        let bytes = self.bytes;
        async move {
            let mut reader = ParquetMetaDataReader::new().with_offset_index_policy(PageIndexPolicy::Optional);
            reader.try_load(self, bytes).await?;
            Ok(Arc::new(reader.finish()?))
        }
        .boxed()
    }
}

fn external(error: datafusion::object_store::Error) -> ParquetError {
    ParquetError::External(Box::new(error))
}
