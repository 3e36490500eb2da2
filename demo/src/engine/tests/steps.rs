//! Transforms.

use super::*;

#[tokio::test]
async fn aggregates_of_the_penguins() {
    use AggregateFunction::{Count, CountDistinct, Max, Mean, Median, Min, Std, Sum};
    let (_folder, engine) = engine().await;
    let values = vec![
        aggregate("", Count),
        aggregate("sex", Count),
        aggregate("island", CountDistinct),
        aggregate("body_mass_g", Sum),
        Aggregate { alias: Some("mean mass".into()), ..aggregate("body_mass_g", Mean) },
        aggregate("bill_length_mm", Min),
        aggregate("island", Max),
        aggregate("flipper_length_mm", Median),
        aggregate("bill_depth_mm", Std),
    ];
    let rows = preview(&engine, "penguins", &[group(&["species"], values)], 10).await.unwrap();
    assert_eq!(rows.total, 3);
    let mut records = json(&rows);
    let close = |value: &mut Value, expected: f64| {
        let found = value.take().as_f64().unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    };
    let (means, deviations) = (
        [3700.662251655629, 3733.0882352941176, 5076.016260162602],
        [1.2166497625001254, 1.1353951016604091, 0.9812197595068879],
    );
    for (index, record) in records.as_array_mut().unwrap().iter_mut().enumerate() {
        close(&mut record["mean mass"], means[index]);
        close(&mut record["std_bill_depth_mm"], deviations[index]);
    }
    assert_eq!(
        records,
        json!([
            {"species": "Adelie", "count": 152, "count_sex": 146, "count_distinct_island": 3, "sum_body_mass_g": 558800,
             "mean mass": null, "min_bill_length_mm": 32.1, "max_island": "Torgersen",
             "median_flipper_length_mm": 190.0, "std_bill_depth_mm": null},
            {"species": "Chinstrap", "count": 68, "count_sex": 68, "count_distinct_island": 1, "sum_body_mass_g": 253850,
             "mean mass": null, "min_bill_length_mm": 40.9, "max_island": "Dream",
             "median_flipper_length_mm": 196.0, "std_bill_depth_mm": null},
            {"species": "Gentoo", "count": 124, "count_sex": 119, "count_distinct_island": 1, "sum_body_mass_g": 624350,
             "mean mass": null, "min_bill_length_mm": 40.9, "max_island": "Biscoe",
             "median_flipper_length_mm": 216.0, "std_bill_depth_mm": null},
        ])
    );
}

#[tokio::test]
async fn steps_build_on_each_other() {
    let (_folder, engine) = engine().await;
    let steps = [
        filter("body_mass_g IS NOT NULL"),
        group(&["island", "species"], vec![aggregate("body_mass_g", AggregateFunction::Max)]),
        filter("max_body_mass_g < 5000"),
        sort(&["-max_body_mass_g"]),
        select(&["species", "max_body_mass_g"]),
    ];
    let rows = preview(&engine, "penguins", &steps, 2).await.unwrap();
    assert_eq!((rows.total, rows.rows.len()), (4, 2));
    assert_eq!(
        json(&rows),
        json!([{"species": "Chinstrap", "max_body_mass_g": 4800}, {"species": "Adelie", "max_body_mass_g": 4775}])
    );

    let rows = preview(&engine, "penguins", &[sort(&["year"]), sort(&["-sex"]), select(&["sex"])], 1).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (344, json!([{"sex": "male"}])));
    let names: Vec<_> = rows.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["sex"]);

    let rows = preview(&engine, "penguins", &[], 2).await.unwrap();
    assert_eq!((rows.total, rows.rows.len(), rows.columns.len()), (344, 2, 8));
    let rows = preview(&engine, "penguins", &[group(&["species"], vec![])], 2).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (3, json!([{"species": "Adelie"}, {"species": "Chinstrap"}])));
    let all = group(&[], vec![aggregate("", AggregateFunction::Count)]);
    let rows = preview(&engine, "penguins", &[filter("year > 3000"), all], 2).await.unwrap();
    assert_eq!((rows.total, json(&rows)), (1, json!([{"count": 0}])));
}

#[tokio::test]
async fn every_fault_of_the_steps_and_none_twice() {
    use AggregateFunction::{Count, Mean, Sum};
    let (_folder, engine) = engine().await;
    let named = |alias: &str, aggregate: Aggregate| Aggregate { alias: Some(alias.into()), ..aggregate };
    let cases = [
        (vec![select(&[])], vec!["steps[0].columns: name at least one column"]),
        (vec![sort(&[])], vec!["steps[0].by: name at least one column"]),
        (vec![group(&[], vec![])], vec!["steps[0]: name columns to group by, or values to compute, or both"]),
        (
            vec![select(&["species", "year"]), filter("sex = 'male'"), sort(&["-island", "year"])],
            vec![
                "steps[1].where: there is no column `sex`; the columns are species, year",
                "steps[2].by[0].column: there is no column `island`; the columns are species, year",
            ],
        ),
        (
            // What a fault leaves open is no fault again.
            vec![select(&["speces", "year"]), filter("speces = 'x'"), sort(&["speces"]), select(&["speces", "yeer"])],
            vec![
                "steps[0].columns[0]: there is no column `speces`; did you mean `species`?",
                "steps[3].columns[1]: there is no column `yeer`; did you mean `year`?",
            ],
        ),
        (
            vec![
                group(
                    &["speces", "island", "island"],
                    vec![
                        aggregate("species", Mean),
                        aggregate("", Sum),
                        aggregate("mass", Mean),
                        named("island", aggregate("", Count)),
                        named("", aggregate("", Count)),
                        aggregate("year", Sum),
                        named("sum_year", aggregate("", Count)),
                    ],
                ),
                filter("mean_mass > 1 AND speces = 'x'"),
                filter("sum_year"),
            ],
            vec![
                "steps[0].group_by[0]: there is no column `speces`; did you mean `species`?",
                "steps[0].group_by[2]: `island` occurs twice",
                "steps[0].aggregates[0].function: `mean` does not work on `species`, which is text: it needs numbers",
                "steps[0].aggregates[1].column: this function needs a column",
                "steps[0].aggregates[2].column: there is no column `mass`; the columns are species, island, \
                 bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex, year",
                "steps[0].aggregates[3].alias: `island` occurs twice",
                "steps[0].aggregates[4].alias: the column needs a name",
                "steps[0].aggregates[6].alias: `sum_year` occurs twice",
                "steps[2].where: the expression must be true or false for a row, but is a whole number",
            ],
        ),
        (
            vec![group(&["speces"], vec![]), filter("speces = 'x'"), group(&["yeer"], vec![])],
            vec![
                "steps[0].group_by[0]: there is no column `speces`; did you mean `species`?",
                "steps[2].group_by[0]: there is no column `yeer`",
            ],
        ),
        (vec![filter("true"); 101], vec!["steps: at most 100 steps"]),
    ];
    for (steps, expected) in cases {
        assert_eq!(faults(preview(&engine, "penguins", &steps, 1).await), expected);
    }
    let segments = match preview(&engine, "penguins", &[select(&["x"])], 1).await {
        Err(Error::Invalid(faults)) => faults[0].at.segments().to_vec(),
        other => panic!("{other:?}"),
    };
    use Segment::{Index, Key};
    assert_eq!(segments, [Key("steps".into()), Index(0), Key("columns".into()), Index(0)]);
}
