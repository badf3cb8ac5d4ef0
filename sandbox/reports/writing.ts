// How systems write days and words in their exports, shared by the dialects.

/** The zone in which the synthetic clinic keeps its clocks. */
export const clinicZone = 'America/Denver';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function partsOf(date: string): readonly [string, string, string] {
  const [year = '', month = '', day = ''] = date.split('-');
  return [year, month, day];
}

/** 11/18/2026 */
export function slashes(date: string): string {
  const [year, month, day] = partsOf(date);
  return `${month}/${day}/${year}`;
}

/** 18-Nov-2026 */
export function namedMonth(date: string): string {
  const [year, month, day] = partsOf(date);
  return `${day}-${monthNames[Number(month) - 1] ?? ''}-${year}`;
}

/** Nov 18, 2026 */
export function namedMonthFirst(date: string): string {
  const [year, month, day] = partsOf(date);
  return `${monthNames[Number(month) - 1] ?? ''} ${day}, ${year}`;
}

export const authorizationWords = {
  requested: 'Submitted',
  pended: 'Pending',
  approved: 'Approved',
  partlyApproved: 'Partially Approved',
  denied: 'Denied',
  cancelled: 'Cancelled',
} as const;

export const noteWords = { evaluation: 'Initial Evaluation', daily: 'Daily Note', progress: 'Progress Note' } as const;
