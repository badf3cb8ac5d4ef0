// What people do to a draft: change sentences, resolve what stands open, take it over, throw it away.
import { GaitError } from '../../domain/errors.ts';
import { citedBy, withTexts } from '../../domain/note/edit.ts';
import type { SectionTexts } from '../../domain/note/edit.ts';
import type { Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Structure } from '../audit/entry.ts';
import { openContent, replaceContent } from './content.ts';
import type { hows, NoteContent } from './content.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import { assertDraft, credentialsOf, lockedNote } from './needs.ts';
import type { NoteNeeds, NoteRow } from './needs.ts';
import { judge, openColumns } from './open.ts';

export interface Of {
  readonly clinic: string;
  readonly note: string;
  readonly revision: number;
}

interface Change {
  readonly content: NoteContent;
  readonly action: string;
  readonly columns?: Partial<Pick<NoteRow, 'author' | 'state'>>;
  readonly details?: Readonly<Record<string, Structure>>;
}

/** One change of a draft, judged anew; whoever started from another revision is refused. */
function changed(
  needs: NoteNeeds,
  { clinic, note, revision }: Of,
  by: SessionPrincipal,
  change: (content: NoteContent, trx: Trx) => Change | Promise<Change>,
): Promise<NoteFacts> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedNote(trx, clinic, note);
    assertDraft(row, revision);
    const before = await openContent(needs, clinic, note, { purpose: 'note.change', actor: by, trx });
    const { content, action, columns = {}, details = {} } = await change(before, trx);
    const { open } = judge(needs.noteRules, content);
    await replaceContent(needs, trx, clinic, note, content);
    const set = { ...columns, ...openColumns(open), revision: revision + 1, updated_at: needs.now() };
    await trx.updateTable('notes').set(set).where('ref', '=', note).execute();
    await needs.audit.append(trx, {
      clinic,
      actor: by.user,
      action,
      subject: note,
      details: { revision: revision + 1, open: { ...open }, ...details },
    });
    return factsOf({ ...row, ...set });
  });
}

/** Takes a person's sentences. What they say is held against the record at once; resolutions of other words no longer count. */
export function editNote(
  needs: NoteNeeds,
  of: Of,
  sections: readonly SectionTexts[],
  by: SessionPrincipal,
): Promise<NoteFacts> {
  return changed(needs, of, by, (content) => {
    const { document, writers } = withTexts(content, sections);
    const { traces } = needs.noteRules.verify(document, content.source);
    const cited = citedBy(document, traces, content.source);
    const byPerson = writers.flat().filter((writer) => writer === 'person').length;
    return {
      content: { ...content, document: cited, writers: writers.map((section) => [...section]) },
      action: 'note.edited',
      details: { sentencesByPerson: byPerson },
    };
  });
}

export interface Resolving {
  readonly keys: readonly string[];
  readonly how: (typeof hows)[number];
  readonly reason: string;
}

/**
 * Lets findings stand, or accepts gaps and missing contents, with a reason.
 * Throws `reference.unknown` for a key that is not open now, `decision.refused` for a finding that may not stand.
 */
export function resolveNote(
  needs: NoteNeeds,
  of: Of,
  { keys, how, reason }: Resolving,
  by: SessionPrincipal,
): Promise<NoteFacts> {
  return changed(needs, of, by, async (content, trx) => {
    await credentialOf(needs, trx, of.clinic, by);
    const { findings, gaps, completeness } = judge(needs.noteRules, content);
    const at = needs.now().toISOString();
    const resolutions = keys.map((key) => {
      const finding = findings.find((each) => each.key === key);
      const gap = gaps.find((each) => each.key === key)?.text;
      const missing = completeness.missing.find((each) => each.key === key)?.words;
      const about = finding?.message ?? gap ?? missing;
      if (about === undefined)
        throw new GaitError('reference.unknown', 'This does not stand open in the document as it is now.', {
          where: 'finding',
          fix: 'Look at the newest state of the document.',
        });
      if ((finding === undefined) !== (how === 'gapAccepted'))
        throw new GaitError('input.invalid', 'A finding stands, a gap is accepted.', { where: 'how' });
      if (finding?.mayStand === false)
        throw new GaitError('decision.refused', 'Nobody can let this stand.', { where: 'finding', fix: finding.fix });
      return { key, how, reason, by: by.user, at, about };
    });
    const others = content.resolutions.filter(({ key }) => !keys.includes(key));
    return {
      content: { ...content, resolutions: [...others, ...resolutions] },
      action: 'note.resolved',
      details: { how, resolved: keys.length },
    };
  });
}

/** Makes the signed-in clinician the author: they answer for it from now on. */
export function takeOverNote(needs: NoteNeeds, of: Of, by: SessionPrincipal): Promise<NoteFacts> {
  return changed(needs, of, by, async (content, trx) => {
    const { credential } = await credentialOf(needs, trx, of.clinic, by);
    const author = { ref: by.user, credential };
    return {
      content: {
        ...content,
        source: { ...content.source, author },
        document: { ...content.document, author },
      },
      columns: { author: by.user },
      action: 'note.takenOver',
      details: { credential: credential.toLowerCase() },
    };
  });
}

/** Throws a draft away, with a reason; the session may be drafted anew by a person, never by a flow on its own. */
export function discardNote(needs: NoteNeeds, of: Of, reason: string, by: SessionPrincipal): Promise<NoteFacts> {
  return changed(needs, of, by, (content) => ({
    content: { ...content, discarded: { reason, by: by.user, at: needs.now().toISOString() } },
    columns: { state: 'discarded' },
    action: 'note.discarded',
  }));
}

/** The credential on file of who is signed in. Throws `access.forbidden`. */
export async function credentialOf({ now, policies }: NoteNeeds, trx: Trx, clinic: string, by: SessionPrincipal) {
  const own = (await credentialsOf(trx, clinic, [by.user])).get(by.user);
  if (own === undefined)
    throw new GaitError('access.forbidden', 'No credential is on file for you.', {
      fix: 'Let an operator enter it: gait users set-credential.',
    });
  const today = (await policies.today(trx, clinic, now())).date;
  if (own.licenseExpires !== null && own.licenseExpires < today)
    throw new GaitError('access.forbidden', 'Your license on file has run out.', {
      fix: 'Let an operator enter the renewed one: gait users set-credential.',
    });
  return own;
}
