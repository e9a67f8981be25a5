import { createInterface } from 'node:readline/promises';

/** What the stand-in asks of whoever runs it: a test answers by messages, a person at the terminal by words. */
export interface Question {
  readonly kind: 'open' | 'message' | 'print';
  readonly options: unknown;
}

const waiting = new Map<number, (answer: unknown) => void>();
let last = 0;

process.on('message', (message: { answerTo?: number; answer?: unknown }) => {
  if (message.answerTo === undefined) return;
  waiting.get(message.answerTo)?.(message.answer);
  waiting.delete(message.answerTo);
});

/** Tells the parent, where there is one. */
export function tellParent(message: object): void {
  process.send?.(message);
}

export async function askParent(question: Question, words: string): Promise<unknown> {
  if (process.send !== undefined) {
    last += 1;
    const id = last;
    return await new Promise((done) => {
      waiting.set(id, done);
      tellParent({ question: id, ...question });
    });
  }
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${words} `);
  } finally {
    terminal.close();
  }
}
