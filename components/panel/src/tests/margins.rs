//! Margins read from the tables of statistics offices, as a clerk sends them.

use parvis_core::testing;
use parvis_store::{Store, db_test};
use parvis_testkit::{Actor, Answer};

use super::{ADMIN, Town};

/// What is said after an act.
const FLASH: &str = ".flash p";

impl Town {
    /// Sends a table, with the other fields of the form.
    async fn table(&self, who: &Actor, table: &[u8], fields: &[(&str, &str)]) -> Answer {
        let file = [("file", "table.csv", "text/csv", table)];
        who.upload(&format!("{ADMIN}/categories/margins"), fields, &file).await
    }

    /// What the page of criteria says, one line a criterion.
    async fn criteria(&self, who: &Actor) -> Vec<String> {
        who.get(&format!("{ADMIN}/categories")).await.select("main .items li p")
    }
}

#[db_test]
async fn a_table_of_other_values_replaces_them_and_says_so(db: Store) {
    let town = Town::new(db).await;
    let france = "age,csp,population\n15-19,Cadres,30\n20-24,Ouvriers,40\n25 et plus,Ouvriers,130\n";
    town.table(&town.editor, france.as_bytes(), &[]).await.assert_status(303);
    let editor = &town.editor;
    town.rules(&[]).await.assert_status(303);
    editor.post(&format!("{ADMIN}/quotas"), &[("propose", "on")]).await.assert_status(303);

    // The same values: new figures, and the quotas stay.
    let again = "age,population\n25 et plus,100\n15-19,50\n20-24,50\n";
    town.table(editor, again.as_bytes(), &[]).await.assert_status(303);
    editor.get(&format!("{ADMIN}/categories")).await.assert_says("population de 200 personnes");
    editor.get(&format!("{ADMIN}/quotas")).await.assert_says("| 2");

    // Other values: they replace, and nothing of the first table is left.
    let county = "dep,age,population\n35,0-19,250\n35,20-24,100\n35,25 et plus,650\n35,60+,82\n";
    let sent = town.table(editor, county.as_bytes(), &[]).await;
    sent.assert_status(303);
    let page = editor.get(&format!("{ADMIN}/categories")).await;
    assert_eq!(
        page.select(FLASH),
        [
            "C’est enregistré. Les 3 valeurs de « age » ont été remplacées par celles du tableau : vérifiez les quotas."
        ]
    );
    assert_eq!(
        page.select("main .items li p"),
        ["4 valeurs, population de 1 082 personnes", "2 valeurs, population de 200 personnes"]
    );
    let quotas = editor.get(&format!("{ADMIN}/quotas")).await;
    let text = quotas.text();
    assert!(text.contains("0-19") && !text.contains("15-19"), "{text}");
    let english = town.site.editor().await.locale(parvis_core::Locale::En);
    town.table(&english, b"age,population\n18-39,3\n40+,4\n", &[]).await.assert_status(303);
    let page = english.get(&format!("{ADMIN}/categories")).await;
    assert_eq!(
        page.select(FLASH),
        ["Saved. The 4 values of “age” were replaced by those of the table: check the quotas."]
    );
}

#[db_test]
async fn a_value_that_volunteers_gave_is_not_replaced(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    town.volunteers(1, 1).await;
    let before = town.criteria(&town.editor).await;
    let refused =
        town.table(&town.editor, "Âge,population\n18-39,3\n40 ans et plus,4\n".as_bytes(), &[]).await;
    refused.assert_status(409);
    let error = refused.field_error("file").expect("beside the file");
    assert!(error.contains("« moins de 40 ans »") && error.contains("retirez d’abord"), "{error}");
    assert_eq!(town.criteria(&town.editor).await, before);
}

#[db_test]
async fn two_tables_of_insee_are_never_mixed(db: Store) {
    let Some(folder) = testing::data("11-territory/insee-marges") else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let town = Town::new(db).await;
    let france = read("pop6_age_csp_france_metropolitaine_rp2020.csv");
    town.table(&town.editor, &france, &[("columns", "age")]).await.assert_status(303);
    let county = read("population_departement_sexe_age5.csv");
    let fields = [("columns", "age"), ("only", "dep=35")];
    town.table(&town.editor, &county, &fields).await.assert_status(303);
    assert_eq!(town.criteria(&town.editor).await, ["5 valeurs, population de 1 082 073 personnes"]);
}

