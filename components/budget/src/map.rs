//! A map drawn here, without any picture from elsewhere: the outlines of the districts, and points that are links.
//! The list beside it says the same.

use parvis_civic::text::escape;
use parvis_web::ui::Html;

use crate::geo::{Outline, Point};

/// Something to show on a map.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// Its number, for the address of several at one place.
    pub(crate) id: i64,
    /// Its name.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) href: String,
    /// Where it is.
    pub(crate) point: Point,
}

/// What a map says around its marks.
#[derive(Clone, Default)]
pub(crate) struct Words<'a> {
    /// What the map shows, for those who do not see it.
    pub(crate) label: String,
    /// The address of the list that shows several marks, to which their numbers are added.
    pub(crate) several: &'a str,
    /// The words for so many marks at one place.
    pub(crate) count: Option<&'a dyn Fn(usize) -> String>,
    /// Where a click may put a point: the names of the fields of latitude and longitude; empty: nowhere.
    pub(crate) picks: &'a str,
}

/// Width of the picture, in its own units.
const WIDTH: f64 = 1000.0;
/// Marks nearer than this become one: a finger tells them apart on a phone of 360 pixels (24 of them).
const NEAR: f64 = 80.0;

/// What is seen, in degrees; longitudes are narrowed by the latitude of the middle.
#[derive(Debug, Clone, Copy)]
struct Frame {
    west: f64,
    north: f64,
    scale: f64,
    narrow: f64,
    height: f64,
}

/// Millionths of a degree, for a picture: never for a decision.
fn float(e6: i64) -> f64 {
    i32::try_from(e6).map_or(0.0, f64::from) / 1e6
}

impl Frame {
    fn of(points: &[Point]) -> Option<Self> {
        let first = points.first()?;
        let (mut south, mut north) = (first.latitude, first.latitude);
        let (mut west, mut east) = (first.longitude, first.longitude);
        for p in points {
            (south, north) = (south.min(p.latitude), north.max(p.latitude));
            (west, east) = (west.min(p.longitude), east.max(p.longitude));
        }
        let (south, north, west, east) = (float(south), float(north), float(west), float(east));
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.05);
        // A single point, or a line of them, still gets some country around it: about five hundred metres.
        let least = 0.005;
        let wide = ((east - west) * narrow).max(least);
        let high = (north - south).max(least);
        let margin = 0.06;
        let (middle_x, middle_y) = ((west + east) / 2.0, (south + north) / 2.0);
        // Never higher than wide, nor flatter than a third.
        let high = high.max(wide / 3.0);
        let wide = wide.max(high);
        let scale = WIDTH / (wide * (1.0 + 2.0 * margin));
        let height = (high * (1.0 + 2.0 * margin) * scale).round();
        Some(Self {
            west: middle_x - wide * (0.5 + margin) / narrow,
            north: middle_y + high * (0.5 + margin),
            scale,
            narrow,
            height,
        })
    }

    fn place(&self, p: Point) -> (f64, f64) {
        let x = (float(p.longitude) - self.west) * self.narrow * self.scale;
        let y = (self.north - float(p.latitude)) * self.scale;
        (x, y)
    }
}

/// Draws the map; nothing when there is nothing to draw.
pub(crate) fn draw(outlines: &[(String, Outline)], marks: &[Mark], words: &Words<'_>) -> Html {
    let mut points: Vec<Point> = outlines.iter().flat_map(|(_, o)| o.rings().flatten().copied()).collect();
    points.extend(marks.iter().map(|m| m.point));
    let Some(frame) = Frame::of(&points) else { return Html::default() };
    let mut out = String::from("<svg class=\"map\"");
    if !words.picks.is_empty() {
        out.push_str(" data-picks=\"");
        escape(words.picks, &mut out);
        out.push_str(&format!(
            "\" data-west=\"{:.7}\" data-north=\"{:.7}\" data-scale=\"{:.4}\" data-narrow=\"{:.7}\"",
            frame.west, frame.north, frame.scale, frame.narrow
        ));
    }
    // With links in it, it is a group: an image hides what it holds from screen readers.
    let role = if marks.is_empty() { "img" } else { "group" };
    out.push_str(&format!(" viewBox=\"0 0 1000 {:.0}\" role=\"{role}\" aria-label=\"", frame.height));
    escape(&words.label, &mut out);
    out.push_str("\">");
    for (name, outline) in outlines {
        out.push_str("<path class=\"map-outline\" d=\"");
        for ring in outline.rings() {
            draw_ring(&frame, ring, &mut out);
        }
        out.push_str("\"><title>");
        escape(name, &mut out);
        out.push_str("</title></path>");
    }
    for (at, group) in gather(&frame, marks) {
        draw_mark(at, &group, words, &mut out);
    }
    out.push_str("</svg>");
    Html(out)
}

