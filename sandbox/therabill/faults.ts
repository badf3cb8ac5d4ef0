// What can be wrong with the exports of Therabill, chosen with the export.

/**
 * `halfWritten` ends a file in the middle, `duplicate` leaves it twice under two names, `renamedLabel` changes a column's label,
 * `windows1252` writes tables in that encoding, `unknownColumn` adds a column that nobody asked for.
 */
export const faultNames = ['halfWritten', 'duplicate', 'renamedLabel', 'windows1252', 'unknownColumn'] as const;
export type TherabillFault = (typeof faultNames)[number];
