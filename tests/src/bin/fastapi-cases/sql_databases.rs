use super::Case;

pub const CASES: &[Case] = &[("sql_databases.tutorial002", tutorial002::app)];

mod tutorial002 {
    use sqlx::{
        FromRow, Row, Sqlite, SqlitePool,
        pool::PoolConnection,
        sqlite::{SqlitePoolOptions, SqliteRow},
    };
    use versify::{
        Lifespan,
        prelude::*,
        tokio::sync::{Mutex, MutexGuard},
    };

    #[model]
    struct HeroBase {
        name: String,
        age: Option<i64>,
    }

    /// A row of the table.
    struct Hero {
        id: i64,
        base: HeroBase,
        secret_name: String,
    }

    impl FromRow<'_, SqliteRow> for Hero {
        fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
            let base = HeroBase { name: row.try_get("name")?, age: row.try_get("age")? };
            Ok(Self { id: row.try_get("id")?, base, secret_name: row.try_get("secret_name")? })
        }
    }

    #[model]
    struct HeroPublic {
        #[field(flatten)]
        base: HeroBase,
        id: i64,
    }

    impl From<Hero> for HeroPublic {
        fn from(hero: Hero) -> Self {
            Self { base: hero.base, id: hero.id }
        }
    }

    #[model]
    struct HeroCreate {
        #[field(flatten)]
        base: HeroBase,
        secret_name: String,
    }

    #[model]
    struct HeroUpdate {
        name: Option<String>,
        age: Patch<Option<i64>>,
        secret_name: Option<String>,
    }

    /// A connection of the request's own, which goes back to the pool after the answer.
    struct Session(Mutex<PoolConnection<Sqlite>>);

    impl Session {
        async fn connection(&self) -> MutexGuard<'_, PoolConnection<Sqlite>> {
            self.0.lock().await
        }

        async fn get(&self, hero_id: i64) -> Result<Hero> {
            let hero = sqlx::query_as("SELECT * FROM hero WHERE id = ?").bind(hero_id);
            let hero = hero.fetch_optional(&mut **self.connection().await).await?;
            hero.ok_or_else(|| HttpError::new(404, "Hero not found"))
        }
    }

    #[dependency]
    async fn get_session(engine: State<SqlitePool>) -> Result<Session> {
        Ok(Session(Mutex::new(engine.acquire().await?)))
    }

    #[post("/heroes/")]
    async fn create_hero(hero: HeroCreate, session: Depends<get_session>) -> Result<HeroPublic> {
        let insert =
            sqlx::query_as::<_, Hero>("INSERT INTO hero (name, age, secret_name) VALUES (?, ?, ?) RETURNING *")
                .bind(hero.base.name)
                .bind(hero.base.age)
                .bind(hero.secret_name);
        Ok(insert.fetch_one(&mut **session.connection().await).await?.into())
    }

    #[get("/heroes/")]
    async fn read_heroes(
        session: Depends<get_session>,
        #[query(default = 0)] offset: i64,
        #[query(default = 100, le = 100)] limit: i64,
    ) -> Result<Vec<HeroPublic>> {
        let heroes = sqlx::query_as::<_, Hero>("SELECT * FROM hero LIMIT ? OFFSET ?").bind(limit).bind(offset);
        let heroes = heroes.fetch_all(&mut **session.connection().await).await?;
        Ok(heroes.into_iter().map(HeroPublic::from).collect())
    }

    #[get("/heroes/{hero_id}")]
    async fn read_hero(hero_id: i64, session: Depends<get_session>) -> Result<HeroPublic> {
        Ok(session.get(hero_id).await?.into())
    }

    #[patch("/heroes/{hero_id}")]
    async fn update_hero(hero_id: i64, hero: HeroUpdate, session: Depends<get_session>) -> Result<HeroPublic> {
        let mut hero_db = session.get(hero_id).await?;
        hero.age.apply(&mut hero_db.base.age);
        let update =
            sqlx::query_as::<_, Hero>("UPDATE hero SET name = ?, age = ?, secret_name = ? WHERE id = ? RETURNING *")
                .bind(hero.name.unwrap_or(hero_db.base.name))
                .bind(hero_db.base.age)
                .bind(hero.secret_name.unwrap_or(hero_db.secret_name))
                .bind(hero_id);
        Ok(update.fetch_one(&mut **session.connection().await).await?.into())
    }

    #[delete("/heroes/{hero_id}")]
    async fn delete_hero(hero_id: i64, session: Depends<get_session>) -> Result<Value> {
        let hero = session.get(hero_id).await?;
        let delete = sqlx::query("DELETE FROM hero WHERE id = ?").bind(hero.id);
        delete.execute(&mut **session.connection().await).await?;
        Ok(json!({"ok": true}))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0")
            .routes(routes![create_hero, read_heroes, read_hero, update_hero, delete_hero])
            .lifespan(async || {
                // One connection: each has a database in memory of its own.
                let engine = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
                sqlx::query("CREATE TABLE hero (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, secret_name TEXT NOT NULL)")
                    .execute(&engine)
                    .await?;
                Ok(Lifespan::new().state(engine.clone()).on_stop(async move || engine.close().await))
            })
    }
}
