//! Kemeny's ranking, on larger elections than a permutation at a time can check.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
use parvis_tally::*;

#[test]
fn try_sizes() {
    let mut seed = 88172645463325252_u64;
    let mut next = move |k: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % k as u64) as usize
    };
    for (n, v) in [
        (12, 50),
        (20, 50),
        (20, 51),
        (30, 200),
        (40, 25),
        (40, 200),
        (40, 1001),
        (40, 1000),
        (40, 100),
        (45, 100),
        (50, 100),
        (60, 101),
        (40, 5),
        (40, 11),
    ] {
        let names: Vec<String> = (0..n).map(|i| format!("o{i}")).collect();
        let ballots = (0..v)
            .map(|_| {
                let mut p: Vec<u16> = (0..n as u16).collect();
                for i in (1..n).rev() {
                    p.swap(i, next(i + 1));
                }
                (Ranking::strict(p), 1)
            })
            .collect();
        let p = Profile::ranked(&names, ballots).unwrap();
        let t = std::time::Instant::now();
        let r = count(&p, &Rules::new(Method::Kemeny));
        match r {
            Ok(o) => {
                if let Working::Kemeny { disagreements, unique, cycles, .. } = &o.working {
                    println!(
                        "{n}x{v}: {disagreements} unique {unique} cycles {:?} {:?}",
                        cycles.iter().map(Vec::len).collect::<Vec<_>>(),
                        t.elapsed()
                    )
                }
            }
            Err(e) => println!("{n}x{v}: {e} {:?}", t.elapsed()),
        }
    }
}
