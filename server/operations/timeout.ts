// Ends the wait for a vendor that ignores its signal: the lease of an effect must never outlive the wait for its answer.

/** The promise's result, or `late` once the seconds have passed; what comes after that is dropped. */
export async function withinSeconds<T>(work: Promise<T>, seconds: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
