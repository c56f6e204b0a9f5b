//! What is wrong in a Pabulib file, in the reader's language.

use parvis_budgeting::pb::{PbError, Reason};
use parvis_budgeting::{BallotError, DecimalError, ElectionError};
use parvis_core::FieldErrors;

use super::{Refused, Unheld};

type Args = Vec<(&'static str, String)>;

/// Says beside the field `file` what is wrong in it, and at which line.
pub(crate) fn add(errors: &mut FieldErrors, refused: &Refused) {
    match refused {
        Refused::File { source, .. } => at(errors, source),
        Refused::Whole { reason: Unheld::Cents(name, value), .. } => {
            let args = vec![("name", name.clone()), ("value", value.clone())];
            errors.add_with("file", "budget-pb-cents", args);
        }
        Refused::Whole { .. } | Refused::Civic(_) => errors.add("file", "budget-pb-refused"),
    }
}

/// Says beside the field `file` what is wrong at a line of it.
pub(crate) fn at(errors: &mut FieldErrors, error: &PbError) {
    let (key, mut args) = said(&error.reason);
    args.push(("line", error.line.to_string()));
    errors.add_with("file", key, args);
}

fn said(reason: &Reason) -> (&'static str, Args) {
    match reason {
        Reason::Gzip(_) => ("budget-pb-gzip", vec![]),
        Reason::TooLong(_) => ("budget-pb-long", vec![]),
        Reason::NotText => ("budget-pb-not-text", vec![]),
        Reason::Empty => ("budget-pb-empty", vec![]),
        Reason::NoSection => ("budget-pb-no-section", vec![]),
        Reason::SectionTwice(name) => ("budget-pb-section-twice", vec![("name", (*name).into())]),
        Reason::SectionMissing(name) => ("budget-pb-section-missing", vec![("name", (*name).into())]),
        Reason::NoHeader(name) => ("budget-pb-no-header", vec![("name", (*name).into())]),
        Reason::NoColumn { section, column } => {
            ("budget-pb-no-column", vec![("name", (*section).into()), ("column", (*column).into())])
        }
        Reason::ColumnTwice(name) => ("budget-pb-column-twice", vec![("name", name.clone())]),
        Reason::TooManyFields(fields, columns) => {
            ("budget-pb-fields", vec![("fields", fields.to_string()), ("columns", columns.to_string())])
        }
        Reason::OpenQuote => ("budget-pb-quote", vec![]),
        Reason::KeyTwice(name) => ("budget-pb-key-twice", vec![("name", name.clone())]),
        Reason::KeyMissing(name) => ("budget-pb-key-missing", vec![("name", (*name).into())]),
        Reason::Number { field, source } => number(field, source),
        Reason::NotWhole { field, value } => {
            ("budget-pb-not-whole", vec![("name", field.clone()), ("value", value.clone())])
        }
        Reason::Election(source) => election(source),
        Reason::VoterTwice(voter) => ("budget-pb-voter-twice", vec![("name", voter.clone())]),
        Reason::NoVoter => ("budget-pb-no-voter", vec![]),
        Reason::Ballot { voter, source: BallotError::UnknownProject(id) } => {
            ("budget-pb-ballot-project", vec![("name", voter.clone()), ("value", id.clone())])
        }
        Reason::Ballot { voter, .. } => ("budget-pb-ballot", vec![("name", voter.clone())]),
        _ => ("budget-pb-other", vec![]),
    }
}

fn number(field: &str, error: &DecimalError) -> (&'static str, Args) {
    let (key, value) = match error {
        DecimalError::Unreadable(value) => ("budget-pb-number", value),
        DecimalError::TooPrecise(value) => ("budget-pb-precise", value),
        DecimalError::TooLarge(value) => ("budget-pb-large", value),
    };
    (key, vec![("name", field.to_owned()), ("value", value.clone())])
}

fn election(error: &ElectionError) -> (&'static str, Args) {
    match error {
        ElectionError::UnknownKind(kind) => ("budget-pb-kind", vec![("value", kind.clone())]),
        ElectionError::DuplicateProject(id) => ("budget-pb-project-twice", vec![("name", id.clone())]),
        ElectionError::EmptyId => ("budget-pb-project-no-id", vec![]),
        ElectionError::NegativeCost(id, cost) => {
            ("budget-pb-cost", vec![("name", id.clone()), ("value", cost.to_string())])
        }
        ElectionError::NegativeBudget(amount) => {
            ("budget-pb-negative-budget", vec![("value", amount.to_string())])
        }
        ElectionError::TooLarge(amount) => ("budget-pb-amount", vec![("value", amount.clone())]),
        ElectionError::TooMany(most) => ("budget-pb-many", vec![("value", most.to_string())]),
    }
}
