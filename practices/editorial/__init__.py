"""From a proposal to a published card: drafts, review, experts, advice."""
