//! What the engine plans does not turn bad when a table grows after the program was once ended and started again.

use parvis_store::{Error, Migrations, Options, Store, Target, boxed, p};

const T: Migrations = Migrations {
    set: "t",
    steps: &[(
        "001",
        "create table person (id {pk}, name text not null);
         create table ticket (hash text primary key, person bigint not null references person (id));",
    )],
};

#[tokio::test]
async fn figures_of_a_small_table_do_not_outlive_it() {
    let folder = tempfile::tempdir().unwrap();
    let place: Target = folder.path().to_str().unwrap().parse().unwrap();
    let db = Store::open(&place, Options::default()).await.unwrap();
    db.migrate(&[T], None).await.unwrap();
    let person = "insert into person (name) values ($1) returning id";
    db.write(move |tx| boxed(async move { tx.insert(person, &p!["first"]).await })).await.map(drop).unwrap();
    db.close().await;

    let db = Store::open(&place, Options::default()).await.unwrap();
    let plan: Result<Vec<String>, Error> = db
        .write(move |tx| {
            boxed(async move {
                for n in 0..2000 {
                    tx.insert(person, &p![format!("person {n}")]).await?;
                }
                let rows = tx
                    .query(
                        "explain query plan select p.name from ticket t join person p on p.id = t.person
                         where t.hash = $1",
                        &p!["x"],
                    )
                    .await?;
                rows.iter().map(|row| row.get("detail")).collect()
            })
        })
        .await;
    let plan = plan.unwrap();
    assert!(!plan.is_empty() && plan.iter().all(|step| !step.starts_with("SCAN")), "{plan:?}");
    db.close().await;
}