#[db_test]
async fn single_years_of_age_are_put_in_the_bands_that_the_clerk_chooses(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let form = editor.get(&format!("{ADMIN}/categories")).await;
    assert_eq!(form.value("bands").as_deref(), Some("18-24, 25-34, 35-49, 50-64, 65+"));
    let line = |n: u32| format!("{n};1;2;3\n");
    let lines: String = (0..100).map(line).collect();
    let table = format!("âge révolu;hommes;femmes;ensemble\n{lines}100 ou plus;10;20;30\n");

    town.rules(&[]).await.assert_status(303);

    // The bands of the form: those under 18 are left out of every criterion, and it is said.
    let fields = [("bands", "18-24, 25-34, 35-49, 50-64, 65+")];
    town.table(editor, table.as_bytes(), &fields).await.assert_status(303);
    let page = editor.get(&format!("{ADMIN}/categories")).await;
    assert_eq!(
        page.select(FLASH),
        ["C’est enregistré. 54 personnes laissées de côté, hors des tranches d’âge (0-17 ans)."]
    );
    assert_eq!(
        page.select("main .items li p"),
        ["5 valeurs, population de 276 personnes", "2 valeurs, population de 276 personnes"]
    );
    let quotas = editor.get(&format!("{ADMIN}/quotas")).await;
    quotas.assert_says("65 et plus").assert_says("Femme");
    let english = town.site.editor().await.locale(parvis_core::Locale::En);
    english.get(&format!("{ADMIN}/quotas")).await.assert_says("65 and over").assert_says("Woman");

    // Other bands.
    town.table(&english, table.as_bytes(), &[("bands", "16-64, 65 and over")]).await.assert_status(303);
    let page = english.get(&format!("{ADMIN}/categories")).await;
    assert!(page.select(FLASH)[0].ends_with("48 people are left out, in no age band (aged 0-15)."));

    // What is wrong stands beside its field, and nothing changes.
    let before = town.criteria(editor).await;
    let wrong = async |bands: &str, table: &str| -> Answer {
        let sent = town.table(editor, table.as_bytes(), &[("bands", bands)]).await;
        sent.assert_status(422);
        sent
    };
    let said = wrong("18-30, 30-60", &table).await.field_error("bands").unwrap();
    assert!(said.contains("« 30-60 »"), "{said}");
    let said = wrong("18-64, 65-110", &table).await.field_error("bands").unwrap();
    assert!(said.contains("« 100 ou plus »"), "{said}");
    let off = table.replace("100 ou plus;10;20;30", "100 ou plus;10;20;31");
    wrong("18+", &off).await.assert_says("20 + 10 = 30 ≠ 31.");
    assert_eq!(town.criteria(editor).await, before);
}

#[db_test]
async fn the_communes_of_a_county_make_strata(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let commune = |n: u32| {
        let population = if n == 1 { 60_000 } else { n * 10 };
        format!(
            "{{\"code\":\"35{n:03}\",\"nom\":\"C{n}\",\"type\":\"commune-actuelle\",\"departement\":\"35\",\"population\":{population}}}"
        )
    };
    let all: Vec<String> = (1..=332).map(commune).collect();
    let list = format!(
        "[\n{},\n{{\"code\":\"98412\",\"nom\":\"Kerguelen\",\"type\":\"commune-actuelle\"}}\n]\n",
        all.join(",\n")
    );

    town.rules(&[]).await.assert_status(303);

    // One value each is too many: beside the choice, with what to do.
    let sent = town.table(editor, list.as_bytes(), &[("territory", "35")]).await;
    let said = sent.assert_status(422).field_error("group").unwrap();
    assert!(said.contains("332 valeurs") && said.contains("groupez"), "{said}");
    assert_eq!(sent.value("territory").as_deref(), Some("35"), "what was written stays");

    let fields = [("territory", "35"), ("group", "size"), ("sizes", "2000; 10000; 50000")];
    town.table(editor, list.as_bytes(), &fields).await.assert_status(303);
    assert_eq!(town.criteria(editor).await, ["3 valeurs, population de 612 770 personnes"]);
    let quotas = editor.get(&format!("{ADMIN}/quotas")).await;
    quotas.assert_says("Taille de la commune").assert_says("moins de 2 000 habitants");
    let english = town.site.editor().await.locale(parvis_core::Locale::En);
    let quotas = english.get(&format!("{ADMIN}/quotas")).await;
    quotas.assert_says("Size of the municipality").assert_says("50,000 inhabitants or more");

    // All of them: the place without people is said.
    town.table(editor, list.as_bytes(), &[("group", "size"), ("sizes", "2000; 10000; 50000")]).await;
    let page = editor.get(&format!("{ADMIN}/categories")).await;
    assert_eq!(page.select(FLASH), ["C’est enregistré. Une commune sans population est laissée de côté."]);

    let wrong = async |fields: &[(&str, &str)], field: &str| -> String {
        let sent = town.table(editor, list.as_bytes(), fields).await;
        sent.assert_status(422).field_error(field).expect("beside its field")
    };
    assert!(wrong(&[("territory", "35, 99")], "territory").await.contains("99"));
    assert!(wrong(&[("group", "epci")], "group").await.contains("epci.json"));
    assert!(wrong(&[("sizes", "5000; 2000")], "sizes").await.contains("plus grand que le précédent"));
    let broken = list.replacen("\"population\":20}", "\"population\":\"?\"}", 1);
    let sent = town.table(editor, broken.as_bytes(), &[("group", "size")]).await;
    sent.assert_status(422).assert_says("Ligne 3 : Il manque un code, un nom, ou la population");
}
