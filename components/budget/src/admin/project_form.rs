//! What the form of a project holds, and its mistakes.

use parvis_core::{FieldErrors, Localized};
use parvis_web::{Ctx, Fields};

use super::both;
use crate::geo::written;
use crate::model::Project;
use crate::money;
use crate::place::Place;
use crate::shelf::Shelf;
use crate::store::ideas::Idea;

/// The form, as texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    pub(super) title: Localized,
    pub(super) body: Localized,
    pub(super) alt: Localized,
    pub(super) cost: String,
    pub(super) district: String,
    pub(super) category: String,
    pub(super) address: String,
    pub(super) latitude: String,
    pub(super) longitude: String,
    /// The ideas that it comes from.
    pub(super) ideas: Vec<String>,
}

impl Sent {
    /// A new project, from nothing.
    pub(super) fn empty(shelf: &Shelf) -> Self {
        // Where there is one envelope, it is that one.
        let district = match shelf.districts.as_slice() {
            [one] => one.id.to_string(),
            _ => String::new(),
        };
        Self { district, ..Self::default() }
    }

    /// A new project, from an idea.
    pub(super) fn from_idea(cx: &Ctx, shelf: &Shelf, idea: &Idea) -> Self {
        let number = |n: Option<i64>| n.map(|n| n.to_string());
        let point = idea.facts.point;
        let words = |text: &str| Localized::one(idea.c.lang, text);
        Self {
            title: words(&idea.c.title),
            body: words(&idea.c.body),
            cost: money::field(cx.t(), idea.cost),
            category: number(idea.facts.category_id).unwrap_or_default(),
            address: idea.facts.address.clone(),
            latitude: point.map(|p| written(p.latitude)).unwrap_or_default(),
            longitude: point.map(|p| written(p.longitude)).unwrap_or_default(),
            ideas: vec![idea.c.id.to_string()],
            ..number(idea.facts.district_id)
                .map_or_else(|| Self::empty(shelf), |district| Self { district, ..Self::default() })
        }
    }

    /// A project as it is.
    pub(super) fn of(cx: &Ctx, project: &Project, origins: &[i64]) -> Self {
        let degrees = |e6: Option<i64>| e6.map(written).unwrap_or_default();
        Self {
            title: project.title.clone(),
            body: project.body.clone(),
            alt: project.picture_alt.clone(),
            cost: money::field(cx.t(), Some(project.cost)),
            district: project.district_id.to_string(),
            category: project.category_id.map(|id| id.to_string()).unwrap_or_default(),
            address: project.address.clone(),
            latitude: degrees(project.point.map(|p| p.0)),
            longitude: degrees(project.point.map(|p| p.1)),
            ideas: origins.iter().map(ToString::to_string).collect(),
        }
    }

    /// What was sent.
    pub(super) fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        let pair = |name: &str| Localized::new(text(&format!("{name}_fr")), text(&format!("{name}_en")));
        Self {
            title: pair("title"),
            body: pair("body"),
            alt: pair("alt"),
            cost: text("cost"),
            district: text("district"),
            category: text("category"),
            address: text("address"),
            latitude: text("latitude"),
            longitude: text("longitude"),
            ideas: fields.all("ideas").map(str::to_owned).collect(),
        }
    }

    /// The project and the ideas it comes from, or every mistake at once. `known`: the ideas that it may come from.
    pub(super) fn check(
        &self,
        cx: &Ctx,
        place: &Place,
        shelf: &Shelf,
        fields: &Fields,
        known: &[i64],
        id: i64,
    ) -> Result<(Project, Vec<i64>), FieldErrors> {
        let mut errors = FieldErrors::new();
        let empty = Some("budget-project-title-empty");
        let title = both::read(&mut errors, fields, ["title_fr", "title_en"], 150, empty);
        let body = both::read(&mut errors, fields, ["body_fr", "body_en"], 8_000, None);
        let picture_alt = both::read(&mut errors, fields, ["alt_fr", "alt_en"], 300, None);
        let district_id = shelf.read_district(&mut errors, &self.district);
        if self.district.is_empty() {
            errors.add("district", "budget-district-empty");
        }
        let category_id = shelf.read_category(&mut errors, &self.category);
        let address =
            errors.text("address", &self.address, 0, crate::idea::deposit::ADDRESS, "budget-address-empty");
        let point = shelf.read_point(&mut errors, (&self.latitude, &self.longitude), district_id);
        let cost = money::read(&self.cost).filter(|cents| *cents > 0);
        match (cost, shelf.ceiling(&place.rules, district_id)) {
            (None, _) => errors.add("cost", "budget-cost-empty"),
            (Some(cost), Some(most)) if cost > most => {
                errors.add_with("cost", "budget-cost-large", vec![("most", money::say(cx.t(), most))]);
            }
            _ => {}
        }
        let mut ideas: Vec<i64> = vec![];
        for sent in &self.ideas {
            match sent.parse().ok().filter(|id| known.contains(id)) {
                Some(id) if !ideas.contains(&id) => ideas.push(id),
                Some(_) => {}
                None => errors.add("ideas", "budget-project-ideas-wrong"),
            }
        }
        errors.check()?;
        let project = Project {
            id,
            code: String::new(),
            district_id: district_id.unwrap_or_default(),
            category_id,
            title,
            body,
            cost: cost.unwrap_or_default(),
            address,
            point: point.map(|p| (p.latitude, p.longitude)),
            has_picture: false,
            picture_alt,
            progress: String::new(),
            promised_on: None,
            delivered_on: None,
            spent: 0,
        };
        Ok((project, ideas))
    }
}
