//! Operations in poem-openapi's own service.