/// A closed line, without the points that fall on the same spot of the picture.
fn draw_ring(frame: &Frame, ring: &[Point], out: &mut String) {
    let mut last = String::new();
    let mut is_first = true;
    for p in ring {
        let (x, y) = frame.place(*p);
        let spot = format!("{x:.0} {y:.0}");
        if spot != last {
            out.push(if is_first { 'M' } else { 'L' });
            out.push_str(&spot);
            last = spot;
            is_first = false;
        }
    }
    out.push('Z');
}

/// The marks, those that would cover each other together.
fn gather<'m>(frame: &Frame, marks: &'m [Mark]) -> Vec<((f64, f64), Vec<&'m Mark>)> {
    let mut groups: Vec<((f64, f64), Vec<&Mark>)> = vec![];
    for mark in marks {
        let (x, y) = frame.place(mark.point);
        let near = groups.iter_mut().find(|((gx, gy), _)| (gx - x).hypot(gy - y) < NEAR);
        match near {
            Some((_, group)) => group.push(mark),
            None => groups.push(((x, y), vec![mark])),
        }
    }
    groups
}

fn draw_mark((x, y): (f64, f64), group: &[&Mark], words: &Words<'_>, out: &mut String) {
    let [first, ..] = group else { return };
    let is_one = group.len() == 1;
    let href = if is_one {
        first.href.clone()
    } else {
        let ids: Vec<String> = group.iter().take(200).map(|m| m.id.to_string()).collect();
        format!("{}{}", words.several, ids.join("-"))
    };
    let label = match words.count {
        Some(count) if !is_one => count(group.len()),
        _ => first.title.clone(),
    };
    out.push_str("<a class=\"map-mark\" href=\"");
    escape(&href, out);
    out.push_str("\" aria-label=\"");
    escape(&label, out);
    let radius = if is_one { 20 } else { 36 };
    out.push_str(&format!(
        "\"><circle class=\"map-hit\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"39\"></circle><circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{radius}\"></circle>"
    ));
    if !is_one {
        out.push_str(&format!("<text x=\"{x:.0}\" y=\"{y:.0}\" dy=\".35em\">{}</text>", group.len()));
    }
    out.push_str("<title>");
    escape(&label, out);
    out.push_str("</title></a>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: i64, latitude: i64, longitude: i64, title: &str) -> Mark {
        Mark { id, title: title.into(), href: format!("/x/{id}"), point: Point { latitude, longitude } }
    }

    #[test]
    fn marks_are_links_and_near_ones_are_gathered() {
        let count = |n: usize| format!("{n} idées");
        let words = Words { label: "Carte".into(), several: "/x?points=", count: Some(&count), picks: "" };
        let marks = [
            mark(1, 48_850_000, 2_350_000, "Un <banc>"),
            mark(2, 48_850_001, 2_350_001, "Un arbre"),
            mark(3, 48_890_000, 2_390_000, "Un « quai »"),
        ];
        let html = draw(&[], &marks, &words).0;
        assert!(html.contains("href=\"/x?points=1-2\" aria-label=\"2 idées\""), "{html}");
        assert!(html.contains("href=\"/x/3\" aria-label=\"Un « quai »\""), "{html}");
        assert!(!html.contains("<banc>"), "{html}");
        assert_eq!(draw(&[], &[], &words), Html::default());
        let alone = draw(&[], &marks[..1], &words).0;
        assert!(
            alone.contains("Un &lt;banc&gt;") && !alone.contains("NaN") && !alone.contains("inf"),
            "{alone}"
        );
    }

    #[test]
    fn north_is_up_and_outlines_stay_inside() {
        let text = r#"{"type":"Polygon","coordinates":[[[2,48],[2.1,48],[2.1,48.1],[2,48.1],[2,48]]]}"#;
        let outline = Outline::parse(text).unwrap();
        let frame = Frame::of(&outline.rings().flatten().copied().collect::<Vec<_>>()).unwrap();
        let (_, south) = frame.place(Point { latitude: 48_000_000, longitude: 2_000_000 });
        let (west, north) = frame.place(Point { latitude: 48_100_000, longitude: 2_000_000 });
        let (east, _) = frame.place(Point { latitude: 48_100_000, longitude: 2_100_000 });
        assert!(north < south && west < east);
        assert!(west > 0.0 && east < WIDTH && north > 0.0 && south < frame.height);
    }
}
