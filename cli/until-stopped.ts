/** What a closing terminal, a shell's Ctrl-C and a shutdown send. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `work` until it ends by itself or a person stops it; its signal is then aborted, and what it still does is waited for. */
export async function untilStopped<T>(work: (stopped: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(stop.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
