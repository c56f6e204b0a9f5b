//! Placeholder until the search stands.
use crate::error::Error;
use crate::method::Counted;
use crate::profile::{Ranking, Votes};
use crate::rules::Rules;
use crate::tie::Ties;
/// Guaranteed size.
pub const LIMIT: usize = 20;
pub(crate) fn kemeny(options: usize, _: &Votes<Ranking>, _: &Rules, _: &mut Ties) -> Result<Counted, Error> {
    Err(Error::OutOfReach { options, limit: LIMIT })
}
