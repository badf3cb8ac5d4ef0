// The fortnight decided by the pure core alone: every timer is a moment on a clock that jumps.
import type { Account } from './account.ts';
import { MemoryClinic } from './memory-clinic.ts';
import type { Message } from './memory-messages.ts';
import type { Slot } from './memory-slots.ts';
import { Timeline } from './timeline.ts';
import type { Story } from './story.ts';

/** A message or slot that is moved at a moment later than this has gone astray. */
const mostRounds = 2_000;
/** The last message is of use for three days. */
const daysToEnd = 4;

/** Plays a story from its first to its last moment, as workflows would: move, wait until told or until it is time, move again. */
export function playInMemory(story: Story): Account {
  const time = new Timeline(Date.parse(story.from));
  const rounds = new Map<string, number>();
  /** The last time each was looked at or put on the clock: a wake that was overtaken does nothing. */
  const turns = new Map<string, number>();

  function follow(ref: string, move: () => number | null): void {
    const turn = (turns.get(ref) ?? 0) + 1;
    turns.set(ref, turn);
    time.at(time.now, () => {
      if (turns.get(ref) !== turn) return;
      const round = (rounds.get(ref) ?? 0) + 1;
      rounds.set(ref, round);
      if (round > mostRounds) throw new Error(`${ref} is moved without end.`);
      const wake = move();
      if (wake === null || turns.get(ref) !== turn) return;
      time.at(wake, () => {
        if (turns.get(ref) === turn) follow(ref, move);
      });
    });
  }

  const moveMessage = (message: Message): number | null => {
    for (;;) {
      const move = clinic.messages.next(message.ref);
      if (move.kind === 'over') return null;
      if (move.kind === 'wait') return Date.parse(move.until);
      clinic.messages.send(message.ref, move.channel);
    }
  };
  const moveSlot = (slot: Slot): number | null => {
    const move = clinic.slots.move(slot.ref);
    return move.kind === 'over' ? null : Date.parse(move.until);
  };
  const clinic = new MemoryClinic(story, time, {
    message: (message) => follow(message.ref, () => moveMessage(message)),
    slot: (slot) => follow(slot.ref, () => moveSlot(slot)),
  });
  clinic.begin();
  time.runUntil(Date.parse(story.to) + daysToEnd * 86_400_000);
  return clinic.account();
}
