//! The process and the consultation in which imported texts are put.

use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_civic::{Error, text};
use parvis_core::{Localized, Millis};
use parvis_store::Tx;

use super::parse::Batch;
use super::store::Place;
use crate::model::{self, Rules};
use crate::store;

/// Whether the texts come from the consultation of 2015 on the bill for a Digital Republic.
pub(super) fn is_digital_republic(origin: &str) -> bool {
    origin == "republique-numerique.fr" || origin.ends_with(".republique-numerique.fr")
}

/// 26 September 2015, midnight in Paris.
const FIRST: Millis = 1_443_218_400_000;
/// 19 October 2015, midnight in Paris: the end of 18 October.
const END: Millis = 1_445_205_600_000;

/// Makes and publishes the process and its consultation, without any text yet.
pub(super) async fn create(
    tx: &mut Tx<'_>,
    now: Millis,
    batch: &Batch,
    title: Option<&str>,
) -> Result<Place, Error> {
    let known = is_digital_republic(&batch.origin);
    let (first, last) = batch.span.unwrap_or((now, now));
    let whole_days = (first.div_euclid(DAY) * DAY, (last.div_euclid(DAY) + 1) * DAY);
    let is_whole = first >= FIRST && last < END;
    let (starts_at, ends_at) = if known && is_whole { (FIRST, END) } else { whole_days };
    let mut draft = if known { digital_republic(ends_at) } else { unknown(&batch.origin, ends_at) };
    if let Some(title) = title.map(str::trim).filter(|t| !t.is_empty()) {
        draft.title = Localized::new(title, title);
    }
    let process = process::create(tx, now, &draft).await?;
    let phase = PhaseDraft {
        title: Localized::new("Consultation", "Consultation"),
        description: Localized::default(),
        starts_at,
        ends_at,
    };
    let phase = process::add_phase(tx, now, process.id, &phase).await?;
    let title = Localized::new("Consultation", "Consultation");
    let activity = process::add_activity(tx, now, process.id, model::NAME, &title, Some(phase)).await?;
    store::set_rules(tx, activity.id, &Rules::default().to_json()).await?;
    process::publish(tx, now, process.id).await?;
    process::publish_activity(tx, now, activity.id).await?;
    Ok(Place { activity: activity.id, ..Place::default() })
}

fn duplicates() -> Localized {
    Localized::new(
        "Une personne vote une fois sur chaque texte, et peut écrire plusieurs arguments et propositions. \
         Règle de la plateforme d’origine, que l’import ne peut pas vérifier : les votes individuels n’ont pas été publiés.",
        "One person votes once on each text, and may write several arguments and proposals. It was the rule of \
         the original platform, which the import cannot check: individual votes were not published.",
    )
}

fn method() -> Localized {
    Localized::new(
        "Cette démarche a eu lieu ailleurs. Ses textes, arguments, sources et dates ont été importés de fichiers publics. \
         Les votes individuels n’ont jamais été publiés : seuls les totaux sont repris, toujours présentés comme \
         **votes importés** et jamais mêlés aux votes exprimés ici. Les auteurs sont désignés par un pseudonyme. \
         La date de réponse affichée est inscrite par l’import : les fichiers n’en donnent pas.",
        "This process was held elsewhere. Its texts, arguments, sources and dates were imported from public files. \
         Individual votes were never published: only totals are shown, always as **imported votes**, never mixed with \
         votes cast here. Authors are named by a pseudonym. The date of the answer was set by the import: the files give none.",
    )
}

fn digital_republic(ends_at: Millis) -> ProcessDraft {
    ProcessDraft {
        title: Localized::new(
            "Projet de loi pour une République numérique (2015)",
            "Bill for a Digital Republic (2015)",
        ),
        summary: Localized::new(
            "Du 26 septembre au 18 octobre 2015, chacun a pu voter, argumenter et proposer sur l’avant-projet de loi.",
            "From 26 September to 18 October 2015, everyone could vote, argue and propose on the draft bill.",
        ),
        description: Localized::new(
            "Le Gouvernement a soumis trente articles à la consultation, avant l’examen du projet au Parlement. \
             Les textes présentés ici sont ceux du dernier jour de la consultation.",
            "The Government put thirty articles to consultation, before Parliament examined the bill. The texts shown \
             here are those of the last day of the consultation.",
        ),
        object: Localized::new(
            "Recueillir les avis sur l’avant-projet de loi pour une République numérique, article par article, et des \
             propositions de nouveaux articles. La décision appartenait au Gouvernement, puis au Parlement.",
            "To gather opinions on the draft bill for a Digital Republic, article by article, and proposals of new \
             articles. The decision belonged to the Government, then to Parliament.",
        ),
        perimeter: Localized::new("Toute personne, sans condition.", "Everyone, without condition."),
        duplicates_rule: duplicates(),
        method_note: method(),
        organiser: Localized::new(
            "Gouvernement de la République française",
            "Government of the French Republic",
        ),
        preset: "open".into(),
        answer_due_at: Some(ends_at + 90 * DAY),
    }
}

fn unknown(origin: &str, ends_at: Millis) -> ProcessDraft {
    let slug = text::slug(origin);
    let from = if slug == "file" { String::new() } else { format!(" ({origin})") };
    ProcessDraft {
        title: Localized::new(format!("Consultation importée{from}"), format!("Imported consultation{from}")),
        summary: Localized::new(
            "Une consultation tenue ailleurs, importée avec ses textes, ses arguments et ses totaux.",
            "A consultation held elsewhere, imported with its texts, its arguments and its totals.",
        ),
        object: Localized::new(
            "Présenter les textes et les avis d’une consultation terminée. Rien n’y est plus décidé.",
            "To show the texts and the opinions of a consultation that is over. Nothing more is decided in it.",
        ),
        perimeter: Localized::new(
            "Celui de la consultation d’origine.",
            "That of the original consultation.",
        ),
        duplicates_rule: duplicates(),
        method_note: method(),
        preset: "open".into(),
        answer_due_at: Some(ends_at + 90 * DAY),
        ..ProcessDraft::default()
    }
}
