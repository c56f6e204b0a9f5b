//! What a handler can answer instead of a page. The error page itself is made by the outer layer, which knows
//! the visitor's language.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// There is no such page, or not for this visitor.
    #[error("not found")]
    NotFound,
    /// Signed in, but with a role that may not do this.
    #[error("forbidden")]
    Forbidden,
    /// One has to sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// The activity is not open (not yet, or no longer): the key of a message, `web-error-closed` by default.
    #[error("closed: {0}")]
    Closed(&'static str),
    /// The act contradicts what already is: the key of the message that explains it.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Too many acts in a short time.
    #[error("too many requests")]
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The database cannot answer now; nothing was done.
    #[error("unavailable")]
    Unavailable,
    /// The request makes no sense: the key of the message that explains it.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The form is too large.
    #[error("too large")]
    TooLarge,
    /// The request came from another site.
    #[error("cross-site request")]
    CrossSite,
    /// This address does not take this method.
    #[error("method not allowed")]
    Method,
    /// Our mistake: only a reference is shown.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the outer layer finds on a response that needs its error page.
#[derive(Debug, Clone)]
pub(crate) struct Failed(pub(crate) Arc<WebError>);

impl WebError {
    /// Our mistake, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::Closed(_) | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait = match self {
            Self::TooMany { retry_after } => Some(retry_after),
            Self::Unavailable => Some(5),
            _ => None,
        };
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

impl From<parvis_store::Error> for WebError {
    fn from(e: parvis_store::Error) -> Self {
        if e.is_unavailable() {
            tracing::warn!(error = %e, "the database cannot answer");
            return Self::Unavailable;
        }
        match e {
            parvis_store::Error::NotFound => Self::NotFound,
            other => Self::internal(other),
        }
    }
}

impl From<parvis_civic::Error> for WebError {
    fn from(e: parvis_civic::Error) -> Self {
        use parvis_civic::Error as Civic;
        match e {
            Civic::Store(e) => e.into(),
            Civic::NotFound => Self::NotFound,
            Civic::Forbidden => Self::Forbidden,
            Civic::Closed => Self::Closed("web-error-closed"),
            Civic::Conflict(key) => Self::Conflict(key),
            // A handler that can mend a form matches this before; here it could not.
            Civic::Fields(_) => Self::BadRequest("web-error-fields"),
            other => Self::internal(other),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(e: askama::Error) -> Self {
        Self::internal(e)
    }
}

impl From<serde_json::Error> for WebError {
    fn from(e: serde_json::Error) -> Self {
        Self::internal(e)
    }
}
