//! What ideas and projects are sorted into: the envelopes and the categories of a budget.

use parvis_civic::Error;
use parvis_core::{FieldErrors, Locale};
use parvis_store::Tx;
use parvis_web::Page;
use parvis_web::ui::Choice;

use crate::geo::{self, Outline, Point};
use crate::model::{District, Rules};
use crate::store::envelopes::{self, Category};

/// The envelopes and the categories.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    pub(crate) districts: Vec<District>,
    pub(crate) categories: Vec<Category>,
}

impl Shelf {
    /// Reads them.
    pub(crate) async fn read(tx: &mut Tx<'_>, activity_id: i64) -> Result<Self, Error> {
        let districts = crate::store::districts(tx, activity_id).await?;
        let categories = envelopes::categories(tx, activity_id).await?;
        Ok(Self { districts, categories })
    }

    /// The envelope of this number.
    pub(crate) fn district(&self, id: Option<i64>) -> Option<&District> {
        self.districts.iter().find(|d| Some(d.id) == id)
    }

    /// The category of this number.
    pub(crate) fn category(&self, id: Option<i64>) -> Option<&Category> {
        self.categories.iter().find(|c| Some(c.id) == id)
    }

    /// The outlines that were given, with their names.
    pub(crate) fn outlines(&self, locale: Locale) -> Vec<(String, Outline)> {
        let read = |d: &District| {
            let outline = Outline::parse(d.outline.as_deref()?).ok()?;
            Some((d.name.get(locale).to_owned(), outline))
        };
        self.districts.iter().filter_map(read).collect()
    }

    /// The envelopes to choose from; `none`: the key of the words for no choice.
    pub(crate) fn district_choices(&self, page: &Page, none: &str) -> Vec<Choice> {
        let first = std::iter::once(Choice::new("", page.t.get(none)));
        first.chain(self.districts.iter().map(|d| Choice::new(d.id.to_string(), page.say(&d.name)))).collect()
    }

    /// The categories to choose from.
    pub(crate) fn category_choices(&self, page: &Page, none: &str) -> Vec<Choice> {
        let first = std::iter::once(Choice::new("", page.t.get(none)));
        first
            .chain(self.categories.iter().map(|c| Choice::new(c.id.to_string(), page.say(&c.name))))
            .collect()
    }

    /// Reads a choice of an envelope; empty: none.
    pub(crate) fn read_district(&self, errors: &mut FieldErrors, sent: &str) -> Option<i64> {
        let found = sent.parse().ok().filter(|id| self.district(Some(*id)).is_some());
        if !sent.is_empty() && found.is_none() {
            errors.add("district", "budget-district-unknown");
        }
        found
    }

    /// Reads a choice of a category; empty: none.
    pub(crate) fn read_category(&self, errors: &mut FieldErrors, sent: &str) -> Option<i64> {
        let found = sent.parse().ok().filter(|id| self.category(Some(*id)).is_some());
        if !sent.is_empty() && found.is_none() {
            errors.add("category", "budget-category-unknown");
        }
        found
    }

    /// Reads two coordinates, both or none, and checks that they are where the budget is: inside the outline of the
    /// envelope that was chosen, else inside one of them, when there are any.
    pub(crate) fn read_point(
        &self,
        errors: &mut FieldErrors,
        (latitude, longitude): (&str, &str),
        district: Option<i64>,
    ) -> Option<Point> {
        if latitude.is_empty() && longitude.is_empty() {
            return None;
        }
        let read = |errors: &mut FieldErrors, field: &'static str, text: &str, most: i64| {
            let found = geo::degrees(text, most);
            if found.is_none() {
                errors.add_with(field, "budget-degrees-wrong", vec![("most", most.to_string())]);
            }
            found
        };
        let latitude = read(errors, "latitude", latitude, 90);
        let longitude = read(errors, "longitude", longitude, 180);
        let point = Point::from((latitude?, longitude?));
        let outline = |d: &District| d.outline.as_deref().and_then(|text| Outline::parse(text).ok());
        if let Some(chosen) = self.district(district).and_then(outline) {
            if !chosen.contains(point) {
                errors.add("latitude", "budget-point-elsewhere");
            }
        } else {
            let mut outlines = self.districts.iter().filter_map(outline).peekable();
            if outlines.peek().is_some() && !outlines.any(|o| o.contains(point)) {
                errors.add("latitude", "budget-point-outside");
            }
        }
        Some(point)
    }

    /// The one envelope of a district whose outline holds this point; none when none or several do.
    pub(crate) fn around(&self, point: Point) -> Option<i64> {
        let holds = |d: &&District| {
            let outline = d.outline.as_deref().and_then(|text| Outline::parse(text).ok());
            !d.everybody && outline.is_some_and(|o| o.contains(point))
        };
        let mut found = self.districts.iter().filter(holds);
        let first = found.next()?;
        found.next().is_none().then_some(first.id)
    }

    /// The most that a project of this envelope may cost, in cents: the envelope, or less when the rules say so.
    /// Without an envelope, the largest one.
    pub(crate) fn ceiling(&self, rules: &Rules, district: Option<i64>) -> Option<i64> {
        let envelope = match self.district(district) {
            Some(district) => Some(district.amount),
            None => self.districts.iter().map(|d| d.amount).max(),
        };
        [envelope, rules.ideas.ceiling].into_iter().flatten().min()
    }
}
