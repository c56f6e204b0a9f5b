use parvis_store::{Store, boxed, db_test};

use crate::model::{Act, act};
use crate::store;

#[test]
fn the_button_follows_the_phase() {
    assert_eq!(act(false, false), None);
    assert_eq!(act(false, true), None);
    assert_eq!(act(true, false), Some(Act::Support));
    assert_eq!(act(true, true), Some(Act::TakeBack));
}

#[db_test(migrations = [parvis_civic::MIGRATIONS, crate::MIGRATIONS])]
async fn nobody_supports_at_first(db: Store) {
    let count = db.read(|tx| boxed(async move { store::count(tx, 1).await })).await.unwrap();
    assert_eq!(count, 0);
}
