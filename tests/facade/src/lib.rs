//! A user of versify, with no other dependency.
