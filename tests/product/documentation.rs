//! The document and the pages.
