//! IP addresses of the standard library.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    decode::{Context, Inputs, Issue, Scalar},
    openapi::Schema,
};

/// An address is text; as in Python a number is one, too.
macro_rules! address {
    ($type:ty, $kind:literal, $message:literal, $format:literal, $from_number:expr) => {
        impl Scalar for $type {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

            fn wrong() -> Issue {
                Issue::new($kind, $message)
            }

            fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
                text.parse().map_or_else(|_| cx.refuse(Self::wrong()), Some)
            }

            fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
                Self::from_i128(value.into(), cx)
            }

            fn from_i128(value: i128, cx: &mut Context) -> Option<Self> {
                u128::try_from(value).ok().and_then($from_number).or_else(|| cx.refuse(Self::wrong()))
            }

            fn from_bool(value: bool, cx: &mut Context) -> Option<Self> {
                Self::from_i128(value.into(), cx)
            }
        }

        super::scalar!($type => Schema { format: Some($format), ..Schema::string() });
    };
}

fn v4(number: u128) -> Option<Ipv4Addr> {
    u32::try_from(number).ok().map(Ipv4Addr::from)
}

address!(Ipv4Addr, "ip_v4_address", "Input is not a valid IPv4 address", "ipv4", v4);
address!(Ipv6Addr, "ip_v6_address", "Input is not a valid IPv6 address", "ipv6", |number| Some(Ipv6Addr::from(number)));
address!(IpAddr, "ip_any_address", "value is not a valid IPv4 or IPv6 address", "ipvanyaddress", |number| {
    Some(v4(number).map_or_else(|| Ipv6Addr::from(number).into(), IpAddr::from))
});
