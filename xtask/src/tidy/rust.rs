//! As much of Rust's grammar as the rules need: what is code, what is a string, what is for tests only.

use std::ops::Range;

use super::line_of;

/// A Rust source, with its strings apart and its comments gone.
pub struct Source {
    /// The text with comments and the insides of strings blanked: same length, same lines.
    pub code: String,
    /// Every string literal: its line and what stands between its quotes, as written.
    pub strings: Vec<(usize, String)>,
    tests: Vec<Range<usize>>,
    all_tests: bool,
}

impl Source {
    /// Reads a source; its path says whether the whole file is for tests.
    pub fn read(path: &str, text: &str) -> Self {
        let mut source = Self {
            code: String::with_capacity(text.len()),
            strings: Vec::new(),
            tests: Vec::new(),
            all_tests: path.starts_with("tests/")
                || path.contains("/tests/")
                || path.ends_with("/tests.rs")
                || (path.starts_with("components/") && path.ends_with("/testing.rs"))
                || path.ends_with("_tests.rs"),
        };
        source.split(text);
        source.find_tests();
        source
    }

    /// Whether this line is only compiled for tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.all_tests || self.tests.iter().any(|lines| lines.contains(&line))
    }

    fn split(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut kept = 0; // up to here, the text is in `code`
        while at < bytes.len() {
            let (end, string) = match bytes[at] {
                b'/' if bytes.get(at + 1) == Some(&b'/') => {
                    (text[at..].find('\n').map_or(text.len(), |length| at + length), None)
                }
                b'/' if bytes.get(at + 1) == Some(&b'*') => (block_comment(bytes, at), None),
                b'"' => {
                    let end = quoted(bytes, at);
                    (end, Some(at + 1..end.saturating_sub(1).max(at + 1)))
                }
                b'r' if !ident_before(bytes, at)
                    || matches!(bytes.get(at.wrapping_sub(1)), Some(b'b' | b'c')) =>
                {
                    let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
                    if bytes.get(at + 1 + hashes) != Some(&b'"') {
                        at += 1;
                        continue;
                    }
                    let from = at + 2 + hashes;
                    let close = format!("\"{}", "#".repeat(hashes));
                    let inside = text[from..].find(&close).unwrap_or(text.len() - from);
                    ((from + inside + close.len()).min(text.len()), Some(from..from + inside))
                }
                b'\'' => {
                    // A character, or a lifetime.
                    at = character(text, at);
                    continue;
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.code.push_str(&text[kept..at]);
            match string {
                Some(inside) => {
                    let (open, shut) = (&text[at..inside.start], &text[inside.end.min(end)..end]);
                    self.code.push_str(open);
                    self.blank(&text[inside.clone()]);
                    self.code.push_str(shut);
                    self.strings.push((line_of(text, at), text[inside].to_owned()));
                }
                None => self.blank(&text[at..end]),
            }
            at = end;
            kept = end;
        }
        self.code.push_str(&text[kept..]);
    }

    fn blank(&mut self, text: &str) {
        self.code.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }

    fn find_tests(&mut self) {
        let mut from = 0;
        while let Some(found) = self.code[from..].find("#[cfg(test)]") {
            let start = from + found;
            let rest = &self.code[start..];
            let semicolon = rest.find(';').unwrap_or(rest.len());
            let brace = rest.find('{').unwrap_or(rest.len());
            let length = if brace < semicolon { brace + block(&rest[brace..]) } else { semicolon };
            let end = (start + length).min(self.code.len());
            self.tests.push(line_of(&self.code, start)..line_of(&self.code, end) + 1);
            from = end.max(start + 1);
        }
    }
}

/// The length of a block from its opening brace to its closing one.
fn block(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

fn ident_before(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

fn block_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => {
                depth += 1;
                at += 2;
            }
            b"*/" => {
                at += 2;
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}

/// The end of a quoted string, after its closing quote.
fn quoted(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of a character literal, or of the quote of a lifetime.
fn character(text: &str, at: usize) -> usize {
    let mut rest = text[at + 1..].char_indices();
    match rest.next() {
        Some((_, '\\')) => {
            rest.next(); // what is escaped, a quote perhaps
            rest.find(|(_, other)| *other == '\'').map_or(text.len(), |(close, _)| at + 1 + close + 1)
        }
        Some(_) if matches!(rest.next(), Some((_, '\''))) => {
            at + 1 + rest.next().map_or(text.len() - at - 1, |(n, _)| n)
        }
        _ => at + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_leave_the_code() {
        let text = "let a = \"one \\\" /* two\"; // three\nlet b = r#\"fo\"ur\"#; /* five /* six */ */ let c = '\"'; \
                    let d: &'static str = \"seven\"; let e = '\\''; let é = 'é'; x";
        let source = Source::read("a.rs", text);
        let strings: Vec<&str> = source.strings.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(strings, ["one \\\" /* two", "fo\"ur", "seven"]);
        assert_eq!(source.strings[1].0, 2);
        for gone in ["one", "two", "three", "ur", "five", "six", "seven"] {
            assert!(!source.code.contains(gone), "{gone} in {}", source.code);
        }
        assert_eq!(source.code.len(), text.len());
        assert!(source.code.ends_with("x"));
    }

    #[test]
    fn what_is_for_tests_is_known() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { if x {} }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}\n";
        let source = Source::read("a.rs", text);
        let tests: Vec<usize> = (1..=9).filter(|line| source.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5, 7, 8]);
        assert!(Source::read("x/src/sign/tests.rs", "").is_test(1));
    }
}
