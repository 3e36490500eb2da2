//! The attribute macros of versify.
