//! Where an act takes place, as the address says it.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;

use crate::error::WebError;

/// The addresses of a process and an activity.
#[derive(Debug, Clone)]
pub struct At {
    /// Piece of the process's address.
    pub process: String,
    /// Piece of the activity's address.
    pub activity: String,
}

/// The same, and the identifier of something of that activity.
#[derive(Debug, Clone)]
pub struct On {
    /// The process and the activity.
    pub at: At,
    /// The identifier.
    pub id: i64,
}

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((process, activity)) = path.map_err(|_| WebError::NotFound)?;
        Ok(Self { process, activity })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for On {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let path = Path::<(String, String, String)>::from_request_parts(parts, state).await;
        let Path((process, activity, id)) = path.map_err(|_| WebError::NotFound)?;
        let id = id.parse().map_err(|_| WebError::NotFound)?;
        Ok(Self { at: At { process, activity }, id })
    }
}
