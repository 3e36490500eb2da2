//! What whole-product tests and fuzz targets of versify share.

#![allow(missing_docs)]

pub mod places;
pub mod spread;
