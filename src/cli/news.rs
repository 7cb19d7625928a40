//! What is told of long work on a terminal, on one line that goes when the work is done. In a pipe, nothing is told.

use std::io::IsTerminal;
use std::time::Instant;

use super::args::Arguments;

/// The line of news.
pub struct News {
    begin: Instant,
    shows: bool,
    line: bool,
}

impl News {
    pub fn new(arguments: &Arguments) -> Self {
        News { begin: Instant::now(), shows: !arguments.quiet && std::io::stderr().is_terminal(), line: false }
    }

    /// Says what is made of an edition. Short work needs no news.
    pub fn tell(&mut self, edition: &str, what: &str) {
        if self.shows && self.begin.elapsed().as_millis() > 500 {
            eprint!("\r\x1b[K{:>4.0} s  {edition}: {what}", self.begin.elapsed().as_secs_f32());
            self.line = true;
        }
    }
}

impl Drop for News {
    fn drop(&mut self) {
        if self.line {
            eprint!("\r\x1b[K");
        }
    }
}
