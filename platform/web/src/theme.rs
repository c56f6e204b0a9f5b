//! The site's accent colour, in a light and a dark variant that stay readable.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use crate::assets::IMMUTABLE;
use crate::ctx::Ctx;

/// The paper of the light theme.
pub const PAPER: &str = "#fbf8f3";
/// The ink-like ground of the dark theme.
pub const INK: &str = "#17191d";
/// WCAG 2.1 AA for text.
const ENOUGH: f64 = 4.5;

type Rgb = [u8; 3];

/// The two variants of an accent colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// On paper: at least 4.5:1 with it, and with white text on it.
    pub light: String,
    /// On ink: at least 4.5:1 with it, and with ink text on it.
    pub dark: String,
}

/// Why a colour cannot be the accent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContrastError {
    /// Not `#rrggbb`.
    #[error("not a colour: write it as #rrggbb")]
    NotAColour,
    /// Too pale on paper.
    #[error("contrast {ratio}:1 on paper, 4.5:1 needed; {nearest} would do")]
    TooPale {
        /// Its contrast with the paper, with two decimals.
        ratio: String,
        /// The nearest darker colour that is readable.
        nearest: String,
    },
}

impl ContrastError {
    /// Key of the message for the settings form; its arguments are `ratio` and `nearest`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotAColour => "web-accent-not-a-colour",
            Self::TooPale { .. } => "web-accent-too-pale",
        }
    }

    /// The arguments of the message.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAColour => vec![],
            Self::TooPale { ratio, nearest } => vec![("ratio", ratio.clone()), ("nearest", nearest.clone())],
        }
    }
}

/// Checks an accent colour: readable on paper as it is (4.5:1); a lighter variant is made for the dark theme.
///
/// # Errors
/// When it is not a colour, or too pale to be read on paper.
pub fn accent(hex: &str) -> Result<Theme, ContrastError> {
    let rgb = parse(hex).ok_or(ContrastError::NotAColour)?;
    let (paper, ink) = (parse(PAPER).unwrap_or([255; 3]), parse(INK).unwrap_or([0; 3]));
    let readable = |c: Rgb| contrast(c, paper) >= ENOUGH && contrast(c, [255; 3]) >= ENOUGH;
    if !readable(rgb) {
        let nearest = step_towards(rgb, [0; 3], readable);
        let ratio = format!("{:.2}", contrast(rgb, paper));
        return Err(ContrastError::TooPale { ratio, nearest: write(nearest) });
    }
    let dark = lighten(rgb, |c| contrast(c, ink) >= 7.0);
    Ok(Theme { light: write(rgb), dark: write(dark) })
}

fn parse(hex: &str) -> Option<Rgb> {
    let digits = hex.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let pair = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok();
    Some([pair(0)?, pair(2)?, pair(4)?])
}

fn write([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The first mix with `end` that is good enough.
fn step_towards(from: Rgb, end: Rgb, good: impl Fn(Rgb) -> bool) -> Rgb {
    (0..=100).map(|percent| mix(from, end, percent)).find(|c| good(*c)).unwrap_or(end)
}

/// The first lighter colour that is good enough: halfway between a mix with white, which would be a grey one,
/// and the same hue at its fullest, which would be a loud one.
fn lighten(from: Rgb, good: impl Fn(Rgb) -> bool) -> Rgb {
    const WHITE: Rgb = [255; 3];
    let most = u16::from(from.iter().copied().max().unwrap_or(1).max(1));
    let vivid: Rgb = from.map(|c| u8::try_from(u16::from(c) * 255 / most).unwrap_or(u8::MAX));
    let full = |percent: u16| match percent {
        0..=50 => mix(from, vivid, percent * 2),
        _ => mix(vivid, WHITE, (percent - 50) * 2),
    };
    let at = |percent: u16| mix(mix(from, WHITE, percent), full(percent), 40);
    (0..=100).map(at).find(|c| good(*c)).unwrap_or(WHITE)
}

fn mix(a: Rgb, b: Rgb, percent: u16) -> Rgb {
    std::array::from_fn(|i| {
        let mixed = (u16::from(a[i]) * (100 - percent) + u16::from(b[i]) * percent) / 100;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    })
}

/// Relative luminance and contrast as WCAG 2.1 defines them.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let channel = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |[r, g, b]: Rgb| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (x, y) = (luminance(a), luminance(b));
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

/// Address of the style sheet of an accent colour.
pub fn href(accent: &str) -> String {
    format!("/theme.css?v={}", accent.trim_start_matches('#'))
}

/// The style sheet itself. A colour that was saved before a rule changed falls back on its nearest variant.
pub fn css(accent_colour: &str) -> String {
    let fallback = |nearest: String| accent(&nearest).ok();
    let theme = match accent(accent_colour) {
        Ok(theme) => Some(theme),
        Err(ContrastError::TooPale { nearest, .. }) => fallback(nearest),
        Err(ContrastError::NotAColour) => None,
    };
    let Some(Theme { light, dark }) = theme else { return String::new() };
    format!(
        // On paper everything is black: the style sheet says so, and this must not undo it.
        "@media screen{{:root{{--accent:{light};--on-accent:#fff}}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{INK}}}}}\n"
    )
}

pub(crate) async fn serve(cx: Ctx) -> Response {
    let css = css(&cx.site.settings().accent);
    let media_type = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, IMMUTABLE)], css).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accepted_accent_is_readable_in_both_themes() {
        for hex in ["#1f5f5b", "#8a1c3b", "#23457a", "#000000", "#6a4c00"] {
            let theme = accent(hex).unwrap();
            let [light, dark] = [&theme.light, &theme.dark].map(|c| parse(c).unwrap());
            assert!(contrast(light, parse(PAPER).unwrap()) >= 4.5, "{hex}");
            assert!(contrast(light, [255; 3]) >= 4.5, "{hex}");
            assert!(contrast(dark, parse(INK).unwrap()) >= 4.5, "{hex}");
        }
    }

    #[test]
    fn a_pale_accent_is_refused_with_one_that_would_do() {
        let Err(ContrastError::TooPale { ratio, nearest }) = accent("#ffd000") else { panic!() };
        assert_eq!(ratio, "1.39");
        accent(&nearest).unwrap();
        assert_eq!(accent("red").unwrap_err(), ContrastError::NotAColour);
        assert!(css("#ffd000").contains("--accent:"));
    }
}
