//! versify
