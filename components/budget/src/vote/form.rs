//! From the fields of a form to a ballot.

use std::collections::BTreeMap;

use parvis_budgeting::Decimal;
use parvis_web::Fields;

use super::choice::{Ballot, Choices, Mistake, mistakes};
use super::sealed::{Content, Envelope};
use crate::model::Face;

/// The field in which a person says which district is theirs.
pub(crate) const DISTRICT: &str = "district";

/// What was sent, as a ballot, and every mistake in it.
pub(crate) fn read(content: &Content, sent: &Fields) -> (Ballot, Vec<Mistake>) {
    let mut reader = Reader { content, sent, wrong: vec![] };
    let mut ballot = Ballot::default();
    reader.unknown();
    let mut filled: Vec<(&Envelope, Choices)> = vec![];
    for envelope in &content.envelopes {
        let choices = reader.choices(envelope);
        if content.is_for_all(envelope) {
            ballot.0.insert(envelope.id.to_string(), choices);
        } else {
            filled.push((envelope, choices));
        }
    }
    let chosen = chosen(content, sent);
    if sent.has(DISTRICT) && sent.get(DISTRICT) != "none" && chosen.is_none() {
        reader.add(None, "budget-wrong-district", vec![]);
    }
    let touched: Vec<i64> = filled.iter().filter(|(_, c)| !c.is_blank()).map(|(e, _)| e.id).collect();
    // Whoever ticked projects of one district alone has chosen it.
    let chosen = chosen.or(match touched.as_slice() {
        [one] if sent.get(DISTRICT) != "none" => Some(*one),
        _ => None,
    });
    for (envelope, choices) in filled {
        if Some(envelope.id) == chosen {
            ballot.0.insert(envelope.id.to_string(), choices);
        } else if !choices.is_blank() {
            let number = content.number(envelope.id).to_string();
            let key =
                if chosen.is_some() { "budget-wrong-other-district" } else { "budget-wrong-which-district" };
            reader.add(Some(envelope.id), key, vec![("number", number)]);
        }
    }
    let mut wrong = reader.wrong;
    for mistake in mistakes(content, &ballot) {
        if !wrong.contains(&mistake) {
            wrong.push(mistake);
        }
    }
    (ballot, wrong)
}

/// The district that the form names.
pub(crate) fn chosen(content: &Content, sent: &Fields) -> Option<i64> {
    let id = sent.get(DISTRICT).parse::<i64>().ok()?;
    content.districts().any(|e| e.id == id).then_some(id)
}

struct Reader<'a> {
    content: &'a Content,
    sent: &'a Fields,
    wrong: Vec<Mistake>,
}

impl Reader<'_> {
    fn add(&mut self, envelope: Option<i64>, key: &'static str, args: Vec<(&'static str, String)>) {
        self.wrong.push(Mistake { envelope, key, args });
    }

    /// A project that is not on the ballot.
    fn unknown(&mut self) {
        if self.sent.all("approve").any(|code| self.content.project(code).is_none()) {
            self.add(None, "budget-wrong-project", vec![]);
        }
    }

    fn choices(&mut self, envelope: &Envelope) -> Choices {
        match self.content.ballot.face {
            Face::Approve | Face::Knapsack => {
                let ticked = |code: &str| self.sent.all("approve").any(|sent| sent == code);
                let codes = self.content.of_envelope(envelope.id).map(|p| p.code.clone());
                Choices::Approve(codes.filter(|c| ticked(c)).collect())
            }
            Face::Points => self.points(envelope),
            Face::Rank => self.ranks(envelope),
            Face::PlusMinus => self.marks(envelope),
        }
    }

    fn points(&mut self, envelope: &Envelope) -> Choices {
        let mut points = BTreeMap::new();
        let content = self.content;
        for project in content.of_envelope(envelope.id) {
            let typed = self.sent.get(&format!("points-{}", project.code));
            if typed.is_empty() || typed == "0" {
                continue;
            }
            match typed.parse::<u32>().ok().and_then(|n| Decimal::whole(n.into()).ok()) {
                Some(n) if typed != "0" => {
                    points.insert(project.code.clone(), n);
                }
                _ => self.unreadable(envelope, "budget-wrong-points", typed),
            }
        }
        Choices::Points(points)
    }

    fn ranks(&mut self, envelope: &Envelope) -> Choices {
        let mut ranks: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        let content = self.content;
        for project in content.of_envelope(envelope.id) {
            let typed = self.sent.get(&format!("rank-{}", project.code));
            if typed.is_empty() {
                continue;
            }
            match typed.parse::<u32>() {
                Ok(rank @ 1..=999) => ranks.entry(rank).or_default().push(project.code.clone()),
                _ => self.unreadable(envelope, "budget-wrong-rank", typed),
            }
        }
        if let Some((rank, _)) = ranks.iter().find(|(_, codes)| codes.len() > 1) {
            let number = self.content.number(envelope.id).to_string();
            self.add(
                Some(envelope.id),
                "budget-wrong-equal",
                vec![("rank", rank.to_string()), ("number", number)],
            );
        }
        Choices::Rank(ranks.into_values().flatten().collect())
    }

    fn marks(&mut self, envelope: &Envelope) -> Choices {
        let (mut plus, mut minus) = (vec![], vec![]);
        let content = self.content;
        for project in content.of_envelope(envelope.id) {
            match self.sent.get(&format!("mark-{}", project.code)) {
                "" | "0" => {}
                "plus" => plus.push(project.code.clone()),
                "minus" => minus.push(project.code.clone()),
                other => self.unreadable(envelope, "budget-wrong-mark", other),
            }
        }
        Choices::Marks { plus, minus }
    }

    fn unreadable(&mut self, envelope: &Envelope, key: &'static str, typed: &str) {
        let value = typed.chars().take(20).collect();
        let number = self.content.number(envelope.id).to_string();
        self.add(Some(envelope.id), key, vec![("value", value), ("number", number)]);
    }
}
