//! What forms send: decoded, trimmed, typed.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart};
use http::{Request, header};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};

use crate::error::WebError;

/// The largest ordinary form.
pub const MAX_FORM: usize = 1024 * 1024;
/// The largest form with files.
pub const MAX_UPLOAD: usize = 10 * 1024 * 1024;

/// The form's bytes, read once for everybody.
#[derive(Debug, Clone)]
pub(crate) struct Raw(pub(crate) Bytes);

/// A typed form. Give the struct `#[derive(Default, Deserialize)] #[serde(default)]`: a browser does not send
/// an unticked box. Texts come trimmed; an empty text is `None` of an `Option`; `Vec` takes a repeated name.
#[derive(Debug, Clone)]
pub struct Form<T>(pub T);

/// The fields of a form as they came, trimmed, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of that name; empty when absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find_map(|(n, v)| (n == name).then_some(v.as_str())).unwrap_or_default()
    }

    /// Every value of that name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether the field was sent with something in it.
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// The same fields as a type (see [`Form`]).
    ///
    /// # Errors
    /// When a value does not fit its type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, WebError> {
        read(&self.0)
    }
}

/// A form with files (`enctype="multipart/form-data"`), on a route declared with `upload`.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The other fields.
    pub fields: Fields,
    /// The files that were given.
    pub files: Vec<UploadedFile>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Name of the field.
    pub field: String,
    /// The name it had on the visitor's machine.
    pub name: String,
    /// What the browser believes it is.
    pub media_type: String,
    /// Its content.
    pub bytes: Bytes,
}

impl Upload {
    /// The file of that field, when one was chosen.
    pub fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|f| f.field == field && !f.bytes.is_empty())
    }
}

/// Undoes percent-encoding; what is not valid UTF-8 is replaced.
pub fn percent_decode(text: &[u8]) -> String {
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        match rest {
            [] => break,
            [b'%', a, b, tail @ ..] if hex(*a).is_some() && hex(*b).is_some() => {
                out.push(hex(*a).unwrap_or(0) * 16 + hex(*b).unwrap_or(0));
                rest = tail;
            }
            [b'+', tail @ ..] => {
                out.push(b' ');
                rest = tail;
            }
            [b, tail @ ..] => {
                out.push(*b);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// Encodes a value for a query or a form.
pub fn query_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(b))
            }
            _ => {
                out.push('%');
                out.push(char::from(b"0123456789ABCDEF"[usize::from(b >> 4)]));
                out.push(char::from(b"0123456789ABCDEF"[usize::from(b & 15)]));
            }
        }
    }
    out
}

/// The pairs of a query or a urlencoded form.
pub(crate) fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    bytes
        .split(|b| *b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let cut = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let value = pair.get(cut + 1..).unwrap_or_default();
            (percent_decode(&pair[..cut]), percent_decode(value))
        })
        .collect()
}

async fn fields<S: Send + Sync>(request: Request<Body>, state: &S) -> Result<Fields, WebError> {
    let bytes = match request.extensions().get::<Raw>() {
        Some(Raw(bytes)) => bytes.clone(),
        None => Bytes::from_request(request, state).await.map_err(|_| WebError::TooLarge)?,
    };
    Ok(Fields(pairs(&bytes).into_iter().map(|(n, v)| (n, v.trim().to_owned())).collect()))
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = WebError;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, WebError> {
        fields(request, state).await
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = WebError;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, WebError> {
        fields(request, state).await?.read().map(Form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = WebError;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, WebError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|k| k.starts_with("multipart/form-data")) {
            return Ok(Self { fields: fields(request, state).await?, files: vec![] });
        }
        let refused = |e: axum::extract::multipart::MultipartError| {
            if e.status() == http::StatusCode::PAYLOAD_TOO_LARGE { WebError::TooLarge } else { unreadable() }
        };
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(refused)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let media_type = part.content_type().unwrap_or_default().to_owned();
                    let bytes = part.bytes().await.map_err(refused)?;
                    upload.files.push(UploadedFile { field, name, media_type, bytes });
                }
                None => {
                    let text = part.text().await.map_err(refused)?;
                    upload.fields.0.push((field, text.trim().to_owned()));
                }
            }
        }
        Ok(upload)
    }
}

const fn unreadable() -> WebError {
    WebError::BadRequest("web-error-fields")
}

fn read<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, WebError> {
    let mut grouped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in pairs {
        grouped.entry(name).or_default().push(value);
    }
    let map = MapDeserializer::new(grouped.into_iter().map(|(name, values)| (name, Values(values))));
    T::deserialize(map).map_err(|e: serde::de::value::Error| {
        tracing::debug!(error = %e, "a form does not fit its type");
        unreadable()
    })
}

/// The values sent under one name.
struct Values<'v>(Vec<&'v str>);

impl Values<'_> {
    fn one(&self) -> &str {
        self.0.first().copied().unwrap_or_default()
    }
}

impl<'de> IntoDeserializer<'de> for Values<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident => $visit:ident),* $(,)?) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let number = self.one().parse();
            number.map_or_else(|_| Err(serde::de::Error::custom("not a number")), |n| visitor.$visit(n))
        }
    )* };
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.one())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_bool(matches!(self.one(), "1" | "on" | "true" | "yes"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.one().is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter().map(|value| Values(vec![value]))))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(Unit(self.one().to_owned()))
    }

    numbers! {
        deserialize_i8 => visit_i8, deserialize_i16 => visit_i16, deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64, deserialize_u8 => visit_u8, deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32, deserialize_u64 => visit_u64,
    }

    serde::forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier
        ignored_any
    }
}

/// A value that names a variant.
struct Unit(String);

impl<'de> EnumAccess<'de> for Unit {
    type Error = serde::de::value::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Self::Error> {
        let value = seed.deserialize(self.0.as_str().into_deserializer())?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Unit {
    type Error = serde::de::value::Error;

    fn unit_variant(self) -> Result<(), Self::Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Self::Error> {
        Err(serde::de::Error::custom("a choice holds nothing more"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("a choice holds nothing more"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("a choice holds nothing more"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, serde::Deserialize, PartialEq)]
    #[serde(default)]
    struct Sent {
        title: String,
        side: Option<i64>,
        none: Option<i64>,
        agree: bool,
        kinds: Vec<String>,
    }

    #[test]
    fn a_form_is_decoded_trimmed_and_typed() {
        let body = b"title=+%C3%A9t%C3%A9%0D%0A&side=-1&none=&agree=on&kinds=a&kinds=b&unknown=1";
        let fields = Fields(pairs(body).into_iter().map(|(n, v)| (n, v.trim().to_owned())).collect());
        let sent: Sent = fields.read().unwrap();
        let kinds = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(sent, Sent { title: "été".into(), side: Some(-1), none: None, agree: true, kinds });
        assert!(Fields(vec![("side".into(), "x".into())]).read::<Sent>().is_err());
        assert_eq!(percent_decode(query_encode("à b&c=%").as_bytes()), "à b&c=%");
    }
}
