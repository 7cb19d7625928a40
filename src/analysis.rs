//! Figures that are computed, with their contributors and their basis.
