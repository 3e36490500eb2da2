//! Conditions and orders.

use super::*;

#[tokio::test]
async fn conditions_that_hold() {
    let (_folder, engine) = engine().await;
    for (text, total) in [
        ("species = 'Adelie'", 152),
        ("sex IS NULL", 11),
        ("sex IS NOT NULL AND NOT (year = 2007)", 230),
        ("bill_length_mm BETWEEN 40 AND 41", 20),
        ("island IN ('Dream', 'Biscoe')", 292),
        ("species LIKE 'G%'", 124),
        ("lower(species) = 'gentoo'", 124),
        ("LENGTH(species) > 6", 68),
        ("species ILIKE '%STRAP'", 68),
        ("body_mass_g / 1000.0 > 6", 2),
        ("CASE WHEN year = 2007 THEN true ELSE false END", 110),
        ("cast(year AS text) = '2008'", 114),
        ("round(bill_length_mm) = 40", 19),
        ("species ~ '^A'", 152),
        ("true", 344),
        ("NULL", 0),
    ] {
        let rows =
            read(&engine, "penguins", &condition(text)).await.unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(rows.total, total, "{text}");
    }
}

#[tokio::test]
async fn conditions_that_are_refused() {
    let (_folder, engine) = engine().await;
    let long = "year = 1 OR ".repeat(1000);
    let nested = format!("{}year = 1{}", "(".repeat(500), ")".repeat(500));
    for (text, expected) in [
        ("", "Expected: an expression, found: EOF"),
        ("year >", "Expected: an expression, found: EOF"),
        ("year = 2007 2008", "found: 2008"),
        ("year = 2007; DROP TABLE dataset", "found: ;"),
        ("year = 2007 AS x", "expected an operator or the end, found `x`"),
        ("'abc", "Unterminated string literal"),
        ("year", "the expression must be true or false for a row, but is a whole number"),
        ("species", "but is text"),
        ("yeer = 2007", "there is no column `yeer`; did you mean `year`?"),
        ("species = \"Adelie\"", "there is no column `Adelie`; text is written in single quotes"),
        ("penguins.year = 2007", "there is no column `penguins.year`"),
        ("EXISTS (SELECT 1)", "an expression cannot have a query in it"),
        ("year IN (SELECT 1)", "an expression cannot have a query in it"),
        ("year = (SELECT max(year) FROM dataset)", "an expression cannot have a query in it"),
        ("year > avg(year)", "`avg` works on many rows"),
        ("row_number() OVER () = 1", "`row_number` works on many rows"),
        ("lower(species) OVER () = 'x'", "`lower` takes arguments in parentheses and nothing more"),
        ("random() > 0.5", "`random` may not be used: its result differs each time"),
        ("uuid() = 'x'", "`uuid` may not be used"),
        ("lowr(species) = 'x'", "there is no function `lowr`; did you mean `lower`?"),
        ("repeat(species, 1000000000) = 'x'", "there is no function `repeat`"),
        ("lpad(species, 1000000000) = 'x'", "there is no function `lpad`"),
        ("read_csv('/etc/passwd') = 'x'", "there is no function `read_csv`"),
        ("pg_sleep(10) = 1", "there is no function `pg_sleep`"),
        ("year = $1", "there is no value for `$1`"),
        ("year = ?", "there is no value for `?`"),
        ("@@version = 'x'", "there is no column `@@version`"),
        ("*", "found: *"),
        ("count(*) > 1", "`count` works on many rows"),
        ("lower(*) = 'x'", "`lower` takes values, not `*`"),
        ("lower() = 'x'", ""),
        ("lower(species, species) = 'x'", ""),
        ("abs(species) > 1", ""),
        ("year + true", ""),
        ("(year, species) = (1, 'a')", "cannot stand in an expression"),
        ("[1, 2] = year", "cannot stand in an expression"),
        ("MATCH (species) AGAINST ('x')", "cannot stand in an expression"),
        ("cast(year AS geometry) = 1", ""),
        (&long, "the expression has more than 8192 bytes"),
        (&nested, "the expression is nested too deeply"),
    ] {
        let found = faults(read(&engine, "penguins", &condition(text)).await);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with("where: ") && found[0].contains(expected), "{text}: {found:?}");
        assert!(!found[0].contains("This issue was likely"), "{text}: {found:?}");
    }
}

/// An overflow of the stack would end the process: on the default stack, the deepest that may pass must pass.
#[tokio::test]
async fn deep_conditions_do_not_overflow_the_stack() {
    let (_folder, engine) = engine().await;
    let deepest = [
        format!("{}year=1", "year=1 OR ".repeat(126)),
        format!("{}1>year", "1+".repeat(125)),
        format!("{}true", "NOT ".repeat(45)),
        format!("{}year > 1", "year+abs(-case when true then 1 end)-".repeat(60)),
    ];
    for text in deepest {
        let result = read(&engine, "penguins", &condition(&text)).await;
        assert!(result.is_ok(), "{text}: {result:?}");
    }
    let deeper = [
        format!("{}year=1", "year=1 OR ".repeat(800)),
        format!("{}1>year", "1+".repeat(4000)),
        format!("{}1>year", "1*".repeat(4000)),
        format!("{}true", "NOT ".repeat(2000)),
        format!("year>{}1", "- ".repeat(4000)),
        format!("year{}>1", "::int".repeat(1600)),
        format!("{}year{}>1", "abs(".repeat(1000), ")".repeat(1000)),
        format!("{}true{}", "CASE WHEN ".repeat(300), " THEN true END".repeat(300)),
        format!("true{}", " IS TRUE".repeat(1000)),
        format!("year{}=1", "[1]".repeat(2000)),
        format!("{}year > 1", "year IN (".repeat(800)),
    ];
    for text in deeper {
        let found = faults(read(&engine, "penguins", &condition(&text)).await);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[tokio::test]
async fn conditions_that_fail_on_the_data() {
    let (_folder, engine) = engine().await;
    for text in ["1 / (year - 2007) > 0", "cast(species AS int) = 1", "species > 5", "cast('x' AS int) = year"] {
        let error = read(&engine, "penguins", &condition(text)).await.unwrap_err();
        assert!(matches!(error, Error::Evaluation { .. } | Error::Invalid(_)), "{text}: {error:?}");
    }
}

#[tokio::test]
async fn every_fault_of_a_query() {
    let (_folder, engine) = engine().await;
    let query = page(&["year", "specie", "year"], "yeer > 1 AND sexx = 'male'", &["-mass", "sex", "-sex"], 1, 0);
    assert_eq!(
        faults(read(&engine, "penguins", &query).await),
        [
            "where: there is no column `yeer`; did you mean `year`?",
            "where: there is no column `sexx`; did you mean `sex`?",
            "order_by[0]: there is no column `mass`; the columns are species, island, bill_length_mm, bill_depth_mm, \
             flipper_length_mm, body_mass_g, sex, year",
            "order_by[2]: `sex` occurs twice",
            "select[1]: there is no column `specie`; did you mean `species`?",
            "select[2]: `year` occurs twice",
        ]
    );
}
