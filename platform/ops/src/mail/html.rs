//! The HTML part of a mail, made of its text: paragraphs and links, nothing that is fetched from anywhere.

use parvis_core::Locale;

/// The page that says what `text` says.
pub fn page(locale: Locale, subject: &str, text: &str) -> String {
    let mut body = String::new();
    for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        body.push_str("<p>");
        for (i, line) in paragraph.lines().enumerate() {
            if i > 0 {
                body.push_str("<br>\n");
            }
            line_into(&mut body, line);
        }
        body.push_str("</p>\n");
    }
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title></head>\n\
         <body style=\"font-family:system-ui,sans-serif;font-size:17px;line-height:1.55;max-width:36em;\
         margin:1.5em auto;padding:0 1em;overflow-wrap:anywhere\">\n\
         <main>\n<h1 style=\"font-size:1.25em\">{}</h1>\n\
         {body}</main>\n</body>\n</html>\n",
        locale.code(),
        escape(subject),
        escape(subject)
    )
}

/// One line, its web addresses made links.
fn line_into(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|s| rest.find(s)).min() {
        let (before, from) = rest.split_at(start);
        out.push_str(&escape(before));
        let end = from.find(|c: char| c.is_whitespace() || "<>\"«»".contains(c)).unwrap_or(from.len());
        let url = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let shown = escape(url);
        out.push_str(&format!("<a href=\"{shown}\">{shown}</a>"));
        rest = &from[url.len()..];
        if url.is_empty() {
            break;
        }
    }
    out.push_str(&escape(rest));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_paragraphs_and_links_and_stays_text() {
        let html = page(
            Locale::Fr,
            "Bon <jour>",
            "Bonjour <script>alert(1)</script>,\nà vous.\n\nSuivez (https://a.example/x?a=1&b=2).\n\nhttps://b.example/",
        );
        assert!(html.contains("<html lang=\"fr\">"));
        assert!(html.contains("<title>Bon &lt;jour&gt;</title>"));
        assert!(html.contains("<p>Bonjour &lt;script&gt;alert(1)&lt;/script&gt;,<br>\nà vous.</p>"));
        assert!(html.contains(
            "(<a href=\"https://a.example/x?a=1&amp;b=2\">https://a.example/x?a=1&amp;b=2</a>).</p>"
        ));
        assert!(html.contains("<p><a href=\"https://b.example/\">https://b.example/</a></p>"));
        assert!(!html.contains("<img") && !html.contains("<script"));
    }
}
