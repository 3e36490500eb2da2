//! Settings of an app, from the environment and from files.

use std::{collections::BTreeMap, fs};

use versify::{Environment, prelude::*, types::Secret};

use crate::client::get;

#[model]
#[derive(Debug, Clone)]
struct Settings {
    #[field(default = "Awesome API")]
    app_name: String,
    #[field(min_length = 3)]
    admin_email: String,
    #[field(default = 50, ge = 1)]
    items_per_user: u32,
    #[field(default)]
    debug: bool,
    #[field(default)]
    hosts: Vec<String>,
    #[field(default)]
    limits: BTreeMap<String, u32>,
    #[field(default)]
    database: Option<Database>,
    #[field(default, alias = "API_KEY", min_length = 8)]
    key: Option<Secret<String>>,
    #[field(default)]
    level: Option<Level>,
}

#[model]
#[derive(Debug, Clone)]
struct Database {
    host: String,
    port: u16,
}

#[model]
#[derive(Debug, Clone)]
enum Level {
    Low,
    High,
}

const EMAIL: (&str, &str) = ("ADMIN_EMAIL", "ann@example.com");

#[test]
fn variables_are_read_as_what_they_stand_for() {
    for (variable, show, expected) in [
        (("other", "1"), (|s| s.app_name.clone()) as fn(&Settings) -> String, "Awesome API"),
        (("App_Name", " x "), |s| s.app_name.clone(), " x "),
        (("ITEMS_PER_USER", "7"), |s| s.items_per_user.to_string(), "7"),
        (("DEBUG", "yes"), |s| s.debug.to_string(), "true"),
        (("HOSTS", r#"["a", "b"]"#), |s| s.hosts.join(" "), "a b"),
        (("LIMITS", r#"{"a": 1}"#), |s| format!("{:?}", s.limits), r#"{"a": 1}"#),
        (
            ("DATABASE", r#"{"host": "h", "port": "1"}"#),
            |s| format!("{:?}", s.database.as_ref().map(|d| d.port)),
            "Some(1)",
        ),
        (("api_key", "12345678"), |s| s.key.as_ref().unwrap().expose().clone(), "12345678"),
        (("LEVEL", "High"), |s| format!("{:?}", s.level), "Some(High)"),
    ] {
        let settings: Settings = Environment::of([EMAIL, variable]).read().unwrap();
        assert_eq!(show(&settings), expected, "{variable:?}");
    }
}

#[test]
fn all_faults_are_named_and_no_value_is_quoted() {
    for (variables, expected) in [
        (&[][..], &["ADMIN_EMAIL: it is not set, and has no default"][..]),
        (
            &[("ADMIN_EMAIL", "xy"), ("ITEMS_PER_USER", "secret"), ("DEBUG", "secret")],
            &[
                "ADMIN_EMAIL: String should have at least 3 characters",
                "DEBUG: Input should be a valid boolean, unable to interpret input",
                "ITEMS_PER_USER: Input should be a valid integer, unable to parse string as an integer",
            ],
        ),
        (
            &[EMAIL, ("HOSTS", "secret"), ("DATABASE", r#"{"port": 70000}"#), ("API_KEY", "secret")],
            &[
                "API_KEY: String should have at least 8 characters",
                "DATABASE: `host`: Field required",
                "DATABASE: `port`: Input should be less than or equal to 65535",
                "HOSTS: it is a list, a map or an object, which is written as JSON, and this is no JSON",
            ],
        ),
        (&[EMAIL, ("HOSTS", r#"["a", 1]"#)], &["HOSTS: `[1]`: Input should be a valid string"]),
        (&[EMAIL, ("LEVEL", "secret")], &["LEVEL: Input should be 'Low' or 'High'"]),
    ] {
        let error = Environment::of(variables.iter().copied()).read::<Settings>().unwrap_err();
        let faults: Vec<String> = error.faults().iter().map(ToString::to_string).collect();
        assert!(faults.iter().all(|fault| fault.contains("\n   - tests/product/settings.rs:")), "{error}");
        let mut faults: Vec<&str> = faults.iter().filter_map(|fault| fault.lines().next()).collect();
        faults.sort_unstable();
        assert_eq!(faults, expected);
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn files_come_after_the_environment() {
    let directory = tempfile::tempdir().unwrap();
    let (base, local) = (directory.path().join("base.env"), directory.path().join("local.env"));
    let of = |variables: &[(&str, &str)]| {
        let variables: Vec<_> = variables.to_vec();
        Environment::of(variables).prefix("SHOP_").file(&base).file(&local).file(directory.path().join("none.env"))
    };
    fs::write(
        &base,
        "# comment\n\nSHOP_ADMIN_EMAIL=base@example.com\nexport SHOP_APP_NAME=\"Base \\\"app\\\"\"\nSHOP_HOSTS='[\"a\"]'\n\
         SHOP_ITEMS_PER_USER=1\nSHOP_ITEMS_PER_USER=2\n",
    )
    .unwrap();
    fs::write(&local, "shop_admin_email=local@example.com # comment\n").unwrap();
    let settings: Settings = of(&[]).read().unwrap();
    assert_eq!(settings.admin_email, "local@example.com");
    assert_eq!((settings.app_name.as_str(), settings.hosts.len(), settings.items_per_user), ("Base \"app\"", 1, 2));
    let settings: Settings = of(&[("SHOP_ADMIN_EMAIL", "own@example.com")]).read().unwrap();
    assert_eq!(settings.admin_email, "own@example.com");

    // Neither values nor lines are told.
    fs::write(&local, "SHOP_DEBUG=1\nSHOP_KEY=top secret words\n").unwrap();
    let error = of(&[]).read::<Settings>().unwrap_err().to_string();
    assert!(error.contains("local.env: the line after that of `SHOP_DEBUG` cannot be read"), "{error}");
    assert!(!error.contains("secret"), "{error}");
}

#[get("/info")]
async fn info(settings: State<Settings>) -> String {
    settings.admin_email.clone()
}

#[get("/never")]
async fn never(_none: State<BTreeMap<u8, u8>>) {}

#[tokio::test]
async fn an_app_reads_them_at_its_start() {
    let app = |variables: &[(&str, &str)]| {
        let variables: Vec<_> = variables.to_vec();
        App::new("settings", "1").settings::<Settings>(Environment::of(variables)).routes(routes![info])
    };
    let service = app(&[EMAIL]).build().unwrap();
    assert_eq!(get(&service, "/info").await.json(), "ann@example.com");

    // All faults at once, those of the settings and the others; no lifespan has run by then.
    let faulty = app(&[("DEBUG", "x")]).routes(routes![never]).lifespan(async || unreachable!());
    let error = faulty.start().await.unwrap_err();
    let text = error.to_string();
    assert_eq!(error.faults().len(), 3, "{error}");
    for part in ["ADMIN_EMAIL: it is not set", "DEBUG: Input should be", "State<alloc::collections"] {
        assert!(text.contains(part), "{part}: {error}");
    }

    // Those of a test stand in for them, before or after.
    let given: Settings = Environment::of([("admin_email", "test@example.com")]).read().unwrap();
    let after = app(&[]).state(given.clone()).build().unwrap();
    let before = App::new("settings", "1").state(given).settings::<Settings>(Environment::of([EMAIL]));
    for service in [after, before.routes(routes![info]).build().unwrap()] {
        assert_eq!(get(&service, "/info").await.json(), "test@example.com");
    }
}
