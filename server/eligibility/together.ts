// One transaction for what comes in while the one before is under way: the busier it is, the fewer statements each costs.

/** @param most so many are written together at the most */
export function together<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; done: (result: Result) => void; failed: (error: unknown) => void }[] = [];
  let isWriting = false;

  const drain = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, most);
      try {
        const results = await write(group.map(({ item }) => item));
        for (const [index, { done, failed }] of group.entries()) {
          const result = results[index];
          if (result === undefined) failed(new Error('The group was written without a result for each.'));
          else done(result);
        }
      } catch {
        // Whatever one of them suffers from, the others must not share it.
        for (const { item, done, failed } of group) {
          try {
            const [result] = await write([item]);
            if (result === undefined) throw new Error('An item was written without a result.');
            done(result);
          } catch (error) {
            failed(error);
          }
        }
      }
    }
    isWriting = false;
  };

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (!isWriting) void drain();
    });
}
