// Which checks are still to be answered.

/** A check that is neither answered nor given up. */
export const openStates = ['open', 'pending'] as const;
