//! Who may read what, decided once.
//!
//! Comes in: the plan and the findings. Goes out: [`Cleared`], which only this room can make, so that whatever takes a
//! `Cleared<T>` holds nothing above its audience. Each struct is taken apart by exhaustive destructuring: a new field
//! does not compile until its audience is decided here.

/// Proof that `T` was cut to an audience.
#[derive(Clone, Debug)]
pub struct Cleared<T> {
    inner: T,
    audience: String,
}

impl<T> Cleared<T> {
    fn new(inner: T, audience: &str) -> Self {
        Cleared {
            inner,
            audience: audience.to_string(),
        }
    }

    /// What this audience may read.
    pub fn get(&self) -> &T {
        &self.inner
    }

    /// Id of the audience.
    pub fn audience(&self) -> &str {
        &self.audience
    }
}
