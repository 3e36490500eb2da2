//! The keys of each attribute, as names that an editor completes.

macro_rules! keys {
    ($($module:ident: $($key:ident)*;)*) => {$(
        #[allow(non_camel_case_types, missing_docs, missing_debug_implementations)]
        pub mod $module {
            $(pub struct $key;)*
        }
    )*};
}

keys! {
    get: status tags summary description operation_id response_description deprecated include_in_schema
        body_limit inline operation embed dependencies middleware layers timeout form_limits strict_content_type responses openapi_extra callbacks response response_class include exclude exclude_none
        exclude_defaults exclude_unset etag;
    route: status tags summary description operation_id response_description deprecated include_in_schema
        body_limit inline operation embed dependencies middleware layers timeout form_limits strict_content_type responses openapi_extra callbacks response response_class include exclude exclude_none
        exclude_defaults exclude_unset etag method;
    websocket: operation;
    argument: gt ge lt le multiple_of min_length max_length pattern allow_inf_nan max_digits decimal_places
        unique_items items fail_fast strict validate alias default default_with validate_default required
        title description examples json_schema_extra deprecated include_in_schema openapi_examples convert_underscores prefix
        content_type;
    file: min_length max_length items fail_fast validate alias default_with required title description examples deprecated;
    depends: scopes use_cache max_concurrency;
    dependency: scope max_concurrency fallible inline dependency;
    model: rename_all populate_by_name extra title examples json_schema_extra strict validate computed partial poem_openapi tag untagged
        left_to_right literal;
    field: gt ge lt le multiple_of min_length max_length pattern allow_inf_nan max_digits decimal_places
        unique_items items fail_fast strict validate alias default default_with validate_default required
        title description examples json_schema_extra deprecated flatten read_only write_only;
}
