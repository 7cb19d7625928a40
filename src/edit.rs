//! How anything writes to the plan: an address and a value become exact byte edits.
