//! Export bundles and the plan of a merge.
