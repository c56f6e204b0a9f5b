//! Places: coordinates in millionths of a degree, outlines of districts, and whether one is in the other. Exact:
//! whole numbers only.

use serde_json::{Value, json};

/// A place on Earth (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// Latitude, millionths of a degree.
    pub(crate) latitude: i64,
    /// Longitude, millionths of a degree.
    pub(crate) longitude: i64,
}

impl From<(i64, i64)> for Point {
    fn from((latitude, longitude): (i64, i64)) -> Self {
        Self { latitude, longitude }
    }
}

/// The most points of an outline: more would make every page heavy for nothing that can be seen.
pub(crate) const MOST_POINTS: usize = 20_000;

const NORTH: i64 = 90_000_000;
const EAST: i64 = 180_000_000;

/// A number of degrees as people write it (`48,8566`, `-2.3522°`), in millionths; none when it is not one or its
/// size is above `most` degrees.
pub(crate) fn degrees(text: &str, most: i64) -> Option<i64> {
    let bare = text.trim().trim_end_matches('°').replace(',', ".").replace('−', "-");
    let (sign, bare) = match bare.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, bare.as_str()),
    };
    let (whole, rest) = bare.split_once('.').unwrap_or((bare, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 15 || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let kept: String = rest.chars().chain("000000".chars()).take(6).collect();
    let value = whole.parse::<i64>().ok()? * 1_000_000 + kept.parse::<i64>().ok()?;
    Some(sign * value).filter(|v| v.abs() <= most * 1_000_000)
}

/// Millionths of a degree as a form or a file holds them: `48.8566`.
pub(crate) fn written(e6: i64) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let (whole, rest) = (e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Polygons: of each its rings, the first around it, the others around its holes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Outline(pub(crate) Vec<Vec<Vec<Point>>>);

impl Outline {
    /// Reads GeoJSON (RFC 7946): a polygon, several, or features that hold some.
    ///
    /// # Errors
    /// The key of the message that says what is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let value: Value = serde_json::from_str(text).map_err(|_| "budget-outline-json")?;
        let mut outline = Self::default();
        outline.read(&value)?;
        let count: usize = outline.rings().map(Vec::len).sum();
        if outline.0.is_empty() {
            return Err("budget-outline-kind");
        }
        if count > MOST_POINTS { Err("budget-outline-large") } else { Ok(outline) }
    }

    fn read(&mut self, value: &Value) -> Result<(), &'static str> {
        let coordinates = &value["coordinates"];
        match value["type"].as_str() {
            Some("FeatureCollection") => {
                let features = value["features"].as_array().ok_or("budget-outline-kind")?;
                features.iter().try_for_each(|f| self.read(f))
            }
            Some("Feature") => self.read(&value["geometry"]),
            Some("Polygon") => {
                self.0.push(polygon(coordinates)?);
                Ok(())
            }
            Some("MultiPolygon") => {
                for one in coordinates.as_array().ok_or("budget-outline-kind")? {
                    self.0.push(polygon(one)?);
                }
                Ok(())
            }
            _ => Err("budget-outline-kind"),
        }
    }

    /// GeoJSON: one `MultiPolygon`, as it is kept.
    pub(crate) fn to_json(&self) -> String {
        let rings = |rings: &Vec<Vec<Point>>| -> Vec<Value> {
            rings
                .iter()
                .map(|ring| ring.iter().map(|p| json!([number(p.longitude), number(p.latitude)])).collect())
                .collect()
        };
        let all: Vec<Vec<Value>> = self.0.iter().map(rings).collect();
        json!({ "type": "MultiPolygon", "coordinates": all }).to_string()
    }

    pub(crate) fn rings(&self) -> impl Iterator<Item = &Vec<Point>> {
        self.0.iter().flatten()
    }

    /// Whether the point is inside, or on the line: by the even-odd rule, ring by ring.
    pub(crate) fn contains(&self, p: Point) -> bool {
        let mut inside = false;
        for ring in self.rings() {
            for (a, b) in ring.iter().zip(ring.iter().skip(1)) {
                let (dx, dy) = (b.longitude - a.longitude, b.latitude - a.latitude);
                let (px, py) = (p.longitude - a.longitude, p.latitude - a.latitude);
                // Twice the area of the triangle (a, b, p): its sign says on which side of the line p is. At most
                // 2 × (3.6 × 10⁸)², which 64 bits hold.
                let area = dx * py - px * dy;
                let within = |x: i64, a: i64, b: i64| a.min(b) <= x && x <= a.max(b);
                if area == 0
                    && within(p.longitude, a.longitude, b.longitude)
                    && within(p.latitude, a.latitude, b.latitude)
                {
                    return true;
                }
                let crosses = (a.latitude > p.latitude) != (b.latitude > p.latitude);
                if crosses && ((dy > 0) == (area > 0)) && area != 0 {
                    inside = !inside;
                }
            }
        }
        inside
    }
}

