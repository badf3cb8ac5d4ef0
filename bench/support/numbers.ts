// What the measurements under bench/ make of their samples.

/** The value below which `share` (0 to 1) of the samples lie, nearest rank; NaN for none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** p50 and p95 in the samples' own unit, to one decimal. */
export function spread(samples: readonly number[]): { readonly p50: number; readonly p95: number } {
  return { p50: rounded(percentile(samples, 0.5), 1), p95: rounded(percentile(samples, 0.95), 1) };
}

/** The value to so many decimals. */
export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
