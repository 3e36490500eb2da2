//! Whole-product tests of versify.