/// A JSON number of degrees: its text is exact, however the number is kept.
fn number(e6: i64) -> Value {
    serde_json::from_str(&written(e6)).unwrap_or_default()
}

fn polygon(value: &Value) -> Result<Vec<Vec<Point>>, &'static str> {
    let rings = value.as_array().ok_or("budget-outline-kind")?;
    let rings: Vec<Vec<Point>> = rings.iter().map(ring).collect::<Result<_, _>>()?;
    if rings.is_empty() { Err("budget-outline-kind") } else { Ok(rings) }
}

fn ring(value: &Value) -> Result<Vec<Point>, &'static str> {
    let points = value.as_array().ok_or("budget-outline-kind")?;
    let mut ring: Vec<Point> = points.iter().map(position).collect::<Result<_, _>>()?;
    // A ring that was left open is closed: many tools write them so.
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    if ring.len() < 4 { Err("budget-outline-short") } else { Ok(ring) }
}

/// `[longitude, latitude]`, and a height that is left out.
fn position(value: &Value) -> Result<Point, &'static str> {
    let at = |i: usize, most: i64| {
        let number = value.get(i).and_then(Value::as_f64).filter(|n| n.is_finite() && n.abs() < 1_000.0)?;
        let text = format!("{number:.6}").replace('.', "");
        text.parse::<i64>().ok().filter(|v| v.abs() <= most)
    };
    match (at(0, EAST), at(1, NORTH)) {
        (Some(longitude), Some(latitude)) => Ok(Point { latitude, longitude }),
        _ => Err("budget-outline-degrees"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
        [[[2,48],[3,48],[3,49],[2,49],[2,48]],[[2.4,48.4],[2.6,48.4],[2.6,48.6],[2.4,48.6]]]}}"#;

    fn at(latitude: &str, longitude: &str) -> Point {
        (degrees(latitude, 90).unwrap(), degrees(longitude, 180).unwrap()).into()
    }

    #[test]
    fn degrees_are_read_as_people_write_them() {
        for (text, e6) in [
            ("48,8566", Some(48_856_600)),
            ("-2.3522°", Some(-2_352_200)),
            ("−0.5", Some(-500_000)),
            ("90", Some(90_000_000)),
            ("90.000001", None),
            ("12.34567891", Some(12_345_678)),
            ("", None),
            ("48.85.66", None),
            ("1e3", None),
            ("nord", None),
        ] {
            assert_eq!(degrees(text, 90), e6, "{text}");
        }
        for e6 in [48_856_600, -500_000, 0, 3, -180_000_000] {
            assert_eq!(degrees(&written(e6), 180), Some(e6));
        }
    }

    #[test]
    fn a_point_is_inside_on_the_line_in_the_hole_or_outside() {
        let outline = Outline::parse(SQUARE).unwrap();
        assert!(outline.contains(at("48.2", "2.2")));
        assert!(outline.contains(at("48", "2.5")), "on the line");
        assert!(outline.contains(at("49", "3")), "on a corner");
        assert!(!outline.contains(at("48.5", "2.5")), "in the hole");
        assert!(outline.contains(at("48.4", "2.5")), "on the edge of the hole");
        assert!(!outline.contains(at("47.999999", "2.5")));
        assert!(!outline.contains(at("48.5", "3.000001")));
        // At the height of a corner, each crossing counts once.
        assert!(!outline.contains(at("48.4", "1.9")));
        assert_eq!(Outline::parse(&outline.to_json()).unwrap(), outline);
    }

    #[test]
    fn what_is_not_an_outline_is_refused_with_its_reason() {
        for (text, key) in [
            ("{", "budget-outline-json"),
            ("{}", "budget-outline-kind"),
            (r#"{"type":"Point","coordinates":[1,2]}"#, "budget-outline-kind"),
            (r#"{"type":"FeatureCollection","features":[]}"#, "budget-outline-kind"),
            (r#"{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}"#, "budget-outline-short"),
            (r#"{"type":"Polygon","coordinates":[[[1,91],[3,4],[5,6],[1,91]]]}"#, "budget-outline-degrees"),
            (r#"{"type":"Polygon","coordinates":[[["1",2],[3,4],[5,6]]]}"#, "budget-outline-degrees"),
        ] {
            assert_eq!(Outline::parse(text), Err(key), "{text}");
        }
    }
}
