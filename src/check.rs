//! The rules on the plan alone.
