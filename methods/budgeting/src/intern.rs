//! Equal slices kept once, in the order of their first appearance.

/// Equal slices of numbers, kept once in one long vector.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner<T> {
    /// All slices, end to end.
    items: Vec<T>,
    /// Where each slice ends.
    ends: Vec<usize>,
    /// Open addressing: the number of a slice plus 1, or 0. Its size is a power of two.
    table: Vec<u32>,
}

impl<T: Copy + Eq + Into<u64>> Interner<T> {
    pub(crate) fn new() -> Self {
        Self { items: Vec::new(), ends: Vec::new(), table: vec![0; 64] }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, at: usize) -> &[T] {
        let end = self.ends.get(at).copied().unwrap_or(0);
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        self.items.get(start..end).unwrap_or(&[])
    }

    /// The number of this slice, and whether it is new.
    pub(crate) fn add(&mut self, slice: &[T]) -> (usize, bool) {
        if (self.ends.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let slot = self.slot(slice);
        match self.table.get(slot).copied().unwrap_or(0) {
            0 => {
                self.items.extend_from_slice(slice);
                self.ends.push(self.items.len());
                let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                if let Some(place) = self.table.get_mut(slot) {
                    *place = number;
                }
                (self.ends.len() - 1, true)
            }
            number => (usize::try_from(number).unwrap_or(usize::MAX) - 1, false),
        }
    }

    /// Where this slice is, or should be.
    fn slot(&self, slice: &[T]) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = usize::try_from(hash(slice) >> 8).unwrap_or(0) & mask;
        loop {
            match self.table.get(slot).copied().unwrap_or(0) {
                0 => return slot,
                number if self.get(usize::try_from(number).unwrap_or(usize::MAX) - 1) == slice => {
                    return slot;
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; self.table.len() * 4];
        for number in 0..self.ends.len() {
            let slot = self.slot(self.get(number));
            if let Some(place) = self.table.get_mut(slot) {
                *place = u32::try_from(number + 1).unwrap_or(u32::MAX);
            }
        }
    }
}

/// Spreads slices over the table. No result depends on it.
fn hash<T: Copy + Into<u64>>(slice: &[T]) -> u64 {
    let mut hash = 0x9E37_79B9_7F4A_7C15_u64 ^ u64::try_from(slice.len()).unwrap_or(0);
    for &item in slice {
        hash = (hash.rotate_left(23) ^ item.into()).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    }
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_slices_are_kept_once() {
        let mut interner = Interner::<u32>::new();
        for n in 0..10_000_u32 {
            assert_eq!(interner.add(&[n % 1000, 7]), (usize::try_from(n % 1000).unwrap(), n < 1000));
        }
        assert_eq!(interner.add(&[]), (1000, true));
        assert_eq!(interner.add(&[]), (1000, false));
        assert_eq!(interner.get(999), [999, 7]);
        assert_eq!(interner.get(1000), [0_u32; 0]);
        assert_eq!(interner.len(), 1001);
    }
}
