// Whether two systems mean one therapist: names as they are compared, whatever their order, case and credentials.

/** Credentials and titles that stand beside a name and are no part of it. */
const beside = new Set([
  'pt', 'dpt', 'mpt', 'mspt', 'tdpt', 'pta', 'ot', 'otr', 'otd', 'ota', 'cota', 'slp', 'ccc', 'atc', 'ocs', 'scs', 'ncs', 'gcs',
  'pcs', 'cscs', 'cht', 'clt', 'fafs', 'faaompt', 'ms', 'ma', 'bs', 'phd', 'edd', 'dr', 'mr', 'mrs',
]); // prettier-ignore

/**
 * "Quill, Dana PT, DPT" and "dana quill" have the same key. Null where nothing of a name is left.
 * @param name as a system or a person writes it
 */
export function therapistNameKey(name: string): string | null {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.’']/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !beside.has(word));
  return words.length === 0 ? null : words.sort().join(' ');
}
